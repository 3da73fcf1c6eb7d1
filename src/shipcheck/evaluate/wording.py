"""Conditions in words for findings: fields as they are written, and values where they are known."""

from collections.abc import Callable

from shipcheck.aloud.clauses import Clauses
from shipcheck.aloud.nouns import Name, WrittenNouns
from shipcheck.model.expression import Aggregate, Expression, Quantified
from shipcheck.model.types import TEXT
from shipcheck.vocabulary.types import Vocabulary

Known = Callable[[Expression], str | None]


def nothing_known(_: Expression) -> str | None:
    """No value is known."""
    return None


def condition_text(vocabulary: Vocabulary, condition: Expression, known: Known = nothing_known) -> str:
    """A condition as a clause: `decisions include approve`."""
    return Clauses(WrittenNouns(vocabulary, {}, known=known)).say(condition)


def value_text(vocabulary: Vocabulary, aggregate: Aggregate) -> str:
    """What an aggregate is called: `the number of approvers`."""
    return Clauses(WrittenNouns(vocabulary, {})).phrase(aggregate).text


def same_text(vocabulary: Vocabulary, unique: Aggregate) -> tuple[str, str]:
    """What is said of values that are not unique, and what is asked for."""
    said = Clauses(WrittenNouns(vocabulary, {})).say(unique)
    return said.removeprefix("no "), "no two that do" if unique.items is None else "no two that are"


def flat(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


def element_text(vocabulary: Vocabulary, expression: Quantified, known: Known = nothing_known) -> str:
    """What is asked of the elements of a list, as it follows a noun: `that is active`."""
    element = Name(f"the {expression.name}", expression.items.type.item or TEXT)
    nouns = WrittenNouns(vocabulary, {expression.name: element}, known=known)
    return Clauses(nouns).relative(expression.condition, expression.name)
