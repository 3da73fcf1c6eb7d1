"""A document validated against a JSON Schema, with each problem at its line and in plain words."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from shipcheck.english import did_you_mean, keys_missing, listed
from shipcheck.model.document import Document, Node, Scalar, Sequence
from shipcheck.model.document import Mapping as MappingNode
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.model.scalars import Plain

# More words than these are not listed where one of them is wrong.
_MOST_WORDS = 20


def shape_problems(
    document: Document, data: Plain, schema: Mapping[str, Any], code: str = "settings-shape"
) -> tuple[Problem, ...]:
    """Every mismatch between the data and the schema; references in the schema are never fetched."""
    from jsonschema import Draft7Validator  # noqa: PLC0415 - 60 ms that only a repository with settings pays
    from referencing import Registry  # noqa: PLC0415

    registry: Any = Registry()
    validator = Draft7Validator(schema, registry=registry)
    errors = sorted(validator.iter_errors(data), key=lambda error: [str(step) for step in error.absolute_path])
    # A map that lacks several keys is one problem, but one error for each of them.
    problems = dict.fromkeys(islice((problem for error in errors for problem in _problems(document, error, code)), MAX_PROBLEMS))
    return tuple(problems)


def _problems(document: Document, error: Any, code: str) -> Iterable[Problem]:
    for one in _nearest(error):
        node = _node_at(document.root, list(one.absolute_path))
        for place, message in _WORDS.get(one.validator, _other)(one, node):
            yield Problem(document.locate(place), code, message)


def _nearest(error: Any) -> list[Any]:
    """The errors for the one of several shapes that has the value's type; the error itself if none has."""
    context = error.context or ()
    others = {inner.schema_path[0] for inner in context if inner.validator == "type" and not inner.path}
    fitting = [inner for inner in context if inner.schema_path[0] not in others]
    return fitting or [error]


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
                f"unknown key '{key.text}'{did_you_mean(key.text, known) or '; the keys are ' + listed(known, 'and')}",
            )


def _wrong_word(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    words = [str(word) for word in error.validator_value]
    hint = did_you_mean(node.text, words) if isinstance(node, Scalar) else ""
    if len(words) > _MOST_WORDS:
        yield node, f"unknown word {_shown(node)}{hint or ': ' + error.schema.get('description', '')}"
    else:
        yield node, f"{_shown(node)} is not one of {listed(words)}{hint}"


def _missing(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    lacking = [name for name in error.validator_value if not (isinstance(node, MappingNode) and node.find(name))]
    yield node, keys_missing(lacking)


def _wrong_type(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    value = error.validator_value
    yield node, _belonging(value if isinstance(value, list) else [value], node)


def _none_of(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    yield node, _belonging([shape["type"] for shape in error.validator_value], node)


def _belonging(wanted: list[str], node: Node) -> str:
    quotable = "string" in wanted and "number" not in wanted and isinstance(node, Scalar) and node.text
    hint = "; quote it" if quotable else ""
    return f"expected {listed([_TYPES[name] for name in wanted])}, found {_shown(node)}{hint}"


def _version(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    quotes = "" if not isinstance(node, Scalar) or node.plain else " without quotes"
    yield node, f"unknown version {_shown(node)}; write {error.validator_value}{quotes}"


def _twice(_error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    yield node, "an item is in the list twice; keep one"


def _empty_list(_error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    yield node, "the list is empty; add an item, or remove the key"


def _too_short(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    if isinstance(node, Scalar) and node.text:
        yield node, f"{_shown(node)} is shorter than {error.validator_value} characters"
    else:
        yield node, "the text is empty; write a text, or remove the key"


def _too_long(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    yield node, f"{_shown(node)} is longer than {error.validator_value} characters"


def _other(error: Any, node: Node) -> Iterable[tuple[Node, str]]:
    description = error.schema.get("description", "")
    yield node, f"{_shown(node)} is not valid here" + (f": {description}" if description else "")


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        text = node.text if len(node.text) <= 40 else f"{node.text[:37]}..."
        return f"'{text}'" if text or not node.plain else "nothing"
    return "a map" if isinstance(node, MappingNode) else "a list"


_TYPES = {"object": "a map", "array": "a list", "string": "text", "number": "a number"}
_WORDS = {
    "additionalProperties": _unknown_keys,
    "enum": _wrong_word,
    "required": _missing,
    "type": _wrong_type,
    "const": _version,
    "anyOf": _none_of,
    "uniqueItems": _twice,
    "minItems": _empty_list,
    "minLength": _too_short,
    "maxLength": _too_long,
}
