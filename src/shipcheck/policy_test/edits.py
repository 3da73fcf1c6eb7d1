"""Single edits of a fixture, by paths such as `agent:payer.calls.1.through`, and the edited manifest as text."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shipcheck.english import did_you_mean
from shipcheck.model.component import DEFAULT_NAMESPACE
from shipcheck.model.document import Mapping, Node, Scalar, Sequence
from shipcheck.vocabulary.vocabulary import Vocabulary

WORDS = ("set", "unset", "add", "remove", "rename")
_REFERENCE = re.compile(r"(?P<kind>[a-z_]+):(?:(?P<namespace>[a-z0-9-]+)/)?(?P<name>[a-z0-9-]+)")
_PLACE = re.compile(r"[0-9]{1,6}")
_NOWHERE = (0, 0, 0, 0)
# Plain text that means the same in every context; everything else is quoted.
_SAFE = re.compile(r"[A-Za-z0-9_./+-](?:[A-Za-z0-9_./+ -]|:(?=[A-Za-z0-9_]))*(?<! )|~")
# Maps are written as blocks down to the fields of components, and between braces below.
_DEEPEST_BLOCK = 2


class EditError(Exception):
    """An edit that cannot be applied, or that changes nothing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: its operation, path and value, and its node in the table."""

    word: str
    path: str
    value: Node | None
    written: Scalar


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a path leads: the document, and the keys and list positions from its root on."""

    root: int
    steps: tuple[str, ...]
    is_component: bool


class Editor:
    """Edits fixtures, each given as the root nodes of its manifests."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def apply(self, roots: tuple[Node, ...], edit: Edit) -> tuple[Node, ...]:
        """The fixture after the edit.

        Raises:
            EditError: the path does not exist, or the edit changes nothing.
        """
        target = self._find(roots, edit)
        change = self._change(edit, target)
        root = roots[target.root]
        if target.is_component and _at(root, target.steps[:1]) is None:
            root = _put(root, target.steps[0], Mapping((), *_NOWHERE))
        changed = _changed(root, target.steps, change, edit.path)
        if _same(changed, roots[target.root]):
            raise EditError(f"{edit.word} {edit.path} changes nothing; delete the edit, or use another value")
        return tuple(changed if number == target.root else root for number, root in enumerate(roots))

    def _change(self, edit: Edit, target: _Target) -> Callable[[Node, str], Node]:
        value = edit.value
        if edit.word in {"remove", "rename"} and not target.is_component:
            raise EditError(f"{edit.word} expects a component such as agent:payer, found '{edit.path}'")
        if edit.word in {"unset", "remove"}:
            return _removed
        if value is None:
            raise EditError(f"{edit.word} {edit.path} has no value")
        if edit.word == "rename":
            if not isinstance(value, Scalar) or not value.text:
                raise EditError(f"rename {edit.path} expects the new name of the component")
            name = value.text
            return lambda holder, step: _renamed(holder, step, name)
        if edit.word == "add" and not target.is_component:
            return lambda holder, step: _appended(holder, step, value)
        return lambda holder, step: _put(holder, step, value)

    def _find(self, roots: tuple[Node, ...], edit: Edit) -> _Target:
        match = _REFERENCE.match(edit.path)
        if match is None:
            return self._find_default(roots, edit)
        kind = self._vocabulary.kinds.get(match["kind"])
        if kind is None:
            raise EditError(f"unknown kind '{match['kind']}'{did_you_mean(match['kind'], self._vocabulary.kinds)}")
        rest = edit.path[match.end() :]
        if rest and not rest.startswith("."):
            raise EditError(f"'{edit.path}' is not a valid path; write it as agent:payer.calls.1.through")
        fields = tuple(rest[1:].split(".")) if rest else ()
        namespace = match["namespace"] or DEFAULT_NAMESPACE
        steps = (kind.section, match["name"], *fields)
        mine = [number for number, root in enumerate(roots) if _namespace(root) == namespace]
        declaring = [number for number in mine if _at(roots[number], steps[:2]) is not None]
        if edit.word == "add" and not fields:
            if declaring:
                raise EditError(f"{edit.path} already exists; use set for its fields, or add another component")
            if not mine:
                raise EditError(f"no manifest of this fixture has the namespace {namespace}")
            return _Target(mine[0], steps, is_component=True)
        if not declaring:
            raise EditError(f"{match[0]} is not in the fixture{did_you_mean(match['name'], _names(roots, kind.section))}")
        if edit.word == "unset" and not fields:
            raise EditError(f"unset expects a field such as {match[0]}.owner; use remove for a component")
        return _Target(declaring[0], steps, is_component=not fields)

    def _find_default(self, roots: tuple[Node, ...], edit: Edit) -> _Target:
        steps = tuple(edit.path.split("."))
        if steps[0] != "defaults":
            raise EditError(f"'{edit.path}' is not a valid path; write it as agent:payer.calls.1.through")
        number = next((number for number, root in enumerate(roots) if _at(root, ("defaults",)) is not None), None)
        if number is None:
            raise EditError("no manifest of this fixture has defaults")
        return _Target(number, steps, is_component=False)


def _changed(node: Node, steps: tuple[str, ...], change: Callable[[Node, str], Node], path: str) -> Node:
    """The tree with the holder of the last step changed."""
    if len(steps) == 1:
        try:
            return change(node, steps[0])
        except LookupError:
            raise EditError(f"{path} does not exist: '{steps[0]}' not found") from None
    inner = _at(node, steps[:1])
    if inner is None:
        raise EditError(f"{path} does not exist: '{steps[0]}' not found")
    return _put(node, steps[0], _changed(inner, steps[1:], change, path))


def _put(holder: Node, step: str, value: Node) -> Node:
    """The holder with a value under a key, or at an existing position."""
    if isinstance(holder, Mapping):
        entries = [(key, value if key.text == step else item) for key, item in holder.entries]
        if holder.find(step) is None:
            entries.append((Scalar(step, True, *_NOWHERE), value))  # noqa: FBT003 - plain
        return holder._replace(entries=tuple(entries))
    position = _position(holder, step)
    items = holder.items if isinstance(holder, Sequence) else ()
    return Sequence((*items[:position], value, *items[position + 1 :]), *_NOWHERE)


def _removed(holder: Node, step: str) -> Node:
    if isinstance(holder, Mapping):
        if holder.find(step) is None:
            raise LookupError(step)
        return holder._replace(entries=tuple(entry for entry in holder.entries if entry[0].text != step))
    position = _position(holder, step)
    items = holder.items if isinstance(holder, Sequence) else ()
    return Sequence((*items[:position], *items[position + 1 :]), *_NOWHERE)


def _renamed(holder: Node, step: str, name: str) -> Node:
    entries = holder.entries if isinstance(holder, Mapping) else ()
    return Mapping(tuple((key._replace(text=name) if key.text == step else key, item) for key, item in entries), *_NOWHERE)


def _appended(holder: Node, step: str, value: Node) -> Node:
    items = _at(holder, (step,))
    if not isinstance(items, Sequence):
        raise EditError(f"add expects a component or a list, found '{step}'")
    return _put(holder, step, Sequence((*items.items, value), *_NOWHERE))


def _position(holder: Node, step: str) -> int:
    if isinstance(holder, Sequence) and _PLACE.fullmatch(step) and int(step) < len(holder.items):
        return int(step)
    raise LookupError(step)


def _at(node: Node, steps: Iterable[str]) -> Node | None:
    for step in steps:
        if isinstance(node, Mapping):
            entry = node.find(step)
            if entry is None:
                return None
            node = entry[1]
        elif isinstance(node, Sequence) and _PLACE.fullmatch(step) and int(step) < len(node.items):
            node = node.items[int(step)]
        else:
            return None
    return node


def _namespace(root: Node) -> str:
    node = _at(root, ("namespace",))
    return node.text if isinstance(node, Scalar) else DEFAULT_NAMESPACE


def _names(roots: Iterable[Node], section: str) -> list[str]:
    sections = [_at(root, (section,)) for root in roots]
    return [key.text for node in sections if isinstance(node, Mapping) for key, _ in node.entries]


def _same(left: Node, right: Node) -> bool:
    """Whether two trees are the same, regardless of where they are written."""
    return _content(left) == _content(right)


def _content(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key.text: _content(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [_content(item) for item in node.items]
    return node.text, node.plain


def manifest_text(root: Node) -> bytes:
    """A tree as the text of a manifest, for the strict reader: a line for each value, and a map of its own for each component."""
    lines: list[str] = []
    _write(root, 0, lines)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _write(node: Node, depth: int, lines: list[str]) -> None:
    entries = node.entries if isinstance(node, Mapping) else ()
    for key, value in entries:
        indent = "  " * depth
        if isinstance(value, Mapping) and value.entries and depth < _DEEPEST_BLOCK:
            lines.append(f"{indent}{_scalar(key)}:")
            _write(value, depth + 1, lines)
        else:
            lines.append(f"{indent}{_scalar(key)}: {_flow(value)}")


def _flow(node: Node) -> str:
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(value)}" for key, value in node.entries) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_flow(item) for item in node.items) + "]"
    return _scalar(node)


def _scalar(node: Scalar) -> str:
    if node.plain and (_SAFE.fullmatch(node.text) or not node.text):
        return node.text
    return json.dumps(node.text, ensure_ascii=False)
