"""What is different from the base, in a few lines, before anything else."""

from collections import Counter
from textwrap import wrap

from shipcheck.model.change import Against, Change, Rule
from shipcheck.model.finding import INTRODUCED, UNCHANGED, Finding
from shipcheck.model.report import Report
from shipcheck.report.encode import visible
from shipcheck.report.style import Style
from shipcheck.wording import counted, listed

SHORT = 12
MOST_LINES = 10
WRAP = 100
WEAKENING = "core/change-"
_WORDS = {
    "fixed": "fixed",
    "team-changed": "later",
    "code-owners-changed": "later",
    "component-removed": "gone",
    "component-renamed": "renamed",
    "link-removed": "gone",
    "not-comparable": "skipped",
}
_COUNTED = {"component-added": "component", "link-added": "link"}
_WIDTH = 9


def change_block(report: Report, style: Style) -> list[str]:
    """One block where there is a base, none where there is not."""
    if report.against is None or report.verdict == "incomplete":
        return []
    lines = [_against(report.against), _tally(report), *_weakened(report, style)]
    for kind, word in _WORDS.items():
        lines += _lines(word, [_told(change) for change in report.changes if change.kind == kind], style)
    new = Counter(change.kind for change in report.changes)
    added = [counted(new[kind], noun) for kind, noun in _COUNTED.items() if new[kind]]
    lines += _lines("new", [listed(added, "and")] if added else [], style)
    return ["\n".join(lines)]


def _against(against: Against) -> str:
    same = against.revision == against.merge_base
    where = "" if same else f", from which it parted at {against.merge_base[:SHORT]}"
    text = f"Compared with {visible(against.name)} ({against.revision[:SHORT]}){where}."
    if against.authority == "head":
        return f"{text} The base declares nothing yet, so the settings and policies of the head decide."
    return text


def _tally(report: Report) -> str:
    marks = Counter(finding.change for finding in report.findings)
    fixed = sum(change.kind == "fixed" for change in report.changes)
    told = [f"{marks[INTRODUCED]} introduced", f"{marks[UNCHANGED]} unchanged", f"{fixed} fixed"]
    if marks[None]:
        told.append(f"{marks[None]} of which nobody knows")
    return f"Findings: {listed(told, 'and')}."


def _weakened(report: Report, style: Style) -> list[str]:
    found = [finding for finding in report.findings if finding.policy.startswith(WEAKENING)]
    return _lines("weaker", [_finding(finding) for finding in found], style, "warning")


def _finding(finding: Finding) -> str:
    return f"{visible(finding.headline)} ({visible(str(finding.location))})"


def _told(change: Change) -> str:
    policy = f"  {change.policy}" if change.policy else ""
    return f"{visible(change.message)}{policy}"


def _lines(word: str, texts: list[str], style: Style, role: str = "strong") -> list[str]:
    shown = texts if len(texts) <= MOST_LINES else texts[: MOST_LINES - 1]
    lines = [f"  {style.paint(role, word.ljust(_WIDTH))}{text}" for text in shown]
    left = len(texts) - len(shown)
    return [*lines, f"  {'':{_WIDTH}}and {left} more; --format json lists them all"] if left else lines


def render_rule(rule: Rule, style: Style) -> str:
    """A policy that is not written in the language, as `explain` prints one that is."""
    note = "It is judged with --base alone, and is part of the tool: settings and policies have no place in the policy language."
    sections = [f"{style.paint('strong', rule.name)}\n{rule.title}."]
    sections += [
        "\n".join([style.paint("strong", word), *(f"  {line}" for line in wrap(text, WRAP))])
        for word, text in (("Why", rule.why), ("How it reads", note), ("Fix", rule.fix))
    ]
    return "\n\n".join(sections) + "\n"
