"""Everything of YAML that the strict reader refuses: the code, the place and the words of each complaint."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from tests.support.reading import WHOLE_FILE, Place, Said, nodes, read, root, said

from shipcheck.model.document import Document, Scalar
from shipcheck.model.problem import MAX_PROBLEMS

ONE_DOCUMENT = "a file has one document; move the rest to another file"
DIRECTIVE = "YAML directives ('%...') are not allowed; delete the line"
MERGE = "merge keys ('<<') are not allowed; write the fields themselves"
COMPLEX = "a key cannot be a list or a map; write a name"
COMMENT = "invalid YAML: missing space before '#'; write ' #' for a comment, or quote the value"
MARK = "invalid YAML: missing space after '?'; quote a text that starts with '?'"
EMPTY = "missing key before ':'; write a name"


def tag(name: str) -> str:
    return f"tag '{name}' is not allowed; delete it, because the field determines the type, or quote a text that starts with '!'"


def anchor(name: str) -> str:
    return f"anchor '&{name}' is not allowed; write the value itself, or quote a text that starts with '&'"


def alias(name: str) -> str:
    return f"alias '*{name}' is not allowed; write the value itself, or quote a text that starts with '*'"


def twice(name: str) -> str:
    return f"key '{name}' is given twice; keep one"


def unlike_text(name: str) -> str:
    return f"key '{name}' can be read as something other than text; quote it"


def hidden(name: str) -> str:
    return f"character {name} is not allowed; delete it"


class Refusal(NamedTuple):
    """A text, and the complaints about it."""

    text: str
    complaints: list[Said]


def refused(text: str, code: str, place: Place, message: str) -> Refusal:
    return Refusal(text, [Said(code, place, message)])


TAGS = (
    refused("a: !b c", "tag", (1, 4, 1, 8), tag("!b")),
    refused("a: ! c", "tag", (1, 4, 1, 7), tag("!")),
    refused("a: !!str c", "tag", (1, 4, 1, 11), tag("tag:yaml.org,2002:str")),
    refused(
        "a: !!python/object/apply:os.system [x]", "tag", (1, 4, 1, 37), tag("tag:yaml.org,2002:python/object/apply:os.system")
    ),
    refused("a: !<x:y> c", "tag", (1, 4, 1, 12), tag("x:y")),
    refused("a: !b", "tag", (1, 4, 1, 6), tag("!b")),
    refused("a: !b [c]", "tag", (1, 4, 1, 8), tag("!b")),
    refused("a: !b {c: d}", "tag", (1, 4, 1, 8), tag("!b")),
    refused("a: !b 'c'", "tag", (1, 4, 1, 10), tag("!b")),
    refused('a: !b "c"', "tag", (1, 4, 1, 10), tag("!b")),
    refused("a: !b |\n  c\n", "tag", (1, 4, 3, 1), tag("!b")),
    refused("!b a: c", "tag", (1, 1, 1, 5), tag("!b")),
    refused("- - !b c", "tag", (1, 5, 1, 9), tag("!b")),
    refused("--- !b\na: c", "tag", (1, 5, 2, 1), tag("!b")),
    refused("a:\n  !b\n  c: d", "tag", (2, 3, 3, 3), tag("!b")),
)
ANCHORS = (
    refused("a: &x b", "anchor", (1, 4, 1, 8), anchor("x")),
    refused("a: &x", "anchor", (1, 4, 1, 6), anchor("x")),
    refused("a: &x [b]", "anchor", (1, 4, 1, 8), anchor("x")),
    refused("a: &x {b: c}", "anchor", (1, 4, 1, 8), anchor("x")),
    refused("a: &x 'b'", "anchor", (1, 4, 1, 10), anchor("x")),
    refused("a: &x >\n  b\n", "anchor", (1, 4, 3, 1), anchor("x")),
    refused("&x a: b", "anchor", (1, 1, 1, 5), anchor("x")),
    refused("a:\n  - &x b", "anchor", (2, 5, 2, 9), anchor("x")),
    refused("--- &x\na: b", "anchor", (1, 5, 2, 1), anchor("x")),
    Refusal("a: &x !b c", [Said("anchor", (1, 4, 1, 11), anchor("x")), Said("tag", (1, 4, 1, 11), tag("!b"))]),
    Refusal("a: &x b\nc: &y d", [Said("anchor", (1, 4, 1, 8), anchor("x")), Said("anchor", (2, 4, 2, 8), anchor("y"))]),
)
ALIASES = (
    refused("a: *x", "alias", (1, 4, 1, 6), alias("x")),
    refused("- *x", "alias", (1, 3, 1, 5), alias("x")),
    refused("*x : a", "alias", (1, 1, 1, 3), alias("x")),
    refused("a: [b, *x, *y]", "alias", (1, 8, 1, 10), alias("x")),
    Refusal("a: &x b\nc: *x", [Said("anchor", (1, 4, 1, 8), anchor("x")), Said("alias", (2, 4, 2, 6), alias("x"))]),
    refused("<<: *x", "alias", (1, 5, 1, 7), alias("x")),
)
KEYS = (
    refused("<<: a", "merge-key", (1, 1, 1, 3), MERGE),
    refused("a: {<<: b}", "merge-key", (1, 5, 1, 7), MERGE),
    refused("a:\n  <<: [b]", "merge-key", (2, 3, 2, 5), MERGE),
    refused("a: 1\na: 2", "duplicate-key", (2, 1, 2, 2), twice("a")),
    refused("a: 1\n'a': 2", "duplicate-key", (2, 1, 2, 4), twice("a")),
    refused('"\\x61": 1\nb: 2\na: 3', "duplicate-key", (3, 1, 3, 2), twice("a")),
    refused("{a: b, a: c}", "duplicate-key", (1, 8, 1, 9), twice("a")),
    refused("{a, a}", "duplicate-key", (1, 5, 1, 6), twice("a")),
    refused("x:\n  a: 1\n  b:\n    a: 1\n  a: 2", "duplicate-key", (5, 3, 5, 4), twice("a")),
    Refusal("a: 1\na: 2\na: 3", [Said("duplicate-key", (line, 1, line, 2), twice("a")) for line in (2, 3)]),
    refused("😀: a\n😀: b", "duplicate-key", (2, 1, 2, 2), twice("😀")),
    refused(
        ": a\n",
        "yaml-syntax",
        (1, 1, 1, 2),
        "invalid YAML: missing key before ':'; write a name",
    ),
    refused("? \n: a", "empty-key", (1, 2, 1, 2), EMPTY),
    refused("? [a]\n: b", "complex-key", (1, 3, 1, 6), COMPLEX),
    refused("? {a: b}\n: c", "complex-key", (1, 3, 1, 9), COMPLEX),
    refused("[a]: b", "complex-key", (1, 1, 1, 4), COMPLEX),
    refused("{a: b}: c", "complex-key", (1, 1, 1, 7), COMPLEX),
    refused("? - a\n: b", "complex-key", (1, 3, 2, 1), COMPLEX),
    refused("? a: b\n: c", "complex-key", (1, 3, 2, 1), COMPLEX),
    refused("x: {[]: b}", "complex-key", (1, 5, 1, 7), COMPLEX),
    Refusal("? [a]\n: b\n? [a]\n: c", [Said("complex-key", (line, 3, line, 6), COMPLEX) for line in (1, 3)]),
    Refusal(
        "? {a: b, a: c}\n: d",
        [Said("complex-key", (1, 3, 1, 15), COMPLEX), Said("duplicate-key", (1, 10, 1, 11), twice("a"))],
    ),
)
AMBIGUOUS = ("true", "False", "NO", "y", "on", "~", "null", "1", "-1", "1.0", ".5", "1e3", "0x1F", "010", "0o17", "1_000")
MARKED = ("1:20", "1:20:30", ".inf", "-.INF", ".nan", "=", "2026-09-14", "2026-9-1 10:00:00", "+1", "0b1", "1.")
DIRECTIVES = (
    refused("%YAML 1.2\n---\na: b", "directive", (1, 1, 1, 2), DIRECTIVE),
    refused("%YAML 1.1\n--- a", "directive", (1, 1, 1, 2), DIRECTIVE),
    refused("%TAG ! tag:x,2000:\n---\na: b", "directive", (1, 1, 1, 2), DIRECTIVE),
    refused("%FOO bar\n---\na: b", "directive", (1, 1, 1, 2), DIRECTIVE),
    refused("%", "directive", (1, 1, 1, 2), DIRECTIVE),
    refused("# c\n\n  \t# d\r\n\r%YAML 1.2\n---\na: b", "directive", (5, 1, 5, 2), DIRECTIVE),
    refused("\ufeff%YAML 1.2\n---\na: b", "directive", (1, 1, 1, 2), DIRECTIVE),
)
DOCUMENTS = (
    refused("---\na: b\n---\nc: d", "several-documents", (3, 1, 3, 4), ONE_DOCUMENT),
    refused(
        "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n",
        "conflict",
        (2, 1, 2, 2),
        "unresolved merge conflict; resolve it, and delete the lines of '<<<<<<<', '=======' and '>>>>>>>'",
    ),
    refused("a: b\n---\n", "several-documents", (2, 1, 2, 4), ONE_DOCUMENT),
    refused("--- a\n--- b", "several-documents", (2, 1, 2, 4), ONE_DOCUMENT),
    refused("---\n---\n", "several-documents", (2, 1, 2, 4), ONE_DOCUMENT),
    refused("a: b\n...\n---\nc: d", "several-documents", (3, 1, 3, 4), ONE_DOCUMENT),
    refused("a: b\n...\n%YAML 1.1\n---\nc", "several-documents", (3, 1, 3, 2), ONE_DOCUMENT),
    refused("a: b\n... # c\n\n%TAG !x! y\n---\nc", "several-documents", (4, 1, 4, 2), ONE_DOCUMENT),
    refused("a: b\n%TAG !x! y\n---\nc", "several-documents", (2, 1, 2, 2), ONE_DOCUMENT),
)
ESCAPED = (
    refused('a: "\\0"', "forbidden-character", (1, 4, 1, 8), hidden("U+0000")),
    refused('a: "\\x07"', "forbidden-character", (1, 4, 1, 10), hidden("U+0007")),
    refused('a: "b\\ec"', "forbidden-character", (1, 4, 1, 10), hidden("U+001B")),
    refused('a: "\\x7f"', "forbidden-character", (1, 4, 1, 10), hidden("U+007F")),
    refused('a: "\\N"', "forbidden-character", (1, 4, 1, 8), hidden("U+0085")),
    refused('a: "\\L"', "forbidden-character", (1, 4, 1, 8), hidden("U+2028")),
    refused('a: "\\P"', "forbidden-character", (1, 4, 1, 8), hidden("U+2029")),
    refused('a: "\\u202E"', "forbidden-character", (1, 4, 1, 12), hidden("U+202E")),
    refused('a: "\\u2066\\u2069"', "forbidden-character", (1, 4, 1, 18), hidden("U+2066")),
    refused('a: "\\ufeff"', "forbidden-character", (1, 4, 1, 12), hidden("U+FEFF")),
    refused('a: "\\U0000ffff"', "forbidden-character", (1, 4, 1, 16), hidden("U+FFFF")),
    refused('"\\a": b', "forbidden-character", (1, 1, 1, 5), hidden("U+0007")),
    refused('- - "\\v"', "forbidden-character", (1, 5, 1, 9), hidden("U+000B")),
    Refusal(
        'a: "\\0"\nb: "\\e"',
        [
            Said("forbidden-character", (1, 4, 1, 8), hidden("U+0000")),
            Said("forbidden-character", (2, 4, 2, 8), hidden("U+001B")),
        ],
    ),
)
NOT_YAML = {
    "a: [b": (1, 4),
    "a: {b": (1, 4),
    "a: 'b": (1, 4),
    'a: "b': (1, 4),
    "a: b: c": (1, 5),
    "\ta: b": (1, 1),
    "a:\n\tb: c": (2, 1),
    'a: "\\q"': (1, 5),
    'a: "\\ud800"': (1, 5),
    'a: "\\U00110000"': (1, 5),
    "- a\nb: c": (2, 1),
    "a: @b": (1, 4),
    "a: `b": (1, 4),
    "a: %b": (1, 4),
    "a: {b: c}}": (1, 10),
    "[a,,b]": (1, 4),
    "a: - b": (1, 4),
    "a\nb: c": (1, 1),
    "a: |2\n b": (2, 2),
    "a: b\n...\nc": (3, 1),
    "  %YAML 1.2\n---\na: b": (1, 3),
}
ADJACENT = (
    *(
        refused(f"a: {value}#c\n", "yaml-syntax", (1, 4 + len(value), 1, 5 + len(value)), COMMENT)
        for value in ('"b"', "'b'", "[b]", "{b: c}", "[]", '""')
    ),
    refused("a: |#c\n  b\n", "yaml-syntax", (1, 5, 1, 6), COMMENT),
    refused("a: >2-#c\n   b\n", "yaml-syntax", (1, 7, 1, 8), COMMENT),
    refused("a: [b,#c\n d]\n", "yaml-syntax", (1, 7, 1, 8), COMMENT),
    refused('a: {"b":#c\n d}\n', "yaml-syntax", (1, 9, 1, 10), COMMENT),
    refused('"a"#b', "yaml-syntax", (1, 4, 1, 5), COMMENT),
    refused("a: 'b\n  c'#d\n", "yaml-syntax", (2, 5, 2, 6), COMMENT),
    Refusal('a: "b"#c\nd: [e]#f\n', [Said("yaml-syntax", place, COMMENT) for place in ((1, 7, 1, 8), (2, 7, 2, 8))]),
    refused("{ ?entry: false }", "yaml-syntax", (1, 3, 1, 4), MARK),
    refused("a:\n  - {b: c,\n    ?d: e}\n", "yaml-syntax", (3, 5, 3, 6), MARK),
    refused("a: [?b]\n", "yaml-syntax", (1, 5, 1, 6), MARK),
    refused('{?"a": b}', "yaml-syntax", (1, 2, 1, 3), MARK),
)
SPACED = (
    'a: "b" #c',
    "a: [b] # c",
    "a: |\n  b\n#c\n",
    "a: b#c",
    "a: ?b",
    "?a: b",
    "{? a: b}",
    "a: 'b#c'",
    "a: [b#c, d?]",
    "# [a]# b\na: b",
)
ALL = (*TAGS, *ANCHORS, *ALIASES, *KEYS, *DIRECTIVES, *DOCUMENTS, *ESCAPED, *ADJACENT)


@pytest.mark.parametrize("case", ALL, ids=lambda case: repr(case.text))
def test_a_refusal_says_what_and_where(case: Refusal) -> None:
    assert said(read(case.text)) == case.complaints


@pytest.mark.parametrize("text", SPACED)
def test_signs_that_begin_nothing_are_read(text: str) -> None:
    assert isinstance(read(text), Document)


@pytest.mark.parametrize(
    ("text", "place"), [("? a", (1, 4, 1, 4)), ("a:\n  ? b", (2, 6, 2, 6)), ("a:\n  -", (2, 4, 2, 4)), ("---", (1, 4, 1, 4))]
)
def test_an_absent_value_at_the_end_is_on_a_line_that_exists(text: str, place: Place) -> None:
    assert [node[2:] for node in nodes(root(text)) if isinstance(node, Scalar) and not node.text] == [place]


@pytest.mark.parametrize("key", [*AMBIGUOUS, *MARKED])
def test_a_plain_key_that_some_yaml_reads_as_another_type_is_refused(key: str) -> None:
    assert said(read(f"a:\n  {key}: b")) == [Said("non-text-key", (2, 3, 2, 3 + len(key)), unlike_text(key))]


@pytest.mark.parametrize("key", [*AMBIGUOUS, *MARKED, "<<", ""])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_the_same_key_in_quotes_is_text(key: str, quote: str) -> None:
    assert isinstance(read(f"{quote}{key}{quote}: b"), Document)


@pytest.mark.parametrize(("text", "place"), NOT_YAML.items(), ids=map(repr, NOT_YAML))
def test_what_is_not_yaml_is_refused_where_the_mistake_is(text: str, place: tuple[int, int]) -> None:
    [complaint] = said(read(text))
    line, column = place
    assert (complaint.code, complaint.place) == ("yaml-syntax", (line, column, line, column + 1))
    assert complaint.message.startswith("invalid YAML: ")


def test_a_twin_key_shows_where_the_first_stands() -> None:
    problems = read("a: 1\nb: 2\n'a': 3\n")
    assert isinstance(problems, tuple)
    [(location, label)] = problems[0].related
    assert (location.line, location.column, location.end_column, label) == (1, 1, 2, "first given here")


def test_complaints_of_several_kinds_come_together() -> None:
    text = "a: !x b\n? [c]\n: &y d\na: 1\ntrue: {<<: e}\nf: *z\ng: !h i\n"
    codes = [complaint.code for complaint in said(read(text))]
    # Maps are checked when they end, and an alias ends the reading: keys of the outer map are not looked at any more.
    assert codes == ["tag", "anchor", "merge-key", "alias"]


NESTED: dict[str, Callable[[int], str]] = {
    "flow lists": lambda depth: "[" * depth + "]" * depth,
    "flow maps": lambda depth: "{a: " * (depth - 1) + "{}" + "}" * (depth - 1),
    "maps in flow lists": lambda depth: "[a: " * (depth // 2) + "[" * (depth % 2) + "b" + "]" * (depth // 2 + depth % 2),
    "block lists": lambda depth: "- " * depth + "a",
    "block maps": lambda depth: "".join(f"{' ' * level}a:\n" for level in range(depth)),
    "block lists in lines": lambda depth: "".join(f"{' ' * level}-\n" for level in range(depth)),
    "keys": lambda depth: "? " * depth + "a",
    "flow lists in a block map": lambda depth: "a: " + "[" * (depth - 1) + "]" * (depth - 1),
}


@pytest.mark.parametrize("style", [style for style in NESTED if style != "keys"])
def test_sixty_four_levels_are_read(style: str) -> None:
    assert isinstance(read(NESTED[style](64)), Document)


def test_sixty_four_levels_of_keys_are_refused_as_keys_not_as_too_deep() -> None:
    assert {complaint.code for complaint in said(read(NESTED["keys"](64)))} == {"complex-key"}


DEEPEST: dict[str, Place] = {
    "flow lists": (1, 65, 1, 66),
    "flow maps": (1, 257, 1, 258),
    "maps in flow lists": (1, 129, 1, 130),
    "block lists": (1, 129, 1, 129),
    "block maps": (65, 65, 65, 65),
    "block lists in lines": (65, 65, 65, 65),
    "keys": (1, 129, 1, 129),
    "flow lists in a block map": (1, 67, 1, 68),
}


@pytest.mark.parametrize("style", NESTED)
def test_the_sixty_fifth_level_is_refused_where_it_opens(style: str) -> None:
    message = "nesting is deeper than 64 levels; restructure the file"
    assert said(read(NESTED[style](65))) == [Said("too-deep", DEEPEST[style], message)]


@pytest.mark.parametrize("style", NESTED)
def test_a_hundred_thousand_levels_are_refused_at_the_sixty_fifth(style: str) -> None:
    depth = 1_000 if " " * 60 in NESTED[style](70) else 100_000
    [complaint] = said(read(NESTED[style](depth)))
    assert (complaint.code, complaint.place) == ("too-deep", DEEPEST[style])


@pytest.mark.parametrize("text", ["", "\n", "# c\n", "---\n", "---\n...\n", "--- # c\n", " \n\n"])
def test_an_empty_file_is_an_empty_scalar(text: str) -> None:
    node = root(text)
    assert node[:2] == ("", True)


@pytest.mark.parametrize(
    "text",
    ["a: b\n...\n", "a: b\n...\n# c\n", "---\na: b\n... # c\n\n", "a: '%YAML 1.2'\n", "a: b\n# %YAML 1.2\n", "a: |\n %b\n"],
)
def test_one_document_with_its_marks_is_read(text: str) -> None:
    assert isinstance(read(text), Document)


@pytest.mark.parametrize("line", ["- &a b", "- !a b", '- "\\0"', "- {a: 1, a: 2}", "- {<<: a}", "- {1: a}", "- {[]: a}"])
def test_a_file_with_too_many_complaints_is_read_no_further(line: str) -> None:
    complaints = said(read(f"{line}\n" * (MAX_PROBLEMS + 50)))
    last = complaints[-1]
    assert len(complaints) == MAX_PROBLEMS + 1
    assert (last.code, last.place[0]) == ("too-many-problems", MAX_PROBLEMS + 1)
    assert last.message == "more than 200 problems in this file; fix these first"


def test_two_hundred_complaints_are_all_listed() -> None:
    complaints = said(read("- &a b\n" * MAX_PROBLEMS))
    assert [complaint.place[0] for complaint in complaints] == list(range(1, MAX_PROBLEMS + 1))


@pytest.mark.parametrize(
    "text",
    ["[" + "a," * 149_999 + "]", "a:\n" + "- b\n" * 149_997, "".join(f"k{number}:\n" for number in range(74_999))],
    ids=["flow list", "block list", "map"],
)
def test_a_file_with_a_hundred_and_fifty_thousand_values_is_read(text: str) -> None:
    assert isinstance(read(text), Document)


@pytest.mark.parametrize(
    "text",
    [
        "[" + "a," * 150_000 + "]",
        "a:\n" + "- b\n" * 149_998,
        "".join(f"k{number}:\n" for number in range(75_000)),
        "[" + "[]," * 150_000 + "]",
    ],
    ids=["flow list", "block list", "map", "lists"],
)
def test_a_file_with_more_values_is_refused_as_a_whole(text: str) -> None:
    message = "shipcheck.yaml has more than 150,000 keys and values; split it into several files"
    assert said(read(text)) == [Said("too-many-values", WHOLE_FILE, message)]
