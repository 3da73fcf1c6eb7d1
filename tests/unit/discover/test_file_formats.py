"""The formats of files with the places of their values, and patterns of paths."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.discover.globs import GlobIndex, glob_problem
from shipcheck.discover.read_json import UnreadableError, read_json
from shipcheck.discover.read_toml import read_toml
from shipcheck.model.document import Mapping, Node, Scalar, Sequence

GLOBS = [
    ("**/.mcp.json", ".mcp.json", True),
    ("**/.mcp.json", "a/b/.mcp.json", True),
    ("**/.mcp.json", "a/x.mcp.json", False),
    (".mcp.json", "a/.mcp.json", False),
    ("**/*mcp*.json", "a/cline_mcp_settings.json", True),
    ("**/*mcp*.json", "a/mcp.json/b.json", False),
    ("**/.claude/agents/**/*.md", ".claude/agents/x.md", True),
    ("**/.claude/agents/**/*.md", "a/.claude/agents/b/c.md", True),
    ("**/.claude/agents/**/*.md", "a/.claude/b/c.md", False),
    ("*.yaml", "a.yaml", True),
    ("*.yaml", "a/b.yaml", False),
    ("a/*/c.json", "a/b/c.json", True),
    ("a/*/c.json", "a/b/b/c.json", False),
]


@pytest.mark.parametrize(("pattern", "path", "wanted"), GLOBS)
def test_a_pattern_matches_a_path(pattern: str, path: str, wanted: bool) -> None:  # noqa: FBT001 - a case
    assert glob_problem(pattern) == ""
    assert GlobIndex([(pattern, 1)]).find(path) == ((1,) if wanted else ())


def shape(node: Node) -> object:
    """A tree as plain values, as the standard library gives them."""
    if isinstance(node, Mapping):
        return {key.text: shape(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [shape(item) for item in node.items]
    return json.loads(node.text) if node.plain else node.text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, 2]))
@cases(300)
def test_json_is_read_as_the_standard_library_reads_it(value: object, indent: int | None) -> None:
    assert shape(read_json(json.dumps(value, indent=indent))) == value
    assert shape(read_json(json.dumps(value, indent=indent, ensure_ascii=False))) == value


def test_json_has_places_comments_and_trailing_commas() -> None:
    root = read_json('// a\r\n{\n  /* b * / */ "k": [1, "x\\u00e9",],\n  "ü": -1.5e3,\n}\n')
    assert isinstance(root, Mapping)
    (key, items), (other, number) = root.entries
    assert (key.text, key.line, key.column, key.end_column) == ("k", 3, 15, 18)
    assert isinstance(items, Sequence)
    assert [(item.line, item.column) for item in items.items] == [(3, 21), (3, 24)]
    assert isinstance(items.items[1], Scalar)
    assert (items.items[1].text, other.text, number.line, number.column) == ("xé", "ü", 4, 8)
    assert (root.line, root.column, root.end_line, root.end_column) == (2, 1, 5, 2)


WRONG = {
    "": "line 1, column 1: a value is missing",
    "{": "line 1, column 2: a key in double quotes is missing",
    '{"a" 1}': "line 1, column 6: ':' is missing",
    '{"a": 1 "b": 2}': "line 1, column 9: ',' or '}' is missing",
    '{"a": 1,\n "a": 2}': "line 2, column 2: key 'a' is given twice",
    "[1,,2]": "line 1, column 4: a value is missing",
    "[,]": "line 1, column 2: a value is missing",
    "[1 2]": "line 1, column 4: ',' or ']' is missing",
    "[1} ": "line 1, column 3: ',' or ']' is missing",
    "1 2": "line 1, column 3: text follows the value",
    "{'a': 1}": "line 1, column 2: a key in double quotes is missing",
    '"a\nb"': "line 1, column 1: a text is not closed, or has a line break",
    '"\\x"': "line 1, column 1: a text has an escape that JSON does not know",
    "01": "line 1, column 1: a value is missing",
    "1.": "line 1, column 1: a value is missing",
    "NaN": "line 1, column 1: a value is missing",
    "/* a": "line 1, column 1: a value is missing",
}


@pytest.mark.parametrize(("text", "why"), WRONG.items())
def test_what_is_not_json_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_json(text)
    assert str(caught.value) == why


HOSTILE = {
    "deep": "[" * 100_000,
    "deep maps": '{"a":' * 100_000,
    "a long text": '"' + "a" * 1_000_000,
    "a long comment": "/*" + "*" * 1_000_000,
    "many values": "[" + "0," * 200_000 + "0]",
    "backslashes": '"' + "\\" * 999_999,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_json_ends_in_an_error(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_json(text)


def test_half_a_character_can_be_printed() -> None:
    node = read_json('"\\ud800"')
    assert isinstance(node, Scalar)
    assert node.text == "?"


def test_toml_has_the_lines_of_keys_and_tables() -> None:
    root = read_toml('a.b = 1\n[[t]]\nx = true\n[[t]]\n  "y z" = "s"\ninline = { k = 1 }\n[t.sub]\nw = 1979-05-27\n')
    assert shape(root) == {"a": {"b": 1}, "t": [{"x": True}, {"y z": "s", "inline": {"k": 1}, "sub": {"w": "1979-05-27"}}]}

    def lines(node: Node) -> dict[str, tuple[int, int]]:
        if isinstance(node, Sequence):
            return {name: at for item in node.items for name, at in lines(item).items()}
        if not isinstance(node, Mapping):
            return {}
        inner = {name: at for _, value in node.entries for name, at in lines(value).items()}
        return {key.text: (key.line, key.column) for key, _ in node.entries} | inner

    assert lines(root) == {
        "a": (1, 1),
        "b": (1, 3),
        "t": (2, 3),
        "x": (3, 1),
        "y z": (5, 4),
        "inline": (6, 1),
        "k": (6, 1),
        "sub": (7, 4),
        "w": (8, 1),
    }
