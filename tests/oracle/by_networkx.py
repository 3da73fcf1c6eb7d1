"""Path policies once more, over networkx graphs from which the gated hops are deleted."""

import networkx as nx  # type: ignore[import-untyped]
from tests.oracle.naive import Answer, Naive
from tests.oracle.rules import Rule

END = "the end of the walk"


def answer(naive: Naive, rule: Rule) -> Answer:
    """Every finding of a path policy or of a policy about cycles."""
    if rule.verb == "must_not_cycle":
        return _cycles(naive, rule)
    if rule.verb == "must_not_reach":
        return _reached(naive, rule)
    graph = nx.DiGraph((hop.source, hop.target) for hop in naive.hops(rule))
    graph.add_nodes_from(naive.world.things)
    lost = _ends(naive, rule, graph) if rule.data.get("every_way") else _lost(naive, rule, graph)
    return dict.fromkeys(((subject, "") for subject in lost), 0)


def _reached(naive: Naive, rule: Rule) -> Answer:
    known: dict[tuple[str, frozenset[str]], dict[str, int]] = {}
    found: Answer = {}
    for subject in naive.subjects(rule):
        for target in naive.targets(rule, subject):
            fit = naive.fit(rule, subject, target)
            if (target, fit) not in known:
                known[target, fit] = _shortest(naive, rule, target, fit)
            length = known[target, fit].get(subject)
            if length is not None and length <= rule.data.get("within", length):
                found[subject, target] = length
    return found


def _shortest(naive: Naive, rule: Rule, target: str, fit: frozenset[str]) -> dict[str, int]:
    """The fewest hops from each node to a target past these gates, searched backwards.

    The end of a walk has a node of its own, so that standing still is no walk.
    """
    hops = naive.hops(rule)
    kept = [hop for hop in hops if not fit & set(hop.gates)]
    ending = [hop.source for hop in kept if hop.target == target]
    free = hops if "gate_on" in rule.data else [hop for hop in kept if hop.target not in fit]
    graph = nx.DiGraph()
    graph.add_node(END)
    graph.add_edges_from((END, source) for source in ending if source not in fit)
    graph.add_edges_from((hop.target, hop.source) for hop in free)
    lengths: dict[str, int] = dict(nx.single_source_shortest_path_length(graph, END))
    lengths.pop(END)
    return {**lengths, **dict.fromkeys(ending, 1)}


def _lost(naive: Naive, rule: Rule, graph: nx.DiGraph) -> list[str]:
    """The subjects without a walk to a target; with `through`, over a graph of two storeys whose stairs are its matches."""
    lost = []
    for subject in naive.subjects(rule):
        lengths = [_length(naive, rule, graph, subject, target) for target in naive.targets(rule, subject)]
        if not any(length is not None and length <= rule.data.get("within", length) for length in lengths):
            lost.append(subject)
    return lost


def _length(naive: Naive, rule: Rule, graph: nx.DiGraph, subject: str, target: str) -> int | None:
    if "through" in rule.data:
        fit = naive.fit(rule, subject, target)
        graph = nx.DiGraph()
        for hop in naive.hops(rule):
            stairs = bool(fit & set(hop.gates))
            for passed in (False, True):
                before = passed or hop.source in fit
                graph.add_edge((hop.source, passed), (hop.target, before or stairs))
            if hop.source == subject:
                graph.add_edge(subject, (hop.target, stairs))
        ends: list[object] = [(target, True)]
    else:
        ends = [target]
    onward = list(graph.successors(subject)) if subject in graph else []
    lengths = [
        1 + nx.shortest_path_length(graph, first, end)
        for first in onward
        for end in ends
        if end in graph and nx.has_path(graph, first, end)
    ]
    return min(lengths, default=None)


def _ends(naive: Naive, rule: Rule, graph: nx.DiGraph) -> list[str]:
    """The subjects that, without the targets, come to a part of the graph that nothing leaves."""
    parts = nx.condensation(graph)
    final = {node for part in parts if not parts.out_degree(part) for node in parts.nodes[part]["members"]}
    lost = []
    for subject in naive.subjects(rule):
        targets = set(naive.targets(rule, subject))
        left = graph.subgraph([node for node in graph if node == subject or node not in targets]).copy()
        left.remove_edges_from([(node, subject) for node in list(left.predecessors(subject)) if subject in targets])
        reached = {subject} | nx.descendants(left, subject)
        if any(node in final and not _meets(graph, node, targets) for node in reached):
            lost.append(subject)
    return lost


def _meets(graph: nx.DiGraph, node: str, targets: set[str]) -> bool:
    onward = set(graph.successors(node))
    return bool(targets & (onward | {far for first in onward for far in nx.descendants(graph, first)}))


def _cycles(naive: Naive, rule: Rule) -> Answer:
    members = {one for one in naive.world.things if naive.matches(rule.data["all"], one) is not False}
    graph = nx.DiGraph((hop.source, hop.target) for hop in naive.hops(rule) if {hop.source, hop.target} <= members)
    loops = [part for part in nx.strongly_connected_components(graph) if len(part) > 1 or graph.has_edge(*(list(part) * 2))]
    return {(min(part), ""): 0 for part in loops}
