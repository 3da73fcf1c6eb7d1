"""A gate or an audit sink that another one replaces is not missed if the other is at least as strict in every field."""

import pytest
from tests.support.own_fields import graph_in, known_with, pack
from tests.support.worlds import graph_of
from tests.unit.compare.test_derived import weakened

from shipcheck.compare.field_changes import field_changes
from shipcheck.compare.weaker import Declared
from shipcheck.graph.pairs import pairs

GATE = """decided_by: human, timing: before, decisions: [approve, reject], approvers: [risk], approvals: 2, covers: [payments],
    on_timeout: deny, on_unavailable: deny, fires_in: [interactive], asker_may_approve: false, bound_to: [arguments],
    verifies_approver: true, owner: risk, audited_by: [ledger]"""
SINK = """owner: audit, purpose: audit, retention_days: 400, tamper_evident: true, records: [decision], on_failure: stop,
    personal_data: true"""
WORLD = f"""shipcheck: 1
use_cases: {{launch: {{stage: production, uses: [desk]}}}}
agents: {{desk: {{owner: ai, calls: [pay]}}}}
actions: {{pay: {{owner: bank, sensitivity: high, guarded_by: [boss], audited_by: [ledger]}}}}
gates:
  boss: {{{GATE}}}
  chief: {{{GATE}}}
audit_sinks:
  ledger: {{{SINK}}}
  journal: {{{SINK}}}
teams: {{ai: {{}}, bank: {{}}, risk: {{}}, audit: {{}}, law: {{}}}}
"""
GUARDED = "action:pay[guarded_by]"


def chief(old: str, new: str) -> str:
    """The world with another value of the new gate."""
    start, end = WORLD.index("  chief:"), WORLD.index("audit_sinks:")
    assert old in WORLD[start:end]
    return WORLD[:start] + WORLD[start:end].replace(old, new) + WORLD[end:]


@pytest.mark.parametrize(
    ("old", "new", "missed"),
    [
        ("approvals: 2", "approvals: 2", False),
        ("approvals: 2", "approvals: 3", False),
        ("covers: [payments]", "covers: [payments, egress]", False),
        ("approvals: 2", "approvals: 1", True),
        ("timing: before", "timing: after", True),
        ("on_timeout: deny", "on_timeout: allow", True),
        ("verifies_approver: true, ", "", True),
        ("timing: before", "timing: before, condition: above 100", True),
        ("approvers: [risk]", "approvers: [risk, law]", True),
        ("approvers: [risk]", "approvers: []", True),
        ("owner: risk", "owner: law", True),
        (", audited_by: [ledger]", "", True),
    ],
)
def test_a_gate_is_missed_unless_the_other_is_as_strict(old: str, new: str, missed: bool) -> None:  # noqa: FBT001 - a case
    world = chief(old, new)
    assert graph_of(world)
    found = weakened(world, world.replace("guarded_by: [boss]", "guarded_by: [chief]"))
    assert (GUARDED in found) is missed


def test_a_gate_whose_code_is_named_is_replaced_by_one_whose_code_is_found() -> None:
    world = WORLD.replace("  boss: {", "  boss: {implemented_by: [{file: src/gate.py, symbol: ask}], ")
    assert GUARDED in weakened(world, world.replace("guarded_by: [boss]", "guarded_by: [chief]"))


@pytest.mark.parametrize(("tested", "missed"), [("true", False), ("false", True), ("", True)])
def test_a_gate_is_missed_unless_fields_of_packs_are_as_strict(tested: str, missed: bool) -> None:  # noqa: FBT001 - a case
    known = known_with(pack("fields: {gate: {tested: {type: yes_no, weaker: lower, description: d}}}"))
    own = f", model-risk: {{tested: {tested}}}" if tested else ""
    world = WORLD.removeprefix("shipcheck: 1\n").replace(GATE, f"{GATE}, model-risk: {{tested: true}}", 1)
    world = world.replace(f"chief: {{{GATE}", f"chief: {{{GATE}{own}")
    base, head = graph_in(known, world), graph_in(known, world.replace("guarded_by: [boss]", "guarded_by: [chief]"))
    found = pairs(base, head)
    [change] = field_changes(Declared(base, head, found, known), found, lambda _: None)
    assert (change.field, change.weakens) == ("guarded_by", missed)


def test_a_gate_that_was_there_before_replaces_nothing() -> None:
    both = WORLD.replace("guarded_by: [boss]", "guarded_by: [boss, chief]")
    assert GUARDED in weakened(both, WORLD)


@pytest.mark.parametrize(("old", "new", "missed"), [("x", "x", False), ("retention_days: 400", "retention_days: 399", True)])
def test_a_sink_is_missed_unless_the_other_is_as_strict(old: str, new: str, missed: bool) -> None:  # noqa: FBT001 - a case
    start = WORLD.index("  journal:")
    world = WORLD[:start] + WORLD[start:].replace(old, new)
    found = weakened(world, world.replace("audited_by: [ledger]}", "audited_by: [journal]}", 1))
    assert ("action:pay[audited_by]" in found) is missed


def test_a_sink_that_is_gone_is_missed() -> None:
    named = WORLD.replace("  ledger: {", "  ledger: {implemented_by: [{file: src/ledger.py, symbol: write}], ")
    start, end = named.index("  ledger:"), named.index("  journal:")
    head = (named[:start] + named[end:]).replace(", audited_by: [ledger]", "")
    assert "action:pay[audited_by]" in weakened(named, head, gone=("src/ledger.py",))
