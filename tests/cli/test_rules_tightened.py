"""The commands for a change that tightens rules, or weakens what is declared on purpose: each writes what lets it through."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.packed import FILES, HEAD, MANIFEST, NAME, SETTINGS, changed, commit_pack
from tests.support.repository import DAY, Repository, create
from tests.support.running import run

from shipcheck import __version__
from shipcheck.app.baseline import create_baseline, extend_baseline
from shipcheck.app.check import CheckRequest, check
from shipcheck.app.waive import WaiveRequest, Wanted, waive
from shipcheck.errors import UsageError
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Severity
from shipcheck.pipeline import since
from shipcheck.pipeline.state import WORKTREE
from shipcheck.report.check.text import render
from shipcheck.versions import is_older

pytestmark = pytest.mark.needs("git")

WAIVERS = ".shipcheck/waivers.yaml"
STRICTER = (
    HEAD.replace("1.2.0", "1.3.0")
    + """  - id: described
    title: Every agent says what it does
    why: Reviewers need to know.
    each: agent
    must: description is set
    message: "{subject} has no description"
"""
)
TEAMS = MANIFEST + '  risk: {contact: "#risk", members: [dan, eve]}\n'
WANTED = Wanted(date(2027, 1, 31), "acme 1.3", "risk", "payables")
DESCRIBED = (f"{NAME}/described", "agent:desk")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with a pack and all its findings in the baseline, and the branch of an upgrade to a stricter version."""
    made = create(tmp_path / "r", {"shipcheck.yaml": TEAMS, ".shipcheck/settings.yaml": SETTINGS})
    commit_pack(made.top)
    create_baseline(CheckRequest(made.top, DAY, fail_on=Severity.WARNING), WANTED)
    made.commit()
    made.git("checkout", "--quiet", "-b", "upgrade")
    commit_pack(made.top, changed(FILES, head=STRICTER), "1.3.0")
    made.commit()
    return made


def request(repository: Repository) -> CheckRequest:
    """What is on disk, compared with main."""
    return CheckRequest(repository.top, DAY, state=WORKTREE, base="main")


def failing(repository: Repository) -> list[tuple[str, str, str | None]]:
    """What fails in the pull request."""
    return [
        (found["policy"], found["subject"], found["change"])
        for found in repository.judged(base="main")["findings"]
        if (found["severity"], found["status"]) == ("error", "live")
    ]


def test_a_pack_upgrade_brings_its_waivers_in_the_same_change(repository: Repository) -> None:
    assert failing(repository) == [(*DESCRIBED, "announced")]
    before = (repository.top / WAIVERS).read_text("utf-8")
    _, new = extend_baseline(request(repository), WANTED)
    assert new is not None
    assert (new.count, new.listed) == (1, True)
    added = f"    - {{policy: {NAME}/described, subject: agent:desk, up_to: error}}\n".replace("agent:desk", '"agent:desk"')
    assert (repository.top / WAIVERS).read_text("utf-8").replace('"', "") == (before + added).replace('"', "")
    repository.commit()
    assert (failing(repository), repository.judged(base="main")["exit"]) == ([], 0)
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "upgrade")
    assert repository.judged()["exit"] == 0
    with pytest.raises(UsageError, match="announces no finding that fails"):
        extend_baseline(request(repository), WANTED)


def test_other_terms_than_those_of_the_baseline_make_waivers_of_their_own(repository: Repository) -> None:
    wanted = Wanted(date(2027, 3, 31), "acme 1.3", "risk", "payables")
    _, new = extend_baseline(request(repository), wanted)
    assert new is not None
    assert not new.listed
    text = (repository.top / WAIVERS).read_text("utf-8")
    assert text.endswith("    reason: acme 1.3\n    owner: payables\n    approver: risk\n    until: 2027-03-31\n")
    repository.commit()
    assert failing(repository) == []


def test_without_a_baseline_one_is_made(repository: Repository) -> None:
    (repository.top / WAIVERS).unlink()
    _, new = extend_baseline(request(repository), WANTED)
    assert new is not None
    assert (new.count, new.listed) == (1, True)
    assert "baseline:\n" in (repository.top / WAIVERS).read_text("utf-8")


def test_what_is_introduced_is_not_added_to_the_baseline(repository: Repository) -> None:
    repository.commit({"shipcheck.yaml": TEAMS.replace("agents:\n", "agents:\n  clerk: {title: Clerk}\n")})
    assert (f"{NAME}/described", "agent:clerk", "introduced") in failing(repository)
    extend_baseline(request(repository), WANTED)
    assert "clerk" not in (repository.top / WAIVERS).read_text("utf-8")


def test_the_command_compares_with_the_base(repository: Repository) -> None:
    until = (datetime.now(UTC).date() + timedelta(days=200)).isoformat()
    words = ["--base", "main", "--until", until, "--reason", "acme 1.3", "--owner", "payables", "--approver", "risk"]
    done = run(repository.top, "baseline", "extend", *words)
    assert (done.returncode, done.stdout) == (0, f"waived 1 finding until {until} in {WAIVERS}\n")
    assert run(repository.top, "baseline", "extend", *words).returncode == 2


YOUNG = "core/agent-without-use-case"


@pytest.fixture
def older(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository whose lock file an older tool wrote, which did not have one of the policies yet."""
    repository.git("checkout", "--quiet", "main")
    commit_pack(repository.top, tool="0.0.9")
    (repository.top / WAIVERS).unlink()
    repository.commit()
    repository.git("checkout", "--quiet", "-B", "newer")
    monkeypatch.setattr(since, "SINCE", {YOUNG: "0.1.0", "core/change-weakened": "0.1.0"})
    return repository


def marks(report: dict[str, Any], policy: str = YOUNG) -> set[str]:
    return {found["change"] for found in report["findings"] if found["policy"] == policy}


def test_a_policy_that_is_newer_than_the_lock_file_fails_nothing(older: Repository) -> None:
    for report in (older.judged(), older.judged(base="main")):
        assert (marks(report), report["not_yet"]) == (set(), ["core/agent-without-use-case", "core/change-weakened"])
    assert marks(older.judged(policies=(YOUNG,))) == {None}
    shown = render(check(CheckRequest(older.top, DAY)))
    assert f"Not applied yet: {YOUNG} and core/change-weakened, newer than the version of shipcheck in the lock file;" in shown
    older.commit({"shipcheck.yaml": TEAMS.replace("audited_by: [platform/ledger]}", "audited_by: []}")})
    assert marks(older.judged(base="main"), "core/change-weakened") == set()


def test_the_change_that_records_the_version_announces_what_its_policies_find(older: Repository) -> None:
    commit_pack(older.top)
    older.commit()
    report = older.judged(base="main")
    assert (marks(report), report["not_yet"]) == ({"announced"}, [])
    older.commit({"shipcheck.yaml": TEAMS.replace("agents:\n", "agents:\n  clerk: {}\n")})
    assert marks(older.judged(base="main")) == {"announced", "introduced"}
    older.git("checkout", "--quiet", "main")
    older.git("merge", "--quiet", "newer")
    assert marks(older.judged()) == {None}


def test_every_policy_with_a_version_is_built_in() -> None:
    pages = Path(__file__).resolve().parents[2] / "docs/policies"
    assert since.SINCE.keys() <= {f"{page.parent.name}/{page.stem}" for page in pages.glob("*/*.md")}
    assert not [name for name, version in since.SINCE.items() if is_older(__version__, version)]


def test_a_change_cannot_record_an_older_tool(older: Repository) -> None:
    commit_pack(older.top, tool="0.0.8")
    older.commit()
    assert [problem["code"] for problem in older.judged(base="main")["problems"]] == ["tool-rollback"]


FINDING = ("change-weakened", "agent:desk[untrusted_input]")


def waived(repository: Repository, *words: str) -> tuple[Finding | None, list[str]]:
    _, finding, edits = waive(WaiveRequest(words, request(repository), WANTED))
    return finding, [edit.names for edit in edits]


def test_waive_writes_the_consent_to_what_the_change_introduces(tmp_path: Path) -> None:
    files = {"shipcheck.yaml": TEAMS.replace("    title: Answers letters\n", "    untrusted_input: true\n")}
    plain = {name: text.replace("platform/", "") for name, text in files.items()}
    plain = {
        name: text.replace(", through: [four-eyes]", "").replace("audited_by: [ledger]", "title: x")
        for name, text in plain.items()
    }
    repository = create(tmp_path / "r", plain)
    repository.git("checkout", "--quiet", "-b", "weaker")
    repository.write({"shipcheck.yaml": plain["shipcheck.yaml"].replace("untrusted_input: true", "untrusted_input: false")})
    finding, edits = waived(repository, *FINDING)
    assert finding is not None
    assert edits == ["untrusted_input of agent:desk from true to false"]
    text = (repository.top / WAIVERS).read_text("utf-8")
    assert text.partition("consents:\n")[2] == (
        '  - component: agent:desk\n    field: untrusted_input\n    from: "true"\n    to: "false"\n'
        "    reason: acme 1.3\n    owner: payables\n    approver: risk\n    until: 2027-01-31\n"
    )
    with pytest.raises(UsageError, match="by no edit to consent to"):
        waived(repository, *FINDING)
    with pytest.raises(UsageError, match="a finding about a change needs --base"):
        waive(WaiveRequest(FINDING, CheckRequest(repository.top, DAY), WANTED))
    listed = run(repository.top, "waivers", "list", "--as-of", DAY.isoformat()).stdout
    assert "unused: consent to untrusted_input of agent:desk from true to false" in listed
    assert run(repository.top, "waivers", "check", "--as-of", DAY.isoformat()).returncode == 1
    done = run(repository.top, "waivers", "prune", "--as-of", DAY.isoformat())
    assert done.stdout == "removed: consent to untrusted_input of agent:desk from true to false\n"
    assert "consents" not in (repository.top / WAIVERS).read_text("utf-8")
