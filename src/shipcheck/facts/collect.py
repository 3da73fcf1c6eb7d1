"""Facts written beside what manifests declare: the one step between linking and judging."""

from typing import Any

from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.types import Vocabulary


def collect(graph: Graph, vocabulary: Vocabulary, tree: Tree) -> None:
    """Write the facts into every record that has some, before anybody judges the graph; what is unknown is left out.

    A file is read once, and only where a record names it and a symbol in it.
    """
    lists = [
        (graph.values[node], spec.name)
        for kind in vocabulary.kinds.values()
        for spec in kind.fields.values()
        if spec.record and spec.record.collected
        for node in graph.kinds.get(kind.name, ())
        if graph.values[node].get(spec.name)
    ]
    if not lists:
        return
    from shipcheck.facts.about import Facts  # noqa: PLC0415 - loaded only where a manifest names code

    facts = Facts(tree, graph)
    for values, name in lists:
        records: Any = values[name]
        values[name] = tuple(record | facts.about(record) for record in records)
