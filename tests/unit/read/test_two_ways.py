"""The quick way and the strict way read an ordinary file to the same tree, and what is unusual goes the strict way."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipcheck.model.document import Document, File
from shipcheck.read.decode import decode
from shipcheck.read.fast_parse import compose
from shipcheck.read.parse import MAX_DEPTH, Shared, _parse_strictly

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted({*ROOT.glob("examples/**/*.yaml"), *ROOT.glob("policies/**/*.yaml"), ROOT / "schemas/vocabulary.yaml"})
WORDS = st.sampled_from(["a", "b", "agents", "x y", "1.10", "no", '"q: [1]"', "'it''s'", "", "é", "宽"])
VALUES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(WORDS, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=8,
)
LINES = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "- "]), WORDS, VALUES), max_size=8)


def both(text: str) -> tuple[object, object]:
    shared = Shared()
    file = File("worktree", "x.yaml", text.encode())
    strict = _parse_strictly(file, text, shared)
    return compose(text, {}, set(), MAX_DEPTH), strict.root if isinstance(strict, Document) else strict


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_real_file_is_read_the_same_both_ways(path: Path) -> None:
    text = decode(File("worktree", path.name, path.read_bytes()))
    assert isinstance(text, str)
    quick, strict = both(text)
    assert quick is None or quick == strict


@given(LINES)
def test_any_text_that_the_quick_way_reads_the_strict_way_reads_the_same(lines: list[tuple[int, str, str, str]]) -> None:
    text = "".join(f"{'  ' * indent}{dash}{key}: {value}\n" for indent, dash, key, value in lines)
    quick, strict = both(text)
    assert quick is None or quick == strict


SIGNS = ['"', "'", "#", " #", "[", "]", "{", "}", ",", ": ", "a", "b ", "\n  ", "\na: ", "?", " ?", "|", ">-", "1", "\r\n"]


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map(lambda pieces: "a: " + "".join(pieces)))
def test_comments_and_marks_without_a_space_are_seen_both_ways(text: str) -> None:
    quick, strict = both(text)
    assert quick is None or quick == strict


UNUSUAL = [
    *("a: &b 1\n", "a: *b\n", "a: !!str 1\n", "%YAML 1.2\n---\na: 1\n", 'a: "\\u0041"\n', "a: 1\na: 2\n", "on: 1\n"),
    *("[a]: 1\n", "- a\n", "", "# nothing\n", "a: 1\n---\nb: 2\n", "a: [\n"),
    *('a: "b"#c\n', "a: 'b'#c\n", "a: [b]#c\n", "a: {b: c}#d\n", "a: |#c\n  b\n", "a: >2-#c\n   b\n", "a: [b,#c\n d]\n"),
    *('a: "b"\nc: {d: ["e\n  f "#g\n]}\n', "a: {?b: c}\n", "a: [?b]\n", "a: 'b'#c\r\n"),
    *("a: " + "[" * 65 + "]" * 65 + "\n", "a: " + "x" * 600 + "\n"),
]


@pytest.mark.parametrize("text", UNUSUAL)
def test_what_is_unusual_is_left_to_the_strict_way(text: str) -> None:
    assert compose(text, {}, set(), MAX_DEPTH) is None


@pytest.mark.parametrize(
    "text", ['a: "#b"\n', "a: ['#b', \"#c\"]\n", "a: b#c\n", "a: what? # c\n", 'a: ["b" # c\n]\n', "a: '[b]#c'\n"]
)
def test_a_sign_that_is_part_of_a_text_is_not_unusual(text: str) -> None:
    assert compose(text, {}, set(), MAX_DEPTH) is not None


def test_most_files_go_the_quick_way() -> None:
    texts = [decode(File("worktree", path.name, path.read_bytes())) for path in FILES]
    quick = [compose(text, {}, set(), MAX_DEPTH) for text in texts if isinstance(text, str)]
    assert sum(tree is not None for tree in quick) > len(FILES) / 2
