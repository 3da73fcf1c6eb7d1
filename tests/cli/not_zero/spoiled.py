"""What may have become of files, of a folder or of a repository, so that the check must not be clean.

Each spoils a folder that was clean, under git where it asks for a `Repository`.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import CalledProcessError
from typing import NamedTuple

from tests.cli.not_zero.declared import CLEAN, FINDING, SETTINGS
from tests.support.repository import Repository, create

MANIFEST = "a.shipcheck.yaml"
TEAM = 'shipcheck: 1\nteams:\n  other: {contact: "#other"}\n'
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12\n"


class Spoiled(NamedTuple):
    """How to spoil it, what is asked then, and what the answer is to be."""

    spoil: Callable[..., None]
    code: int
    words: str
    arguments: tuple[str, ...] = ()
    environment: dict[str, str] = {}  # noqa: RUF012 - never changed


# --- A folder ---


def a_link(folder: Path) -> None:
    (folder / MANIFEST).symlink_to("shipcheck.yaml")


def a_link_that_leads_nowhere(folder: Path) -> None:
    (folder / MANIFEST).symlink_to("gone.yaml")


def a_link_to_itself(folder: Path) -> None:
    (folder / MANIFEST).symlink_to(MANIFEST)


def a_link_out_of_the_folder(folder: Path) -> None:
    (folder.parent / "other.yaml").write_text(TEAM)
    (folder / MANIFEST).symlink_to("../other.yaml")


def a_linked_governance_folder(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    (folder / ".shipcheck").symlink_to("../elsewhere")


def linked_settings(folder: Path) -> None:
    (folder / ".shipcheck").mkdir()
    (folder.parent / "settings.yaml").write_text("shipcheck: 1\n")
    (folder / SETTINGS).symlink_to("../../settings.yaml")


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / MANIFEST)


def a_folder_for_the_manifest(folder: Path) -> None:
    (folder / "shipcheck.yaml").unlink()
    (folder / "shipcheck.yaml").mkdir()


def bytes_that_are_no_text(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"shipcheck: 1\nagents: {a\xff: {}}\n")


def text_of_another_encoding(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(CLEAN.encode("utf-16"))


def a_zero_byte(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"shipcheck: 1\n\0")


def a_file_too_large(folder: Path) -> None:
    (folder / MANIFEST).write_text("shipcheck: 1\n#" + "x" * 1024 * 1024)


def a_file_too_deep(folder: Path) -> None:
    (folder / MANIFEST).write_text("[" * 200_000)


def a_pointer_to_large_file_storage(folder: Path) -> None:
    (folder / MANIFEST).write_text(POINTER)


def a_name_that_is_no_text(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.shipcheck.yaml")).write_text(CLEAN)


FOLDERS = (
    Spoiled(a_link, 3, "is a symbolic link"),
    Spoiled(a_link_that_leads_nowhere, 3, "is a symbolic link"),
    Spoiled(a_link_to_itself, 3, "is a symbolic link"),
    Spoiled(a_link_out_of_the_folder, 3, "is a symbolic link"),
    Spoiled(a_linked_governance_folder, 2, ".shipcheck is not a folder"),
    Spoiled(linked_settings, 2, "is a symbolic link"),
    Spoiled(a_pipe, 3, "is not a regular file"),
    Spoiled(a_folder_for_the_manifest, 3, "no manifest"),
    Spoiled(bytes_that_are_no_text, 3, "UTF-8"),
    Spoiled(text_of_another_encoding, 3, "UTF-8"),
    Spoiled(a_zero_byte, 3, MANIFEST),
    Spoiled(a_file_too_large, 3, "1 MiB"),
    Spoiled(a_file_too_deep, 3, "deep"),
    Spoiled(a_pointer_to_large_file_storage, 3, "Git LFS"),
    Spoiled(a_name_that_is_no_text, 3, "is not UTF-8"),
)


# --- A repository ---


def a_manifest_that_is_ignored(repository: Repository) -> None:
    repository.git("rm", "--quiet", "--cached", "shipcheck.yaml")
    repository.write({".gitignore": "shipcheck.yaml\n"})


def ignored_settings(repository: Repository) -> None:
    repository.write({".gitignore": "settings.yaml\n", SETTINGS: "shipcheck: 1\nfail_on: note\n"})


def a_sparse_checkout(repository: Repository) -> None:
    repository.commit({MANIFEST: TEAM})
    repository.git("sparse-checkout", "set", "--no-cone", "/shipcheck.yaml")


def a_file_that_git_is_told_to_skip(repository: Repository) -> None:
    repository.commit({MANIFEST: TEAM})
    repository.git("update-index", "--skip-worktree", MANIFEST)
    (repository.top / MANIFEST).unlink()


def a_manifest_by_no_name_that_is_not_checked_out(repository: Repository) -> None:
    repository.commit({"agents.yaml": TEAM})
    repository.git("sparse-checkout", "set", "--no-cone", "/shipcheck.yaml")


def a_submodule(repository: Repository) -> None:
    library = create(repository.top.parent / "library", {"shipcheck.yaml": TEAM})
    repository.git("submodule", "--quiet", "add", str(library.top), MANIFEST)
    repository.commit()


def a_submodule_that_is_not_there(repository: Repository) -> None:
    a_submodule(repository)
    repository.git("submodule", "--quiet", "deinit", "--all")


def an_open_conflict(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit({"shipcheck.yaml": CLEAN.replace("#platform", "#one")})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"shipcheck.yaml": CLEAN.replace("#platform", "#two")})
    with suppress(CalledProcessError):
        repository.git("merge", "--quiet", "side")


def a_repository_of_somebody_else(repository: Repository) -> None:
    repository.git("status")


def a_link_to_a_repository_that_is_gone(repository: Repository) -> None:
    (repository.top / ".git").rename(repository.top.parent / "old")
    (repository.top / ".git").write_text("gitdir: ../gone\n")


def an_index_that_is_broken(repository: Repository) -> None:
    (repository.top / ".git/index").write_bytes(b"DIRC no index at all")


def content_that_is_lost(repository: Repository) -> None:
    lost = repository.git("rev-parse", "HEAD:shipcheck.yaml")
    (repository.top / ".git/objects" / lost[:2] / lost[2:]).unlink()


def content_that_is_damaged(repository: Repository) -> None:
    name = repository.git("rev-parse", "HEAD:shipcheck.yaml")
    damaged = repository.top / ".git/objects" / name[:2] / name[2:]
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:-8])


def no_commit_yet(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "fresh")


def as_it_was(repository: Repository) -> None:
    repository.git("status")


def only_in_the_folder(repository: Repository) -> None:
    """What is staged has a finding, and the folder has none."""
    repository.write({"shipcheck.yaml": FINDING})
    repository.git("add", "--all")
    repository.write({"shipcheck.yaml": CLEAN})


def only_not_staged(repository: Repository) -> None:
    repository.git("rm", "--quiet", "--cached", "shipcheck.yaml")


def unrelated(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "fresh")
    repository.commit({"README.md": "fresh\n"})


def a_base_with_settings_that_are_wrong(repository: Repository) -> None:
    repository.commit({SETTINGS: "shipcheck: 1\npacks: [cor]\n"})
    repository.git("checkout", "--quiet", "-b", "change")
    (repository.top / SETTINGS).unlink()
    repository.commit()


def a_shallow_history(repository: Repository) -> None:
    """HEAD and the tip of the base are there, and the commit in which they part is not."""
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({"README.md": "change\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"README.md": "main\n"})
    repository.git("checkout", "--quiet", "change")
    tips = [repository.git("rev-parse", name) for name in ("main", "change")]
    (repository.top / ".git/shallow").write_text("\n".join(sorted(tips)) + "\n")


def folders_of_a_repository(repository: Repository) -> None:
    repository.write(
        {
            SETTINGS: "shipcheck: 1\nroots: [svc]\nmanifests: {ignore: [old/]}\n",
            "svc/shipcheck.yaml": "shipcheck: 1\nagents:\n  helper: {}\n",
            "old/shipcheck.yaml": "shipcheck: 1\nagents:\n  former: {}\n",
            "bare/README.md": "",
        }
    )


def rules_below_the_top(repository: Repository) -> None:
    folders_of_a_repository(repository)
    repository.write({f"svc/{SETTINGS}": "shipcheck: 1\nroots: [inner]\n", "svc/.shipcheck/waivers.yaml": "shipcheck: 1\n"})


def no_settings_at_all(repository: Repository) -> None:
    repository.write({"svc/shipcheck.yaml": "shipcheck: 1\nagents:\n  helper: {}\n"})


NO_SERVER = dict.fromkeys(("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "BITBUCKET_BUILD_NUMBER", "JENKINS_URL"), "")

REPOSITORIES = (
    Spoiled(folders_of_a_repository, 1, "in svc. Policies", ("svc",)),
    Spoiled(folders_of_a_repository, 1, "in svc/shipcheck.yaml. Policies", ("svc/shipcheck.yaml",)),
    Spoiled(folders_of_a_repository, 1, "Root: svc;", ("--root", "svc")),
    Spoiled(folders_of_a_repository, 3, "manifests.ignore leaves out", ("old",)),
    Spoiled(folders_of_a_repository, 3, "there is none that belongs", ("bare",)),
    Spoiled(folders_of_a_repository, 3, "is outside of the root", ("..",)),
    Spoiled(folders_of_a_repository, 3, "is outside of the root", (".", "--root", "svc")),
    Spoiled(folders_of_a_repository, 3, "bare is not a root", ("--root", "bare")),
    Spoiled(folders_of_a_repository, 3, "old is not a root", ("--root", "old")),
    Spoiled(folders_of_a_repository, 2, "nowhere does not exist", ("nowhere",)),
    Spoiled(folders_of_a_repository, 2, "did you mean 'svc'", ("Svc",)),
    Spoiled(rules_below_the_top, 2, "'roots' is read only from", ("--root", "svc")),
    Spoiled(rules_below_the_top, 2, "waivers and packs are in .shipcheck at the top", ("--root", "svc", "--format", "concise")),
    Spoiled(no_settings_at_all, 3, "svc is not a root", ("--root", "svc")),
    Spoiled(a_manifest_that_is_ignored, 3, "no manifest"),
    Spoiled(ignored_settings, 2, "is ignored by git"),
    Spoiled(a_sparse_checkout, 3, "include it in the sparse checkout"),
    Spoiled(a_manifest_by_no_name_that_is_not_checked_out, 3, "agents.yaml begins as a manifest"),
    Spoiled(a_file_that_git_is_told_to_skip, 3, "not checked out"),
    Spoiled(a_submodule, 3, "is a submodule"),
    Spoiled(a_submodule, 3, "is a submodule", ("--from", "HEAD")),
    Spoiled(a_submodule_that_is_not_there, 3, "is a submodule"),
    Spoiled(an_open_conflict, 3, "unresolved merge conflict"),
    Spoiled(an_open_conflict, 3, "conflict", ("--from", "index")),
    Spoiled(a_repository_of_somebody_else, 3, "dubious ownership", (), {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}),
    Spoiled(a_link_to_a_repository_that_is_gone, 3, "not a git repository"),
    Spoiled(an_index_that_is_broken, 3, "git ls-files failed"),
    Spoiled(content_that_is_lost, 3, "its content is missing from this partial clone", ("--from", "HEAD")),
    Spoiled(content_that_is_damaged, 3, "git cat-file failed", ("--from", "index")),
    Spoiled(only_in_the_folder, 1, "helper has no owner", ("--from", "index")),
    Spoiled(only_not_staged, 3, "no manifest", ("--from", "index")),
    Spoiled(no_commit_yet, 3, "HEAD has no commit yet", ("--from", "HEAD")),
    Spoiled(no_commit_yet, 3, "HEAD has no commit yet", ("--base", "main")),
    Spoiled(as_it_was, 3, "revision 'mian' not found", ("--from", "mian")),
    Spoiled(as_it_was, 2, "is not a valid revision", ("--from=--all",)),
    Spoiled(as_it_was, 3, "run 'git fetch origin main:refs/remotes/origin/main'", ("--base", "origin/main")),
    Spoiled(as_it_was, 3, "--base auto needs", ("--base", "auto"), NO_SERVER),
    Spoiled(
        as_it_was, 3, "is neither for a pull request nor of a branch", ("--base", "auto"), NO_SERVER | {"GITHUB_ACTIONS": "true"}
    ),
    Spoiled(
        as_it_was,
        3,
        "'refs/remotes/origin/main'",
        ("--base", "auto"),
        NO_SERVER | {"GITLAB_CI": "1", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_DEFAULT_BRANCH": "main"},
    ),
    Spoiled(
        as_it_was,
        3,
        "does not say which branch is the default one",
        ("--base", "auto"),
        NO_SERVER | {"TF_BUILD": "1", "SYSTEM_PULLREQUEST_TARGETBRANCH": "main"},
    ),
    Spoiled(
        as_it_was,
        3,
        "if you trust it, run 'git config --global --add safe.directory ",
        environment={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"},
    ),
    Spoiled(unrelated, 3, "have no common ancestor", ("--base", "main")),
    Spoiled(a_shallow_history, 3, "this clone is shallow", ("--base", "main")),
    Spoiled(a_base_with_settings_that_are_wrong, 3, "did you mean 'core'", ("--base", "main")),
)
