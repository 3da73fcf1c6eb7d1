"""What both front ends for Python share: parts of the form that follow from other parts, so that both make them alike."""

from enum import Enum

from shipcheck.code.form import (
    Argument,
    Call,
    Constant,
    Entry,
    Expression,
    Load,
    Member,
    Name,
    Operation,
    Parameter,
    Span,
    Template,
)

NO_LEAVES: frozenset[str] = frozenset()
ALL_LEAVES = frozenset({"return", "raise", "suspend"})
RAISES = frozenset({"raise"})
EMPTY_SPAN: Span = (1, 0, 1, 0)
_PLAIN_CONVERSIONS = frozenset({"", "s"})


class Scope(Enum):
    """What statements are directly in: a function there is a method of a class, or not."""

    CLASS = "class"
    OTHER = "other"


def has_receiver(scope: Scope, decorators: tuple[Expression, ...]) -> bool:
    """Say whether the first parameter of a function is its receiver."""
    return scope is Scope.CLASS and not any(isinstance(mark, Name) and mark.name == "staticmethod" for mark in decorators)


def from_to(first: Span, last: Span) -> Span:
    """Join two spans."""
    return (first[0], first[1], last[2], last[3])


def parameter(name: str, span: Span, kind: str, default: Expression | None, annotation: Expression | None) -> Parameter:
    """Make a parameter from its name and the span of name and annotation."""
    start = (span[0], span[1], span[0], span[1] + len(name.encode(errors="replace")))
    return Parameter(Name(name, span if annotation is None else start), kind, default, annotation, span)


def call(callee: Expression, arguments: tuple[Argument, ...], span: Span) -> Call | Load:
    """Make a call; one that loads a module by a literal name is a load. Python's two ways to do that are known by their names."""
    kind = type(callee)
    if kind is Name or kind is Member:
        module = _loaded(callee, arguments)
        if module:
            return Load(module, span)
    return Call(callee, arguments, makes=False, span=span)


def _loaded(callee: Expression, arguments: tuple[Argument, ...]) -> str:
    """Name the module that a call loads, or nothing. `__import__("a.b")` gives `a`, so it does not load anything."""
    whole = isinstance(callee, Member) and callee.name == "import_module"
    if not whole and not (isinstance(callee, Name) and callee.name == "__import__"):
        return ""
    if isinstance(callee, Member) and not (isinstance(callee.owner, Name) and callee.owner.name == "importlib"):
        return ""
    if len(arguments) != 1 or arguments[0].name or arguments[0].spread:
        return ""
    name = arguments[0].value
    if not isinstance(name, Constant) or not isinstance(name.value, str):
        return ""
    return "" if name.value.startswith(".") or (not whole and "." in name.value) else name.value


def entry(key: Expression, value: Expression) -> Entry:
    """Make an entry that reaches from its key to its value."""
    return Entry(key, value, from_to(key.span, value.span))


def sign(operator: str, operand: Expression, span: Span) -> Expression:
    """Make a unary operation; a negative number is a constant."""
    value = operand.value if isinstance(operand, Constant) else None
    if operator == "-" and isinstance(value, int | float | complex) and not isinstance(value, bool):
        return Constant(-value, span)
    return Operation(operator, (operand,), span)


def name_at_end(name: str, span: Span) -> Name:
    """Make the name that ends a pattern, since `ast` does not say where it is."""
    return Name(name, (span[2], span[3] - len(name.encode(errors="replace")), span[2], span[3]))


def formatted(value: Expression, conversion: str, specification: Expression | None) -> Expression:
    """Make a part of a text from a value, its conversion (a letter or nothing) and its format, which change the text."""
    if conversion not in _PLAIN_CONVERSIONS:
        value = Operation(f"!{conversion}", (value,), value.span)
    if specification is None or (isinstance(specification, Constant) and specification.value == ""):
        return value
    return Operation("format", (value, specification), value.span)


def joined(parts: list[Expression]) -> tuple[Expression, ...]:
    """Join texts that follow each other, and leave out empty ones."""
    found: list[Expression] = []
    for part in parts:
        last = found[-1] if found else None
        if not isinstance(part, Constant) or not isinstance(part.value, str):
            found.append(part)
        elif isinstance(last, Constant) and isinstance(last.value, str):
            found[-1] = Constant(last.value + part.value, from_to(last.span, part.span))
        elif part.value:
            found.append(part)
    return tuple(found)


def text_of(parts: list[Expression], span: Span) -> Expression:
    """Make a text from its parts; a text without expressions is a constant."""
    texts = joined(parts)
    if not texts:
        return Constant("", span)
    if len(texts) == 1 and isinstance(texts[0], Constant) and isinstance(texts[0].value, str):
        return Constant(texts[0].value, span)
    return Template(texts, span)
