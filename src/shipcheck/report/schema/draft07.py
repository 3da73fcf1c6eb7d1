"""The JSON Schema of manifests, draft-07, with the fields of the packs in use: for completion in editors."""

from typing import Any

from shipcheck.model.scalars import LARGEST
from shipcheck.report.encode import as_json
from shipcheck.report.style import PLAIN, Style
from shipcheck.vocabulary.names import LABEL_PATTERN, NAME_PATTERN, PATH_PATTERN, reference_pattern
from shipcheck.vocabulary.vocabulary import Choice, FieldSpec, KindSpec, LinkSpec, RecordSpec, Vocabulary

Schema = dict[str, Any]
# `$` also matches before a line break at the end in some engines; this end does not.
_END = r"(?![\s\S])"


def render(vocabulary: Vocabulary, _style: Style = PLAIN) -> str:
    """The schema of one manifest file, as JSON."""
    return as_json(_manifest(vocabulary))


def _manifest(vocabulary: Vocabulary) -> Schema:
    sections = {
        kind.section: {
            "description": kind.description,
            "type": "object",
            "propertyNames": {"pattern": _whole(NAME_PATTERN)},
            "additionalProperties": {"$ref": f"#/definitions/{kind.name}"},
        }
        for kind in vocabulary.kinds.values()
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"https://shipcheck.dev/schemas/{vocabulary.version}/manifest.schema.json",
        "title": "shipcheck manifest",
        "description": "The AI components of a repository: files named shipcheck.yaml or *.shipcheck.yaml.",
        "type": "object",
        "required": ["shipcheck"],
        "additionalProperties": False,
        "if": {"required": ["nothing_to_declare"]},
        "then": {"maxProperties": 2},
        "properties": {**_header(vocabulary), **sections},
        "definitions": {
            **{kind.name: _kind(kind) for kind in vocabulary.kinds.values()},
            **{f"record_{record.name}": _record(record) for record in vocabulary.written_records.values()},
        },
    }


def _header(vocabulary: Vocabulary) -> Schema:
    owner = {"type": "string", "pattern": _whole(reference_pattern(("team",)))}
    return {
        "shipcheck": {"const": 1, "description": "The version of the manifest format."},
        "namespace": {
            "type": "string",
            "pattern": _whole(NAME_PATTERN),
            "description": "The namespace of the names in this file.",
        },
        "defaults": {
            "description": "Default values for components in this file that do not set the field.",
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "owner": {**owner, "description": "The owner of components in this file that do not name one."},
                **{kind.section: _defaults(kind, vocabulary) for kind in vocabulary.kinds.values()},
            },
        },
        "nothing_to_declare": {
            "description": "Declares that the repository has no AI, in a file without any other section.",
            "type": "object",
            "additionalProperties": False,
            "required": ["owner", "date", "reason"],
            "properties": {
                "owner": {**_text(), "description": "Who declares this."},
                "date": {**_date(), "description": "The date of the declaration."},
                "reason": {**_text(), "description": "Why there is nothing to declare."},
            },
        },
    }


def _defaults(kind: KindSpec, vocabulary: Vocabulary) -> Schema:
    names = [name for name in kind.declared if name not in vocabulary.own]
    return {
        "description": f"Default values for the {kind.section} in this file.",
        "type": "object",
        "additionalProperties": False,
        "properties": {name: {"$ref": f"#/definitions/{kind.name}/properties/{name}"} for name in names},
    }


def _kind(kind: KindSpec) -> Schema:
    fields = {name: _field(spec) for name, spec in kind.declared.items()}
    links = {name: _link(spec) for name, spec in kind.links.items()}
    return {
        "description": kind.description,
        "type": "object",
        "additionalProperties": False,
        "properties": fields | links,
    }


def _record(record: RecordSpec) -> Schema:
    schema: Schema = {
        "description": record.description,
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _field(spec) for name, spec in record.declared.items()},
    }
    return {**schema, "required": list(record.required)} if record.required else schema


def _field(spec: FieldSpec) -> Schema:
    one = _single(spec)
    if spec.rounds:
        one = {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
    if spec.many:
        one = {"type": "array", "items": one, **({} if spec.record else {"uniqueItems": True})}
    default = {"default": spec.default} if spec.absent == "default" else {}
    return {**one, **default, "description": spec.description}


def _single(spec: FieldSpec) -> Schema:
    if spec.record:
        # Draft-07 ignores the siblings of $ref, such as the description.
        return {"allOf": [{"$ref": f"#/definitions/record_{spec.record.name}"}]}
    if spec.choice:
        return _choice(spec.choice)
    if spec.path:
        return {"type": "string", "pattern": _whole(PATH_PATTERN), "not": {"enum": _marks(spec)}}
    simple: dict[str, Schema] = {
        "text": {**_text(), "not": {"enum": _marks(spec)}},
        "yes_no": {"type": "boolean"},
        "date": _date(),
        "map": _labels(),
    }
    if spec.type in simple:
        return simple[spec.type]
    if spec.type == "reference":
        return {"type": "string", "pattern": _whole(reference_pattern(spec.to))}
    low = -LARGEST if spec.minimum is None else spec.minimum
    high = LARGEST if spec.maximum is None else spec.maximum
    return {"type": spec.type, "minimum": low, "maximum": high}


def _choice(choice: Choice) -> Schema:
    """A choice with a text for each word, as editors know it; with constants, they show the text of one for the whole field."""
    return {"enum": list(choice.words), "enumDescriptions": [choice.meanings.get(word, "") for word in choice.words]}


def _marks(spec: FieldSpec) -> list[str]:
    """What is written in a fix for the value of a field, and is none."""
    return [spec.name.upper()]


def _text() -> Schema:
    return {"type": "string", "pattern": r"\S"}


def _date() -> Schema:
    return {"type": "string", "format": "date", "pattern": _whole("[0-9]{4}-[0-9]{2}-[0-9]{2}")}


def _labels() -> Schema:
    return {"type": "object", "propertyNames": {"pattern": _whole(LABEL_PATTERN)}, "additionalProperties": _text()}


def _link(spec: LinkSpec) -> Schema:
    target = {"type": "string", "pattern": _whole(reference_pattern(spec.to))}
    if spec.single:
        return {**target, "description": spec.description}
    gates = {"type": "string", "pattern": _whole(reference_pattern(("gate",)))}
    through: Schema = {
        "type": "array",
        "items": gates,
        "uniqueItems": True,
        "description": "The gates that this hop passes, in order.",
    }
    hop: Schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["to"],
        "properties": {"to": target, **({"through": through} if spec.through else {})},
    }
    return {"type": "array", "items": {"anyOf": [target, hop]}, "description": spec.description}


def _whole(pattern: str) -> str:
    return f"^(?:{pattern}){_END}"
