"""What is not declared is unknown: how it spreads through an expression, and how each position reads it towards a finding."""

from typing import Any

import pytest
from tests.support.worlds import TODAY, findings, graph_of, judge, only, policy_of, vocabulary

from shipcheck.evaluate.graph_view import GraphView
from shipcheck.model.policy import Must

Truth = bool | None
YES, NO, UNKNOWN = True, False, None


def value_of(condition: str, fields: str, kind: str = "audit_sink", more: str = "", above: str = "") -> Any:
    """What a condition is for one component with these fields."""
    policy = policy_of(f"each: {kind}\nmust: '{condition}'", above=above)
    assert isinstance(policy.verb, Must)
    graph = graph_of(f"shipcheck: 1\n{kind}s: {{x: {{{fields}}}}}\n{more}")
    node = graph.kinds[kind][0]
    return GraphView(graph, vocabulary(), TODAY).conditions.function(policy.verb.condition, ("it",))(node)


def written(**values: Truth) -> str:
    return ", ".join(f"{name}: {str(value).lower()}" for name, value in values.items() if value is not None)


AND = {
    (YES, YES): YES, (YES, NO): NO, (YES, UNKNOWN): UNKNOWN,
    (NO, YES): NO, (NO, NO): NO, (NO, UNKNOWN): NO,
    (UNKNOWN, YES): UNKNOWN, (UNKNOWN, NO): NO, (UNKNOWN, UNKNOWN): UNKNOWN,
}  # fmt: skip
OR = {
    (YES, YES): YES, (YES, NO): YES, (YES, UNKNOWN): YES,
    (NO, YES): YES, (NO, NO): NO, (NO, UNKNOWN): UNKNOWN,
    (UNKNOWN, YES): YES, (UNKNOWN, NO): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN,
}  # fmt: skip


@pytest.mark.parametrize(("sides", "expected"), AND.items())
def test_and_is_kleenes(sides: tuple[Truth, Truth], expected: Truth) -> None:
    fields = written(tamper_evident=sides[0], personal_data=sides[1])
    assert value_of("tamper_evident and personal_data", fields) is expected


@pytest.mark.parametrize(("sides", "expected"), OR.items())
def test_or_is_kleenes(sides: tuple[Truth, Truth], expected: Truth) -> None:
    fields = written(tamper_evident=sides[0], personal_data=sides[1])
    assert value_of("tamper_evident or personal_data", fields) is expected


@pytest.mark.parametrize(("side", "expected"), [(YES, NO), (NO, YES), (UNKNOWN, UNKNOWN)])
def test_not_unknown_is_unknown(side: Truth, expected: Truth) -> None:
    assert value_of("not tamper_evident", written(tamper_evident=side)) is expected


@pytest.mark.parametrize("operator", ["==", "!=", "<", "<=", ">", ">="])
def test_a_comparison_with_an_unknown_side_is_unknown(operator: str) -> None:
    assert value_of(f"retention_days {operator} 5", "") is UNKNOWN
    assert value_of(f"5 {operator} retention_days", "") is UNKNOWN
    assert value_of(f"retention_days {operator} retention_days", "") is UNKNOWN


@pytest.mark.parametrize("operator", ["+", "-", "*", "/"])
def test_arithmetic_with_an_unknown_side_is_unknown(operator: str) -> None:
    assert value_of(f"retention_days {operator} 5 >= 0", "") is UNKNOWN
    assert value_of(f"5 {operator} retention_days >= 0", "") is UNKNOWN


def test_a_division_by_zero_is_unknown() -> None:
    assert value_of("5 / retention_days >= 0", "retention_days: 0") is UNKNOWN


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("purpose is set", NO),
        ("purpose is missing", YES),
        ("purpose is not set", YES),
        ("purpose is not missing", NO),
        ("owner.title is set", NO),
        ("owner.title is missing", YES),
        ("audits is set", YES),
    ],
)
def test_is_set_is_always_yes_or_no(condition: str, expected: Truth) -> None:
    assert value_of(condition, "") is expected


@pytest.mark.parametrize(
    ("kind", "fields", "condition", "expected"),
    [
        ("audit_sink", "records: []", "records is set", YES),
        ("action", "state: live", "state is set", YES),
        ("action", "", "state is set", YES),
        ("action", "", "sensitivity is set", YES),
        ("action", "", "declared.sensitivity is set", NO),
        ("agent", "", "calls is set", YES),
        ("agent", "", "entry is set", YES),
        ("gate", "", "condition is set", NO),
        ("gate", "condition: at night", "condition is set", YES),
        ("gate", "", "approvals is set", YES),
        ("use_case", "", "portfolio is set", NO),
        ("use_case", "scorecard: {}", "scorecard is set", YES),
        ("use_case", "scorecard: {}", "scorecard.value is set", NO),
        ("use_case", "scorecard: {value: {}}", "scorecard.value.score is set", NO),
        ("use_case", "scorecard: {value: {score: 3}}", "scorecard.value.score is set", YES),
    ],
)
def test_a_default_and_an_empty_list_are_set(kind: str, fields: str, condition: str, expected: Truth) -> None:
    assert value_of(condition, fields, kind) is expected


LISTS = {"unknown": "", "empty": "approvers: []", "one": "approvers: [t]", "two": "approvers: [t, u]"}
TEAMS = "teams: {t: {contact: desk}, u: {contact: ops}, v: {}}"


@pytest.mark.parametrize(
    ("condition", "unknown", "empty", "one", "two"),
    [
        ('some x in approvers satisfies x.contact == "desk"', UNKNOWN, NO, YES, YES),
        ('every x in approvers satisfies x.contact == "desk"', UNKNOWN, NO, YES, NO),
        ('no x in approvers satisfies x.contact == "desk"', UNKNOWN, YES, NO, NO),
        ('some x in approvers satisfies x.contact == "ops"', UNKNOWN, NO, NO, YES),
        ('no x in approvers satisfies x.contact == "ops"', UNKNOWN, YES, YES, NO),
        ('"team:t" in approvers', UNKNOWN, NO, YES, YES),
        ('"team:u" not in approvers', UNKNOWN, YES, YES, NO),
        ('["team:t"] all in approvers', UNKNOWN, NO, YES, YES),
        ('approvers all in ["team:t"]', UNKNOWN, YES, YES, NO),
        ("approvers all in approvers", UNKNOWN, YES, YES, YES),
        ("count(approvers) >= 1", UNKNOWN, NO, YES, YES),
        ("count(approvers) == 2", UNKNOWN, NO, NO, YES),
        ('count(approvers where contact == "ops") == 1', UNKNOWN, NO, NO, YES),
        ('count(approvers where contact == "ops") == 0', UNKNOWN, YES, YES, NO),
        ("approvers is set", NO, YES, YES, YES),
    ],
)
def test_lists_that_are_unknown_empty_or_full(condition: str, unknown: Truth, empty: Truth, one: Truth, two: Truth) -> None:
    found = {name: value_of(condition, fields, "gate", TEAMS) for name, fields in LISTS.items()}
    assert found == {"unknown": unknown, "empty": empty, "one": one, "two": two}


@pytest.mark.parametrize(
    ("approvers", "condition", "expected"),
    [
        ("[v]", 'some x in approvers satisfies x.contact == "desk"', UNKNOWN),
        ("[v]", 'every x in approvers satisfies x.contact == "desk"', UNKNOWN),
        ("[v]", 'no x in approvers satisfies x.contact == "desk"', UNKNOWN),
        ("[t, v]", 'some x in approvers satisfies x.contact == "desk"', YES),
        ("[u, v]", 'every x in approvers satisfies x.contact == "desk"', NO),
        ("[t, v]", 'no x in approvers satisfies x.contact == "desk"', NO),
        ("[t, v]", '"desk" in approvers.contact', YES),
        ("[u, v]", '"desk" in approvers.contact', UNKNOWN),
        ("[u, v]", '"desk" not in approvers.contact', UNKNOWN),
        ("[u, v]", '["ops"] all in approvers.contact', YES),
        ("[u, v]", '["desk"] all in approvers.contact', UNKNOWN),
        ("[u, v]", 'approvers.contact all in ["ops"]', UNKNOWN),
        ("[t, v]", 'approvers.contact all in ["ops"]', NO),
        ("[u, v]", "count(approvers.contact) == 2", UNKNOWN),
        ("[u, v]", 'count(approvers where contact == "ops") == 1', UNKNOWN),
        ("[u, v]", "count(approvers where contact is set) == 1", YES),
        ("[v]", 'some x in approvers.members satisfies x == "ann"', UNKNOWN),
    ],
)
def test_an_element_that_lacks_a_field_stays_as_an_unknown_element(approvers: str, condition: str, expected: Truth) -> None:
    assert value_of(condition, f"approvers: {approvers}", "gate", TEAMS) is expected


def test_a_component_that_matches_a_selector_or_not_or_perhaps() -> None:
    above = 'select: {reachable: team where contact is set and active, staff: team where type == staff and contact == "desk"}'
    for owner, expected in (("t", YES), ("v", NO)):
        assert value_of("owner is reachable", f"owner: {owner}", "gate", TEAMS, above) is expected
    assert value_of("owner is staff", "owner: v", "gate", TEAMS, above) is UNKNOWN
    assert value_of("owner is staff", "", "gate", TEAMS, above) is UNKNOWN
    assert value_of("owner is team", "owner: v", "gate", TEAMS, above) is YES


GATED = """
    shipcheck: 1
    agents: {a: {calls: [{to: pay, through: [g]}]}}
    actions: {pay: {sensitivity: high}}
    gates: {g: {decided_by: human}}
"""


@pytest.mark.parametrize(
    ("policy", "world", "subject", "assumed"),
    [
        pytest.param(
            "each: action where reversible\nmust: owner is set",
            "shipcheck: 1\nactions: {pay: {}}",
            "action:pay",
            ("action:pay.reversible",),
            id="each takes it in",
        ),
        pytest.param(
            "all: action where reversible\nmust: count() > 1",
            "shipcheck: 1\nactions: {pay: {}}",
            "action[]",
            (),
            id="all takes it in",
        ),
        pytest.param(
            "each: link calls where to.reversible\nmust: to.owner is set",
            "shipcheck: 1\nagents: {a: {calls: [pay]}}\nactions: {pay: {}}",
            "agent:a calls action:pay",
            ("action:pay.reversible",),
            id="link takes it in",
        ),
        pytest.param(
            "each: action\nmust: reversible",
            "shipcheck: 1\nactions: {pay: {}}",
            "action:pay",
            ("action:pay.reversible",),
            id="must is not satisfied",
        ),
        pytest.param(
            "each: agent\nmust_not_reach: action where not reversible\nalong: calls",
            "shipcheck: 1\nagents: {a: {calls: [pay]}}\nactions: {pay: {}}",
            "agent:a",
            ("action:pay.reversible",),
            id="must_not_reach takes it in",
        ),
        pytest.param(
            "each: agent\nmust_reach: action where not reversible\nalong: calls",
            "shipcheck: 1\nagents: {a: {calls: [pay]}}\nactions: {pay: {}}",
            "agent:a",
            (),
            id="must_reach does not match",
        ),
        pytest.param(
            "each: agent\nmust_not_reach: action\nalong: calls\nunless_through: gate where timing == before",
            GATED,
            "agent:a",
            (),
            id="unless_through does not match",
        ),
        pytest.param(
            "each: agent\nmust: false\nseverity:\n  - error when autonomy == acts\n  - note",
            "shipcheck: 1\nagents: {a: {}}",
            "agent:a",
            ("agent:a.autonomy",),
            id="a step of a ladder applies",
        ),
    ],
)
def test_unknown_is_read_towards_a_finding(policy: str, world: str, subject: str, assumed: tuple[str, ...]) -> None:
    found = only(policy, world)
    assert (found.subject, str(found.severity), found.assumed) == (subject, "error", assumed)


@pytest.mark.parametrize(
    ("policy", "world"),
    [
        ("each: action where reversible\nmust: owner is set", "shipcheck: 1\nactions: {pay: {reversible: false}}"),
        ("all: action where reversible\nmust: count() > 1", "shipcheck: 1\nactions: {pay: {reversible: false}}"),
        (
            "each: link calls where to.reversible\nmust: to.owner is set",
            "shipcheck: 1\nagents: {a: {calls: [pay]}}\nactions: {pay: {reversible: false}}",
        ),
        (
            "each: agent\nmust_not_reach: action where sensitivity >= high\nalong: calls",
            "shipcheck: 1\nagents: {a: {calls: [pay]}}\nactions: {pay: {sensitivity: low, effects: []}}",
        ),
    ],
)
def test_what_certainly_does_not_match_is_left_out(policy: str, world: str) -> None:
    assert findings(policy, world) == ()


def test_what_leaves_nothing_is_not_applicable_and_never_a_pass() -> None:
    policy = policy_of("each: action where reversible\nmust: owner is set")
    result = judge(policy, "shipcheck: 1\nactions: {pay: {reversible: false}}")
    assert (result.result, result.subjects, result.failed) == ("not_applicable", 0, 0)


def test_the_message_leads_with_what_is_not_declared() -> None:
    one = only("each: action\nmust: reversible\nmessage: '{subject} stays'", "shipcheck: 1\nactions: {pay: {}}")
    assert one.headline == "reversible is not declared, so this cannot be ruled out: pay stays"
    both = only("each: action\nmust: reversible and count(effects) == 0", "shipcheck: 1\nactions: {pay: {}}")
    assert both.headline == "reversible and effects are not declared, so this cannot be ruled out: A rule"


def test_a_known_failure_is_not_blamed_on_what_is_not_declared() -> None:
    found = only("each: action\nmust: reversible and sensitivity == low", "shipcheck: 1\nactions: {pay: {sensitivity: high}}")
    assert (found.doubt, found.assumed) == ("", ())
