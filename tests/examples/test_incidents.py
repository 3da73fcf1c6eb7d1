"""Public incidents are red for the reason that those who looked into them name, and their repaired twins are not.

Neither a lower sensitivity nor another stage, which are the words of whoever writes the manifest, hides that reason.
"""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report

TOP = Path(__file__).resolve().parents[2]
FOLDER = TOP / "examples" / "incidents"
EXPECTED: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
INCIDENTS: dict[str, dict[str, Any]] = EXPECTED["incidents"]
MANIFEST = "shipcheck.yaml"
WORDS = ("low", "medium", "high", "critical")
SIDES = ("before", "after")
PARTS = ("What happened", "Named reason", "Remedy as stated", "What no manifest can show")
# The reader meets the named reason in the first two causes of the report, of at least nine incidents in ten.
FIRST, MOST_LATER = 2, len(INCIDENTS) // 10

each = pytest.mark.parametrize("name", sorted(INCIDENTS))


def judged(root: Path) -> Report:
    day = EXPECTED["as_of"]
    assert isinstance(day, date)
    report = check(CheckRequest(root, day))
    assert [problem.message for problem in report.judged.problems] == []
    return report


def errors(report: Report) -> list[str]:
    return sorted({finding.policy.removeprefix("core/") for finding in report.findings if finding.severity is Severity.ERROR})


def lowered(text: str, steps: int) -> str:
    def lower(match: re.Match[str]) -> str:
        return f"sensitivity: {WORDS[max(0, WORDS.index(match[1]) - steps)]}"

    return re.sub(rf"sensitivity: ({'|'.join(WORDS)})", lower, text)


def as_pilot(text: str) -> str:
    return text.replace("stage: production", "stage: pilot")


def position(name: str) -> int:
    """Among which causes of the report the named reason is, from 0."""
    policy, causes = INCIDENTS[name]["policy"], judged(FOLDER / name / "before").screen.causes
    found = [{finding.policy for block in cause.blocks for finding in block} for cause in causes]
    return next(number for number, policies in enumerate(found) if policy in policies)


def test_there_are_at_least_ten_incidents_and_nothing_else() -> None:
    assert len(INCIDENTS) >= 10
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(INCIDENTS)
    assert {file.parent.relative_to(FOLDER).as_posix() for file in FOLDER.rglob(MANIFEST)} == {
        f"{name}/{side}" for name in INCIDENTS for side in SIDES
    }


@each
def test_an_incident_is_red_for_its_named_reason_and_its_twin_is_not(name: str) -> None:
    incident = INCIDENTS[name]
    policy = incident["policy"].removeprefix("core/")
    before, after = (errors(judged(FOLDER / name / side)) for side in SIDES)
    assert policy in before
    assert policy not in after
    assert (before, after) == (incident["before"], incident["after"])


@each
@pytest.mark.parametrize(("steps", "pilot"), [(1, False), (2, True)], ids=["lower", "much-lower-and-a-pilot"])
def test_lower_words_do_not_hide_the_reason(name: str, steps: int, pilot: bool, tmp_path: Path) -> None:  # noqa: FBT001
    shutil.copytree(FOLDER / name / "before", tmp_path, dirs_exist_ok=True)
    text = lowered((tmp_path / MANIFEST).read_text("utf-8"), steps)
    (tmp_path / MANIFEST).write_text(as_pilot(text) if pilot else text, "utf-8")
    assert INCIDENTS[name]["policy"].removeprefix("core/") in errors(judged(tmp_path))


def test_the_named_reasons_come_first() -> None:
    later = [name for name in sorted(INCIDENTS) if position(name) >= FIRST]
    assert len(later) <= MOST_LATER, later


@each
def test_every_source_is_written_down(name: str) -> None:
    incident = INCIDENTS[name]
    assert incident["sources"]
    told = (FOLDER / name / "README.md").read_text("utf-8")
    assert all(f"**{part}.**" in told for part in PARTS)
