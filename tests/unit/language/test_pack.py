"""Packs: every construct, parameters, selectors, messages, ladders, and what settings may change."""

from datetime import timedelta
from textwrap import dedent

import pytest
from tests.support.worlds import HEAD, PACK, compile_pack, document, plan_of, policy_of, vocabulary

from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.model.expression import Compare, Literal_, Path
from shipcheck.model.location import Location
from shipcheck.model.policy import EachComponent, EachLink, Group, Must, MustNotReach, MustReach, Severity
from shipcheck.model.problem import MAX_PROBLEMS
from shipcheck.model.settings import ParameterSetting, Settings, SeveritySetting

EVERYTHING = """
    description: Every construct of the language.
    params:
      least: {type: number, default: 2, may: increase, description: How many.}
      most: {type: percent, default: 40%, may: decrease}
      grace: {type: days, default: 90, may: any}
      exact: {type: number, default: 1.5, may: nothing}
    select:
      sensitive: action where sensitivity >= high and state != disabled
      final: sensitive where not reversible
      human_gate: >-
        gate where decided_by == human and timing == before and condition is missing
        and approve in decisions and count(approvers) >= 1
      either: sensitive or gate
      both: action where it is sensitive and it is not final
    policies:
      - id: each-component
        title: A rule
        why: Because.
        fix: Do this.
        controls: [a/1, b/2]
        each: use_case or agent where owner is set
        must: owner.active and owner != "team:other" and owner is present
        severity:
          - error when stage == production
          - warning when stage >= pilot
          - note
        message: "{subject} of {owner}: {it.title} {owner.title}"
      - {id: each-link, title: A rule, why: Because., each: "link calls, delegates_to where from.owner is set",
         must: from.owner == to.owner or some g in gates satisfies g is human_gate, message: "{from} {to} {through}"}
      - id: groups
        title: A rule
        why: Because.
        all: use_case where decision.result in [selected, rejected]
        per: portfolio, decision.round
        must: >-
          count() < $least or share(decision.result == selected) <= $most
          and max(scorecard.value.score) - min(scorecard.value.score) >= 2 and unique(title)
          and avg(scorecard.value.score * 2) > 1 and sum(scorecard.value.score) / count(stage == pilot) >= 0
        severity: warning
        message: "{portfolio} {decision_round} {count()} {share(stage == pilot)}"
      - id: dates
        title: A rule
        why: Because.
        each: integration where due is set
        must: due >= today - $grace and due + 2w > 2026-01-01 and due - today <= 365d
      - id: lists
        title: A rule
        why: Because.
        each: either
        must: >-
          every e in owner.members satisfies e != "x" and 3 in [1, 2, 3]
      - id: walks
        title: A rule
        why: Because.
        each: agent where entry
        must_not_reach: final where from.owner != owner
        along: calls, delegates_to, connects_to, offers, starts
        unless_through: human_gate where to.effects all in covers and some t in approvers satisfies t != from.owner
        gate_on: last_hop
        message: "{from} to {to} ({to.sensitivity})"
      - {id: reaches, title: A rule, why: Because., each: agent, must_reach: use_case, along: "used_by, delegated_by"}
"""


def test_a_pack_with_every_construct_compiles() -> None:
    pack = plan_of(EVERYTHING).packs[0]
    assert [policy.name for policy in pack.policies] == [
        "trial/each-component", "trial/each-link", "trial/groups", "trial/dates", "trial/lists", "trial/walks", "trial/reaches",
    ]  # fmt: skip
    assert [parameter.shown for parameter in pack.parameters] == ["2", "40%", "90", "1.5"]
    each, link, group, *_, walks, reaches = pack.policies
    assert isinstance(each.subject, EachComponent)
    assert each.subject.selector.kinds == ("agent", "use_case")
    assert isinstance(each.verb, Must)
    assert [str(rung.severity) for rung in each.severity] == ["error", "warning", "note"]
    assert (each.controls, each.fix) == (("a/1", "b/2"), "Do this.")
    assert isinstance(link.subject, EachLink)
    assert link.subject.links == ("calls", "delegates_to")
    assert isinstance(group.subject, Group)
    assert group.parameters == ("least", "most")
    assert isinstance(walks.verb, MustNotReach)
    assert walks.verb.last_hop
    assert isinstance(reaches.verb, MustReach)
    assert reaches.message == ("A rule",)


def test_a_label_is_a_text() -> None:
    _, faults, _ = compile_pack(HEAD + "select:\n  labelled: agent where labels.tier >= 2\n")
    assert [fault.message for fault in faults] == ["a text and a number cannot be compared"]


def test_a_pack_without_policies_is_a_plan_without_policies() -> None:
    plan, faults, misuse = compile_pack(HEAD)
    assert (plan.policies, faults, misuse) == ((), (), ())


def test_policies_of_the_head_come_first_then_those_of_the_families_in_order() -> None:
    one = "policies:\n  - {{id: {}, title: A, why: B, each: agent, must: entry}}\n"
    plan, faults, _ = compile_pack(HEAD + one.format("c"), one.format("b"), one.format("a"))
    assert not faults
    assert [policy.id for policy in plan.policies] == ["c", "b", "a"]


def test_packs_come_in_order_of_name() -> None:
    one = "pack: {0}\nversion: 1.0.0\npolicies:\n  - {{id: a, title: A, why: B, each: agent, must: entry}}\n"
    packs = [PackDocuments(name, document(one.format(name), "pack.yaml", name), ()) for name in ("zeta", "alpha")]
    plan, faults, misuse = compile_plan(packs, Settings(), vocabulary())
    assert (faults, misuse) == ((), ())
    assert [policy.name for policy in plan.policies] == ["alpha/a", "zeta/a"]


def test_selectors_may_be_declared_in_any_order_and_any_file() -> None:
    family = "select:\n  b: a where reversible\npolicies:\n  - {id: p, title: A, why: B, each: c, must: owner is set}\n"
    _, faults, _ = compile_pack(HEAD + "select:\n  c: b where state == live\n  a: action\n", family)
    assert faults == ()


def test_a_selector_declared_twice_is_refused_in_the_second_file() -> None:
    family = "select:\n  a: action\n"
    _, faults, _ = compile_pack(HEAD + family, family)
    assert [(fault.code, str(fault.location), fault.message) for fault in faults] == [
        ("P007", "family1.yaml:2:3", "selector 'a' is declared twice; keep one")
    ]


def test_a_policy_declared_twice_shows_both_places() -> None:
    family = "policies:\n  - {id: p, title: A, why: B, each: agent, must: entry}\n"
    _, faults, _ = compile_pack(HEAD + family, family)
    assert [(fault.code, str(fault.location), fault.message) for fault in faults] == [
        ("P017", "family1.yaml:2:10", "policy 'p' is declared twice; rename one")
    ]
    assert [(str(place), label) for place, label in faults[0].related] == [("pack.yaml:4:10", "first declared here")]


def test_kinds_without_a_condition_merge_and_named_selectors_keep_theirs() -> None:
    above = "select: {risky: action where sensitivity >= high}"
    subject = policy_of("each: gate or risky or agent or gate\nmust: owner is set", above=above).subject
    assert isinstance(subject, EachComponent)
    assert [(item.kinds, item.where is None) for item in subject.selector.alternatives] == [
        (("agent", "gate"), True),
        (("action",), False),
    ]


def test_expressions_that_mean_the_same_are_equal_wherever_they_are_written() -> None:
    first = policy_of("each: agent\nmust: owner.active and entry")
    second = policy_of("each: agent\nmust: >-\n  owner.active\n  and    entry")
    assert isinstance(first.verb, Must)
    assert isinstance(second.verb, Must)
    assert first.verb.condition == second.verb.condition
    assert first.verb.condition.text != second.verb.condition.text


def condition_of(text: str, above: str = "") -> Compare:
    policy = policy_of(f"each: integration\nmust: {text}", above=above)
    assert isinstance(policy.verb, Must)
    assert isinstance(policy.verb.condition, Compare)
    return policy.verb.condition


@pytest.mark.parametrize(
    ("text", "value"),
    [("7d", timedelta(days=7)), ("2w", timedelta(days=14)), ("366000d", timedelta(days=366_000)), ("$days", timedelta(days=90))],
)
def test_durations_are_days_or_weeks(text: str, value: timedelta) -> None:
    right = condition_of(f"due - today <= {text}", "params: {days: {type: days, default: 90}}").right
    assert isinstance(right, Literal_)
    assert (right.value, right.type.name) == (value, "duration")


def test_a_bare_word_is_a_choice_word_on_either_side() -> None:
    assert isinstance(condition_of("status >= implemented").right, Literal_)
    assert isinstance(condition_of("implemented <= status").left, Literal_)
    assert condition_of("status >= implemented").rank == ("planned", "in_progress", "implemented", "verified")


def test_a_field_beats_a_choice_word_that_it_is_not_compared_as() -> None:
    left = condition_of("system.criticality == high").left
    assert isinstance(left, Path)
    assert [step.name for step in left.steps] == ["system", "criticality"]


PLACE = Location("worktree", ".shipcheck/settings.yaml", 4, 3, 4, 9)
TIGHTENED = dedent("""
    params:
      least: {type: number, default: 2, may: increase}
      most: {type: percent, default: 40%, may: decrease}
      grace: {type: days, default: 90, may: any}
      exact: {type: number, default: 1.5}
      bound: {type: number, default: 3, min: 1, max: 9, may: any}
    policies:
      - {id: p, title: A, why: B, each: agent, must: count(calls) >= $least, severity: warning}
""")


def set_to(name: str, text: str, pack: str = PACK) -> Settings:
    return Settings(parameters=(ParameterSetting(pack, name, text, PLACE),))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("least", "2", 2),
        ("least", "3", 3),
        ("least", "2.5", 2.5),
        ("most", "40%", 0.4),
        ("most", "0%", 0.0),
        ("most", "12.5%", 0.125),
        ("most", "0.7%", 0.007),
        ("grace", "1", 1),
        ("grace", "400", 400),
        ("exact", "1.5", 1.5),
        ("bound", "9", 9),
        ("bound", "1", 1),
    ],
)
def test_settings_tighten_a_parameter(name: str, text: str, value: float) -> None:
    pack = plan_of(TIGHTENED, settings=set_to(name, text)).packs[0]
    assert {parameter.name: parameter.value for parameter in pack.parameters}[name] == value


@pytest.mark.parametrize(
    ("name", "text", "code", "message"),
    [
        ("least", "1", "P026", "trial.least can only be tightened; write at least 2"),
        ("least", "-3", "P026", "trial.least can only be tightened; write at least 2"),
        ("most", "41%", "P026", "trial.most can only be tightened; write at most 40%"),
        ("exact", "2", "P026", "trial.exact can only be tightened; write exactly 1.5"),
        ("bound", "10", "P026", "trial.bound is above its max, 9; use another value"),
        ("bound", "0", "P026", "trial.bound is below its min, 1; use another value"),
        ("most", "40", "P006", "'40' is not a percent; write a value such as 40%"),
        ("least", "40%", "P006", "'40%' is not a number; write a value such as 2"),
        ("least", "many", "P006", "'many' is not a number; write a value such as 2"),
        ("least", "1e9", "P006", "'1e9' is not a number; write a value such as 2"),
        ("least", "nan", "P006", "'nan' is not a number; write a value such as 2"),
        ("lest", "3", "P006", "unknown parameter 'lest' in pack trial; did you mean 'least'?"),
    ],
)
def test_settings_cannot_loosen_or_misname_a_parameter(name: str, text: str, code: str, message: str) -> None:
    _, faults, misuse = compile_pack(HEAD + TIGHTENED, settings=set_to(name, text))
    assert faults == ()
    assert [(problem.code, problem.message, problem.location) for problem in misuse] == [(code, message, PLACE)]


def test_settings_name_only_packs_in_use() -> None:
    _, faults, misuse = compile_pack(HEAD + TIGHTENED, settings=set_to("least", "3", "trail"))
    assert faults == ()
    assert [(problem.code, problem.message) for problem in misuse] == [
        ("P009", "pack 'trail' is not in use; did you mean 'trial'?")
    ]


@pytest.mark.parametrize(("severity", "at_least"), [(Severity.WARNING, "warning"), (Severity.ERROR, "error")])
def test_settings_raise_a_severity(severity: Severity, at_least: str) -> None:
    plan = plan_of(TIGHTENED, settings=Settings(severities=(SeveritySetting("trial/p", severity, PLACE),)))
    assert str(plan.policies[0].at_least) == at_least


@pytest.mark.parametrize(
    ("policy", "code", "message"),
    [
        (
            "trial/p",
            "P026",
            "settings can only raise a severity, and trial/p can already be warning; write warning or delete this",
        ),
        ("trial/pp", "P009", "unknown policy 'trial/pp'; did you mean 'trial/p'?"),
        ("elsewhere/zz", "P009", "unknown policy 'elsewhere/zz'; list them with 'shipcheck explain'"),
    ],
)
def test_settings_cannot_lower_a_severity_or_misname_a_policy(policy: str, code: str, message: str) -> None:
    settings = Settings(severities=(SeveritySetting(policy, Severity.NOTE, PLACE),))
    _, faults, misuse = compile_pack(HEAD + TIGHTENED, settings=settings)
    assert faults == ()
    assert [(problem.code, problem.message, problem.location) for problem in misuse] == [(code, message, PLACE)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("plain", ["plain"]),
        ("{it}", ["<it>"]),
        ("{it}{owner}", ["<it>", "<owner>"]),
        ("a {it} b", ["a ", "<it>", " b"]),
        ("a }", ["a }"]),
        ("{count(calls)} calls", ["<count(calls)>", " calls"]),
    ],
)
def test_a_message_alternates_between_text_and_expressions(text: str, parts: list[str]) -> None:
    message = policy_of(f'each: agent\nmust: entry\nmessage: "{text}"').message
    assert [part if isinstance(part, str) else f"<{part.text}>" for part in message] == parts


def test_the_title_is_the_message_where_none_is_written() -> None:
    assert policy_of("title: Every agent is an entry\neach: agent\nmust: entry").message == ("Every agent is an entry",)


@pytest.mark.parametrize(
    ("written", "severities"),
    [
        ("severity: note", ["note"]),
        ("severity: [warning]", ["warning"]),
        ("severity:\n  - error when stage == production\n  - note", ["error when stage == production", "note"]),
        ("severity:\n  - warning when entry\n  - note", ["warning when entry", "note"]),
        ("", ["error"]),
    ],
)
def test_a_severity_is_a_word_or_a_ladder(written: str, severities: list[str]) -> None:
    policy = policy_of(f"each: agent\nmust: entry\n{written}")
    assert [
        f"{rung.severity} when {rung.when.text}" if rung.when else str(rung.severity) for rung in policy.severity
    ] == severities


def test_a_pack_with_very_many_mistakes_is_not_listed_to_the_end() -> None:
    many = "policies:\n" + "".join(
        f"  - {{id: p{number}, title: A, why: B, each: agnet, must: entry}}\n" for number in range(300)
    )
    _, faults, _ = compile_pack(HEAD + many)
    assert len(faults) == MAX_PROBLEMS + 1
    assert (faults[-1].code, faults[-1].message) == (
        "too-many-problems",
        "more than 200 problems in this pack; fix these first",
    )


def test_the_parameters_of_a_policy_are_those_that_it_names() -> None:
    policy = policy_of(
        "each: agent\nmust: count(calls) >= $least\nmessage: '{count(calls)} of {$most}'",
        above="params: {least: {type: number, default: 1}, most: {type: number, default: 1}, other: {type: number, default: 1}}",
    )
    assert policy.parameters == ("least", "most")


def test_the_parameters_of_a_policy_are_also_those_of_the_selectors_that_it_names() -> None:
    above = """
    params:
      least: {type: number, default: 1}
      days: {type: number, default: 1}
      other: {type: number, default: 1}
    select:
      kept: audit_sink where retention_days >= $days
      good: kept where tamper_evident
      unused: audit_sink where retention_days >= $other
    """
    policy = policy_of(
        "each: agent\nmust: some sink in audited_by satisfies sink is good and count(calls) >= $least", above=above
    )
    assert policy.parameters == ("days", "least")
    assert policy_of("each: kept\nmust: owner is set", above=above).parameters == ("days",)
