"""Copies of one world in one repository, each with edits of its own, so that one run judges many pull requests.

A copy has names, files and namespaces that no other has: every name of its components ends with its number, every file is in its
folder. An edit is a dotted path from the section on and its new value, where null deletes; or one of `rename`, which renames a
component and all that refers to it, `namespace`, and `file:PATH`, the content of a file, where null deletes.
"""

import copy
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.support.worlds import vocabulary

World = dict[str, Any]
Tree = dict[str, str]
SPECS = [kind.fields for kind in vocabulary().kinds.values()] + [record.fields for record in vocabulary().records.values()]
# Fields whose values are words of the vocabulary, never names.
WORDS = frozenset({name for fields in SPECS for name, spec in fields.items() if spec.choice} | {"members", "contact", "symbol"})
HEADERS = frozenset({"shipcheck", "defaults", "namespace"})
_PLAIN = re.compile(r"[a-z][a-z_-]+[a-z0-9_-]*")
_REFERENCE = re.compile(r"((?:[a-z_]+:)?(?:[a-z0-9-]+/)?)([a-z][a-z0-9-]*)")


def edited(world: World, code: Tree, edits: Mapping[str, Any]) -> tuple[World, Tree]:
    """The world and its files after the edits."""
    made, files = copy.deepcopy(world), dict(code)
    for path, new in edits.get("rename", {}).items():
        section, _, old = path.partition(".")
        made = _renamed(made, section, old, new)
    for path, value in edits.items():
        if path.startswith("file:"):
            files[path.removeprefix("file:")] = value
        elif path != "rename":
            _set(made, [int(step) if step.isdecimal() else step for step in path.split(".")], value)
    return made, {path: text for path, text in files.items() if text is not None}


def copied(world: World, code: Tree, number: int, known: World) -> Tree:
    """The files of one copy; `known` is the world whose names are names as well, such as that of the base."""
    return {f"c{number}.shipcheck.yaml": flow(numbered(world, code, number, known)), **code_of(code, number)}


def numbered(world: World, code: Tree, number: int, known: World) -> World:
    """The world with the names and paths of one copy."""
    names = {name for one in (world, known) for section, body in one.items() if section not in HEADERS for name in body}
    numbering = _Numbering(names, frozenset(code), number)
    return {section: body if section in HEADERS else numbering.section(body) for section, body in world.items()}


def code_of(code: Tree, number: int) -> Tree:
    """The files of one copy that are no manifests."""
    return {f"c{number}/{path}": content for path, content in code.items()}


def flow(sections: World) -> str:
    """Plain data as YAML, a component a line: much faster than a library, since there are so many copies."""
    lines = []
    for section, body in sections.items():
        if isinstance(body, dict) and body and section not in HEADERS:
            lines += [f"{section}:", *(f"  {name}: {_value(values)}" for name, values in body.items())]
        else:
            lines.append(f"{section}: {_value(body)}")
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_value(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value not in {"true", "false"}:
        return value
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def number_of(text: str) -> int | None:
    """Which copy the name of a component is from."""
    found = re.search(r"-x(\d+)\b", text)
    return int(found[1]) if found else None


def _set(holder: Any, path: list[str | int], value: Any) -> None:
    *above, last = path
    for step in above:
        if isinstance(holder, dict) and step not in holder:
            holder[step] = {}
        holder = holder[step]
    if value is None:
        del holder[last]
    else:
        holder[last] = value


def _renamed(value: Any, section: str, old: str, new: str) -> Any:
    made = {name: body if name in HEADERS else _with_name(body, old, new) for name, body in value.items()}
    made[section] = {new if name == old else name: body for name, body in made[section].items()}
    return made


def _with_name(body: Any, old: str, new: str) -> Any:
    return {
        name: {field: _substituted(field, value, old, new) for field, value in values.items()} for name, values in body.items()
    }


def _substituted(field: str, value: Any, old: str, new: str) -> Any:
    if field in WORDS:
        return value
    if isinstance(value, dict):
        return {key: _substituted(key, inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [_substituted(field, inner, old, new) for inner in value]
    return new if value == old else value


class _Numbering:
    """Gives the names and the paths of a world the number of its copy."""

    def __init__(self, names: set[str], paths: frozenset[str], number: int) -> None:
        self._names = names
        self._paths = paths
        self._number = number

    def section(self, body: Any) -> Any:
        return {
            f"{name}-x{self._number}": {field: self._value(field, value) for field, value in values.items()}
            for name, values in body.items()
        }

    def _value(self, field: str, value: Any) -> Any:
        if field in WORDS:
            return value
        if isinstance(value, dict):
            return {key: self._value(key, inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._value(field, inner) for inner in value]
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        found = _REFERENCE.fullmatch(text)
        if found and found[2] in self._names:
            return f"{found[1]}{found[2]}-x{self._number}"
        is_path = text in self._paths or ("/" in text and "://" not in text and " " not in text)
        return f"c{self._number}/{text}" if is_path else text
