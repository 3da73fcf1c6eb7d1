"""What git may be in the middle of when a hook runs, made so that the commit is bad, or so that it is good.

A situation changes a repository and names the git command that makes the commit, and the repository in which it is given.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from subprocess import CalledProcessError
from typing import NamedTuple

from tests.hooks.world import BROKEN, GATE, HARMLESS, LIKE, SPARE, WEAK
from tests.support.repository import Repository, create


class Commit(NamedTuple):
    """The command that makes a commit, and the repository in which it is given."""

    repository: Repository
    command: tuple[str, ...]

    @property
    def commits_what_is_staged(self) -> bool:
        """Whether all that is staged before the command, and nothing else, will be in the commit."""
        name, *rest = self.command
        return name == "commit" and all(word.startswith("--") and word != "--all" for word in rest)


COMMIT = ("commit", "--quiet", "--message=next")
GATES = "gates.shipcheck.yaml"


def _staged(repository: Repository, files: dict[str, str]) -> Commit:
    repository.write(files)
    repository.git("add", "--all")
    return Commit(repository, COMMIT)


def an_edit(repository: Repository, *, bad: bool) -> Commit:
    return _staged(repository, {GATES: WEAK if bad else LIKE})


def only_a_deletion(repository: Repository, *, bad: bool) -> Commit:
    repository.git("rm", "--quiet", GATES if bad else "spare.shipcheck.yaml")
    return Commit(repository, COMMIT)


def a_gate_deleted_beside_another_edit(repository: Repository, *, bad: bool) -> Commit:
    repository.git("rm", "--quiet", GATES)
    return _staged(repository, {"README.md": "two\n"} | ({} if bad else {"desk.shipcheck.yaml": LIKE}))


def a_file_that_is_not_tracked(repository: Repository, *, bad: bool) -> Commit:
    """A good one does not help, a bad one does no harm."""
    if bad:
        repository.git("rm", "--quiet", "--cached", GATES)
    repository.write({"README.md": "two\n", **({} if bad else {"other.shipcheck.yaml": BROKEN})})
    repository.git("add", "README.md")
    return Commit(repository, COMMIT)


def a_file_that_is_to_be_added(repository: Repository, *, bad: bool) -> Commit:
    """Its name is in the index, its content is not."""
    if bad:
        repository.git("rm", "--quiet", "--cached", GATES)
    repository.write({"README.md": "two\n", **({} if bad else {"other.shipcheck.yaml": BROKEN})})
    repository.git("add", "README.md")
    repository.git("add", "--intent-to-add", ".")
    return Commit(repository, COMMIT)


def a_file_that_is_partly_staged(repository: Repository, *, bad: bool) -> Commit:
    repository.write({GATES: WEAK if bad else LIKE})
    repository.git("add", GATES)
    repository.write({GATES: GATE if bad else WEAK})
    return Commit(repository, COMMIT)


def a_file_that_is_renamed(repository: Repository, *, bad: bool) -> Commit:
    repository.git("mv", GATES, "gates.yaml" if bad else "desk.shipcheck.yaml")
    return Commit(repository, COMMIT)


def names_with_spaces_and_letters_of_all_kinds(repository: Repository, *, bad: bool) -> Commit:
    repository.git("rm", "--quiet", GATES)
    return _staged(repository, {"zwei Augen/päy \u65e5\u672c.shipcheck.yaml": WEAK if bad else LIKE})


def a_merge(repository: Repository, *, bad: bool) -> Commit:
    """Each side is clean by itself; the one deletes the gate with all that needs it, the other needs it once more."""
    more = "shipcheck: 1\nactions:\n  pay-more: {owner: payments, sensitivity: low, effects: [], guarded_by: [refund-desk]}\n"
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit({"more.shipcheck.yaml": more if bad else SPARE.replace("spare", "more")}, "--no-verify")
    repository.git("checkout", "--quiet", "main")
    (repository.top / GATES).unlink()
    repository.commit({"shipcheck.yaml": HARMLESS}, "--no-verify")
    return Commit(repository, ("merge", "--quiet", "--no-ff", "--message=merge", "side"))


def a_merge_with_a_conflict(repository: Repository, *, bad: bool) -> Commit:
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit({GATES: WEAK}, "--no-verify")
    repository.git("checkout", "--quiet", "main")
    repository.commit({GATES: WEAK.replace("rule", "model")}, "--no-verify")
    with suppress(CalledProcessError):
        repository.git("merge", "--quiet", "side")
    assert repository.git("ls-files", "--unmerged")
    return _staged(repository, {GATES: WEAK if bad else LIKE})


def a_linked_worktree(repository: Repository, *, bad: bool) -> Commit:
    """The folder that it is linked to is in the opposite state."""
    _staged(repository, {GATES: LIKE if bad else WEAK})
    repository.git("worktree", "add", "--quiet", "-b", "other", "../second")
    return _staged(Repository(repository.top.parent / "second"), {GATES: WEAK if bad else LIKE})


def inside_a_submodule(repository: Repository, *, bad: bool) -> Commit:
    outer = create(repository.top.parent / "outer", {"shipcheck.yaml": SPARE if bad else BROKEN})
    outer.git("submodule", "--quiet", "add", str(repository.top), "inner")
    hooks = outer.top / ".git/modules/inner/hooks"
    shutil.rmtree(hooks, ignore_errors=True)
    shutil.copytree(repository.top / ".git/hooks", hooks)
    return _staged(Repository(outer.top / "inner"), {GATES: WEAK if bad else LIKE})


def a_submodule_that_is_added(repository: Repository, *, bad: bool) -> Commit:
    """What it declares is not of this repository, unless it is called like a manifest: then nobody can read that."""
    library = create(repository.top.parent / "library", {"shipcheck.yaml": BROKEN})
    repository.git("submodule", "--quiet", "add", str(library.top), "vendored.shipcheck.yaml" if bad else "vendored")
    return Commit(repository, COMMIT)


def a_shallow_clone(repository: Repository, *, bad: bool) -> Commit:
    repository.commit({"README.md": "two\n"}, "--no-verify")
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.top}", "../shallow")
    shallow = Repository(repository.top.parent / "shallow")
    shutil.copytree(repository.top / ".git/hooks", shallow.top / ".git/hooks", dirs_exist_ok=True)
    return _staged(shallow, {GATES: WEAK if bad else LIKE})


def an_amended_commit(repository: Repository, *, bad: bool) -> Commit:
    """What the commit to be amended says does not count."""
    repository.commit({GATES: LIKE if bad else WEAK}, "--no-verify")
    staged = _staged(repository, {GATES: WEAK if bad else GATE, "README.md": "two\n"})
    return staged._replace(command=("commit", "--quiet", "--amend", "--no-edit"))


def all_that_is_tracked(repository: Repository, *, bad: bool) -> Commit:
    repository.write({GATES: WEAK if bad else LIKE})
    return Commit(repository, (*COMMIT, "--all"))


def one_file_and_not_what_is_staged(repository: Repository, *, bad: bool) -> Commit:
    """Git makes an index for this commit alone, and names it to the hook."""
    repository.write({GATES: WEAK, "README.md": "two\n"})
    repository.git("add", "README.md" if bad else GATES)
    return Commit(repository, (*COMMIT, GATES if bad else "README.md"))


def the_first_commit(repository: Repository, *, bad: bool) -> Commit:
    repository.git("checkout", "--quiet", "--orphan", "fresh")
    return _staged(repository, {GATES: WEAK if bad else LIKE})


def a_detached_head(repository: Repository, *, bad: bool) -> Commit:
    repository.git("checkout", "--quiet", "--detach")
    return _staged(repository, {GATES: WEAK if bad else LIKE})


def an_empty_commit(repository: Repository, *, bad: bool) -> Commit:
    """The hook is not about what changes, but about what there is."""
    if bad:
        repository.commit({GATES: WEAK}, "--no-verify")
    return Commit(repository, (*COMMIT, "--allow-empty"))


SITUATIONS: tuple[Callable[..., Commit], ...] = (
    an_edit,
    only_a_deletion,
    a_gate_deleted_beside_another_edit,
    a_file_that_is_not_tracked,
    a_file_that_is_to_be_added,
    a_file_that_is_partly_staged,
    a_file_that_is_renamed,
    names_with_spaces_and_letters_of_all_kinds,
    a_merge,
    a_merge_with_a_conflict,
    a_linked_worktree,
    inside_a_submodule,
    a_submodule_that_is_added,
    a_shallow_clone,
    an_amended_commit,
    all_that_is_tracked,
    one_file_and_not_what_is_staged,
    the_first_commit,
    a_detached_head,
    an_empty_commit,
)
