"""The last lines of a report for people: the findings, what was judged, by what and when, and by which rules."""

from collections import Counter

from shipcheck.english import counted, listed
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report, Result
from shipcheck.model.waiver import State
from shipcheck.report.check.details import beyond_lists, outside_lines
from shipcheck.report.check.softened import softened_lines
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

SHORT = 12
RESULT_WORDS: dict[Result, str] = {
    "fail": "failed",
    "waived": "waived",
    "pass": "passed",
    "not_applicable": "not applicable",
}
STATE_WORDS: dict[State, str] = {
    "in_force": "in force",
    "proposed": "proposed",
    "outgrown": "insufficient",
    "ended": "expired",
    "unused": "unused",
    "not_judged": "not judged here",
}


def summary(report: Report, style: Style) -> str:
    """The verdict with its tallies, what packs loosen, what was judged, and the root with its rules."""
    warnings = [f"Warning: {problem.location}: {problem.message}." for problem in report.inputs.warnings]
    last = [_basis(report), *map(visible, warnings), *map(visible, outside_lines(report)), root_line(report)]
    if report.verdict == "incomplete":
        return "\n".join([_incomplete(report, style), *last])
    if report.inputs.declared_absence and not report.inputs.counts.components and not report.findings:
        reason = visible(report.inputs.declared_absence)
        return "\n".join([style.paint("good", f"Nothing to declare: {reason}"), *last])
    beyond = [f"Not listed: {visible(rest.text)}." for rest in beyond_lists(report)]
    return "\n".join([_verdict(report, style), *beyond, *_waivers(report), *softened_lines(report), *last])


def root_line(report: Report) -> str:
    """The root that was judged, and by which rules."""
    place, inputs = report.place, report.inputs
    top = place.root if inputs.source == "folder" else "the repository"
    root = visible(place.prefix.rstrip("/") or top or "/")
    settings = visible(listed(inputs.settings, "and")) or "built-in"
    packs = visible(listed([f"{name} {version}" for name, version in inputs.packs], "and")) or "none"
    ignored = f"; ignored: {counted(inputs.ignored, 'manifest')}" if inputs.ignored else ""
    return f"Root: {root}; settings: {settings}; packs: {packs}{ignored}."


def in_path(report: Report) -> str:
    """Which part of the root the verdict is about, if not all of it."""
    return f" in {visible(report.narrowed.path)}" if report.narrowed is not None else ""


def _waivers(report: Report) -> list[str]:
    """A line on the waivers, where there are any."""
    states = Counter(judged.state for judged in report.judged.waivers)
    counts = [f"{states[state]} {words}" for state, words in STATE_WORDS.items() if states[state]]
    return [f"Waivers: {listed(counts, 'and')}."] if counts else []


def _incomplete(report: Report, style: Style) -> str:
    problems = counted(len(report.judged.problems), "problem")
    text = f"Not judged: {problems}. Fix {'it' if len(report.judged.problems) == 1 else 'them'} and run again."
    return style.paint("problem", text)


def _verdict(report: Report, style: Style) -> str:
    tallies = Counter(finding.severity for finding in report.findings if finding.status != "waived")
    waived = len(report.findings) - tallies.total()
    counts = [counted(tallies[severity], str(severity)) for severity in sorted(Severity, reverse=True) if tallies[severity]]
    if report.unlisted:
        counts.append(f"at least {report.unlisted} too many to list")
    results = Counter(result.result for result in report.judged.results)
    policies = [f"{results[key]} {words}" for key, words in RESULT_WORDS.items() if results[key]]
    if not counts:
        note = f", with {counted(waived, 'finding')} waived" if waived else ""
        return style.paint("good", f"All clear{in_path(report)}{note}. Policies: {listed(policies, 'and')}.")
    if waived:
        counts.append(f"{waived} waived")
    failing = report.verdict == "fail"
    text = f"Found {listed(counts, 'and')}{in_path(report)}. Policies: {listed(policies, 'and')}."
    if not failing:
        return f"{text} None is at or above {report.fail_on}, so the check passes."
    return style.paint("error" if tallies[Severity.ERROR] else "warning", text)


def _source(report: Report) -> str:
    return f"{report.inputs.source} {report.inputs.revision[:SHORT]}" if report.inputs.revision else report.inputs.source


def _basis(report: Report) -> str:
    counts = report.inputs.counts
    packs = visible(listed([f"{name} {version}" for name, version in report.inputs.packs], "and")) or "no pack"
    read = f"{counted(counts.files, 'manifest')} ({_source(report)})"
    judged = f"{counted(counts.components, 'component')} and {counted(counts.links, 'link')}"
    did = report.judged.results and report.inputs.counts.components
    what = f"Judged {judged} from {read} by {packs}" if did else f"Read {read} and {packs}"
    some = "" if report.judged.every_policy else ", selected policies only"
    return f"{what}{some}, as of {report.as_of.isoformat()}, with shipcheck {report.version}."
