"""What the system, or a fault of our own, may do to a run, so that it must not be clean; each runs the program in a folder."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.support.repository import Repository
from tests.support.running import PROGRAM, environment, run, write


class Starved(NamedTuple):
    """How to run it, and what the answer is to be; `words` stand on standard error, if that is there."""

    how: Callable[[Path], subprocess.CompletedProcess[str]]
    code: int
    words: str


def _shell(folder: Path, command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command.replace("shipcheck", f"'{PROGRAM}'", 1)],
        cwd=folder,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )


def _python(folder: Path, before: str) -> subprocess.CompletedProcess[str]:
    """The program, after a statement that makes something of it fail."""
    code = f"import sys\n{before}\nsys.argv = ['shipcheck', 'check']\nfrom shipcheck.cli.entry import main\nmain()\n"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment(), capture_output=True, check=False, text=True
    )


def _with_git(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """The program, with that script as the only git, in a repository."""
    Repository(folder).git("init", "--quiet")
    program = folder.parent / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return _shell(folder, "exec shipcheck check", PATH=f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def a_full_device(folder: Path) -> subprocess.CompletedProcess[str]:
    return _shell(folder, "shipcheck check >/dev/full")


def a_full_device_for_a_report(folder: Path) -> subprocess.CompletedProcess[str]:
    return _shell(folder, "shipcheck check --output json=/dev/full")


def a_full_device_for_messages(folder: Path) -> subprocess.CompletedProcess[str]:
    return _shell(folder, "shipcheck check nowhere 2>/dev/full")


def a_closed_standard_output(folder: Path) -> subprocess.CompletedProcess[str]:
    return _shell(folder, "shipcheck check >&-")


def a_reader_that_is_gone(folder: Path) -> subprocess.CompletedProcess[str]:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return subprocess.run(
            [PROGRAM, "check"], cwd=folder, env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False, text=True
        )
    finally:
        os.close(writing)


def no_room_for_a_file(folder: Path) -> subprocess.CompletedProcess[str]:
    return _shell(folder, "ulimit -f 0; exec shipcheck check --output report.txt")


def a_place_where_nobody_may_write(folder: Path) -> subprocess.CompletedProcess[str]:
    return _shell(folder, "shipcheck check --output /proc/report.txt")


def too_few_open_files(folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(
        folder, "import resource, shipcheck.cli.entry, shipcheck.cli.run\nresource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))"
    )


def no_git(folder: Path) -> subprocess.CompletedProcess[str]:
    Repository(folder).git("init", "--quiet")
    return run(folder, "check", PATH=str(folder))


def a_git_that_fails(folder: Path) -> subprocess.CompletedProcess[str]:
    return _with_git(folder, "echo 'fatal: no luck' >&2; exit 128")


def a_git_that_is_killed(folder: Path) -> subprocess.CompletedProcess[str]:
    return _with_git(folder, "kill -KILL $$")


def a_git_that_may_not_open_a_folder(folder: Path) -> subprocess.CompletedProcess[str]:
    """It lists the rest, says so, and exits with 0."""
    warning = "warning: could not open directory 'svc/': Permission denied"
    return _with_git(folder, f'echo "{warning}" >&2; exec {shutil.which("git")} "$@"')


def a_folder_that_is_closed(folder: Path, name: str, *calls: str) -> subprocess.CompletedProcess[str]:
    """The system refuses these calls to this user for a folder and everything in it."""
    return _python(
        folder,
        "import errno, os\n"
        "def closed(real):\n"
        "    def look(path='.', *more, **named):\n"
        f"        if {name!r} in str(path): raise PermissionError(errno.EACCES, 'Permission denied', str(path))\n"
        "        return real(path, *more, **named)\n"
        "    return look\n"
        f"for name in {calls!r}: setattr(os, name, closed(getattr(os, name)))",
    )


def a_governance_folder_that_may_not_be_entered(folder: Path) -> subprocess.CompletedProcess[str]:
    write(folder, {".shipcheck/settings.yaml": "shipcheck: 1\nfail_on: note\n"})
    Repository(folder).git("init", "--quiet")
    return a_folder_that_is_closed(folder, ".shipcheck/", "stat", "lstat")


def a_governance_folder_that_may_not_be_listed(folder: Path) -> subprocess.CompletedProcess[str]:
    write(folder, {".shipcheck/settings.yaml": "shipcheck: 1\n"})
    return a_folder_that_is_closed(folder, ".shipcheck", "scandir")


def a_repository_that_may_not_be_looked_at(folder: Path) -> subprocess.CompletedProcess[str]:
    return a_folder_that_is_closed(folder, "/.git", "stat")


def a_yaml_file_that_may_not_be_read(folder: Path) -> subprocess.CompletedProcess[str]:
    write(folder, {"values.yaml": "a: b\n"})
    return a_folder_that_is_closed(folder, "values.yaml", "open")


def an_interrupt(folder: Path) -> subprocess.CompletedProcess[str]:
    """The program waits for git then, so that it is sure to be in the middle of its work."""
    # A suite that runs in the background of a shell has interrupts ignored, and so would what it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _with_git(folder, "kill -INT $PPID; exec sleep 60")
    finally:
        signal.signal(signal.SIGINT, before)


def no_libyaml(folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(folder, "sys.modules['yaml._yaml'] = None")


def a_fault_of_our_own(folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(folder, "import shipcheck.app.check as c\nc.build = lambda *_: {}['gone']")


def no_memory(folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(folder, "import shipcheck.app.check as c\ndef build(*_): raise MemoryError\nc.build = build")


def nesting_beyond_the_stack(folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(folder, "import shipcheck.app.check as c\ndef build(*_): return build()\nc.build = build")


def a_file_that_vanishes(folder: Path) -> subprocess.CompletedProcess[str]:
    """It is listed, and gone when it is to be read."""
    return _python(
        folder,
        "import os, pathlib\nfrom shipcheck.sources.source import Source\n"
        "Source.prefetch = lambda *_: pathlib.Path('shipcheck.yaml').unlink(missing_ok=True)",
    )


def a_disk_that_fails(folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(
        folder,
        "import builtins, errno\nreal = open\n"
        "def failing(path, *more, **named):\n"
        "    if str(path).endswith('shipcheck.yaml'): raise OSError(errno.EIO, 'Input/output error')\n"
        "    return real(path, *more, **named)\n"
        "builtins.open = failing",
    )


def an_output_that_is_not_finished(folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(
        folder,
        "import errno, os\nfrom pathlib import Path\nimport shipcheck.cli.check as c\n"
        "def fail(*_): raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "os.fsync = fail\nasked = c.parse_outputs\nc.parse_outputs = lambda *_: asked('json', ('report.json',))",
    )


STARVED = (
    Starved(a_full_device, 3, "cannot be written to standard output"),
    Starved(a_full_device_for_a_report, 3, "cannot be written to /dev/full"),
    Starved(a_full_device_for_messages, 2, ""),
    Starved(a_closed_standard_output, 3, "standard output is closed"),
    Starved(a_reader_that_is_gone, 3, "cannot be written to standard output"),
    Starved(no_room_for_a_file, 3, "cannot be written to report.txt"),
    Starved(a_place_where_nobody_may_write, 3, "cannot be written to /proc/report.txt"),
    Starved(too_few_open_files, 3, "Too many open files"),
    Starved(no_git, 3, "install git"),
    Starved(a_git_that_fails, 3, "no luck"),
    Starved(a_git_that_is_killed, 3, "git ls-files failed"),
    Starved(a_git_that_may_not_open_a_folder, 3, "could not open directory 'svc/'"),
    Starved(a_governance_folder_that_may_not_be_entered, 3, ".shipcheck/settings.yaml cannot be read: Permission denied"),
    Starved(a_governance_folder_that_may_not_be_listed, 3, ".shipcheck cannot be read: Permission denied"),
    Starved(a_repository_that_may_not_be_looked_at, 3, ".git cannot be read: Permission denied"),
    Starved(a_yaml_file_that_may_not_be_read, 3, "values.yaml cannot be read: Permission denied"),
    Starved(an_interrupt, 130, "interrupted"),
    Starved(no_libyaml, 2, "without libyaml"),
    Starved(a_fault_of_our_own, 4, "internal error"),
    Starved(no_memory, 3, "out of memory"),
    Starved(nesting_beyond_the_stack, 4, "internal error"),
    Starved(a_file_that_vanishes, 3, "shipcheck.yaml cannot be read"),
    Starved(a_disk_that_fails, 3, "shipcheck.yaml cannot be read: Input/output error"),
    Starved(an_output_that_is_not_finished, 3, "report.json: No space left"),
)
