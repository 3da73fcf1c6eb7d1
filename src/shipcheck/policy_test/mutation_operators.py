"""One small change of an expression: the mutation operators, on the typed tree."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from shipcheck.model.expression import (
    Aggregate,
    Arithmetic,
    Both,
    Compare,
    Either,
    Expression,
    ListLiteral,
    Literal_,
    Member,
    Not,
    Quantified,
    Subset,
    Value,
)
from shipcheck.model.types import YES_NO

Variant = tuple[str, Expression]
_OPERATORS = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "==": "!=", "!=": "==", "+": "-", "-": "+"}
_SWAPPED = {"min": "max", "max": "min", "sum": "avg", "avg": "sum"}
_QUANTIFIERS = ("some", "every", "no")
_PERCENT_POINT = 0.01


def variants(part: Expression) -> Iterator[Variant]:
    """Every expression that is one change away, each with the name of the change."""
    yield from _own(part)
    match part:
        case Both() | Either():
            for number, inner in enumerate(part.parts):
                for name, changed in variants(inner):
                    yield name, replace(part, parts=(*part.parts[:number], changed, *part.parts[number + 1 :]))
        case Not():
            yield from ((name, replace(part, part=changed)) for name, changed in variants(part.part))
        case Quantified():
            yield from ((name, replace(part, condition=changed)) for name, changed in variants(part.condition))
        case Aggregate() if part.part is not None:
            yield from ((name, replace(part, part=changed)) for name, changed in variants(part.part))
        case Compare() | Arithmetic():
            yield from ((name, replace(part, left=changed)) for name, changed in variants(part.left))
            yield from ((name, replace(part, right=changed)) for name, changed in variants(part.right))
        case _:
            return


def _own(part: Expression) -> Iterator[Variant]:
    """The changes of the outermost part of an expression."""
    text = " ".join(part.text.split())
    match part:
        case Both() | Either():
            yield from _joined(part, text)
        case Compare() | Arithmetic():
            if operator := _OPERATORS.get(part.operator):
                yield f"`{text}` with {operator}", replace(part, operator=operator)
        case Quantified():
            yield from ((f"`{text}` with {word}", replace(part, word=word)) for word in _QUANTIFIERS if word != part.word)
        case Not():
            yield f"`{text}` without not", part.part
        case Literal_():
            yield from _shifted(part, text)
        case Aggregate():
            yield from _aggregate(part, text)
        case _ if part.type == YES_NO:
            yield f"not `{text}`", Not(YES_NO, f"not {text}", part)
            yield from _shorter_list(part) if isinstance(part, Member | Subset) else ()
        case _:
            return


def _joined(part: Both | Either, text: str) -> Iterator[Variant]:
    other = Either if isinstance(part, Both) else Both
    word = "or" if isinstance(part, Both) else "and"
    yield f"`{text}` with {word}", other(part.type, part.text, part.parts)
    for number, inner in enumerate(part.parts):
        rest = (*part.parts[:number], *part.parts[number + 1 :])
        dropped = " ".join(inner.text.split())
        yield f"drop `{dropped}`", rest[0] if len(rest) == 1 else replace(part, parts=rest)


def _shifted(part: Literal_, text: str) -> Iterator[Variant]:
    """A number, percentage, date, duration or ordered word moved by one step, up and down."""
    for sign, direction in ((1, "up"), (-1, "down")):
        moved = _moved(part, sign)
        if moved is not None:
            yield f"`{text}` one {direction}", replace(part, value=moved)


def _moved(part: Literal_, sign: int) -> Value | None:
    value, kind = part.value, part.type
    if isinstance(value, timedelta | date):
        return value + timedelta(days=sign)
    if kind.name == "percent" and isinstance(value, int | float):
        return value + sign * _PERCENT_POINT
    if kind.name == "number" and isinstance(value, int | float):
        return value + sign
    if kind.name == "choice" and kind.ordered and isinstance(value, str):
        place = kind.words.index(value) + sign
        return kind.words[place] if 0 <= place < len(kind.words) else None
    return None


def _aggregate(part: Aggregate, text: str) -> Iterator[Variant]:
    if part.word in _SWAPPED:
        yield f"`{text}` with {_SWAPPED[part.word]}", replace(part, word=_SWAPPED[part.word])
    if part.items is not None and part.part is not None:
        yield f"`{text}` without where", replace(part, part=None)


def _shorter_list(part: Member | Subset) -> Iterator[Variant]:
    """A list of constants without one of them."""
    for listed in (part.left, part.right):
        if not isinstance(listed, ListLiteral) or len(listed.items) == 1:
            continue
        for number, item in enumerate(listed.items):
            rest = replace(listed, items=(*listed.items[:number], *listed.items[number + 1 :]))
            shorter = replace(part, left=rest) if listed is part.left else replace(part, right=rest)
            yield f"drop {item.text} from `{' '.join(part.text.split())}`", shorter
