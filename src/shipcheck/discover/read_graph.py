"""What a rule says about builders of graphs, dispatch by name, answers, and what a framework adds by itself."""

from collections.abc import Iterator

from shipcheck.discover.detector_keys import Keys
from shipcheck.discover.read_places import place_under, read_place
from shipcheck.discover.read_take import PART, check_target, is_link, kind_under, targets_of
from shipcheck.discover.rule import Decisions, GraphSpec, Implied, Method, Place
from shipcheck.versions import is_range

_PARTS = {
    "nodes": ("name", "run"),
    "edges": ("from", "to"),
    "routes": ("from", "by", "map"),
    "finish": ("name", "before", "after"),
}


def graph_under(keys: Keys) -> GraphSpec | None:
    """The methods of a graph builder under `graph`; None if it is missing."""
    node = keys.get("graph")
    if node is None:
        return None
    graph = Keys(keys.context, node, "'graph'")
    graph.allow(_PARTS)
    graph.require("nodes", "edges")
    nodes, edges, routes, finish = (tuple(_methods(graph, name, places)) for name, places in _PARTS.items())
    return GraphSpec(nodes, edges, routes, finish)


def _methods(graph: Keys, part: str, places: tuple[str, ...]) -> Iterator[Method]:
    for item in graph.items(part):
        keys = Keys(graph.context, item, f"'{part}' of 'graph'")
        keys.allow(("method", *places))
        keys.require("method")
        if not keys.present(places) and part != "finish":
            keys.report(item, f"{keys.what} has none of {', '.join(places)}; add one")
        found = tuple((name, place_under(keys, name)) for name in keys.present(places))
        for method in keys.texts("method"):
            yield Method(method, found)


def dispatch_under(keys: Keys) -> Place:
    """The argument by which a function branches to one tool a name; empty if there is none."""
    node = keys.get("dispatch")
    if node is None:
        return ()
    inner = Keys(keys.context, node, "'dispatch'")
    inner.allow(("by",))
    inner.require("by")
    return place_under(inner, "by")


def decisions_under(keys: Keys) -> Decisions | None:
    """The answers that approve and reject; None if they are missing."""
    node = keys.get("decisions")
    if node is None:
        return None
    inner = Keys(keys.context, node, "'decisions'")
    inner.allow(("at", "approve", "reject"))
    inner.require("approve", "reject")
    return Decisions(place_under(inner, "at"), inner.values("approve"), inner.values("reject"))


def implied_under(keys: Keys, kind: str) -> Iterator[Implied]:
    """The components that a framework adds by itself to what is found, which is of a kind."""
    for item in keys.items("implies"):
        inner = Keys(keys.context, item, "'implies'")
        inner.allow(("kind", "name", "role", "link", "versions"))
        inner.require("kind", "name", "role", "link")
        implied, link = kind_under(inner, "kind"), ""
        if inner.has("link") and is_link(keys.context, inner.at("link"), kind):
            link = inner.text("link")
            check_target(inner, inner.at("link"), kind, link, implied)
        yield Implied(implied, inner.text("name"), inner.text("role"), link, inner.ranged("versions", is_range))


def joins_under(keys: Keys, kind: str) -> Iterator[tuple[str, Place]]:
    """The links that what is called on, or another component, gets to what is found, which is of a kind."""
    known = targets_of(keys.context, PART)
    for key, node in keys.entries("joins"):
        link = keys.context.word(key, known, "link")
        check_target(keys, key, PART, link, "" if kind == PART else kind)
        if link:
            yield link, read_place(keys.context, node)
