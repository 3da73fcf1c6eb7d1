"""Floors and flows from plain data, and the order to derive them in."""

from dataclasses import replace

import pytest
from tests.support.worlds import vocabulary

from shipcheck.vocabulary import derivations
from shipcheck.vocabulary.vocabulary import Arising, Choice, FloorRule, FloorSpec
from shipcheck.vocabulary.vocabulary import Test as Wanted

LEVEL = vocabulary().floors["action.sensitivity"].choice
FIELDS = {"level": {"words": "level", "absent": "floor"}, "kept": {"words": "level"}}


def made(name: str, *rules: dict[str, object]) -> FloorSpec:
    choices: dict[str, Choice] = {"level": LEVEL}
    return derivations.floor(name, {"description": "The least.", "rules": rules}, choices, FIELDS)


def test_a_floor_has_the_rules_that_are_written() -> None:
    rule: dict[str, object] = {
        "at_least": "high",
        "says": "is grave",
        "when": {"effects": ["payments"], "writes_to": {"criticality": ["high", "critical"]}},
        "certain": {"reversible": [False]},
    }
    when = (Wanted("effects", ("payments",), ()), Wanted("writes_to", (), (Wanted("criticality", ("high", "critical"), ()),)))
    expected = FloorRule("high", when, (Wanted("reversible", (False,), ()),), "is grave")
    assert made("action.level", rule) == FloorSpec("action", "level", "The least.", LEVEL, (expected,), fills=True)


def test_only_a_field_that_is_left_to_its_floor_is_filled() -> None:
    assert made("action.level").fills
    assert not made("action.kept").fills
    assert made("action.kept").name == "action.kept"


def test_what_a_flow_comes_from_is_a_field_or_arises_by_tests() -> None:
    entry = {"from": {"system": "environment", "action": {"when": {"effects": ["given"]}, "gives": "unknown"}}}
    arising = Arising("action", (Wanted("effects", ("given",), ()),), None, "")
    assert derivations.seeds(entry) == ({"system": "environment"}, (arising,))
    assert derivations.seeds({}) == ({}, ())


def test_each_comes_after_what_it_reads() -> None:
    order = [one.name for one in vocabulary().derivations]
    assert sorted(order) == sorted([*vocabulary().flows, *vocabulary().floors])
    assert order.index("acts_on") < order.index("use_case.stage") < order.index("stage")
    assert order.index("has_code") < order.index("use_case.stage")
    assert order.index("sees") < order.index("action.sensitivity")


def test_what_reads_itself_in_a_circle_is_refused() -> None:
    flows = {name: vocabulary().flows[name] for name in ("acts_on", "sees")}
    ends = {"acts_on": "sees", "sees": "acts_on"}
    circle = {
        name: replace(flow, seeds={}, arising=(Arising("action", (Wanted(ends[name], ("given",), ()),), None, ""),))
        for name, flow in flows.items()
    }
    with pytest.raises(ValueError, match="acts_on, sees: derived from each other"):
        derivations.ordered(circle, {})
