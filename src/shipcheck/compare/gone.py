"""Components that governance rests on, which the base has and nothing in the head says it was."""

from collections.abc import Iterable

from shipcheck.compare.field_changes import IsThere
from shipcheck.compare.rules import GONE, Difference, result, severity_in
from shipcheck.compare.whole import whole
from shipcheck.english import listed, nearest_names
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair, code_of
from shipcheck.model.edit import Edit
from shipcheck.model.report import PolicyResult
from shipcheck.vocabulary.vocabulary import Vocabulary

_ALWAYS = frozenset({"agent", "audit_sink", "gate"})
_HARMLESS = frozenset({"low", "medium"})
_MOST_CANDIDATES = 3
# Comparing names takes time for each pair of them, and among very many it tells little.
_MOST_COMPARED = 50


def gone(base: Graph, head: Graph, found: Iterable[Pair], is_there: IsThere, vocabulary: Vocabulary) -> PolicyResult:
    """Every agent, gate, audit sink and sensitive action that no component of the head was, unless its code is gone too."""
    found = tuple(found)
    kept = {pair.before for pair in found}
    missing = [node for node in range(len(base.components)) if node not in kept and _counts(base, node)]
    new = sorted(set(range(len(head.components))) - {pair.after for pair in found})
    candidates = _Candidates(base, head, new)
    differences = [
        _difference(base, node, left, candidates.of(node))._replace(edits=(removal(base, node, vocabulary),))
        for node in missing
        if (left := _code_left(base, node, is_there)) is not None
    ]
    return result(GONE, differences, sum(_counts(base, node) for node in range(len(base.components))))


def removal(base: Graph, node: Node, vocabulary: Vocabulary) -> Edit:
    """The edit that takes a component out of the manifests."""
    return Edit(str(base.reference(node)), "", whole(base, node, vocabulary), None)


def _counts(base: Graph, node: Node) -> bool:
    kind = base.reference(node).kind
    return kind in _ALWAYS or (kind == "action" and base.values[node].get("sensitivity") not in _HARMLESS)


def _code_left(base: Graph, node: Node, is_there: IsThere) -> str | None:
    """Why the component may still exist; None if all code that it named is gone."""
    code = sorted(code_of(base, node))
    if not code:
        return "it named no code whose absence would show that it is gone"
    left = [":".join(filter(None, item)) for item in code if is_there(item) is not False]
    return f"its code is still there: {left[0]}" if left else None


def _difference(base: Graph, node: Node, left: str, candidates: list[str]) -> Difference:
    reference = base.reference(node)
    became = f"; if it is now {listed(candidates, 'or')}, add 'was: {reference.short}' there" if candidates else ""
    severity = severity_in(base.values[node].get("stage"))
    return Difference(str(reference), f"{reference} was removed, but {left}{became}", base.place(node), severity)


class _Candidates:
    """The new components of the head, any of which a missing one may have become."""

    def __init__(self, base: Graph, head: Graph, new: list[Node]) -> None:
        self._base = base
        self._by_kind: dict[str, list[str]] = {}
        self._by_file: dict[tuple[str, str], list[str]] = {}
        for node in new:
            reference = head.reference(node)
            self._by_kind.setdefault(reference.kind, []).append(str(reference))
            for file in sorted({file for file, _ in code_of(head, node)}):
                self._by_file.setdefault((reference.kind, file), []).append(str(reference))

    def of(self, node: Node) -> list[str]:
        """Up to three of the same kind: those that name a file of its code first, then those with a similar name."""
        reference = self._base.reference(node)
        named = [name for file, _ in sorted(code_of(self._base, node)) for name in self._by_file.get((reference.kind, file), ())]
        same_kind = self._by_kind.get(reference.kind, [])
        similar = nearest_names(str(reference), same_kind) if len(same_kind) <= _MOST_COMPARED else []
        return list(dict.fromkeys([*named, *similar, *same_kind[:_MOST_CANDIDATES]]))[:_MOST_CANDIDATES]
