"""All edits together lead from the base to the head and back, and some of them change nothing else."""

from collections.abc import Mapping
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.random_worlds import Data, manifest, random_world
from tests.support.reading import linked
from tests.support.worlds import vocabulary

from shipcheck.compare.field_changes import field_changes
from shipcheck.compare.made_edits import Made, made_edits
from shipcheck.compare.mixed import with_edits, without_edits
from shipcheck.compare.weaker import Declared
from shipcheck.compare.whole import whole
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import pairs
from shipcheck.link.link import link
from shipcheck.model.component import Component, Manifest


def graph_of(seed: int) -> Graph:
    """A random graph without code, by which components would be paired under other names."""
    world = random_world(Random(seed)).components.items()  # noqa: S311 - not for secrets
    bare = {name: {key: value for key, value in given.items() if key != "implemented_by"} for name, given in world}
    graph = linked(manifest(Data(bare)))
    assert isinstance(graph, Graph)
    return graph


def relinked(components: tuple[Component, ...]) -> Graph | None:
    graph = link((Manifest(components[0].source, components, None),), vocabulary())
    return graph if isinstance(graph, Graph) else None


def texts(graph: Graph) -> Mapping[str, str]:
    return {str(reference): whole(graph, node, vocabulary()) for reference, node in graph.index.items()}


def edits_between(base: Graph, head: Graph) -> tuple[Made, ...]:
    found = pairs(base, head)
    fields = field_changes(Declared(base, head, found, vocabulary()), found, lambda _: True)
    return made_edits(base, head, found, fields, vocabulary())


@given(st.integers(0, 10**6), st.integers(0, 10**6))
@cases(40)
def test_all_edits_lead_from_the_base_to_the_head_and_back(one: int, other: int) -> None:
    base, head = graph_of(one), graph_of(other)
    made = edits_between(base, head)
    after, before = relinked(with_edits(base, head, made)), relinked(without_edits(base, head, made))
    assert after is not None
    assert before is not None
    assert edits_between(after, head) == edits_between(before, base) == ()


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.randoms(use_true_random=False))
@cases(40)
def test_some_edits_change_only_what_they_name(one: int, other: int, random: Random) -> None:
    base, head = graph_of(one), graph_of(other)
    made = [edit for edit in edits_between(base, head) if random.random() < 0.2]
    mixed = relinked(with_edits(base, head, made))
    if mixed is None:
        return
    named = {edit.edit.where for edit in made}
    then, now = texts(base), texts(mixed)
    assert {name for name in then.keys() | now.keys() if then.get(name) != now.get(name)} <= named
