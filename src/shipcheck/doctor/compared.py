"""What the check judges and compares with, by its options: all of the change, against its target."""

from collections.abc import Iterator, Sequence

from shipcheck.doctor.audits import BASE_GIVEN, FAILURE_COUNTS, ON_PULL_REQUESTS
from shipcheck.doctor.masked_exit_code import Options
from shipcheck.doctor.shell_parser import Command
from shipcheck.model.doctor import Audit

_HEAD = frozenset({"HEAD", "@", "HEAD~0", "HEAD^0"})
_OWN_STATES = _HEAD | {"worktree", "index"}
# How services call the revision of the change itself.
_OWN = (
    "github.sha",
    "github.ref",
    "github.head_ref",
    "head.sha",
    "head.ref",
    "GITHUB_SHA",
    "GITHUB_HEAD_REF",
    "GITHUB_REF",
    "CI_COMMIT_SHA",
    "CI_COMMIT_REF",
    "CI_COMMIT_BRANCH",
    "CI_MERGE_REQUEST_SOURCE",
    "BUILD_SOURCE",
    "Build.Source",
    "SYSTEM_PULLREQUEST_SOURCE",
    "System.PullRequest.Source",
)
_HERE = frozenset({".", "./"})
_MOVES = frozenset({"cd", "pushd"})

# The audit that fails, the piece of the script, what is wrong, and what to do.
Fault = tuple[Audit, str, str, str]


def faults_of(options: Options, before: Sequence[Command] = (), folder: str = "") -> Iterator[Fault]:
    """Everything that makes the check judge something else than the whole change.

    `before` runs before it in the script, which starts in `folder`, empty for the top of the checkout.
    """
    for base in options.values("--base")[-1:]:
        if base in _HEAD or _is_own(base):
            yield BASE_GIVEN, base, f"the base '{base}' is the change itself", "Use --base auto."
    for state in options.values("--from")[-1:]:
        if state not in _OWN_STATES and not _is_own(state):
            yield ON_PULL_REQUESTS, "--from", f"--from {state} does not judge the change", "Remove --from."
    moves = (command.texts[1] for command in before if command.texts[0] in _MOVES and command.texts[1:])
    moved = next((place for place in moves if place not in _HERE), "")
    for path in (*options.paths, *options.values("--root")):
        if path not in _HERE:
            yield FAILURE_COUNTS, path, f"'{path}' narrows the check to one folder", f"Remove '{path}'."
        elif folder:
            text = f"'{path}' narrows the check to {folder}, where the step runs"
            yield FAILURE_COUNTS, path, text, f"Remove '{path}'."
        elif moved:
            text = f"'{path}' narrows the check to one folder after 'cd {moved}'"
            yield FAILURE_COUNTS, moved, text, f"Remove '{path}'."


def _is_own(name: str) -> bool:
    return any(own in name for own in _OWN)
