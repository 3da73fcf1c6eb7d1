"""The matrix of controls, end to end: what runs, what fails and what nobody judged, for people and for programs."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from tests.support.repository import create
from tests.support.schemas import validator

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.report import Report
from shipcheck.report.check.json import render as render_json
from shipcheck.report.check.text import render as render_text
from shipcheck.report.formats import FORMATS
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
GATES = """\
  - id: gate-there
    title: The code of every gate is there
    why: Because.
    each: gate
    must: every place in implemented_by satisfies place.found
    controls: [rules/r-2]
"""
GATE = "gates:\n  desk: {owner: us, implemented_by: [{file: desk.py}]}\n"
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
    assert found["eu-ai-act/art-17"] == "declared"
    assert found["nist-ai-rmf/govern-1.6"] == "violated"
    assert found["nist-ai-rmf/govern-2.1"] == "partly_judged"
    assert found["nist-ai-rmf/manage-1.1"] == "not_judged"
    assert found["nist-ai-rmf/map-1.4"] == "not_judged"
    assert found["owasp-asi/asi03"] == "partly_judged"


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
    assert set(found.values()) == {"declared", "not_judged"}
    assert [name for name, standing in found.items() if standing == "declared"] == ["eu-ai-act/art-17"]


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
    assert "Controls: 121 not judged." in printed
    assert not {"satisfied", "declared"} & set(printed.split())


def test_nobody_sees_controls_who_did_not_ask(tmp_path: Path) -> None:
    judged(tmp_path, WORLD)
    report = check(CheckRequest(tmp_path, DAY))
    assert json.loads(render_json(report))["controls"] is None
    assert "Controls:" not in render_text(report, Style(color=False))


def test_a_pack_brings_its_own_controls_and_its_words_are_no_commands(tmp_path: Path) -> None:
    report = judged(tmp_path, WORLD, local=OWN)
    found = standings(report)
    assert (found["rules/r-1"], found["rules/r-2"]) == ("declared", "not_judged")
    printed = render_text(report, Style(color=False))
    assert not [line for line in printed.splitlines() if line.lstrip().startswith("::")]


def satisfied(folder: Path) -> Report:
    """A control that a policy satisfies by a file, and one that another passes on words."""
    folder.mkdir(exist_ok=True)
    (folder / "desk.py").write_text("def ask(): ...\n", "utf-8")
    return judged(folder, WORLD + GATE, local=OWN + GATES)


def test_only_a_control_whose_policies_rest_on_what_was_found_is_satisfied(tmp_path: Path) -> None:
    report = satisfied(tmp_path)
    assert [name for name, standing in standings(report).items() if standing == "satisfied"] == ["rules/r-2"]
    printed = render_text(report, Style(color=False))
    assert "  r-2  satisfied         Two\n                         1 policy passes as observed\n" in printed
    assert "1 policy passes as declared\n" in printed


def test_against_a_base_both_authorities_have_to_rest_on_what_was_found(tmp_path: Path) -> None:
    there = {"shipcheck.yaml": WORLD + GATE, "desk.py": "def ask(): ...\n", ".shipcheck/local/pack.yaml": OWN + GATES}
    repository = create(tmp_path / "repository", there)
    repository.commit({"shipcheck.yaml": WORLD + GATE + "  door: {owner: us, implemented_by: [{file: desk.py}]}\n"})

    def standing(pack: str) -> str:
        repository.commit({".shipcheck/local/pack.yaml": pack})
        (rules,) = [one for one in repository.judged(base="HEAD~2", by_control=True)["controls"] if one["catalogue"] == "rules"]
        return str(rules["controls"][1]["standing"])

    assert standing(OWN + GATES) == "satisfied"
    assert standing(OWN + GATES.replace("every place in implemented_by satisfies place.found", "owner is set")) == "declared"


@pytest.mark.parametrize("name", FORMATS["check"])
def test_no_output_calls_satisfied_what_is_only_declared(tmp_path: Path, name: str) -> None:
    form = FORMATS["check"][name]
    by_words, by_files = form.render(judged(tmp_path, WORLD, local=OWN)), form.render(satisfied(tmp_path / "other"))
    assert not re.search(r"\bsatisfied\b", by_words)
    assert bool(re.search(r"\bsatisfied\b", by_files)) == (name in {"text", "json"})


def test_the_outputs_count_what_is_declared_and_observed_alike(tmp_path: Path) -> None:
    report = satisfied(tmp_path)
    controls = [control for catalogue in json.loads(render_json(report))["controls"] for control in catalogue["controls"]]
    printed = render_text(report, Style(color=False))
    for basis in ("declared", "observed"):
        counts = [control[basis] for control in controls]
        assert counts == [sum(policy["basis"] == basis for policy in control["policies"]) for control in controls]
        lines = re.findall(rf"(\d+) polic(?:y passes|ies pass) as {basis}\n", printed)
        assert sorted(map(int, lines)) == sorted(count for count in counts if count)
    for standing in ("declared", "satisfied", "partly_judged", "violated", "not_judged"):
        count = sum(control["standing"] == standing for control in controls)
        assert f"{count} {standing.replace('_', ' ')}" in printed.partition("\nControls: ")[2].partition(".")[0] or not count


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
