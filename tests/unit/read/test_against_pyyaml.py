"""The reader held against PyYAML's own composer in pure Python: the same tree of strings at the same places.

The two share no parser: the reader builds on libyaml's events, the composer on PyYAML's own scanner.
"""

from itertools import count
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.reading import Place, nodes, place, read

from shipcheck.model.document import Document, Node, Scalar, Sequence
from shipcheck.model.problem import Problem

Tree = tuple[Any, ...]

# Where PyYAML's scanner refuses what libyaml reads, and YAML 1.2 allows. The reader follows libyaml.
PYYAML_REFUSES = {
    "a tab after a plain scalar": ("a: b\t\n", "b"),
    "a tab before a comment": ("a: b \t# c\n", "b"),
    "a question mark at the end of a word in a flow list": ("a: [b? ]\n", "b?"),
}
SOUP = ("a", "b", "c", ":", ": ", ":\n", "-", "- ", "#", " #", "'", '"', "|\n", ">\n", "|-\n", ">+\n", "|2\n", "\n", "  ", " ")
MARKS = ("\n  ", "\n    ", "\n- ", "\na: ", "\nb: ", "\\", "\\n", "\\\n", "\\x41", "''", "%", "@", "`", "---", "...", "\n---\n")
RARE = ("\n...\n", "<", "=", "~", "0", "😀", "é", "\r\n", "\r", "!", "&", "*")
IN_FLOW = ("[", "]", "{", "}", ",", ", ")
IN_BLOCK = ("? ", "\n? ", "\n: ")
WORDS = ("a", "b c", "it's", "é", "😀", "-x", "a:b", "a#b", "x, y", "[z", "1", "~", "?q", 'say "no"', "50%")


def ours(node: Node) -> Tree:
    """The tree of a document: kind, content, and where it starts."""
    start = (node.line, node.column)
    if isinstance(node, Scalar):
        return "scalar", node.text, start if node.text or not node.plain else None
    if isinstance(node, Sequence):
        return "list", [ours(item) for item in node.items], start
    return "map", [(ours(key), ours(value)) for key, value in node.entries], start


def theirs(node: yaml.Node) -> Tree:
    """The same of what PyYAML composes. Where an absent value starts at the end of a file is a matter of taste and left out."""
    start = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return "scalar", node.value, start if node.value or node.style else None
    if isinstance(node, yaml.SequenceNode):
        return "list", [theirs(item) for item in node.value], start
    return "map", [(theirs(key), theirs(value)) for key, value in node.value], start


def composed(text: str) -> Tree:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    return theirs(node) if node else ("scalar", "", None)


def quoted(draw: st.DrawFn, indent: int) -> str:
    """A quoted scalar, perhaps over several lines."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=4))
    glue = draw(st.sampled_from([" ", "\n" + " " * (indent + 1), "\n\n" + " " * (indent + 2), "  "]))
    if draw(st.booleans()):
        return "'" + glue.join(word.replace("'", "''") for word in words) + "'"
    escape = draw(st.sampled_from(["", "\\n", "\\t", "\\x41", "\\u00e9", "\\U0001F600", "\\\\", '\\"', "\\ ", "\\/"]))
    return '"' + glue.join(word.replace('"', '\\"') for word in words) + escape + '"'


def plain(draw: st.DrawFn, indent: int) -> str:
    """A plain scalar that is text anywhere, perhaps over several lines."""
    words = draw(st.lists(st.sampled_from(["a", "bc", "d-e", "é", "😀", "x1", "it's"]), min_size=1, max_size=4))
    glue = draw(st.sampled_from([" ", "  ", "\n" + " " * (indent + 1), "\n\n" + " " * (indent + 3)]))
    return str(glue.join(words))


def literal(draw: st.DrawFn, indent: int) -> str:
    """A literal or folded scalar with its header."""
    header = draw(st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "| # c", ">2", "|2-"]))
    margin = " " * (indent + 2)
    lines = draw(st.lists(st.sampled_from([*WORDS, "", "  more", "# no comment"]), min_size=1, max_size=4))
    return str(header) + "\n" + "\n".join(f"{margin}{line}" if line else "" for line in ("first", *lines)) + "\n"


def flow(draw: st.DrawFn, indent: int, depth: int) -> str:
    """A flow list or map, or a scalar that may stand in one."""
    choice = draw(st.integers(0, 3 if depth else 1))
    if choice < 2:
        return plain(draw, indent) if choice else quoted(draw, indent)
    gap = draw(st.sampled_from(["", " ", "\n" + " " * (indent + 1), " # c\n" + " " * (indent + 2)]))
    parts = [flow(draw, indent, depth - 1) for _ in range(draw(st.integers(0, 3)))]
    if choice == 2:
        return f"[{gap}{f',{gap}'.join(parts)}{gap}]"
    entries = [f"k{number}: {part}" if part else f"k{number}" for number, part in enumerate(parts)]
    return f"{{{gap}{f',{gap}'.join(entries)}{gap}}}"


def block(draw: st.DrawFn, indent: int, depth: int, names: "count[int]") -> str:
    """Block lines that follow a key or a dash: a scalar on the same line, or a nested list or map below it."""
    choice = draw(st.integers(0, 6 if depth else 4))
    if choice == 0:
        return "\n"
    if choice == 1:
        return " " + literal(draw, indent)
    if choice <= 4:
        inline = (plain, quoted, lambda draw, indent: flow(draw, indent, 2))[choice - 2]
        return f" {inline(draw, indent)}{draw(st.sampled_from(['', ' # c', '  ']))}\n"
    return draw(st.sampled_from(["\n", " # c\n", "\n\n"])) + collection(draw, indent + draw(st.integers(1, 3)), depth - 1, names)


def collection(draw: st.DrawFn, indent: int, depth: int, names: "count[int]") -> str:
    """A block list or map at a column."""
    margin = " " * indent
    rows = []
    dashes = draw(st.booleans())
    for _ in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(["k{}", "'k {}'", '"k\\t{}"', "é{}", "😀{}", "? q{}\n" + margin]))
        opening = "-" if dashes else key.format(next(names)) + ":"
        rows.append(margin + opening + block(draw, indent, depth, names))
        rows.append(draw(st.sampled_from(["", "", "\n", f"{margin}# c\n"])))
    return "".join(rows)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A well-formed document in every style that the reader knows."""
    head = draw(st.sampled_from(["", "# c\n", "---\n", "--- # c\n", "\n\n"]))
    tail = draw(st.sampled_from(["", "...\n", "# c", "... # c\n\n"]))
    text = head + collection(draw, draw(st.sampled_from([0, 0, 2])), 3, count()) + tail
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


@cases(500)
@given(documents())
def test_a_document_that_is_well_formed_reads_as_pyyaml_composes_it(text: str) -> None:
    document = read(text)
    assert isinstance(document, Document), (text, document)
    assert ours(document.root) == composed(text)


def soups(alphabet: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(alphabet), min_size=1, max_size=12).map("".join)


@cases(500)
@given(soups((*SOUP, *MARKS, *RARE, *IN_FLOW)) | soups((*SOUP, *MARKS, *RARE, *IN_BLOCK)))
def test_whatever_the_reader_accepts_reads_as_pyyaml_composes_it(text: str) -> None:
    document = read(text)
    if isinstance(document, Document):
        assert ours(document.root) == composed(text)


@cases(300)
@given(documents(), st.data())
def test_a_damaged_document_that_is_still_accepted_reads_as_pyyaml_composes_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 4)))
    patch = data.draw(st.sampled_from(["", " ", "\n", ":", "- ", "'", '"', "#", " #", "a", ",", "]", "}", "|\n"]))
    damaged = text[:start] + patch + text[end:]
    document = read(damaged)
    if isinstance(document, Document):
        assert ours(document.root) == composed(damaged)


def shifted(outcome: Document | tuple[Problem, ...], lines: int) -> list[Any]:
    """Everything about an outcome, as if it stood that many lines further up."""
    if not isinstance(outcome, Document):
        return [(problem.code, problem.message, up(place(problem.location), lines)) for problem in outcome]
    if outcome.root[:2] == ("", True):
        return []  # an empty file has no place
    return [(type(node), node[:-4] if isinstance(node, Scalar) else (), up(node[-4:], lines)) for node in nodes(outcome.root)]


def up(where: Place, lines: int) -> Place:
    line, column, end_line, end_column = where
    return line - lines, column, end_line - lines, end_column


UNUSUAL = "# %\n"  # a percent sign, as an escape or a bracket too many, sends a file from the quick way to the strict one


@cases(500)
@given(documents() | soups((*SOUP, *MARKS, *RARE, *IN_FLOW)) | soups((*SOUP, *MARKS, *RARE, *IN_BLOCK)))
def test_the_quick_way_and_the_strict_way_agree_on_everything(text: str) -> None:
    assert shifted(read(UNUSUAL + text), 1) == shifted(read(text), 0)


@pytest.mark.parametrize("case", PYYAML_REFUSES.values(), ids=PYYAML_REFUSES)
def test_where_pyyaml_refuses_what_libyaml_reads_the_text_is_as_written(case: tuple[str, str]) -> None:
    text, value = case
    document = read(text)
    assert isinstance(document, Document)
    assert value in repr(ours(document.root))
    with pytest.raises(yaml.YAMLError):
        composed(text)


@cases(500)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_document_or_complaints(content: bytes) -> None:
    outcome = read(content)
    assert isinstance(outcome, Document) or outcome
