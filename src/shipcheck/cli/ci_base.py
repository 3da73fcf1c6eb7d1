"""What `--base` means: a revision that is named, or what the CI server that runs the check says."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from shipcheck.cli.ci_run import SERVERS, BranchRun, Change, Run, Server, remote_branch
from shipcheck.english import listed
from shipcheck.errors import CannotJudgeError
from shipcheck.pipeline.deciding_branches import decides
from shipcheck.sources.revisions import default_branch

AUTO = "auto"
_EXAMPLE = "for example --base refs/remotes/origin/main"


class BaseOption(NamedTuple):
    """The revision to compare with, empty where there is none.

    `whole` is the default branch whose run has no base. `own` are commits of the pull request that is judged, none of which can
    be its base; None outside of one.
    """

    revision: str = ""
    whole: str = ""
    own: frozenset[str] | None = None


def base_of(name: str | None, environment: Mapping[str, str], folder: Path) -> BaseOption:
    """The base that the option names; `auto` is the target of a change if that branch may decide, else the default branch.

    Raises:
        CannotJudgeError: it is `auto`, and nothing here says what the base is.
    """
    if not name:
        return BaseOption()
    server = next((server for server in SERVERS if environment.get(server.mark)), None)
    if name != AUTO:
        return BaseOption(name, own=_own(server, environment))
    if server is None:
        names = listed([server.name for server in SERVERS])
        raise CannotJudgeError(f"--base auto needs {names}; elsewhere, name the branch, {_EXAMPLE}")
    return _automatic(server, server.run(environment), folder)


def _automatic(server: Server, run: Run, folder: Path) -> BaseOption:
    if isinstance(run, Change):
        default = _default(server, run, folder)
        own_rules = run.branch == default or decides(folder, remote_branch(default), run.branch)
        return BaseOption(run.target if own_rules else remote_branch(default), own=run.own)
    if isinstance(run, BranchRun):
        default = _default(server, run, folder)
        return BaseOption(whole=default) if run.branch == default else BaseOption(remote_branch(default))
    raise CannotJudgeError(
        f"--base auto: this run of {server.name} is neither for a pull request nor of a branch ({server.missing}); name the "
        f"base, {_EXAMPLE}, or omit --base to judge without one"
    )


def _default(server: Server, run: Change | BranchRun, folder: Path) -> str:
    default = run.default or default_branch(folder)
    if not default:
        raise CannotJudgeError(
            f"--base auto: {server.name} does not say which branch is the default one; name the base, {_EXAMPLE}, or run "
            "'git remote set-head origin NAME' before, with the name of the default branch"
        )
    return default


def _own(server: Server | None, environment: Mapping[str, str]) -> frozenset[str] | None:
    """The commits of the pull request, where this is a run for one."""
    run = server.run(environment) if server is not None else None
    return run.own if isinstance(run, Change) else None
