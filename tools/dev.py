"""Set up an environment beside the checkout and use it; needs Python 3.11 or later and the package index, nothing else.

Usage: python3 tools/dev.py try|lint|test|long|generate

    try       install shipcheck and check an example
    lint      run the linter, the type checker and the import contracts, and look for stale generated files
    test      run the whole suite, one worker per core; arguments, if any, go to pytest instead
    long      run the properties of the suite with more cases and a fresh seed; `long --help` lists the runs
    generate  write every generated file
"""

import argparse
import os
import secrets
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
EXAMPLE = "examples/email-assistant"
# One worker runs all tests that share a costly fixture; tests/conftest.py says which.
PARALLEL = ("--numprocesses=auto", "--dist=loadgroup")


@dataclass(frozen=True)
class LongRun:
    """A property of the suite that can be given more cases: the module that runs it, and that module's arguments."""

    about: str
    command: tuple[str, ...]


LONG_RUNS = {
    "oracles": LongRun("the tool against the oracles, over random worlds; saves each disagreement", ("tests.oracle.fuzz",)),
    "wrong-engines": LongRun("how many cases each wrong engine survives; saves a case for each new one", ("tests.oracle.lives",)),
    "properties": LongRun("the properties that hypothesis draws cases for", ("pytest", *PARALLEL, "-m", "hypothesis")),
    "worlds": LongRun("the tests over random worlds", ("pytest", *PARALLEL, "-m", "seeded")),
}


def run(*command: str | Path, **environment: str) -> int:
    """Run a command at the top of the checkout, with these environment variables as well; return its exit code."""
    return subprocess.call([str(part) for part in command], cwd=ROOT, env=os.environ | environment)  # noqa: S603 - our own commands


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
    code = run(SCRIPTS / "shipcheck", "check", *(arguments or ["--root", EXAMPLE]))
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


def long(arguments: list[str]) -> int:
    """Run one long run, or all of them; a seed makes a run repeatable."""
    listed = "\n".join(f"  {name:<14} {one.about}" for name, one in LONG_RUNS.items())
    parser = argparse.ArgumentParser(
        "dev.py long", formatter_class=argparse.RawDescriptionHelpFormatter, epilog=f"runs:\n{listed}"
    )
    parser.add_argument("name", nargs="?", choices=LONG_RUNS, metavar="NAME", help="the run (default: all of them)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="where to start (default: random)")
    parser.add_argument("--times", type=int, default=20, help="how many times the cases of the suite (default: 20)")
    chosen = parser.parse_args(arguments)
    set_up()
    codes = [run_long(name, chosen.seed, chosen.times) for name in ([chosen.name] if chosen.name else LONG_RUNS)]
    return max(codes)


def run_long(name: str, seed: int, times: int) -> int:
    """Run one long run and print how to repeat it."""
    print(f"{name}: seed {seed}; to repeat: python3 tools/dev.py long {name} --seed {seed} --times {times}", flush=True)
    # hypothesis has a seed of its own.
    extra = (f"--hypothesis-seed={seed}",) if name == "properties" else ()
    module = LONG_RUNS[name].command
    return run(SCRIPTS / "python", "-m", *module, *extra, SHIPCHECK_SEED=str(seed), SHIPCHECK_TIMES=str(times))


def generate(_: list[str]) -> int:
    """Write every generated file."""
    set_up()
    return run(SCRIPTS / "python", "tools/generate.py")


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "try": try_it,
    "lint": lint,
    "test": test,
    "long": long,
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
