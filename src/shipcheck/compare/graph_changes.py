"""The differences between the graphs of head and base: components added, removed and renamed, and links."""

from collections.abc import Iterable

from shipcheck.graph.graph import Edge, Graph
from shipcheck.graph.pairs import Pair
from shipcheck.model.change import Change
from shipcheck.model.component import Reference
from shipcheck.model.location import Location

ADDED, REMOVED, RENAMED = "component-added", "component-removed", "component-renamed"
LINKED, UNLINKED = "link-added", "link-removed"
_HOW = {"was": "by 'was'", "namespace": "by name", "code": "by code"}
_Ends = tuple[Reference, str, Reference, tuple[Reference, ...]]


def graph_changes(base: Graph, head: Graph, found: Iterable[Pair]) -> tuple[Change, ...]:
    """Every component and link that only one of the two has, without the links that added and removed components declare.

    A component that another one was is renamed; `found` are the pairs of the two.
    """
    found = tuple(found)
    before, after = {pair.before for pair in found}, {pair.after for pair in found}
    changes = [_renamed(base, head, pair) for pair in found if pair.how != "reference"]
    changes += [
        Change(REMOVED, str(reference), f"{reference} was removed", _place(base, reference))
        for reference, node in base.index.items()
        if node not in before
    ]
    changes += [
        Change(ADDED, str(reference), f"{reference} is new", _place(head, reference))
        for reference, node in head.index.items()
        if node not in after
    ]
    return (*changes, *_links(base, head, found))


def _renamed(base: Graph, head: Graph, pair: Pair) -> Change:
    before, after = base.reference(pair.before), head.reference(pair.after)
    message = f"{before} was renamed to {after}, paired {_HOW[pair.how]}"
    return Change(RENAMED, str(after), message, _place(head, after))


def _links(base: Graph, head: Graph, found: tuple[Pair, ...]) -> list[Change]:
    """Links between paired components; those of the base are compared under the first name that each has in the head."""
    names: dict[Reference, Reference] = {}
    for pair in sorted(found, key=lambda pair: (pair.how != "reference", pair.after)):
        names.setdefault(base.reference(pair.before), head.reference(pair.after))
    before = _edges(base, names)
    after = _edges(head, {reference: reference for reference in names.values()})
    gone, new = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    changes = [_link(UNLINKED, ends, "was removed", base.edge_place(before[ends])) for ends in gone]
    return changes + [_link(LINKED, ends, "is new", head.edge_place(after[ends])) for ends in new]


def _link(kind: str, ends: _Ends, what: str, place: Location) -> Change:
    return Change(kind, str(ends[0]), f"{_shown(ends)} {what}", place, field=ends[1])


def _edges(graph: Graph, names: dict[Reference, Reference]) -> dict[_Ends, Edge]:
    """The links of the components that have a name in `names`, by these names, each once."""
    edges: dict[_Ends, Edge] = {}
    for edge in graph.edges:
        source, target = names.get(graph.reference(edge.source)), graph.reference(edge.target)
        if source is not None:
            target = names.get(target, target)
            gates = tuple(names.get(graph.reference(gate), graph.reference(gate)) for gate in edge.gates)
            edges.setdefault((source, edge.link, target, gates), edge)
    return edges


def _shown(ends: _Ends) -> str:
    source, link, target, gates = ends
    through = f" through {', '.join(gate.short for gate in gates)}" if gates else ""
    return f"{source} {link} {target}{through}"


def _place(graph: Graph, reference: Reference) -> Location:
    return graph.place(graph.index[reference])


def linked(changes: Iterable[Change]) -> dict[str, set[str]]:
    """The links with entries of their own, by the component that declares them."""
    told: dict[str, set[str]] = {}
    for change in changes:
        if change.kind in {LINKED, UNLINKED}:
            told.setdefault(change.subject, set()).add(change.field)
    return told
