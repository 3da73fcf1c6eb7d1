"""The house: imports point down, commands load little, functions and files stay small."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FUNCTION = 45
LONGEST_FILE = 400
PARSERS = {"tree_sitter", "tree_sitter_javascript", "tree_sitter_python", "tree_sitter_typescript"}


def loaded_by(*arguments: str, folder: Path) -> set[str]:
    """The top-level modules that a run of the command line has imported when it ends."""
    code = (
        "import json, os, sys\n"
        "def leave(code):\n"
        "    print('LOADED' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
        "    sys.stdout.flush()\n"
        "    raise SystemExit(0)\n"
        "os._exit = leave\n"
        "from shipcheck.cli.entry import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('LOADED' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, check=True, text=True)
    names: list[str] = json.loads(done.stdout.split("LOADED")[1].splitlines()[0])
    return set(names)


def test_the_import_contracts_are_kept() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout


def test_the_version_is_told_without_loading_anything(tmp_path: Path) -> None:
    assert loaded_by("--version", folder=tmp_path).isdisjoint({"click", "yaml", "jsonschema", "networkx", "referencing"})


def test_a_check_without_settings_loads_no_schema_and_no_graph_library(tmp_path: Path) -> None:
    (tmp_path / "shipcheck.yaml").write_text("shipcheck: 1\nagents:\n  helper: {}\n")
    loaded = loaded_by("check", folder=tmp_path)
    assert {"click", "yaml"} <= loaded
    assert loaded.isdisjoint({"jsonschema", "networkx", "referencing", *PARSERS})


@pytest.mark.parametrize(
    ("name", "parsers"), [("gate.py", set()), ("gate.go", set()), ("gate.ts", {"tree_sitter", "tree_sitter_typescript"})]
)
def test_a_parser_is_loaded_where_a_manifest_names_a_file_that_needs_it(name: str, parsers: set[str], tmp_path: Path) -> None:
    (tmp_path / name).write_text("")
    (tmp_path / "shipcheck.yaml").write_text(
        f"shipcheck: 1\ngates: {{desk: {{implemented_by: [{{file: {name}, symbol: ask}}]}}}}\n"
    )
    assert loaded_by("check", folder=tmp_path) & PARSERS == parsers


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_a_file_and_its_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    long = [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []
    assert len(text.splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_only_the_command_line_reads_argv_and_the_environment(path: Path) -> None:
    # The last one is a table of what the code of others reads.
    if path.parent.name == "cli" or path.name in {"git.py", "git_source.py", "known_calls.py"}:
        return
    text = path.read_text("utf-8")
    assert "sys.argv" not in text
    assert "os.environ" not in text
