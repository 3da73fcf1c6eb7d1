"""Tests of strangers: what is too much is refused with a message, and no test lends its limits to another."""

from pathlib import Path

import pytest
from tests.support.running import write

from shipcheck.app.policy_test import TestRequest, policy_test
from shipcheck.errors import CannotJudgeError
from shipcheck.model.policy_test import PackResult
from shipcheck.model.problem import MAX_PROBLEMS
from shipcheck.packs.test_files import DEEPEST
from shipcheck.pipeline.pack_with_tests import MOST_VALUES

PACK = """
pack: house
version: 1.0.0
policies:
  - {id: owned, title: A, why: B., each: agent, must: owner is set}
"""
HEADER = "# shipcheck-test: owned, as of 2026-11-22\n"
TABLE = "test: owned\nas_of: 2026-11-22\nworld: {shipcheck: 1, agents: {helper: {}}}\ncases:\n"


def outcome(folder: Path, files: dict[str, str]) -> PackResult:
    write(folder, {"pack.yaml": PACK, **{f"tests/{name}": text for name, text in files.items()}})
    (result,) = policy_test(TestRequest(str(folder), ()))
    return result


def messages(result: PackResult) -> list[str]:
    return [problem.message for problem in result.problems]


def test_a_table_with_too_many_values_is_refused(tmp_path: Path) -> None:
    cases = "".join(f"  - {{name: case {number}, expect: []}}\n" for number in range(MOST_VALUES // 4))
    assert messages(outcome(tmp_path, {"cases.yaml": TABLE + cases})) == [
        f"the file holds more than {MOST_VALUES:,} keys and values; split it"
    ]


def test_many_edits_of_a_large_world_are_refused(tmp_path: Path) -> None:
    large = "shipcheck: 1\nagents:\n" + "".join(f"  helper-{number}: {{}}\n" for number in range(6000))
    cases = "".join(f"  - {{name: case {number}, edit: {{remove: agent:helper-{number}}}, expect: []}}\n" for number in range(30))
    table = TABLE.replace("{shipcheck: 1, agents: {helper: {}}}", "large") + cases
    assert messages(outcome(tmp_path, {"large/shipcheck.yaml": large, "cases.yaml": table})) == [
        "the fixture of this table is too large for so many edits; make it smaller"
    ]


def test_a_case_that_expects_too_much_is_refused(tmp_path: Path) -> None:
    expected = ", ".join(["{subject: agent:helper}"] * 501)
    found = outcome(tmp_path, {"cases.yaml": f"{TABLE}  - {{name: all, expect: [{expected}]}}\n"})
    assert messages(found) == ["case 'all' expects more than 500 findings; make its fixture smaller"]


def test_very_many_wrong_comments_are_not_all_told(tmp_path: Path) -> None:
    world = HEADER + "shipcheck: 1\nagents: {helper: {}}\n" + "# expect: ownd\n" * 1000
    assert len(outcome(tmp_path, {"shipcheck.yaml": world}).problems) == MAX_PROBLEMS


def test_folders_may_not_nest_for_ever(tmp_path: Path) -> None:
    with pytest.raises(CannotJudgeError, match=f"is nested deeper than {DEEPEST} folders"):
        outcome(tmp_path, {f"{'a/' * DEEPEST}shipcheck.yaml": HEADER})


def test_a_file_that_no_test_reads_is_a_problem_but_for_the_code_of_a_world(tmp_path: Path) -> None:
    files = {
        "case.yaml": TABLE,
        "world/shipcheck.yaml": HEADER + "shipcheck: 1\nagents: {helper: {}}\n",
        "world/openapi.yaml": "a: 1\n",
    }
    assert messages(outcome(tmp_path, {**files, "README.md": "read me"})) == [
        "no test reads this file; a file of tests is named cases.yaml, NAME.cases.yaml, equivalent.yaml or shipcheck.yaml"
    ]


def test_too_many_mutants_for_the_worlds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shipcheck.app.policy_test.MOST_STEPS", 1)
    world = "shipcheck: 1\nagents: {first: {owner: ops}, second: {owner: ops}}\nteams: {ops: {}}\n"
    with pytest.raises(CannotJudgeError, match="are too large to run with 1 mutant; use smaller fixtures"):
        outcome(tmp_path, {"shipcheck.yaml": HEADER + world})
