"""Whether links can lead from some kinds to others at all (P020)."""

from shipcheck.vocabulary.types import Vocabulary


def reachable_kinds(start: tuple[str, ...], along: tuple[str, ...], vocabulary: Vocabulary) -> set[str]:
    """The kinds that a walk of at least one hop along these links can come to."""
    reached: set[str] = set()
    queue = list(start)
    for kind in queue:
        for name in along:
            for target in vocabulary.targets(kind, name):
                if target not in reached:
                    reached.add(target)
                    queue.append(target)
    return reached
