"""The recipe "add an operator": after the first two edits, mypy lists every other file of the source to touch."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = Path("src/shipcheck")
# The operator's class, and its place in the grammar.
BY_HAND = (SOURCE / "model/expression.py", SOURCE / "language/syntax/grammar.py")
LISTED_BY_MYPY = {
    SOURCE / "language/typing/typer.py",
    SOURCE / "evaluate/compiler.py",
    SOURCE / "describe/clauses.py",
}
DOCUMENTS = (Path("docs/policies.md"),)
MOST_FILES = 6


def add_operator(copy: Path) -> None:
    """Add `between` to the union of expressions and to the kinds of syntax trees, as the recipe says."""
    expressions, grammar = (copy / path for path in BY_HAND)
    edit(
        expressions,
        "Expression = (\n",
        '@hashed_once\nclass Between(BaseExpression):\n    part: "Expression"\n\n\nExpression = (\n    Between |',
    )
    edit(grammar, 'TestKind = Literal["compare", ', 'TestKind = Literal["between", "compare", ')


def edit(path: Path, old: str, new: str) -> None:
    """Exchange one text in a file; it must be there once."""
    content = path.read_text("utf-8")
    assert content.count(old) == 1, f"{path.name}: {old!r}"
    path.write_text(content.replace(old, new), "utf-8")


def files_with_errors(copy: Path) -> set[Path]:
    """The files of the source in which mypy finds errors."""
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(copy / "cache"), "--no-error-summary", "src"]
    run = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert not run.stderr, run.stderr
    return {Path(found) for found in re.findall(r"^(\S+\.py):\d+: error:", run.stdout, re.MULTILINE)}


def test_mypy_lists_every_file_that_a_new_operator_touches(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    add_operator(tmp_path)
    assert files_with_errors(tmp_path) == LISTED_BY_MYPY
    assert len({*BY_HAND, *LISTED_BY_MYPY, *DOCUMENTS}) <= MOST_FILES
