"""The tool's floors against the second implementation, and against edits: neither what is worse nor what is left out lowers.

A candidate is raised to production only by what is declared, so leaving that out may lower a candidate; it stays a pilot.
"""

from collections.abc import Callable
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.floors import SENSITIVITY, STAGE, Floors
from tests.oracle.generator import EFFECTS, random_world
from tests.oracle.worlds import World, kind_of
from tests.support.cases import cases
from tests.support.worlds import graph_of

CASES = 150
WORST: dict[tuple[str, str], object] = {
    ("use_case", "audience"): "public",
    ("action", "effects"): list(EFFECTS),
    ("action", "reversible"): False,
    ("system", "criticality"): "critical",
    ("system", "environment"): "production",
    ("system", "external"): True,
    ("dataset", "classification"): "secret",
    ("dataset", "environment"): "production",
}
RAISED = {"action": ("sensitivity", SENSITIVITY), "use_case": ("stage", STAGE)}
Values = dict[str, str | None]


def tool(world: World) -> Values:
    """What the tool makes of the sensitivity of every action and the stage of every use case."""
    graph = graph_of(world.text())
    found = {str(one.reference): graph.values[node] for node, one in enumerate(graph.components)}
    return {
        reference: None if (given := values.get(RAISED[kind_of(reference)][0])) is None else str(given)
        for reference, values in found.items()
        if kind_of(reference) in RAISED
    }


def level(reference: str, value: str | None) -> int:
    """A place in the order of words; what is unknown is judged as the worst."""
    words = RAISED[kind_of(reference)][1]
    return words.index(value) if value is not None else len(words)


def inputs(world: World) -> list[tuple[str, str]]:
    """What sets a floor and has a value in this world."""
    return [(one, name) for one, thing in world.things.items() for name in thing.fields if (kind_of(one), name) in WORST]


def edited(world: World, place: tuple[str, str], change: Callable[[dict[str, object], str], object]) -> World:
    changed = world.copy()
    change(changed.things[place[0]].fields, place[1])
    return changed


def lowered(before: Values, after: Values) -> list[str]:
    return [one for one, value in before.items() if level(one, after[one]) < level(one, value)]


@cases(CASES)
@given(st.integers(0, 10**6))
def test_nothing_left_out_and_nothing_worse_lowers_what_is_raised(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a world, not a secret
    world = random_world(random)
    before = tool(world)
    floors = Floors(world)
    assert before == {one: floors.stage(one) if kind_of(one) == "use_case" else floors.sensitivity(one) for one in before}
    for one, value in before.items():
        declared = world.things[one].fields.get(RAISED[kind_of(one)][0])
        assert declared is None or level(one, value) >= level(one, str(declared))
    places = inputs(world)
    if places:
        place = random.choice(places)
        worse = tool(edited(world, place, lambda fields, name: fields.update({name: WORST[kind_of(place[0]), name]})))
        assert lowered(before, worse) == []
        left_out = tool(edited(world, place, lambda fields, name: fields.pop(name)))
        for one in lowered(before, left_out):
            assert (world.things[one].fields.get("stage"), left_out[one]) == ("candidate", "pilot"), (place, world.text())


@cases(CASES // 5)
@given(st.integers(0, 10**6))
def test_what_is_declared_only_raises(seed: int) -> None:
    """Without a sensitivity an action has its floor, and with each word the greater of the two."""
    world = random_world(Random(seed))  # noqa: S311
    for action in world.of("action")[:2]:
        least = tool(edited(world, (action, "sensitivity"), lambda fields, name: fields.pop(name, None)))[action]
        assert least is not None
        for word in SENSITIVITY:
            changed = world.copy()
            changed.things[action].fields["sensitivity"] = word
            assert tool(changed)[action] == max(least, word, key=SENSITIVITY.index)
