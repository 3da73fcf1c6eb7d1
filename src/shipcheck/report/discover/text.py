"""The components by kind, gate candidates, effects and coverage, for people."""

from collections.abc import Iterator

from shipcheck.model.discover import DiscoverReport
from shipcheck.report.discover.tables import (
    component_tables,
    counts_of,
    coverage_table,
    effect_table,
    gate_table,
    summary_of,
)
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.table.text import text_lines

_INDENT = "  "


def render(report: DiscoverReport, style: Style = PLAIN) -> str:
    """What was found, then how much of the repository that covers."""
    blocks = [[style.paint("strong", visible(summary_of(report)))]]
    if report.explained is not None:
        lines = [f"{_INDENT}{visible(line)}" for line in report.explained.lines]
        blocks.append([style.paint("strong", visible(report.explained.place)), *lines])
    blocks += [text_lines(table, style, headings=False) for table in component_tables(report)]
    for table in (gate_table(report), effect_table(report)):
        if table.rows:
            blocks.append([style.paint("strong", table.name), *text_lines(table, style, _INDENT)])
    blocks.append([*_coverage(report, style)])
    if report.problems:
        blocks.append([style.line(each.location, "problem", each.code, each.message) for each in report.problems])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _coverage(report: DiscoverReport, style: Style) -> Iterator[str]:
    yield style.paint("strong", "coverage")
    yield f"{_INDENT}{counts_of(report.discovery.coverage)}"
    yield from text_lines(coverage_table(report.discovery.coverage), style, _INDENT, headings=False)
    for folder in report.idle:
        yield f"{_INDENT}code.folders of the settings names '{visible(folder)}', in which there is no file"
