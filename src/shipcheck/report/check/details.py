"""What a finding says beyond its message, as plain lines for the reports that show no source."""

from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.english import counted, listed
from shipcheck.model.finding import Finding
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report
from shipcheck.report.underlines import marks_of

MOST_PLACES = 20


class Beyond(NamedTuple):
    """The findings of one policy that are too many to list: their number in words, and where the first of the policy is."""

    policy: str
    severity: Severity
    location: Location
    text: str


def places(report: Report, finding: Finding) -> list[tuple[str, str]]:
    """Every place that the finding rests on, as `path:line`, with what is there; a long path is cut, and says so."""
    rows = [(report.spot(mark.location), mark.label) for mark in marks_of(finding) if mark.label]
    for ground in finding.grounds:
        rows += [(report.spot(hop.location), f"{ground.text}: {hop.says}") for hop in ground.chain]
    if len(rows) <= MOST_PLACES:
        return rows
    half = MOST_PLACES // 2
    return [*rows[:half], ("", f"{len(rows) - 2 * half} more places left out"), *rows[-half:]]


def remedy(finding: Finding) -> str:
    """The fix as one sentence and, after a colon, what to write; empty where there is none."""
    fix = finding.fix
    written = "; ".join(line.strip() for line in fix.snippet.splitlines())
    text = f"{fix.text.removesuffix('.')}: {written}" if written else fix.text
    return "; ".join(part for part in (text, fix.note) if part)


def with_remedy(finding: Finding) -> str:
    """The message and the fix on one line."""
    fix = remedy(finding)
    return f"{finding.headline}. Fix: {fix}" if fix else finding.headline


def lines(report: Report, finding: Finding) -> Iterator[str]:
    """The places, the fix and the owner, a line each."""
    for place, label in places(report, finding):
        yield f"{place}: {label}" if place else label
    if finding.waiver:
        yield f"waiver: {finding.waiver}"
    if text := remedy(finding):
        yield f"fix: {text}"
    if finding.owner:
        yield f"owner: {finding.owner} ({finding.owner_of})"
    yield f"more: shipcheck explain {finding.policy}"


def shown(report: Report) -> tuple[Finding, ...]:
    """The findings that require action: those that are not waived."""
    return tuple(finding for finding in report.findings if not finding.is_accepted)


def outside_lines(report: Report) -> tuple[str, ...]:
    """What a judged run for a part of the root leaves out, a line for the number of findings and for each problem."""
    narrowed = report.narrowed
    if narrowed is None or report.judged.problems:
        return ()
    path, rest = narrowed.path, narrowed.outside
    counts = [counted(rest[severity], str(severity)) for severity in sorted(rest, reverse=True) if rest[severity]]
    found = f"{listed(counts, 'and')}; not counted, as only {path} was requested" if counts else "no finding"
    judged = () if report.verdict == "incomplete" else (f"Outside {path}: {found}.",)
    return (
        *judged,
        *(
            f"Outside {path}: problem at {report.named(problem.location)}, as in the base: {problem.message}"
            for problem in narrowed.problems
        ),
    )


def beyond_lists(report: Report) -> tuple[Beyond, ...]:
    """For each policy with findings beyond those listed, how many there are at least."""
    return tuple(
        Beyond(
            result.policy,
            result.highest_severity,
            result.findings[0].location,
            f"at least {counted(result.unlisted, 'finding')} of {result.policy} too many to list; fix what is listed first",
        )
        for result in report.judged.results
        if result.unlisted and result.findings
    )
