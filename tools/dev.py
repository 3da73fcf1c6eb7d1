"""Set up an environment beside the checkout and use it; needs Python 3.11 or later and the package index, nothing else.

Usage: python3 tools/dev.py try|lint|test|generate

    try       install shipcheck and judge an example
    lint      run the linter, the types, the import contracts, and look for stale generated files
    test      run the tests; what follows goes to pytest
    generate  write every generated file anew
"""

import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
EXAMPLE = "examples/email-assistant"
# About half of the time that the whole suite takes.
BESIDE = (
    "tests/oracle",
    "tests/policies",
    "tests/hooks",
    "tests/doctor",
    "tests/docs",
    "tests/report",
    "tests/policy_test",
    "tests/unit/language",
)


def run(*command: str | Path) -> int:
    """Run a command at the top of the checkout; its exit code."""
    return subprocess.call([str(part) for part in command], cwd=ROOT)  # noqa: S603 - our own commands


def must(*command: str | Path) -> None:
    """Run a command; leave with its exit code where it fails."""
    code = run(*command)
    if code:
        sys.exit(code)


def pip(*arguments: str) -> None:
    """Run the environment's pip, which is made first where there is none."""
    if not (ENVIRONMENT / "pyvenv.cfg").is_file():
        venv.create(ENVIRONMENT, with_pip=True)
    must(SCRIPTS / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def set_up() -> None:
    """Install what development needs, by hash, and this checkout in place."""
    pip("install", "--require-hashes", "-r", "requirements-dev.txt")
    pip("install", "--no-deps", "--no-build-isolation", "-e", ".")


def try_it(arguments: list[str]) -> int:
    """Install shipcheck from this checkout and judge an example; findings are what it is for, so they are no failure here."""
    pip("install", ".")
    code = run(SCRIPTS / "shipcheck", "check", *(arguments or [EXAMPLE]))
    return 0 if code == 1 else code


def lint(_: list[str]) -> int:
    """Everything that reads the code without running it."""
    set_up()
    must(SCRIPTS / "ruff", "check", ".")
    must(SCRIPTS / "ruff", "format", "--check", ".")
    must(SCRIPTS / "mypy")
    must(SCRIPTS / "lint-imports", "--no-logo")
    return run(SCRIPTS / "python", "tools/generate.py", "--check")


def test(arguments: list[str]) -> int:
    """The whole suite, as two runs side by side where pytest is told nothing else."""
    set_up()
    if arguments:
        return run(SCRIPTS / "python", "-m", "pytest", *arguments)
    pytest = [str(SCRIPTS / "python"), "-m", "pytest"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        beside = subprocess.Popen([*pytest, *BESIDE], cwd=ROOT, stdout=told, stderr=subprocess.STDOUT)  # noqa: S603 - our own command
        code = run(*pytest, *(f"--ignore={part}" for part in BESIDE))
        other = beside.wait()
        told.seek(0)
        sys.stdout.write(told.read())
    return code or other


def generate(_: list[str]) -> int:
    """Every generated file."""
    set_up()
    return run(SCRIPTS / "python", "tools/generate.py")


COMMANDS: dict[str, Callable[[list[str]], int]] = {"try": try_it, "lint": lint, "test": test, "generate": generate}


def main() -> int:
    """Run the command that the first argument names."""
    name, *arguments = sys.argv[1:] or [""]
    if name not in COMMANDS:
        print(__doc__)
        return 2
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    sys.exit(main())
