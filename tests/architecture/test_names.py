"""A file's name says which file it is: it is in one room, unless it is the file of one command in several."""

from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/shipcheck"
# The rooms in which a command has a file of its name; in report it has a folder.
OF_COMMANDS = {"cli", "app", "model"}


def room(path: Path) -> str:
    """The top-level package that a file is in."""
    return path.relative_to(PACKAGE).parts[0]


def is_format(path: Path) -> bool:
    """Whether a file renders one format of one command: `report/<verb>/<format>.py`."""
    return len(path.relative_to(PACKAGE).parts) == 3 and room(path) == "report"


def doubled(paths: list[Path]) -> dict[str, list[str]]:
    """The names that files have in several rooms, leaving out files of commands, of formats, and named after their room."""
    files = defaultdict(list)
    for path in paths:
        if not is_format(path) and path.stem not in {"__init__", room(path)}:
            files[path.stem].append(path)
    commands = {path.stem for path in paths if room(path) == "app"}
    shared = {name: {room(path) for path in found} for name, found in files.items() if len(found) > 1}
    return {
        name: sorted(path.relative_to(PACKAGE).as_posix() for path in files[name])
        for name, rooms in shared.items()
        if not (name in commands and rooms <= OF_COMMANDS and len(rooms) == len(files[name]))
    }


def test_a_name_is_in_one_room_unless_it_is_a_commands() -> None:
    assert doubled(list(PACKAGE.rglob("*.py"))) == {}


def test_a_doubled_name_is_noticed() -> None:
    paths = ["app/why.py", "cli/why.py", "read/parse.py", "fetch/parse.py", "packs/store.py", "packs/deep/store.py"]
    assert doubled([PACKAGE / path for path in paths]) == {
        "parse": ["fetch/parse.py", "read/parse.py"],
        "store": ["packs/deep/store.py", "packs/store.py"],
    }
