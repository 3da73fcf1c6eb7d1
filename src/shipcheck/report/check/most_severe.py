"""How much of a very large result is listed: the most severe first, so many characters; the rest is counted."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from shipcheck.model.finding import INTRODUCED, Finding
from shipcheck.model.report import PolicyResult, Report

T = TypeVar("T")
# Characters. With what else is printed, a report stays below 20 MB.
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
    values: dict[int, dict[str, Any]] = {}

    def size(number: int) -> int:
        values[number] = encoded(items[number])
        return len(json.dumps(values[number]))

    ranked = range(len(items)) if order is None else sorted(range(len(items)), key=lambda number: order(items[number]))
    kept, characters = _within(ranked, size, most)
    return Listed([values[number] for number in sorted(kept)], len(items) - len(kept), characters)


def shortened(report: Report, size: Callable[[Finding], int]) -> Report:
    """The report with as many findings as may be listed, of `size` characters each; the others count as unlisted.

    The verdict stays what it is: of each policy with a live finding one is listed, which represents those that are not. Waived
    findings are left out first, and not counted.
    """
    findings = [finding for result in report.judged.results for finding in result.findings]
    ranked = sorted(range(len(findings)), key=lambda number: by_severity(findings[number]))
    kept, _ = _within(ranked, lambda number: size(findings[number]), MOST_OF_FINDINGS)
    first = {findings[number].policy: number for number in reversed(ranked) if not findings[number].is_accepted}
    kept.update(first.values())
    if len(kept) == len(findings):
        return report
    names = {id(findings[number]) for number in kept}
    results = tuple(_with_listed(result, names) for result in report.judged.results)
    return replace(report, judged=replace(report.judged, results=results))


def _within(ranked: Sequence[int], size: Callable[[int], int], most: int) -> tuple[set[int], int]:
    """The first numbers whose sizes together are at most `most`, and the sum of these sizes."""
    kept: set[int] = set()
    characters = 0
    for number in ranked:
        own = size(number)
        if characters + own > most:
            break
        characters += own
        kept.add(number)
    return kept, characters


def _with_listed(result: PolicyResult, kept: set[int]) -> PolicyResult:
    """The result with the findings that are kept; live ones among the others are unlisted."""
    left = [finding for finding in result.findings if id(finding) not in kept and not finding.is_accepted]
    findings = tuple(finding for finding in result.findings if id(finding) in kept)
    known = [result.highest_severity] if result.unlisted else []
    highest = max([*known, *(finding.severity for finding in left)], default=result.highest_severity)
    return replace(result, findings=findings, unlisted=result.unlisted + len(left), highest_severity=highest)
