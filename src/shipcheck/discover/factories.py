"""Functions that make components for their callers: each caller has one of its own, and what differs in nothing is one."""

from collections.abc import Callable

from shipcheck.code.possible_values import Spot
from shipcheck.discover.finder import Finder
from shipcheck.discover.rule import Rule
from shipcheck.discover.sightings import Found
from shipcheck.model.observed import CALLER


def find_factories(finder: Finder) -> None:
    """Functions in which something is made that their callers decide: each call of one makes something of its own."""
    for found in finder.components:
        if depends_on_caller(found):
            finder.factories |= {(found.spot.path, name) for name in found.symbol if name}
    for found, path, symbol in finder.made_by:
        if depends_on_caller(found):
            finder.factories |= {(path, name) for name in symbol if name}
    finder.makers |= finder.factories


def merge(finder: Finder) -> None:
    """Make one component of those at one place that differ in nothing but the call that led there."""
    # Several rules may apply to one call, and name what it makes differently.
    _merge(finder, lambda found: (found.kind, found.spot, way_to(found), found.name if _is_one_of_many(found) else ""))
    _merge(finder, lambda found: (found.kind, found.spot, found.name))


def _merge(finder: Finder, key: Callable[[Found], tuple[object, ...]]) -> None:
    first: dict[tuple[object, ...], Found] = {}
    merged: dict[int, Found] = {}
    for found in finder.components:
        known = first.setdefault(key(found), found)
        if known is not found:
            for link in found.links:
                known.link_to(link)
            known.names += [name for name in found.names if name not in known.names]
            known.gates += [gate for gate in found.gates if all(gate.spot != each.spot for each in known.gates)]
            merged[id(found)] = known
    finder.components = list(first.values())
    for found in finder.components:
        for link in found.links:
            link.target = merged.get(id(link.target), link.target)


def _is_one_of_many(found: Found) -> bool:
    """Whether several components may come from one place, each by its name."""
    return depends_on_caller(found) or not isinstance(found.rule, Rule) or bool(found.rule.each or found.rule.dispatch)


def way_to(found: Found) -> tuple[object, ...]:
    """The calls that lead to the place of a component, the last one first; empty where no call binds anything there."""
    scope = found.occurrence.scope if found.occurrence else None
    return scope.identity if scope is not None else ()


def drop_templates(finder: Finder) -> None:
    """What a factory makes for callers that are not known is not a component where some are: these have one of their own."""
    ways: dict[Spot, set[frozenset[Spot]]] = {}
    for found in finder.components:
        ways.setdefault(found.spot, set()).add(_calls(found))
    dropped = {
        id(found)
        for found in finder.components
        if depends_on_caller(found) and any(_calls(found) < others for others in ways[found.spot])
    }
    finder.components = [found for found in finder.components if id(found) not in dropped]
    for found in finder.components:
        found.links = [link for link in found.links if id(link.target) not in dropped]


def _calls(found: Found) -> frozenset[Spot]:
    return frozenset(each for each in way_to(found) if isinstance(each, Spot))


def depends_on_caller(found: Found) -> bool:
    """Whether a name or link of a component is what the caller of the function around it gives."""
    return found.generic or any(link.how == CALLER for link in found.links)
