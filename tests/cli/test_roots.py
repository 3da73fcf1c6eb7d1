"""A root below the top of a repository: only where `roots` lists it, by the rules of the top, which its own can only add to."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.repository import DAY, Repository, create
from tests.support.running import run

from shipcheck.app.check import CheckRequest, check
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.pipeline.state import State
from shipcheck.report.check.json import render as render_json

pytestmark = pytest.mark.needs("git")

TEAMS = "shipcheck: 1\nteams:\n  one: {contact: o, members: [ann]}\n  two: {contact: t, members: [bob]}\n"
AGENT = TEAMS + "agents:\n  desk: {}\n"
SETTINGS = ".shipcheck/settings.yaml"
LOCAL = ".shipcheck/local/pack.yaml"
WAIVERS = ".shipcheck/waivers.yaml"


def pack(identifier: str, field: str, severity: str = "error") -> str:
    return f"""pack: local
version: 1.0.0
policies:
  - id: {identifier}
    title: Every agent has one
    why: It needs one.
    each: agent
    must: {field} is set
    severity: {severity}
    message: "{{subject}} has no {field}"
"""


WAIVER = f"""shipcheck: 1
waivers:
  - {{policy: local/titled, subject: 'agent:desk', up_to: error, reason: r, owner: one, approver: two, until: {DAY.isoformat()}}}
"""
TOP = {
    "shipcheck.yaml": "shipcheck: 1\nteams:\n  head: {contact: h}\n",
    "svc/shipcheck.yaml": AGENT,
    SETTINGS: "shipcheck: 1\npacks: [local]\nroots: [svc/, 'apps/*']\n",
    LOCAL: pack("titled", "title", "warning"),
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return create(tmp_path / "repo", TOP)


def judged(repository: Repository, root: str = "svc", **request: Any) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(render_json(check(CheckRequest(repository.top / root, DAY, **request))))
    return report


def found(report: dict[str, Any]) -> set[tuple[str, str]]:
    return {(finding["policy"], finding["severity"]) for finding in report["findings"] if finding["status"] == "live"}


def test_the_rules_of_the_top_hold_in_a_root_without_its_own(repository: Repository) -> None:
    report = judged(repository)
    assert found(report) == {("local/titled", "warning")}
    assert (report["root"]["path"], report["settings"]) == ("svc", [SETTINGS])
    assert report["counts"]["files"] == 1


@pytest.mark.parametrize("folder", ["other", "svc/inner", "apps", "apps/a/b", "SVC"])
@pytest.mark.parametrize("state", [None, "index", "HEAD"])
def test_a_folder_that_is_not_listed_is_no_root(repository: Repository, folder: str, state: str | None) -> None:
    repository.commit({f"{folder}/shipcheck.yaml": AGENT})
    with pytest.raises(CannotJudgeError, match=f"^{folder} is not a root: 'roots' in .shipcheck/settings.yaml"):
        judged(repository, folder, state=State(state) if state else None)


def test_without_settings_there_is_no_root_but_the_top(tmp_path: Path) -> None:
    bare = create(tmp_path / "bare", {"shipcheck.yaml": TEAMS, "svc/shipcheck.yaml": AGENT})
    with pytest.raises(CannotJudgeError, match="is not a root"):
        judged(bare)


@pytest.mark.parametrize("command", [("graph",), ("settings",), ("pack", "list"), ("waivers", "list"), ("policy", "check")])
def test_other_commands_take_the_same_roots(repository: Repository, command: tuple[str, ...]) -> None:
    repository.commit({"other/shipcheck.yaml": AGENT})
    done = run(repository.top, *command, "--root", "other")
    assert (done.returncode, "is not a root" in done.stderr) == (3, True)


@pytest.mark.parametrize("root", ["link", "./svc/", "{top}/svc", "apps/../svc"])
def test_a_root_may_be_written_in_any_way(repository: Repository, monkeypatch: pytest.MonkeyPatch, root: str) -> None:
    (repository.top / "link").symlink_to("svc")
    (repository.top / "apps").mkdir()
    monkeypatch.chdir(repository.top)
    report = check(CheckRequest(Path(root.format(top=repository.top)), DAY))
    assert (report.place.prefix, len(report.findings)) == ("svc/", 1)


def test_a_repository_of_its_own_needs_no_entry(repository: Repository) -> None:
    """A worktree or a submodule below the top has a top of its own."""
    inner = create(repository.top / "inner", {"shipcheck.yaml": AGENT})
    assert judged(inner, ".")["root"]["path"] == ""


def test_own_settings_and_policies_add_and_take_nothing_away(repository: Repository) -> None:
    repository.write(
        {
            "svc/" + SETTINGS: "shipcheck: 1\nfail_on: warning\nseverities: {local/described: error}\n",
            "svc/" + LOCAL: pack("described", "description", "note"),
        }
    )
    report = judged(repository)
    assert found(report) == {("local/titled", "warning"), ("local/described", "error")}
    assert (report["fail_on"], report["exit"], report["settings"]) == ("warning", 1, [SETTINGS, f"svc/{SETTINGS}"])
    assert judged(repository, ".")["verdict"] == "pass"


@pytest.mark.parametrize(
    "own",
    [
        {SETTINGS: "shipcheck: 1\nfail_on: error\n"},
        {SETTINGS: "shipcheck: 1\npacks: [local]\n", LOCAL: pack("titled", "owner")},
        {LOCAL: pack("titled", "id", "note").replace("id is set", "entry is set or entry is missing")},
        {SETTINGS: "shipcheck: 1\npacks: [core]\n"},
    ],
)
def test_no_own_rule_loosens_that_of_the_top(repository: Repository, own: dict[str, str]) -> None:
    repository.write({SETTINGS: TOP[SETTINGS] + "fail_on: warning\n"})
    repository.write({f"svc/{path}": text for path, text in own.items()})
    report = judged(repository)
    assert report["problems"] == []
    assert ("local/titled", "agent:desk") in {(finding["policy"], finding["subject"]) for finding in report["findings"]}
    assert report["exit"] == 1


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({SETTINGS: "shipcheck: 1\nroots: [a]\n"}, "'roots' is read only from"),
        ({SETTINGS: "shipcheck: 1\nbranches: [a]\n"}, "'branches' is read only from"),
        ({SETTINGS: "shipcheck: 1\npacks: [acme/base]\n"}, "packs are added"),
        ({SETTINGS: "shipcheck: 1\npacks: [{name: core, version: '>=1'}]\n"}, "packs are added"),
        ({SETTINGS: "shipcheck: 2\n"}, "unknown version"),
        ({WAIVERS: WAIVER}, "waivers and packs are in .shipcheck at the top"),
        ({".shipcheck/lock.yaml": "shipcheck: 1\ntool: 0.1.0\npacks: []\n"}, "waivers and packs are in .shipcheck at the top"),
        ({".shipcheck/packs/a/b.yaml": ""}, "waivers and packs are in .shipcheck at the top"),
        ({".shipcheck/rules.yaml": "a: 1\n"}, "is not read"),
    ],
)
def test_what_only_the_top_decides_is_refused_below_it(repository: Repository, own: dict[str, str], words: str) -> None:
    repository.write({f"svc/{path}": text for path, text in own.items()})
    report = judged(repository)
    assert report["exit"] == 2
    assert words in " ".join(problem["message"] for problem in report["problems"])


def test_waivers_of_the_top_count_and_are_written_there(repository: Repository) -> None:
    other = WAIVER.replace("owner: one", "owner: nobody").replace("agent:desk", "agent:clerk").partition("waivers:\n")[2]
    repository.write({WAIVERS: WAIVER + other})
    report = judged(repository)
    assert (found(report), report["exit"]) == (set(), 0)
    assert [waiver["state"] for waiver in report["waivers"]] == ["in_force"]
    asked = ("local/titled", "agent:desk", "--reason", "r", "--owner", "one", "--approver", "two", "--until", "2999-01-01")
    done = run(repository.top, "waive", *asked, "--root", "svc")
    assert (done.returncode, not (repository.top / "svc" / WAIVERS).exists()) == (2, True)


def test_packs_are_added_at_the_top(repository: Repository) -> None:
    done = run(repository.top, "pack", "add", "path:nowhere", "--root", "svc")
    assert (done.returncode, "packs of svc are in .shipcheck at the top" in done.stderr) == (2, True)


def test_a_nested_governance_folder_is_legal_in_a_root_alone(repository: Repository) -> None:
    """In the check of the whole, as the settings of the base say it."""
    nested = {f"{folder}/{SETTINGS}": "shipcheck: 1\n" for folder in ("svc", "apps/a", "other", "svc/inner")}
    repository.write(nested)
    told = [problem["location"]["path"] for problem in judged(repository, ".")["problems"]]
    assert sorted(told) == ["other/.shipcheck", "svc/inner/.shipcheck"]
    for folder in ("other", "svc/inner"):
        (repository.top / folder / SETTINGS).unlink()
    assert judged(repository, ".")["problems"] == []
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit({SETTINGS: TOP[SETTINGS].replace("svc/", "svc, new"), f"new/{SETTINGS}": "shipcheck: 1\n"})
    (problem,) = judged(repository, ".", base="main")["problems"]
    assert problem["location"]["path"] == "new/.shipcheck"


@pytest.mark.parametrize("name", ["shipcheck.yaml", "agents.shipcheck.yaml", "waivers.yaml", "lock.yaml", "local/deep/a.yaml"])
def test_nothing_hides_in_the_governance_folder_of_a_root(repository: Repository, name: str) -> None:
    repository.write({f"svc/.shipcheck/{name}": AGENT, f"svc/{SETTINGS}": "shipcheck: 1\n"})
    for root in (".", "svc"):
        assert name in " ".join(problem["location"]["path"] for problem in judged(repository, root)["problems"])


def test_the_roots_of_the_base_decide(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    listing = "shipcheck: 1\npacks: [local]\nroots: [{}]\n"
    repository.commit({SETTINGS: listing.format("new"), "new/shipcheck.yaml": AGENT})
    assert judged(repository, base="main")["verdict"] == "pass"
    with pytest.raises(CannotJudgeError, match="at the top of the repository of the base does not list it"):
        judged(repository, "new", base="main")
    assert judged(repository, "new")["verdict"] == "pass"


def test_the_rules_of_the_base_hold_in_a_root(repository: Repository) -> None:
    """The head loosens the rules of the top; the base's still judge the root, and what was loosened is told."""
    repository.commit({LOCAL: pack("titled", "title")})
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit({LOCAL: pack("titled", "title", "note"), f"svc/{SETTINGS}": "shipcheck: 1\n"})
    report = judged(repository, base="main")
    assert ("local/titled", "error") in found(report)
    assert {change["subject"] for change in report["changes"] if change["change"] == "governance-changed"} == {LOCAL, SETTINGS}
    assert report["exit"] == 1


def test_an_output_does_not_overwrite_the_governance_of_the_top(repository: Repository) -> None:
    with pytest.raises(UsageError, match=r"would overwrite [.]shipcheck/settings[.]yaml"):
        judged(repository, outputs=(repository.top / SETTINGS,))
