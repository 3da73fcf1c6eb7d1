"""Plausible mistakes, each of which the random worlds must bring to light; worlds that cannot are no test."""

import re
from collections.abc import Callable
from statistics import median

import pytest
from tests.oracle.bank import BUDGET, WRONG, survives
from tests.oracle.naive import Naive

MEDIAN = 2000


def words(engine: type[Naive]) -> str:
    """The name of a mistake as a sentence."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", engine.__name__).lower()


@pytest.mark.parametrize("engine", WRONG, ids=words)
def test_the_worlds_bring_a_mistake_to_light(engine: type[Naive], record_property: Callable[[str, object], None]) -> None:
    found = survives(engine)
    assert found is not None, f"{BUDGET} cases do not show this mistake"
    record_property("cases", found[0])
    print(f"{words(engine)}: {found[0]} cases, by '{found[2].name}'")  # noqa: T201 - pytest shows it with -rP


def test_there_are_many_mistakes_and_most_are_short_lived() -> None:
    assert len(WRONG) >= 100
    assert median(found[0] for engine in WRONG if (found := survives(engine))) <= MEDIAN
