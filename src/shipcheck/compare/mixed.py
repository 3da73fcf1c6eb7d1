"""The components of one graph with some edits of another: what would be declared if only these had been made, or not made."""

from collections.abc import Iterable
from typing import Any

from shipcheck.compare.made_edits import Made
from shipcheck.graph.graph import Graph, Node
from shipcheck.model.component import Component
from shipcheck.model.document import Entries, File, Mapping, Source


def with_edits(base: Graph, head: Graph, edits: Iterable[Made]) -> tuple[Component, ...]:
    """The components of the base after these edits and no others."""
    return _mixed(base, head, [(made.before, made.after, made.edit.field) for made in edits])


def without_edits(base: Graph, head: Graph, edits: Iterable[Made]) -> tuple[Component, ...]:
    """The components of the head before these edits and after all others."""
    return _mixed(head, base, [(made.after, made.before, made.edit.field) for made in edits])


def restored(base: Graph, components: tuple[Component, ...]) -> tuple[Component, ...]:
    """The components with those of the base that are not among them, which some of them may name."""
    known = {component.reference for component in components}
    return (*components, *(component for component in base.components if component.reference not in known))


def _mixed(own: Graph, other: Graph, edits: list[tuple[Node | None, Node | None, str]]) -> tuple[Component, ...]:
    """The components of one graph with the fields, and the whole components, that edits take from the other."""
    components: dict[Node, Component] = dict(enumerate(own.components))
    added = []
    for mine, theirs, field in edits:
        if mine is None and theirs is not None:
            added.append(other.components[theirs])
        elif theirs is None and mine is not None:
            components.pop(mine, None)
        elif mine is not None and theirs is not None and mine in components:
            components[mine] = _with_field(components[mine], other.components[theirs], tuple(field.split(".")))
    return (*components.values(), *added)


def _with_field(component: Component, other: Component, path: tuple[str, ...]) -> Component:
    """A component with one field of another, or without it, as the other has it."""
    values = _with_value(component.values, other.values, path)
    name = path[0]
    given = {key: node for key, node in other.inherited.items() if _is_of(key, path)}
    inherited = {key: node for key, node in component.inherited.items() if not _is_of(key, path)} | given
    source = Source(component.source.file, lambda _: _entries(component, other, name))
    return component._replace(values=values, inherited=inherited, source=source)


def _is_of(key: str, path: tuple[str, ...]) -> bool:
    """Whether a default is for the field at a path, for a part of it, or for the record that it is in."""
    steps = tuple(key.split("."))
    return steps[: len(path)] == path[: len(steps)]


def _with_value(values: dict[str, Any], other: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    name, *rest = path
    changed = dict(values)
    if rest:
        inner = _with_value(values.get(name) or {}, other.get(name) or {}, tuple(rest))
        changed[name] = inner
        if not inner:
            del changed[name]
    elif name in other:
        changed[name] = other[name]
    else:
        changed.pop(name, None)
    return changed


def _entries(component: Component, other: Component, name: str) -> Entries:
    """Where the component is written, with the other's entry for one field; only for the places of what is judged and dropped."""
    (key, node), (_, theirs) = _written(component), _written(other)
    kept = [entry for entry in node.entries if entry[0].text != name] if isinstance(node, Mapping) else []
    found = theirs.find(name) if isinstance(theirs, Mapping) else None
    mixed = Mapping((*kept, *((found,) if found else ())), node.line, node.column, node.end_line, node.end_column)
    return {(component.section, component.key.text): (key, mixed)}


def _written(component: Component) -> tuple[Any, Any]:
    source = component.source
    file: File = source.file
    return source.reopen(file)[component.section, component.key.text]
