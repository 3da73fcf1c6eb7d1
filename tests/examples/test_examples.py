"""The examples say what a check of them finds, in `expected.yaml`; the tool finds that, no more and no less.

The expectations follow from the manifests and the policies, not from a run, so a difference is a fault on one side or the other.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.report import PolicyResult, Report

TOP = Path(__file__).resolve().parents[2]
EXAMPLES = TOP / "examples"
CORE = TOP / "policies" / "core"
CHANGES = "changes"
BANK = EXAMPLES / "bank-disputes"
PUBLIC = ("airline-customer-service", "email-assistant")
EXPECTED = "expected.yaml"
EXIT_CODES = {"pass": 0, "fail": 1}
KEYS = {"policy", "subject", "target", "severity", "at", "walk"}
# What is expected of public incidents is held by tests of their own.
INCIDENTS = EXAMPLES / "incidents"
ROOTS = sorted(
    file.parent.relative_to(EXAMPLES).as_posix() for file in EXAMPLES.rglob(EXPECTED) if not file.is_relative_to(INCIDENTS)
)

each_root = pytest.mark.parametrize("root", ROOTS)


class Found(NamedTuple):
    """One finding, as an example expects it. `target` and `walk` are empty where there is none."""

    policy: str
    subject: str
    target: str
    severity: str
    at: str
    walk: tuple[str, ...]


def expectation(root: str) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((EXAMPLES / root / EXPECTED).read_text("utf-8"))
    return held


def expected(root: str) -> list[Found]:
    return [
        Found(item["policy"], item["subject"], item.get("target", ""), item["severity"], item["at"], tuple(item.get("walk", ())))
        for item in expectation(root)["findings"]
    ]


@cache
def report_of(root: str) -> Report:
    """What the library reports on the day that the example names."""
    day = expectation(root)["as_of"]
    assert isinstance(day, date)
    return check(CheckRequest(EXAMPLES / root, day))


def found(root: str) -> Iterator[Found]:
    for finding in report_of(root).findings:
        hops = finding.witness
        walk = (hops[0].source, *(hop.target for hop in hops)) if hops else ()
        at = f"{finding.location.path}:{finding.location.line}"
        yield Found(finding.policy, finding.subject, finding.target or "", str(finding.severity), at, walk)


def found_in_json(report: dict[str, Any]) -> Iterator[Found]:
    for finding in report["findings"]:
        hops = finding["witness"]
        walk = (hops[0]["from"], *(hop["to"] for hop in hops)) if hops else ()
        at = f"{finding['location']['path']}:{finding['location']['line']}"
        yield Found(finding["policy"], finding["subject"], finding["target"] or "", finding["severity"], at, walk)


def manifests(root: Path) -> list[Path]:
    return sorted(file for file in root.rglob("*.yaml") if file.name == "shipcheck.yaml" or file.name.endswith(".shipcheck.yaml"))


def declared(root: Path, section: str) -> set[str]:
    """The names that the manifests below a root declare in a section."""
    files = (yaml.safe_load(file.read_text("utf-8")) for file in manifests(root))
    return {name for file in files for name in file.get(section, {})}


def test_every_example_says_what_a_check_finds() -> None:
    packs = [head.parent for head in EXAMPLES.rglob("pack.yaml")]
    folders = {
        file.parent.relative_to(EXAMPLES).as_posix()
        for file in manifests(EXAMPLES)
        if not any(file.is_relative_to(folder) for folder in (*packs, INCIDENTS))  # the worlds of their tests
    }
    assert folders == set(ROOTS)


@each_root
def test_expectations_are_sorted_and_plainly_written(root: str) -> None:
    held = expectation(root)
    assert set(held) == {"as_of", "verdict", "findings"}
    assert all(set(item) <= KEYS for item in held["findings"])
    listed = expected(root)
    assert listed == sorted(listed)
    assert len({(item.policy, item.subject, item.target) for item in listed}) == len(listed)


@each_root
def test_the_library_finds_exactly_what_is_expected(root: str) -> None:
    report = report_of(root)
    assert [problem.message for problem in report.judged.problems] == []
    assert sorted(found(root)) == expected(root)
    assert report.verdict == expectation(root)["verdict"]
    assert not any(result.unlisted for result in report.judged.results)


@each_root
def test_the_command_finds_exactly_what_is_expected(root: str) -> None:
    held = expectation(root)
    arguments = ["check", "--root", str(EXAMPLES / root), "--as-of", held["as_of"].isoformat(), "--format", "json"]
    run = subprocess.run(
        [sys.executable, "-m", "shipcheck", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.stderr == ""
    report = json.loads(run.stdout)
    assert report["problems"] == []
    assert sorted(found_in_json(report)) == expected(root)
    assert report["verdict"] == held["verdict"]
    assert run.returncode == EXIT_CODES[held["verdict"]]


@each_root
def test_walks_lead_from_the_subject_to_the_target(root: str) -> None:
    for item in expected(root):
        assert bool(item.walk) == bool(item.target), item
        if item.walk:
            assert (item.walk[0], item.walk[-1]) == (item.subject, item.target)


# --- The bank ---


def families() -> dict[str, set[str]]:
    """The policies of the core pack, by the file they stand in; those on changes judge nothing without a base."""
    files = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in CORE.glob("*.yaml") if file.name != "pack.yaml"}
    return {
        family: {f"core/{policy['id']}" for policy in held["policies"]} for family, held in files.items() if family != CHANGES
    }


def results(example: str) -> dict[str, PolicyResult]:
    """The results of an example's policies that judge something, by name."""
    return {result.policy: result for result in report_of(example).judged.results if result.subjects}


@pytest.mark.parametrize("family", sorted(families()))
def test_the_bank_before_has_findings_of_every_family(family: str) -> None:
    assert {item.policy for item in expected("bank-disputes/before")} & families()[family]


def test_what_fails_in_the_bank_before_passes_in_the_bank_after_with_something_judged() -> None:
    failing = {name for name, result in results("bank-disputes/before").items() if result.result == "fail"}
    assert failing == {item.policy for item in expected("bank-disputes/before")}
    passing = {name for name, result in results("bank-disputes/after").items() if result.result == "pass"}
    assert failing <= passing
    assert expected("bank-disputes/after") == []


@pytest.mark.parametrize("section", ["use_cases", "agents", "actions", "gates", "systems", "audit_sinks"])
def test_the_bank_is_mended_without_deleting_the_work(section: str) -> None:
    before = declared(BANK / "before", section)
    assert before
    assert before <= declared(BANK / "after", section)


def test_the_readme_of_the_bank_counts_right() -> None:
    severities = Counter(item.severity for item in expected("bank-disputes/before"))
    line = f"{severities['error']} errors, {severities['warning']} warnings, {severities['note']} notes"
    assert line in (BANK / "README.md").read_text("utf-8")


# --- The public examples ---


@pytest.mark.parametrize("name", PUBLIC)
def test_every_manifest_of_a_public_example_cites_the_commit_it_is_read_from(name: str) -> None:
    readme = (EXAMPLES / name / "README.md").read_text("utf-8")
    cited = set()
    for file in manifests(EXAMPLES / name):
        text = file.read_text("utf-8")
        head = re.search(r"^# Commit: ([0-9a-f]{40}) \(short: ([0-9a-f]{7})\)$", text, re.MULTILINE)
        assert head, file
        assert head[1].startswith(head[2]), file
        assert f"@{head[2]} " in text, file
        cited.add(head[1])
    assert len(cited) == 1
    assert cited.pop() in readme
