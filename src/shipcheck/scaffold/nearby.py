"""Manifests that are one edit away from another one: a field, a list item or a component less."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from shipcheck.model.document import Document, Mapping
from shipcheck.model.scalars import Plain, plain
from shipcheck.scaffold.draft import Draft, manifest
from shipcheck.vocabulary.vocabulary import Vocabulary

Place = tuple[str, ...]


class Nearby(NamedTuple):
    """One edit, as a case table writes it, and the manifest after it."""

    edit: str
    manifest: str


def neighbours(document: Document, vocabulary: Vocabulary) -> tuple[Nearby, ...]:
    """Every manifest with one field or list item less, then those with one component less and no mention of it."""
    components: dict[str, Any] = {}
    root = document.root
    for key, section in root.entries if isinstance(root, Mapping) else ():
        kind = vocabulary.sections.get(key.text)
        if kind is not None and isinstance(section, Mapping):
            components |= {f"{kind.name}:{name.text}": plain(body) for name, body in section.entries}
    fields = [place for reference, body in components.items() for place in _places(body, (reference,))]
    fields.sort(key=len, reverse=True)
    nearby = [Nearby(f"{{unset: {'.'.join(place)}}}", _written(components, place, vocabulary)) for place in fields]
    nearby += [Nearby(f"{{remove: {reference}}}", _written(components, (reference,), vocabulary)) for reference in components]
    return tuple(nearby)


def _places(value: Plain, place: Place) -> Iterator[Place]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*place, key)
            yield from _places(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield (*place, str(number))
            yield from _places(inner, (*place, str(number)))


def _written(components: dict[str, Any], place: Place, vocabulary: Vocabulary) -> str:
    return manifest(Draft(_without(components, place)), vocabulary)


def _without(value: dict[str, Any], place: Place) -> dict[str, Any]:
    first, *rest = place
    if not rest:
        return {key: inner for key, inner in value.items() if key != first}
    return {key: _inner(inner, tuple(rest)) if key == first else inner for key, inner in value.items()}


def _inner(value: Plain, place: Place) -> Plain:
    if isinstance(value, dict):
        return _without(value, place)
    items = value if isinstance(value, list) else []
    first, *rest = place
    number = int(first)
    return [_inner(item, tuple(rest)) if rest and at == number else item for at, item in enumerate(items) if rest or at != number]
