"""A policy that only became stricter is no looser policy."""

import pytest
from tests.support.worlds import policy_of

from shipcheck.compare.stricter import is_stricter

MUST = "each: agent\nmust: title is set\n"
LADDER = f"{MUST}severity:\n  - error when stage == production\n  - warning when stage == pilot\n  - note\n"
STEPS = f"{MUST}severity:\n  - error when stage == production\n  - note\n"
REACH = "each: agent\nmust_not_reach: action where sensitivity >= high\nalong: calls\n"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (MUST, MUST),
        (f"{MUST}severity: warning\n", MUST),
        (f"{MUST}severity: note\n", f"{MUST}severity: warning\n"),
        (MUST, "each: agent\nmust: title is set and owner is set\n"),
        (STEPS, STEPS.replace("- note", "- warning")),
        (STEPS, LADDER),
        (STEPS.replace("error", "warning"), STEPS),
        (LADDER, f"{MUST}severity: error\n"),
        (f"{MUST}severity: note\n", LADDER),
        (f"{REACH}severity: note\n", f"{REACH}severity: error\n"),
        (f"{MUST}may_soften: [severity]\n", MUST),
    ],
)
def test_it_is_stricter(before: str, now: str) -> None:
    assert is_stricter(policy_of(before), policy_of(now))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (MUST, f"{MUST}severity: warning\n"),
        (MUST, "each: agent\nmust: owner is set\n"),
        (MUST, "each: agent\nmust: title is set or owner is set\n"),
        ("each: agent\nmust: title is set and owner is set\n", MUST),
        (MUST, "each: agent where entry\nmust: title is set\n"),
        (MUST, "each: action\nmust: title is set\n"),
        (MUST, REACH),
        (REACH, REACH.replace("high", "critical")),
        (REACH, REACH.replace("along: calls", "along: calls, delegates_to")),
        (STEPS, STEPS.replace("error when", "warning when")),
        (LADDER, STEPS),
        (STEPS, STEPS.replace("production", "pilot")),
        (LADDER, LADDER.replace("stage == pilot", "stage == candidate")),
        (LADDER, f"{MUST}severity: warning\n"),
        (MUST, LADDER),
        (MUST, f"{MUST}may_soften: [severity]\n"),
    ],
)
def test_it_is_not_surely_stricter(before: str, now: str) -> None:
    assert not is_stricter(policy_of(before), policy_of(now))
