"""Adds facts to what manifests declare: the one step between linking and judging."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import Graph, Node
from shipcheck.vocabulary.vocabulary import FieldSpec, KindSpec, RecordSpec, Vocabulary

# Facts that need the content of a file, and not only its path.
_CONTENT = frozenset({"symbol_found", "content"})
About = Callable[[dict[str, Any], Iterable[str]], dict[str, Any]]


def files_named(graph: Graph, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The files whose content facts may need, in order and without repetition."""
    return tuple(
        sorted({record["file"] for record, facts in _every_record(graph, vocabulary) if "file" in record and _CONTENT & facts})
    )


def all_files_named(graph: Graph, vocabulary: Vocabulary) -> frozenset[str]:
    """Every file that facts are about, whether or not its content is needed."""
    return frozenset(record["file"] for record, _ in _every_record(graph, vocabulary) if "file" in record)


def collect(graph: Graph, vocabulary: Vocabulary, tree: Tree, owners: Tree | None = None) -> None:
    """Write the facts into every component and record that has some, before the graph is judged; unknown facts are left out.

    A file is read once, and only if a record names it as code. `owners` is the tree with CODEOWNERS, if it is not that
    of the code.
    """
    holding = list(_holding(graph, vocabulary))
    if not holding:
        return
    from shipcheck.facts.about import Facts  # noqa: PLC0415 - loaded only where a manifest names code

    facts = Facts(tree, graph, owners or tree)
    for node, kind in holding:
        graph.values[node].update(_with_facts(graph.values[node], kind, facts.about))


def _every_record(graph: Graph, vocabulary: Vocabulary) -> Iterator[tuple[Mapping[str, Any], frozenset[str]]]:
    """Every component and record that has facts, with their names."""
    for node, holder in _holding(graph, vocabulary):
        yield from _records(graph.values[node], holder)


def _holding(graph: Graph, vocabulary: Vocabulary) -> Iterator[tuple[Node, KindSpec]]:
    """The components with a field that has facts, or whose own kind has."""
    for kind in vocabulary.kinds.values():
        fields = [name for name, spec in kind.fields.items() if _has_facts(spec)]
        for node in graph.kinds.get(kind.name, ()) if fields or kind.collected else ():
            values = graph.values[node]
            if kind.collected or any(values.get(name) for name in fields):
                yield node, kind


def _has_facts(spec: FieldSpec) -> bool:
    return spec.record is not None and (bool(spec.record.collected) or any(map(_has_facts, spec.record.fields.values())))


def _records(values: Mapping[str, Any], holder: KindSpec | RecordSpec) -> Iterator[tuple[Mapping[str, Any], frozenset[str]]]:
    """The values of a component or record themselves, and every record in them that has facts."""
    yield values, frozenset(holder.collected)
    for name, spec in holder.fields.items():
        if name in values and spec.record is not None and _has_facts(spec):
            for record in values[name] if spec.many else (values[name],):
                yield from _records(record, spec.record)


def _with_facts(values: dict[str, Any], holder: KindSpec | RecordSpec, about: About) -> dict[str, Any]:
    """A component's or a record's values with its facts, and those of every record in it."""
    result = values | about(values, holder.collected)
    for name, spec in holder.fields.items():
        if name in values and spec.record is not None and _has_facts(spec):
            inner, record = values[name], spec.record
            result[name] = (
                tuple(_with_facts(item, record, about) for item in inner) if spec.many else _with_facts(inner, record, about)
            )
    return result
