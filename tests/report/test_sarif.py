"""SARIF: what GitHub and the format ask for, held against the validator that Microsoft publishes."""

import json
import os
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.support.reports import altered, finding, long_walk, policy, report, states

from shipcheck.report.check import sarif
from shipcheck.report.check.sarif import render as render_sarif
from shipcheck.report.check.sarif_results import MOST_HOPS, MOST_PLACES, MOST_RESULTS

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = ROOT / ".ci/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
STATES = ("clean", "failing", "warnings", "malformed", "settings invalid", "absent", "waived", "compared", "too many", "too long")


@cache
def texts() -> dict[str, str]:
    return {name: render_sarif(judged) for name, judged in states().items()}


def run_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(texts()[name])["runs"][0]
    return found


def complaints(text: str, folder: Path) -> list[tuple[str, str]]:
    """The errors that the validator notes in its own log; its exit code says nothing."""
    (folder / "in.sarif").write_text(text, "utf-8")
    command = [str(VALIDATOR), "validate", "in.sarif", "--rule-kind", "Sarif;Ghas", "--output", "out.sarif"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    run = json.loads((folder / "out.sarif").read_text("utf-8-sig"))["runs"][0]
    assert run["invocations"][0]["executionSuccessful"]
    return [(result["ruleId"], json.dumps(result["message"])) for result in run["results"] if result.get("level") == "error"]


def test_every_state_is_tried() -> None:
    assert tuple(states()) == STATES


@pytest.mark.needs("@microsoft/sarif-multitool-linux")
@pytest.mark.parametrize("name", [name for name in STATES if name != "too many"])
def test_the_validator_of_the_format_finds_no_error(name: str, tmp_path: Path) -> None:
    assert complaints(texts()[name], tmp_path) == []


@pytest.mark.needs("@microsoft/sarif-multitool-linux")
def test_the_validator_finds_no_error_where_results_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a lower limit: the validator takes half a minute over as many results as GitHub keeps."""
    monkeypatch.setattr(sarif, "MOST_RESULTS", 20)
    text = render_sarif(states()["too many"])
    assert len(json.loads(text)["runs"][0]["results"]) == 20
    assert complaints(text, tmp_path) == []


@pytest.mark.needs("@microsoft/sarif-multitool-linux")
def test_the_validator_would_find_what_github_refuses(tmp_path: Path) -> None:
    log = json.loads(texts()["failing"])
    del log["runs"][0]["tool"]["driver"]["rules"]
    for rule in log["runs"][0]["tool"]["extensions"][0]["rules"]:
        del rule["help"]
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert {code for code, _ in complaints(json.dumps(log), tmp_path)} >= {"GH1018"}


@pytest.mark.parametrize("name", STATES)
def test_every_result_has_what_github_needs(name: str) -> None:
    run = run_of(name)
    driver, extensions = run["tool"]["driver"], run["tool"]["extensions"]
    for rule in [*driver["rules"], *(rule for extension in extensions for rule in extension["rules"])]:
        assert all(0 < len(rule[key]["text"]) <= 1024 for key in ("shortDescription", "fullDescription", "help"))
        assert 0 < len(rule["name"]) <= 255
    for result in run["results"]:
        named = result.get("rule")
        rules = extensions[named["toolComponent"]["index"]]["rules"] if named else driver["rules"]
        assert rules[named["index"] if named else result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert min(region.values()) >= 1
        assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
        assert len(result["locations"]) == 1
        assert len(result["relatedLocations"]) <= MOST_PLACES
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(hashes)) == len(hashes)


@pytest.mark.parametrize("name", ["failing", "waived", "compared"])
def test_a_thread_flow_has_a_place_for_each_hop_and_the_message_leads_to_the_first(name: str) -> None:
    walks = 0
    for found, result in zip(states()[name].findings, run_of(name)["results"], strict=True):
        flows = result.get("codeFlows", [])
        if not found.witness:
            assert flows == []
            continue
        walks += 1
        places = flows[0]["threadFlows"][0]["locations"]
        assert [item["location"]["message"]["text"] for item in places] == [hop.says for hop in found.witness]
        labels = {item["id"]: item["message"]["text"] for item in result["relatedLocations"]}
        for number, hop in enumerate(found.witness[:8], 1):
            assert f"[{hop.says}]({number})" in result["message"]["text"]
            assert labels[number] == hop.says
    assert walks


def test_a_run_that_could_not_judge_says_so_in_results_and_notifications() -> None:
    run = run_of("malformed")
    problems = states()["malformed"].judged.problems
    assert [result["ruleId"] for result in run["results"]] == ["problem"] * len(problems)
    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert [note["descriptor"]["id"] for note in invocation["toolExecutionNotifications"]] == [found.code for found in problems]


def test_a_clean_run_has_rules_and_no_results() -> None:
    run = run_of("clean")
    assert run["results"] == run["invocations"][0]["toolExecutionNotifications"] == []
    assert [len(extension["rules"]) for extension in run["tool"]["extensions"]] == [len(states()["clean"].judged.policies)]
    failing = states()["failing"]
    for judged, code in ((failing, 1), (replace(failing, exit_zero=True), 0), (states()["malformed"], 3)):
        assert json.loads(render_sarif(judged))["runs"][0]["invocations"][0]["exitCode"] == code


def test_what_github_would_drop_is_left_out_aloud() -> None:
    run = run_of("too many")
    assert len(run["results"]) == MOST_RESULTS == 5000
    assert [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]] == [
        "1 result left out: this file has the 5000 most severe, which is what GitHub keeps of one run."
    ]
    exact = json.loads(render_sarif(report(*(finding(f"agent:a{number}") for number in range(MOST_RESULTS)))))["runs"][0]
    assert len(exact["results"]) == MOST_RESULTS
    assert exact["invocations"][0]["toolExecutionNotifications"] == []


@pytest.mark.parametrize(
    ("hops", "kept", "left"), [(1000, 1000, ""), (1001, 1000, "1 hop left out"), (1500, 1000, "500 hops left out")]
)
def test_a_very_long_walk_keeps_its_ends_and_says_what_is_left_out(hops: int, kept: int, left: str) -> None:
    walk = long_walk(hops)
    result = json.loads(render_sarif(report(walk)))["runs"][0]["results"][0]
    said = [item["location"]["message"]["text"] for item in result["codeFlows"][0]["threadFlows"][0]["locations"]]
    assert (len(said), said[0], said[-1]) == (kept, walk.witness[0].says, walk.witness[-1].says)
    assert MOST_HOPS == 1000
    assert [text for text in said if "left out" in text] == ([said[500]] if left else [])
    assert left in said[500]


def test_a_run_of_some_policies_or_with_findings_that_are_not_listed_says_so() -> None:
    judged = report(finding(), every_policy=False)
    cut = altered(judged, results=(replace(judged.judged.results[0], unlisted=7),))
    notes = json.loads(render_sarif(cut))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == [
        "Only selected policies were judged.",
        "At least 7 more findings are too many to list.",
    ]


def test_a_waived_finding_is_suppressed_and_no_more_than_a_note() -> None:
    waived, live = sorted(run_of("waived")["results"], key=lambda result: result["level"], reverse=True)
    assert (waived["level"], waived["suppressions"]) == (
        "note",
        [{"kind": "external", "status": "accepted", "justification": ""}],
    )
    assert (live["level"], live["suppressions"]) == ("error", [])
    assert all("suppressions" not in result for result in run_of("failing")["results"])


def test_a_compared_finding_says_whether_it_is_new() -> None:
    assert {result["baselineState"] for result in run_of("compared")["results"]} == {"new", "unchanged"}


def test_texts_are_cut_to_what_github_takes() -> None:
    rule = json.loads(render_sarif(report(policies=(policy("x" * 2000),))))["runs"][0]["tool"]["extensions"][0]["rules"][0]
    for key in ("shortDescription", "fullDescription", "help"):
        assert len(rule[key]["text"]) == 1024
        assert rule[key]["text"].endswith("….")


def test_paths_are_uris_from_the_top_of_the_repository() -> None:
    found = finding(path="größe/a b%.shipcheck.yaml")
    result = json.loads(render_sarif(report(found, prefix="ai/")))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "ai/gr%C3%B6%C3%9Fe/a%20b%25.shipcheck.yaml"}
