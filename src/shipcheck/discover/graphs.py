"""Graphs that a builder makes: its nodes, edges and routes, and where it stops for a person."""

from collections.abc import Iterator

from shipcheck.code.possible_values import Listed, Literal, Outside, Recorded, Routine, Unsure, Values
from shipcheck.code.resolver import Resolver
from shipcheck.discover.finder import Finder
from shipcheck.discover.occurrence import Occurrence, value_at
from shipcheck.discover.rule import GraphSpec, Method, Place, Rule
from shipcheck.discover.sightings import Found, FoundGate

_ANY = "?"


def read_graphs(finder: Finder) -> None:
    """Read every call of a builder's method, in the order in which they were found."""
    for found, method, occurrence in finder.steps:
        if isinstance(found.rule, Rule) and found.rule.graph is not None:
            _step(finder, found, found.rule.graph, method, occurrence)


def _step(finder: Finder, found: Found, spec: GraphSpec, method: str, occurrence: Occurrence) -> None:
    for group, read in ((spec.nodes, _node), (spec.edges, _edge), (spec.routes, _route), (spec.finish, _finish)):
        for each in group:
            if each.method == method:
                read(finder, found, each, occurrence)


def _place(method: Method, word: str) -> Place:
    return next((place for name, place in method.places if name == word), ())


def _texts(resolver: Resolver, occurrence: Occurrence, place: Place) -> list[str]:
    """The names that a value gives; `?` for one that is not known."""
    return list(_names(value_at(resolver, occurrence, place) or ())) if place else []


def _names(values: Values) -> Iterator[str]:
    for item in values:
        match item.value:
            case Literal(value=str() as text):
                yield text
            case Listed(items=items):
                for element in items:
                    yield from _names(element.values)
            case Recorded(fields=fields):
                for entry in fields:
                    yield from _names(entry.values)
            case Routine(function=function):
                yield function.name
            case Outside(names=names) if names:
                yield names[-1]
            case Unsure():
                yield _ANY
            case _:
                yield _ANY


def _node(finder: Finder, found: Found, method: Method, occurrence: Occurrence) -> None:
    assert found.graph is not None  # noqa: S101 - its caller verified it
    run = value_at(finder.resolver, occurrence, _place(method, "run")) or ()
    run = tuple(item for item in run if not isinstance(item.value, Literal))
    for name in _texts(finder.resolver, occurrence, _place(method, "name"))[:1] or [_ANY]:
        found.graph.nodes.setdefault(name, []).extend(run)
        found.graph.places.setdefault(name, occurrence.spot)


def _edge(finder: Finder, found: Found, method: Method, occurrence: Occurrence) -> None:
    assert found.graph is not None  # noqa: S101 - its caller verified it
    for start in _texts(finder.resolver, occurrence, _place(method, "from")):
        for end in _texts(finder.resolver, occurrence, _place(method, "to")):
            found.graph.edges.append((start, end, ""))


def _route(finder: Finder, found: Found, method: Method, occurrence: Occurrence) -> None:
    assert found.graph is not None  # noqa: S101 - its caller verified it
    ends = _texts(finder.resolver, occurrence, _place(method, "map"))
    by = _texts(finder.resolver, occurrence, _place(method, "by"))
    for start in _texts(finder.resolver, occurrence, _place(method, "from")) or [_ANY]:
        for end in ends or [_ANY]:
            found.graph.edges.append((start, end, by[0] if by else ""))


def _finish(finder: Finder, found: Found, method: Method, occurrence: Occurrence) -> None:
    names = _texts(finder.resolver, occurrence, _place(method, "name"))
    named = [name for name in names if name != _ANY]
    if named:
        found.name = named[0]
    elif occurrence.holder:
        found.names.append(found.name)
        found.name = occurrence.holder
    for word, gate_class in (("before", "human"), ("after", "human_after")):
        values = value_at(finder.resolver, occurrence, _place(method, word)) if _place(method, word) else None
        for item in values or ():
            for name in _names((item,)):
                gate = FoundGate(name, gate_class, "true", item.how, item.value.spot, found.detector.shown, bypass=False)
                gate.agent, gate.action_name = found, name
                found.gates.append(gate)
