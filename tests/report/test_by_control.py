"""The matrix of controls, end to end: what runs, what fails and what nobody judged, for people and for programs."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.support.schemas import validator

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.report import Report
from shipcheck.report.check.json import render as render_json
from shipcheck.report.check.text import render as render_text
from shipcheck.report.style import Style

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 22)
WORLD = "shipcheck: 1\nteams:\n  us: {contact: a}\nagents:\n  helper: {owner: us}\n"
OWN = """\
pack: local
version: 1.0.0
catalogues:
  rules:
    title: "::error::Rules"
    source: https://rules.example
    dated: 2026-01-01
    checked: 2026-11-22
    scope: All.
    controls:
      r-1: {title: "One\\n::error::two", cites: "1", hides: All.}
      r-2: {title: Two, cites: "2", hides: All.}
policies:
  - id: reachable
    title: Every team can be reached
    why: Because.
    each: team
    must: contact is set
    controls: [rules/r-1]
"""
BROKEN = OWN.replace("rules/r-1", "rules/r-9")


def judged(folder: Path, text: str, *policies: str, local: str = "") -> Report:
    (folder / "shipcheck.yaml").write_text(text, "utf-8")
    if local:
        (folder / ".shipcheck/local").mkdir(parents=True)
        (folder / ".shipcheck/local/pack.yaml").write_text(local, "utf-8")
    return check(CheckRequest(folder, DAY, policies, by_control=True))


def standings(report: Report) -> dict[str, str]:
    """How each control stands, once the JSON report fits its schema."""
    found = json.loads(render_json(report))
    assert list(validator("check").iter_errors(found)) == []
    return {control["control"]: control["standing"] for catalogue in found["controls"] for control in catalogue["controls"]}


def test_what_fails_what_holds_and_what_nobody_judged(tmp_path: Path) -> None:
    found = standings(judged(tmp_path, WORLD))
    assert found["eu-ai-act/art-17"] == "satisfied"
    assert found["nist-ai-rmf/govern-1.6"] == "violated"
    assert found["nist-ai-rmf/govern-2.1"] == "partly_judged"
    assert found["nist-ai-rmf/manage-1.1"] == "not_judged"
    assert found["owasp-asi/asi03"] == "not_judged"


def test_what_a_waiver_excuses_is_violated_and_waived(tmp_path: Path) -> None:
    (tmp_path / ".shipcheck").mkdir()
    (tmp_path / ".shipcheck/waivers.yaml").write_text(
        "shipcheck: 1\nwaivers:\n"
        "  - {policy: core/agent-without-use-case, subject: agent:helper, up_to: warning, reason: A trial.,\n"
        "     owner: us, approver: others, until: 2026-12-01}\n",
        "utf-8",
    )
    report = judged(tmp_path, WORLD.replace("teams:\n", "teams:\n  others: {contact: b}\n"))
    assert standings(report)["nist-ai-rmf/govern-1.6"] == "violated"
    assert "govern-1.6   violated, waived" in render_text(report, Style(color=False))


def test_a_policy_that_was_not_asked_for_leaves_its_controls_open(tmp_path: Path) -> None:
    found = standings(judged(tmp_path, WORLD, "core/owner-missing"))
    assert found["eu-ai-act/art-17"] == "satisfied"
    assert set(found.values()) == {"satisfied", "not_judged"}
    assert [name for name, standing in found.items() if standing == "satisfied"] == ["eu-ai-act/art-17"]


@pytest.mark.parametrize(
    "text",
    [
        "shipcheck: 1\nagent: {}\n",
        "shipcheck: 1\nnothing_to_declare: {owner: me, date: 2026-01-01, reason: no model}\n",
    ],
    ids=["malformed", "nothing to declare"],
)
def test_where_nothing_was_judged_no_control_is(tmp_path: Path, text: str) -> None:
    report = judged(tmp_path, text)
    assert set(standings(report).values()) == {"not_judged"}
    printed = render_text(report, Style(color=False))
    assert "Controls: 43 not judged." in printed
    assert "satisfied" not in printed


def test_nobody_sees_controls_who_did_not_ask(tmp_path: Path) -> None:
    judged(tmp_path, WORLD)
    report = check(CheckRequest(tmp_path, DAY))
    assert json.loads(render_json(report))["controls"] is None
    assert "Controls:" not in render_text(report, Style(color=False))


def test_a_pack_brings_its_own_controls_and_its_words_are_no_commands(tmp_path: Path) -> None:
    report = judged(tmp_path, WORLD, local=OWN)
    found = standings(report)
    assert (found["rules/r-1"], found["rules/r-2"]) == ("satisfied", "not_judged")
    printed = render_text(report, Style(color=False))
    assert not [line for line in printed.splitlines() if line.lstrip().startswith("::")]


def test_a_pack_that_names_a_control_that_is_not_there_is_not_judged_by(tmp_path: Path) -> None:
    report = judged(tmp_path, WORLD, local=BROKEN)
    assert [problem.code for problem in report.judged.problems] == ["P008"]
    assert report.verdict == "incomplete"
    assert set(standings(report).values()) == {"not_judged"}


def test_a_check_reads_no_catalogue_unless_it_needs_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError

    monkeypatch.setattr("shipcheck.pipeline.prepare.load_catalogues", refuse)
    monkeypatch.setattr("shipcheck.pipeline.assemble_report.load_catalogues", refuse)
    (tmp_path / "shipcheck.yaml").write_text(WORLD, "utf-8")
    assert check(CheckRequest(tmp_path, DAY)).judged.results
