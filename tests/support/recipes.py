"""The recipes of CONTRIBUTING.md, performed in a copy of the checkout.

A recipe is a section of the page. Its `sh` blocks are run, as in the environment that `tools/dev.py` sets up; its `diff` blocks
are applied: the lines without `+` are in the named file, once, and the lines with `+` go between them. A `diff` block of
`/dev/null` is a new file.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
# Folders that are not part of the project: environments, caches and what git keeps.
ASIDE = shutil.ignore_patterns(".git", ".venv", ".ci", ".hypothesis", ".*_cache", "__pycache__", "dist", "node_modules")
BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<body>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Recipe:
    """One recipe of the page."""

    text: str

    def blocks(self, kind: str) -> list[str]:
        """The code blocks of a language, without the indent of the list that they are in."""
        found = [block for block in BLOCK.finditer(self.text) if block["kind"] == kind]
        return [re.sub(rf"^{block['indent']}", "", block["body"], flags=re.MULTILINE) for block in found]

    def commands(self) -> list[str]:
        """The commands, in order, each on one line."""
        joined = "".join(self.blocks("sh")).replace("\\\n", " ")
        return [" ".join(line.split()) for line in joined.splitlines() if line.strip()]

    def files(self) -> set[str]:
        """The files of the checkout that the text names, outside of its blocks."""
        return {name for name in CODE.findall(BLOCK.sub("", self.text)) if (ROOT / name).is_file()}


def recipe(title: str) -> Recipe:
    """The recipe under that heading of the page."""
    parts = re.split(r"^### (.+)\n", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return Recipe(re.split(r"^## ", found[title], flags=re.MULTILINE)[0])


class Copy:
    """A copy of the checkout, and what has changed in it since."""

    def __init__(self, folder: Path) -> None:
        self.path = Path(shutil.copytree(ROOT, folder, ignore=ASIDE))
        self._before = self._contents()

    def run(self, command: str) -> str:
        """What a command prints that a contributor runs at the top of the copy, and that must succeed."""
        done = self._start(command)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def mistyped(self, command: str) -> set[str]:
        """The files in which mypy finds errors."""
        done = self._start(command)
        assert not done.stderr, done.stderr
        return set(re.findall(r"^(\S+\.py):\d+: error:", done.stdout, re.MULTILINE))

    def failing(self, tests: str) -> set[str]:
        """The tests that fail among those that pytest is given, by file and name."""
        done = self._start(f"pytest {tests} -p no:cacheprovider")
        failed = {
            line.removeprefix("FAILED tests/").partition(" - ")[0] for line in done.stdout.splitlines() if "FAILED " in line
        }
        assert done.returncode == (1 if failed else 0), done.stdout + done.stderr
        return failed

    def _start(self, command: str) -> subprocess.CompletedProcess[str]:
        words = shlex.split(command)
        variables = dict(words.pop(0).split("=", 1) for word in list(words) if re.match(r"[A-Z_]+=", word))
        programs = {"python": [], "shipcheck": ["-m", "shipcheck"], "pytest": ["-m", "pytest", "-q"], "mypy": ["-m", "mypy"]}
        environment = {**os.environ, "PYTHONPATH": str(self.path / "src"), **variables}
        called = [sys.executable, *programs[words[0]], *words[1:]]
        return subprocess.run(called, cwd=self.path, env=environment, capture_output=True, text=True, check=False)

    def apply(self, diff: str) -> None:
        """Apply a `diff` block, whose first two lines name the file."""
        header, named, *lines = diff.splitlines(keepends=True)
        assert header.startswith("--- ")
        path = self.path / named.removeprefix("+++ ").strip()
        if header == "--- /dev/null\n":
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(line[1:] for line in lines), "utf-8")
            return
        old = "".join(line[1:] for line in lines if not line.startswith("+"))
        new = "".join(line[1:] for line in lines if not line.startswith("-"))
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{path.name}: {old}"
        path.write_text(text.replace(old, new), "utf-8")

    def changed(self) -> set[str]:
        """The paths of the files that were added, changed or deleted."""
        after = self._contents()
        return {path for path in self._before.keys() | after.keys() if self._before.get(path) != after.get(path)}

    def _contents(self) -> dict[str, bytes]:
        files = (path for path in self.path.rglob("*") if path.is_file() and ".pytest_cache" not in path.parts)
        return {path.relative_to(self.path).as_posix(): path.read_bytes() for path in files}
