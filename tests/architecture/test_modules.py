"""Modules are not cut too small: what only one module of the same room needs, and is a few lines, is part of that module."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/shipcheck"
SMALL = 45
# A command, its reports and their formats are files of their own, however small.
ONE_FILE_EACH = {"app", "cli", "report"}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)


def imported(tree: ast.Module, *, only_at_the_top: bool) -> set[str]:
    """The modules that a module imports; imports in functions are there to load a module late, or not at all."""
    nodes = tree.body if only_at_the_top else list(ast.walk(tree))
    return {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def test_a_small_module_of_one_importer_is_part_of_it() -> None:
    trees = {module_of(path): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py") if path.stem != "__init__"}
    everywhere = {name: imported(tree, only_at_the_top=False) for name, tree in trees.items()}
    importers = {name: [other for other, names in everywhere.items() if name in names] for name in trees}
    small = {
        module_of(path)
        for path in PACKAGE.glob("*/**/*.py")
        if len(path.read_text("utf-8").splitlines()) < SMALL and path.relative_to(PACKAGE).parts[0] not in ONE_FILE_EACH
    }
    private = {
        name: others[0]
        for name, others in importers.items()
        if name in small and len(others) == 1 and others[0].split(".")[1] == name.split(".")[1]
    }
    assert {name: other for name, other in private.items() if name in imported(trees[other], only_at_the_top=True)} == {}
