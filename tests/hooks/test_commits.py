"""Real commits through real clients: the hook lets a commit pass where a clean checkout of it is clean, and only there."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hooks.situations import COMMIT, SITUATIONS, Commit
from tests.hooks.world import WEAK
from tests.support.hook_clients import DAY, NO_NETWORK, Client
from tests.support.repository import Repository
from tests.support.running import PROGRAM, run

pytestmark = pytest.mark.needs("git")

# A clean checkout has nothing but its tree to be judged by.
VERDICTS: dict[str, int] = {}


def clean_checkout(repository: Repository, folder: Path) -> int:
    """The exit code of a check of the last commit, in a clone that holds nothing else."""
    tree = repository.git("rev-parse", "HEAD^{tree}")
    if tree not in VERDICTS:
        repository.git("clone", "--quiet", "--no-local", ".", str(folder))
        VERDICTS[tree] = run(folder, "check", "--from", "worktree", "--as-of", DAY).returncode
    return VERDICTS[tree]


def tried(client: Client, repository: Repository, published: Path) -> bool:
    """Whether the hook passes in `try-repo`, which commits nothing; without an environment, since that would be built anew."""
    path = {"PATH": f"{Path(PROGRAM).parent}:{client.environment()['PATH']}", **NO_NETWORK}
    done = client.run(repository.top, "try-repo", str(published), "shipcheck-system", "--verbose", **path)
    assert "(index)" in done.stdout, done.stdout
    return done.returncode == 0


def commit_without_the_hook(made: Commit) -> None:
    name, *rest = made.command
    if name == "merge":
        made.repository.git("merge", "--abort")
    made.repository.git(name, "--no-verify", *rest)


@pytest.mark.parametrize("bad", [True, False], ids=["bad", "good"])
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.__name__)
def test_a_commit_passes_where_a_clean_checkout_of_it_is_clean(
    situation: Callable[..., Commit],
    bad: bool,  # noqa: FBT001 - a parameter of the test
    client: Client,
    repository: Repository,
    published: tuple[Path, str],
    tmp_path: Path,
) -> None:
    made = situation(repository, bad=bad)
    if made.commits_what_is_staged:
        assert tried(client, made.repository, published[0]) is not bad
    before = made.repository.git("rev-parse", "--revs-only", "HEAD")
    done = client.git(made.repository, *made.command)
    judged = "(index)" in done.stdout
    assert (done.returncode != 0, judged) == (bad, True), done.stdout
    assert (made.repository.git("rev-parse", "--revs-only", "HEAD") == before) is bad
    if bad:
        commit_without_the_hook(made)
    assert (clean_checkout(made.repository, tmp_path / "clean") != 0) is bad


def test_a_hook_needs_no_network(client: Client, repository: Repository) -> None:
    alone = [shutil.which("unshare") or "unshare", "--map-root-user", "--net"]
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        alone = []  # the address of the proxy, where nobody listens, is in every run
    repository.write({"README.md": "two\n"})
    assert client.git(repository, *COMMIT, "--all", before=alone).returncode == 0
    repository.write({"gates.shipcheck.yaml": WEAK})
    assert client.git(repository, *COMMIT, "--all", before=alone).returncode != 0
