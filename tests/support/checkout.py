"""A copy of the project in which a recipe of CONTRIBUTING is performed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Folders that are not part of the project: environments, caches and what git keeps.
ASIDE = shutil.ignore_patterns(".git", ".venv", ".ci", ".hypothesis", ".*_cache", "__pycache__", "dist", "node_modules")


def copied(folder: Path) -> Path:
    """A copy of the project in a folder."""
    return Path(shutil.copytree(ROOT, folder / "checkout", ignore=ASIDE))


def started(checkout: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Python, run in a copy and importing from it."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONDONTWRITEBYTECODE": "1", **variables}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def run(checkout: Path, *arguments: str, **variables: str) -> str:
    """What Python prints that runs in a copy and imports from it."""
    done = started(checkout, *arguments, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def failing(checkout: Path, *arguments: str) -> set[str]:
    """The tests that fail in a copy, by file and name."""
    done = started(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)
    lines = (line.removeprefix("FAILED tests/").partition(" - ")[0] for line in done.stdout.splitlines())
    failed = {line for line in lines if "::" in line}
    assert done.returncode == (1 if failed else 0), done.stdout + done.stderr
    return failed


def contents(checkout: Path) -> dict[str, bytes]:
    """Every file of a copy, by its path."""
    files = (path for path in checkout.rglob("*") if path.is_file() and ".pytest_cache" not in path.parts)
    return {path.relative_to(checkout).as_posix(): path.read_bytes() for path in files}


def edit(path: Path, old: str, new: str) -> None:
    """Exchange one text in a file; it must be there once."""
    content = path.read_text("utf-8")
    assert content.count(old) == 1, f"{path.name}: {old!r}"
    path.write_text(content.replace(old, new), "utf-8")
