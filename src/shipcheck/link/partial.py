"""A graph from the manifests of an earlier commit, without their errors."""

from collections.abc import Iterator, Sequence

from shipcheck.graph.graph import Graph
from shipcheck.link.link import link
from shipcheck.model.component import Component, LinkItem, Manifest, Mention
from shipcheck.model.location import Location
from shipcheck.model.problem import Problem
from shipcheck.vocabulary.vocabulary import Vocabulary

# Each round removes all that the previous round reported, so more are needed only if there are very many problems.
MOST_ROUNDS = 20


def link_partially(
    manifests: Sequence[Manifest], vocabulary: Vocabulary, provided: Sequence[Manifest] = ()
) -> tuple[Graph | None, tuple[Problem, ...]]:
    """A graph of everything in `manifests` that can be linked, and why the rest is left out.

    Left out are fields with a wrong name and duplicate components. `provided` is what packs provide. The graph is None if finding
    out takes more than `MOST_ROUNDS` rounds.
    """
    left = list(manifests)
    problems: list[Problem] = []
    for _ in range(MOST_ROUNDS):
        outcome = link(left, vocabulary, provided)
        if isinstance(outcome, Graph):
            return outcome, tuple(problems)
        problems += outcome
        wrong = {problem.location for problem in outcome}
        left = [_without(manifest, wrong, vocabulary) for manifest in left]
    return None, tuple(problems)


def _without(manifest: Manifest, wrong: set[Location], vocabulary: Vocabulary) -> Manifest:
    kept = [component for component in manifest.components if component.source.locate(component.key) not in wrong]
    absence = manifest.absence
    if absence is not None and absence.source.locate(absence.place) in wrong:
        absence = None
    return Manifest(manifest.source, tuple(_with_right_fields(component, wrong, vocabulary) for component in kept), absence)


def _with_right_fields(component: Component, wrong: set[Location], vocabulary: Vocabulary) -> Component:
    fields = vocabulary.kinds[component.reference.kind].fields

    def is_right(value: object) -> bool:
        return all(component.source.locate(mention.node) not in wrong for mention in _mentions(value))

    def right_part(name: str, value: object) -> object:
        """A value that is right, of a pack each field that is; None where nothing is."""
        if isinstance(value, dict) and fields[name].pack:
            return {name: inner for name, inner in value.items() if is_right(inner)}
        return value if is_right(value) else None

    right = {name: part for name, value in component.values.items() if (part := right_part(name, value)) is not None}
    return component if right == component.values else component._replace(values=right)


def _mentions(value: object) -> Iterator[Mention]:
    if isinstance(value, Mention):
        yield value
    elif isinstance(value, LinkItem):
        yield from (value.target, *value.through)
    elif isinstance(value, tuple):
        for item in value:
            yield from _mentions(item)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _mentions(inner)
