"""Conditions as they are said, as they stand and denied: one line for each kind of expression and each way to put it."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.authors import SELECT, Author, text_of
from tests.support.cases import cases
from tests.support.random_worlds import KINDS, Kind
from tests.support.worlds import policy_of, vocabulary

from shipcheck.describe.clauses import Clauses
from shipcheck.describe.nouns import Name, Nouns, WrittenNouns
from shipcheck.model.expression import Expression
from shipcheck.model.policy import EachComponent, Must, Policy
from shipcheck.model.types import component

ABOVE = """
params:
  most: {type: percent, default: 40%}
  grace: {type: days, default: 1}
select:
  trail: audit_sink where purpose == audit
  risky_action: action where sensitivity >= high
"""


def condition_of(kind: str, text: str, *, above: str = ABOVE) -> tuple[Policy, Expression]:
    quoted = text.replace("'", "''")
    policy = policy_of(f"each: {kind}\nmust: '{quoted}'", above=above)
    assert isinstance(policy.verb, Must)
    return policy, policy.verb.condition


def spoken(kind: str) -> Clauses:
    it = Name("it", component(kind))
    return Clauses(Nouns(vocabulary(), {"it": it, "subject": it}))


@pytest.mark.parametrize(
    ("kind", "text", "said", "denied"),
    [
        ("agent", "entry", "it is an entry point", "it is not an entry point"),
        ("agent", "untrusted_input", "it takes untrusted input", "it does not take untrusted input"),
        ("agent", "tainted", "it has untrusted input in reach", "it does not have untrusted input in reach"),
        ("agent", "owner.active", "its owner is active", "its owner is not active"),
        ("agent", "owner is set", "its owner is declared", "its owner is not declared"),
        ("agent", "owner is missing", "its owner is not declared", "its owner is declared"),
        ("action", "effects is set", "its effects are declared", "its effects are not declared"),
        ("action", "reversible is set", "whether it is reversible is declared", "whether it is reversible is not declared"),
        ("agent", "base is present", "it is in the base revision", "it is not in the base revision"),
        ("agent", "owner is present", "its owner is in this revision", "its owner is not in this revision"),
        ("action", "sensitivity == high", "its sensitivity is high", "its sensitivity is not high"),
        ("action", "sensitivity >= high", "its sensitivity is high or critical", "its sensitivity is low or medium"),
        ("action", "sensitivity > low", "its sensitivity is medium, high or critical", "its sensitivity is low"),
        ("action", "sensitivity <= low", "its sensitivity is low", "its sensitivity is medium, high or critical"),
        ("action", "base.sensitivity < sensitivity", *(
            "its sensitivity in the base revision is less than its sensitivity",
            "its sensitivity in the base revision is at least its sensitivity",
        )),
        ("action", "reversible == true", "it is reversible", "it is not reversible"),
        ("action", "reversible != true", "it is not reversible", "it is reversible"),
        ("action", "state in [live, stub]", "its state is live or stub", "its state is neither live nor stub"),
        ("action", "payments in effects", "its effects include payments", "its effects do not include payments"),
        ("gate", "[approve, edit] all in decisions", *(
            "its decisions include approve and edit", "its decisions do not include approve and edit",
        )),
        ("action", "effects all in guarded_by.covers", *(
            "the covered effects of the gates that it is guarded by include all of its effects",
            "the covered effects of the gates that it is guarded by do not include all of its effects",
        )),
        ("agent", 'title like "Red*"', 'its title matches "Red*"', 'its title does not match "Red*"'),
        ("agent", 'owner == "team:cards"', "its owner is team:cards", "its owner is not team:cards"),
        ("integration", "due >= today", "its due date is today or later", "its due date is before today"),
        ("integration", "due < 2026-01-01", "its due date is before 2026-01-01", "its due date is 2026-01-01 or later"),
        ("use_case", "today - scorecard.scored_on <= 90d", *(
            "today minus its scorecard date is at most 90 days", "today minus its scorecard date is more than 90 days",
        )),
        ("use_case", "review_due <= today + $grace", *(
            "its next review date is today plus 1 day (parameter grace) or earlier",
            "its next review date is after today plus 1 day (parameter grace)",
        )),
        ("use_case", "(scorecard.value.score + 1) * 2 - 3 > 4 - (2 - 1)", *(
            "(its scorecard value score plus 1) times 2 minus 3 is more than 4 minus (2 minus 1)",
            "(its scorecard value score plus 1) times 2 minus 3 is at most 4 minus (2 minus 1)",
        )),
        ("agent", "some s in audited_by satisfies s is trail", *(
            "it is audited by at least one trail audit sink", "it is audited by no trail audit sink",
        )),
        ("agent", "no a in calls satisfies a.sensitivity == high", *(
            "it can call no action whose sensitivity is high", "it can call at least one action whose sensitivity is high",
        )),
        ("agent", "every a in calls satisfies a.reversible", *(
            "every action that it can call (at least one) is reversible",
            "not every action that it can call is reversible, or there is none",
        )),
        ("agent", "no a in calls satisfies not a.reversible", *(
            "every action that it can call (if any) is reversible",
            "it can call at least one action that is not reversible",
        )),
        ("action", "some x in called_by satisfies x.owner == owner", *(
            "at least one agent that can call it is one whose owner is its owner",
            "no agent that can call it is one whose owner is its owner",
        )),
        ("gate", "no x in approvers satisfies x.type == vendor", *(
            "none of its approvers is one whose type is vendor", "at least one of its approvers is one whose type is vendor",
        )),
        ("system", "no plan in planned_by satisfies (plan.owner is set and plan.status == planned)", *(
            "no integration that connects to it is one whose owner is declared and whose status is planned",
            "at least one integration that connects to it is one whose owner is declared and whose status is planned",
        )),
        ("gate", "count(covers) >= 2", *(
            "the number of its covered effects is at least 2", "the number of its covered effects is less than 2",
        )),
        ("agent", "count(calls where not reversible) == 0", *(
            "the number of actions that it can call that are not reversible is 0",
            "the number of actions that it can call that are not reversible is not 0",
        )),
        ("action", "max(audited_by.retention_days) > 30", *(
            "the maximum of the retentions in days of the audit sinks that it is audited by is more than 30",
            "the maximum of the retentions in days of the audit sinks that it is audited by is at most 30",
        )),
        ("agent", "unique(calls.title)", *(
            "no two of the titles of the actions that it can call are the same",
            "at least two of the titles of the actions that it can call are the same",
        )),
        ("agent", "owner is set and (entry or autonomy == acts)", *(
            "its owner is declared, and (it is an entry point or its autonomy is acts)",
            "its owner is not declared, or (it is not an entry point and its autonomy is not acts)",
        )),
        ("agent", "true", "this is always true", "this is never true"),
    ],
)  # fmt: skip
def test_a_condition_is_said_and_denied(kind: str, text: str, said: str, denied: str) -> None:
    _, condition = condition_of(kind, text)
    assert spoken(kind).say(condition) == said
    assert spoken(kind).say(condition, wanted=False) == denied


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entry and owner.active", "entry is true and owner.active is true"),
        ("owner is missing", "owner is not set"),
        ("autonomy <= asks", "autonomy is at most asks"),
        ("some s in audited_by satisfies s.tamper_evident", "at least one of audited_by is tamper-evident"),
        ("no s in audited_by satisfies s.on_failure == stop", "none of audited_by is one whose on_failure is stop"),
        ("count(calls where reversible) >= 1", "the number of calls that are reversible is at least 1"),
        ("autonomy in [asks, acts]", "autonomy is asks or acts"),
    ],
)
def test_a_condition_is_said_with_the_names_of_the_manifest(text: str, said: str) -> None:
    _, condition = condition_of("agent", text)
    assert Clauses(WrittenNouns(vocabulary(), {})).say(condition) == said


@cases(300)
@given(st.integers(0, 2**40))
def test_every_condition_is_said_without_a_sign_of_the_language(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a policy, not a secret
    kind = random.choice(sorted(KINDS))
    policy, condition = condition_of(kind, text_of(Author(random).condition({"it": Kind((kind,))}, "it")), above=SELECT)
    assert isinstance(policy.subject, EachComponent)
    for wanted in (True, False):
        said = spoken(kind).say(condition, wanted=wanted)
        assert not re.search(r"==|!=|[<>]|satisfies|\bwhere\b|  | ,|'s's|\(\)", re.sub('"[^"]*"', "text", said)), said
