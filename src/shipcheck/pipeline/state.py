"""Which state of a repository is read, and the source that reads it."""

from dataclasses import dataclass
from pathlib import Path

from shipcheck.errors import UsageError
from shipcheck.model.location import HEAD
from shipcheck.sources.git import in_repository, repository_top
from shipcheck.sources.objects import list_index, list_revision
from shipcheck.sources.revisions import commit_of
from shipcheck.sources.source import Source
from shipcheck.sources.worktree import list_worktree

WORKTREE_NAME, INDEX_NAME = "worktree", "index"


@dataclass(frozen=True, slots=True)
class State:
    """The worktree, the index, or the revision of that name.

    `index_file` is the index that git names to its hooks, empty where it names none.
    """

    name: str = WORKTREE_NAME
    index_file: str = ""


WORKTREE = State()


def open_source(root: Path, state: State, origin: str = HEAD) -> Source:
    """The files of a state below `root`, with `origin` as the origin of those of a revision.

    Raises:
        UsageError: the state is one of git, and `root` is not in a repository.
        CannotJudgeError: git or the revision is missing, or git cannot list the files.
    """
    if state.name == WORKTREE_NAME:
        return list_worktree(root)
    what = "index" if state.name == INDEX_NAME else f"revision '{state.name}'"
    if not in_repository(root):
        raise UsageError(f"{root} is not in a git repository and has no {what}; remove --from, or run in a repository")
    if state.name == INDEX_NAME:
        return list_index(root, _index_file(root, state.index_file))
    return list_revision(root, commit_of(root, state.name), origin)


def _index_file(root: Path, named: str) -> Path | None:
    """The index that git names to a hook, relative to the top of its repository; None for another repository's."""
    top = repository_top(Path.cwd())
    return top / named if named and top is not None and top == repository_top(root) else None
