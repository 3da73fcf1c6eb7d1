"""What a retired use case still reaches counts as in production, and the finding says why."""

from tests.support.worlds import findings

POLICY = """
each: action
must: reversible
severity:
  - error when stage == production
  - warning
"""
WORLD = """
shipcheck: 1
use_cases: {old: {stage: retired, uses: [desk]}, new: {stage: pilot, audience: staff, uses: [clerk]}}
agents: {desk: {calls: [pay]}, clerk: {calls: [pay, look]}}
actions: {pay: {reversible: false, effects: []}, look: {reversible: false, effects: []}}
"""


def test_a_retired_use_case_makes_what_it_reaches_as_severe_as_production() -> None:
    found = {finding.subject: finding for finding in findings(POLICY, WORLD)}
    assert {subject: str(finding.severity) for subject, finding in found.items()} == {
        "action:pay": "error",
        "action:look": "warning",
    }
    (ground,) = found["action:pay"].grounds
    assert (
        ground.text
        == "error because stage is production; use_case:old is retired, and what it still reaches counts as production"
    )
    assert [hop.source for hop in ground.chain] == ["use_case:old", "agent:desk"]
