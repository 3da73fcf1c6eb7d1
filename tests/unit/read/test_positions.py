"""Where keys and values stand, in every way of writing them."""

import pytest
from tests.support.reading import Place, nodes, root, scalars

from shipcheck.model.document import Document, File, Mapping, Scalar, Sequence
from shipcheck.read.parse import Shared, parse

# Each text with its keys and values in the order written, and their places: line, column, end line, end column. The end is the
# first character that does not belong to it; a block ends where the next line begins.
WRITTEN: dict[str, tuple[str, list[tuple[str, Place]]]] = {
    "plain": ("a: b", [("a", (1, 1, 1, 2)), ("b", (1, 4, 1, 5))]),
    "plain with blanks around": ("  a  :   b c   # d\n", [("a", (1, 3, 1, 4)), ("b c", (1, 10, 1, 13))]),
    "plain over lines": ("a: b\n  c\n\n  d\ne: f\n", [
        ("a", (1, 1, 1, 2)), ("b c\nd", (1, 4, 4, 4)), ("e", (5, 1, 5, 2)), ("f", (5, 4, 5, 5)),
    ]),
    "value on the next line": ("a:\n  b\n", [("a", (1, 1, 1, 2)), ("b", (2, 3, 2, 4))]),
    "single quotes": ("'a ''b''': 'c: d'\n", [("a 'b'", (1, 1, 1, 10)), ("c: d", (1, 12, 1, 18))]),
    "double quotes": ('"a\\tb": "\\x63\\u00e9\\U0001F600"\n', [("a\tb", (1, 1, 1, 7)), ("cé😀", (1, 9, 1, 31))]),
    "single quotes over lines": ("a: 'b\n\n  c '\nd: e\n", [
        ("a", (1, 1, 1, 2)), ("b\nc ", (1, 4, 3, 6)), ("d", (4, 1, 4, 2)), ("e", (4, 4, 4, 5)),
    ]),
    "double quotes over lines": ('a: "b \\\n  c\n  d\\n"\n', [("a", (1, 1, 1, 2)), ("b c d\n", (1, 4, 3, 7))]),
    "literal": ("a: |\n  b\n   c\n\nd: e\n", [
        ("a", (1, 1, 1, 2)), ("b\n c\n", (1, 4, 5, 1)), ("d", (5, 1, 5, 2)), ("e", (5, 4, 5, 5)),
    ]),
    "literal, kept": ("a: |+\n  b\n\nc: d\n", [
        ("a", (1, 1, 1, 2)), ("b\n\n", (1, 4, 4, 1)), ("c", (4, 1, 4, 2)), ("d", (4, 4, 4, 5)),
    ]),
    "literal, stripped, indented": ("- |2-\n   b\n", [(" b", (1, 3, 3, 1))]),
    "literal with a comment": ("a: |  # b\n  c # d\n", [("a", (1, 1, 1, 2)), ("c # d\n", (1, 4, 3, 1))]),
    "folded": ("a: >\n  b\n  c\n\n  d\ne: f\n", [
        ("a", (1, 1, 1, 2)), ("b c\nd\n", (1, 4, 6, 1)), ("e", (6, 1, 6, 2)), ("f", (6, 4, 6, 5)),
    ]),
    "folded, stripped": ("a: >-\n  b\n  c\n", [("a", (1, 1, 1, 2)), ("b c", (1, 4, 4, 1))]),
    "flow map": ("{a: b, 'c': \"d\"}", [("a", (1, 2, 1, 3)), ("b", (1, 5, 1, 6)), ("c", (1, 8, 1, 11)), ("d", (1, 13, 1, 16))]),
    "flow list": ("[a, b c , 'd']", [("a", (1, 2, 1, 3)), ("b c", (1, 5, 1, 8)), ("d", (1, 11, 1, 14))]),
    "flow over lines": ("a: [b,\n  c,\n  {d:\n    e}\n  ]\n", [
        ("a", (1, 1, 1, 2)), ("b", (1, 5, 1, 6)), ("c", (2, 3, 2, 4)), ("d", (3, 4, 3, 5)), ("e", (4, 5, 4, 6)),
    ]),
    "pair in a list": ("[a: b]", [("a", (1, 2, 1, 3)), ("b", (1, 5, 1, 6))]),
    "block list": ("- a\n-  b\n- - c\n", [("a", (1, 3, 1, 4)), ("b", (2, 4, 2, 5)), ("c", (3, 5, 3, 6))]),
    "list under a key": ("a:\n- b\n-\n  c\n", [("a", (1, 1, 1, 2)), ("b", (2, 3, 2, 4)), ("c", (4, 3, 4, 4))]),
    "maps in a list": ("- a: b\n  c: d\n", [
        ("a", (1, 3, 1, 4)), ("b", (1, 6, 1, 7)), ("c", (2, 3, 2, 4)), ("d", (2, 6, 2, 7)),
    ]),
    "nothing for a value": ("a:\nb: \nc: # d\n", [
        ("a", (1, 1, 1, 2)), ("", (1, 3, 1, 3)), ("b", (2, 1, 2, 2)), ("", (2, 3, 2, 3)), ("c", (3, 1, 3, 2)), ("", (3, 3, 3, 3)),
    ]),
    "nothing in a flow map": ("{a, b: , c}", [
        ("a", (1, 2, 1, 3)), ("", (1, 3, 1, 3)), ("b", (1, 5, 1, 6)), ("", (1, 8, 1, 8)), ("c", (1, 10, 1, 11)),
        ("", (1, 11, 1, 11)),
    ]),
    "nothing in a block list": ("-\n- a\n", [("", (1, 2, 1, 2)), ("a", (2, 3, 2, 4))]),
    "marked keys": ("? a\n: b\n? c\n", [
        ("a", (1, 3, 1, 4)), ("b", (2, 3, 2, 4)), ("c", (3, 3, 3, 4)), ("", (4, 1, 4, 1)),
    ]),
    "a marked key over lines": ("? a\n  b\n: c\n", [("a b", (1, 3, 2, 4)), ("c", (3, 3, 3, 4))]),
    "document marks": ("--- # a\nb: c\n...\n", [("b", (2, 1, 2, 2)), ("c", (2, 4, 2, 5))]),
    "one scalar": ("  a b\n", [("a b", (1, 3, 1, 6))]),
    "comments and blank lines": ("# a\n\n  # b\nc: d # e\n# f\n", [("c", (4, 1, 4, 2)), ("d", (4, 4, 4, 5))]),
    "accented characters": ("é: à, ü\n", [("é", (1, 1, 1, 2)), ("à, ü", (1, 4, 1, 8))]),
    "characters beyond the basic plane": ("{😀😀: 🦊b, c: '😀'}", [
        ("😀😀", (1, 2, 1, 4)), ("🦊b", (1, 6, 1, 8)), ("c", (1, 10, 1, 11)), ("😀", (1, 13, 1, 16)),
    ]),
    "combining characters count one each": ("e\u0301: x\nb: c\u0301 d\n", [
        ("e\u0301", (1, 1, 1, 3)), ("x", (1, 5, 1, 6)), ("b", (2, 1, 2, 2)), ("c\u0301 d", (2, 4, 2, 8)),
    ]),
    "zero-width characters count one each": ("a\u200b: b\u200d\n", [("a\u200b", (1, 1, 1, 3)), ("b\u200d", (1, 5, 1, 7))]),
    "tabs count one each": ("a:\tb\t# c\n", [("a", (1, 1, 1, 2)), ("b", (1, 4, 1, 5))]),
    "wide characters in literals": ("a: |\n  😀\n  é\nb: c\n", [
        ("a", (1, 1, 1, 2)), ("😀\né\n", (1, 4, 4, 1)), ("b", (4, 1, 4, 2)), ("c", (4, 4, 4, 5)),
    ]),
}  # fmt: skip
COLLECTIONS: dict[str, tuple[str, list[Place]]] = {
    "flow map": ("a: {b: c}\n", [(1, 1, 2, 1), (1, 4, 1, 10)]),
    "flow list": (" [a, [b], {}]\n", [(1, 2, 1, 14), (1, 6, 1, 9), (1, 11, 1, 13)]),
    "flow over lines": ("[a,\n b\n ]\n", [(1, 1, 3, 3)]),
    "block list under a key": ("a:\n  - b\n  - c\nd: e\n", [(1, 1, 5, 1), (2, 3, 4, 1)]),
    "block map under a key": ("a:\n  b: c\n\n# d\ne: f\n", [(1, 1, 6, 1), (2, 3, 5, 1)]),
    "list in the column of its key": ("a:\n- b\nc: d\n", [(1, 1, 4, 1), (2, 1, 3, 1)]),
    "maps in a block list": ("- a: b\n  c: d\n- e: f\n", [(1, 1, 4, 1), (1, 3, 3, 1), (3, 3, 4, 1)]),
    "pair in a list": ("[a: b]", [(1, 1, 1, 7), (1, 2, 1, 6)]),
    "empty": ("a: []\nb: {}\n", [(1, 1, 3, 1), (1, 4, 1, 6), (2, 4, 2, 6)]),
    "beyond the basic plane": ("{😀: [😀]}", [(1, 1, 1, 9), (1, 5, 1, 8)]),
}


@pytest.mark.parametrize("case", WRITTEN.values(), ids=WRITTEN)
def test_keys_and_values_stand_where_they_are_written(case: tuple[str, list[tuple[str, Place]]]) -> None:
    text, expected = case
    assert scalars(text) == expected


@pytest.mark.parametrize("case", COLLECTIONS.values(), ids=COLLECTIONS)
def test_lists_and_maps_stand_from_their_first_to_their_last_character(case: tuple[str, list[Place]]) -> None:
    text, expected = case
    assert [node[1:] for node in nodes(root(text)) if not isinstance(node, Scalar)] == expected


@pytest.mark.parametrize(
    ("text", "plain"),
    [("b", True), ("", True), ("b c", True), ("'b'", False), ('"b"', False), ("''", False), ("|\n  b", False), (">\n  b", False)],
)
def test_a_scalar_knows_whether_it_is_plain(text: str, plain: bool) -> None:  # noqa: FBT001
    node = root(f"a: {text}\n")
    assert isinstance(node, Mapping)
    [(_, value)] = node.entries
    assert isinstance(value, Scalar)
    assert value.plain is plain


def test_keys_keep_the_order_written() -> None:
    node = root("c: 1\na: 2\nb: 3\n")
    assert isinstance(node, Mapping)
    assert [key.text for key, _ in node.entries] == ["c", "a", "b"]


def test_an_entry_is_found_by_its_key() -> None:
    node = root("a: b\n'c d': [e]\n")
    assert isinstance(node, Mapping)
    found = node.find("c d")
    assert found is not None
    key, value = found
    assert (key.line, key.column) == (2, 1)
    assert isinstance(value, Sequence)
    assert node.find("e") is None


def test_a_document_locates_a_node_in_its_own_file() -> None:
    document = parse(File("core", "policies/a.yaml", b"a:\n  - b\n"))
    assert isinstance(document, Document)
    inner = list(nodes(document.root))[-1]
    location = document.locate(inner)
    assert location == ("core", "policies/a.yaml", 2, 5, 2, 6)
    assert str(location) == "policies/a.yaml:2:5"


def test_the_text_at_a_place_is_the_scalar_that_is_written_there() -> None:
    text = "use: [😀, 'b b', \"c\"]\nother: {d: e f, g: h}\n"
    lines = text.splitlines()
    for value, (line, column, end_line, end_column) in scalars(text):
        assert line == end_line
        assert lines[line - 1][column - 1 : end_column - 1].strip("'\"") == value


def test_files_that_are_read_together_read_as_they_do_alone() -> None:
    shared = Shared()
    texts = ("a: 1\nb: 2\n", "b: 1\na: {a: 2}\n", "'true': a\n", "true: a\n", "a: 1\na: 2\n", "? [a]\n: b\n", "<<: a\n")
    for text in texts * 2:
        file = File("worktree", "shipcheck.yaml", text.encode())
        assert parse(file, shared) == parse(file)
