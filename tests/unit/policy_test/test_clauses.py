"""Which values a clause can have at all: exempt by rule, never by list."""

import pytest
from tests.support.worlds import plan_of, vocabulary

from shipcheck.model.policy import Pack
from shipcheck.policy_test.clause_list import policy_clauses, selector_clauses

BOTH = "false true"
ALL = "false true unknown"


def clauses(text: str, *, select: str = "") -> list[tuple[str, str, str]]:
    """Role, text and possible values of each clause of one policy."""
    pack = packed(text, select)
    return [
        (clause.role, clause.clause.text, " ".join(sorted(clause.possible)))
        for clause in policy_clauses(pack.policies[0], pack, vocabulary())
    ]


def packed(text: str, select: str) -> Pack:
    lines = "\n".join(f"    {line}" for line in text.splitlines())
    body = f"policies:\n  - id: a\n    title: A\n    why: B.\n{lines}\n"
    return plan_of(f"select:\n{select}\n{body}" if select else body).packs[0]


@pytest.mark.parametrize(
    ("condition", "possible"),
    [
        ("owner is set", BOTH),
        ("entry", BOTH),  # it has a default
        ("untrusted_input", ALL),
        ("autonomy == acts", ALL),
        ("count(calls) >= 1", BOTH),  # a link that is not there is none
        ("count(delegated_by) >= 1", BOTH),  # nor is one that nothing else declares
        ("stage == production", ALL),
        ("sees >= secret", ALL),
        ("insider_tainted", ALL),
        ('name == "x"', BOTH),
        ("some a in calls satisfies a.state == live", BOTH),
        ("some a in calls satisfies a.reversible", ALL),
        ("some i in implemented_by satisfies i.symbol is set", ALL),
    ],
)
def test_what_cannot_be_unknown_is_not_asked_for(condition: str, possible: str) -> None:
    assert (condition, possible) in [found[1:] for found in clauses(f"each: agent\nmust: {condition}")]


@pytest.mark.parametrize(
    ("kind", "condition", "possible"),
    [
        ("gate", "met_by_sub_agents", BOTH),  # it arises from links alone
        ("gate", "met_unattended", ALL),
        ("action", "changes_memory", BOTH),
        ("action", "acts_on == test", ALL),  # what an action with effects changes can be unknown
        ("use_case", "has_code", BOTH),
        ("use_case", "draws_on == secret", ALL),
    ],
)
def test_a_derived_value_can_be_unknown_if_what_gives_it_can(kind: str, condition: str, possible: str) -> None:
    assert (condition, possible) in [found[1:] for found in clauses(f"each: {kind}\nmust: {condition}")]


def test_a_part_that_was_asked_for_before_is_known() -> None:
    before = "autonomy is set and autonomy == acts"
    assert clauses(f"each: agent\nmust: {before}")[1][2] == BOTH
    assert clauses("each: agent\nmust: autonomy is missing or autonomy == acts")[1][2] == BOTH
    assert clauses("each: agent\nmust: autonomy is set or autonomy == acts")[1][2] == ALL
    assert clauses("each: agent where autonomy is set\nmust: autonomy == acts")[1][2] == BOTH


def test_a_later_step_of_a_ladder_is_asked_of_what_is_known() -> None:
    ladder = "severity:\n  - error when stage == production\n  - warning when stage == pilot\n  - note"
    text = f"each: agent\nmust: owner is set\n{ladder}"
    assert [found for found in clauses(text) if found[0] == "severity"] == [
        ("severity", "stage == production", ALL),
        ("severity", "stage == pilot", BOTH),
    ]


def test_the_clauses_of_a_named_selector_are_its_own() -> None:
    text = "each: payer where autonomy is set\nmust: some a in delegates_to satisfies a is payer"
    select = "  payer: agent where entry and untrusted_input"
    assert clauses(text, select=select) == [
        ("each", "autonomy is set", BOTH),
        ("must", "a is payer", ALL),
        ("must", "some a in delegates_to satisfies a is payer", ALL),
    ]
    pack = packed(text, select)
    found = selector_clauses(pack.selectors[0].selector, vocabulary())
    assert [(clause.clause.text, " ".join(sorted(clause.possible))) for clause in found] == [
        ("entry", BOTH),
        ("untrusted_input", ALL),
    ]


def test_links_have_clauses_of_both_their_ends() -> None:
    found = clauses("each: link calls where from.entry\nmust: to.reversible")
    assert found == [("each", "from.entry", BOTH), ("must", "to.reversible", ALL)]
