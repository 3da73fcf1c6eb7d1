"""The same as tables in Markdown."""

from shipcheck.model.discover import DiscoverReport
from shipcheck.report.discover.tables import (
    component_tables,
    counts_of,
    coverage_table,
    effect_table,
    gate_table,
    summary_of,
)
from shipcheck.report.encode import markdown_code, markdown_text
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.table.markdown import markdown_lines


def render(report: DiscoverReport, _style: Style = PLAIN) -> str:
    """A section for components, gate candidates, effects and coverage, each if it has any row."""
    blocks = [["## shipcheck discover"], [markdown_text(summary_of(report))]]
    if report.explained is not None:
        lines = [f"- {markdown_code(line)}" for line in report.explained.lines]
        blocks += [[f"### Explained: {markdown_text(report.explained.place)}"], lines]
    for table in component_tables(report):
        blocks += [[f"### Components: {markdown_text(table.name.replace('_', ' '))}"], markdown_lines(table)]
    for table in (gate_table(report), effect_table(report)):
        if table.rows:
            blocks += [[f"### {table.name.capitalize()}"], markdown_lines(table)]
    coverage = report.discovery.coverage
    blocks += [["### Coverage"], [f"{markdown_text(counts_of(coverage))}."], markdown_lines(coverage_table(coverage))]
    idle = [
        f"- `code.folders` of the settings names {markdown_code(folder)}, in which there is no file" for folder in report.idle
    ]
    problems = [f"- {markdown_code(str(each.location))}: {markdown_text(each.message)}" for each in report.problems]
    blocks += [idle, ["### Problems"] if problems else [], problems]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
