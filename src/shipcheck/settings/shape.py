"""A document held against a JSON Schema, with each complaint at its line and in plain words."""

from collections.abc import Iterable, Mapping
from typing import Any

from shipcheck.model.document import Document, Node, Scalar, Sequence
from shipcheck.model.document import Mapping as MappingNode
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import Plain
from shipcheck.wording import article, did_you_mean, listed


def shape_problems(document: Document, data: Plain, schema: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Every way in which the data is not of the schema's shape; no reference in the schema is ever fetched."""
    from jsonschema import Draft7Validator  # noqa: PLC0415 - 60 ms that only a repository with settings pays
    from referencing import Registry  # noqa: PLC0415

    registry: Any = Registry()
    validator = Draft7Validator(schema, registry=registry)
    errors = sorted(validator.iter_errors(data), key=lambda error: [str(step) for step in error.absolute_path])
    return tuple(problem for error in errors for problem in _problems(document, error))


def _problems(document: Document, error: Any) -> Iterable[Problem]:
    node = _node_at(document.root, list(error.absolute_path))
    handler = _WORDS.get(error.validator, _other)
    for place, message in handler(error, node):
        yield Problem(document.locate(place), "settings-shape", message)


def _node_at(root: Node, path: list[str | int]) -> Node:
    node = root
    for step in path:
        if isinstance(node, MappingNode):
            entry = node.find(str(step))
            node = entry[1] if entry else node
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return node


def _unknown_keys(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    known = tuple(error.schema.get("properties", ()))
    entries = node.entries if isinstance(node, MappingNode) else ()
    for key, _ in entries:
        if key.text not in known:
            yield (
                key,
                f"there is no key '{key.text}' here{did_you_mean(key.text, known) or '; the keys are ' + listed(known, 'and')}",
            )


def _wrong_word(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    words = [str(word) for word in error.validator_value]
    yield (
        node,
        f"{_shown(node)} is not one of {listed(words)}{did_you_mean(node.text, words) if isinstance(node, Scalar) else ''}",
    )


def _missing(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    lacking = [name for name in error.validator_value if not (isinstance(node, MappingNode) and node.find(name))]
    yield node, f"'{listed(lacking, 'and')}' is missing; write it" + (" as 'shipcheck: 1'" if lacking == ["shipcheck"] else "")


def _wrong_type(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    words = {"object": "map", "array": "list", "string": "text", "integer": "whole number"}
    hint = "; quote it" if "string" in wanted and isinstance(node, Scalar) else ""
    belonging = listed([article(words.get(str(name), str(name))) for name in wanted])
    yield node, f"{belonging} belongs here, and {_shown(node)} stands here{hint}"


def _version(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    yield node, f"{_shown(node)} is not the version that this shipcheck reads; write {error.validator_value}"


def _other(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    description = error.schema.get("description", "")
    yield node, f"{_shown(node)} does not fit here" + (f": {description}" if description else "")


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"'{node.text}'" if node.text else "nothing"
    return "a map" if isinstance(node, MappingNode) else "a list"


_WORDS = {
    "additionalProperties": _unknown_keys,
    "enum": _wrong_word,
    "required": _missing,
    "type": _wrong_type,
    "const": _version,
}
