"""The tests of the built-in packs: every case holds, every clause is covered, every mutant is killed or listed as equivalent."""

import pytest

from shipcheck import assets
from shipcheck.app.policy_test import TestRequest, policy_test
from shipcheck.packs.pack_files import built_in_names

# How many mutants each pack may list as equivalent; a pack that is not named here lists none.
MOST_EQUIVALENT = {"agentic-security": 1, "core": 5}
PACKS = ("agentic-security", "core", "eu-ai-act")


def test_every_built_in_pack_is_named_here() -> None:
    assert built_in_names(assets.policies()) == PACKS


@pytest.mark.parametrize("pack", PACKS)
def test_a_built_in_pack_passes_its_own_tests(pack: str) -> None:
    (result,) = policy_test(TestRequest(pack))
    assert [problem.message for problem in result.problems] == []
    assert [(failure.policy, failure.message) for failure in result.failures] == []
    assert result.covered
    assert result.mutated
    assert sum(unit.equivalents for unit in result.units) <= MOST_EQUIVALENT.get(pack, 0)
    assert all(unit.mutants.total for unit in result.units)
