"""What honest people do to a repository, step by step: each way ends green, and a step that is not says what to do next."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.not_zero.test_pull_requests import GOVERNED
from tests.support.repository import Repository, create
from tests.support.running import run

pytestmark = pytest.mark.needs("git")

LATER = (datetime.now(tz=UTC).date() + timedelta(days=30)).isoformat()

Files = Mapping[str, str | None]
MANIFEST = GOVERNED["shipcheck.yaml"]
OLD, NEW = "src/gate.py", "src/gates/ask.py"
DECIDED = "decision: {result: selected, round: 2026-q2, date: 2026-06-01, by: board, reason: Clear owner and outcome.}"
RETIRED = "decision: {result: rejected, round: 2026-q4, date: 2026-11-02, by: board, reason: The vendor does it now.}"
CODE: Files = {OLD: None, "src/ledger.py": None, "src/desk.py": None, "src/pay.py": None}


def edited(*replacements: tuple[str, str], text: str = MANIFEST) -> str:
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


def retired() -> str:
    """The manifest with the use case retired by a later decision, and nothing left of what it used."""
    text = edited(("stage: production", "stage: retired"), ("    uses: [desk]\n", ""), (DECIDED, RETIRED))
    start, end = text.index("agents:\n"), text.index("teams:\n")
    return text[:start] + text[end:]


RENAMED = edited(("  desk:\n", "  counter:\n    was: desk\n"), ("uses: [desk]", "uses: [counter]"))
SPLIT = edited(
    ("gates:\n", "SPLIT\ngates:\n"),
    ("SPLIT", MANIFEST[MANIFEST.index("  pay:\n") : MANIFEST.index("gates:\n")].replace("  pay:\n", "  refund:\n    was: pay\n")),
    ("calls: [pay]", "calls: [pay, refund]"),
)
WALKS: dict[str, tuple[Files, ...]] = {
    "rename": ({"shipcheck.yaml": RENAMED},),
    "rename, and take the former name away later": (
        {"shipcheck.yaml": RENAMED},
        {"shipcheck.yaml": RENAMED.replace("    was: desk\n", "")},
    ),
    "split": ({"shipcheck.yaml": SPLIT},),
    "move to another folder": ({"shipcheck.yaml": None, "app/desk.shipcheck.yaml": MANIFEST},),
    "move to two files": (
        {
            "shipcheck.yaml": MANIFEST[: MANIFEST.index("teams:\n")],
            "teams.shipcheck.yaml": "shipcheck: 1\n" + MANIFEST[MANIFEST.index("teams:\n") :],
        },
    ),
    "move to another namespace": ({"shipcheck.yaml": edited(("shipcheck: 1\n", "shipcheck: 1\nnamespace: shop\n"))},),
    "move the code": ({OLD: None, NEW: GOVERNED[OLD], "shipcheck.yaml": edited((OLD, NEW))},),
    "retire": ({"shipcheck.yaml": retired(), **CODE},),
    "tighten": (
        {"shipcheck.yaml": edited(("approvals: 2", "approvals: 3"))},
        {".shipcheck/settings.yaml": GOVERNED[".shipcheck/settings.yaml"].replace("longest: 900", "longest: 1000")},
    ),
}


def start(folder: Path) -> Repository:
    repository = create(folder, {path: text for path, text in GOVERNED.items() if path != "CODEOWNERS"})
    repository.git("checkout", "--quiet", "-b", "change")
    return repository


def step(repository: Repository, files: Files) -> tuple[int, str]:
    """A pull request that makes these changes: its exit code, and what it prints; if it is green it is merged."""
    for path, text in files.items():
        if text is None:
            repository.git("rm", "--quiet", path)
    repository.commit({path: text for path, text in files.items() if text is not None})
    done = run(repository.top, "check", "--base", "main")
    if done.returncode == 0:
        repository.git("branch", "--force", "main", "HEAD")
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", WALKS)
def test_each_step_is_green(name: str, tmp_path: Path) -> None:
    repository = start(tmp_path / "top")
    for files in WALKS[name]:
        code, printed = step(repository, files)
        assert code == 0, printed


STUMBLES: dict[str, tuple[Files, str, Files]] = {
    "a rename without a word": (
        {
            "shipcheck.yaml": RENAMED.replace("    was: desk\n", "")
            .replace(", symbol: run", "")
            .replace("src/desk.py", "src/pay.py")
        },
        "if it is now agent:counter, add 'was: desk' there",
        {"shipcheck.yaml": RENAMED},
    ),
    "a retirement without a decision": (
        {"shipcheck.yaml": retired().replace(RETIRED, DECIDED), **CODE},
        "to retire the use case, record the decision",
        {"shipcheck.yaml": retired()},
    ),
    "a retirement that leaves the code": (
        {"shipcheck.yaml": retired()},
        "delete its code in the same change",
        CODE,
    ),
    "looser settings": (
        {".shipcheck/settings.yaml": GOVERNED[".shipcheck/settings.yaml"].replace("fail_on: warning", "fail_on: error")},
        "get a consent to this edit merged first",
        {".shipcheck/settings.yaml": GOVERNED[".shipcheck/settings.yaml"]},
    ),
}


@pytest.mark.parametrize("name", STUMBLES)
def test_a_step_that_fails_says_what_to_do(name: str, tmp_path: Path) -> None:
    wrong, says, right = STUMBLES[name]
    repository = start(tmp_path / "top")
    code, printed = step(repository, wrong)
    assert code == 1
    assert says in " ".join(printed.split())
    code, printed = step(repository, right)
    assert code == 0, printed


def test_what_never_named_its_code_is_retired_in_two_steps(tmp_path: Path) -> None:
    named = "    implemented_by: [{file: src/pay.py, symbol: pay}]\n"
    files = {**GOVERNED, "shipcheck.yaml": MANIFEST.replace(named, "")}
    repository = create(tmp_path / "top", {path: text for path, text in files.items() if path != "CODEOWNERS"})
    repository.git("checkout", "--quiet", "-b", "change")
    code, printed = step(repository, {"shipcheck.yaml": retired(), **CODE})
    assert code == 1
    assert "action:pay was removed" in printed
    assert "name its code in a change before this one" in " ".join(printed.split())
    repository.git("checkout", "--quiet", "-B", "change", "main")
    for change in ({"shipcheck.yaml": MANIFEST}, {"shipcheck.yaml": retired(), **CODE}):
        code, printed = step(repository, change)
        assert code == 0, printed


def test_a_tightening_is_taken_back_in_two_merges(tmp_path: Path) -> None:
    repository = start(tmp_path / "top")
    code, printed = step(repository, {"shipcheck.yaml": edited(("approvals: 2", "approvals: 3"))})
    assert code == 0, printed
    code, printed = step(repository, {"shipcheck.yaml": MANIFEST})
    assert code == 1
    assert "this takes two merges: first the consent, completed, in .shipcheck/waivers.yaml" in " ".join(printed.split())
    found = json.loads(run(repository.top, "check", "--base", "main", "--format", "json").stdout)["findings"]
    [consent] = {one["fix"]["write"] for one in found if one["change"] == "introduced"}
    filled = consent.replace("reason: ...", "reason: two are enough").replace("until: YYYY-MM-DD", f"until: {LATER}")
    filled = filled.replace("owner: TEAM", "owner: desk-ai").replace("approver: TEAM", "approver: board")
    repository.git("checkout", "--quiet", "-B", "change", "main")
    code, printed = step(repository, {".shipcheck/waivers.yaml": f"shipcheck: 1\n{filled}"})
    assert code == 0, printed
    code, printed = step(repository, {"shipcheck.yaml": MANIFEST, ".shipcheck/waivers.yaml": None})
    assert code == 0, printed


def test_adoption_with_a_baseline_is_one_merge_and_later_findings_fail(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", {"README.md": "A desk.\n"})
    repository.git("checkout", "--quiet", "-b", "change")
    manifest = "shipcheck: 1\nagents: {desk: {calls: [pay]}}\nactions: {pay: {}}\nteams: {risk: {contact: r}, ai: {contact: a}}\n"
    code, printed = step(repository, {"shipcheck.yaml": manifest})
    assert code == 1
    terms = ("--until", LATER, "--reason", "adopted before the rules", "--owner", "ai", "--approver", "risk")
    assert run(repository.top, "baseline", "create", *terms).returncode == 0
    code, printed = step(repository, {})
    assert code == 0, printed
    code, printed = step(repository, {"more.shipcheck.yaml": "shipcheck: 1\nagents: {clerk: {}}\n"})
    assert code == 1
    assert "clerk has no owner" in printed
