"""Compiled expressions mean what a second, naive reading of the language says, over random worlds with gaps."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.authors import SELECT, Author, Node, text_of
from tests.support.cases import cases
from tests.support.meaning import Meaning
from tests.support.random_worlds import KINDS, TODAY, Data, Kind, manifest, random_world
from tests.support.worlds import graph_of, policy_of, vocabulary

from shipcheck.evaluate import long_lists
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.graph.graph import Graph
from shipcheck.language.analysis.possible import Effort, is_possible_condition
from shipcheck.model.expression import Expression
from shipcheck.model.policy import EachComponent, Must

WORLDS = 150


@pytest.fixture(scope="module", autouse=True)
def nearly_every_list_is_long() -> Iterator[None]:
    """Answers about long lists are shared; random worlds have short ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_lists, "FEW", 1)
        yield


MANY = cases(500)
seeds = st.integers(0, 2**40)


@cache
def world_of(number: int) -> tuple[Data, Graph, GraphView]:
    data = random_world(Random(number))  # noqa: S311 - a world, not a secret
    graph = graph_of(manifest(data))
    return data, graph, GraphView(graph, vocabulary(), TODAY)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def in_words(value: Any, graph: Graph, kind: Any) -> Any:
    """What the tool computes, with references instead of node numbers."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return [in_words(item, graph, getattr(kind, "item", kind)) for item in value]
    return str(graph.reference(value)) if isinstance(kind, Kind) else value


def compiled(
    kind: str, condition: Node, value: Node | None = None, subject: str = "each"
) -> tuple[Expression, Expression | None]:
    """The condition and the value as the compiler types them."""
    said = f"\nmessage: {quoted('{' + text_of(value) + '}')}" if value else ""
    policy = policy_of(f"{subject}: {kind}\nmust: {quoted(text_of(condition))}{said}", above=SELECT)
    assert isinstance(policy.verb, Must)
    spoken = next((part for part in policy.message if not isinstance(part, str)), None)
    return policy.verb.condition, spoken


@MANY
@given(seeds)
def test_conditions_and_values_of_components_agree(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    author = Author(random)
    kind = random.choice(sorted(KINDS))
    scope = {"it": Kind((kind,)), "subject": Kind((kind,))}
    condition = author.condition(scope, "it")
    value = author.value(random.choice(["number", "date"]), scope, "it", 2)
    for _ in range(3):
        data, graph, view = world_of(random.randrange(WORLDS))
        typed, spoken = compiled(kind, condition, value)
        for reference in (name for name in data.components if name.startswith(f"{kind}:")):
            node = next(number for number in range(len(graph.components)) if str(graph.reference(number)) == reference)
            bound = {"it": reference, "subject": reference}
            found = view.conditions.function(typed, ("it", "subject"))(node, node)
            assert found is Meaning(data).of(condition, bound), (text_of(condition), reference, manifest(data))
            if spoken is not None and value is not None:
                shown = in_words(view.conditions.function(spoken, ("it", "subject"))(node, node), graph, value.type)
                assert shown == Meaning(data).of(value, bound), (text_of(value), reference, manifest(data))


@MANY
@given(seeds)
def test_conditions_over_groups_agree(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    author = Author(random)
    kind = random.choice(sorted(KINDS))
    condition = author.group_condition(kind)
    typed, _ = compiled(kind, condition, subject="all")
    for _ in range(3):
        data, graph, view = world_of(random.randrange(WORLDS))
        members = [name for name in data.components if name.startswith(f"{kind}:")]
        chosen = sorted(random.sample(members, random.randint(1, len(members))))
        numbers = tuple(number for number in range(len(graph.components)) if str(graph.reference(number)) in chosen)
        found = view.conditions.function(typed, ("members",))(numbers)
        assert found is Meaning(data).of(condition, {"members": chosen}), (text_of(condition), chosen, manifest(data))


@cases(400)
@given(seeds)
def test_selectors_of_subjects_agree(seed: int) -> None:
    """A subject is a component that a selector does not certainly leave out."""
    random = Random(seed)  # noqa: S311
    kind = random.choice(sorted(KINDS))
    condition = Author(random).condition({"it": Kind((kind,))}, "it")
    # What can never be yes is refused as a selector.
    assume(is_possible_condition(compiled(kind, condition)[0], {"it": (kind,)}, vocabulary(), Effort()))
    policy = policy_of(f"each: {quoted(f'{kind} where {text_of(condition)}')}\nmust: true", above=SELECT)
    assert isinstance(policy.subject, EachComponent)
    for _ in range(3):
        data, graph, view = world_of(random.randrange(WORLDS))
        expected = [
            name
            for name in sorted(data.components)
            if name.startswith(f"{kind}:") and Meaning(data).of(condition, {"it": name}) is not False
        ]
        found = [str(graph.reference(node)) for node in view.conditions.candidates(policy.subject.selector).nodes]
        assert found == expected, (text_of(condition), manifest(data))


def test_the_random_conditions_are_yes_no_and_unknown_in_fair_shares() -> None:
    """A property over conditions that are all unknown, or all yes, would show nothing."""
    found: Counter[bool | None] = Counter()
    words: Counter[str] = Counter()

    def note(node: Node) -> None:
        words[node.word] += 1
        for part in node.parts:
            note(part)

    for seed in range(600):
        random = Random(seed)  # noqa: S311
        kind = random.choice(sorted(KINDS))
        condition = Author(random).condition({"it": Kind((kind,))}, "it")
        note(condition)
        data = world_of(seed % WORLDS)[0]
        reference = next(name for name in data.components if name.startswith(f"{kind}:"))
        found[Meaning(data).of(condition, {"it": reference})] += 1
    assert min(found.values()) >= 60, found
    assert all(words[word] >= 20 for word in ("and", "or", "not", "some", "every", "no", "in", "all in", "is", "set", "count")), (
        words
    )
