"""What `doctor` prints, to the letter, and that its JSON is what the schema says. SHIPCHECK_REWRITE=1 writes the files anew."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from tests.doctor.worlds import PLACES, well_wired
from tests.support.running import write
from tests.support.schemas import validator

from shipcheck.app.doctor import DoctorRequest, doctor
from shipcheck.doctor.audits import AUDITS
from shipcheck.report.doctor.json import render as render_json
from shipcheck.report.doctor.text import render as render_text
from shipcheck.report.style import Style

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent / "printed"
NAUGHTY = "\u202e\x1b[31m ::error::<b>`|\u0000"
WEAK = {
    ".github/workflows/check.yml": (
        PLACES["github"][1].replace("    types", "    paths: ['**.yaml']\n    types").replace("--base auto", "|| true")
    ),
    ".pre-commit-config.yaml": PLACES["hooks"][1].replace("v1.0.0", "main"),
    ".gitlab-ci.yml": "include: [{local: other.yml}]\n",
    "CODEOWNERS": "/docs/ @org/team\n",
}
CASES = {
    "in-order": {**well_wired("github"), **well_wired("hooks")},
    "weak": WEAK,
    "nothing": {},
    "malformed": {**well_wired("github"), ".github/workflows/check.yml": "jobs: [\n"},
    "hostile": {
        **well_wired("github"),
        ".github/workflows/check.yml": f"jobs: {{{json.dumps(NAUGHTY)}: {{steps: [{{run: shipcheck check}}]}}}}",
    },
}


def printed(case: str, folder: Path) -> tuple[str, str]:
    top = folder / "top"
    top.mkdir()
    write(top, CASES[case])
    report = doctor(DoctorRequest(top))
    return render_text(report, Style(color=False)), render_json(report)


@pytest.mark.parametrize("case", CASES)
def test_a_repository_prints_what_its_file_says(case: str, tmp_path: Path) -> None:
    for suffix, text in zip(("txt", "json"), printed(case, tmp_path), strict=True):
        expected = HERE / f"{case}.{suffix}"
        if os.environ.get("SHIPCHECK_REWRITE"):
            expected.write_text(text, "utf-8")
        assert text == expected.read_text("utf-8")


@pytest.mark.parametrize("case", CASES)
def test_the_json_fits_its_schema(case: str, tmp_path: Path) -> None:
    told = json.loads(printed(case, tmp_path)[1])
    doctor_schema = validator("doctor")
    assert list(doctor_schema.iter_errors(told)) == []
    schema: Any = doctor_schema.schema
    kinds = schema["properties"]["audits"]["items"]["properties"]["audit"]["enum"]
    assert kinds == [audit.id for audit in AUDITS]


def test_hostile_names_move_no_cursor_and_begin_no_command(tmp_path: Path) -> None:
    text, as_json = printed("hostile", tmp_path)
    assert not {"\x1b", "\x00", "\u202e"} & set(text + as_json)
    assert not re.search(r"(?m)(?<!\S)::error|^\s*::error", text)


def test_colour_changes_nothing_but_colour(tmp_path: Path) -> None:
    write(tmp_path, WEAK)
    report = doctor(DoctorRequest(tmp_path))
    colored = render_text(report, Style(color=True))
    for code in ("1;31", "1;33", "1;36", "1;35", "1", "2", "1;32", "34", "0"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == render_text(report, Style(color=False))
