"""What a check opens: no code where nothing asks about code, and then neither is a parser of other languages loaded."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.support.repository import create
from tests.support.running import PROGRAM, environment, write

CODE = {
    "src/app.py": "from agents import Agent\nx = Agent(name='Clerk')\n",
    "src/app.ts": "import { Agent } from '@openai/agents';\nexport const x = new Agent({ name: 'Clerk' });\n",
    "src/app.js": "module.exports = {};\n",
    "src/tool.pyi": "x: int\n",
    "web/page.tsx": "export default () => null;\n",
    "langgraph.json": '{"graphs": {"desk": "./src/app.py:x"}}',
}
MANIFEST = """\
shipcheck: 1
teams:
  platform: {contact: "#platform"}
agents:
  clerk:
    owner: platform
    description: Answers questions.
    stage: development
"""
ENDINGS = (".py", ".ts", ".js", ".pyi", ".tsx")
# Runs the command with every opened path written down, and says at the end what was loaded.
WATCHED = """\
import atexit, json, os, sys
root, opened = os.getcwd(), []
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        opened.append(os.path.abspath(os.fsdecode(arguments[0])))
sys.addaudithook(note)
def say():
    mine = sorted({os.path.relpath(path, root) for path in opened if path.startswith(root + os.sep)})
    loaded = sorted(name for name in sys.modules if name.startswith(("tree_sitter", "shipcheck.code.", "shipcheck.discover.")))
    print(json.dumps([mine, loaded]), file=sys.stderr)
atexit.register(say)
from shipcheck.cli.run import run
run()
"""


def watched(folder: Path, *arguments: str) -> tuple[set[str], list[str]]:
    """The files of the folder that a command opens, and the modules about code that it loads."""
    python = str(Path(PROGRAM).parent / "python")
    done = subprocess.run(
        [python, "-c", WATCHED, *arguments], cwd=folder, env=environment(), capture_output=True, check=False, text=True
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    mine, loaded = json.loads(done.stderr.splitlines()[-1])
    return set(mine), loaded


def code(paths: set[str]) -> set[str]:
    """Those of the paths that are code or name it."""
    return {path for path in paths if path.endswith(ENDINGS) or path == "langgraph.json"}


@pytest.mark.parametrize("manifest", [{}, {"shipcheck.yaml": MANIFEST}], ids=["none", "one"])
def test_a_check_opens_no_code(manifest: Mapping[str, str], tmp_path: Path) -> None:
    write(tmp_path, {**CODE, **manifest})
    opened, loaded = watched(tmp_path, "check", "--as-of", "2026-11-22")
    assert code(opened) == set()
    assert [name for name in loaded if name.startswith("tree_sitter")] == []
    assert ("shipcheck.yaml" in opened) is bool(manifest)


@pytest.mark.needs("git")
def test_a_check_of_a_repository_opens_no_code(tmp_path: Path) -> None:
    repository = create(tmp_path / "repo", {**CODE, "shipcheck.yaml": MANIFEST})
    opened, loaded = watched(repository.top, "check", "--as-of", "2026-11-22")
    assert code(opened) == set()
    assert [name for name in loaded if name.startswith("tree_sitter")] == []


def test_discovery_opens_what_it_reads_and_loads_a_parser_only_for_its_languages(tmp_path: Path) -> None:
    write(tmp_path, CODE)
    opened, loaded = watched(tmp_path, "discover")
    assert code(opened) == set(CODE)
    assert "tree_sitter" in loaded
    write(tmp_path / "python", {"app.py": CODE["src/app.py"]})
    opened, loaded = watched(tmp_path / "python", "discover")
    assert "app.py" in opened
    assert [name for name in loaded if name.startswith("tree_sitter")] == []
