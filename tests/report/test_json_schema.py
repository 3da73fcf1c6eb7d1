"""The JSON report is what its published schema says, in every state."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.support.repository import create
from tests.support.schemas import validator

from shipcheck.app.check import CheckRequest, check
from shipcheck.report.check.json import render as render_json

ROOT = Path(__file__).resolve().parents[2]
CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
STATES = {
    "clean": CLEAN,
    "finding": "shipcheck: 1\nagents:\n  helper: {}\n",
    "absence": "shipcheck: 1\nnothing_to_declare: {owner: me, date: 2026-01-01, reason: no model}\n",
    "unknown key": "shipcheck: 1\nagent: {}\n",
    "not YAML": "shipcheck: [\n",
    "twins": "shipcheck: 1\nagents:\n  a: {delegates_to: [b]}\n",
}


@pytest.mark.parametrize("text", STATES.values(), ids=STATES.keys())
def test_every_state_of_a_report_fits_the_schema(text: str, tmp_path: Path) -> None:
    (tmp_path / "shipcheck.yaml").write_text(text)
    report = check(CheckRequest(tmp_path, date(2026, 11, 22)))
    assert list(validator("check").iter_errors(json.loads(render_json(report)))) == []


@pytest.mark.parametrize("example", ["airline-customer-service", "email-assistant"])
def test_the_reports_of_the_examples_fit_the_schema(example: str) -> None:
    report = check(CheckRequest(ROOT / "examples" / example, date(2026, 11, 22)))
    assert list(validator("check").iter_errors(json.loads(render_json(report)))) == []


@pytest.mark.needs("git")
def test_a_report_against_a_base_fits_the_schema(tmp_path: Path) -> None:
    agents = "agents:\n  helper: {calls: [pay]}\nactions:\n  pay: {guarded_by: [desk]}\n"
    gate = f"{agents}gates:\n  desk: {{decided_by: human, owner: us}}\n"
    teams = "teams:\n  us: {contact: a}\n"
    repository = create(tmp_path / "top", {"shipcheck.yaml": f"shipcheck: 1\n{gate}{teams}", "b.shipcheck.yaml": "a: [\n"})
    (tmp_path / "top/b.shipcheck.yaml").unlink()
    weak = gate.replace("human", "rule").replace("helper: {", "clerk: {was: helper, ").replace("[desk]", "[]")
    head = f"shipcheck: 1\n{weak}{teams.replace('a}', 'b}')}"
    repository.commit(
        {"shipcheck.yaml": head, "CODEOWNERS": "* @us\n", ".shipcheck/settings.yaml": "shipcheck: 1\nfail_on: error\n"}
    )
    report = repository.judged(base="HEAD~1")
    assert list(validator("check").iter_errors(report)) == []
    kinds = {change["change"] for change in report["changes"]}
    assert {"team-changed", "code-owners-changed", "not-comparable", "link-removed", "component-renamed"} <= kinds
    assert {finding["change"] for finding in report["findings"]} == {"introduced", "unchanged"}


def test_an_unreadable_report_is_refused_by_the_schema() -> None:
    assert list(validator("check").iter_errors({"shipcheck": "0"})) != []
