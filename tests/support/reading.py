"""Bytes and text through the reader, the validator and the linker: what comes out, and complaints as short values."""

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from functools import cache
from typing import NamedTuple

from tests.support.worlds import vocabulary

from shipcheck.graph.graph import Graph
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File, Mapping, Node, Scalar, Sequence
from shipcheck.model.location import Location
from shipcheck.model.problem import Problem
from shipcheck.read.parse import parse
from shipcheck.validate.manifest import ManifestValidator

Place = tuple[int, int, int, int]
WHOLE_FILE: Place = (0, 0, 0, 0)


class Said(NamedTuple):
    """One complaint: its code, its place (line, column, end line, end column) and its words."""

    code: str
    place: Place
    message: str


def read(content: str | bytes, path: str = "shipcheck.yaml") -> Document | tuple[Problem, ...]:
    """What the reader makes of a file."""
    return parse(File("worktree", path, content.encode("utf-8") if isinstance(content, str) else content))


@cache
def validator() -> ManifestValidator:
    """The validator over the bundled vocabulary."""
    return ManifestValidator(vocabulary())


def validate(content: str | bytes, path: str = "shipcheck.yaml") -> Manifest | tuple[Problem, ...]:
    """What the reader and the validator make of a manifest."""
    document = read(content, path)
    return validator().validate(document) if isinstance(document, Document) else document


def linked(files: str | AnyMapping[str, str]) -> Graph | tuple[Problem, ...]:
    """What the linker makes of manifests that are valid one by one."""
    named = {"shipcheck.yaml": files} if isinstance(files, str) else files
    manifests = []
    for path, text in sorted(named.items()):
        outcome = validate(text, path)
        assert isinstance(outcome, Manifest), outcome
        manifests.append(outcome)
    return link(manifests, vocabulary())


def place(location: Location) -> Place:
    """A location without its file."""
    return location.line, location.column, location.end_line, location.end_column


def said(outcome: object) -> list[Said]:
    """The complaints of an outcome in order of place; an outcome without any fails the test."""
    assert isinstance(outcome, tuple), outcome
    problems = [problem for problem in outcome if isinstance(problem, Problem)]
    assert problems, outcome
    assert len(problems) == len(outcome), outcome
    return [Said(problem.code, place(problem.location), problem.message) for problem in sorted(problems)]


def root(content: str | bytes) -> Node:
    """The root of a document; a file that is not read fails the test."""
    document = read(content)
    assert isinstance(document, Document), document
    return document.root


def nodes(node: Node) -> Iterator[Node]:
    """The node and all below it, keys before their values, in the order written."""
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from nodes(value)


def scalars(content: str | bytes) -> list[tuple[str, Place]]:
    """Every key and value of a document with its place, in the order written."""
    return [(node.text, node[2:]) for node in nodes(root(content)) if isinstance(node, Scalar)]
