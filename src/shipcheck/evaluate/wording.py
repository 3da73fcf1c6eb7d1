"""Conditions in words for findings: fields as they are written, and values where they are known."""

from collections.abc import Callable

from shipcheck.aloud.clauses import Clauses
from shipcheck.aloud.nouns import Name, WrittenNouns
from shipcheck.model.expression import Aggregate, Arithmetic, Expression, Given, Like, Present, Quantified
from shipcheck.model.types import TEXT
from shipcheck.vocabulary.types import Vocabulary

Known = Callable[[Expression], str | None]


def nothing_known(_: Expression) -> str | None:
    """No value is known."""
    return None


def condition_text(vocabulary: Vocabulary, condition: Expression, known: Known = nothing_known) -> str:
    """A condition as a clause: `decisions include approve`."""
    return Clauses(WrittenNouns(vocabulary, {}, known=known)).say(condition)


def value_text(vocabulary: Vocabulary, value: Expression) -> str:
    """What a value is called: `the number of approvers`, `today minus 30 days`."""
    if isinstance(value, Aggregate | Arithmetic):
        return Clauses(WrittenNouns(vocabulary, {})).phrase(value).text
    return flat(value.text)


def same_text(vocabulary: Vocabulary, unique: Aggregate) -> tuple[str, str]:
    """What is said of values that are not unique, and what is asked for."""
    said = Clauses(WrittenNouns(vocabulary, {})).say(unique)
    return said.removeprefix("no "), "no two that do" if unique.items is None else "no two that are"


def simply_asked(expression: Expression, *, wanted: bool) -> tuple[Expression, str]:
    """The part of a condition that varies, and what is asked of it, where that does not depend on any value."""
    if isinstance(expression, Given):
        return expression.part, "a value" if wanted else "none"
    if isinstance(expression, Present):
        return expression.part, "one that is in this revision" if wanted else "one that is not in this revision"
    if isinstance(expression, Like):
        return expression.left, f'text that {"matches" if wanted else "does not match"} "{expression.pattern}"'
    return expression, "true" if wanted else "false"


def flat(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


def element_text(vocabulary: Vocabulary, expression: Quantified, known: Known = nothing_known) -> str:
    """What is asked of the elements of a list, as it follows a noun: `that is active`."""
    element = Name(f"the {expression.name}", expression.items.type.item or TEXT)
    nouns = WrittenNouns(vocabulary, {expression.name: element}, known=known)
    return Clauses(nouns).relative(expression.condition, expression.name)
