"""Comments are read beside YAML's tree: a `#` inside of a text is none."""

from textwrap import dedent

import pytest
from tests.support.worlds import document

from shipcheck.policy_test.comments import comments


def told(text: str) -> list[tuple[int, int, str, int]]:
    """Line, column, text and the line that it is about, of each comment."""
    found = comments(document(dedent(text)))
    return [(comment.location.line, comment.location.column, comment.text, comment.about) for comment in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# head\na: 1\n", [(1, 1, "head", 2)]),
        ("a: 1 # beside\n", [(1, 6, "beside", 1)]),
        ("a:\n  # first\n\n  # second\n  - b\n", [(2, 3, "first", 5), (4, 3, "second", 5)]),
        ("a: 1\n# behind everything\n", [(2, 1, "behind everything", 0)]),
        ('a: "x # no" # two # three\n', [(1, 13, "two # three", 1)]),
        ("a: 'x # no\n  # no'\nb: 1\n", []),
        ("a: |\n  # no\n  text # no\n# after\nb: 1\n", [(4, 1, "after", 5)]),
        ("a: >-\n  # no\n\nb: 1\n", []),
        ("a: b#c\n", []),
        ("a: [x, y] # list\n", [(1, 11, "list", 1)]),
        ("a: {b: '#', c: '#'} # map\n", [(1, 21, "map", 1)]),
        ("a: 1\t# after a tab\n", [(1, 6, "after a tab", 1)]),
        ("'# no': 1\n", []),
    ],
)
def test_comments_are_found_with_what_they_are_about(text: str, expected: list[tuple[int, int, str, int]]) -> None:
    assert told(text) == expected


def test_very_many_hashes_in_one_line_are_read_in_one_pass() -> None:
    items = ", ".join(["'#'"] * 20_000)
    assert told(f"a: [{items}] # last\n") == [(1, 5 * 20_000 + 5, "last", 1)]
