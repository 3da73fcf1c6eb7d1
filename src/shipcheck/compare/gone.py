"""Components that governance rests on, which the base has and nothing in the head says it was."""

from collections.abc import Iterable

from shipcheck.compare.field_changes import IsThere
from shipcheck.compare.gravity import Gravity
from shipcheck.compare.rules import GONE, Difference, result
from shipcheck.compare.whole import whole
from shipcheck.english import listed, nearest_names
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair, code_of
from shipcheck.model.edit import Edit
from shipcheck.model.report import PolicyResult
from shipcheck.vocabulary.vocabulary import Vocabulary

_MOST_CANDIDATES = 3
# Comparing names takes time for each pair of them, and among very many it tells little.
_MOST_COMPARED = 50


class Gone:
    """What left the manifests from base to head; `found` are the pairs of the two.

    `is_left` looks for code anywhere in the head.
    """

    def __init__(self, base: Graph, head: Graph, found: Iterable[Pair], vocabulary: Vocabulary, is_left: IsThere) -> None:
        found = tuple(found)
        kept = {pair.before for pair in found}
        self._base = base
        self._head = head
        self._vocabulary = vocabulary
        self._is_left = is_left
        self._new = sorted(set(range(len(head.components))) - {pair.after for pair in found})
        self._missing = [node for node in range(len(base.components)) if node not in kept]

    def without_code(self) -> frozenset[Node]:
        """What is gone together with all the code that it named."""
        named = (node for node in self._missing if code_of(self._base, node))
        return frozenset(node for node in named if _code_left(self._base, node, self._is_left) is None)

    def result(self, gravity: Gravity) -> PolicyResult:
        """Every component that governance rests on and that no component of the head was, unless its code is gone too."""
        candidates = _Candidates(self._base, self._head, self._new)
        differences = [
            _difference(self._base, node, left, candidates.of(node))._replace(
                severity=gravity.of_gone(node), edits=(removal(self._base, node, self._vocabulary),)
            )
            for node in self._missing
            if self._counts(node) and (left := _code_left(self._base, node, self._is_left)) is not None
        ]
        return result(GONE, differences, sum(map(self._counts, range(len(self._base.components)))))

    def _counts(self, node: Node) -> bool:
        kind = self._vocabulary.kinds[self._base.reference(node).kind]
        return kind.gone == "finding" and not kind.is_harmless(self._base.values[node])


def removal(base: Graph, node: Node, vocabulary: Vocabulary) -> Edit:
    """The edit that takes a component out of the manifests."""
    return Edit(str(base.reference(node)), "", whole(base, node, vocabulary), None)


def _code_left(base: Graph, node: Node, is_left: IsThere) -> str | None:
    """Why the component may still exist; None if all code that it named is gone."""
    code = sorted(code_of(base, node))
    if not code:
        return "it named no code whose absence would show that it is gone; name its code in a change before this one"
    left = [":".join(filter(None, item)) for item in code if is_left(item) is not False]
    return f"its code is still there: {left[0]}" if left else None


def _difference(base: Graph, node: Node, left: str, candidates: list[str]) -> Difference:
    reference = base.reference(node)
    became = f"; if it is now {listed(candidates, 'or')}, add 'was: {reference.short}' there" if candidates else ""
    return Difference(str(reference), f"{reference} was removed, but {left}{became}", base.place(node))


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
