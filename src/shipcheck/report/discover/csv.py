"""One row a component, for spreadsheets, and the lines of coverage and problems as rows of their own."""

from collections.abc import Iterator, Mapping

from shipcheck.model.discover import DiscoverReport
from shipcheck.model.location import Location
from shipcheck.model.observed import Observed
from shipcheck.model.table import Cell, Column, Row, Table
from shipcheck.report.discover.tables import counts_of, coverage_table, ordered
from shipcheck.report.discover.values import effects, fields, gates, links, names_of
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.table.csv import csv_text

_KEYS = ("kind", "name", "file", "line", "symbol", "detector", "confidence", "aside", "links", "fields", "effects", "gates")
# More than any component has: nothing is left out of a row.
_EVERY = 10_000


def render(report: DiscoverReport, _style: Style = PLAIN) -> str:
    """All rows under one line of keys."""
    columns = tuple(Column(key, key.capitalize()) for key in _KEYS)
    rows = (*_components(report), *_coverage(report))
    return csv_text(Table("discover", columns, rows))


def _components(report: DiscoverReport) -> Iterator[Row]:
    names = names_of(report.discovery)
    for each in (*ordered(report), *report.aside):
        yield _row((each.kind, each.name), each.place, (each.symbol, *_more(each, names)))


def _more(each: Observed, names: Mapping[str, str]) -> tuple[str, ...]:
    aside = "yes" if each.aside else "no"
    values = (links(each, names, _EVERY), fields(each))
    return (each.detector, each.confidence, aside, *("; ".join(some) for some in values), effects(each), gates(each))


def _coverage(report: DiscoverReport) -> Iterator[Row]:
    yield _row(("coverage", counts_of(report.discovery.coverage)), None, ())
    for row in coverage_table(report.discovery.coverage, _EVERY).rows:
        what, why, files = (cell.text for cell in row.cells)
        yield _row(("coverage", f"{what}: {why}"), None, ("", "", "", "", files))
    for problem in report.problems:
        yield _row(("problem", problem.message), problem.location, ("", problem.code))


def _row(first: tuple[str, ...], place: Location | None, rest: tuple[str, ...]) -> Row:
    """A row with as many cells as there are keys."""
    where = (place.path, str(place.line) if place.line else "") if place else ("", "")
    texts = (*first, *where, *rest)
    return Row(tuple(Cell(text) for text in (*texts, *("",) * (len(_KEYS) - len(texts)))), place)
