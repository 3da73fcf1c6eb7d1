"""A policy that asks for more is stricter, one that asks for less looser, and of any other nobody can tell."""

import pytest
from tests.support.worlds import policy_of

from shipcheck.compare.strictness import LOOSER, OTHER, SAME, STRICTER, Strictness, strictness

MUST = """
id: one
each: agent where entry
must: title is set and owner is set
severity: warning
message: "{subject} fails"
"""
REACH = """
id: one
each: agent
must_not_reach: action where sensitivity >= high
along: calls, delegates_to
unless_through: gate where decided_by == human
severity:
  - error when stage == production
  - warning
message: "{from} reaches {to}"
"""
TRAIL = """
id: one
each: agent
must_reach: audit_sink where purpose == audit
along: audited_by
within: 2
message: "{subject} fails"
"""
STEPS: dict[str, tuple[str, str, str]] = {
    "one condition more": (MUST, "owner is set", "owner is set and autonomy is set"),
    "more subjects": (MUST, "agent where entry", "agent"),
    "a higher severity": (MUST, "severity: warning", "severity: error"),
    "more targets": (REACH, "sensitivity >= high", "sensitivity >= medium"),
    "all targets": (REACH, "action where sensitivity >= high", "action"),
    "more links": (REACH, "calls, delegates_to", "calls, delegates_to, starts"),
    "fewer gates": (REACH, "gate where decided_by == human", "gate where decided_by == human and timing == before"),
    "no gate": (REACH, "unless_through: gate where decided_by == human\n", ""),
    "at the end": (REACH, "severity:\n", "gate_on: last_hop\nseverity:\n"),
    "a higher rung": (REACH.replace("  - warning", "  - note"), "  - note", "  - warning"),
    "one rung": (REACH, "severity:\n  - error when stage == production\n  - warning\n", "severity: error\n"),
    "fewer that it may reach": (TRAIL, "where purpose == audit", "where purpose == audit and tamper_evident"),
    "a shorter way": (TRAIL, "within: 2", "within: 1"),
}
UNCLEAR: dict[str, tuple[str, str, str]] = {
    "another condition": (MUST, "owner is set", "autonomy is set"),
    "another kind": (MUST, "each: agent where entry", "each: tool_server"),
}


def compared(step: tuple[str, str, str]) -> Strictness:
    text, old, new = step
    assert old in text
    return strictness(policy_of(text), policy_of(text.replace(old, new)))


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_stricter_and_back_looser(name: str) -> None:
    text, old, new = STEPS[name]
    before, after = policy_of(text), policy_of(text.replace(old, new))
    assert (strictness(before, after), strictness(after, before)) == (STRICTER, LOOSER)
    assert strictness(before, policy_of(text.replace("{subject} fails", "{subject} is wrong"))) is SAME


@pytest.mark.parametrize("name", UNCLEAR)
def test_other_texts_cannot_be_compared(name: str) -> None:
    assert compared(UNCLEAR[name]) is OTHER


def test_more_in_one_part_and_less_in_another_cannot_be_told() -> None:
    text = MUST.replace("severity: warning", "severity: note").replace("owner is set", "owner is set and autonomy is set")
    assert strictness(policy_of(MUST), policy_of(text)) is OTHER
