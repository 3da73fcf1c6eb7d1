"""A comment on a pull request, and the summary of a GitHub job.

It opens with the same screen as the text, then come the changes if there is a base, and the findings; unchanged and waived
ones and notes have a line a cause. The page has at most 65,000 bytes; its last line counts what is left out. Its first line
is a marker, by which a script finds the comment again.
"""

from shipcheck.english import counted
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.model.screen import Block, Cause
from shipcheck.report.check.cause_lines import decided, is_old, summed
from shipcheck.report.check.changes import change_lead, change_news
from shipcheck.report.check.details import places
from shipcheck.report.check.first_screen import Line, first_steps, sections
from shipcheck.report.check.summary import VERDICT_WORDS, brief, notices, root_line
from shipcheck.report.check.witness_drawing import render_witness
from shipcheck.report.encode import markdown_block, markdown_code, markdown_text
from shipcheck.report.style import PLAIN, Style

# A comment on GitHub takes 65,536 characters, and a job summary 1,024 KiB.
COMMENT_BYTES = 65_000
SUMMARY_BYTES = 1_000_000
# The script that updates the comment finds it by this line.
MARKER = "<!-- shipcheck report -->"
DECLARE = "Declare it, with your values for what is in capitals or a choice."
MOST_OTHERS = 20
MOST_OF_A_LINE = 2000
MOST_OF_A_CHANGE = 300
_ROOM_FOR_NOTE = 300


def render(report: Report, _style: Style = PLAIN) -> str:
    """The page at the length that a comment may have."""
    return render_page(report, COMMENT_BYTES)


def render_page(report: Report, most: int) -> str:
    """Introduced findings first, then the most severe, in at most so many bytes; the last line counts what does not fit."""
    title = VERDICT_WORDS[report.verdict]
    head = f"{MARKER}\n## shipcheck {title}\n\n{_summary(report)}\n{_screen(report)}{_notices(report)}{_changes(report)}"
    pieces = [head]
    room = most - len(head.encode()) - _ROOM_FOR_NOTE
    entries = [(_problem(report, problem), 1) for problem in report.judged.problems]
    entries += [(_block(report, block), len(list(block))) for cause in _in_full(report) for block in cause.blocks]
    entries += _briefly(report)
    left = 0
    for text, count in entries:
        size = len(text.encode())
        if size > room:
            left += count
        else:
            room -= size
            pieces.append(text)
    if left:
        more = counted(left, "more problem" if report.judged.problems else "more finding")
        pieces.append(f"\nThis page has no room for {more}; `shipcheck check --format concise` lists all.\n")
    return "".join(pieces)


def _summary(report: Report) -> str:
    """One paragraph with a line for each text."""
    return "\\\n".join(_long_line(line) for line in (*brief(report, PLAIN), root_line(report)))


def _notices(report: Report) -> str:
    lines = [f"- {_long_line(line)}" for line in notices(report)]
    return "\n".join(["", "### Notices", "", *lines]) + "\n" if lines else ""


def _long_line(text: str) -> str:
    return markdown_text(text if len(text) <= MOST_OF_A_LINE else f"{text[:MOST_OF_A_LINE]}…")


def _changes(report: Report) -> str:
    """What is different from the base, before any finding."""
    lead = change_lead(report)
    if not lead:
        return ""
    lines = [f"- {news.word}: {_line(text)}" for news in change_news(report) for text in (*news.shown, news.rest) if text]
    return "\n".join(["", "### Changes", "", *(f"{_line(text)}\n" for text in lead), *lines]).rstrip("\n") + "\n"


def _screen(report: Report) -> str:
    """The causes, the most severe findings and the first step."""
    lines: list[str] = []
    for section in sections(report):
        lines += ["", f"**{markdown_text(section.title)}**", *(_item(report, line) for line in section.lines)]
    steps = [f"{markdown_text(step)}\\" for step in first_steps(report)]
    lines += ["", *steps[:-1], steps[-1].removesuffix("\\")] if steps else []
    return "\n".join(lines) + "\n" if lines else ""


def _item(report: Report, line: Line) -> str:
    word = f"{line.word}: " if line.word else ""
    place = f" {markdown_code(report.spot(line.place))}" if line.place is not None else ""
    return f"- {word}{markdown_text(line.text)}{place}"


def _line(text: str) -> str:
    return markdown_text(text if len(text) <= MOST_OF_A_CHANGE else f"{text[:MOST_OF_A_CHANGE]}…")


def _in_full(report: Report) -> list[Cause]:
    """With a base the causes that are new, else all; notes and waived ones have a line each."""
    causes = report.screen.causes
    return list(causes) if report.full else [cause for cause in causes if not is_old(cause) and cause.severity > Severity.NOTE]


def _briefly(report: Report) -> list[tuple[str, int]]:
    """A line for each cause that is not in full, and how many findings it has."""
    screen = report.screen
    left = [cause for cause in screen.causes if cause not in _in_full(report)]
    groups = {"Unchanged": [cause for cause in left if is_old(cause)], "Notes": [cause for cause in left if not is_old(cause)]}
    entries = []
    for title, causes in (*groups.items(), ("Waived", screen.waived)):
        lines = [f"- {markdown_text(summed(cause))} {markdown_code(cause.head.policy)}" for cause in causes]
        if lines:
            count = sum(len(cause.findings) for cause in causes)
            entries.append(("\n".join(["", f"#### {title}: {counted(count, 'finding')}", "", *lines]) + "\n", count))
    return entries


def _problem(report: Report, problem: Problem) -> str:
    at = markdown_code(report.named(problem.location))
    return f"\n#### problem: {markdown_text(problem.message)}\n\n{at} · {markdown_code(problem.code)}\n"


def _block(report: Report, block: Block) -> str:
    finding = block.head
    lines = ["", f"#### {_word(finding)}: {markdown_text(finding.headline)}", "", " · ".join(_where(report, finding)), ""]
    if finding.witness:
        lines += ["```mermaid", *render_witness(finding), "```", ""]
    seen = _places(report, finding)
    if seen:
        others = f" and {counted(len(block.others), 'more finding')} with the same cause" if block.others else ""
        title = f"{counted(len(seen), 'place')}{others}"
        lines += [f"<details><summary>{title}</summary>", "", *seen, *_others(report, block), "", "</details>", ""]
    if block.waiting:
        lines += [f"Also decides: {markdown_text(', '.join(decided(block.waiting)))}.", ""]
    if finding.waiver:
        lines += [f"Waiver: {markdown_text(finding.waiver.removesuffix('.'))}.", ""]
    return "\n".join([*lines, *_fix(block)]) + "\n"


def _word(finding: Finding) -> str:
    status = {"waived": "waived ", "consented": "consented ", "expired": "no longer waived "}.get(finding.status, "")
    return f"{'new ' if finding.change == 'introduced' else ''}{status}{finding.severity}"


def _where(report: Report, finding: Finding) -> list[str]:
    owner = [f"owner {markdown_code(finding.owner)}"] if finding.owner else []
    return [markdown_code(report.spot(finding.location)), markdown_code(finding.policy), *owner]


def _places(report: Report, finding: Finding) -> list[str]:
    return [
        f"- {markdown_code(place)} {markdown_text(label)}" if place else f"- {markdown_text(label)}"
        for place, label in places(report, finding)
    ]


def _others(report: Report, block: Block) -> list[str]:
    lines = [
        f"- also {_word(finding)}: {markdown_text(finding.message)} {' '.join(_where(report, finding)[:2])}"
        for finding in block.others[:MOST_OTHERS]
    ]
    left = len(block.others) - len(lines)
    return [*lines, f"- and {left} more with the same cause"] if left else lines


def _fix(block: Block) -> list[str]:
    if block.declare:
        return [f"Fix: {markdown_text(block.declare)} first; whether this is a finding depends on it."]
    fix = block.head.fix
    if not fix.text:
        return []
    note = f"; {markdown_text(fix.note)}" if fix.note and not fix.declare else ""
    lines = [f"Fix: {markdown_text(fix.text.removesuffix('.'))}{note}."]
    if fix.snippet:
        lines += ["", *markdown_block(fix.snippet, "yaml")]
    if fix.declare:
        beyond = f" It is such that {markdown_text('; '.join(fix.beyond))}." if fix.beyond else ""
        lines += ["", f"{DECLARE}{beyond}", "", *markdown_block(fix.declare, "yaml")]
    return [*lines, "", f"Or: {markdown_text(fix.otherwise)}"] if fix.otherwise else lines
