"""The core pack under its own law: every case holds, every clause is covered, every mutant is killed or excused."""

from shipcheck.app.policy_test import TestRequest, policy_test

MOST_EXCUSED = 2


def test_the_core_pack_passes_its_own_tests() -> None:
    (result,) = policy_test(TestRequest("core"))
    assert [problem.message for problem in result.problems] == []
    assert [(failure.policy, failure.message) for failure in result.failures] == []
    assert result.covered
    assert result.mutated
    assert sum(unit.equivalents for unit in result.units) <= MOST_EXCUSED
    assert all(unit.mutants.total for unit in result.units)
