"""The last lines of a report for people: the findings, what was judged, by what and when."""

from collections import Counter

from shipcheck.english import counted, listed
from shipcheck.model.finding import Status
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report, Result
from shipcheck.model.waiver import State
from shipcheck.report.check.details import beyond_lists
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
STATE_WORDS: dict[State, str] = {
    "in_force": "in force",
    "proposed": "proposed",
    "outgrown": "insufficient",
    "ended": "expired",
    "unused": "unused",
    "not_judged": "not judged here",
}


def summary(report: Report, style: Style) -> str:
    """The verdict with its tallies, what packs loosen, and what was judged."""
    if report.verdict == "incomplete":
        return "\n".join([_incomplete(report, style), _basis(report)])
    if report.inputs.declared_absence and not report.inputs.counts.components and not report.findings:
        reason = visible(report.inputs.declared_absence)
        return "\n".join([style.paint("good", f"Nothing to declare: {reason}"), _basis(report)])
    beyond = [f"Not listed: {visible(rest.text)}." for rest in beyond_lists(report)]
    return "\n".join(
        [_verdict(report, style), *beyond, *_waivers(report), *_not_yet(report), *softened_lines(report), _basis(report)]
    )


def _waivers(report: Report) -> list[str]:
    """A line on the waivers and one on the consents, where there are any."""
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
    tallies = Counter(finding.severity for finding in report.findings if not finding.is_accepted)
    accepted = Counter(finding.status for finding in report.findings if finding.is_accepted)
    passing = [f"{accepted[status]} {status}" for status in ("waived", "consented") if accepted[status]]
    counts = [counted(tallies[severity], str(severity)) for severity in sorted(Severity, reverse=True) if tallies[severity]]
    if report.unlisted:
        counts.append(f"at least {report.unlisted} too many to list")
    results = Counter(result.result for result in report.judged.results)
    policies = [f"{results[key]} {words}" for key, words in RESULT_WORDS.items() if results[key]]
    if not counts:
        note = f", with {counted(accepted.total(), 'finding')} {_passing(accepted)}" if passing else ""
        return style.paint("good", f"All clear{note}. Policies: {listed(policies, 'and')}.")
    counts += passing
    failing = report.verdict == "fail"
    text = f"Found {listed(counts, 'and')}. Policies: {listed(policies, 'and')}."
    if not failing:
        return f"{text} None is at or above {report.fail_on}, so the check passes."
    return style.paint("error" if tallies[Severity.ERROR] else "warning", text)


def _passing(accepted: Counter[Status]) -> str:
    """How findings pass: by waivers, by consents, or some by each."""
    return " or ".join(status for status in ("waived", "consented") if accepted[status])


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
