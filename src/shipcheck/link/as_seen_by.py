"""Manifests as another vocabulary has them: what it declares differently, and cannot take as it is written, is unknown there."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

from shipcheck.model.component import Component, Manifest, Mention
from shipcheck.vocabulary.extended import Records, records_of
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary

_Field: TypeAlias = tuple[str, str, str]
"""The kind, the key of the pack, and the name of a field of a pack."""
_Differing: TypeAlias = dict[_Field, list[FieldSpec]]
"""What else than the vocabulary says each field is declared as."""


def as_seen_by(vocabulary: Vocabulary, manifests: Sequence[Manifest], others: Iterable[Vocabulary]) -> tuple[Manifest, ...]:
    """The manifests, which the `others` have validated; the very same ones where nothing differs.

    A value of a field of a pack that the vocabulary does not allow is None, which linking leaves out, and its default with it.
    """
    own = records_of(vocabulary)
    differing: _Differing = {}
    for other in others:
        for field, spec in _differences(own, records_of(other)):
            differing.setdefault(field, []).append(spec)
    if not differing:
        return tuple(manifests)
    return tuple(
        manifest._replace(components=tuple(_seen(component, own, differing) for component in manifest.components))
        for manifest in manifests
    )


def _differences(own: Records, others: Records) -> Iterator[tuple[_Field, FieldSpec]]:
    for kind, records in others.items():
        for key, record in records.items():
            known = own.get(kind, {}).get(key)
            for name, spec in _fields(record).items():
                if known is not None and _fields(known).get(name) != spec:
                    yield (kind, key, name), spec


def _fields(record: FieldSpec) -> dict[str, FieldSpec]:
    return record.record.fields if record.record else {}


def _seen(component: Component, own: Records, differing: _Differing) -> Component:
    kind, values = component.reference.kind, dict[str, object](component.values)
    for key, record in own.get(kind, {}).items():
        written = values.get(key)
        if isinstance(written, dict):
            values[key] = {
                name: value if _fits(_fields(record).get(name), value, differing.get((kind, key, name), [])) else None
                for name, value in written.items()
            }
    return component if values == component.values else component._replace(values=values)


def _fits(spec: FieldSpec | None, value: Any, others: list[FieldSpec]) -> bool:
    """Whether a value that one of the `others` allows is one of the field as well."""
    if spec is None or not others:
        return True
    if spec.many:
        return type(value) is tuple and all(_is_one(spec, item, others) for item in value)
    return _is_one(spec, value, others)


def _is_one(spec: FieldSpec, value: Any, others: list[FieldSpec]) -> bool:
    if spec.choice:
        return isinstance(value, str) and value in spec.choice.words
    if spec.type == "reference":
        return isinstance(value, Mention) and _leads_to(spec.to, value.text, set(chain.from_iterable(item.to for item in others)))
    types: dict[str, tuple[type, ...]] = {"text": (str,), "yes_no": (bool,), "date": (date,), "integer": (int,)}
    return isinstance(value, types.get(spec.type, (int, float))) and (spec.type == "yes_no" or not isinstance(value, bool))


def _leads_to(kinds: tuple[str, ...], text: str, others: set[str]) -> bool:
    """Whether a reference is to one of these kinds; without a kind in it, it could be to any of the `others`."""
    kind, colon, _ = text.partition(":")
    return kind in kinds if colon else others <= {*kinds}
