"""Manifests as plain builtin values, to pass them between processes.

Pickling named tuples takes longer than reading the YAML again; these plain forms go through `marshal` at C speed. A tuple's
length identifies it: 7 for a mention with its scalar, 2 for a link item, 1 for a date; a list represents a tuple.
"""

from datetime import date
from typing import Any

from shipcheck.model.component import Component, LinkItem, Manifest, Mention, Reference
from shipcheck.model.document import Mapping, Node, Scalar, Sequence, Source

_MENTION, _LINK_ITEM = 7, 2
_new: Any = tuple.__new__


def pack(manifest: Manifest) -> list[object] | None:
    """The components of a manifest as builtin values; None for one that declares an absence, which must be read again."""
    if manifest.absence is not None:
        return None
    return [
        [
            component.reference.kind,
            component.reference.namespace,
            tuple(component.key),
            component.section,
            _pack(component.values),
            {name: _pack_node(node) for name, node in component.inherited.items()},
        ]
        for component in manifest.components
    ]


def unpack(packed: list[Any], source: Source) -> Manifest:
    """The manifest that was packed; `source` is where its components are declared."""
    return Manifest(source, tuple([_component(parts, source) for parts in packed]), None)


def _component(parts: list[Any], source: Source) -> Component:
    kind, namespace, key, section, values, inherited = parts
    reference = _new(Reference, (kind, namespace, key[0]))
    given = {name: _unpack(value) for name, value in values.items()}
    nodes = {name: _unpack_node(node) for name, node in inherited.items()}
    component: Component = _new(Component, (reference, _new(Scalar, key), section, source, given, nodes))
    return component


def _pack_node(node: Node) -> tuple[object, ...]:
    """A node of a document: its own values after its kind."""
    if isinstance(node, Scalar):
        return "scalar", *node
    if isinstance(node, Sequence):
        return "list", [_pack_node(item) for item in node.items], *node[1:]
    return "map", [(tuple(key), _pack_node(value)) for key, value in node.entries], *node[1:]


def _unpack_node(packed: tuple[Any, ...]) -> Node:
    kind, first, *rest = packed
    if kind == "scalar":
        return Scalar(first, *rest)
    if kind == "list":
        return Sequence(tuple(map(_unpack_node, first)), *rest)
    return Mapping(tuple((Scalar(*key), _unpack_node(value)) for key, value in first), *rest)


def _pack(value: object) -> object:
    kind = type(value)
    if isinstance(value, Mention):
        return (value.text, *value.node)
    if isinstance(value, LinkItem):
        return (_pack(value.target), [_pack(gate) for gate in value.through])
    if isinstance(value, tuple):
        return [_pack(item) for item in value]
    if isinstance(value, dict):
        return {name: _pack(inner) for name, inner in value.items()}
    return (value.toordinal(),) if kind is date and isinstance(value, date) else value


def _unpack(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        if len(value) == _MENTION:
            return _new(Mention, (value[0], _new(Scalar, value[1:])))
        if len(value) == _LINK_ITEM:
            target, gates = value
            mention = _new(Mention, (target[0], _new(Scalar, target[1:])))
            return _new(LinkItem, (mention, tuple([_unpack(gate) for gate in gates]) if gates else ()))
        return date.fromordinal(value[0])
    if kind is list:
        return tuple([_unpack(item) for item in value])
    if kind is dict:
        return {name: _unpack(inner) for name, inner in value.items()}
    return value
