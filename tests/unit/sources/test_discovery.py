"""Which files are manifests: in real git repositories and in plain folders."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shipcheck.errors import CannotJudgeError
from shipcheck.model.document import File
from shipcheck.model.location import Location
from shipcheck.model.settings import Pattern
from shipcheck.sources.git import repository_top
from shipcheck.sources.governance_files import read_settings_file
from shipcheck.sources.manifests import Discovery, find_manifests
from shipcheck.sources.worktree import list_worktree

MANIFEST = "shipcheck: 1\n"
MIB = 1024 * 1024
NO_FILE_IS_CLOSED_TO_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every file")

pytestmark = pytest.mark.needs("git")


class Said(NamedTuple):
    """One complaint: its code, its path, and its words."""

    code: str
    path: str
    message: str


def git(folder: Path, *arguments: str) -> str:
    """What a git command prints, with nobody's own configuration."""
    settings = {
        "user.name": "A",
        "user.email": "a@example.com",
        "init.defaultBranch": "main",
        "protocol.file.allow": "always",
        "commit.gpgsign": "false",
        "advice.detachedHead": "false",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(["git", *options, *arguments], cwd=folder, capture_output=True, text=True, check=True, env=environment)
    return done.stdout


def write(root: Path, *paths: str, text: str = MANIFEST) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def patterns(*texts: str) -> list[Pattern]:
    return [
        Pattern(text, Location("worktree", ".shipcheck/settings.yaml", number, 1, number, 2))
        for number, text in enumerate(texts, 1)
    ]


def find(root: Path, *, also: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Discovery:
    return find_manifests(list_worktree(root), patterns(*also), patterns(*ignore))


def paths(found: Discovery) -> list[str]:
    return [file.path for file in found.files]


def said(found: Discovery) -> list[Said]:
    return [Said(problem.code, problem.location.path, problem.message) for problem in found.problems]


@pytest.fixture(params=["repository", "folder"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An empty place to check: a git repository, or a folder outside of one."""
    if request.param == "repository":
        git(tmp_path, "init", "-q")
    return tmp_path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with one commit."""
    top = tmp_path / "repository"
    top.mkdir()
    git(top, "init", "-q")
    write(top, "shipcheck.yaml", "a/agents.shipcheck.yaml", "README.md")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "one")
    return top


NAMES = [
    "shipcheck.yaml",
    "a/shipcheck.yaml",
    "a/b/c.shipcheck.yaml",
    "x.y.shipcheck.yaml",
    "é.shipcheck.yaml",
    "a b/-c.shipcheck.yaml",
]
NO_NAMES = [
    "shipcheck.yaml.bak",
    "myshipcheck.yaml",
    "a.shipcheck.yaml~",
    "shipcheck.json",
    "shipcheck",
    ".shipcheck.yaml.swp",
    "s.yaml",
]


def test_manifests_are_found_at_any_depth_by_their_names_in_order(root: Path) -> None:
    write(root, *NAMES, *NO_NAMES)
    found = find(root)
    assert paths(found) == sorted(NAMES)
    assert found.problems == ()
    assert {file.content for file in found.files} == {MANIFEST.encode()}
    assert {file.origin for file in found.files} == {"worktree"}


def test_an_empty_place_has_no_manifest_and_no_problem(root: Path) -> None:
    assert find(root) == Discovery((), (), ())


@pytest.mark.parametrize(
    "name", ["a\nb/shipcheck.yaml", "a\nb.shipcheck.yaml", "a\tb/shipcheck.yaml", '"a"/shipcheck.yaml', "a\\b/shipcheck.yaml"]
)
def test_a_name_with_odd_characters_is_found_all_the_same(root: Path, name: str) -> None:
    write(root, name)
    assert paths(find(root)) == [name]


def test_a_governance_folder_below_a_folder_with_a_line_break_holds_no_manifest(root: Path) -> None:
    write(root, "a\nb/.shipcheck/shipcheck.yaml")
    assert find(root) == Discovery((), (), ())


def test_governance_folders_hold_no_manifest_at_any_depth(root: Path) -> None:
    write(root, ".shipcheck/shipcheck.yaml", ".shipcheck/packs/a@1/x.shipcheck.yaml", "a/.shipcheck/local/shipcheck.yaml")
    assert find(root) == Discovery((), (), ())
    assert paths(find(root, also=("**/*.yaml",))) == []


def test_a_workflow_of_github_is_no_manifest_whatever_it_is_called(root: Path) -> None:
    write(root, ".github/workflows/shipcheck.yml", ".github/workflows/ai.shipcheck.yaml", ".github/shipcheck.yaml")
    assert paths(find(root)) == [".github/shipcheck.yaml"]
    assert find(root).problems == ()


def test_a_folder_that_only_looks_like_the_governance_folder_does(root: Path) -> None:
    write(root, ".shipchecks/shipcheck.yaml", "shipcheck/shipcheck.yaml", ".Shipcheck/shipcheck.yaml")
    assert paths(find(root)) == [".Shipcheck/shipcheck.yaml", ".shipchecks/shipcheck.yaml", "shipcheck/shipcheck.yaml"]


NEARLY = {
    "shipcheck.yml": "shipcheck.yaml",
    "a/agents.shipcheck.yml": "a/agents.shipcheck.yaml",
    "Shipcheck.yaml": "shipcheck.yaml",
    "SHIPCHECK.YAML": "shipcheck.yaml",
    "a/ShipCheck.yml": "a/shipcheck.yaml",
    "Agents.ShipCheck.Yaml": "agents.shipcheck.yaml",
    "b/x.shipcheck.YML": "b/x.shipcheck.yaml",
}


@pytest.mark.parametrize("name", NEARLY)
def test_a_name_that_is_nearly_a_manifest_is_a_problem(root: Path, name: str) -> None:
    write(root, name)
    message = f"{name} looks like a manifest but is not read as one; rename it to {NEARLY[name]}"
    assert said(find(root)) == [Said("nearly-a-manifest", name, message)]


def test_a_name_in_capitals_before_the_ending_is_a_manifest(root: Path) -> None:
    write(root, "Agents.shipcheck.yaml")
    assert paths(find(root)) == ["Agents.shipcheck.yaml"]


def test_a_symbolic_link_is_a_problem_wherever_it_leads(root: Path) -> None:
    write(root, "target.yaml")
    (root / "a.shipcheck.yaml").symlink_to("target.yaml")
    (root / "b.shipcheck.yaml").symlink_to("gone.yaml")
    (root / "c.shipcheck.yaml").symlink_to("/etc/hostname")
    (root / "d.shipcheck.yaml").symlink_to("d.shipcheck.yaml")
    assert said(find(root)) == [
        Said("link", f"{name}.shipcheck.yaml", f"{name}.shipcheck.yaml is a symbolic link; put the manifest itself there")
        for name in "abcd"
    ]


def test_a_linked_folder_is_not_entered_and_is_no_manifest(root: Path) -> None:
    write(root, "real/shipcheck.yaml")
    (root / "linked").symlink_to("real")
    (root / "loop").symlink_to(".")
    assert paths(find(root)) == ["real/shipcheck.yaml"]
    assert said(find(root)) == []


def test_a_linked_folder_with_a_manifest_name_is_a_problem(root: Path) -> None:
    write(root, "real/x.yaml")
    (root / "x.shipcheck.yaml").symlink_to("real")
    assert [complaint.code for complaint in said(find(root))] == ["link"]


def test_a_folder_with_a_manifest_name_is_no_manifest_and_what_it_holds_can_be(root: Path) -> None:
    write(root, "x.shipcheck.yaml/shipcheck.yaml", "x.shipcheck.yaml/notes.md")
    found = find(root)
    assert paths(found) == ["x.shipcheck.yaml/shipcheck.yaml"]
    assert said(found) == []


def test_a_file_is_read_up_to_one_byte_beyond_the_limit(root: Path) -> None:
    write(root, "a.shipcheck.yaml", text="#" * (3 * MIB))
    [file] = find(root).files
    assert len(file.content) == MIB + 1


DEEP = 1_200


@pytest.fixture
def deep(root: Path) -> Iterator[Path]:
    """A manifest below so many folders that a search by recursion would not come back."""
    here = os.open(root, os.O_RDONLY)
    for _ in range(DEEP):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    handle = os.open("shipcheck.yaml", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(handle, MANIFEST.encode())
    os.close(handle)
    os.close(here)
    yield root
    # What clears up after tests does so by recursion, so the chain is taken apart from its top.
    for _ in range(DEEP - 1):
        (root / "d" / "d").rename(root / "e")
        (root / "d").rmdir()
        (root / "e").rename(root / "d")


def test_a_manifest_below_a_thousand_folders_is_found(deep: Path) -> None:
    assert paths(find(deep)) == ["d/" * DEEP + "shipcheck.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_plain_folder_is_a_problem_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.shipcheck.yaml")
    message = "x.shipcheck.yaml is not a regular file; put the manifest itself there"
    assert said(find(tmp_path)) == [Said("not-a-file", "x.shipcheck.yaml", message)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_a_tracked_manifest_is_a_problem(repository: Path) -> None:
    (repository / "shipcheck.yaml").unlink()
    os.mkfifo(repository / "shipcheck.yaml")
    assert [complaint.code for complaint in said(find(repository))] == ["not-a-file"]


@NO_FILE_IS_CLOSED_TO_ROOT
def test_a_file_that_may_not_be_read_is_a_problem(root: Path) -> None:
    write(root, "shipcheck.yaml")
    (root / "shipcheck.yaml").chmod(0)
    message = "shipcheck.yaml cannot be read: Permission denied"
    assert said(find(root)) == [Said("unreadable", "shipcheck.yaml", message)]


def test_a_file_name_that_is_not_utf_8_is_a_problem(root: Path) -> None:
    name = os.fsencode(root) + b"/caf\xe9.shipcheck.yaml"
    try:
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    shown = "caf\\udce9.shipcheck.yaml"
    assert said(find(root)) == [Said("bad-file-name", shown, f"the file name {shown} is not UTF-8; rename it")]


def test_a_folder_name_that_is_not_utf_8_is_a_problem(root: Path) -> None:
    name = os.fsencode(root) + b"/\xff"
    try:
        Path(os.fsdecode(name)).mkdir()
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    os.close(os.open(name + b"/shipcheck.yaml", os.O_CREAT | os.O_WRONLY))
    assert [complaint.code for complaint in said(find(root))] == ["bad-file-name"]


def test_names_that_differ_in_composition_are_two_files(root: Path) -> None:
    names = ["caf\u00e9.shipcheck.yaml", "cafe\u0301.shipcheck.yaml"]
    write(root, *names)
    if len(list(root.glob("*.yaml"))) < 2:
        pytest.skip("this file system takes the two for one")
    assert paths(find(root)) == sorted(names)


PATTERNS = {
    "also": (("ai/*.yaml",), (), ["ai/a.yaml", "shipcheck.yaml", "x/b.shipcheck.yaml"], 0),
    "also what is one anyway": (("shipcheck.yaml",), (), ["shipcheck.yaml", "x/b.shipcheck.yaml"], 0),
    "ignore": ((), ("x/",), ["shipcheck.yaml"], 0),
    "ignore wins": (("x/*.yaml", "ai/*"), ("**/*.shipcheck.yaml",), ["ai/a.yaml", "shipcheck.yaml"], 0),
    "ignore everything": ((), ("**",), [], 0),
    "idle": (("nothing/*", "shipcheck.yaml"), ("gone/",), ["shipcheck.yaml", "x/b.shipcheck.yaml"], 2),
    "a folder without a slash at its end is idle": ((), ("x",), ["shipcheck.yaml", "x/b.shipcheck.yaml"], 1),
    "governance is never a manifest": ((".shipcheck/*",), (), ["shipcheck.yaml", "x/b.shipcheck.yaml"], 1),
}  # fmt: skip


@pytest.mark.parametrize("case", PATTERNS.values(), ids=PATTERNS)
def test_patterns_of_the_settings_add_and_take_away(
    root: Path, case: tuple[tuple[str, ...], tuple[str, ...], list[str], int]
) -> None:
    also, ignore, expected, idle = case
    write(root, "shipcheck.yaml", "x/b.shipcheck.yaml", "ai/a.yaml", ".shipcheck/settings.yaml", "README.md")
    found = find(root, also=also, ignore=ignore)
    assert paths(found) == expected
    assert len(found.idle) == idle


def test_an_idle_pattern_is_named_with_its_place(root: Path) -> None:
    write(root, "shipcheck.yaml")
    [pattern] = find(root, also=("shipcheck.yaml", "gone/*")).idle
    assert (pattern.text, str(pattern.location)) == ("gone/*", ".shipcheck/settings.yaml:2:1")


def test_an_ignored_file_that_is_nearly_a_manifest_is_no_problem(root: Path) -> None:
    write(root, "examples/shipcheck.yml", "shipcheck.yaml")
    found = find(root, ignore=("examples/",))
    assert (paths(found), found.problems) == (["shipcheck.yaml"], ())


def test_a_link_that_a_pattern_adds_is_a_problem(root: Path) -> None:
    write(root, "target.md")
    (root / "ai.yaml").symlink_to("target.md")
    assert [complaint.code for complaint in said(find(root, also=("ai.yaml",)))] == ["link"]


def test_untracked_files_are_found_and_ignored_ones_are_not(repository: Path) -> None:
    write(repository, ".gitignore", text="build/\n")
    write(repository, "new.shipcheck.yaml", "build/shipcheck.yaml")
    assert paths(find(repository)) == ["a/agents.shipcheck.yaml", "new.shipcheck.yaml", "shipcheck.yaml"]


def test_a_tracked_file_is_found_even_where_it_is_ignored(repository: Path) -> None:
    write(repository, ".gitignore", text="*.yaml\n")
    assert paths(find(repository)) == ["a/agents.shipcheck.yaml", "shipcheck.yaml"]


def test_a_deleted_file_is_gone(repository: Path) -> None:
    (repository / "shipcheck.yaml").unlink()
    found = find(repository)
    assert (paths(found), found.problems) == (["a/agents.shipcheck.yaml"], ())


def test_the_worktree_counts_not_the_index(repository: Path) -> None:
    write(repository, "shipcheck.yaml", text="shipcheck: 1\nagents: {}\n")
    contents = {file.path: file.content for file in find(repository).files}
    assert contents["shipcheck.yaml"] == b"shipcheck: 1\nagents: {}\n"


def test_a_tracked_manifest_that_has_become_a_folder_is_a_problem(repository: Path) -> None:
    (repository / "shipcheck.yaml").unlink()
    (repository / "shipcheck.yaml").mkdir()
    assert [complaint.code for complaint in said(find(repository))] == ["not-a-file"]


def test_a_tracked_folder_that_has_become_a_link_is_a_problem(repository: Path, tmp_path: Path) -> None:
    (repository / "a").rename(tmp_path / "elsewhere")
    (repository / "a").symlink_to(tmp_path / "elsewhere")
    message = "a/agents.shipcheck.yaml is behind a symbolic link; put the manifest itself there"
    assert said(find(repository)) == [Said("link", "a/agents.shipcheck.yaml", message)]


def test_a_conflicted_file_is_read_once(repository: Path) -> None:
    git(repository, "switch", "-q", "-c", "other")
    write(repository, "shipcheck.yaml", text="shipcheck: 1\nagents: {}\n")
    git(repository, "commit", "-q", "-a", "-m", "two")
    git(repository, "switch", "-q", "main")
    write(repository, "shipcheck.yaml", text="shipcheck: 1\nteams: {}\n")
    git(repository, "commit", "-q", "-a", "-m", "three")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "-q", "other")
    found = find(repository)
    assert paths(found) == ["a/agents.shipcheck.yaml", "shipcheck.yaml"]
    assert b"<<<<<<<" in found.files[1].content


SPARSE = "a/agents.shipcheck.yaml is tracked but not checked out; include it in the sparse checkout"


@pytest.mark.parametrize("cone", ["--cone", "--no-cone"])
def test_a_manifest_that_a_sparse_checkout_leaves_out_is_a_problem(repository: Path, cone: str) -> None:
    write(repository, "b/x.md")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "two")
    git(repository, "sparse-checkout", "set", cone, "b" if cone == "--cone" else "/b/")
    assert Said("not-checked-out", "a/agents.shipcheck.yaml", SPARSE) in said(find(repository))


def test_a_sparse_index_hides_no_manifest(repository: Path) -> None:
    write(repository, "b/x.md")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "two")
    git(repository, "sparse-checkout", "set", "--cone", "--sparse-index", "b")
    assert Said("not-checked-out", "a/agents.shipcheck.yaml", SPARSE) in said(find(repository))


def test_a_manifest_whose_worktree_copy_is_skipped_is_a_problem(repository: Path) -> None:
    git(repository, "update-index", "--skip-worktree", "shipcheck.yaml")
    (repository / "shipcheck.yaml").unlink()
    message = "shipcheck.yaml is tracked but not checked out; include it in the sparse checkout"
    assert said(find(repository)) == [Said("not-checked-out", "shipcheck.yaml", message)]


def test_a_skipped_file_that_is_there_is_read(repository: Path) -> None:
    git(repository, "update-index", "--skip-worktree", "shipcheck.yaml")
    assert "shipcheck.yaml" in paths(find(repository))


def test_a_file_that_git_assumes_unchanged_is_read_as_it_is(repository: Path) -> None:
    git(repository, "update-index", "--assume-unchanged", "shipcheck.yaml")
    write(repository, "shipcheck.yaml", text="shipcheck: 1\nteams: {}\n")
    assert {file.content for file in find(repository).files} == {MANIFEST.encode(), b"shipcheck: 1\nteams: {}\n"}


def test_a_submodule_with_a_manifest_name_is_a_problem_and_what_it_holds_is_not_ours(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    write(other, "shipcheck.yaml")
    git(other, "add", "-A")
    git(other, "commit", "-q", "-m", "one")
    git(repository, "submodule", "--quiet", "add", str(other), "x.shipcheck.yaml")
    git(repository, "submodule", "--quiet", "add", str(other), "plain")
    found = find(repository)
    problem = Said("submodule", "x.shipcheck.yaml", "x.shipcheck.yaml is a submodule, not a manifest; rename it")
    assert said(found) == [problem]
    assert paths(found) == ["a/agents.shipcheck.yaml", "shipcheck.yaml"]
    git(repository, "commit", "-q", "-m", "two")
    git(tmp_path, "clone", "-q", str(repository), "clone")
    assert said(find(tmp_path / "clone")) == [problem]


def test_a_repository_inside_the_repository_is_not_ours(repository: Path) -> None:
    (repository / "inner").mkdir()
    git(repository / "inner", "init", "-q")
    write(repository / "inner", "shipcheck.yaml")
    assert paths(find(repository)) == ["a/agents.shipcheck.yaml", "shipcheck.yaml"]


def test_a_folder_of_a_repository_is_a_root_of_its_own(repository: Path) -> None:
    assert paths(find(repository / "a")) == ["agents.shipcheck.yaml"]


def test_a_linked_worktree_is_a_repository(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "second"))
    assert repository_top(tmp_path / "second") == tmp_path / "second"
    assert paths(find(tmp_path / "second")) == ["a/agents.shipcheck.yaml", "shipcheck.yaml"]


def test_a_repository_without_a_commit_is_listed(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, "shipcheck.yaml")
    git(tmp_path, "add", "-A")
    assert paths(find(tmp_path)) == ["shipcheck.yaml"]


def test_the_source_says_where_files_come_from(repository: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    assert (list_worktree(repository).kind, list_worktree(plain).kind) == ("worktree", "folder")


def test_a_broken_repository_is_not_taken_for_a_plain_folder(tmp_path: Path) -> None:
    write(tmp_path, "shipcheck.yaml")
    (tmp_path / ".git").mkdir()
    with pytest.raises(CannotJudgeError, match=r"git .* failed in .*: fatal: not a git repository"):
        list_worktree(tmp_path)


def test_a_worktree_whose_repository_is_gone_is_not_taken_for_a_plain_folder(tmp_path: Path) -> None:
    write(tmp_path, "shipcheck.yaml")
    (tmp_path / ".git").write_text("gitdir: /nowhere\n", "utf-8")
    with pytest.raises(CannotJudgeError, match="fatal"):
        list_worktree(tmp_path)


def test_no_git_is_said_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(CannotJudgeError, match=r"git not found on the PATH, but .* is in a git repository; install git"):
        list_worktree(repository)


def test_what_a_hook_says_about_another_repository_changes_nothing(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, ".gitignore", text="*.yaml\n")
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    for name, value in (
        ("GIT_DIR", other / ".git"),
        ("GIT_WORK_TREE", other),
        ("GIT_INDEX_FILE", ".git/next-index-1.lock"),
        ("GIT_PREFIX", "a/"),
    ):
        monkeypatch.setenv(name, str(value))
    assert paths(find(repository)) == ["a/agents.shipcheck.yaml", "shipcheck.yaml"]
    assert paths(find(repository / "a")) == ["agents.shipcheck.yaml"]


HOOKS: dict[str, Callable[[Path], str]] = {
    "core.fsmonitor": lambda marker: f"touch {marker}",
    "core.pager": lambda marker: f"touch {marker}",
}


@pytest.mark.parametrize("name", HOOKS)
def test_nothing_that_the_repository_configures_is_run(repository: Path, tmp_path: Path, name: str) -> None:
    marker = tmp_path / "marker"
    git(repository, "config", name, HOOKS[name](marker))
    assert paths(find(repository)) == ["a/agents.shipcheck.yaml", "shipcheck.yaml"]
    assert not marker.exists()


def test_the_settings_file_is_read_where_there_is_one(root: Path) -> None:
    assert read_settings_file(list_worktree(root)) is None
    write(root, ".shipcheck/settings.yaml")
    found = read_settings_file(list_worktree(root))
    assert isinstance(found, File)
    assert (found.path, found.content) == (".shipcheck/settings.yaml", MANIFEST.encode())
