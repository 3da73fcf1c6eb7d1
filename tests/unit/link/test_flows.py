"""Values that flow along links: tables of small worlds, and random worlds held against a naive fixpoint.

The fixpoint is written from the design and from the comments in `schemas/vocabulary.yaml`: it carries sets of declared values
along hops until nothing changes, and only then asks which one wins. It shares no code with the product.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.reading import linked

from shipcheck.graph import flow
from shipcheck.graph.graph import Graph
from shipcheck.model.limit import WorkLimitError

UNKNOWN = "?"
VOCABULARY = Path(__file__).parents[3] / "schemas" / "vocabulary.yaml"
World = dict[str, dict[str, dict[str, Any]]]
Values = dict[tuple[str, str], Any]


@cache
def vocabulary() -> Any:
    """The vocabulary as plain data. The file quotes no word that YAML 1.1 reads as a boolean, so PyYAML's guesses do no harm."""
    return yaml.safe_load(VOCABULARY.read_text("utf-8"))


def section(kind: str) -> str:
    return str(vocabulary()["kinds"][kind]["section"])


def derived(world: World) -> dict[str, Values]:
    """The values of every flow that the product derives, by component; what is not in it is unknown."""
    graph = linked(manifest(world))
    assert isinstance(graph, Graph), graph
    found: dict[str, Values] = {name: {} for name in vocabulary()["flows"]}
    for component, values in zip(graph.components, graph.values, strict=True):
        kind, name = component.reference.kind, component.reference.name
        for title, spec in vocabulary()["flows"].items():
            if kind in spec["onto"] and title in values:
                value = values[title]
                if isinstance(value, tuple):
                    value = {graph.reference(node).name for node in value}
                found[title][kind, name] = value
    return found


def manifest(world: World) -> str:
    """JSON is YAML: text is quoted, numbers and booleans are plain."""
    sections = {section(kind): components for kind, components in world.items()}
    return json.dumps({"shipcheck": 1, **sections}, ensure_ascii=False)


class Hop(NamedTuple):
    """One way on."""

    start: tuple[str, str]
    end: tuple[str, str]


def hops(world: World, step: list[str]) -> Iterator[Hop]:
    """The hops of one step: links forwards, inverse names backwards, and `through` from a hop's start to its gates."""
    kinds = vocabulary()["kinds"]
    for kind, components in world.items():
        for name, fields in components.items():
            for link, spec in kinds[kind].get("links", {}).items():
                items = fields.get(link, [])
                for item in items if isinstance(items, list) else [items]:
                    hop = item if isinstance(item, dict) else {"to": item}
                    end = full(world, hop["to"], spec["to"])
                    if link in step:
                        yield Hop((kind, name), end)
                    if spec["inverse"] in step:
                        yield Hop(end, (kind, name))
                    if "through" in step:
                        yield from (Hop((kind, name), ("gate", gate)) for gate in hop.get("through", []))


def full(world: World, written: str, kinds: list[str]) -> tuple[str, str]:
    prefix, colon, name = written.rpartition(":")
    return (prefix if colon else next(kind for kind in kinds if name in world.get(kind, {}))), name


def declared(kind: str, fields: dict[str, Any], name: str) -> Any:
    """A declared value, or the default that the vocabulary gives, or unknown."""
    absent = vocabulary()["kinds"][kind]["fields"][name].get("absent", "unknown")
    if isinstance(absent, dict):
        absent = absent["else"] if fields.get(absent["unknown_if"]) is False else "unknown"
    return fields.get(name, UNKNOWN if absent in {"unknown", "none"} else absent)


def given_to(world: World, spec: Any, kind: str, name: str) -> Any:
    """What a component gives to a flow; None for nothing."""
    source = spec.get("from", {}).get(kind)
    if isinstance(source, str):
        return raised(world, kind, name, source)
    for rule in source if isinstance(source, list) else [source] if source else []:
        if all(holds(world, (kind, name), *test, may=False) for test in rule["when"].items()):
            if "field" in rule:
                return declared(kind, world[kind][name], rule["field"])
            return UNKNOWN if rule["gives"] == "unknown" else rule["gives"]
    return None


def raised(world: World, kind: str, name: str, field: str) -> Any:
    """The greater of what is declared and the floor, if the field has one."""
    value = declared(kind, world[kind][name], field)
    rules = vocabulary()["floors"].get(f"{kind}.{field}", {}).get("rules", [])
    order = list(vocabulary()["choices"][vocabulary()["kinds"][kind]["fields"][field].get("words", "stage")]["words"])
    for rule in rules if value != UNKNOWN else []:
        tests = [(test, may) for key, may in (("when", True), ("certain", False)) for test in rule.get(key, {}).items()]
        if all(holds(world, (kind, name), *test, may=may) for test, may in tests):
            value = max(value, rule["at_least"], key=order.index)
    return value


def holds(world: World, component: tuple[str, str], title: str, wanted: Any, *, may: bool) -> bool:
    """Whether a test of the vocabulary holds; `may` is the answer for what is not declared."""
    kind, name = component
    ends = [hop.end for hop in hops(world, [title]) if hop.start == component]
    if isinstance(wanted, dict):
        return any(all(holds(world, end, *part, may=may) for part in wanted.items()) for end in ends)
    spec = vocabulary()["kinds"][kind]
    if title in vocabulary()["flows"] and title not in spec["fields"]:
        value = values_of(json.dumps(world), title).get(component, UNKNOWN)
    elif title in spec["fields"]:
        value = declared(kind, world[kind][name], title)
    else:
        value = ends
    if value == UNKNOWN:
        return may or "undeclared" in wanted
    if isinstance(value, list):
        return ("given" if value else "empty") in wanted or any(item in wanted for item in value)
    return "given" in wanted or value in wanted


@cache
def values_of(world: str, title: str) -> Values:
    """The values of a flow in a world, which is given as JSON."""
    return fixpoint(json.loads(world), vocabulary()["flows"][title])


def fixpoint(world: World, spec: Any) -> Values:
    """The flow, naively: sets of values pushed along hops until nothing changes, step after step."""
    every = {(kind, name): fields for kind, components in world.items() for name, fields in components.items()}
    held: dict[tuple[str, str], set[Any]] = {}
    for kind, name in every:
        value = given_to(world, spec, kind, name)
        seeds = set() if value is None else {spec.get("counts_as", {}).get(value, value)}
        held[kind, name] = {name} if kind == spec.get("collects") else seeds
    backwards = spec["combine"] == "collect"
    for step in spec["steps"]:
        ways = list(hops(world, step))
        changed = True
        while changed:
            changed = False
            for way in ways:
                source, target = (way.end, way.start) if backwards else way
                if not held[source] <= held[target]:
                    held[target] |= held[source]
                    changed = True
    kept = {key: values for key, values in held.items() if key[0] in spec["onto"]}
    if backwards:
        return dict(kept)
    return {key: value for key, values in kept.items() if (value := winner(values, spec)) != UNKNOWN}


def winner(values: set[Any], spec: Any) -> Any:
    """Which of the values that reach a component is its own."""
    order = [False, True] if spec["combine"] == "any" else list(vocabulary()["choices"][spec["words"]]["words"])
    known = sorted(values - {UNKNOWN}, key=order.index)
    if known and known[-1] == order[-1]:
        return order[-1]
    if UNKNOWN in values and (spec.get("unknown", "wins") == "wins" or not known):
        return UNKNOWN
    if known and spec["combine"] == "greatest":
        return known[-1]
    return spec.get("start", UNKNOWN)


class Case(NamedTuple):
    """A world, and what one component in it has."""

    world: World
    component: tuple[str, str]
    value: Any


A = ("agent", "a")
STAGES = ("retired", "candidate", "pilot", "production")
STAGE = {
    "nothing reaches it": Case({"agent": {"a": {}}}, A, UNKNOWN),
    "the one stage that reaches it": Case(
        {"use_case": {"u": {"stage": "candidate", "uses": ["a"]}}, "agent": {"a": {}}}, A, "candidate"
    ),
    "the greatest of several": Case(
        {
            "use_case": {stage: {"stage": stage, "uses": ["a"]} for stage in STAGES},
            "agent": {"a": {}},
        },
        A,
        "production",
    ),
    "known wins over unknown": Case(
        {"use_case": {"u": {"stage": "candidate", "uses": ["a"]}, "v": {"uses": ["a"]}}, "agent": {"a": {}}}, A, "candidate"
    ),
    "what is retired and still reaches it": Case(
        {"use_case": {"u": {"stage": "retired", "uses": ["a"]}, "v": {"stage": "candidate", "uses": ["a"]}}, "agent": {"a": {}}},
        A,
        "production",
    ),
    "what is retired and reaches something else": Case(
        {
            "use_case": {"u": {"stage": "retired", "uses": ["b"]}, "v": {"stage": "candidate", "uses": ["a"]}},
            "agent": {"a": {}, "b": {}},
        },
        A,
        "candidate",
    ),
    "unknown alone": Case({"use_case": {"u": {"uses": ["a"]}}, "agent": {"a": {}}}, A, UNKNOWN),
    "a model that is used": Case(
        {"use_case": {"u": {"stage": "candidate", "uses": ["m"]}}, "model": {"m": {}}}, ("model", "m"), "candidate"
    ),
    "a system that is touched": Case(
        {"use_case": {"u": {"stage": "candidate", "touches": ["s"]}}, "system": {"s": {}}}, ("system", "s"), "candidate"
    ),
    "a gate in a hop": Case(
        {
            "use_case": {"u": {"stage": "candidate", "uses": ["a"]}},
            "agent": {"a": {"calls": [{"to": "c", "through": ["g"]}]}},
            "action": {"c": {}},
            "gate": {"g": {}},
        },
        ("gate", "g"),
        "candidate",
    ),
    "the sink of a gate that guards": Case(
        {
            "use_case": {"u": {"stage": "candidate", "uses": ["a"]}},
            "agent": {"a": {"calls": ["c"]}},
            "action": {"c": {"guarded_by": ["g"]}},
            "gate": {"g": {"audited_by": ["t"]}},
            "audit_sink": {"t": {}},
        },
        ("audit_sink", "t"),
        "candidate",
    ),
    "not what an action changes": Case(
        {
            "use_case": {"u": {"stage": "candidate", "uses": ["a"]}},
            "agent": {"a": {"calls": ["c"]}},
            "action": {"c": {"changes": ["p"]}},
            "prompt": {"p": {}},
        },
        ("prompt", "p"),
        UNKNOWN,
    ),
    "not the system that hosts a dataset": Case(
        {
            "use_case": {"u": {"stage": "candidate", "uses": ["a"]}},
            "agent": {"a": {"reads": ["d"]}},
            "dataset": {"d": {"hosted_in": ["s"]}},
            "system": {"s": {}},
        },
        ("system", "s"),
        UNKNOWN,
    ),
    "around a cycle": Case(
        {
            "use_case": {"u": {"stage": "candidate", "uses": ["b"]}},
            "agent": {"a": {"delegates_to": ["b"]}, "b": {"delegates_to": ["c"]}, "c": {"delegates_to": ["a"]}},
        },
        A,
        "candidate",
    ),
}
SEES = {
    "nothing read": Case({"agent": {"a": {}}}, A, "none"),
    "what it reads": Case({"agent": {"a": {"reads": ["d"]}}, "dataset": {"d": {"classification": "internal"}}}, A, "internal"),
    "the gravest that it reads": Case(
        {
            "agent": {"a": {"reads": ["d", "e"]}},
            "dataset": {"d": {"classification": "confidential"}, "e": {"classification": "public"}},
        },
        A,
        "confidential",
    ),
    "unknown wins over all but the greatest": Case(
        {"agent": {"a": {"reads": ["d", "e"]}}, "dataset": {"d": {"classification": "confidential"}, "e": {}}}, A, UNKNOWN
    ),
    "nothing is graver than secret": Case(
        {"agent": {"a": {"reads": ["d", "e"]}}, "dataset": {"d": {"classification": "secret"}, "e": {}}}, A, "secret"
    ),
    "what its action reads": Case(
        {
            "agent": {"a": {"calls": ["c"]}},
            "action": {"c": {"reads": ["d"]}},
            "dataset": {"d": {"classification": "public"}},
        },
        A,
        "public",
    ),
    "what its tool server's action reads": Case(
        {
            "agent": {"a": {"connects_to": ["t"]}},
            "tool_server": {"t": {"offers": ["c"]}},
            "action": {"c": {"reads": ["d"]}},
            "dataset": {"d": {"classification": "secret"}},
        },
        A,
        "secret",
    ),
    "handed on when it is delegated to": Case(
        {
            "agent": {"a": {}, "b": {"delegates_to": ["a"], "reads": ["d"]}},
            "dataset": {"d": {"classification": "secret"}},
        },
        A,
        "secret",
    ),
    "handed on when it is started": Case(
        {
            "agent": {"a": {}, "b": {"calls": ["c"], "reads": ["d"]}},
            "action": {"c": {"starts": ["a"]}},
            "dataset": {"d": {"classification": "secret"}},
        },
        A,
        "secret",
    ),
    "not handed back": Case(
        {
            "agent": {"a": {"delegates_to": ["b"]}, "b": {"reads": ["d"]}},
            "dataset": {"d": {"classification": "secret"}},
        },
        A,
        "none",
    ),
}
YES, NO = True, False
SEES_PERSONAL_DATA = {
    "nothing read": Case({"agent": {"a": {}}}, A, NO),
    "what it reads": Case({"agent": {"a": {"reads": ["d"]}}, "dataset": {"d": {"personal_data": True}}}, A, YES),
    "none, said so": Case({"agent": {"a": {"reads": ["d"]}}, "dataset": {"d": {"personal_data": False}}}, A, NO),
    "nothing said": Case({"agent": {"a": {"reads": ["d"]}}, "dataset": {"d": {}}}, A, UNKNOWN),
    "behind a system": Case(
        {
            "agent": {"a": {"calls": ["c"]}},
            "action": {"c": {"reads_from": ["s"]}},
            "system": {"s": {}},
            "dataset": {"d": {"personal_data": True, "hosted_in": ["s"]}},
        },
        A,
        YES,
    ),
}
TAINTED = {
    "nothing untrusted, said so": Case({"agent": {"a": {"untrusted_input": False}}}, A, NO),
    "nothing said": Case({"agent": {"a": {}}}, A, UNKNOWN),
    "its own input": Case({"agent": {"a": {"untrusted_input": True}}}, A, YES),
    "a dataset that does not say so is trusted": Case(
        {"agent": {"a": {"untrusted_input": False, "reads": ["d"]}}, "dataset": {"d": {}}}, A, NO
    ),
    "an untrusted dataset": Case(
        {"agent": {"a": {"untrusted_input": False, "reads": ["d"]}}, "dataset": {"d": {"untrusted": True}}}, A, YES
    ),
    "an untrusted system that its action reads": Case(
        {
            "agent": {"a": {"untrusted_input": False, "calls": ["c"]}},
            "action": {"c": {"reads_from": ["s"]}},
            "system": {"s": {"untrusted": True}},
        },
        A,
        YES,
    ),
    "a system that its action only writes": Case(
        {
            "agent": {"a": {"untrusted_input": False, "calls": ["c"]}},
            "action": {"c": {"writes_to": ["s"]}},
            "system": {"s": {"untrusted": True}},
        },
        A,
        NO,
    ),
    "an external system that does not say": Case(
        {
            "agent": {"a": {"untrusted_input": False, "calls": ["c"]}},
            "action": {"c": {"reads_from": ["s"]}},
            "system": {"s": {"external": True}},
        },
        A,
        UNKNOWN,
    ),
    "a system that does not say whether it is external": Case(
        {
            "agent": {"a": {"untrusted_input": False, "calls": ["c"]}},
            "action": {"c": {"reads_from": ["s"]}},
            "system": {"s": {}},
        },
        A,
        UNKNOWN,
    ),
    "an internal system that does not say": Case(
        {
            "agent": {"a": {"untrusted_input": False, "calls": ["c"]}},
            "action": {"c": {"reads_from": ["s"]}},
            "system": {"s": {"external": False}},
        },
        A,
        NO,
    ),
    "a tool server that does not say": Case(
        {"agent": {"a": {"untrusted_input": False, "connects_to": ["t"]}}, "tool_server": {"t": {}}}, A, UNKNOWN
    ),
    "yes wins over unknown": Case(
        {"agent": {"a": {"untrusted_input": True, "connects_to": ["t"]}}, "tool_server": {"t": {}}}, A, YES
    ),
    "unknown is handed on": Case({"agent": {"a": {"untrusted_input": False}, "b": {"delegates_to": ["a"]}}}, A, UNKNOWN),
    "yes is handed on": Case(
        {"agent": {"a": {"untrusted_input": False}, "b": {"delegates_to": ["a"], "untrusted_input": True}}}, A, YES
    ),
}
U = ("use_case", "u")
SYSTEMS = {
    "none": Case({"use_case": {"u": {}}, "system": {"s": {}}}, U, set()),
    "touched": Case({"use_case": {"u": {"touches": ["s"]}}, "system": {"s": {}, "t": {}}}, U, {"s"}),
    "written and read by an action": Case(
        {
            "use_case": {"u": {"uses": ["a"]}},
            "agent": {"a": {"calls": ["c"]}},
            "action": {"c": {"writes_to": ["s"], "reads_from": ["t"]}},
            "system": {"s": {}, "t": {}, "v": {}},
        },
        U,
        {"s", "t"},
    ),
    "behind a tool server, another agent and a dataset": Case(
        {
            "use_case": {"u": {"uses": ["a"]}},
            "agent": {"a": {"connects_to": ["t"]}, "b": {"reads": ["d"]}},
            "tool_server": {"t": {"offers": ["c"]}},
            "action": {"c": {"starts": ["b"]}},
            "dataset": {"d": {"hosted_in": ["s"]}},
            "system": {"s": {}},
        },
        U,
        {"s"},
    ),
    "around a cycle": Case(
        {
            "use_case": {"u": {"uses": ["a"]}},
            "agent": {"a": {"delegates_to": ["b"], "calls": ["c"]}, "b": {"delegates_to": ["a"], "calls": ["d"]}},
            "action": {"c": {"writes_to": ["s"]}, "d": {"writes_to": ["t"]}},
            "system": {"s": {}, "t": {}},
        },
        U,
        {"s", "t"},
    ),
    "around a cycle that is entered twice": Case(
        {
            "use_case": {"t": {"uses": ["a"]}, "u": {"uses": ["c"]}},
            "agent": {
                "a": {"delegates_to": ["b"], "calls": ["x"]},
                "b": {"delegates_to": ["c"]},
                "c": {"delegates_to": ["a"]},
            },
            "action": {"x": {"writes_to": ["s"]}},
            "system": {"s": {}},
        },
        U,
        {"s"},
    ),
}
ACTS_ON = {
    "nothing changed": Case({"use_case": {"u": {"uses": ["a"]}}, "agent": {"a": {}}}, U, "none"),
    "a copy for tests": Case(
        {
            "use_case": {"u": {"uses": ["a"]}},
            "agent": {"a": {"calls": ["c"]}},
            "action": {"c": {"writes_to": ["s"]}},
            "system": {"s": {"environment": "test"}},
        },
        U,
        "test",
    ),
    "the highest of several": Case(
        {
            "use_case": {"u": {"uses": ["a"], "touches": ["t"]}},
            "agent": {"a": {"delegates_to": ["b"]}, "b": {"calls": ["c"]}},
            "action": {"c": {"changes": ["d"]}},
            "dataset": {"d": {"environment": "production"}},
            "system": {"t": {"environment": "test"}},
        },
        U,
        "production",
    ),
    "what does not say": Case({"use_case": {"u": {"touches": ["s"]}}, "system": {"s": {}}}, U, UNKNOWN),
    "what has effects and changes nothing that is declared": Case(
        {"action": {"c": {"effects": ["payments"]}}}, ("action", "c"), UNKNOWN
    ),
    "what has no effects": Case({"action": {"c": {"effects": []}}}, ("action", "c"), "none"),
    "instructions": Case({"action": {"c": {"changes": ["p"]}}, "prompt": {"p": {}}}, ("action", "c"), "production"),
    "what it only reads": Case(
        {"action": {"c": {"effects": [], "reads_from": ["s"]}}, "system": {"s": {"environment": "production"}}},
        ("action", "c"),
        "none",
    ),
}
CODE = [{"file": "src/a.py"}]
HAS_CODE = {
    "no code": Case({"use_case": {"u": {"uses": ["a"]}}, "agent": {"a": {}}}, U, value=False),
    "an agent behind another": Case(
        {"use_case": {"u": {"uses": ["a"]}}, "agent": {"a": {"delegates_to": ["b"]}, "b": {"implemented_by": CODE}}},
        U,
        value=True,
    ),
    "an action": Case(
        {"use_case": {"u": {"uses": ["a"]}}, "agent": {"a": {"calls": ["c"]}}, "action": {"c": {"implemented_by": CODE}}},
        U,
        value=True,
    ),
    "a disabled action": Case(
        {
            "use_case": {"u": {"uses": ["a"]}},
            "agent": {"a": {"calls": ["c"]}},
            "action": {"c": {"implemented_by": CODE, "state": "disabled"}},
        },
        U,
        value=False,
    ),
}
SECRET = {"classification": "secret"}
DRAWS_ON = {
    "nothing": Case({"use_case": {"u": {"uses": ["a"]}}, "agent": {"a": {}}}, U, "none"),
    "what its agent reads": Case(
        {"use_case": {"u": {"uses": ["a"]}}, "agent": {"a": {"reads": ["d"]}}, "dataset": {"d": SECRET}}, U, "secret"
    ),
    "a copy for tests": Case(
        {
            "use_case": {"u": {"uses": ["a"]}},
            "agent": {"a": {"reads": ["d"]}},
            "dataset": {"d": SECRET | {"environment": "test"}},
        },
        U,
        "none",
    ),
    "what does not say how secret it is": Case(
        {"use_case": {"u": {"uses": ["a"]}}, "agent": {"a": {"reads": ["d"]}}, "dataset": {"d": {}}}, U, UNKNOWN
    ),
}
GUARDED: World = {"action": {"c": {"guarded_by": ["g"]}}, "gate": {"g": {}}}
G = ("gate", "g")
MET_UNATTENDED = {
    "by nobody": Case(GUARDED, G, value=False),
    "an agent that nobody watches": Case(GUARDED | {"agent": {"a": {"unattended": True, "calls": ["c"]}}}, G, value=True),
    "an agent that is watched": Case(GUARDED | {"agent": {"a": {"unattended": False, "calls": ["c"]}}}, G, value=False),
    "an agent that does not say": Case(GUARDED | {"agent": {"a": {"calls": ["c"]}}}, G, UNKNOWN),
    "through a hop": Case(
        {"agent": {"a": {"unattended": True, "calls": [{"to": "c", "through": ["g"]}]}}, "action": {"c": {}}, "gate": {"g": {}}},
        G,
        value=True,
    ),
}
MET_BY_SUB_AGENTS = {
    "by an agent that people start": Case(GUARDED | {"agent": {"a": {"calls": ["c"]}}}, G, value=False),
    "an agent that another one starts": Case(
        GUARDED | {"agent": {"a": {"delegates_to": ["b"]}, "b": {"calls": ["c"]}}}, G, value=True
    ),
    "an agent that an action starts": Case(
        {"action": {"c": {"guarded_by": ["g"]}, "s": {"starts": ["b"]}}, "gate": {"g": {}}, "agent": {"b": {"calls": ["c"]}}},
        G,
        value=True,
    ),
}
C = ("action", "c")
CHANGES_MEMORY = {
    "nothing": Case({"action": {"c": {}}}, C, value=False),
    "what nobody reads": Case({"action": {"c": {"changes": ["d"]}}, "dataset": {"d": {}}}, C, value=False),
    "what an agent reads": Case(
        {"action": {"c": {"changes": ["d"]}}, "dataset": {"d": {}}, "agent": {"a": {"reads": ["d"]}}}, C, value=True
    ),
}
INSIDER_TAINTED = {
    "nothing read": Case({"agent": {"a": {}}}, A, NO),
    "text of insiders": Case({"agent": {"a": {"reads": ["d"]}}, "dataset": {"d": {"insider_text": True}}}, A, YES),
    "none, said so": Case({"agent": {"a": {"reads": ["d"]}}, "dataset": {"d": {"insider_text": False}}}, A, NO),
    "nothing said": Case({"agent": {"a": {"reads": ["d"]}}, "dataset": {"d": {}}}, A, UNKNOWN),
    "behind a system": Case(
        {
            "agent": {"a": {"calls": ["c"]}},
            "action": {"c": {"reads_from": ["s"]}},
            "system": {"s": {"insider_text": True}},
        },
        A,
        YES,
    ),
}
TABLES = {
    "acts_on": ACTS_ON,
    "draws_on": DRAWS_ON,
    "met_unattended": MET_UNATTENDED,
    "met_by_sub_agents": MET_BY_SUB_AGENTS,
    "changes_memory": CHANGES_MEMORY,
    "insider_tainted": INSIDER_TAINTED,
    "has_code": HAS_CODE,
    "stage": STAGE,
    "sees": SEES,
    "sees_personal_data": SEES_PERSONAL_DATA,
    "tainted": TAINTED,
    "systems": SYSTEMS,
}
CASES = [(name, title) for name, table in TABLES.items() for title in table]


@pytest.mark.parametrize(("name", "title"), CASES, ids=[f"{name}: {title}" for name, title in CASES])
def test_a_flow_brings_a_component_its_value(name: str, title: str) -> None:
    world, component, value = TABLES[name][title]
    assert derived(world)[name].get(component, UNKNOWN) == value


@pytest.mark.parametrize(("name", "title"), CASES, ids=[f"{name}: {title}" for name, title in CASES])
def test_the_fixpoint_that_random_worlds_are_held_against_agrees_with_the_tables(name: str, title: str) -> None:
    world, component, value = TABLES[name][title]
    assert fixpoint(world, vocabulary()["flows"][name]).get(component, UNKNOWN) == value


def test_every_flow_of_the_vocabulary_has_a_table() -> None:
    assert set(TABLES) == set(vocabulary()["flows"])


# What the tests of floors and flows ask of components, besides what flows start from.
ASKED: dict[str, dict[str, list[Any]]] = {
    "use_case": {"audience": ["staff", "public"]},
    "agent": {"implemented_by": [[{"file": "src/a.py"}]]},
    "action": {"effects": [[], ["payments"]], "state": ["live", "disabled"], "implemented_by": [[{"file": "src/a.py"}]]},
    "integration": {"status": ["planned", "verified"]},
}


def seeds(kind: str) -> dict[str, list[Any]]:
    """The fields of a kind that flows start from, with the values they can have."""
    found: dict[str, list[Any]] = dict(ASKED.get(kind, {}))
    for spec in vocabulary()["flows"].values():
        field = spec.get("from", {}).get(kind)
        if isinstance(field, str):
            declared = vocabulary()["kinds"][kind]["fields"][field]
            words = declared.get("words")
            found[field] = list(vocabulary()["choices"][words]["words"]) if words else [True, False]
            if isinstance(declared.get("absent"), dict):
                found[declared["absent"]["unknown_if"]] = [True, False]
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world with a few components of every kind, and long chains of agents in some."""
    kinds = vocabulary()["kinds"]
    most = draw(st.sampled_from([1, 2, 4, 6]))
    world: World = {kind: {f"{kind[:2]}{number}": {} for number in range(draw(st.integers(most // 2, most)))} for kind in kinds}
    for kind, components in world.items():
        for fields in components.values():
            for field, values in seeds(kind).items():
                value = draw(st.sampled_from([None, *values]))
                if value is not None:
                    fields[field] = value
            for link, spec in kinds[kind].get("links", {}).items():
                add_link(draw, world, fields, link, spec)
    if draw(st.integers(0, 3)) == 0:
        add_chain(draw, world)
    return {kind: components for kind, components in world.items() if components}


def add_link(draw: st.DrawFn, world: World, fields: dict[str, Any], link: str, spec: Any) -> None:
    targets = [f"{kind}:{name}" for kind in spec["to"] for name in world[kind]]
    if not targets or not draw(st.integers(0, 2)):
        return
    if spec.get("single"):
        fields[link] = draw(st.sampled_from(targets))
        return
    items: list[Any] = draw(st.lists(st.sampled_from(targets), max_size=2))
    gates = list(world["gate"])
    if spec.get("through") and gates:
        items = [{"to": item, "through": draw(st.lists(st.sampled_from(gates), unique=True, max_size=2))} for item in items]
    fields[link] = items


def add_chain(draw: st.DrawFn, world: World) -> None:
    """A chain of agents that perhaps begins and perhaps ends at one of the others."""
    length = draw(st.integers(5, 30))
    ends = list(world["agent"])
    last = draw(st.lists(st.sampled_from(ends), max_size=1)) if ends else []
    first = draw(st.lists(st.sampled_from(ends), max_size=1)) if ends else []
    for number in range(length):
        following = [f"chain{number + 1}"] if number + 1 < length else last
        world["agent"][f"chain{number}"] = {"delegates_to": following, "untrusted_input": False}
    for name in first:
        world["agent"][name].setdefault("delegates_to", []).append("chain0")


@cases(300)
@given(worlds())
def test_flows_agree_with_a_naive_fixpoint(world: World) -> None:
    found = derived(world)
    for name, spec in vocabulary()["flows"].items():
        assert found[name] == fixpoint(world, spec), name


@cases(100)
@given(worlds())
def test_flows_are_kept_only_on_the_kinds_that_carry_them(world: World) -> None:
    graph = linked(manifest(world))
    assert isinstance(graph, Graph)
    for component, values in zip(graph.components, graph.values, strict=True):
        kind = component.reference.kind
        own = vocabulary()["kinds"][kind].get("fields", {})
        wrong = [
            name
            for name, spec in vocabulary()["flows"].items()
            if kind not in spec["onto"] and name not in own and name in values
        ]
        assert wrong == []


def test_a_use_case_declares_its_stage_and_keeps_it() -> None:
    graph = linked(manifest({"use_case": {"u": {"stage": "candidate", "uses": ["a"]}, "v": {}}, "agent": {"a": {}}}))
    assert isinstance(graph, Graph)
    stages = {
        component.reference.name: values.get("stage") for component, values in zip(graph.components, graph.values, strict=True)
    }
    assert stages == {"u": "candidate", "v": None, "a": "candidate"}


def test_a_long_chain_with_a_system_at_every_link_is_collected() -> None:
    length = 3_000
    world: World = {
        "use_case": {"u": {"uses": ["a0"]}},
        "agent": {
            f"a{number}": {"delegates_to": [f"a{(number + 1) % length}"], "calls": [f"c{number}"]} for number in range(length)
        },
        "action": {f"c{number}": {"writes_to": [f"s{number}"]} for number in range(length)},
        "system": {f"s{number}": {} for number in range(length)},
    }
    assert len(derived(world)["systems"]["use_case", "u"]) == length


def crowd(side: int, touched: str) -> World:
    """Use cases that all reach the same systems through one agent, and touch one more each."""
    return {
        "use_case": {f"u{number}": {"touches": [touched.format(number)], "uses": ["a"]} for number in range(side)},
        "agent": {"a": {"calls": ["c"]}},
        "action": {"c": {"reads_from": [f"s{number}" for number in range(side)]}},
        "system": {f"{letter}{number}": {} for letter in "st" for number in range(side)},
    }


def test_more_pairs_of_use_cases_and_systems_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "MOST_COLLECTED", 30 * 31 - 1)
    with pytest.raises(
        WorkLimitError, match="too many pairs of use_case and reachable system: 930, and the limit is 929"
    ) as caught:
        linked(manifest(crowd(30, "t{}")))
    assert "use_case:u" in str(caught.value)
    assert caught.value.place.path == "shipcheck.yaml"


def test_pairs_that_share_one_list_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "MOST_COLLECTED", 31)
    assert len(derived(crowd(30, "t0"))["systems"]["use_case", "u7"]) == 31
