"""What detectors of a repository may change: they add, and take back nothing that the built-in ones found.

A repository could else hide an agent by a detector of its own, in the change that brings the agent. What only was not known may
become known: a doubt goes where what is added says what is there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from shipcheck.model.location import Location
from shipcheck.model.observed import CERTAIN, Known, Observed, ObservedField, ObservedLink

T = TypeVar("T")


def with_all(built_in: Iterable[Observed], every: Iterable[Observed]) -> tuple[Observed, ...]:
    """What all detectors found together, and of what the built-in ones find alone everything that is missing or other there.

    Keys are those of files and symbols, so the same key is the same component.
    """
    together = {each.key: each for each in every}
    places = {(each.kind, _start(each.place)) for each in together.values()}
    found = dict(together)
    for one in built_in:
        if one.key in together:
            found[one.key] = _joined(one, together[one.key])
        elif one.confidence == CERTAIN or (one.kind, _start(one.place)) not in places:
            found[one.key] = one
    ordered = sorted(found.values(), key=lambda each: (each.kind, each.place, each.name, each.key))
    targets = {"", *found}
    return tuple(replace(each, links=tuple(link for link in each.links if link.target in targets)) for each in ordered)


def _joined(alone: Observed, together: Observed) -> Observed:
    """A component as the built-in detectors name it, with what others add."""
    effects = None if alone.effects is None and together.effects is None else _both(alone.effects or (), together.effects or ())
    return replace(
        alone,
        fields=tuple(_fields(alone, together)),
        links=_both([link for link in alone.links if not _is_resolved(link, together)], together.links),
        effects=effects,
        unknown_effects=_both(_doubts(alone, together), together.unknown_effects),
        gates=_both(alone.gates, together.gates),
        also=_both(alone.also, together.also),
    )


def _doubts(alone: Observed, together: Observed) -> Iterator[Known]:
    """What is not known of the effects, without the calls that have one now, and those that such a call is chained to.

    The calls of a chain begin where it begins, and an effect ends where its call does.
    """
    ends = {_end(effect.place) for effect in together.effects or ()}
    places = [doubt.place for doubt in alone.unknown_effects if doubt.place]
    explained = {_start(place): _end(place) for place in places if _end(place) in ends}
    for doubt in alone.unknown_effects:
        last = explained.get(_start(doubt.place)) if doubt.place else None
        if last is None or doubt.place is None or _end(doubt.place) > last:
            yield doubt


def _fields(alone: Observed, together: Observed) -> Iterable[ObservedField]:
    known = {field.name: field for field in alone.fields}
    added = {field.name: field for field in together.fields}
    for name in sorted({*known, *added}):
        sources = [fields[name].values for fields in (known, added) if name in fields]
        yield ObservedField(name, _both(sources[0], sources[-1]))


def _is_resolved(link: ObservedLink, together: Observed) -> bool:
    """Whether a link whose target was not known has one now."""
    return not link.target and any(
        other.target and other.link == link.link and other.known.place == link.known.place for other in together.links
    )


def _both(first: Iterable[T], second: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _start(place: Location) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def _end(place: Location) -> tuple[str, int, int]:
    return place.path, place.end_line, place.end_column
