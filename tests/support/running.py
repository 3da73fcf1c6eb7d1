"""The installed program, run as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROGRAM = str(Path(sys.executable).parent / "shipcheck")
PLAIN = {"NO_COLOR": "", "FORCE_COLOR": ""}


def environment(**more: str) -> dict[str, str]:
    """The environment of a run, without colour wishes of the one who runs the tests."""
    return {**os.environ, **PLAIN, **more}


def run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """One run to its end, with what it prints."""
    return subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Files with these contents below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
