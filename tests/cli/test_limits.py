"""What a check says where its limits end, and what a baseline then holds."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.support.repository import DAY, create
from tests.support.running import run, write

from shipcheck.app.baseline import create_baseline
from shipcheck.app.check import CheckRequest, check
from shipcheck.app.waive import Wanted
from shipcheck.errors import ExitCode, UsageError
from shipcheck.evaluate import meter, must_not_reach
from shipcheck.model.report import Report
from shipcheck.pipeline.state import State
from shipcheck.report.formats import FORMATS, render

TEAMS = 'teams:\n  risk: {contact: "#risk"}\n  payables: {contact: "#payables"}\n'
WANTED = Wanted(date(2027, 1, 1), "adopted before the rules", "risk", "payables")
UNGATED = "core/ungated-sensitive-action"


def each_with_its_own(agents: int) -> str:
    """Agents that each call an action of their own."""
    entries = "".join(f"  a{number}: {{calls: [x{number}]}}\n" for number in range(agents))
    actions = "".join(f"  x{number}: {{sensitivity: high}}\n" for number in range(agents))
    return f"shipcheck: 1\n{TEAMS}agents:\n{entries}actions:\n{actions}"


def everyone_calls_everything(agents: int, actions: int) -> str:
    called = ", ".join(f"x{number}" for number in range(actions))
    entries = "".join(f"  a{number}: {{calls: [{called}]}}\n" for number in range(agents))
    return f"shipcheck: 1\n{TEAMS}agents:\n{entries}actions:\n" + "".join(
        f"  x{number}: {{sensitivity: high}}\n" for number in range(actions)
    )


def judged(folder: Path, *policies: str) -> Report:
    return check(CheckRequest(folder, DAY, policies))


def starve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no policy about paths any work."""
    monkeypatch.setattr(meter, "_FEWEST_STEPS", -1)
    monkeypatch.setattr(meter, "_STEPS_A_COMPONENT", 0)


@pytest.mark.parametrize("form", FORMATS["check"])
def test_every_format_names_the_policy_that_a_limit_stops(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"shipcheck.yaml": each_with_its_own(2)})
    starve(monkeypatch)
    report = judged(tmp_path)
    assert (report.verdict, report.exit_code) == ("incomplete", ExitCode.NOT_JUDGED)
    assert UNGATED in render("check", form, report)


def test_what_a_limit_stops_is_a_problem_with_a_place_and_the_other_policies_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"shipcheck.yaml": each_with_its_own(2)})
    usual = json.loads(render("check", "json", judged(tmp_path)))
    starve(monkeypatch)
    report = json.loads(render("check", "json", judged(tmp_path)))
    stopped = {problem["message"].partition(" ")[0]: problem for problem in report["problems"]}
    assert stopped[UNGATED]["code"] == "work-limit"
    assert stopped[UNGATED]["location"]["line"] == 6
    assert stopped[UNGATED]["message"] == (
        f"{UNGATED} cannot be judged: at agent:a0, its paths need too many searches, one for each combination of the values that "
        "its gates and targets read; give these components fewer different values, or split the repository"
    )
    assert report["policies"] == [result for result in usual["policies"] if result["policy"] not in stopped]
    assert report["findings"]


def test_a_limit_stops_a_comparison_with_a_base_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = create(tmp_path / "shop", {"shipcheck.yaml": each_with_its_own(2)})
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({"more.shipcheck.yaml": "shipcheck: 1\nagents: {b: {calls: [x0]}}\n"})
    starve(monkeypatch)
    report = check(CheckRequest(repository.top, DAY, base="main"))
    assert (report.verdict, report.exit_code) == ("incomplete", ExitCode.NOT_JUDGED)
    assert any(UNGATED in problem.message for problem in report.judged.problems)


def test_a_baseline_that_could_not_name_every_finding_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(must_not_reach, "MOST_PAIRS", 10)
    write(tmp_path, {"shipcheck.yaml": everyone_calls_everything(4, 4)})
    with pytest.raises(UsageError, match=f"{UNGATED} has at least 6 more findings than can be listed, and a baseline names each"):
        create_baseline(CheckRequest(tmp_path, DAY), WANTED)
    assert not (tmp_path / ".shipcheck").exists()


@pytest.mark.parametrize("form", FORMATS["check"])
def test_every_format_says_which_policy_has_more_findings_than_are_listed(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(must_not_reach, "MOST_PAIRS", 1)
    write(tmp_path, {"shipcheck.yaml": everyone_calls_everything(2, 2)})
    text = render("check", form, judged(tmp_path, UNGATED))
    assert ('"unlisted": 3' if form == "json" else "3 ") in text
    assert UNGATED.replace("/", ".") in text or UNGATED in text


def test_findings_too_many_to_list_are_counted_and_fail(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": everyone_calls_everything(150, 150)})
    done = run(tmp_path, "check", "--policy", "ungated-sensitive-action", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["verdict"], len(report["findings"])) == (1, "fail", 500)
    assert len(report["findings"]) + report["counts"]["unlisted"] == 150 * 150
    assert report["policies"] == [{"policy": UNGATED, "result": "fail", "subjects": 150, "failed": 150, "waived": 0}]


def test_waivers_of_all_that_is_listed_do_not_make_a_policy_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"shipcheck.yaml": everyone_calls_everything(4, 4)})
    create_baseline(CheckRequest(tmp_path, DAY), WANTED)
    assert judged(tmp_path).verdict == "pass"
    monkeypatch.setattr(must_not_reach, "MOST_PAIRS", 10)
    report = judged(tmp_path)
    assert report.verdict == "fail"
    assert replace(report, exit_zero=False).exit_code == ExitCode.FAIL


@pytest.mark.parametrize("state", ["worktree", "index", "HEAD"])
def test_waivers_of_several_mebibytes_are_read_from_everywhere(state: str, tmp_path: Path) -> None:
    waivers = "shipcheck: 1\n" + ("#" * 120 + "\n") * 20_000
    files = {"shipcheck.yaml": f"shipcheck: 1\n{TEAMS}", ".shipcheck/waivers.yaml": waivers}
    repository = create(tmp_path / "shop", files)
    assert check(CheckRequest(repository.top, DAY, state=State(state))).judged.problems == ()
