"""Which component of the base each component of the head was, under any name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, product
from typing import Any, Literal, NamedTuple, TypeAlias

from shipcheck.errors import CannotJudgeError
from shipcheck.graph.graph import Graph, Node
from shipcheck.model.component import DEFAULT_NAMESPACE, Reference

How: TypeAlias = Literal["reference", "was", "namespace", "code"]
Code: TypeAlias = tuple[str, str]
"""A file and a symbol in it; the symbol is empty where a manifest names only the file."""
MOST_PAIRS = 20_000
_MOST_BASES = 16
_MOST_NAMES = 16


class Pair(NamedTuple):
    """A component of the base, by its node there, and one of the head that it became; `how` says what they have in common."""

    before: Node
    after: Node
    how: How


def pairs(base: Graph, head: Graph) -> tuple[Pair, ...]:
    """Every pair, in the order of the head's components; a component may be in several.

    A reference always pairs. So does `was`, which only the head declares. A name in another namespace pairs only with a
    component that is new, and code only where it is new and, if several components of the base share it, was lost there.

    Raises:
        CannotJudgeError: there are more pairs than can be compared.
    """
    found: dict[tuple[Node, Node], How] = {}
    most = MOST_PAIRS + len(head.components)
    for before, after, how in chain(_by_reference(base, head), _by_was(base, head), _by_name(base, head), _by_code(base, head)):
        found.setdefault((before, after), how)
        if len(found) > most:
            raise CannotJudgeError(f"more than {most} pairs of components of base and head; rename fewer in one change")
    return tuple(sorted((Pair(before, after, how) for (before, after), how in found.items()), key=lambda pair: pair[1::-1]))


def former_names(reference: Reference, was: str) -> tuple[Reference, ...]:
    """The references that a `was` may name, the likeliest first: of the same kind, and in the namespace that it names.

    Where it names none, that is the namespace of the component, or else the default one.
    """
    namespace, slash, name = was.removeprefix(f"{reference.kind}:").rpartition("/")
    if slash:
        return (Reference(reference.kind, namespace, name),)
    return tuple(Reference(reference.kind, space, name) for space in dict.fromkeys((reference.namespace, DEFAULT_NAMESPACE)))


def code_of(graph: Graph, node: Node) -> frozenset[Code]:
    """The code that a component names."""
    records: Any = graph.values[node].get("implemented_by") or ()
    return frozenset((record["file"], record.get("symbol", "")) for record in records)


def _by_reference(base: Graph, head: Graph) -> Iterator[Pair]:
    for reference, after in head.index.items():
        if reference in base.index:
            yield Pair(base.index[reference], after, "reference")


def _by_was(base: Graph, head: Graph) -> Iterator[Pair]:
    for reference, after in head.index.items():
        was = head.values[after].get("was")
        if isinstance(was, str):
            names = former_names(reference, was)
            before = next((base.index[name] for name in names if name in base.index), None)
            if before is not None:
                yield Pair(before, after, "was")


def _by_name(base: Graph, head: Graph) -> Iterator[Pair]:
    new = [(reference, after) for reference, after in head.index.items() if reference not in base.index]
    if not new:
        return
    named: dict[tuple[str, str], list[Node]] = {}
    for reference, before in base.index.items():
        named.setdefault((reference.kind, reference.name), []).append(before)
    for reference, after in new:
        for before in named.get((reference.kind, reference.name), ()):
            yield Pair(before, after, "namespace")


def _by_code(base: Graph, head: Graph) -> Iterator[Pair]:
    naming, sharing = _naming(base, range(len(base.components))), _naming(head, range(len(head.components)))
    for key, before in naming.items():
        code = key[1]
        kept = {node for node in before if code in _code_now(base, head, node)}
        # A file alone says little: components next to each other name the same one.
        shared = len(before) > 1 or not code[1]
        losing = [node for node in before if node not in kept] if shared else before
        gaining = [node for node in sharing.get(key, ()) if code not in _code_then(base, head, node)]
        yield from (Pair(one, other, "code") for one, other in product(losing, gaining))


def _naming(graph: Graph, nodes: Iterable[Node]) -> dict[tuple[str, Code], list[Node]]:
    """The components that name each piece of code, by kind."""
    naming: dict[tuple[str, Code], list[Node]] = {}
    for node in nodes:
        for code in code_of(graph, node):
            naming.setdefault((graph.reference(node).kind, code), []).append(node)
    return naming


def _code_now(base: Graph, head: Graph, node: Node) -> frozenset[Code]:
    """The code that the head's component of the same reference names; none where there is none."""
    after = head.index.get(base.reference(node))
    return frozenset() if after is None else code_of(head, after)


def _code_then(base: Graph, head: Graph, node: Node) -> frozenset[Code]:
    """The code that the base's component of the same reference names; none where there is none."""
    before = base.index.get(head.reference(node))
    return frozenset() if before is None else code_of(base, before)


def references_became(base: Graph, head: Graph, found: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    """What each component of the base is called in the head, if it has another name there; of very many names, the first."""
    names: dict[str, list[str]] = {}
    for pair in found:
        if pair.how != "reference":
            names.setdefault(str(base.reference(pair.before)), []).append(str(head.reference(pair.after)))
    return {before: tuple(after[:_MOST_NAMES]) for before, after in names.items()}


def most_bases(head: Graph, found: Iterable[Pair]) -> int:
    """With how many components of the base one component of the head is paired, at most; at least 1.

    Raises:
        CannotJudgeError: one is paired with more than can be judged one by one.
    """
    counts = Counter(pair.after for pair in found)
    node, most = max(counts.items(), key=lambda item: item[1], default=(0, 1))
    if most > _MOST_BASES:
        raise CannotJudgeError(
            f"{head.reference(node)} was more than {_MOST_BASES} components of the base; merge fewer in one change"
        )
    return most
