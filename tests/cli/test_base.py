"""A check against a base, in real repositories: who decides, what is new, and what is said where it cannot be told."""

from pathlib import Path
from typing import Any

import pytest
from tests.support.repository import DAY, Repository, create
from tests.support.running import run

from shipcheck.app.check import CheckRequest, check
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.pipeline.state import State
from shipcheck.report.formats import FORMATS

pytestmark = pytest.mark.needs("git")

AGENTS = """shipcheck: 1
defaults: {owner: payables}
agents:
  desk: {calls: [pay]}
actions:
  pay: {sensitivity: high, effects: [payments], reversible: false, guarded_by: [supervisor]}
use_cases:
  disputes: {stage: production, uses: [desk]}
"""
GATE = """shipcheck: 1
defaults: {owner: payables}
gates:
  supervisor:
    decided_by: human
    timing: before
    decisions: [approve, reject]
    approvers: [approvers]
    covers: [payments]
    on_timeout: deny
"""
TEAMS = """shipcheck: 1
teams:
  payables: {contact: "#payables"}
  approvers: {contact: "#approvers", members: [ann, bob]}
"""
LOCAL = """pack: local
version: 1.0.0
policies:
  - id: titled
    title: Every agent has a title
    why: A title tells what it is.
    each: agent
    must: title is set
    message: "{subject} has no title"
"""
SETTINGS = "shipcheck: 1\npacks: [core, local]\n"
FILES = {
    "agents.shipcheck.yaml": AGENTS,
    "gates.shipcheck.yaml": GATE,
    "teams.shipcheck.yaml": TEAMS,
    ".shipcheck/settings.yaml": SETTINGS,
    ".shipcheck/local/pack.yaml": LOCAL,
}
UNGATED, TITLED = "core/ungated-sensitive-action", "local/titled"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with a branch for a pull request, checked out."""
    made = create(tmp_path / "top", FILES)
    made.git("checkout", "--quiet", "-b", "change")
    return made


def findings(report: dict[str, Any], *, change: str | None = "introduced") -> set[tuple[str, str]]:
    """The policies and subjects of the findings with that mark."""
    return {(found["policy"], found["subject"]) for found in report["findings"] if found["change"] == change}


def introduced(report: dict[str, Any], policy: str) -> list[str]:
    return [f["message"] for f in report["findings"] if f["policy"] == policy and f["change"] == "introduced"]


def changes(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(change["change"], change["subject"]) for change in report["changes"]]


# --- Introduced, unchanged, fixed ---


def test_what_was_there_is_unchanged_and_what_is_new_is_introduced(repository: Repository) -> None:
    repository.commit({"gates.shipcheck.yaml": GATE.replace("human", "rule")})
    report = repository.judged(base="main")
    assert (UNGATED, "agent:desk") in findings(report)
    assert (TITLED, "agent:desk") in findings(report, change="unchanged")
    assert ("core/change-gate-weakened", "gate:supervisor") in findings(report)
    assert findings(report, change=None) == set()
    assert report["verdict"] == "fail"


def test_introduced_findings_come_first_among_equals(repository: Repository) -> None:
    repository.commit({"gates.shipcheck.yaml": GATE.replace("human", "rule")})
    marks = [(found["severity"], found["change"]) for found in repository.judged(base="main")["findings"]]
    ranks = [(["error", "warning", "note"].index(severity), change == "unchanged") for severity, change in marks]
    assert ranks == sorted(ranks)


def test_what_is_mended_is_fixed(repository: Repository) -> None:
    repository.commit({"agents.shipcheck.yaml": AGENTS.replace("calls: [pay]", "calls: [pay], title: Desk")})
    report = repository.judged(base="main")
    [change] = [change for change in report["changes"] if change["change"] == "fixed"]
    assert change["policy"] == TITLED
    assert change["subject"] == "agent:desk"
    assert change["message"] == "desk has no title"
    assert change["location"] == {
        "in": "base",
        "path": "agents.shipcheck.yaml",
        "line": 4,
        "column": 3,
        "end_line": 4,
        "end_column": 7,
    }


def test_the_merge_base_says_what_is_new_though_the_base_has_moved_on(repository: Repository) -> None:
    repository.commit({"README.md": "two\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"agents.shipcheck.yaml": AGENTS.replace("calls: [pay]", "calls: [pay], title: Desk")})
    repository.git("checkout", "--quiet", "change")
    report = repository.judged(base="main")
    assert (TITLED, "agent:desk") in findings(report, change="unchanged")
    assert findings(report) == set()
    assert changes(report) == []
    assert report["base"] == {
        "name": "main",
        "revision": repository.git("rev-parse", "main"),
        "merge_base": repository.git("rev-parse", "main~1"),
        "authority": "base",
    }


def test_with_a_base_the_revision_is_judged_and_not_the_folder(repository: Repository) -> None:
    repository.write({"gates.shipcheck.yaml": GATE.replace("human", "rule")})
    report = repository.judged(base="main")
    assert (report["source"]["kind"], report["source"]["revision"]) == ("revision", repository.git("rev-parse", "HEAD"))
    assert findings(report) == set()
    for state in ("worktree", "index"):
        repository.git("add", "--all")
        assert (UNGATED, "agent:desk") in findings(repository.judged(state, base="main"))


# --- The base decides, the head can only add ---


def test_settings_that_ask_less_have_no_effect_yet(repository: Repository) -> None:
    repository.commit(
        {".shipcheck/settings.yaml": "shipcheck: 1\npacks: [local]\n", "gates.shipcheck.yaml": GATE.replace("human", "rule")}
    )
    report = repository.judged(base="main")
    assert (UNGATED, "agent:desk") in findings(report)
    assert introduced(report, "core/change-settings") == ["pack core is no longer in use"]


def test_a_policy_that_is_softened_in_the_pull_request_stops_it_all_the_same(repository: Repository) -> None:
    new = AGENTS.replace("  desk: {calls: [pay]}", "  desk: {calls: [pay]}\n  clerk: {}")
    repository.commit(
        {"agents.shipcheck.yaml": new, ".shipcheck/local/pack.yaml": LOCAL.replace("must: title is set", "must: entry")}
    )
    report = repository.judged(base="main")
    assert (TITLED, "agent:clerk") in findings(report)
    assert introduced(report, "core/change-policy") == ["policy local/titled differs from the base"]


def test_a_policy_that_goes_is_judged_once_more(repository: Repository) -> None:
    repository.commit({".shipcheck/local/pack.yaml": "pack: local\nversion: 1.0.0\npolicies: []\n"})
    report = repository.judged(base="main")
    assert (TITLED, "agent:desk") in findings(report, change="unchanged")
    assert introduced(report, "core/change-policy") == ["policy local/titled was removed"]


def test_words_of_a_policy_may_change(repository: Repository) -> None:
    repository.commit(
        {
            ".shipcheck/local/pack.yaml": LOCAL.replace("A title tells", "Its title tells").replace(
                "version: 1.0.0", "version: 1.0.1"
            )
        }
    )
    report = repository.judged(base="main")
    assert findings(report) == set()


def test_a_policy_of_the_head_adds_findings(repository: Repository) -> None:
    more = "  - id: described\n    title: T\n    why: W\n    each: action\n    must: description is set\n"
    repository.commit({".shipcheck/local/pack.yaml": LOCAL + more})
    report = repository.judged(base="main")
    assert ("local/described", "action:pay") in findings(report, change="announced")
    assert [result["policy"] for result in report["policies"]].count("local/described") == 1
    assert repository.judged(base="main", policies=("described",))["counts"]["policies"] == 8
    assert repository.judged(base="main", policies=("core/change-policy",))["counts"]["policies"] == 7
    with pytest.raises(UsageError, match="unknown policy 'nothing'"):
        repository.judged(base="main", policies=("nothing",))


WEAKER = {
    "parameters: {core: {min_score: 7}}": "parameter core.min_score is 7, was 8 in the base",
    "severities: {}": "the severity of core/model-unpinned is no longer raised to error",
    "fail_on: error": "fail_on is error, was note in the base",
    "manifests: {ignore: [sub/]}": "manifests that match 'sub/' are now ignored",
    "manifests: {}": "files that match 'extra.yaml' are no longer manifests",
}
STRICT = """shipcheck: 1
packs: [core, local]
parameters: {core: {min_score: 8}}
severities: {core/model-unpinned: error}
manifests: {also: [extra.yaml]}
fail_on: note
"""


@pytest.mark.parametrize("settings", WEAKER)
def test_what_settings_ask_less_is_told(tmp_path: Path, settings: str) -> None:
    files = {".shipcheck/settings.yaml": STRICT, "extra.yaml": "shipcheck: 1\n", "sub/shipcheck.yaml": "shipcheck: 1\n"}
    repository = create(tmp_path / "top", FILES | files)
    repository.commit({".shipcheck/settings.yaml": f"{SETTINGS}{settings}\n"})
    report = repository.judged(base="HEAD~1")
    assert WEAKER[settings] in introduced(report, "core/change-settings")
    assert report["fail_on"] == "note"
    repository.commit({".shipcheck/settings.yaml": STRICT})
    assert introduced(repository.judged(base="HEAD~1"), "core/change-settings") == []
    assert introduced(repository.judged(base="HEAD~2"), "core/change-settings") == []


def test_a_manifest_that_is_ignored_now_is_judged_once_more(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", {**FILES, "sub/README.md": "here\n"})
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit(
        {
            "gates.shipcheck.yaml": GATE.replace("human", "rule"),
            "sub/shipcheck.yaml": "shipcheck: 1\nagents: {lost: {}}\n",
            ".shipcheck/settings.yaml": f"{SETTINGS}manifests: {{ignore: [sub/]}}\n",
        }
    )
    report = repository.judged(base="main")
    assert (TITLED, "agent:lost") in findings(report)
    assert report["counts"]["files"] == 3


def test_a_component_that_is_moved_out_of_sight_is_an_error(tmp_path: Path) -> None:
    files = FILES | {
        ".shipcheck/settings.yaml": f"{SETTINGS}manifests: {{ignore: [examples/]}}\n",
        "examples/shipcheck.yaml": "shipcheck: 1\n",
    }
    repository = create(tmp_path / "top", files)
    for place in ("examples/a.shipcheck.yaml", ".shipcheck/local/docs/a.shipcheck.yaml"):
        repository.git("checkout", "--quiet", "-B", "change", "main")
        (repository.top / place).parent.mkdir(parents=True, exist_ok=True)
        repository.git("mv", "agents.shipcheck.yaml", place)
        repository.git("commit", "--quiet", "--message=moved")
        report = repository.judged(base="main")
        assert report["verdict"] == "fail"
        assert sorted(introduced(report, "core/change-hidden")) == [
            f"action:pay is declared in {place}, which is not read",
            f"agent:desk is declared in {place}, which is not read",
            f"use_case:disputes is declared in {place}, which is not read",
        ]


def test_teams_count_as_the_base_has_them(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit({"teams.shipcheck.yaml": TEAMS.replace("members: [ann, bob]", "active: false")})
    repository.git("checkout", "--quiet", "-B", "change", "main")
    repository.commit({"teams.shipcheck.yaml": TEAMS})
    assert (UNGATED, "agent:desk") not in findings(repository.judged("HEAD"), change=None)
    report = repository.judged(base="main")
    assert (UNGATED, "agent:desk") in findings(report, change="unchanged")
    assert changes(report) == [("team-changed", "team:approvers"), *[("field-changed", "team:approvers")] * 2]


def test_a_team_that_the_head_weakens_counts_as_the_head_has_it_too(repository: Repository) -> None:
    repository.commit({"teams.shipcheck.yaml": TEAMS.replace("members: [ann, bob]", "active: false")})
    assert (UNGATED, "agent:desk") in findings(repository.judged(base="main"))


def test_code_owners_count_as_the_base_has_them(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    must = "every place in implemented_by satisfies place.code_owner == owner"
    policy = f"  - id: owned\n    title: T\n    why: W\n    each: gate\n    must: {must}\n"
    gate = GATE + "    implemented_by: [{file: src/gate.py}]\n"
    repository.commit(
        {
            ".shipcheck/local/pack.yaml": LOCAL + policy,
            "gates.shipcheck.yaml": gate,
            "src/gate.py": "",
            "CODEOWNERS": "* @bank/others\n",
        }
    )
    repository.git("checkout", "--quiet", "-B", "change", "main")
    repository.commit({"CODEOWNERS": "* @bank/payables\n"})
    assert repository.judged("HEAD", policies=("owned",))["verdict"] == "pass"
    report = repository.judged(base="main", policies=("owned",))
    assert findings(report, change="unchanged") == {("local/owned", "gate:supervisor")}
    assert changes(report) == [("code-owners-changed", "CODEOWNERS")]


def test_a_base_that_declares_nothing_leaves_it_to_the_head(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", {"README.md": "one\n"})
    repository.commit(FILES)
    report = repository.judged(base="HEAD~1")
    assert report["base"]["authority"] == "head"
    assert (TITLED, "agent:desk") in findings(report)
    assert findings(report, change="unchanged") == set()
    assert {kind for kind, _ in changes(report)} == {"component-added", "governance-changed"}


def test_a_base_with_manifests_and_no_settings_has_the_core_pack(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", {name: text for name, text in FILES.items() if not name.startswith(".")})
    repository.commit(
        {
            ".shipcheck/settings.yaml": "shipcheck: 1\npacks: [local]\n",
            ".shipcheck/local/pack.yaml": LOCAL,
            "gates.shipcheck.yaml": GATE.replace("human", "rule"),
        }
    )
    report = repository.judged(base="HEAD~1")
    assert report["base"]["authority"] == "base"
    assert (UNGATED, "agent:desk") in findings(report)
    assert introduced(report, "core/change-settings") == ["pack core is no longer in use"]


# --- A base that is not as it should be ---


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({".shipcheck/settings.yaml": "shipcheck: 2\n"}, "settings-shape"),
        ({".shipcheck/settings.yaml": "a: b: c\n"}, "yaml-syntax"),
        ({".shipcheck/local/pack.yaml": LOCAL.replace("title is set", "titel is set")}, "P003"),
        ({".shipcheck/local/pack.yaml": "a: b: c\n"}, "yaml-syntax"),
    ],
)
def test_authority_that_cannot_be_read_is_no_authority(repository: Repository, files: dict[str, str], code: str) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit(files)
    repository.git("checkout", "--quiet", "-B", "change", "main")
    repository.commit({name: FILES[name] for name in files})
    report = repository.judged(base="main")
    assert report["verdict"] == "incomplete"
    assert {(problem["code"], problem["location"]["in"]) for problem in report["problems"]} == {(code, "base")}
    done = run(repository.top, "check", "--base", "main")
    assert done.returncode == 3
    assert f"{next(iter(files))}:" in done.stdout
    assert " in the base" in done.stdout


def test_what_lies_about_in_the_base_does_not_keep_its_authority_from_being_read(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit({".shipcheck/notes.txt": "x\n"})
    repository.git("checkout", "--quiet", "-B", "change", "main")
    (repository.top / ".shipcheck/notes.txt").unlink()
    repository.commit()
    assert repository.judged(base="main")["problems"] == []


def test_the_packs_of_the_tool_are_those_of_the_tool_that_runs(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit({".shipcheck/settings.yaml": "shipcheck: 1\npacks: [{name: core, version: 0.9.0}, local]\n"})
    repository.git("checkout", "--quiet", "-B", "change", "main")
    repository.commit({".shipcheck/settings.yaml": "shipcheck: 1\npacks: [{name: core, version: 1.0.0}, local]\n"})
    report = repository.judged(base="main")
    assert (report["problems"], findings(report)) == ([], set())


def test_what_the_tip_of_the_base_has_that_cannot_be_read_is_listed(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit({"teams.shipcheck.yaml": "teams: {"})
    repository.git("checkout", "--quiet", "change")
    report = repository.judged(base="main")
    assert report["problems"] == []
    assert changes(report) == [("not-comparable", "teams.shipcheck.yaml")]


def test_a_malformed_manifest_of_the_base_is_listed_and_fails_nothing(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit(
        {"gates.shipcheck.yaml": "gates: {", "more.shipcheck.yaml": "shipcheck: 1\nagents: {other: {calls: [nothing]}}\n"}
    )
    repository.git("checkout", "--quiet", "-B", "change", "main")
    (repository.top / "more.shipcheck.yaml").unlink()
    repository.commit({"gates.shipcheck.yaml": GATE})
    report = repository.judged(base="main")
    assert report["problems"] == []
    assert [change for change in changes(report) if change[0] == "not-comparable"] == [
        ("not-comparable", "gates.shipcheck.yaml"),
        ("not-comparable", "agents.shipcheck.yaml"),
        ("not-comparable", "more.shipcheck.yaml"),
    ]
    assert (TITLED, "agent:desk") in findings(report, change="unchanged")


def test_a_malformed_head_is_not_judged(repository: Repository) -> None:
    repository.commit({"gates.shipcheck.yaml": "gates: {"})
    report = repository.judged(base="main")
    assert (report["verdict"], report["findings"], report["changes"]) == ("incomplete", [], [])


# --- Pictures ---


def test_what_comes_goes_and_changes_its_name_is_listed(repository: Repository) -> None:
    new = AGENTS.replace("desk", "counter").replace("  pay:", "  look: {}\n  pay:").replace("calls: [pay]", "calls: [pay, look]")
    repository.commit(
        {
            "agents.shipcheck.yaml": new,
            "teams.shipcheck.yaml": TEAMS.replace("approvers:", "checkers:"),
            "gates.shipcheck.yaml": GATE.replace("[approvers]", "[checkers]"),
        }
    )
    assert sorted(changes(repository.judged(base="main"))) == [
        ("component-added", "action:look"),
        ("component-added", "agent:counter"),
        ("component-added", "team:checkers"),
        ("component-removed", "agent:desk"),
        ("component-removed", "team:approvers"),
        ("field-changed", "gate:supervisor"),
        ("fixed", "agent:desk"),
        ("fixed", "agent:desk"),
        ("fixed", "agent:desk"),
        ("fixed", "agent:desk"),
        ("link-added", "use_case:disputes"),
        ("link-removed", "use_case:disputes"),
    ]


def test_a_link_that_goes_is_listed(repository: Repository) -> None:
    repository.commit(
        {
            "agents.shipcheck.yaml": AGENTS.replace(", guarded_by: [supervisor]", "").replace(
                "calls: [pay]", "calls: [{to: pay, through: [supervisor]}]"
            )
        }
    )
    report = repository.judged(base="main")
    assert [(change["change"], change["message"]) for change in report["changes"]] == [
        ("link-removed", "action:pay guarded_by gate:supervisor was removed"),
        ("link-removed", "agent:desk calls action:pay was removed"),
        ("link-added", "agent:desk calls action:pay through supervisor is new"),
    ]


def test_a_gate_that_goes_is_a_finding_at_its_place_in_the_base(repository: Repository) -> None:
    repository.git("rm", "--quiet", "gates.shipcheck.yaml")
    repository.commit({"agents.shipcheck.yaml": AGENTS.replace(", guarded_by: [supervisor]", "")})
    report = repository.judged(base="main")
    [finding] = [finding for finding in report["findings"] if finding["policy"] == "core/change-gate-removed"]
    assert finding["location"] == {
        "in": "base",
        "path": "gates.shipcheck.yaml",
        "line": 4,
        "column": 3,
        "end_line": 4,
        "end_column": 13,
    }
    printed = run(repository.top, "check", "--base", "main", "--policy", "change-gate-removed").stdout
    assert "  gates.shipcheck.yaml:4:3 in the base\n" in printed
    assert "   4 |   supervisor:\n" in printed


def test_everything_that_goes_is_told(repository: Repository) -> None:
    for name in ("agents", "gates", "teams"):
        repository.git("rm", "--quiet", f"{name}.shipcheck.yaml")
    absence = "shipcheck: 1\nnothing_to_declare: {owner: it, date: 2026-11-01, reason: all gone}\n"
    repository.commit({"shipcheck.yaml": absence})
    report = repository.judged(base="main")
    assert introduced(report, "core/change-hidden") == [
        "the base declares 6 components, but the head declares nothing_to_declare"
    ]
    assert run(repository.top, "check", "--base", "main", "--fail-on", "warning").returncode == 1


@pytest.mark.parametrize("form", FORMATS["check"])
def test_every_output_can_say_what_a_base_adds(repository: Repository, form: str) -> None:
    policy = LOCAL.replace("id: titled", "id: named").replace("title is set", "description is set")
    repository.git("rm", "--quiet", "gates.shipcheck.yaml")
    repository.commit(
        {
            "agents.shipcheck.yaml": AGENTS.replace(", guarded_by: [supervisor]", ""),
            ".shipcheck/settings.yaml": "shipcheck: 1\npacks: [local]\n",
            ".shipcheck/local/pack.yaml": policy,
        }
    )
    done = run(repository.top, "check", "--base", "main", "--format", form)
    assert (done.returncode, done.stderr) == (1, "")
    for policy_name in (UNGATED, TITLED, "local/named", "core/change-settings", "core/change-policy", "core/change-gate-removed"):
        assert policy_name in done.stdout


def test_what_a_pull_request_changes_is_annotated_first(repository: Repository) -> None:
    repository.commit({"sub/z.shipcheck.yaml": "shipcheck: 1\nagents: {z: {}}\n"})
    for state in (None, "worktree", "index"):
        wanted = CheckRequest(repository.top, DAY, state=State(state) if state else None, base="main")
        assert check(wanted).place.changed == {"sub/z.shipcheck.yaml"}
    printed = run(repository.top, "check", "--base", "main", "--format", "github").stdout
    assert "file=sub/z.shipcheck.yaml" in printed.splitlines()[0]


# --- Where nothing can be compared ---


def test_a_base_that_is_not_there_is_said_with_what_brings_it(repository: Repository) -> None:
    with pytest.raises(
        CannotJudgeError,
        match=r"revision 'origin/main' not found in this clone; run 'git fetch origin main:refs/remotes/origin/main'",
    ):
        repository.judged(base="origin/main")


def test_a_clone_without_the_history_is_said_with_what_brings_it(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"README.md": "two\n"})
    repository.git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{repository.top}", str(tmp_path / "clone"))
    clone = Repository(tmp_path / "clone")
    clone.git("checkout", "--quiet", "change")
    with pytest.raises(CannotJudgeError, match="this clone is shallow; run 'git fetch --unshallow'"):
        clone.judged(base="origin/main")
    clone.git("fetch", "--quiet", "--unshallow")
    assert clone.judged(base="origin/main")["base"]["authority"] == "base"


def test_histories_without_a_common_commit_cannot_be_compared(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "alone")
    repository.commit({"README.md": "alone\n"})
    with pytest.raises(CannotJudgeError, match="HEAD and 'main' have no common ancestor"):
        repository.judged(base="main")


def test_an_unborn_head_cannot_be_compared(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.git("init", "--quiet")
    repository.write(FILES)
    repository.git("add", "--all")
    for state in (None, "index"):
        with pytest.raises(CannotJudgeError, match=r"HEAD has no commit yet|revision 'main' not found"):
            repository.judged(state, base="main")


@pytest.mark.parametrize("more", [(), ("--from", "worktree"), ("--from", "index")])
def test_a_folder_outside_of_git_has_no_base(more: tuple[str, ...], tmp_path: Path) -> None:
    done = run(tmp_path, "check", *more, "--base", "main")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == f"shipcheck: {tmp_path} is not in a git repository, so there is no base to compare with; remove --base\n"
    )


def test_a_day_does_not_go_with_a_base(repository: Repository) -> None:
    done = run(repository.top, "check", "--base", "main", "--as-of", "2026-11-22")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--as-of and --base cannot be used together" in done.stderr
