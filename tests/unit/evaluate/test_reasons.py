"""Why a condition is not as the policy expects: one sentence for each kind of expression, with its value."""

import pytest
from tests.support.worlds import findings

from shipcheck.model.finding import Finding

WORLD = """
    shipcheck: 1
    agents:
      triage: {owner: care, calls: [refund, look], audited_by: [log], entry: false, title: Triage}
      helper: {calls: [refund], delegates_to: [triage]}
    actions:
      refund: {owner: pay, sensitivity: high, effects: [payments, egress], reversible: false, guarded_by: [four-eyes]}
      look: {sensitivity: low, effects: []}
    gates:
      four-eyes: {decided_by: human, timing: after, approvers: [pay, care], covers: [payments]}
      auto: {decided_by: rule, approvers: []}
    audit_sinks: {log: {purpose: log, retention_days: 30}}
    use_cases:
      claims:
        stage: candidate
        uses: [triage]
        review_due: 2026-11-21
        scorecard: {value: {score: 3}, scored_on: 2026-01-01}
    integrations: {erp-plan: {due: 2026-11-01, status: planned}}
    systems: {erp: {}}
    teams: {pay: {contact: desk, active: false}, care: {members: [ann, bob]}}
"""
ABOVE = """
params:
  grace: {type: days, default: 0}
  least: {type: number, default: 9}
select:
  trail: audit_sink where purpose == audit and retention_days >= 183
  working: team where active and contact is set
"""


def reasons_of(found: Finding) -> list[tuple[str, str]]:
    return [(reason.text, reason.expected) for reason in found.reasons]


@pytest.mark.parametrize(
    ("policy", "subject", "reasons"),
    [
        ("each: agent\nmust: entry", "agent:triage", [("entry is false", "true")]),
        ("each: agent\nmust: not (title is set)", "agent:triage", [("title is Triage", "none")]),
        ("each: agent\nmust: title is missing", "agent:triage", [("title is Triage", "none")]),
        ("each: agent\nmust: title is set", "agent:helper", [("title is not declared", "a value")]),
        ('each: agent\nmust: title != "Triage"', "agent:triage", [("title is Triage", "anything but Triage")]),
        ('each: agent\nmust: title == "Helper"', "agent:triage", [("title is Triage", "Helper")]),
        (
            "each: agent\nmust: title is set and owner is set",
            "agent:helper",
            [("title is not declared", "a value"), ("owner is not declared", "a value")],
        ),
        (
            "each: gate\nmust: timing == before or decided_by == model",
            "gate:four-eyes",
            [("timing is after", "before"), ("decided_by is human", "model")],
        ),
        (
            "each: gate\nmust: not (timing == after and decided_by == human)",
            "gate:four-eyes",
            [
                ("timing is after", "anything but after"),
                ("decided_by is human", "anything but human"),
            ],
        ),
        ("each: action\nmust: sensitivity < high", "action:refund", [("sensitivity is high", "less than high")]),
        ("each: action\nmust: sensitivity <= low", "action:refund", [("sensitivity is high", "at most low")]),
        ("each: action\nmust: sensitivity > high", "action:refund", [("sensitivity is high", "more than high")]),
        ("each: action\nmust: sensitivity >= critical", "action:refund", [("sensitivity is high", "at least critical")]),
        ("each: action\nmust: not (sensitivity >= high)", "action:refund", [("sensitivity is high", "less than high")]),
        ("each: action\nmust: sensitivity in [low, medium]", "action:refund", [("sensitivity is high", "low or medium")]),
        (
            "each: action\nmust: sensitivity not in [high, critical]",
            "action:refund",
            [("sensitivity is high", "anything but high or critical")],
        ),
        (
            "each: action\nmust: payments not in effects",
            "action:refund",
            [("effects is [payments, egress]", "a list without payments")],
        ),
        ("each: action\nmust: publication in effects", "action:look", [("effects is []", "a list with publication")]),
        (
            "each: action\nmust: effects all in guarded_by.covers",
            "action:refund",
            [("guarded_by.covers is [payments]", "all of [payments, egress]")],
        ),
        ('each: gate\nmust: "[approve] all in decisions"', "gate:auto", [("decisions is not declared", "a value")]),
        ("each: agent\nmust: owner.contact is set", "agent:triage", [("owner.contact is not declared", "a value")]),
        ("each: agent\nmust: owner.active", "agent:helper", [("owner.active is not declared", "a value")]),
        (
            "each: agent\nmust: some s in audited_by satisfies s is trail",
            "agent:triage",
            [
                ("audited_by is [log]", "at least one that is a trail audit sink"),
                ("log's purpose is log", "audit"),
                ("log's retention_days is 30", "at least 183"),
            ],
        ),
        (
            "each: agent\nmust: some s in audited_by satisfies s is trail",
            "agent:helper",
            [("audited_by has no entries", "at least one that is a trail audit sink")],
        ),
        (
            "each: gate\nmust: some x in approvers satisfies x.active",
            "gate:auto",
            [("approvers is empty", "at least one that is active")],
        ),
        (
            "each: agent\nmust: every x in calls satisfies x.sensitivity == low",
            "agent:triage",
            [("refund's sensitivity is high", "low")],
        ),
        (
            "each: agent\nmust: no x in calls satisfies x.sensitivity == high",
            "agent:triage",
            [("refund is one of calls, and its sensitivity is high", "none whose sensitivity is high")],
        ),
        (
            "each: gate\nmust: count(approvers) >= 3",
            "gate:four-eyes",
            [("the number of approvers is 2: [pay, care]", "at least 3")],
        ),
        ("each: gate\nmust: count(approvers) >= 3", "gate:auto", [("the number of approvers is 0", "at least 3")]),
        (
            "each: agent\nmust: count(calls where sensitivity == high) == 0",
            "agent:triage",
            [("the number of calls whose sensitivity is high is 1", "0")],
        ),
        ("each: integration\nmust: due >= today", "integration:erp-plan", [("due is 2026-11-01", "2026-11-22 (today) or later")]),
        ("each: integration\nmust: due > 2026-12-01", "integration:erp-plan", [("due is 2026-11-01", "after 2026-12-01")]),
        ("each: integration\nmust: due < 2026-01-01", "integration:erp-plan", [("due is 2026-11-01", "before 2026-01-01")]),
        (
            "each: use_case\nmust: review_due >= today - $grace",
            "use_case:claims",
            [("review_due is 2026-11-21", "2026-11-22 (today minus 0 days (parameter grace)) or later")],
        ),
        (
            "each: use_case\nmust: scorecard.value.score * 2 + 1 >= $least",
            "use_case:claims",
            [("3 * 2 + 1 is 7", "at least 9 (parameter least)")],
        ),
        (
            "each: use_case\nmust: today - scorecard.scored_on <= 90d",
            "use_case:claims",
            [("today - 2026-01-01 is 325 days", "at most 90 days")],
        ),
        (
            "each: use_case\nmust: scorecard.integration_cost.score <= 2",
            "use_case:claims",
            [("scorecard.integration_cost.score is not declared", "a value")],
        ),
        ('each: agent\nmust: owner == "team:pay"', "agent:triage", [("owner is care", 'pay ("team:pay")')]),
        ('each: agent\nmust: owner in ["team:pay"]', "agent:triage", [("owner is care", '"team:pay"')]),
        (
            'each: agent\nmust: owner == "team:nobody"',
            "agent:triage",
            [('"team:nobody" is not declared', "a value to compare owner with")],
        ),
        ("each: agent\nmust: owner is working", "agent:triage", [("care's contact is not declared", "a value")]),
        (
            "each: link calls\nmust: from.owner == to.owner",
            "agent:triage calls action:refund",
            [("from.owner is care", "pay (to.owner)")],
        ),
        (
            "each: link calls\nmust: count(gates) >= 1",
            "agent:triage calls action:look",
            [("the number of gates is 0", "at least 1")],
        ),
        ("all: action\nmust: share(reversible) >= 50%", "action[]", [("reversible is not declared", "a value")]),
        ("all: action\nmust: count() > 2", "action[]", [("the number of members is 2", "more than 2")]),
        ('each: agent\nmust: title like "Help*"', "agent:triage", [("title is Triage", 'text that matches "Help*"')]),
        ('each: agent\nmust: not (title like "Tri*")', "agent:triage", [("title is Triage", 'text that does not match "Tri*"')]),
        ("each: agent\nmust: not (owner is present)", "agent:triage", [("owner is care", "one that is not in this revision")]),
        ("each: agent\nmust: false", "agent:triage", [("false is false", "true")]),
        ("each: agent\nmust: stage == production", "agent:triage", [("stage is candidate", "production")]),
        (
            "each: agent\nmust: stage == production",
            "agent:helper",
            [("stage of agent:helper is not known: no use case reaches it", "a value")],
        ),
    ],
)
def test_a_reason_says_what_stands_there_and_what_is_asked(policy: str, subject: str, reasons: list[tuple[str, str]]) -> None:
    found = {finding.subject: finding for finding in findings(policy, WORLD, above=ABOVE)}
    assert reasons_of(found[subject]) == reasons


@pytest.mark.parametrize("word", ["every", "no"])
def test_an_element_far_down_a_list_is_named(word: str) -> None:
    names = [f"look-{number}" for number in range(9)]
    actions = ", ".join(f"{name}: {{reversible: {'false' if name == 'look-8' else 'true'}}}" for name in names)
    world = f"shipcheck: 1\nagents: {{a: {{calls: [{', '.join(names)}]}}}}\nactions: {{{actions}}}\n"
    condition = "x.reversible" if word == "every" else "not x.reversible"
    found = findings(f"each: agent\nmust: {word} x in calls satisfies {condition}", world)
    assert [reason.text for reason in found[0].reasons] == ["look-8's reversible is false"]


def test_a_reason_names_the_field_and_where_it_is_written() -> None:
    found = findings(
        "each: agent\nmust: owner.active", WORLD.replace("entry: false", "entry: true").replace("owner: care", "owner: pay")
    )
    reason = next(finding for finding in found if finding.subject == "agent:triage").reasons[0]
    assert (reason.text, reason.field, str(reason.location)) == (
        "owner.active is false",
        "team:pay.active",
        "shipcheck.yaml:21:38",
    )


def test_findings_that_fail_by_one_field_elsewhere_share_a_cause() -> None:
    world = """
        shipcheck: 1
        agents: {a: {owner: t}, b: {owner: t}, c: {owner: u}}
        teams: {t: {active: false}, u: {active: false}}
    """
    causes = [found.cause for found in findings("each: agent\nmust: owner.active", world)]
    assert causes == ["team:t.active: owner.active is false"] * 2 + ["team:u.active: owner.active is false"]


def test_findings_that_fail_by_the_same_missing_field_share_a_cause() -> None:
    world = "shipcheck: 1\nagents: {a: {}, b: {}, c: {title: C}}\n"
    causes = [found.cause for found in findings("each: agent\nmust: owner is set and title is set", world)]
    assert causes == ["the-rule: owner and title not declared"] * 2 + ["the-rule: owner not declared"]


def test_a_field_that_fails_where_it_stands_is_no_cause_for_others() -> None:
    assert [found.cause for found in findings("each: agent\nmust: entry", "shipcheck: 1\nagents: {a: {entry: false}}\n")] == [""]


def test_what_is_about_no_field_is_no_cause_for_others() -> None:
    assert {found.cause for found in findings("each: link calls\nmust: count(gates) >= 1", WORLD)} == {""}
    assert {found.cause for found in findings("all: action\nper: sensitivity\nmust: count() > 1", WORLD)} == {""}


def test_members_that_are_not_told_apart_are_said_to_be_the_same() -> None:
    world = "shipcheck: 1\nagents: {a: {title: A}, b: {title: A}}\n"
    assert [reasons_of(found) for found in findings("all: agent\nmust: unique(title)", world)] == [
        [("two of the members have the same title", "no two that do")]
    ]


def test_of_an_element_that_must_not_be_there_only_the_alternatives_that_hold_are_named() -> None:
    policy = "each: gate\nmust: no team in approvers satisfies (team == owner or not team.active or team.contact is set)"
    world = """
        shipcheck: 1
        gates: {g: {owner: t, approvers: [t, u]}}
        teams: {t: {members: [ann]}, u: {active: false, contact: desk}}
    """
    [found] = findings(policy, world)
    assert reasons_of(found) == [
        ("t is one of approvers", "none that is t (owner)"),
        (
            "u is one of approvers, and its active is false, contact is desk",
            "none that is not active or whose contact is declared",
        ),
    ]


def test_a_finding_asks_for_what_can_be_declared_and_not_for_what_is_derived() -> None:
    policy = "each: gate where stage == production\nmust: timing == before"
    [found] = findings(policy, "shipcheck: 1\ngates: {g: {}}\n")
    assert (found.waits_for, found.assumed) == (("gate:g.timing",), ("gate:g.stage", "gate:g.timing"))
    assert found.doubt == "timing is not declared, so this cannot be ruled out: "
    [found] = findings(policy, "shipcheck: 1\ngates: {g: {timing: after}}\n")
    assert found.waits_for == ("gate:g.stage",)
