"""A condition of code as text, built from its form and not from its source: no text, comment or pattern of the source gets in."""

from shipcheck.code.form import (
    Await,
    Bind,
    Call,
    Choice,
    Compare,
    Constant,
    Either,
    Expression,
    Item,
    Member,
    Name,
    Not,
    Operation,
    Template,
)

_HIDDEN = "…"
_TEXT = f'"{_HIDDEN}"'
_WORDS = {"is-not": "is not", "not-in": "not in"}
_DEPTH = 8
_IN_ARGUMENTS = 2
# Long conditions are cut anyway.
_MOST_PARTS = 12
# Python refuses to print very large numbers.
_LARGEST_BITS = 64


def condition_text(test: Expression, *, holds: bool = True) -> str:
    """The test in the words that most languages share. Of every text only that it is one is shown."""
    text = _text(test, _DEPTH)
    return text if holds else f"not ({text})"


def _text(node: Expression, depth: int) -> str:
    if depth <= 0:
        return _HIDDEN
    match node:
        case Name(name=name):
            return name
        case Member(owner=owner, name=name):
            return f"{_text(owner, depth - 1)}.{name}"
        case Item(owner=owner, key=key):
            return f"{_text(owner, depth - 1)}[{_text(key, depth - 1)}]"
        case Constant(value=value):
            return number_text(value)
        case Template():
            return _TEXT
        case Call(callee=callee, arguments=arguments):
            inner = min(depth - 1, _IN_ARGUMENTS)
            given = ", ".join(
                (f"{each.name}=" if each.name else "") + _text(each.value, inner) for each in arguments[:_MOST_PARTS]
            )
            return f"{_text(callee, depth - 1)}({given})"
        case _:
            return _joined(node, depth - 1)


def _joined(node: Expression, depth: int) -> str:
    """What an operator makes of its parts."""
    match node:
        case Not(value=value):
            return f"not {_part(value, depth)}"
        case Await(value=value):
            return _text(value, depth)
        case Either(operator=operator, values=values):
            parts = (
                _text(each, depth) if isinstance(each, Compare | Not) else _part(each, depth) for each in values[:_MOST_PARTS]
            )
            return f" {operator} ".join(parts)
        case Compare(operators=operators, operands=operands):
            words = ["", *(f" {_WORDS.get(each, each)} " for each in operators[:_MOST_PARTS])]
            return "".join(f"{word}{_part(each, depth)}" for word, each in zip(words, operands, strict=False))
        case Operation(operator=operator, operands=operands):
            before = "" if len(operands) > 1 else f"{operator} " if operator.isalpha() else operator
            return before + f" {operator} ".join(_part(each, depth) for each in operands[:_MOST_PARTS])
        case Bind(target=target, value=value):
            return f"{_part(target, depth)} := {_part(value, depth)}"
        case Choice(test=test, yes=yes, no=no):
            return f"{_part(yes, depth)} if {_part(test, depth)} else {_part(no, depth)}"
        case _:
            return _HIDDEN


def _part(node: Expression, depth: int) -> str:
    text = _text(node, depth)
    return f"({text})" if isinstance(node, Either | Compare | Choice | Bind | Operation | Not) else text


def number_text(value: object) -> str:
    """A value that is written in code: a number, true, false or none; of a text only that it is one."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | bytes) or (isinstance(value, int) and value.bit_length() > _LARGEST_BITS):
        return _TEXT if isinstance(value, str | bytes) else _HIDDEN
    return str(value)
