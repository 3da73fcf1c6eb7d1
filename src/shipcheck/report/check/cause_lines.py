"""Causes in a line each, for the reports that people read."""

from collections import Counter

from shipcheck.english import counted, listed
from shipcheck.model.finding import ANNOUNCED, INTRODUCED, UNCHANGED, Finding
from shipcheck.model.screen import Cause

LONGEST = 150


def shortened(text: str) -> str:
    """A text that fits on a line or two of a terminal."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def told(cause: Cause) -> str:
    """What a cause is, and how many findings follow from it."""
    follow = len(cause.findings) - cause.alike
    also = f"; {counted(follow, 'finding')} {'follows' if follow == 1 else 'follow'} from it" if follow else ""
    return f"{shortened(cause.title)}{also}"


def place_of(finding: Finding) -> str:
    """Where a finding is, as `path:line`."""
    return finding.location.spot


def word_of(cause: Cause) -> str:
    """The severity of a cause, and whether the change that is judged brings it."""
    word = {INTRODUCED: "new ", ANNOUNCED: "announced ", UNCHANGED: "", None: ""}[cause.change]
    return f"{word}{cause.severity}"


def decided(findings: tuple[Finding, ...]) -> list[str]:
    """What waits for undeclared fields: the number of findings of each policy, with their severity."""
    counts = Counter((-finding.severity, finding.policy, str(finding.severity)) for finding in findings)
    return [f"{counted(count, severity)} of {policy}" for (_, policy, severity), count in sorted(counts.items())]


def summed(cause: Cause) -> str:
    """A cause of waived or unchanged findings: how many there are of each severity, and the first of them."""
    counts = Counter(finding.severity for finding in cause.findings)
    numbers = listed([counted(counts[severity], str(severity)) for severity in sorted(counts, reverse=True)], "and")
    return f"{numbers}: {shortened(cause.title)}"


def is_old(cause: Cause) -> bool:
    """Whether the base has every finding of a cause."""
    return cause.change == UNCHANGED
