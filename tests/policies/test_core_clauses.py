"""What each clause of the core pack does: `clauses.yaml` holds changes to the passing worlds, and what becomes of each."""

import copy
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from shipcheck.app.check import CheckRequest, check

TOP = Path(__file__).resolve().parents[2]
CORE = TOP / "policies" / "core"
TODAY = date(2026, 11, 22)
MANIFEST = "shipcheck.yaml"
RESULTS = {"breaks": "fail", "keeps": "pass", "frees": "not_applicable"}
NOTHING_JUDGED = "nothing-judged"

Change = dict[str, Any]
CLAUSES: dict[str, dict[str, list[Change]]] = yaml.safe_load((Path(__file__).parent / "clauses.yaml").read_text("utf-8"))
POLICIES = {
    policy["id"]: policy
    for file in sorted(CORE.glob("*.yaml"))
    for policy in yaml.safe_load(file.read_text("utf-8")).get("policies", ())
}


def cases() -> Iterator[Any]:
    for policy, listed in CLAUSES.items():
        for word, changes in listed.items():
            for number, change in enumerate(changes, start=1):
                yield pytest.param(policy, change, RESULTS[word], id=f"{policy}-{word}-{number}")


def changed(manifest: dict[str, Any], change: Change) -> dict[str, Any]:
    """The manifest with every place of the change written anew, or taken away where it is null."""
    new = copy.deepcopy(manifest)
    for place, value in change.items():
        *above, last = place.split(".")
        held = new
        for key in above:
            held = held.setdefault(key, {})
        if value is None:
            del held[last]
        else:
            held[last] = value
    return new


def result(policy: str, change: Change, folder: Path) -> str:
    """How a policy comes out over its passing world after the change."""
    world = CORE / "tests" / policy / "passes"
    passing = yaml.safe_load((world / MANIFEST).read_text("utf-8"))
    shutil.copytree(world, folder, dirs_exist_ok=True)
    (folder / MANIFEST).write_text(yaml.safe_dump(changed(passing, change), sort_keys=False), encoding="utf-8")
    report = check(CheckRequest(folder, TODAY, (f"core/{policy}",)))
    assert [problem.message for problem in report.problems if problem.code != NOTHING_JUDGED] == []
    (only,) = report.results
    return only.result


def test_every_policy_has_a_change_that_breaks_it() -> None:
    assert set(CLAUSES) == set(POLICIES)
    assert all(listed["breaks"] and set(listed) <= set(RESULTS) for listed in CLAUSES.values())


@pytest.mark.parametrize(("policy", "change", "expected"), [*cases()])
def test_a_change_does_what_it_is_listed_for(policy: str, change: Change, expected: str, tmp_path: Path) -> None:
    assert result(policy, change, tmp_path) == expected
