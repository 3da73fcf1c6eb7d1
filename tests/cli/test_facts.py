"""Facts in a real repository: only what git lists as a regular file counts, and what is not so is said."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.support.running import run, write

pytestmark = pytest.mark.needs("git")

MANIFEST = """
shipcheck: 1
defaults: {owner: payables}
teams:
  payables: {contact: "#payables"}
gates:
  desk:
    implemented_by:
      - {file: src/approvals.py, symbol: Approvals.ask}
      - {file: src/new.py, symbol: ask}
      - {file: src/ignored.py, symbol: ask}
      - {file: src/link.py, symbol: ask}
      - {file: src/linked/approvals.py, symbol: Approvals.ask}
      - {file: library/gate.py, symbol: ask}
      - {file: src/deleted.py, symbol: ask}
      - {file: src/held.py, symbol: ask}
      - {file: .git/config}
"""
CODE = "class Approvals:\n    def ask(self): ...\n"
FILES = {
    "shipcheck.yaml": MANIFEST,
    ".gitignore": "src/ignored.py\n",
    ".github/CODEOWNERS": "/src/ @bank/payables\n",
    "src/approvals.py": CODE,
    "src/deleted.py": "def ask(): ...\n",
    "src/held.py": "def ask(): ...\n",
}


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with every kind of file that a manifest may name."""
    library, top = tmp_path / "library", tmp_path / "top"
    for folder, files in ((library, {"gate.py": "def ask(): ...\n"}), (top, FILES)):
        folder.mkdir()
        write(folder, files)
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(library, "add", ".")
    git(library, "commit", "--quiet", "--message=one")
    git(top, "submodule", "--quiet", "add", str(library), "library")
    (top / "src/link.py").symlink_to("approvals.py")
    (top / "src/linked").symlink_to(".", target_is_directory=True)
    git(top, "add", ".")
    git(top, "commit", "--quiet", "--message=one")
    (top / "src/deleted.py").unlink()
    (top / "src/held.py").unlink()
    (top / "src/held.py").mkdir()
    write(top, {"src/new.py": "def ask(): ...\n", "src/ignored.py": "def ask(): ...\n"})
    return top


def test_only_listed_regular_files_are_found(repository: Path) -> None:
    done = run(repository, "graph", "--format", "json")
    assert done.returncode == 0, done.stdout
    components = json.loads(done.stdout)["components"]
    (gate,) = [component for component in components if component["component"] == "gate:desk"]
    found = {
        item["file"]: (item.get("found"), item.get("symbol_found"), item.get("code_owner"))
        for item in gate["fields"]["implemented_by"]
    }
    owned = (True, True, "team:payables")
    nowhere = (False, False, None)
    assert found == {
        "src/approvals.py": owned,
        "src/new.py": owned,
        "src/ignored.py": nowhere,
        "src/link.py": nowhere,
        "src/linked/approvals.py": nowhere,
        "library/gate.py": nowhere,
        "src/deleted.py": nowhere,
        "src/held.py": nowhere,
        ".git/config": (False, None, None),
    }


def test_a_folder_that_becomes_a_link_hides_what_was_in_it(repository: Path) -> None:
    (repository / "src").rename(repository.parent / "moved")
    (repository / "src").symlink_to(repository.parent / "moved", target_is_directory=True)
    done = run(repository, "check", "--policy", "gate-not-in-code", "--fail-on", "warning")
    assert done.returncode == 1
    assert "file src/approvals.py is not in the repository" in done.stdout


def test_a_moved_function_is_a_finding_and_its_new_place_is_none(repository: Path) -> None:
    first = MANIFEST.split("      - {file: src/new.py", maxsplit=1)[0]
    write(repository, {"shipcheck.yaml": first})
    assert run(repository, "check", "--policy", "gate-not-in-code", "--fail-on", "warning").returncode == 0
    write(repository, {"src/approvals.py": CODE.replace("ask", "ask_supervisor")})
    done = run(repository, "check", "--policy", "gate-not-in-code", "--fail-on", "warning")
    assert done.returncode == 1
    assert "symbol Approvals.ask is not in src/approvals.py" in done.stdout
    write(repository, {"src/approvals.py": "class Approvals(:"})
    done = run(repository, "check", "--policy", "gate-not-in-code", "--fail-on", "warning")
    assert done.returncode == 1
    assert "it is unknown whether symbol Approvals.ask is in src/approvals.py" in done.stdout


def test_symbols_of_other_languages_are_found_or_unknown_with_the_reason(repository: Path) -> None:
    place = "      - {file: FILE, symbol: SYMBOL}\n"
    first = MANIFEST.split("      - {file: src/approvals.py", maxsplit=1)[0]
    named = {"src/tools.ts": "tools.refund", "src/tools.js": "refund", "src/gate.go": "Ask"}
    places = "".join(place.replace("FILE", file).replace("SYMBOL", symbol) for file, symbol in named.items())
    tools = "export const tools = {\n  refund: tool({ needsApproval: true }),\n};\n"
    write(
        repository,
        {"shipcheck.yaml": first + places, "src/tools.ts": tools, "src/tools.js": tools, "src/gate.go": "func Ask() {}\n"},
    )
    done = run(repository, "check", "--policy", "gate-not-in-code", "--fail-on", "warning")
    assert done.returncode == 1
    assert "symbol tools.refund is" not in done.stdout
    assert "unknown whether symbol refund is in src/tools.js: line 2 has refund, but not as a definition of refund" in done.stdout
    assert "unknown whether symbol Ask is in src/gate.go: shipcheck does not read .go files; name the file alone" in done.stdout
