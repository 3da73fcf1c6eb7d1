"""Where links can lead according to the vocabulary: whether a path can ever reach a target, or pass a gate (P020, P021)."""

from shipcheck.vocabulary.vocabulary import Vocabulary


def reachable_kinds(
    start: tuple[str, ...], along: tuple[str, ...], vocabulary: Vocabulary, within: int | None = None
) -> set[str]:
    """The kinds that a path of at least one hop, and of at most `within`, along these links can reach."""
    reached: set[str] = set()
    edge = set(start)
    hops = 0
    while edge and (within is None or hops < within):
        edge = {target for kind in edge for name in along for target in vocabulary.targets(kind, name)} - reached
        reached |= edge
        hops += 1
    return reached


def kinds_between(start: tuple[str, ...], ends: tuple[str, ...], along: tuple[str, ...], vocabulary: Vocabulary) -> set[str]:
    """The kinds that can be inside a path from one of `start` to one of `ends`, neither at its start nor at its end."""
    return {kind for kind in reachable_kinds(start, along, vocabulary) if reachable_kinds((kind,), along, vocabulary) & set(ends)}


def can_pass(
    passed: tuple[str, ...], start: tuple[str, ...], ends: tuple[str, ...], along: tuple[str, ...], vocabulary: Vocabulary
) -> bool:
    """Whether a path can pass one of these kinds: inside it, in the `through` of a hop, or as a guard of the target of a hop."""
    inner = kinds_between(start, ends, along, vocabulary)
    if inner & set(passed):
        return True
    arrived = inner | (reachable_kinds(start, along, vocabulary) & set(ends))
    guards = {gate for kind in arrived for gate in vocabulary.targets(kind, "guarded_by")}
    named = {"gate"} if any(_names_gates(name, vocabulary) for name in along) else set()
    return bool((guards | named) & set(passed))


def _names_gates(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a hop over this link, forwards or backwards, can name gates in `through`."""
    links = vocabulary.backward.get(name, (name,))
    return any(kind.links[link].through for link in links for kind in vocabulary.kinds.values() if link in kind.links)


def cyclic_kinds(members: tuple[str, ...], along: tuple[str, ...], vocabulary: Vocabulary) -> set[str]:
    """The kinds among `members` from which links of `along` between members can lead back to the same kind."""
    steps = {kind: {end for name in along for end in vocabulary.targets(kind, name)} & set(members) for kind in members}
    cyclic = set()
    for kind in members:
        seen: set[str] = set()
        edge = set(steps[kind])
        while edge:
            seen |= edge
            edge = {end for inner in edge for end in steps[inner]} - seen
        if kind in seen:
            cyclic.add(kind)
    return cyclic
