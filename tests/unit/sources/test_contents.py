"""What a worktree holds under a path."""

import os
from pathlib import Path

import pytest

from shipcheck.sources.worktree import Worktree, list_worktree

MIB = 1024 * 1024


def files(root: Path, *names: str, absent: tuple[str, ...] = (), submodules: tuple[str, ...] = ()) -> Worktree:
    return Worktree(root, tuple(sorted((*names, *absent, *submodules))), dict.fromkeys(absent, ""), frozenset(submodules))


def test_a_listed_file_is_held_and_read(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.py").write_bytes(b"\xff\0")
    tree = list_worktree(tmp_path)
    assert (tree.lists("src/a.py"), tree.holds("src/a.py"), tree.read("src/a.py")) == (True, True, b"\xff\0")


@pytest.mark.parametrize(
    "path", ["", ".", "..", "/", "src", "src/", "./src/a.py", "src//a.py", "src/../src/a.py", "SRC/a.py", "src/b.py", "\0"]
)
def test_a_path_that_is_not_listed_is_not_there(path: str, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.py").write_bytes(b"")
    (tmp_path / "src/b.py").write_bytes(b"")
    tree = files(tmp_path, "src/a.py")
    assert (tree.lists(path), tree.holds(path), tree.read(path)) == (False, False, None)


def test_an_absolute_path_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"")
    assert files(tmp_path, "a.py").holds(str(tmp_path / "a.py")) is False


def test_what_is_no_regular_file_is_listed_and_not_held(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"")
    (tmp_path / "link.py").symlink_to("a.py")
    (tmp_path / "folder").mkdir()
    (tmp_path / "sub").mkdir()
    os.mkfifo(tmp_path / "pipe")
    tree = files(tmp_path, "a.py", "link.py", "folder", "pipe", submodules=("sub",))
    for path in ("link.py", "folder", "pipe", "sub"):
        assert (tree.lists(path), tree.holds(path), tree.read(path)) == (True, False, None)


def test_a_file_behind_a_link_is_not_held(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.py").write_bytes(b"")
    (tmp_path / "src").symlink_to("real", target_is_directory=True)
    tree = files(tmp_path, "src/a.py")
    assert (tree.holds("src/a.py"), tree.read("src/a.py")) == (False, None)


def test_what_is_not_checked_out_or_gone_since_cannot_be_told(tmp_path: Path) -> None:
    tree = files(tmp_path, "gone.py", absent=("later.py",))
    assert [tree.holds("gone.py"), tree.holds("later.py")] == [None, None]
    assert [tree.read("gone.py"), tree.read("later.py")] == [None, None]


def test_a_file_over_a_mebibyte_is_held_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "least.py").write_bytes(b"#" * MIB)
    (tmp_path / "more.py").write_bytes(b"#" * (MIB + 1))
    tree = files(tmp_path, "least.py", "more.py")
    assert len(tree.read("least.py") or b"") == MIB
    assert (tree.holds("more.py"), tree.read("more.py")) == (True, None)


def test_a_folder_is_there_where_something_is_below_it(tmp_path: Path) -> None:
    tree = files(tmp_path, ".github-old/x", ".github/workflows/ci.yml", "docs", "src/docs/x")
    assert [tree.has_folder(name) for name in (".github", ".github-old", "src", "src/docs", "docs", ".gitlab", "")] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip
