"""The index and a revision in real repositories: the verdict on what is staged is that of a clean checkout of the commit."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.repository import Repository, create, said
from tests.support.running import run

from shipcheck.errors import CannotJudgeError, UsageError

pytestmark = pytest.mark.needs("git")

AGENTS = """shipcheck: 1
defaults: {owner: payables}
agents:
  desk: {calls: [pay]}
actions:
  pay: {sensitivity: high, effects: [payments], reversible: false, guarded_by: [supervisor]}
use_cases:
  disputes: {stage: production, uses: [desk]}
teams:
  payables: {contact: "#payables"}
"""
GATE = """shipcheck: 1
defaults: {owner: payables}
gates:
  supervisor:
    decided_by: human
    timing: before
    decisions: [approve, reject]
    approvers: [payables]
    covers: [payments]
    on_timeout: deny
    implemented_by: [{file: src/approvals.py, symbol: ask}]
"""
OPEN = AGENTS.replace(", guarded_by: [supervisor]", "")
WEAK = GATE.replace("human", "rule")
CODE = "def ask(): ...\n"
FILES = {"agents.shipcheck.yaml": AGENTS, "gates.shipcheck.yaml": GATE, "src/approvals.py": CODE, "README.md": "one\n"}
ONLY = ("ungated-sensitive-action", "gate-not-in-code")
UNGATED = "core/ungated-sensitive-action"
UNFOUND = "core/gate-not-in-code"
DANGLING = "dangling-reference"


class Outcome(NamedTuple):
    """The verdict, the policies with findings, and the codes of problems."""

    verdict: str
    policies: list[str]
    problems: list[str]


CLEAN = Outcome("pass", [], [])
OPENED = Outcome("fail", [UNGATED], [])
BROKEN = Outcome("incomplete", [], [DANGLING])
UNREAD = Outcome("incomplete", [], ["link"])


def outcome(report: dict[str, Any]) -> Outcome:
    return Outcome(
        report["verdict"],
        sorted({finding["policy"] for finding in report["findings"]}),
        sorted({problem["code"] for problem in report["problems"]}),
    )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return create(tmp_path / "top", FILES)


# --- What may be staged when a hook runs ---


def nothing_new(repository: Repository) -> None:
    repository.git("status")


def delete_only(repository: Repository) -> None:
    repository.git("rm", "--quiet", "gates.shipcheck.yaml")


def gate_deleted_with_another_edit(repository: Repository) -> None:
    repository.git("rm", "--quiet", "gates.shipcheck.yaml")
    repository.write({"README.md": "two\n", "agents.shipcheck.yaml": OPEN})
    repository.git("add", "--all")


def gate_deleted_but_kept_in_the_folder(repository: Repository) -> None:
    repository.git("rm", "--quiet", "--cached", "gates.shipcheck.yaml")


def untracked_gate(repository: Repository) -> None:
    repository.git("rm", "--quiet", "gates.shipcheck.yaml")
    repository.write({"new.shipcheck.yaml": GATE, "README.md": "two\n"})
    repository.git("add", "README.md")


def intended_gate(repository: Repository) -> None:
    repository.git("rm", "--quiet", "gates.shipcheck.yaml")
    repository.write({"new.shipcheck.yaml": GATE})
    repository.git("add", "--intent-to-add", "new.shipcheck.yaml")


def partly_staged_weakening(repository: Repository) -> None:
    repository.write({"gates.shipcheck.yaml": WEAK})
    repository.git("add", "gates.shipcheck.yaml")
    repository.write({"gates.shipcheck.yaml": GATE})


def partly_staged_mending(repository: Repository) -> None:
    repository.write({"gates.shipcheck.yaml": GATE.replace("deny", "suspend")})
    repository.git("add", "gates.shipcheck.yaml")
    repository.write({"gates.shipcheck.yaml": WEAK})


def renamed_file(repository: Repository) -> None:
    repository.git("mv", "gates.shipcheck.yaml", "approvals.shipcheck.yaml")


def renamed_out_of_sight(repository: Repository) -> None:
    repository.git("mv", "gates.shipcheck.yaml", "gates.yaml")


def names_with_spaces_and_letters_of_all_kinds(repository: Repository) -> None:
    (repository.top / "päy ments").mkdir()
    repository.git("mv", "gates.shipcheck.yaml", "päy ments/zwei Augen.shipcheck.yaml")


def a_name_with_a_line_break(repository: Repository) -> None:
    repository.git("mv", "gates.shipcheck.yaml", "two\nlines.shipcheck.yaml")


def code_moved_in_the_folder_only(repository: Repository) -> None:
    (repository.top / "src/approvals.py").unlink()


def code_deleted(repository: Repository) -> None:
    repository.git("rm", "--quiet", "src/approvals.py")


def symbol_renamed_in_the_index_only(repository: Repository) -> None:
    repository.write({"src/approvals.py": "def asks(): ...\n"})
    repository.git("add", "--all")
    repository.write({"src/approvals.py": CODE})


def a_link_for_a_manifest(repository: Repository) -> None:
    repository.git("mv", "gates.shipcheck.yaml", "gates.txt")
    (repository.top / "gates.shipcheck.yaml").symlink_to("gates.txt")
    repository.git("add", "--all")


def settings_that_are_staged_only(repository: Repository) -> None:
    pilot = AGENTS.replace("production", "pilot")
    settings = "shipcheck: 1\nseverities: {core/gate-not-in-code: error}\n"
    repository.write({"agents.shipcheck.yaml": pilot, ".shipcheck/settings.yaml": settings})
    repository.git("rm", "--quiet", "src/approvals.py")
    repository.git("add", "--all")
    (repository.top / ".shipcheck/settings.yaml").unlink()


def a_local_pack_that_is_staged_only(repository: Repository) -> None:
    policy = "{id: titled, title: All have a title, why: W, each: agent, must: title is set}"
    text = f"pack: local\nversion: 1.0.0\npolicies: [{policy}]\n"
    repository.write({".shipcheck/local/pack.yaml": text})
    repository.git("add", "--all")
    (repository.top / ".shipcheck/local/pack.yaml").unlink()


def a_sparse_checkout(repository: Repository) -> None:
    repository.git("sparse-checkout", "set", "--no-cone", "/README.md")


def line_ends_that_git_turns(repository: Repository) -> None:
    repository.write({".gitattributes": "*.yaml text eol=crlf\n"})
    repository.git("add", "--renormalize", ".")
    repository.git("add", ".gitattributes")


SITUATIONS: dict[Callable[[Repository], None], Outcome] = {
    nothing_new: CLEAN,
    delete_only: BROKEN,
    gate_deleted_with_another_edit: OPENED,
    gate_deleted_but_kept_in_the_folder: BROKEN,
    untracked_gate: BROKEN,
    intended_gate: BROKEN,
    partly_staged_weakening: OPENED,
    partly_staged_mending: CLEAN,
    renamed_file: CLEAN,
    renamed_out_of_sight: Outcome("incomplete", [], ["unread-file"]),
    names_with_spaces_and_letters_of_all_kinds: CLEAN,
    a_name_with_a_line_break: CLEAN,
    code_moved_in_the_folder_only: CLEAN,
    code_deleted: Outcome("fail", [UNFOUND], []),
    symbol_renamed_in_the_index_only: Outcome("fail", [UNFOUND], []),
    a_link_for_a_manifest: UNREAD,
    settings_that_are_staged_only: Outcome("fail", [UNFOUND], []),
    a_sparse_checkout: CLEAN,
    line_ends_that_git_turns: CLEAN,
}


@pytest.mark.parametrize("prepare", SITUATIONS, ids=lambda prepare: prepare.__name__)
def test_what_is_staged_is_judged_as_a_clean_checkout_of_its_commit(
    prepare: Callable[[Repository], None], repository: Repository, tmp_path: Path
) -> None:
    prepare(repository)
    staged = repository.judged("index", policies=ONLY)
    repository.git("commit", "--quiet", "--allow-empty", "--message=next")
    repository.git("clone", "--quiet", "--no-local", ".", str(tmp_path / "clone" / "top"))
    clean = Repository(tmp_path / "clone" / "top").judged(policies=ONLY)
    assert outcome(staged) == SITUATIONS[prepare]
    assert said(staged) == said(clean)
    committed = repository.judged("HEAD", policies=ONLY)
    assert said(committed) == said(clean)
    assert (staged["source"]["kind"], clean["source"]["kind"]) == ("index", "worktree")
    assert committed["source"] | {"root": ""} == {
        "kind": "revision",
        "revision": repository.git("rev-parse", "HEAD"),
        "root": "",
        "declared_absence": None,
    }


def test_a_local_pack_that_is_staged_is_in_use(repository: Repository) -> None:
    a_local_pack_that_is_staged_only(repository)
    assert outcome(repository.judged("index", policies=("titled",))) == Outcome("fail", ["local/titled"], [])
    with pytest.raises(UsageError, match="unknown policy 'titled'"):
        repository.judged(policies=("titled",))


def test_an_amended_commit_is_judged_as_it_will_be(repository: Repository) -> None:
    repository.commit({"gates.shipcheck.yaml": WEAK})
    assert outcome(repository.judged("HEAD", policies=ONLY)) == OPENED
    repository.write({"gates.shipcheck.yaml": GATE})
    repository.git("add", "--all")
    assert outcome(repository.judged("index", policies=ONLY)) == CLEAN
    repository.git("commit", "--quiet", "--amend", "--no-edit", "--allow-empty")
    assert outcome(repository.judged("HEAD", policies=ONLY)) == CLEAN


def test_a_merge_is_judged_as_the_merge_commit_will_be(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit({"agents.shipcheck.yaml": OPEN})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"README.md": "two\n"})
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    assert outcome(repository.judged("index", policies=ONLY)) == OPENED
    repository.git("commit", "--quiet", "--message=merge")
    assert outcome(repository.judged("HEAD", policies=ONLY)) == OPENED


@pytest.mark.parametrize(("file", "code"), [("gates.shipcheck.yaml", "unmerged"), (".shipcheck/settings.yaml", "unmerged")])
def test_an_open_conflict_is_not_judged(repository: Repository, file: str, code: str) -> None:
    repository.commit({file: "shipcheck: 1\n"})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit({file: "shipcheck: 1 # one\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({file: "shipcheck: 1 # two\n"})
    with pytest.raises(Exception, match="merge"):
        repository.git("merge", "--quiet", "side")
    report = repository.judged("index")
    assert report["verdict"] == "incomplete"
    assert code in outcome(report).problems


def test_a_linked_worktree_has_an_index_of_its_own(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "second"))
    second = Repository(tmp_path / "second")
    second.write({"gates.shipcheck.yaml": WEAK})
    second.git("add", "--all")
    assert outcome(second.judged("index", policies=ONLY)) == OPENED
    assert outcome(repository.judged("index", policies=ONLY)) == CLEAN


def test_a_submodule_that_is_called_as_a_manifest_is_not_passed_over(repository: Repository, tmp_path: Path) -> None:
    create(tmp_path / "library", {"shipcheck.yaml": GATE})
    repository.git("submodule", "--quiet", "add", str(tmp_path / "library"), "vendored")
    assert outcome(repository.judged("index", policies=ONLY)) == CLEAN
    repository.git("mv", "vendored", "gate.shipcheck.yaml")
    assert outcome(repository.judged("index", policies=ONLY)) == Outcome("incomplete", [], ["submodule"])
    repository.git("commit", "--quiet", "--message=next")
    assert outcome(repository.judged("HEAD", policies=ONLY)) == Outcome("incomplete", [], ["submodule"])


def test_a_submodule_is_a_repository_of_its_own(repository: Repository, tmp_path: Path) -> None:
    create(tmp_path / "library", {"shipcheck.yaml": OPEN})
    repository.git("submodule", "--quiet", "add", str(tmp_path / "library"), "vendored")
    inner = Repository(repository.top / "vendored")
    assert outcome(inner.judged("index", policies=ONLY)) == OPENED
    assert outcome(inner.judged("HEAD", policies=ONLY)) == OPENED


def test_a_listed_folder_of_the_repository_is_a_root_of_its_own(repository: Repository) -> None:
    repository.commit(
        {
            "team/agents.shipcheck.yaml": AGENTS,
            "team/gates.shipcheck.yaml": WEAK,
            "team/.shipcheck/settings.yaml": "shipcheck: 1\n",
            ".shipcheck/settings.yaml": "shipcheck: 1\nroots: [team]\n",
        }
    )
    for state in ("worktree", "index", "HEAD"):
        assert outcome(repository.judged(state, path="team", policies=ONLY)) == OPENED._replace(policies=[UNFOUND, UNGATED])
        assert repository.judged(state, path="team")["counts"]["files"] == 2


def test_a_shallow_clone_has_its_newest_revision(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"gates.shipcheck.yaml": WEAK})
    old = repository.git("rev-parse", "HEAD~1")
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.top}", str(tmp_path / "clone"))
    clone = Repository(tmp_path / "clone")
    assert outcome(clone.judged("HEAD", policies=ONLY)) == OPENED
    assert outcome(clone.judged("index", policies=ONLY)) == OPENED
    with pytest.raises(CannotJudgeError, match=f"revision '{old}' not found in this clone; run 'git fetch origin {old}'"):
        clone.judged(old)
    with pytest.raises(CannotJudgeError, match="it is shallow, so run 'git fetch --unshallow'"):
        clone.judged("HEAD~1")


def test_a_detached_head_is_a_revision(repository: Repository) -> None:
    repository.commit({"gates.shipcheck.yaml": WEAK})
    repository.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert outcome(repository.judged("HEAD", policies=ONLY)) == CLEAN
    assert outcome(repository.judged("main", policies=ONLY)) == OPENED


def test_an_unborn_head_has_an_index_and_no_revision(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.git("init", "--quiet")
    repository.write(FILES)
    repository.git("add", "--all")
    assert outcome(repository.judged("index", policies=ONLY)) == CLEAN
    with pytest.raises(CannotJudgeError, match="HEAD has no commit yet; run 'git commit'"):
        repository.judged("HEAD")


def test_a_bare_repository_has_revisions(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    bare = Repository(tmp_path / "bare.git")
    assert outcome(bare.judged("HEAD", policies=ONLY)) == CLEAN
    assert outcome(bare.judged("main", policies=ONLY)) == CLEAN


def test_a_replaced_object_is_read_as_it_was_committed(repository: Repository) -> None:
    repository.commit({"gates.shipcheck.yaml": WEAK})
    weak = repository.git("rev-parse", "HEAD:gates.shipcheck.yaml")
    repository.git("replace", weak, repository.git("rev-parse", "HEAD~1:gates.shipcheck.yaml"))
    repository.git("replace", "HEAD", "HEAD~1")
    assert "human" in repository.git("show", "HEAD:gates.shipcheck.yaml")
    assert outcome(repository.judged("HEAD", policies=ONLY)) == OPENED
    assert outcome(repository.judged("index", policies=ONLY)) == OPENED


def test_a_partial_clone_is_never_completed(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "--quiet", "--bare", "--filter=blob:none", f"file://{repository.top}", str(tmp_path / "part"))
    part = Repository(tmp_path / "part")
    held = part.git("count-objects", "-v")
    with pytest.raises(CannotJudgeError, match="git cat-file failed"):
        part.judged("HEAD")
    assert part.git("count-objects", "-v") == held


def test_a_pointer_of_large_file_storage_is_a_problem(repository: Repository) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12\n"
    repository.commit({"gates.shipcheck.yaml": pointer})
    for state in ("worktree", "index", "HEAD"):
        assert outcome(repository.judged(state, policies=ONLY)) == Outcome("incomplete", [], ["lfs-pointer"])


def test_code_in_large_file_storage_is_not_known_to_hold_a_symbol(repository: Repository) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12\n"
    repository.commit({"src/approvals.py": pointer})
    for state in ("worktree", "index", "HEAD"):
        [finding] = repository.judged(state, policies=("gate-not-in-code",))["findings"]
        assert [reason["text"] for reason in finding["reasons"]] == [
            "it is unknown whether symbol ask is in src/approvals.py: the file cannot be read"
        ]


def test_a_large_manifest_is_a_problem_wherever_it_is_read(repository: Repository) -> None:
    repository.commit({"gates.shipcheck.yaml": GATE + "#" * 1024 * 1024})
    for state in ("worktree", "index", "HEAD"):
        assert outcome(repository.judged(state, policies=ONLY)) == Outcome("incomplete", [], ["file-too-large"])


def test_ignored_settings_are_a_problem_of_the_folder_and_not_there_for_git(repository: Repository) -> None:
    repository.commit({".gitignore": "settings.yaml\n", ".shipcheck/settings.yaml": "shipcheck: 1\nfail_on: note\n"})
    assert outcome(repository.judged(policies=ONLY)).problems == ["ignored-governance"]
    assert outcome(repository.judged("index", policies=ONLY)) == CLEAN


@pytest.mark.parametrize("entry", ["link", "submodule"])
def test_a_governance_folder_that_is_none_is_a_problem_everywhere(repository: Repository, tmp_path: Path, entry: str) -> None:
    if entry == "link":
        (tmp_path / "elsewhere").mkdir()
        (repository.top / ".shipcheck").symlink_to(tmp_path / "elsewhere")
    else:
        create(tmp_path / "library", {"settings.yaml": "shipcheck: 1\n"})
        repository.git("submodule", "--quiet", "add", str(tmp_path / "library"), ".shipcheck")
    repository.commit()
    for state in ("worktree", "index", "HEAD"):
        assert outcome(repository.judged(state, policies=ONLY)).problems == ["not-a-folder"]


def test_stray_governance_is_a_problem_everywhere(repository: Repository) -> None:
    repository.commit({".shipcheck/setings.yaml": "shipcheck: 1\n", ".shipcheck/local/policies/a.yaml": "policies: []\n"})
    for state in ("worktree", "index", "HEAD"):
        assert outcome(repository.judged(state, policies=ONLY)).problems == ["headless-pack", "stray-file"]


# --- Through the command line ---


def test_a_hook_names_the_index_that_it_is_about(repository: Repository) -> None:
    own = str(repository.top / ".git/next-index")
    repository.write({"gates.shipcheck.yaml": WEAK})
    repository.git("read-tree", "HEAD", GIT_INDEX_FILE=own)
    repository.git("add", "gates.shipcheck.yaml", GIT_INDEX_FILE=own)
    asked = ("check", "--from", "index", "--policy", "ungated-sensitive-action")
    assert run(repository.top, *asked).returncode == 0
    assert run(repository.top, *asked, GIT_INDEX_FILE=".git/next-index").returncode == 1
    assert run(repository.top, *asked, GIT_INDEX_FILE=own).returncode == 1
    assert run(repository.top / "src", *asked, GIT_INDEX_FILE=".git/next-index").returncode == 1


def test_the_index_of_another_repository_is_not_looked_at(repository: Repository, tmp_path: Path) -> None:
    other = create(tmp_path / "other", {"shipcheck.yaml": OPEN})
    asked = ("check", "--root", str(repository.top), "--from", "index", "--policy", "ungated-sensitive-action")
    assert run(other.top, *asked, GIT_INDEX_FILE=".git/index", GIT_DIR=".git").returncode == 0


def test_a_commit_hook_sees_what_is_committed(repository: Repository) -> None:
    hook = repository.top / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexec python -m shipcheck check --from index --policy ungated-sensitive-action\n", "utf-8")
    hook.chmod(0o755)
    repository.write({"gates.shipcheck.yaml": WEAK, "README.md": "two\n"})
    repository.git("commit", "--quiet", "--message=only this", "README.md", PATH=_path())
    with pytest.raises(Exception, match="non-zero exit status"):
        repository.git("commit", "--quiet", "--message=all", "--all", PATH=_path())
    assert repository.git("log", "-1", "--format=%s") == "only this"


def _path() -> str:
    import os
    import sys

    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("state", ["index", "HEAD"])
def test_a_folder_outside_of_git_has_no_such_state(tmp_path: Path, state: str) -> None:
    done = run(tmp_path, "check", "--from", state)
    what = "index" if state == "index" else "revision 'HEAD'"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"shipcheck: {tmp_path} is not in a git repository and has no {what}; remove --from, or run in a repository\n"
    )


@pytest.mark.parametrize("name", ["--upload-pack=x", "-x", "", "a\nb"])
def test_an_option_is_no_revision(repository: Repository, name: str) -> None:
    done = run(repository.top, "check", f"--from={name}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not a valid revision" in done.stderr


def test_without_git_nothing_is_judged(repository: Repository) -> None:
    done = run(repository.top, "check", "--from", "index", PATH=str(repository.top))
    assert (done.returncode, done.stdout) == (3, "")
    assert "git not found on the PATH" in done.stderr


def test_why_can_be_asked_of_any_state(repository: Repository) -> None:
    repository.write({"gates.shipcheck.yaml": WEAK})
    repository.git("add", "--all")
    repository.write({"gates.shipcheck.yaml": GATE})
    asked = ("why", "agent:desk", "action:pay", "--policy", "ungated-sensitive-action")
    codes = [run(repository.top, *asked, f"--from={state}").returncode for state in ("worktree", "index", "HEAD")]
    assert codes == [0, 1, 0]


def test_a_graph_can_be_drawn_of_any_state(repository: Repository) -> None:
    repository.git("rm", "--quiet", "--cached", "gates.shipcheck.yaml")
    repository.write({"agents.shipcheck.yaml": OPEN})
    repository.git("add", "agents.shipcheck.yaml")
    names = {
        state: {
            component["component"]
            for component in json.loads(run(repository.top, "graph", "--format=json", f"--from={state}").stdout)["components"]
        }
        for state in ("index", "HEAD")
    }
    assert names["HEAD"] - names["index"] == {"gate:supervisor"}
