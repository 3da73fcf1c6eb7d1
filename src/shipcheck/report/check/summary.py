"""The last lines of a report for people: the findings, what was judged, by what and when, and by which rules."""

from collections import Counter

from shipcheck.english import counted, listed
from shipcheck.model.finding import ACCEPTED, Status
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report, Result, Verdict
from shipcheck.model.waiver import State
from shipcheck.report.check.details import beyond_lists, outside_lines
from shipcheck.report.check.softened import softened_lines
from shipcheck.report.encode import visible
from shipcheck.report.style import Style
from shipcheck.report.waiver_lines import CONSENT_WORDS

SHORT = 12
RESULT_WORDS: dict[Result, str] = {
    "fail": "failed",
    "waived": "waived",
    "pass": "passed",
    "not_applicable": "not applicable",
}
VERDICT_WORDS: dict[Verdict, str] = {"pass": "passes", "fail": "fails", "incomplete": "could not judge"}
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
    return "\n".join([_ending(report, style), *notices(report), *_waivers(report), *basis(report), root_line(report)])


def brief(report: Report, style: Style) -> list[str]:
    """The verdict with its tallies, the waivers, and what was judged."""
    return [_ending(report, style), *_waivers(report), *basis(report)]


def notices(report: Report) -> list[str]:
    """What to fix in the settings, what is not listed, what packs loosen and what is left to their authors, a line each."""
    warnings = [visible(f"Warning: {problem.location}: {problem.message}.") for problem in report.inputs.warnings]
    if report.verdict == "incomplete":
        return warnings
    beyond = [f"Not listed: {visible(rest.text)}." for rest in beyond_lists(report)]
    return [*warnings, *beyond, *_not_yet(report), *softened_lines(report)]


def closing(report: Report, style: Style) -> list[str]:
    """What a long report at a terminal ends with: the verdict once more, the notices, what was judged, and the root."""
    return [_ending(report, style), *notices(report), *basis(report), root_line(report)]


def opening(report: Report, style: Style) -> list[str]:
    """What a report at a terminal opens with: the verdict in so many words, the waivers, and what was judged."""
    first, *others = brief(report, style)
    if not report.screen.causes or report.verdict == "incomplete":
        return [first, *others]
    role = "error" if report.verdict == "fail" else "warning"
    verdict = style.paint(role, f"shipcheck {VERDICT_WORDS[report.verdict]}{in_path(report)}:")
    return [f"{verdict} {_found(report)}. Policies: {_results(report)}.", *others]


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


def _ending(report: Report, style: Style) -> str:
    """The verdict with its tallies, or why there is none."""
    if report.verdict == "incomplete":
        return _incomplete(report, style)
    if report.inputs.declared_absence and not report.inputs.counts.components and not report.findings:
        return style.paint("good", f"Nothing to declare: {visible(report.inputs.declared_absence)}")
    return _verdict(report, style)


def _waivers(report: Report) -> list[str]:
    """A line on the waivers and one on the consents, where there are any."""
    if report.verdict == "incomplete":
        return []
    states = Counter(judged.state for judged in report.judged.waivers)
    counts = [f"{states[state]} {words}" for state, words in STATE_WORDS.items() if states[state]]
    lines = [f"Waivers: {listed(counts, 'and')}."] if counts else []
    agreed = Counter(CONSENT_WORDS[judged.state] for judged in report.judged.consents)
    return [*lines, f"Consents: {listed([f'{number} {word}' for word, number in agreed.items()], 'and')}."] if agreed else lines


def _not_yet(report: Report) -> list[str]:
    """A line on the policies that do not apply yet, if there are any."""
    names = listed(report.inputs.not_yet, "and")
    how = "newer than the version of shipcheck in the lock file; 'shipcheck pack update' records this one"
    return [f"Not applied yet: {names}, {how}."] if names else []


def _incomplete(report: Report, style: Style) -> str:
    problems = counted(len(report.judged.problems), "problem")
    text = f"Not judged: {problems}. Fix {'it' if len(report.judged.problems) == 1 else 'them'} and run again."
    return style.paint("problem", text)


def _verdict(report: Report, style: Style) -> str:
    tallies, accepted = _tallies(report)
    if not tallies and not report.unlisted:
        note = f", with {counted(accepted.total(), 'finding')} {_passing(accepted)}" if accepted else ""
        return style.paint("good", f"All clear{in_path(report)}{note}. Policies: {_results(report)}.")
    text = f"Found {_found(report)}{in_path(report)}. Policies: {_results(report)}."
    if report.verdict != "fail":
        return f"{text} None is at or above {report.fail_on}, so the check passes."
    return style.paint("error" if tallies[Severity.ERROR] else "warning", text)


def _tallies(report: Report) -> tuple[Counter[Severity], Counter[Status]]:
    """How many findings of each severity count, and how many are waived or consented to."""
    findings = [finding for result in report.judged.results for finding in result.findings]
    live = Counter(finding.severity for finding in findings if not finding.is_accepted)
    return live, Counter(finding.status for finding in findings if finding.is_accepted)


def _found(report: Report) -> str:
    """How many findings there are of each severity, and how many are waived or consented to."""
    tallies, accepted = _tallies(report)
    counts = [counted(tallies[severity], str(severity)) for severity in sorted(Severity, reverse=True) if tallies[severity]]
    counts += [f"at least {report.unlisted} too many to list"] if report.unlisted else []
    return listed([*counts, *(f"{accepted[status]} {status}" for status in ACCEPTED if accepted[status])], "and")


def _passing(accepted: Counter[Status]) -> str:
    """How findings pass: by waivers, by consents, or some by each."""
    return " or ".join(status for status in ACCEPTED if accepted[status])


def _results(report: Report) -> str:
    """How many policies came out each way."""
    results = Counter(result.result for result in report.judged.results)
    return listed([f"{results[key]} {words}" for key, words in RESULT_WORDS.items() if results[key]], "and")


def _source(report: Report) -> str:
    return f"{report.inputs.source} {report.inputs.revision[:SHORT]}" if report.inputs.revision else report.inputs.source


def basis(report: Report) -> list[str]:
    """What was judged, by what and when, and what a run for a part of the root leaves out."""
    counts = report.inputs.counts
    packs = visible(listed([f"{name} {version}" for name, version in report.inputs.packs], "and")) or "no pack"
    read = f"{counted(counts.files, 'manifest')} ({_source(report)})"
    judged = f"{counted(counts.components, 'component')} and {counted(counts.links, 'link')}"
    did = report.judged.results and report.inputs.counts.components
    what = f"Judged {judged} from {read} by {packs}" if did else f"Read {read} and {packs}"
    some = "" if report.judged.every_policy else ", selected policies only"
    text = f"{what}{some}, as of {report.as_of.isoformat()}, with shipcheck {report.version}."
    return [text, *map(visible, outside_lines(report))]
