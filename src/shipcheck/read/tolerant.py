"""YAML as CI services and hook runners read it: anchors, aliases, merge keys, tags and several documents are legal there.

The limits are those of the strict reader. An alias counts as much as its value, so that no small file becomes a large tree.
"""

import re
from typing import Any

import yaml

from shipcheck.model.doctor import Wire
from shipcheck.model.document import File, Mapping, Node, Scalar, Sequence
from shipcheck.model.location import Location
from shipcheck.model.problem import Problem
from shipcheck.read.decode import decode, place_after
from shipcheck.read.libyaml import CParser
from shipcheck.read.parse import MAX_DEPTH, MAX_VALUES
from shipcheck.read.syntax_errors import UNREADABLE, syntax_problem

# libyaml compares every %TAG with all before it, and no CI service needs a directive.
_DIRECTIVE = re.compile(r"(?m:^)%")


class _UnreadableError(Exception):
    """The file cannot be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Frame:
    """A collection being read: its start event, its finished parts, and the number of its values, aliases counted."""

    def __init__(self, opened: Any) -> None:
        self.opened = opened
        self.parts: list[Node] = []
        self.size = 1


def parse_tolerantly(file: File) -> Wire | Problem:
    """Every document of a file, or why it cannot be read reliably."""
    text = decode(file)
    if isinstance(text, Problem):
        return text
    directive = _DIRECTIVE.search(text)
    if directive:
        return Problem(place_after(file, text[: directive.start()]), "directive", "YAML directives ('%...') are not supported")
    try:
        return _Builder(file, text).build()
    except _UnreadableError as error:
        return error.problem
    except yaml.MarkedYAMLError as error:
        return syntax_problem(file, text, error)
    except yaml.YAMLError:
        return Problem(Location(file.origin, file.path, 1, 1, 1, 2), "yaml-syntax", UNREADABLE)


class _Builder:
    """Builds the documents of one file from the events of libyaml's parser."""

    def __init__(self, file: File, text: str) -> None:
        self.file = file
        self.parser: Any = CParser(text)
        self.tags: dict[tuple[int, int], str] = {}
        self.anchors: dict[str, tuple[Node, int]] = {}

    def build(self) -> Wire:
        roots: list[Node] = []
        while type(event := self.parser.get_event()) is not yaml.StreamEndEvent:
            if type(event) is yaml.DocumentStartEvent:
                self.anchors = {}
                roots.append(self._document())
        return Wire(self.file, tuple(roots), self.tags)

    def _document(self) -> Node:
        frames = [_Frame(None)]
        while True:
            event = self.parser.get_event()
            kind = type(event)
            if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                frames.append(_Frame(event))
                if len(frames) > MAX_DEPTH + 1:
                    raise self._refused(event, "too-deep", f"nesting is deeper than {MAX_DEPTH} levels")
            elif kind is yaml.ScalarEvent:
                self._add(frames[-1], _scalar(event), 1, event)
            elif kind is yaml.AliasEvent:
                frames[-1].parts.append(self._aliased(event, frames[-1]))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                frame = frames.pop()
                node = self._mapping(frame, event) if kind is yaml.MappingEndEvent else _sequence(frame, event)
                self._add(frames[-1], node, frame.size, frame.opened)
            else:
                return frames[0].parts[0]

    def _add(self, frame: _Frame, node: Node, size: int, event: Any) -> None:
        if event.tag:
            self.tags[node.line, node.column] = event.tag
        if event.anchor:
            self.anchors[event.anchor] = node, size
        frame.parts.append(node)
        self._grow(frame, size, event)

    def _aliased(self, event: Any, frame: _Frame) -> Node:
        if event.anchor not in self.anchors:
            raise self._refused(event, "alias", f"alias '*{event.anchor}' refers to an anchor that is not defined before it")
        node, size = self.anchors[event.anchor]
        self._grow(frame, size, event)
        return node

    def _grow(self, frame: _Frame, size: int, event: Any) -> None:
        frame.size += size
        if frame.size > MAX_VALUES:
            message = f"{self.file.path} expands to more than {MAX_VALUES:,} keys and values"
            raise self._refused(event, "too-many-values", message)

    def _mapping(self, frame: _Frame, closed: Any) -> Mapping:
        given: dict[str, tuple[Scalar, Node]] = {}
        merged: list[Node] = []
        for key, value in zip(frame.parts[::2], frame.parts[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise self._refused(frame.opened, "complex-key", "a key cannot be a list or a map")
            if key.text == "<<" and key.plain:
                merged += value.items if isinstance(value, Sequence) else [value]
            elif key.text in given:
                place = Location(self.file.origin, self.file.path, key.line, key.column, key.end_line, key.end_column)
                raise _UnreadableError(Problem(place, "duplicate-key", f"key '{key.text}' is given twice"))
            else:
                given[key.text] = key, value
        for node in merged:
            if not isinstance(node, Mapping):
                raise self._refused(frame.opened, "merge-key", "a merge key refers to something that is not a map")
            for key, value in node.entries:
                given.setdefault(key.text, (key, value))
        start, end = frame.opened.start_mark, closed.end_mark
        return Mapping(tuple(given.values()), start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _refused(self, event: Any, code: str, message: str) -> _UnreadableError:
        start, end = event.start_mark, event.end_mark
        place = Location(self.file.origin, self.file.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        return _UnreadableError(Problem(place, code, message))


def _scalar(event: Any) -> Scalar:
    start, end = event.start_mark, event.end_mark
    return Scalar(event.value, not event.style, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _sequence(frame: _Frame, closed: Any) -> Sequence:
    start, end = frame.opened.start_mark, closed.end_mark
    return Sequence(tuple(frame.parts), start.line + 1, start.column + 1, end.line + 1, end.column + 1)
