"""A comment on a pull request, and the summary of a GitHub job.

With a base, the changes come before the findings. The page has at most 65,000 bytes; its last line counts what is left out. Its
first line is a marker, by which a script finds the comment again.
"""

from shipcheck.english import counted
from shipcheck.model.finding import Finding
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.report.check.by_cause import Block, blocks
from shipcheck.report.check.changes import change_lead, change_news
from shipcheck.report.check.details import places
from shipcheck.report.check.summary import summary
from shipcheck.report.check.witness_drawing import render_witness
from shipcheck.report.encode import markdown_block, markdown_code, markdown_text
from shipcheck.report.style import PLAIN, Style

# A comment on GitHub takes 65,536 characters, and a job summary 1,024 KiB.
COMMENT_BYTES = 65_000
SUMMARY_BYTES = 1_000_000
# The script that updates the comment finds it by this line.
MARKER = "<!-- shipcheck report -->"
MOST_OTHERS = 20
MOST_OF_A_LINE = 2000
MOST_OF_A_CHANGE = 300
_TITLES = {"pass": "passes", "fail": "fails", "incomplete": "could not judge"}
_ROOM_FOR_NOTE = 300


def render(report: Report, _style: Style = PLAIN) -> str:
    """The page at the length that a comment may have."""
    return render_page(report, COMMENT_BYTES)


def render_page(report: Report, most: int) -> str:
    """Introduced findings first, then the most severe, in at most so many bytes; the last line counts what does not fit."""
    head = f"{MARKER}\n## shipcheck {_TITLES[report.verdict]}\n\n{_summary(report)}\n{_changes(report)}"
    pieces = [head]
    room = most - len(head.encode()) - _ROOM_FOR_NOTE
    entries = [(_problem(report, problem), 1) for problem in report.judged.problems]
    entries += [(_block(report, block), 1 + len(block.others)) for block in _ordered(report)]
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
    lines = summary(report, PLAIN).split("\n")
    return "\n\n".join(markdown_text(line if len(line) <= MOST_OF_A_LINE else f"{line[:MOST_OF_A_LINE]}…") for line in lines)


def _changes(report: Report) -> str:
    """What is different from the base, before any finding."""
    lead = change_lead(report)
    if not lead:
        return ""
    lines = [f"- {news.word}: {_line(text)}" for news in change_news(report) for text in (*news.shown, news.rest) if text]
    return "\n".join(["", "### Changes", "", *(f"{_line(text)}\n" for text in lead), *lines]).rstrip("\n") + "\n"


def _line(text: str) -> str:
    return markdown_text(text if len(text) <= MOST_OF_A_CHANGE else f"{text[:MOST_OF_A_CHANGE]}…")


def _ordered(report: Report) -> list[Block]:
    """What the change introduces, then what was there, then what is waived; each in the order of the report."""
    return sorted(blocks(report), key=lambda block: (block.head.is_accepted, block.head.change != "introduced"))


def _problem(report: Report, problem: Problem) -> str:
    at = markdown_code(f"{report.place.prefix}{problem.location}")
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
    if finding.waiver:
        lines += [f"Waiver: {markdown_text(finding.waiver.removesuffix('.'))}.", ""]
    return "\n".join([*lines, *_fix(finding)]) + "\n"


def _word(finding: Finding) -> str:
    status = {"waived": "waived ", "consented": "consented ", "expired": "no longer waived "}.get(finding.status, "")
    return f"{'new ' if finding.change == 'introduced' else ''}{status}{finding.severity}"


def _where(report: Report, finding: Finding) -> list[str]:
    at = f"{report.path(finding.location)}:{finding.location.line}"
    owner = [f"owner {markdown_code(finding.owner)}"] if finding.owner else []
    return [markdown_code(at), markdown_code(finding.policy), *owner]


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


def _fix(finding: Finding) -> list[str]:
    fix = finding.fix
    if not fix.text:
        return []
    note = f"; {markdown_text(fix.note)}" if fix.note else ""
    line = f"Fix: {markdown_text(fix.text.removesuffix('.'))}{note}."
    return [line, "", *markdown_block(fix.snippet, "yaml")] if fix.snippet else [line]
