"""The differences between the graphs of head and base: components added, removed and renamed, and links."""

from collections import Counter

from shipcheck.graph.graph import Edge, Graph
from shipcheck.model.change import Change
from shipcheck.model.component import Mention, Reference
from shipcheck.model.location import Location

ADDED, REMOVED, RENAMED = "component-added", "component-removed", "component-renamed"
LINKED, UNLINKED = "link-added", "link-removed"
_Ends = tuple[Reference, str, Reference, tuple[Reference, ...]]


def picture(base: Graph, head: Graph) -> tuple[Change, ...]:
    """Every component and link that only one of the two has, without the links of added and removed components."""
    gone = sorted(base.index.keys() - head.index.keys())
    new = sorted(head.index.keys() - base.index.keys())
    renamed = _renamed(base, head, gone, new)
    changes = [
        Change(RENAMED, str(after), f"{before} was renamed to {after}", _place(head, after)) for before, after in renamed.items()
    ]
    changes += [
        Change(REMOVED, str(reference), f"{reference} was removed", _place(base, reference))
        for reference in gone
        if reference not in renamed
    ]
    known = set(renamed.values())
    changes += [
        Change(ADDED, str(reference), f"{reference} is new", _place(head, reference))
        for reference in new
        if reference not in known
    ]
    return (*changes, *_links(base, head))


def _renamed(base: Graph, head: Graph, gone: list[Reference], new: list[Reference]) -> dict[Reference, Reference]:
    """The removed components that were added under another name with the same content, if no other has that content."""
    contents = [(_content(base, reference), reference) for reference in gone]
    counts = Counter(content for content, _ in contents)
    later = [(_content(head, reference), reference) for reference in new]
    later_counts = Counter(content for content, _ in later)
    matches = {content: reference for content, reference in later if later_counts[content] == 1}
    return {
        reference: matches[content]
        for content, reference in contents
        if counts[content] == 1 and content in matches and len(content) > 1
    }


def _content(graph: Graph, reference: Reference) -> tuple[object, ...]:
    """The kind of a component and everything that its manifest declares."""
    values = graph.components[graph.index[reference]].values
    return (reference.kind, *sorted((name, _plain(value)) for name, value in values.items()))


def _plain(value: object) -> str:
    """A value without its places."""
    if isinstance(value, Mention):
        return value.text
    if isinstance(value, tuple):
        return f"({', '.join(map(_plain, value))})"
    if isinstance(value, dict):
        return f"({', '.join(f'{name}: {_plain(inner)}' for name, inner in value.items())})"
    return repr(value)


def _links(base: Graph, head: Graph) -> list[Change]:
    before, after = _edges(base, head), _edges(head, base)
    gone, new = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    changes = [Change(UNLINKED, str(ends[0]), f"{_shown(ends)} was removed", base.edge_place(before[ends])) for ends in gone]
    return changes + [Change(LINKED, str(ends[0]), f"{_shown(ends)} is new", head.edge_place(after[ends])) for ends in new]


def _edges(graph: Graph, other: Graph) -> dict[_Ends, Edge]:
    """The links between components that both graphs have, each once."""
    edges: dict[_Ends, Edge] = {}
    for edge in graph.edges:
        source, target = graph.reference(edge.source), graph.reference(edge.target)
        if source in other.index and target in other.index:
            gates = tuple(graph.reference(gate) for gate in edge.gates)
            edges.setdefault((source, edge.link, target, gates), edge)
    return edges


def _shown(ends: _Ends) -> str:
    source, link, target, gates = ends
    through = f" through {', '.join(gate.short for gate in gates)}" if gates else ""
    return f"{source} {link} {target}{through}"


def _place(graph: Graph, reference: Reference) -> Location:
    return graph.place(graph.index[reference])
