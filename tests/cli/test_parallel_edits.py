"""Commands that edit the same file at once: each waits for the other, and no edit is lost."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.support.packs import pack, put
from tests.support.running import PROGRAM, environment, run, write

TEAMS = "shipcheck: 1\nteams:\n  one: {contact: o, members: [ann]}\n  two: {contact: t, members: [bob]}\nagents:\n"
NAMES = ("desk", "clerk", "teller")
TERMS = ("--owner", "one", "--approver", "two", "--reason", "r", "--until", "2026-12-31", "--as-of", "2026-11-22")


def at_once(folder: Path, commands: Sequence[tuple[str, ...]]) -> list[tuple[int, str]]:
    """The exit code of each command, and what it says on standard error; all are started before one is waited for."""
    started = [
        subprocess.Popen(
            [PROGRAM, *command], cwd=folder, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for command in commands
    ]
    said = [process.communicate()[1] for process in started]
    return [(process.returncode, text) for process, text in zip(started, said, strict=True)]


def test_no_waiver_is_lost(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": TEAMS + "".join(f"  {name}: {{}}\n" for name in NAMES)})
    waive = [("waive", "owner-missing", f"agent:{name}", *TERMS) for name in NAMES]
    assert at_once(tmp_path, waive) == [(0, "")] * len(NAMES)
    listed = run(tmp_path, "waivers", "list", "--as-of", "2026-11-22").stdout
    assert [name for name in NAMES if f"agent:{name}" not in listed] == []


def test_no_pack_is_lost(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": TEAMS + "  desk: {}\n", ".shipcheck/settings.yaml": "shipcheck: 1\npacks: [core]\n"})
    names = [f"acme/base-{letter}" for letter in "ab"]
    for name in names:
        files = {
            path: text.replace(b"acme/agents-base", name.encode()) for path, text in pack("1.0.0", {"owned": "error"}).items()
        }
        put(tmp_path.parent / f"{tmp_path.name}-{name[-1]}", files)
    add = [("pack", "add", f"path:../{tmp_path.name}-{name[-1]}", "--as-of", "2026-11-22") for name in names]
    told = at_once(tmp_path, [command[:3] for command in add])
    assert [code for code, _ in told] == [0, 0], told
    used = run(tmp_path, "pack", "list").stdout
    settings = (tmp_path / ".shipcheck/settings.yaml").read_text("utf-8")
    assert [name for name in names if name not in used or name not in settings] == []


def test_nothing_stays_behind(tmp_path: Path) -> None:
    """The lock is on the folder and belongs to the process: there is no file that a crash could leave."""
    write(tmp_path, {"shipcheck.yaml": TEAMS + "  desk: {}\n"})
    assert run(tmp_path, "waive", "owner-missing", "agent:desk", *TERMS).returncode == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".shipcheck", "shipcheck.yaml", "waivers.yaml"]
