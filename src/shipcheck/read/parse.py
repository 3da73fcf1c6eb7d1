"""The strict YAML layer on libyaml's event stream.

libyaml composes recursively in C and crashes the interpreter on deep nesting, so its composer is not used: documents are built
here from events, and the depth is counted as they arrive.
"""

import re
from contextlib import suppress
from functools import lru_cache
from operator import itemgetter
from typing import Any

import yaml

from shipcheck.model.document import MAX_BYTES, Document, Entries, File, Mapping, Node, Scalar, Sequence
from shipcheck.model.file_sizes import most_bytes
from shipcheck.model.location import Location, whole_file
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.model.scalars import AMBIGUOUS
from shipcheck.read.adjacent import adjacent, ends_before_comment, may_be_adjacent
from shipcheck.read.decode import decode, place_after
from shipcheck.read.fast_parse import compose
from shipcheck.read.libyaml import CParser
from shipcheck.read.marks import FORBIDDEN

MAX_DEPTH = 64
# Six bytes each; hand-written files take more than ten, and every value takes memory.
MAX_VALUES = 150_000
# Blank lines and comments, and then a directive. libyaml compares every %TAG with all before it, which takes quadratic time, so
# no directive reaches it.
_DIRECTIVE = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?+(?:\r\n|\r|\n))*+%")
_LINE_BREAK = re.compile("\r\n|\r|\n")
# How git marks the start of a conflict.
_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
_new: Any = tuple.__new__
_text = itemgetter(0)
_ALIAS = "alias '*{0}' is not allowed; write the value itself, or quote a text that starts with '*'"
_ANCHOR = "anchor '&{0}' is not allowed; write the value itself, or quote a text that starts with '&'"
_TAG = "tag '{0}' is not allowed; delete it, because the field determines the type, or quote a text that starts with '!'"
_ONE_DOCUMENT = "a file has one document; move the rest to another file"


class _StopReadingError(Exception):
    """The rest of the file cannot be read reliably."""


class Shared:
    """What the files of one run share: each text once, and the keys that every YAML version reads as text."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.plain_keys: set[str] = set()


def parse(file: File, shared: Shared | None = None) -> Document | tuple[Problem, ...]:
    """Read one file as one strict YAML document, or return every reason why it is not one.

    Files read with the same `shared` take less time and less memory.

    Refused, each with its place: directives, tags, anchors, aliases, merge keys, several documents, duplicate and non-text
    keys, more than 64 levels, more than 1 MiB, more than 150,000 keys and values, anything other than UTF-8, and what only
    libyaml takes for YAML. Waivers may be eight times as large.
    """
    text = decode(file)
    if isinstance(text, Problem):
        return (text,)
    shared = shared or Shared()
    tree = compose(text, shared.texts, shared.plain_keys, MAX_DEPTH)
    document = Document(file, tree, reopen) if tree else _parse_strictly(file, text, shared)
    most = MAX_VALUES * (most_bytes(file.path) // MAX_BYTES)
    if len(text) > most and isinstance(document, Document) and _values(document.root) > most:
        message = f"{file.path} has more than {most:,} keys and values; split it into several files"
        return (Problem(whole_file(file.origin, file.path), "too-many-values", message),)
    return document


def _values(root: Node) -> int:
    """The number of keys and values in a tree."""
    count = 1
    waiting = [root]
    for node in waiting:
        if isinstance(node, Mapping):
            count += 2 * len(node.entries)
            waiting += [value for _, value in node.entries if type(value) is not Scalar]
        elif isinstance(node, Sequence):
            count += len(node.items)
            waiting += [item for item in node.items if type(item) is not Scalar]
    return count


def _parse_strictly(file: File, text: str, shared: Shared) -> Document | tuple[Problem, ...]:
    builder = _Builder(file, text, shared)
    root = builder.build()
    if not builder.problems and (may_be_adjacent(text) or ends_before_comment(text)):
        builder.refuse_adjacent()
    if builder.problems:
        return (_conflict(file, text, mark.start()),) if (mark := _CONFLICT.search(text)) else tuple(builder.problems)
    return Document(file, root, reopen)


def _conflict(file: File, text: str, offset: int) -> Problem:
    """The problem of a file with a merge conflict; YAML's own message for it is not helpful."""
    message = "unresolved merge conflict; resolve it, and delete the lines of '<<<<<<<', '=======' and '>>>>>>>'"
    return Problem(place_after(file, text[:offset]), "conflict", message)


@lru_cache(maxsize=256)
def reopen(file: File) -> Entries:
    """The entries of a file that was read before, for the few files with findings.

    Raises:
        TypeError: the file was not a map of sections, which is a bug.
    """
    document = parse(file)
    if not (isinstance(document, Document) and isinstance(document.root, Mapping)):  # pragma: no cover - it was one before
        raise TypeError(f"{file.path} is no longer a document of sections")
    return {
        (section.text, key.text): (key, value)
        for section, entries in document.root.entries
        if isinstance(entries, Mapping)
        for key, value in entries.entries
    }


def _is_template(key: Node) -> bool:
    """Whether a key is written `{{ name }}`."""
    first: Any = key.entries[0][0] if isinstance(key, Mapping) and key.entries else None
    return isinstance(first, Mapping) and (first.line, first.column) == (key.line, key.column + 1)


class _Builder:
    """Builds one document from the events of libyaml's parser, collecting problems as it goes."""

    def __init__(self, file: File, text: str, shared: Shared) -> None:
        self.file = file
        self.text = text
        self.parser: Any = CParser(text)
        self.problems: list[Problem] = []
        # Only these characters begin an anchor or a tag, or an escape sequence.
        self._careful = "&" in text or "!" in text or "\\" in text
        self._plain_keys = shared.plain_keys
        self._texts = shared.texts

    def build(self) -> Node:
        root: Node = Scalar("", True, 1, 1, 1, 1)  # noqa: FBT003 - an empty plain scalar, as YAML reads an empty file
        try:
            self._check_directive(0, "directive", "YAML directives ('%...') are not allowed; delete the line")
            self.parser.get_event()
            event = self.parser.get_event()
            if type(event) is yaml.DocumentStartEvent:
                root = self._document()
                event = self.parser.get_event()
            if type(event) is yaml.DocumentStartEvent:
                self._refuse(event, "several-documents", _ONE_DOCUMENT)
        except _StopReadingError:
            pass
        except yaml.MarkedYAMLError as error:
            from shipcheck.read.syntax_errors import syntax_problem  # noqa: PLC0415 - most files are valid

            problem = syntax_problem(self.file, self.text, error)
            # A template is a map in a map, so that it may have been reported already.
            if all(problem.message.removeprefix("invalid YAML: ") != other.message for other in self.problems):
                self.problems.append(problem)
        except yaml.YAMLError:
            from shipcheck.read.syntax_errors import UNREADABLE  # noqa: PLC0415 - most files are valid

            location = Location(self.file.origin, self.file.path, 1, 1, 1, 2)
            self.problems.append(Problem(location, "yaml-syntax", UNREADABLE))
        return root

    def _document(self) -> Node:
        """The event loop. A frame holds the collection's start event and its finished parts; keys and values alternate."""
        get_event = self.parser.get_event
        careful = self._careful
        once = self._texts.setdefault
        frames: list[tuple[Any, list[Any]]] = []
        parts: list[Any] = []
        while True:
            event = get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if careful:
                    self._check_scalar(event)
                start, end = event.start_mark, event.end_mark
                text = event.value
                place = (once(text, text), not event.style, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
                # NamedTuple's own constructor is a Python call, and would take half the time of a cold run.
                parts.append(_new(Scalar, place) if text or event.style else self._nothing(start))
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if careful:
                    self._check_properties(event)
                frames.append((event, parts))
                if len(frames) > MAX_DEPTH:
                    self._refuse(event, "too-deep", f"nesting is deeper than {MAX_DEPTH} levels; restructure the file")
                    raise _StopReadingError
                parts = []
            elif kind is yaml.MappingEndEvent:
                opened, outer = frames.pop()
                outer.append(self._mapping(opened, parts, event))
                parts = outer
            elif kind is yaml.SequenceEndEvent:
                opened, outer = frames.pop()
                start, end = opened.start_mark, event.end_mark
                extent = (tuple(parts), start.line + 1, start.column + 1, end.line + 1, end.column + 1)
                outer.append(_new(Sequence, extent))
                parts = outer
            elif kind is yaml.AliasEvent:
                self._refuse(event, "alias", _ALIAS.format(event.anchor))
                raise _StopReadingError
            else:
                self._check_directive(event.end_mark.index, "several-documents", _ONE_DOCUMENT)
                root: Node = parts[0]
                return root

    def _nothing(self, start: Any) -> Scalar:
        """An absent value, which libyaml puts on a line after the last one if the file ends without a line break."""
        line, column = start.line, start.column
        if start.index >= len(self.text):
            lines = _LINE_BREAK.split(self.text)
            line, column = min((line, column), (len(lines) - 1, len(lines[-1])))
        return Scalar("", True, line + 1, column + 1, line + 1, column + 1)  # noqa: FBT003 - a plain scalar

    def refuse_adjacent(self) -> None:
        """Report comments and key marks without the space that YAML asks for, in a file without other problems."""
        with suppress(_StopReadingError):
            for line, column, message in adjacent(self.text):
                place = Location(self.file.origin, self.file.path, line + 1, column + 1, line + 1, column + 2)
                self._add(Problem(place, "yaml-syntax", f"invalid YAML: {message}"))

    def _mapping(self, opened: Any, parts: list[Any], closed: Any) -> Mapping:
        keys = parts[::2]
        texts = set(map(_text, keys))
        if len(texts) < len(keys) or not self._plain_keys.issuperset(texts):
            self._check_keys(keys, opened)
        start, end = opened.start_mark, closed.end_mark
        entries = tuple(zip(keys, parts[1::2], strict=True))
        mapping: Mapping = _new(Mapping, (entries, start.line + 1, start.column + 1, end.line + 1, end.column + 1))
        return mapping

    def _check_keys(self, keys: list[Any], opened: Any) -> None:
        seen: dict[str, Scalar] = {}
        for key in keys:
            if type(key) is not Scalar:
                self._complex_key(key, opened)
                continue
            if not AMBIGUOUS.fullmatch(key.text):
                self._plain_keys.add(key.text)
            elif key.plain:
                self._ambiguous_key(key)
            first = seen.setdefault(key.text, key)
            if first is not key:
                self._problem(key, "duplicate-key", f"key '{key.text}' is given twice; keep one", first)

    def _complex_key(self, key: Node, opened: Any) -> None:
        """Report a key that is a list or a map; of `{{ name }}`, which is a map in a map, only the inner one."""
        start = opened.start_mark
        if isinstance(key, Mapping) and (start.line + 1, start.column + 2) == (key.line, key.column):
            from shipcheck.read.syntax_errors import TEMPLATE  # noqa: PLC0415 - most files are valid

            self._problem(key, "complex-key", TEMPLATE)
        elif not _is_template(key):
            self._problem(key, "complex-key", "a key cannot be a list or a map; write a name")

    def _ambiguous_key(self, key: Scalar) -> None:
        if key.text == "<<":
            self._problem(key, "merge-key", "merge keys ('<<') are not allowed; write the fields themselves")
        elif key.text == "":
            self._problem(key, "empty-key", "missing key before ':'; write a name")
        else:
            self._problem(key, "non-text-key", f"key '{key.text}' can be read as something other than text; quote it")

    def _check_directive(self, start: int, code: str, message: str) -> None:
        directive = _DIRECTIVE.match(self.text, start)
        if directive:
            self._add(Problem(place_after(self.file, self.text[: directive.end() - 1]), code, message))
            raise _StopReadingError

    def _check_scalar(self, event: Any) -> None:
        self._check_properties(event)
        forbidden = FORBIDDEN.search(event.value)
        if forbidden:
            code = f"U+{ord(forbidden.group()):04X}"
            self._refuse(event, "forbidden-character", f"character {code} is not allowed; delete it")

    def _check_properties(self, event: Any) -> None:
        if event.anchor:
            self._refuse(event, "anchor", _ANCHOR.format(event.anchor))
        if event.tag:
            self._refuse(event, "tag", _TAG.format(event.tag))

    def _refuse(self, event: Any, code: str, message: str) -> None:
        start, end = event.start_mark, event.end_mark
        location = Location(self.file.origin, self.file.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self._add(Problem(location, code, message))

    def _problem(self, node: Node, code: str, message: str, first: Node | None = None) -> None:
        related = ((self._locate(first), "first given here"),) if first else ()
        self._add(Problem(self._locate(node), code, message, related))

    def _add(self, problem: Problem) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            message = f"more than {MAX_PROBLEMS} problems in this file; fix these first"
            self.problems.append(Problem(problem.location, "too-many-problems", message))
            raise _StopReadingError
        self.problems.append(problem)

    def _locate(self, node: Node) -> Location:
        return Location(self.file.origin, self.file.path, node.line, node.column, node.end_line, node.end_column)
