"""What the source may never reach for: the network, code from data, formats that run code when they are read."""

import ast
from pathlib import Path

import pytest

from shipcheck.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
FORBIDDEN = frozenset(
    {"pickle", "marshal", "shelve", "dill", "socket", "ssl", "http", "urllib", "requests", "ctypes", "multiprocessing"}
)
RUNS_CODE = frozenset({"eval", "exec", "compile", "__import__"})
# Many files are read by several processes of ours, which hand over what they read through a pipe.
SHARES_READING = {"pipeline/read_manifests.py": {"marshal", "multiprocessing"}}
# Packs are got over the network, by 'pack add', 'update' and 'publish' alone; addresses are taken apart there too.
GETS_PACKS = {
    "fetch/source_address.py": {"urllib"},
    "fetch/https.py": {"http", "ssl", "urllib"},
    "fetch/registry.py": {"urllib"},
}
# The one place that runs what it makes, from `ast` and without builtins.
MAKES_CODE = {"evaluate/compiler.py": {"exec", "compile"}}
# Commands, formats and front ends are loaded by the names in their registries, never by a name from outside.
LOADS_MODULES = {"cli/group.py", "code/repository.py", "report/formats.py"}
# These say no where this user may not look, so that a file would count as absent; `presence` asks in their place.
SAYS_NO = frozenset(
    {"exists", "is_file", "is_dir", "is_symlink", "lexists", "isfile", "isdir", "islink", "ismount", "glob", "rglob"}
)
# What belongs to shipcheck itself, and `presence`.
LOOKS = {"assets.py": {"is_dir"}, "documentation.py": {"is_file"}}
# The size of a clone while git writes it: files come and go.
WALKS = {"fetch/git_source.py"}
# The archive of a pack and its signatures are written anew, whatever was there.
WRITES_ANEW = {"app/pack_publish.py", "app/pack_sign.py"}


def inside(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "shipcheck").as_posix()


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def called(tree: ast.Module) -> set[str]:
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


@pytest.mark.parametrize("path", SOURCES, ids=inside)
def test_nothing_reaches_the_network_or_reads_formats_that_run_code(path: Path) -> None:
    assert imported(ast.parse(path.read_text("utf-8"))) & FORBIDDEN == {**SHARES_READING, **GETS_PACKS}.get(inside(path), set())


@pytest.mark.parametrize("path", SOURCES, ids=inside)
def test_code_is_made_in_one_place(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert called(tree) & RUNS_CODE == MAKES_CODE.get(inside(path), set())
    assert ("import_module" in called(tree)) is (inside(path) in LOADS_MODULES)


def methods(tree: ast.Module) -> set[str]:
    """The methods that are called without a keyword: entries of a folder are asked with one, and do raise."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and not node.keywords)
    return {node.func.attr for node in calls if isinstance(node.func, ast.Attribute)}


@pytest.mark.parametrize("path", SOURCES, ids=inside)
def test_nothing_takes_a_file_that_it_may_not_look_at_for_absent(path: Path) -> None:
    text = path.read_text("utf-8")
    assert methods(ast.parse(text)) & SAYS_NO == LOOKS.get(inside(path), set())
    assert ("os.walk(" in text) is (inside(path) in WALKS)


def modules_imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def needed(path: Path) -> set[str]:
    """The files that a file needs, and those that they need."""
    files = {inside(source).removesuffix(".py").replace("/", "."): source for source in SOURCES}
    found: set[str] = set()
    waiting = [path]
    while waiting:
        names = {name.removeprefix("shipcheck.") for name in modules_imported(waiting.pop())} & files.keys()
        new = {inside(files[name]) for name in names} - found
        found |= new
        waiting += [ROOT / "src/shipcheck" / name for name in new]
    return found


def test_a_command_that_edits_a_file_locks_the_repository() -> None:
    edits = {inside(source) for source in SOURCES if "import replace_file" in source.read_text("utf-8")}
    edits -= {"cli/output.py", *WRITES_ANEW}
    paths = [ROOT / "src" / f"{command.module.replace('.', '/')}.py" for command in COMMANDS]
    commands = {path.stem: modules_imported(path) for path in paths if edits & needed(path)}
    assert {"waive", "pack_add"} <= commands.keys()
    assert [name for name, modules in commands.items() if "shipcheck.pipeline.editing" not in modules] == []
