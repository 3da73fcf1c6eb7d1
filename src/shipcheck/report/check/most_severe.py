"""How much of a very large result is listed: the most severe first, so many characters of JSON; the rest is counted."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from shipcheck.model.finding import INTRODUCED, Finding

T = TypeVar("T")
# Characters of JSON. With what else is printed, a report stays below 20 MB.
MOST_OF_FINDINGS = 10_000_000
MOST_OF_CHANGES = 3_000_000
MOST_OF_CAUSES = 2_000_000
# Beyond these a report is on one line, which is written ten times as fast and is half as large.
MOST_INDENTED = 2_000_000


@dataclass(frozen=True, slots=True)
class Listed:
    """What is listed, in the order given, how many others are not, and how many characters it has."""

    values: list[dict[str, Any]]
    left: int
    characters: int


def by_severity(finding: Finding) -> tuple[bool, bool, int]:
    """The order in which findings are left out, the first last: live, introduced, severe."""
    return finding.is_accepted, finding.change != INTRODUCED, -finding.severity


def fitting(
    items: Sequence[T], encoded: Callable[[T], dict[str, Any]], most: int, order: Callable[[T], Any] | None = None
) -> Listed:
    """The items as values of JSON, as many as `most` characters hold; the first in `order` are kept."""
    ranked = range(len(items)) if order is None else sorted(range(len(items)), key=lambda number: order(items[number]))
    kept: dict[int, dict[str, Any]] = {}
    characters = 0
    for number in ranked:
        value = encoded(items[number])
        size = len(json.dumps(value))
        if characters + size > most:
            break
        characters += size
        kept[number] = value
    return Listed([kept[number] for number in sorted(kept)], len(items) - len(kept), characters)
