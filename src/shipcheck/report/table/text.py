"""A table for people: aligned columns, cut to the width of the terminal."""

from shipcheck.model.table import Table
from shipcheck.report.encode import cut, visible, width
from shipcheck.report.style import PLAIN, Style

# Between two columns; the least that is kept of one that is cut.
GAP = "  "
_LEAST = 8


def text_lines(table: Table, style: Style = PLAIN, indent: str = "", *, headings: bool = True) -> list[str]:
    """The rows on a line each, below their headings. A column without any text is left out."""
    rows = [[visible(cell.text) for cell in row.cells] for row in table.rows]
    heads = [visible(column.heading) for column in table.columns]
    kept = [number for number in range(len(heads)) if any(row[number] for row in rows)]
    if not rows or not kept:
        return []
    wanted = [max([width(row[number]) for row in rows] + ([width(heads[number])] if headings else [])) for number in kept]
    widths = _fitting(wanted, style.columns - len(indent)) if style.columns else wanted
    lines = [_line([row[number] for number in kept], widths, indent) for row in rows]
    if headings:
        lines.insert(0, style.paint("faint", _line([heads[number] for number in kept], widths, indent)))
    return lines


def _line(cells: list[str], widths: list[int], indent: str) -> str:
    padded = []
    for cell, room in zip(cells, widths, strict=True):
        shown = cut(cell, room)
        padded.append(shown + " " * (room - width(shown)))
    return (indent + GAP.join(padded)).rstrip()


def _fitting(wanted: list[int], columns: int) -> list[int]:
    """Widths that fit into so many columns: the widest columns are cut alike, and none to less than is readable."""
    room = columns - len(GAP) * (len(wanted) - 1)
    widths = list(wanted)
    if sum(widths) <= room:
        return widths
    most = max(widths)
    while most > _LEAST and sum(min(each, most) for each in widths) > room:
        most -= 1
    return [min(each, most) for each in widths]
