"""Components that governance rests on, which the base has and nothing in the head says it was."""

from collections.abc import Iterable, Iterator

from shipcheck.compare.field_changes import IsThere
from shipcheck.compare.rules import GONE, Difference, result, severity_in
from shipcheck.english import listed, nearest_names
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair, code_of
from shipcheck.model.report import PolicyResult

_ALWAYS = frozenset({"agent", "audit_sink", "gate"})
_HARMLESS = frozenset({"low", "medium"})
_MOST_CANDIDATES = 3


def gone(base: Graph, head: Graph, found: Iterable[Pair], is_there: IsThere) -> PolicyResult:
    """Every agent, gate, audit sink and sensitive action that no component of the head was, unless its code is gone too."""
    found = tuple(found)
    kept = {pair.before for pair in found}
    missing = [node for node in range(len(base.components)) if node not in kept and _counts(base, node)]
    new = sorted(set(range(len(head.components))) - {pair.after for pair in found})
    differences = [
        _difference(base, head, node, left, new) for node in missing if (left := _code_left(base, node, is_there)) is not None
    ]
    return result(GONE, differences, sum(_counts(base, node) for node in range(len(base.components))))


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


def _difference(base: Graph, head: Graph, node: Node, left: str, new: list[Node]) -> Difference:
    reference = base.reference(node)
    candidates = listed(list(_candidates(base, head, node, new)), "or")
    became = f"; if it is now {candidates}, add 'was: {reference.short}' there" if candidates else ""
    severity = severity_in(base.values[node].get("stage"))
    return Difference(str(reference), f"{reference} was removed, but {left}{became}", base.place(node), severity)


def _candidates(base: Graph, head: Graph, node: Node, new: list[Node]) -> Iterator[str]:
    """Up to three new components of the kind: those that name a file of its code first, then those with a similar name."""
    kind, files = base.reference(node).kind, {file for file, _ in code_of(base, node)}
    same_kind = [other for other in new if head.reference(other).kind == kind]
    by_file = [other for other in same_kind if files & {file for file, _ in code_of(head, other)}]
    names = {head.reference(other).short: other for other in same_kind}
    by_name = [names[name] for name in nearest_names(base.reference(node).short, sorted(names))]
    ordered = dict.fromkeys([*by_file, *by_name, *same_kind])
    return (str(head.reference(other)) for other in list(ordered)[:_MOST_CANDIDATES])
