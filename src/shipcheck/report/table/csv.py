"""A table as comma-separated values, as RFC 4180 has them; no cell of it can become a formula."""

import csv
import io

from shipcheck.model.table import Table
from shipcheck.report.encode import csv_cell


def csv_text(table: Table) -> str:
    """The keys of the columns, and each row on a line."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([csv_cell(column.key) for column in table.columns])
    writer.writerows([csv_cell(cell.text) for cell in row.cells] for row in table.rows)
    return stream.getvalue()
