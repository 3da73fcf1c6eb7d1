"""TOML as hook runners read it, in the shape of YAML; its values have no places, so each points at the whole file."""

import tomllib
from typing import Any

from shipcheck.model.doctor import Wire
from shipcheck.model.document import File, Mapping, Node, Scalar, Sequence
from shipcheck.model.location import whole_file
from shipcheck.model.problem import Problem
from shipcheck.read.decode import decode

# The TOML parser takes quadratic time for some texts; hand-written files have a tenth of this.
MAX_CHARACTERS = 20_000
_NOWHERE = (0, 0, 0, 0)


def parse_toml(file: File) -> Wire | Problem:
    """The one document of a file, or why it cannot be read."""
    text = decode(file)
    if isinstance(text, Problem):
        return text
    place = whole_file(file.origin, file.path)
    if len(text) > MAX_CHARACTERS:
        return Problem(place, "file-too-large", f"{file.path} is larger than {MAX_CHARACTERS:,} characters")
    try:
        return Wire(file, (_node(tomllib.loads(text)),), {})
    except (ValueError, RecursionError) as error:
        return Problem(place, "toml-syntax", f"invalid TOML: {error}")


def _node(value: Any) -> Node:
    if isinstance(value, dict):
        return Mapping(tuple((_scalar(key), _node(item)) for key, item in value.items()), *_NOWHERE)
    if isinstance(value, list):
        return Sequence(tuple(_node(item) for item in value), *_NOWHERE)
    return _scalar(str(value).lower() if isinstance(value, bool) else str(value))


def _scalar(text: str) -> Scalar:
    return Scalar(text, False, *_NOWHERE)  # noqa: FBT003 - no YAML has given it a type
