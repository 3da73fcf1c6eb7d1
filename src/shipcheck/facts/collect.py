"""Adds facts to what manifests declare: the one step between linking and judging."""

from typing import Any

from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import Graph
from shipcheck.vocabulary.vocabulary import Vocabulary


def files_named(graph: Graph, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The files whose content facts may need, in order and without repetition."""
    named = (record for values, name in _collected(graph, vocabulary) for record in values[name])
    return tuple(sorted({record["file"] for record in named if "symbol" in record}))


def all_files_named(graph: Graph, vocabulary: Vocabulary) -> frozenset[str]:
    """Every file that facts are about, whether or not its content is needed."""
    return frozenset(
        record["file"] for values, name in _collected(graph, vocabulary) for record in values[name] if "file" in record
    )


def collect(graph: Graph, vocabulary: Vocabulary, tree: Tree, owners: Tree | None = None) -> None:
    """Write the facts into every record that has some, before the graph is judged; unknown facts are left out.

    A file is read once, and only if a record names it and a symbol in it. `owners` is the tree with CODEOWNERS, if it is not that
    of the code.
    """
    lists = _collected(graph, vocabulary)
    if not lists:
        return
    from shipcheck.facts.about import Facts  # noqa: PLC0415 - loaded only where a manifest names code

    facts = Facts(tree, graph, owners or tree)
    for values, name in lists:
        records: Any = values[name]
        values[name] = tuple(record | facts.about(record) for record in records)


def _collected(graph: Graph, vocabulary: Vocabulary) -> list[tuple[dict[str, Any], str]]:
    """The values that contain a list of records with facts, and the field of the list."""
    return [
        (graph.values[node], spec.name)
        for kind in vocabulary.kinds.values()
        for spec in kind.fields.values()
        if spec.record and spec.record.collected
        for node in graph.kinds.get(kind.name, ())
        if graph.values[node].get(spec.name)
    ]
