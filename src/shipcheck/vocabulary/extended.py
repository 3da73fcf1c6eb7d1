"""The vocabulary with the fields of packs: a record for each pack that adds fields to a kind, under the key of the pack."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from shipcheck.model.pack_field import PackField, key_of
from shipcheck.model.scalars import Plain
from shipcheck.vocabulary.build import field_spec
from shipcheck.vocabulary.vocabulary import Choice, FieldSpec, RecordSpec, Vocabulary

Records = dict[str, dict[str, FieldSpec]]
"""The records of packs, by kind and key."""


def extended(vocabulary: Vocabulary, packs: Mapping[str, Iterable[PackField]]) -> Vocabulary:
    """The vocabulary with the fields of `packs`, by the names of these; what it has already stays as it is."""
    records: Records = {}
    for pack, fields in packs.items():
        for field in fields:
            if _is_free(key_of(pack), field.kind, vocabulary):
                record = _record(field.kind, pack, {field.name: _spec(field, pack)})
                _add(records, field.kind, record)
    names = {key_of(pack): pack for pack in packs}
    return replace(_with(vocabulary, records), packs={**names, **vocabulary.packs})


def _is_free(key: str, kind: str, vocabulary: Vocabulary) -> bool:
    """Whether a kind has nothing of that name but fields of packs; compiling a pack reports it otherwise."""
    spec = vocabulary.kinds.get(kind)
    return spec is not None and key not in spec.links and not (key in spec.fields and not spec.fields[key].pack)


def united(first: Vocabulary, second: Vocabulary) -> Vocabulary:
    """The fields of packs in both vocabularies; where they differ, as the first one has them."""
    if records_of(first) == records_of(second):
        return first
    return _with(first, records_of(second))


def records_of(vocabulary: Vocabulary) -> Records:
    """The records of packs in a vocabulary."""
    found = {kind.name: {spec.name: spec for spec in kind.fields.values() if spec.pack} for kind in vocabulary.kinds.values()}
    return {kind: records for kind, records in found.items() if records}


def _add(records: Records, kind: str, record: FieldSpec) -> None:
    """Add the fields of a record to those of the same kind and key; one that is there already stays as it is."""
    known = records.setdefault(kind, {}).get(record.name)
    records[kind][record.name] = _record(kind, known.pack, {**_fields(known), **_new(record, known)}) if known else record


def _new(record: FieldSpec, known: FieldSpec) -> dict[str, FieldSpec]:
    return {name: spec for name, spec in _fields(record).items() if name not in _fields(known)}


def _with(vocabulary: Vocabulary, more: Records) -> Vocabulary:
    records = records_of(vocabulary)
    for kind, of_kind in more.items():
        for record in of_kind.values():
            _add(records, kind, record)
    if records == records_of(vocabulary):
        return vocabulary
    kinds = {
        name: replace(kind, fields={**kind.fields, **records[name]}) if name in records else kind
        for name, kind in vocabulary.kinds.items()
    }
    every = [record.record for of_kind in records.values() for record in of_kind.values() if record.record]
    choices = [spec.choice for record in every for spec in record.fields.values() if spec.choice]
    return replace(
        vocabulary,
        kinds=kinds,
        sections={kind.section: kind for kind in kinds.values()},
        records={**vocabulary.records, **{record.name: record for record in every}},
        choices={**vocabulary.choices, **{choice.name: choice for choice in choices}},
    )


def _fields(record: FieldSpec) -> dict[str, FieldSpec]:
    return record.record.fields if record.record else {}


def _record(kind: str, pack: str, fields: dict[str, FieldSpec]) -> FieldSpec:
    """The field that holds the fields of a pack. It has a value wherever one of these has a default."""
    key, defaults = key_of(pack), defaults_of(fields)
    description = f"Fields of pack {pack}."
    entry: dict[str, Any] = {"type": "record", "says": key, "description": description, "weaker": "none", "record": key}
    record = RecordSpec(f"{kind}.{key}", description, fields, (), {})
    spec = field_spec(key, entry, {}, {key: record})
    spec = replace(spec, pack=pack)
    return replace(spec, absent="default", default=defaults) if defaults else spec


def defaults_of(fields: Mapping[str, FieldSpec]) -> dict[str, Plain]:
    """The defaults of those fields that have one."""
    return {name: spec.default for name, spec in fields.items() if spec.absent == "default"}


def _spec(field: PackField, pack: str) -> FieldSpec:
    entry: dict[str, Any] = {
        "type": field.type,
        "weaker": field.weaker,
        "list": field.many,
        "description": field.description,
        "absent": field.default if field.absent == "default" else field.absent,
        "to": field.to,
        "minimum": field.minimum,
        "maximum": field.maximum,
        **({"says": field.says} if field.says else {}),
        **({"words": field.name} if field.words else {}),
    }
    name = f"{field.kind}.{key_of(pack)}.{field.name}"
    choice = Choice(name, tuple(word for word, _ in field.words), field.ordered, dict(field.words), {})
    return field_spec(field.name, entry, {field.name: choice}, {})
