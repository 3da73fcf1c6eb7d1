"""The hooks that are offered: tried as `try-repo` tries them, with a shipcheck of one's own, and the smaller ones."""

from pathlib import Path

import pytest
from tests.hooks.world import FILES
from tests.support.hook_clients import Client
from tests.support.repository import Repository, create
from tests.support.running import PROGRAM

pytestmark = pytest.mark.needs("git")

PACK = """pack: local
version: 1.0.0
policies:
  - id: titled
    title: Every agent has a title
    why: A title tells what it is.
    each: agent
    must: title is set
    message: "{subject} has no title"
"""
CASES = """test: titled
as_of: 2026-11-22
world: {shipcheck: 1, agents: {desk: {title: Desk}}}
cases:
  - {name: one with a title, expect: []}
  - {name: one without, edit: {unset: agent:desk.title}, expect: [{subject: agent:desk}]}
  - {name: none, edit: {remove: agent:desk}, expect: not_applicable}
"""


@pytest.fixture
def plain(tmp_path: Path) -> Repository:
    """A clean repository without any hook."""
    return create(tmp_path / "plain", FILES)


def configured(repository: Repository, published: tuple[Path, str], hook: str) -> Repository:
    """The repository with a hook in its configuration."""
    where, commit = published
    text = f"repos:\n  - repo: {where}\n    rev: {commit}\n    hooks: [{{id: {hook}, verbose: true}}]\n"
    repository.write({".pre-commit-config.yaml": text})
    repository.git("add", "--all")
    return repository


def test_a_hook_can_be_tried_before_it_is_adopted(client: Client, plain: Repository, published: tuple[Path, str]) -> None:
    plain.git("rm", "--quiet", "gates.shipcheck.yaml")
    done = client.run(plain.top, "try-repo", str(published[0]), "shipcheck", "--verbose")
    assert done.returncode == 1, done.stdout
    assert "pay-refund" in done.stdout
    assert "(index)" in done.stdout


@pytest.mark.parametrize("more", [(), ("--all-files",), ("--hook-stage=manual",), ("--hook-stage=pre-merge-commit",)])
def test_a_shipcheck_of_ones_own_judges_as_well(
    more: tuple[str, ...], client: Client, plain: Repository, published: tuple[Path, str]
) -> None:
    configured(plain, published, "shipcheck-system")
    path = {"PATH": f"{Path(PROGRAM).parent}:{client.environment()['PATH']}"}
    passed = client.run(plain.top, "run", *more, **path)
    assert passed.returncode == 0, passed.stdout
    assert "3 manifests (index)" in passed.stdout
    plain.git("rm", "--quiet", "gates.shipcheck.yaml")
    failed = client.run(plain.top, "run", *more, **path)
    assert (failed.returncode, "dangling-reference" in failed.stdout) == (1, True), failed.stdout


def test_it_is_not_offered_before_a_push(client: Client, plain: Repository, published: tuple[Path, str]) -> None:
    """What is pushed need not be what is staged, so a pass would say nothing."""
    configured(plain, published, "shipcheck-system")
    plain.git("rm", "--quiet", "gates.shipcheck.yaml")
    done = client.run(plain.top, "run", "--hook-stage=pre-push", "--all-files")
    assert "(index)" not in done.stdout


@pytest.mark.parametrize(
    ("hook", "flawed", "complaint"),
    [
        ("shipcheck-policy-check-system", {"pack.yaml": PACK.replace("title is", "titel is")}, "did you mean 'title'"),
        (
            "shipcheck-policy-test-system",
            {"tests/titled.cases.yaml": CASES.replace("unset: agent:desk.title", "set: {agent:desk.title: D}")},
            "one without",
        ),
    ],
)
def test_a_pack_is_looked_at(
    hook: str, flawed: dict[str, str], complaint: str, client: Client, plain: Repository, published: tuple[Path, str]
) -> None:
    sound = {"pack.yaml": PACK, "tests/titled.cases.yaml": CASES}
    path = {"PATH": f"{Path(PROGRAM).parent}:{client.environment()['PATH']}"}
    for files, code in ((sound | flawed, 1), (sound, 0)):
        plain.write({f".shipcheck/local/{name}": text for name, text in files.items()})
        done = client.run(configured(plain, published, hook).top, "run", **path)
        assert (done.returncode, complaint in done.stdout) == (code, bool(code)), done.stdout
