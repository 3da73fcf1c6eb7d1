"""A file is replaced whole or not at all, whatever call to the system fails, and wherever the process is killed."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from shipcheck.errors import CannotJudgeError
from shipcheck.files import create_files, replace_file

OLD, NEW = b"old\n" * 3000, b"new\n" * 5000
CALLS = ("open", "fsync", "replace", "chmod", "write", "close")
# Counts the calls that matter and dies, or fails, at the n-th of them. What writes through a stream comes in as `io.open`'s file.
FAULT = """
import io, os, sys, tempfile
from pathlib import Path
from shipcheck import files

count, at, how = 0, int(sys.argv[2]), sys.argv[3]

def strike(name):
    global count
    count += 1
    if count == at:
        if how == "kill":
            os.kill(os.getpid(), 9)
        raise OSError(5, "fault", name)

def watched(owner, name):
    original = getattr(owner, name)
    def call(*given, **named):
        strike(name)
        return original(*given, **named)
    setattr(owner, name, call)

class Half(io.FileIO):
    def write(self, data):
        strike("write")
        half = -(-len(data) // 2)
        done = super().write(memoryview(data)[:half])
        strike("rest of the write")
        return done

for name in ("fsync", "open", "close"):
    watched(os, name)
for name in ("replace", "chmod"):
    watched(Path, name)
watched(tempfile, "mkstemp")
os.fdopen = lambda handle, mode: io.BufferedWriter(Half(handle, mode))
try:
    files.replace_file(Path(sys.argv[1]), b"new\\n" * 5000)
except OSError:
    sys.exit(7)
finally:
    at = 0
print(count)
"""


def strike(path: Path, at: int, how: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", FAULT, str(path), str(at), how], capture_output=True, check=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "waivers.yaml"
    made.write_bytes(OLD)
    made.chmod(0o640)
    return made


def test_a_file_is_replaced_and_keeps_its_mode(path: Path) -> None:
    replace_file(path, NEW)
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_a_link_is_replaced_and_not_followed(path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to(path)
    replace_file(link, NEW)
    assert path.read_bytes() == OLD
    assert not link.is_symlink()


@pytest.mark.parametrize("how", ["fail", "kill"])
def test_whatever_call_fails_or_is_the_last_the_file_is_the_old_or_the_new_one(path: Path, how: str) -> None:
    calls = int(strike(path, 0, how).stdout)
    assert calls >= len(CALLS)
    seen = set()
    for at in range(1, calls + 1):
        path.write_bytes(OLD)
        done = strike(path, at, how)
        assert done.returncode == (7 if how == "fail" else -9), at
        seen.add(path.read_bytes())
        left = [other.name for other in path.parent.iterdir() if other != path]
        # Whoever is killed cannot clean up; what is left has a name that no manifest and no waivers file has.
        assert all(name.startswith(".waivers.yaml.") and name.endswith(".tmp") for name in left)
        assert how == "kill" or not left, at
        for name in left:
            (path.parent / name).unlink()
    assert seen == {OLD, NEW}


def test_what_cannot_be_written_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, NEW)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


def test_new_files_and_the_changed_one_are_written_together(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(OLD)
    create_files({tmp_path / "a": "a", tmp_path / "b/c": "c"}, (tmp_path / "old", "new"))
    assert [(tmp_path / name).read_text("utf-8") for name in ("a", "b/c", "old")] == ["a", "c", "new"]


@pytest.mark.parametrize("taken", ["b", "gone/old"])
def test_no_new_file_is_left_where_one_cannot_be_written(tmp_path: Path, taken: str) -> None:
    (tmp_path / "old").write_bytes(OLD)
    if taken == "b":
        (tmp_path / "b").write_bytes(OLD)
    changed = tmp_path / ("old" if taken == "b" else taken)
    with pytest.raises(CannotJudgeError, match="nothing was written"):
        create_files({tmp_path / "a": "a", tmp_path / "b": "b"}, (changed, "new"))
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "old").read_bytes() == OLD
