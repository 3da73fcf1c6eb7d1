"""People who decide or keep records: who they are counts, not that they changed."""

import pytest
from tests.support.worlds import graph_of, vocabulary
from tests.unit.compare.test_derived import weakened

from shipcheck.compare.gravity import Gravity
from shipcheck.compare.people import unfit
from shipcheck.compare.weaker import Declared
from shipcheck.graph.pairs import pairs

WORLD = """shipcheck: 1
use_cases: {launch: {stage: production, uses: [desk]}}
agents: {desk: {owner: ai, calls: [pay], audited_by: [ledger]}}
actions: {pay: {owner: bank, sensitivity: high, guarded_by: [boss], audited_by: [ledger]}}
gates: {boss: {owner: risk, approvers: [risk]}}
audit_sinks: {ledger: {owner: audit}}
teams:
  ai: {members: [ana, ben]}
  bank: {members: [cem]}
  risk: {members: [dia]}
  audit: {members: [eva]}
  law: {members: [fay]}
  twins: {members: [ben, ana]}
  users: {type: end_users}
  shop: {type: vendor}
  gone: {active: false}
"""
OWN_AGENT = {"owner": "whose people own the agent that it controls"}
CASES = {
    "another team of the base": ("ledger: {owner: audit}", "ledger: {owner: law}", {}),
    "the team of the agent": (
        "ledger: {owner: audit}",
        "ledger: {owner: ai}",
        OWN_AGENT,
    ),
    "the team of the action": (
        "ledger: {owner: audit}",
        "ledger: {owner: bank}",
        {"owner": "own the action"},
    ),
    "the same people": (
        "ledger: {owner: audit}",
        "ledger: {owner: twins}",
        OWN_AGENT,
    ),
    "one of their people joins": ("audit: {members: [eva]}", "audit: {members: [eva, ana]}", OWN_AGENT),
    "end users": ("ledger: {owner: audit}", "ledger: {owner: users}", {"owner": "which is a team of type end_users"}),
    "a vendor": ("approvers: [risk]", "approvers: [risk, shop]", {"approvers": "which is a team of type vendor"}),
    "inactive": ("approvers: [risk]", "approvers: [gone]", {"approvers": "which is not active"}),
    "the agent comes to them": (
        "desk: {owner: ai",
        "desk: {owner: risk",
        OWN_AGENT | {"approvers": "own"},
    ),
    "they become a vendor": ("risk: {", "risk: {type: vendor, ", {"owner": "vendor", "approvers": "vendor", "type": "vendor"}),
}


@pytest.mark.parametrize("name", CASES)
def test_people_are_weaker_for_what_speaks_against_them(name: str) -> None:
    old, new, expected = CASES[name]
    assert old in WORLD
    found = {
        subject.partition("[")[2][:-1]: finding.message for subject, finding in weakened(WORLD, WORLD.replace(old, new)).items()
    }
    assert found.keys() == expected.keys() - {"type"}
    assert all(expected[field] in message for field, message in found.items())


def test_a_team_that_the_base_does_not_have_decides_nothing() -> None:
    head = WORLD.replace("ledger: {owner: audit}", "ledger: {owner: new}").replace("  law:", "  new: {members: [gil]}\n  law:")
    assert [finding.message for finding in weakened(WORLD, head).values()] == [
        "owner of audit_sink:ledger is team:new, which the base does not have"
    ]


def test_what_was_so_in_the_base_is_no_news() -> None:
    for old, new in (
        ("owner: audit", "owner: ai"),
        ("approvers: [risk]", "approvers: [shop]"),
        ("risk: {", "risk: {type: vendor, "),
    ):
        world = WORLD.replace(old, new)
        assert graph_of(world)
        assert weakened(world, world.replace("sensitivity: high", "sensitivity: critical")) == {}


CLERK = "agents: {clerk: {owner: law, calls: [pay]}, "


@pytest.mark.parametrize(
    ("edits", "count"),
    [
        ([("approvers: [risk]", "approvers: [law]")], 0),
        ([("approvers: [risk]", "approvers: [ai]")], 0),
        ([("approvers: [risk]", "approvers: [shop]")], 0),
        ([("approvers: [risk]", "approvers: [law]"), ("desk: {owner: ai", "desk: {owner: law")], 1),
        ([("approvers: [risk]", "approvers: [law]"), ("pay: {owner: bank", "pay: {owner: law")], 1),
        ([("approvers: [risk]", "approvers: [law]"), ("agents: {", CLERK)], 1),
        ([("approvers: [risk]", "approvers: [new]"), ("teams:\n", "teams:\n  new: {members: [kim]}\n")], 0),
        (
            [
                ("approvers: [risk]", "approvers: [new]"),
                ("teams:\n", "teams:\n  new: {members: [kim]}\n"),
                ("desk: {owner: ai", "desk: {owner: new"),
            ],
            1,
        ),
    ],
)
def test_another_policy_says_only_what_the_edit_of_the_field_brings(edits: list[tuple[str, str]], count: int) -> None:
    """A consent to that edit covers the finding of that policy, so what another edit makes of it is a finding of its own."""
    text = WORLD
    for old, new in edits:
        text = text.replace(old, new)
    before, after = graph_of(WORLD), graph_of(text)
    known = pairs(before, after)
    declared, gravity = Declared(before, after, known, vocabulary()), Gravity(before, after, vocabulary())
    failing = frozenset({("change-gate-approvers", "gate:boss")})
    subjects = [item.subject for item in unfit(declared, known, gravity, failing)]
    assert subjects.count("gate:boss[approvers]") == count
