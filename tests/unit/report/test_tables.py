"""Any table in each format: aligned and cut on a terminal, text in Markdown, no formula in CSV, places in JSON."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.naughty import NAUGHTY
from tests.report.readers import markup
from tests.support.cases import cases

from shipcheck.model.location import Location
from shipcheck.model.table import Cell, Column, Row, Table
from shipcheck.report.encode import cut, visible, width
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.table.csv import csv_text
from shipcheck.report.table.json import table_json
from shipcheck.report.table.markdown import markdown_lines
from shipcheck.report.table.text import text_lines

PLACE = Location("worktree", "a.py", 3, 1, 3, 4)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "\uff1d1+1", "-", "=cmd|' /C calc'!A0", "@")
TEXTS = st.one_of(st.text(max_size=30), st.sampled_from([*FORMULAS, *NAUGHTY]))


def table(*rows: Sequence[str]) -> Table:
    columns = tuple(Column(f"c{number}", f"Head {number}") for number in range(max(map(len, rows), default=1)))
    return Table("some", columns, tuple(Row(tuple(Cell(text) for text in row), PLACE) for row in rows))


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_columns_are_aligned_by_what_a_terminal_shows() -> None:
    lines = text_lines(table(("a", "longer", "x"), ("日本", "b", "y"), ("e\u0301", "", "z")))
    assert lines == [
        "Head 0  Head 1  Head 2",
        "a       longer  x",
        "日本    b       y",
        "e\u0301               z",
    ]


def test_a_column_without_text_and_a_table_without_rows_are_left_out() -> None:
    assert text_lines(table(("a", "", "b")), headings=False) == ["a  b"]
    assert text_lines(table()) == markdown_lines(table()) == []


def test_the_widest_columns_are_cut_to_the_terminal() -> None:
    lines = text_lines(table(("short", "x" * 50, "y" * 30)), Style(color=False, columns=40), "  ")
    assert lines[1] == f"  short   {'x' * 13}…  {'y' * 13}…"
    assert all(width(line) <= 40 for line in lines)


@pytest.mark.parametrize("columns", [1, 10, 20, 60, 200])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
@cases(60)
def test_no_line_is_wider_than_the_terminal_but_for_what_is_readable(columns: int, rows: list[tuple[str, str, str]]) -> None:
    lines = text_lines(table(*rows), Style(color=False, columns=columns))
    assert all(width(line) <= max(columns, 3 * 8 + 2 * 2) for line in lines)
    assert len(lines) in {0, len(rows) + 1}


@given(TEXTS, st.integers(0, 40))
@cases(200)
def test_a_cut_text_is_the_beginning_of_it(text: str, columns: int) -> None:
    shown = visible(text)
    kept = cut(shown, columns)
    assert width(kept) <= columns
    assert kept == shown or shown.startswith(kept.removesuffix("…"))


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
@cases(300)
def test_no_cell_of_csv_is_a_formula_and_its_shape_is_kept(rows: list[list[str]]) -> None:
    printed = csv_text(table(*rows))
    read = rows_of(printed)
    assert [len(row) for row in read] == [3] * (len(rows) + 1)
    assert printed.endswith("\r\n")
    assert printed.count("\r\n") == len(rows) + 1
    for row, expected in zip(read[1:], rows, strict=True):
        for cell, text in zip(row, expected, strict=True):
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
            assert cell.removeprefix("'") == visible(text).removeprefix("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert rows_of(csv_text(table((text,))))[1] == [f"'{visible(text)}"]


@pytest.mark.parametrize("text", ["a=1", "1-1", "'=1", "a@b", "", "  "])
def test_other_texts_are_as_they_are(text: str) -> None:
    assert rows_of(csv_text(table((text, "x"))))[1] == [text, "x"]


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
@cases(200)
def test_a_table_in_markdown_keeps_its_rows(rows: list[tuple[str, str]]) -> None:
    tokens = markup("\n".join(markdown_lines(table(*rows))))
    assert sum(token.type == "tr_open" for token in tokens) == len(rows) + 1
    assert sum(token.type == "td_open" for token in tokens) == 2 * len(rows)
    assert not {token.type for token in tokens} & {"link_open", "strong_open", "em_open", "image", "code_inline"}


def test_rows_as_data_have_their_places() -> None:
    found = Table(
        "some", (Column("a", "A"), Column("b", "B")), (Row((Cell("x", PLACE), Cell("y"))), Row((Cell("z"), Cell("")), PLACE))
    )
    place = {"path": "a.py", "line": 3, "column": 1, "end_line": 3, "end_column": 4}
    assert table_json(found) == {
        "table": "some",
        "columns": [{"key": "a", "heading": "A"}, {"key": "b", "heading": "B"}],
        "rows": [
            {
                "location": None,
                "cells": [{"column": "a", "text": "x", "location": place}, {"column": "b", "text": "y", "location": None}],
            },
            {
                "location": place,
                "cells": [{"column": "a", "text": "z", "location": None}, {"column": "b", "text": "", "location": None}],
            },
        ],
    }


def test_headings_are_faint_only_with_color() -> None:
    assert text_lines(table(("a",)), Style(color=True))[0] == "\x1b[2mHead 0\x1b[0m"
    assert text_lines(table(("a",)), PLAIN)[0] == "Head 0"
