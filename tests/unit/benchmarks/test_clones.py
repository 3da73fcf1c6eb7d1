"""Clones: only one with the commit of the truth, without changes where it was read, is used."""

import subprocess
from pathlib import Path

import pytest

from discovery.clones import Clone, find
from discovery.truths import Truth


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "a.py").write_text("a = 1\n")
    (folder / "b.py").write_text("b = 1\n")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "a")
    return folder


def truth(clone: Path, commit: str = "") -> Truth:
    return Truth("the-shop", "someone/shop", commit or git(clone, "rev-parse", "HEAD"), ("src",))


def test_a_clone_is_a_folder_or_in_one(clone: Path) -> None:
    assert find(truth(clone), [clone]) == Clone(clone)
    assert find(truth(clone), [clone.parent / "none", clone.parent]) == Clone(clone)
    renamed = clone.rename(clone.parent / "the-shop")
    assert find(truth(renamed), [clone.parent]) == Clone(renamed)


def test_without_a_clone_the_commands_that_get_it_are_given(clone: Path) -> None:
    wanted = truth(clone)
    outcome = find(wanted, [clone.parent / "none"])
    assert isinstance(outcome, str)
    assert f"git -C shop fetch --depth 1 https://github.com/someone/shop {wanted.commit}" in outcome


def test_another_commit_is_not_used(clone: Path) -> None:
    assert f"{clone} is at {git(clone, 'rev-parse', 'HEAD')}" in str(find(truth(clone, "0" * 40), [clone]))


def test_a_change_matters_where_the_truth_was_read(clone: Path) -> None:
    (clone / "b.py").write_text("b = 2\n")
    assert find(truth(clone), [clone]) == Clone(clone)
    (clone / "src" / "a.py").write_text("a = 2\n")
    assert "has a change in src/a.py" in str(find(truth(clone), [clone]))


def test_a_file_that_is_not_checked_out_is_counted(clone: Path) -> None:
    (clone / "src" / "a.py").unlink()
    assert find(truth(clone), [clone]) == Clone(clone, 1)
