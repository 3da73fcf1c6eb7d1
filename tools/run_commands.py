"""Run many commands of the shipcheck that is installed beside this Python, each in a process of its own.

Usage: python -P tools/run_commands.py JOBS FOLDER

    JOBS    a JSON file: a list of {"folder", "arguments", "environment"}
    FOLDER  receives the standard output of job N as N.out

Prints the path of the package, then the exit code of each job, one a line. A job that a signal ends has minus its number.

The package is loaded once and each job is a fork of that, so that a job costs its own work only and sees nothing of the jobs
before it. Only the name of the console script is known here: modules inside the package may move. Needs a POSIX system.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
import traceback
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, NoReturn

SCRIPT = "shipcheck"
SECONDS = 120
CRASHED = 70


def load() -> Callable[[], object]:
    """The function behind the console script, with every module of its package imported."""
    # A distribution that was renamed is there under both names until the environment is made anew.
    scripts = {script.value: script for script in entry_points(group="console_scripts", name=SCRIPT)}
    (script,) = scripts.values()
    start: Callable[[], object] = script.load()
    package = importlib.import_module(script.module.partition(".")[0])
    print(package.__path__[0], flush=True)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return start


def become(start: Callable[[], object], job: dict[str, Any], output: Path) -> NoReturn:
    """Run the job in this process and end the process with its exit code."""
    code = CRASHED
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream, target in enumerate((nothing, written, nothing)):
            os.dup2(target, stream)
        signal.alarm(SECONDS)
        os.environ.update(job["environment"])
        os.chdir(job["folder"])
        sys.argv = [SCRIPT, *job["arguments"]]
        start()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 - this process must never return to the loop of its parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def main() -> None:
    """Run every job of the file."""
    jobs, folder = json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2])
    start = load()
    gc.freeze()
    for number, job in enumerate(jobs):
        child = os.fork()
        if child == 0:
            become(start, job, folder / f"{number}.out")
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
