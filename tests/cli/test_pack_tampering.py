"""Committed packs that are not as they were added: nothing is judged, and the message names the file."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.support.packed import COMPONENTS, FILES, HEAD, MANIFEST, NAME, SETTINGS, changed, commit_pack, locked
from tests.support.repository import DAY, Repository, create

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.lock import LOCK, Lock
from shipcheck.packs.digest import sums_text
from shipcheck.packs.store import lock_text

pytestmark = pytest.mark.needs("git")

FOLDER = f".shipcheck/packs/{NAME}@1.2.0"
SUMS = f"{FOLDER}.sha256"
Tamper = Callable[[Path], object]


def append(path: str, text: str = "\n") -> Tamper:
    return lambda top: (top / path).write_bytes((top / path).read_bytes() + text.encode())


def write(path: str, text: str = "x") -> Tamper:
    def tamper(top: Path) -> None:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text, "utf-8")

    return tamper


def delete(path: str) -> Tamper:
    return lambda top: shutil.rmtree(top / path) if (top / path).is_dir() else (top / path).unlink()


def swap(path: str, old: str, new: str) -> Tamper:
    def tamper(top: Path) -> None:
        text = (top / path).read_text("utf-8")
        assert old in text
        (top / path).write_text(text.replace(old, new), "utf-8")

    return tamper


def link(path: str) -> Tamper:
    """The file, with the same bytes, behind a symbolic link."""

    def tamper(top: Path) -> None:
        (top / path).rename(top / "elsewhere")
        (top / path).symlink_to(os.path.relpath(top / "elsewhere", (top / path).parent))

    return tamper


def link_folder(top: Path) -> None:
    (top / FOLDER).rename(top / "elsewhere")
    (top / FOLDER).symlink_to(top / "elsewhere")


def submodule(top: Path) -> None:
    Repository(top).git("rm", "-r", "--quiet", FOLDER)
    inner = create(top / FOLDER, {path: content.decode() for path, content in FILES.items()})
    assert inner.top.is_dir()


def placed(head: str, **other: str) -> Tamper:
    """A pack with another head, as if it had been added so."""
    return lambda top: commit_pack(top, changed(FILES, head=head, **other))


def relocked(**values: Any) -> Tamper:
    return lambda top: (top / LOCK).write_text(lock_text(Lock("0.1.0", (replace(locked(FILES), **values),))))


def resummed(top: Path) -> None:
    """A changed file with a list that says so; the lock still says the digest of the old one."""
    files = changed(FILES, head=HEAD.replace("warning", "note"))
    (top / FOLDER / "pack.yaml").write_bytes(files["pack.yaml"])
    (top / SUMS).write_text(sums_text(files), "utf-8")


def old_tool(top: Path) -> None:
    commit_pack(top, tool="9.0.0")


def twice_locked(top: Path) -> None:
    (top / LOCK).write_text(lock_text(Lock("0.1.0", (locked(FILES), locked(FILES)))), "utf-8")


def ignored(top: Path) -> None:
    Repository(top).git("rm", "--quiet", "--cached", f"{FOLDER}/docs/titled.md")
    (top / ".gitignore").write_text("titled.md\n", "utf-8")


TAMPERINGS: dict[str, tuple[Tamper, str]] = {
    "policy weakened": (swap(f"{FOLDER}/pack.yaml", "warning", "note"), f"{FOLDER}/pack.yaml"),
    "component changed": (swap(f"{FOLDER}/components/shared.yaml", "human", "rule"), f"{FOLDER}/components/shared.yaml"),
    "text changed": (append(f"{FOLDER}/docs/titled.md"), f"{FOLDER}/docs/titled.md"),
    "line ends changed": (swap(f"{FOLDER}/pack.yaml", "\n", "\r\n"), f"{FOLDER}/pack.yaml"),
    "file missing": (delete(f"{FOLDER}/components/shared.yaml"), f"{FOLDER}/components/shared.yaml"),
    "all files missing": (delete(FOLDER), f"{FOLDER}/pack.yaml"),
    "pack missing": (delete(".shipcheck/packs"), SUMS),
    "file added": (write(f"{FOLDER}/policies/more.yaml", "policies: []\n"), f"{FOLDER}/policies/more.yaml"),
    "hidden file added": (write(f"{FOLDER}/.gitattributes"), f"{FOLDER}/.gitattributes"),
    "case twin added": (write(f"{FOLDER}/Pack.yaml", HEAD), f"{FOLDER}/Pack.yaml"),
    "file beside the packs": (write(".shipcheck/packs/notes.txt"), ".shipcheck/packs/notes.txt"),
    "pack that nobody locked": (
        write(".shipcheck/packs/acme/other@1.0.0/pack.yaml"),
        ".shipcheck/packs/acme/other@1.0.0/pack.yaml",
    ),
    "second version": (write(f".shipcheck/packs/{NAME}@1.1.0/pack.yaml", HEAD), f".shipcheck/packs/{NAME}@1.1.0/pack.yaml"),
    "file behind a link": (link(f"{FOLDER}/pack.yaml"), f"{FOLDER}/pack.yaml"),
    "list behind a link": (link(SUMS), SUMS),
    "folder behind a link": (link_folder, FOLDER),
    "submodule": (submodule, FOLDER),
    "file that git ignores": (ignored, f"{FOLDER}/docs/titled.md"),
    "list changed": (append(SUMS, f"{'0' * 64}  more.yaml\n"), SUMS),
    "list missing": (delete(SUMS), SUMS),
    "list says the change": (resummed, SUMS),
    "lock missing": (delete(LOCK), ".shipcheck/packs/"),
    "lock malformed": (append(LOCK, "  nonsense\n"), LOCK),
    "lock with a key too many": (append(LOCK, "allow: true\n"), LOCK),
    "lock with another digest": (relocked(digest=f"h1:{'0' * 64}"), SUMS),
    "lock with another version": (relocked(version="1.3.0"), f".shipcheck/packs/{NAME}@1.3.0.sha256"),
    "lock with a path for a version": (relocked(version="../../x"), LOCK),
    "lock with another name": (relocked(name="acme/agents"), ".shipcheck/packs/acme/agents@1.2.0.sha256"),
    "lock with a built-in name": (relocked(name="core"), LOCK),
    "lock with a path for a name": (relocked(name="../acme/x"), LOCK),
    "lock with one pack twice": (twice_locked, LOCK),
    "lock of a later tool": (old_tool, LOCK),
    "version of the files is another": (placed(HEAD.replace("1.2.0", "1.2.1")), f"{FOLDER}/pack.yaml"),
    "name of the files is another": (placed(HEAD.replace(NAME, "acme/agents")), f"{NAME}@1.2.0/pack.yaml"),
    "version out of range": (write(".shipcheck/settings.yaml", SETTINGS.replace(">=1.2", ">=1.3")), ".shipcheck/settings.yaml"),
    "pack in the lock only": (write(".shipcheck/settings.yaml", "shipcheck: 1\npacks: [core]\n"), LOCK),
    "pack in the settings only": (
        write(".shipcheck/settings.yaml", SETTINGS.replace("[core", "[core, acme/more")),
        ".shipcheck/settings.yaml",
    ),
    "needs another tool": (placed(HEAD.replace(">=0.1,<1", ">=2")), f"{NAME}@1.2.0/pack.yaml"),
    "namespace taken": (
        write("shipcheck.yaml", MANIFEST.replace("shipcheck: 1", "shipcheck: 1\nnamespace: platform")),
        "shipcheck.yaml",
    ),
    "namespace missing": (placed(HEAD.replace("namespace: platform\n", "")), f"{NAME}@1.2.0/pack.yaml"),
    "pack that leans on its user": (
        placed(HEAD, components=COMPONENTS.replace("owner: governance", "owner: default/payables")),
        f"{NAME}@1.2.0/components/shared.yaml",
    ),
    "pack with an agent": (
        placed(HEAD, components=f"{COMPONENTS}agents: {{a: {{}}}}\n"),
        f"{NAME}@1.2.0/components/shared.yaml",
    ),
    "pack with a file in another namespace": (
        placed(HEAD, components=COMPONENTS.replace("shipcheck: 1", "shipcheck: 1\nnamespace: other")),
        f"{NAME}@1.2.0/components/shared.yaml",
    ),
}


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One repository with the pack committed and clean."""
    made = create(tmp_path_factory.mktemp("packs") / "r", {"shipcheck.yaml": MANIFEST, ".shipcheck/settings.yaml": SETTINGS})
    commit_pack(made.top)
    made.commit()
    return made.top


@pytest.fixture
def repository(pristine: Path, tmp_path: Path) -> Repository:
    """A copy of it."""
    return Repository(shutil.copytree(pristine, tmp_path / "r"))


def told(top: Path, **request: str) -> tuple[str, str]:
    """The verdict, and every problem with its place."""
    report = check(CheckRequest(top, DAY, **request))  # type: ignore[arg-type]
    assert not (report.inputs.settings_invalid and report.verdict == "incomplete"), report.judged.problems
    return report.verdict, "\n".join(f"{problem.location}: {problem.message}" for problem in report.judged.problems)


def test_the_pack_as_it_was_added_is_judged_by(repository: Repository) -> None:
    assert told(repository.top) == ("pass", "")


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_pack_that_is_not_as_it_was_added_stops_the_check(repository: Repository, name: str) -> None:
    tamper, path = TAMPERINGS[name]
    tamper(repository.top)
    verdict, problems = told(repository.top)
    assert verdict == "incomplete"
    assert path in problems


@pytest.mark.parametrize(
    "name",
    ["policy weakened", "file added", "file behind a link", "submodule", "list changed", "lock missing", "case twin added"],
)
@pytest.mark.parametrize("state", ["index", "HEAD"])
def test_the_index_and_revisions_are_held_to_the_lock_too(repository: Repository, name: str, state: str) -> None:
    tamper, path = TAMPERINGS[name]
    tamper(repository.top)
    repository.commit()
    report = repository.judged(state)
    assert report["verdict"] == "incomplete"
    assert any(path in problem["message"] or path in problem["location"]["path"] for problem in report["problems"])
