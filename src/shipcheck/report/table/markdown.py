"""A table in Markdown."""

from shipcheck.model.table import Table
from shipcheck.report.encode import markdown_text


def markdown_lines(table: Table) -> list[str]:
    """The table with its headings; nothing where it has no rows."""
    if not table.rows:
        return []
    heads = [markdown_text(column.heading) for column in table.columns]
    rows = [[markdown_text(cell.text) if cell.text.strip() else "-" for cell in row.cells] for row in table.rows]
    return [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
