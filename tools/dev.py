"""Set up an environment beside the checkout and use it; needs Python 3.11 or later and the package index, nothing else.

Usage: python3 tools/dev.py try|lint|test|generate

    try       install shipcheck and check an example
    lint      run the linter, the type checker and the import contracts, and look for stale generated files
    test      run the whole suite, one worker per core; arguments, if any, go to pytest instead
    generate  write every generated file
"""

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
EXAMPLE = "examples/email-assistant"
# A test whose fixture is costly names its group, so that only one worker builds it.
PARALLEL = ("--numprocesses=auto", "--dist=loadgroup")


def run(*command: str | Path) -> int:
    """Run a command at the top of the checkout; its exit code."""
    return subprocess.call([str(part) for part in command], cwd=ROOT)  # noqa: S603 - our own commands


def must(*command: str | Path) -> None:
    """Run a command; exit with its exit code if it fails."""
    code = run(*command)
    if code:
        sys.exit(code)


def pip(*arguments: str) -> None:
    """Run pip in the environment, which is created if missing."""
    if not (ENVIRONMENT / "pyvenv.cfg").is_file():
        venv.create(ENVIRONMENT, with_pip=True)
    must(SCRIPTS / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def set_up() -> None:
    """Install the development dependencies by hash, and this checkout in place."""
    pip("install", "--require-hashes", "-r", "requirements-dev.txt")
    pip("install", "--no-deps", "--no-build-isolation", "-e", ".")


def try_it(arguments: list[str]) -> int:
    """Install shipcheck from this checkout and check an example; findings are expected, so they are not a failure."""
    pip("install", ".")
    code = run(SCRIPTS / "shipcheck", "check", *(arguments or [EXAMPLE]))
    return 0 if code == 1 else code


def lint(_: list[str]) -> int:
    """Check the code without running it."""
    set_up()
    must(SCRIPTS / "ruff", "check", ".")
    must(SCRIPTS / "ruff", "format", "--check", ".")
    must(SCRIPTS / "mypy")
    must(SCRIPTS / "lint-imports", "--no-logo")
    return run(SCRIPTS / "python", "tools/generate.py", "--check")


def test(arguments: list[str]) -> int:
    """Run the whole suite in parallel, or pytest with other arguments."""
    set_up()
    return run(SCRIPTS / "python", "-m", "pytest", *(arguments or PARALLEL))


def generate(_: list[str]) -> int:
    """Write every generated file."""
    set_up()
    return run(SCRIPTS / "python", "tools/generate.py")


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "try": try_it,
    "lint": lint,
    "test": test,
    "generate": generate,
}


def main() -> int:
    """Run the command that the first argument names."""
    name, *arguments = sys.argv[1:] or [""]
    if name not in COMMANDS:
        print(__doc__)
        return 2
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    sys.exit(main())
