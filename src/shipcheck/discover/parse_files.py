"""The documents of a file by the ending of its name, each value with its place.

The front matter of a Markdown file is between two lines of three dashes at its start.
"""

import re
from collections.abc import Callable
from typing import TypeAlias

from shipcheck.discover.read_json import UnreadableError, read_json
from shipcheck.discover.read_toml import read_toml
from shipcheck.model.document import LFS_POINTER, MAX_BYTES, File, Mapping, Node, Scalar
from shipcheck.model.problem import Problem

ParseYaml: TypeAlias = Callable[[File], tuple[Node, ...] | Problem]
"""The tolerant reader of YAML: the documents of a file, or why it cannot be read."""
_MARK = "---"
_ENTRY = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,63}+):(?:[ \t]++(.*+))?+", re.ASCII)
_QUOTES = "\"'"


def parse_file(path: str, content: bytes, parse_yaml: ParseYaml) -> tuple[Node, ...]:
    """The documents of a file; JSON and TOML have one, Markdown has its front matter or none.

    Raises:
        UnreadableError: the file is not what its name says; the message says why.
    """
    text = _text(content)
    ending = path.rpartition(".")[2]
    if ending in {"json", "jsonc"}:
        return (read_json(text),)
    if ending == "toml":
        return (read_toml(text),)
    if ending == "md":
        return _front_matter(path, text, parse_yaml)
    outcome = parse_yaml(File("", path, content))
    if isinstance(outcome, Problem):
        raise UnreadableError(f"line {outcome.location.line}, column {outcome.location.column}: {outcome.message}")
    return outcome


def _front_matter(path: str, text: str, parse_yaml: ParseYaml) -> tuple[Node, ...]:
    matter = _between_marks(text)
    if not matter:
        return ()
    outcome = parse_yaml(File("", path, matter.encode()))
    return (_loose_entries(matter),) if isinstance(outcome, Problem) else outcome[:1]


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"larger than {MAX_BYTES // 1024 // 1024} MiB")
    if content.startswith(LFS_POINTER):
        raise UnreadableError("a Git LFS pointer without its content")
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise UnreadableError("not UTF-8") from None


def _between_marks(text: str) -> str:
    """The front matter as YAML, every line where it was; empty if there is none."""
    lines = text.split("\n")
    if lines[0].rstrip() != _MARK:
        return ""
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == _MARK), 0)
    return "\n".join(["", *lines[1:end], ""]) if end else ""


def _loose_entries(text: str) -> Mapping:
    """The entries of front matter that is not YAML, as tools read it: `key: text`, with colons in the text."""
    entries: dict[str, tuple[Scalar, Scalar]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        match = _ENTRY.fullmatch(line.rstrip())
        if match and match.group(1) not in entries:
            value = (match.group(2) or "").strip()
            bare = value.strip(_QUOTES)
            at = match.start(2) + 1 if match.group(2) else len(line)
            key = Scalar(match.group(1), True, number, 1, number, match.end(1) + 1)  # noqa: FBT003 - a plain scalar
            place = (number, at, number, at + len(value))
            entries[key.text] = key, Scalar(bare, bare == value, *place)
    return Mapping(tuple(entries.values()), 1, 1, 1, 1)
