"""YAML as CI services read it, with places; what cannot be read with certainty is a problem."""

import pytest

from shipcheck.model.doctor import Wire
from shipcheck.model.document import File, Mapping, Node, Scalar
from shipcheck.model.problem import Problem
from shipcheck.read.tolerant import parse_tolerantly


def read(text: str) -> Wire | Problem:
    return parse_tolerantly(File("worktree", "a.yml", text.encode()))


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    return (
        {key.text: plain(value) for key, value in node.entries}
        if isinstance(node, Mapping)
        else [plain(item) for item in node.items]
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: &x {b: 1}\nc: *x\n", {"a": {"b": "1"}, "c": {"b": "1"}}),
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}\n", {"a": {"b": "1", "c": "2"}, "d": {"b": "3", "c": "2"}}),
        (
            "a: &x {b: 1}\nd: &y {b: 2, c: 2}\ne: {<<: [*x, *y]}\n",
            {"a": {"b": "1"}, "d": {"b": "2", "c": "2"}, "e": {"b": "1", "c": "2"}},
        ),
        ("a: !reference [b, c]\n", {"a": ["b", "c"]}),
        ("on: yes\n", {"on": "yes"}),
    ],
)
def test_what_is_read(text: str, value: object) -> None:
    found = read(text)
    assert isinstance(found, Wire)
    assert [plain(root) for root in found.roots] == [value]


def test_several_documents_are_all_read_and_anchors_end_with_each() -> None:
    found = read("a: &x 1\n---\nb: 2\n")
    assert isinstance(found, Wire)
    assert [plain(root) for root in found.roots] == [{"a": "1"}, {"b": "2"}]
    assert isinstance(read("a: &x 1\n---\nb: *x\n"), Problem)


def test_a_tag_and_a_piece_of_a_script_have_their_places() -> None:
    found = read("a: !reference [b]\nc: |\n  one\n  two three\n")
    assert isinstance(found, Wire)
    (root,) = found.roots
    assert isinstance(root, Mapping)
    assert [found.is_tagged(value) for _, value in root.entries] == [True, False]
    assert found.within(root.entries[1][1], "three")[2:] == (4, 7, 4, 12)
    assert found.within(root.entries[1][1], "four").line == 3 - 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2\n", "duplicate-key"),
        ("[a]: 1\n", "complex-key"),
        ("a: *x\n", "alias"),
        ("a: &x [*x]\n", "alias"),
        ("a: &x 1\nb: {<<: *x}\n", "merge-key"),
        ("%YAML 1.1\n---\na: 1\n", "directive"),
        ("a: [\n", "yaml-syntax"),
        ("[" * 70 + "]" * 70, "too-deep"),
        ("a: \x01\n", "forbidden-character"),
        ("x" * (1024 * 1024 + 1), "file-too-large"),
        (
            "\n".join(
                [
                    "a: &a [1, 1, 1, 1, 1, 1, 1, 1]",
                    *(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 8)}]" for n in range(8)),
                ]
            ),
            "too-many-values",
        ),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    found = read(text)
    assert isinstance(found, Problem)
    assert found.code == code
