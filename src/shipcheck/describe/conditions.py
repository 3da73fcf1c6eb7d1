"""Conditions in words for findings: fields as they are written, and values where they are known."""

from collections.abc import Callable

from shipcheck.model.expression import Aggregate, Arithmetic, Expression, Given, Like, Present, Quantified
from shipcheck.vocabulary.vocabulary import Vocabulary

Known = Callable[[Expression], str | None]

# The words are loaded only where there is a finding: a run without any is over before they would be.


def condition_text(vocabulary: Vocabulary, condition: Expression, known: Known | None = None) -> str:
    """A condition as a clause: `decisions include approve`."""
    from shipcheck.describe.finding_clauses import written  # noqa: PLC0415

    return (written(vocabulary, known) if known else written(vocabulary)).say(condition)


def value_text(vocabulary: Vocabulary, value: Expression) -> str:
    """What a value is called: `the number of approvers`, `today minus 30 days`."""
    from shipcheck.describe.finding_clauses import written  # noqa: PLC0415

    return written(vocabulary).phrase(value).text if isinstance(value, Aggregate | Arithmetic) else flat(value.text)


def same_text(vocabulary: Vocabulary, unique: Aggregate) -> tuple[str, str]:
    """What a finding says of values that are not unique, and what was expected: two texts."""
    from shipcheck.describe.finding_clauses import written  # noqa: PLC0415

    words = written(vocabulary).say(unique).removeprefix("no ")
    return words, "no two that do" if unique.items is None else "no two that are"


def element_text(vocabulary: Vocabulary, expression: Quantified, known: Known) -> str:
    """What is asked of the elements of a list, as it follows a noun: `that is active`."""
    from shipcheck.describe.finding_clauses import written  # noqa: PLC0415

    return written(vocabulary, known, expression).relative(expression.condition, expression.name)


def simply_expected(expression: Expression, *, wanted: bool) -> tuple[Expression, str]:
    """The part of a condition whose value is shown, and what was expected of it, as text; `wanted` is the expected outcome."""
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
