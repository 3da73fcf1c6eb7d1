"""Detectors as JSON, which is read far faster than the YAML that they are written in: without examples and places.

A record is an object without the fields that have their default, a named tuple a list without those at its end. The types of
the fields say what becomes of a value, so that a detector is the same after the way there and back.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from shipcheck.discover.rule import Detector

FORM = 1
"""The version of the form; another one is not read."""
Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
_Decode = Callable[[Any], object]
_SCALARS = frozenset({bool, int, str, NoneType})


def render(detectors: Iterable[Detector]) -> str:
    """The text of a file of detectors, one on a line, in the order given."""
    lines = ",\n".join(json.dumps(as_data(each), ensure_ascii=False, separators=(",", ":")) for each in detectors)
    return f'{{"version":{FORM},"detectors":[\n{lines}\n]}}\n'


def read_compiled(text: str) -> tuple[Detector, ...]:
    """The detectors in a text that `render` wrote.

    Raises:
        TypeError: the text is of another version of the form, or of none.
    """
    data: Json = json.loads(text)
    if not isinstance(data, dict) or data.get("version") != FORM:
        raise TypeError(f"the compiled detectors are not of version {FORM}")
    found = data["detectors"]
    return tuple(from_data(each) for each in found) if isinstance(found, list) else ()


def without_examples(detector: Detector) -> Detector:
    """The detector as it is compiled: its rules have neither examples nor places."""
    return replace(
        detector,
        rules=tuple(replace(each, positive=(), decoy=(), place=None) for each in detector.rules),
        file_rules=tuple(replace(each, positive=(), decoy=(), place=None) for each in detector.file_rules),
    )


def as_data(detector: Detector) -> Json:
    """The detector as JSON, without examples and places."""
    return _encoded(without_examples(detector))


def from_data(data: Json) -> Detector:
    """The detector that `as_data` made this JSON of; other JSON may raise any exception."""
    detector = _decoder(Detector)(data)
    if not isinstance(detector, Detector):  # pragma: no cover - the decoder makes nothing else
        raise TypeError("no detector")
    return detector


def _encoded(value: object) -> Json:
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _encoded(inner) for field, inner in pairs if inner != field.default}
    if isinstance(value, tuple):
        return [_encoded(inner) for inner in _without_defaults(value)]
    if isinstance(value, bytes):
        return value.decode()
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"no part of a detector: {value!r}")  # pragma: no cover - a new type of field needs a line above


def _without_defaults(value: tuple[object, ...]) -> tuple[object, ...]:
    """The values of a named tuple up to the last that has not its default; all of any other tuple."""
    defaults = list(getattr(value, "_field_defaults", {}).values())
    end = len(value)
    while defaults and value[end - 1] == defaults.pop():
        end -= 1
    return value[:end]


@cache
def _decoder(kind: object) -> _Decode:
    """What makes a value of this type of its JSON."""
    if kind in _SCALARS:
        return _same
    if kind is bytes:
        return str.encode
    if isinstance(kind, type) and is_dataclass(kind):
        return _of_record(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _of_named_tuple(kind)
    if get_origin(kind) is tuple:
        return _of_tuple(get_args(kind))
    if get_origin(kind) in {Union, UnionType}:
        return _of_union(get_args(kind))
    raise TypeError(f"no type of a part of a detector: {kind}")  # pragma: no cover - as above


def _same(data: Json) -> Json:
    return data


def _of_record(kind: type) -> _Decode:
    """Of a type that may hold itself, so that the types of its fields are looked at when one of them is there."""
    hints = get_type_hints(kind)
    known: dict[str, _Decode] = {}

    def decode(data: dict[str, Json]) -> object:
        for name in data.keys() - known.keys():
            known[name] = _decoder(hints[name])
        return kind(**{name: known[name](value) for name, value in data.items()})

    return decode


def _of_named_tuple(kind: type) -> _Decode:
    decoders = [_decoder(each) for each in get_type_hints(kind).values()]

    def decode(data: list[Json]) -> object:
        return kind(*[one(value) for one, value in zip(decoders, data, strict=False)])

    return decode


def _of_tuple(kinds: tuple[object, ...]) -> _Decode:
    if kinds[1:] != (Ellipsis,):
        decoders = [_decoder(each) for each in kinds]
        return lambda data: tuple([one(value) for one, value in zip(decoders, data, strict=True)])
    each = _decoder(kinds[0])
    return tuple if each is _same else lambda data: tuple([each(value) for value in data])


def _of_union(kinds: tuple[object, ...]) -> _Decode:
    """Of scalars, which JSON tells apart, or of one other type and None."""
    others = [each for each in kinds if each not in _SCALARS]
    if not others:
        return _same
    one = _decoder(others[0])
    return lambda data: None if data is None else one(data)
