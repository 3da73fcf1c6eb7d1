"""A table as data."""

from typing import Any

from shipcheck.model.table import Row, Table
from shipcheck.report.json_values import location_json


def table_json(table: Table) -> dict[str, Any]:
    """The columns, and each row with its cells by the key of their column, and with the places that it and they have."""
    return {
        "table": table.name,
        "columns": [{"key": column.key, "heading": column.heading} for column in table.columns],
        "rows": [_row(table, row) for row in table.rows],
    }


def _row(table: Table, row: Row) -> dict[str, Any]:
    cells = zip((column.key for column in table.columns), row.cells, strict=True)
    return {
        "location": location_json(row.place) if row.place else None,
        "cells": [
            {"column": key, "text": cell.text, "location": location_json(cell.place) if cell.place else None}
            for key, cell in cells
        ],
    }
