"""Large repositories of shapes that honest ones have: judged whole, in work linear in what they hold, and held by a baseline."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType

import pytest
from tests.support.repository import DAY
from tests.support.running import write
from tests.support.shapes import SHAPES, files

from shipcheck.app.baseline import create_baseline
from shipcheck.app.check import CheckRequest, check
from shipcheck.app.waive import Wanted
from shipcheck.errors import ExitCode
from shipcheck.model.report import Report

WANTED = Wanted(date(2027, 1, 1), "adopted before the rules", "risk", "payables")
# Those in which something is an error; the others have warnings alone.
FAIL = {"each with its own", "chain", "empty", "one portfolio"}
LARGE = 2000


def judged(folder: Path, shape: str, size: int) -> Report:
    write(folder, files(shape, size))
    return check(CheckRequest(folder, DAY))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_large_repository_is_judged_whole(shape: str, tmp_path: Path) -> None:
    report = judged(tmp_path, shape, LARGE)
    assert report.judged.problems == ()
    assert report.unlisted == 0
    assert report.exit_code == (ExitCode.FAIL if shape in FAIL else ExitCode.PASS)
    assert report.inputs.counts.components > LARGE


def test_a_baseline_of_a_large_repository_holds(tmp_path: Path) -> None:
    write(tmp_path, files("each with its own", LARGE))
    _, count = create_baseline(CheckRequest(tmp_path, DAY), WANTED)
    assert count > LARGE
    assert check(CheckRequest(tmp_path, DAY)).exit_code == ExitCode.PASS


def calls_of(work: Callable[[], object]) -> int:
    """How many calls of Python functions a piece of work makes, which is the same on every machine."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_size_is_twice_the_work(shape: str, tmp_path: Path) -> None:
    # A first run loads what later ones find loaded, and up to two hundred every list is read as a whole.
    judged(tmp_path / "first", shape, 10)
    small = calls_of(lambda: judged(tmp_path / "small", shape, 150))
    large = calls_of(lambda: judged(tmp_path / "large", shape, 300))
    assert large < 2.3 * small
