"""Adding a policy to core, as a contributor does it, in a copy of the checkout: the files that change are few and known.

`shipcheck policy new` writes the files, a contributor completes them, and the rest is written by `tools/generate.py` and by the
tests with SHIPCHECK_REWRITE=1.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Folders that are not part of the project: environments, caches and what git keeps.
ASIDE = shutil.ignore_patterns(".git", ".venv", ".ci", ".hypothesis", ".*_cache", "__pycache__", "dist", "node_modules")
DAY = "2026-11-22"
POLICY = "tool-server-without-url"
FAMILY = "policies/core/safety.yaml"
TESTS = f"policies/core/tests/{POLICY}"
NEW = [
    *("policy", "new", POLICY, "--pack", "policies/core", "--family", "safety", "--as-of", DAY),
    *("--title", "Every tool server that is reached over the network has an address"),
    *("--why", "A tool server without an address cannot be reviewed."),
    *("--each", "tool_server where transport == http", "--must", "url is set", "--severity", "warning"),
]
# What `policy new` leaves to the contributor in the policy.
WORDS = {
    '    message: "{subject} breaks the rule"\n    fix: "Explain what to change, and where."\n': (
        '    message: "{subject} has no address"\n    fix: Set url.\n    controls: [owasp-asi/asi04]\n'
    )
}
MANIFEST = """\
# shipcheck-test: tool-server-without-url, as of 2026-11-22
shipcheck: 1
defaults: {owner: branch-tools}
agents:
  branch-assistant:
    connects_to: [appointment-server]
tool_servers:
  # MARK: tool-server-without-url
  appointment-server:
    transport: http
    url: https://appointments.bank.example/mcp
    pinned: true
    tools: listed
    offers: [book-appointment]
actions:
  book-appointment: {sensitivity: low, effects: [scheduling], reversible: true}
teams:
  branch-tools: {contact: branch-tools@bank.example}
"""
CASES = """\
# One passing world, and what single edits of it give.
test: tool-server-without-url
as_of: 2026-11-22
world: passes
cases:
  - name: the fixture passes
    expect: []
  - name: a server without an address is found
    edit: {unset: tool_server:appointment-server.url}
    expect: [{subject: tool_server:appointment-server, severity: warning}]
  - name: a server that does not say how it is reached needs an address
    edit: {unset: [tool_server:appointment-server.url, tool_server:appointment-server.transport]}
    expect: [{subject: tool_server:appointment-server, severity: warning}]
  - name: a server on the same machine needs none
    edit: {set: {tool_server:appointment-server.transport: stdio}, unset: tool_server:appointment-server.url}
    expect: not_applicable
"""
TEST_FILES = {
    "fails/shipcheck.yaml": MANIFEST.replace("MARK", "expect").replace("    url: https://appointments.bank.example/mcp\n", ""),
    "passes/shipcheck.yaml": MANIFEST.replace("MARK", "ok"),
    "cases.yaml": CASES,
}
BY_HAND = {FAMILY, *(f"{TESTS}/{name}" for name in TEST_FILES)}
WRITTEN = {"docs/reference/core.md", "docs/reference/controls.md", "README.md", "tests/golden/core.txt"}
# The tests that write files which could show policies of core; then those of each policy of core.
REWRITING = ["tests/golden", "tests/docs/test_documents.py", "-k", "(golden or readme_counts) and not whatever_changes_a_policy"]
JUDGING = [f"tests/policies/test_{name}.py" for name in ("core_worlds", "wording", "controls")]


def run(checkout: Path, *arguments: str, **variables: str) -> str:
    """What Python prints that runs in a checkout and imports from it."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONDONTWRITEBYTECODE": "1", **variables}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contents(checkout: Path) -> dict[str, bytes]:
    files = (path for path in checkout.rglob("*") if path.is_file() and ".pytest_cache" not in path.parts)
    return {path.relative_to(checkout).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("copy") / "checkout", ignore=ASIDE))


@pytest.fixture(scope="module")
def changed(checkout: Path) -> set[str]:
    """The paths of the files that the recipe adds or changes."""
    before = contents(checkout)
    run(checkout, "-m", "shipcheck", *NEW)
    family = checkout / FAMILY
    for old, new in WORDS.items():
        assert old in family.read_text("utf-8")
        family.write_text(family.read_text("utf-8").replace(old, new), "utf-8")
    for name, text in TEST_FILES.items():
        assert (checkout / TESTS / name).is_file()
        (checkout / TESTS / name).write_text(text, "utf-8")
    run(checkout, "tools/generate.py")
    run(checkout, "-m", "pytest", "-q", *REWRITING, SHIPCHECK_REWRITE="1")
    after = contents(checkout)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_a_policy_changes_its_own_files_its_pages_the_readme_and_one_golden(changed: set[str]) -> None:
    assert changed == BY_HAND | WRITTEN


def test_at_most_six_files_are_written_by_hand() -> None:
    assert len(BY_HAND) <= 6


@pytest.mark.usefixtures("changed")
def test_the_policy_passes_the_tests_of_core(checkout: Path) -> None:
    tested = run(checkout, "-m", "shipcheck", "policy", "test", "policies/core", "--policy", POLICY)
    assert f"pass  {POLICY}  " in tested
    run(checkout, "-m", "pytest", "-q", *JUDGING, "-k", POLICY)
