"""A table that a command answers with: what every renderer of lists prints."""

from dataclasses import dataclass
from typing import NamedTuple

from shipcheck.model.location import Location


class Column(NamedTuple):
    """One column: its key in data, and its heading."""

    key: str
    heading: str


class Cell(NamedTuple):
    """One cell. `place` is where in the repository its text comes from, if it has a place of its own."""

    text: str
    place: Location | None = None


class Row(NamedTuple):
    """One row: a cell for each column, and the place that the row is about."""

    cells: tuple[Cell, ...]
    place: Location | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows, in the order to print."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
