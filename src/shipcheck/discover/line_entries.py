"""Entries of files that are read line by line: Dockerfiles, Procfiles, tables of cron, and setup.cfg."""

import json
from collections.abc import Callable, Iterator
from typing import TypeAlias

from shipcheck.discover.command_words import started_by, started_in
from shipcheck.discover.tree_paths import TreePaths, normal

# A file that is started, and the line that says so.
Started: TypeAlias = tuple[str, int]
_DOCKER_NAMES = ("dockerfile", "containerfile")
_RUNS = frozenset({"CMD", "ENTRYPOINT"})
_COPIES = frozenset({"COPY", "ADD"})
_MOST_FOLDERS = 40
_CRON_FIELDS = 5
_CRON_ENDS = (".cron", ".crontab")


def lines_of(path: str) -> Callable[[str, TreePaths, str], Iterator[Started]] | None:
    """What reads a file of that name; None for a file that is not read by lines."""
    folder, _, name = path.rpartition("/")
    name = name.lower()
    if name.startswith(_DOCKER_NAMES) or name.endswith(tuple(f".{each}" for each in _DOCKER_NAMES)):
        return docker_entries
    if name == "procfile" or name.startswith("procfile."):
        return procfile_entries
    if name == "crontab" or name.endswith(_CRON_ENDS) or folder.rpartition("/")[2] == "cron.d":
        return cron_entries
    return setup_entries if name == "setup.cfg" else None


def docker_entries(text: str, tree: TreePaths, path: str) -> Iterator[Started]:
    """What an image starts. Its files are those of the folder of the Dockerfile, of one above, or of folders that it copies."""
    contexts = (*_upwards(path.rpartition("/")[0]),)
    folders = contexts
    runs: list[tuple[str, int]] = []
    for number, line in _joined(text):
        word, _, rest = line.strip().partition(" ")
        if word.upper() in _COPIES:
            copied = (normal(context, each) for each in _sources(rest) for context in contexts)
            known = (tree.folder_of(path) for path in copied if path)
            folders = tuple(dict.fromkeys((*folders, *(folder for folder in known if folder))))[:_MOST_FOLDERS]
        elif word.upper() in _RUNS:
            runs.append((rest.strip(), number))
    for run, number in runs:
        yield from ((file, number) for file in _run(run, tree, folders))


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """The lines with those that continue them, each with the number of its first."""
    pieces: list[str] = []
    first = 0
    for number, line in enumerate(text.split("\n"), 1):
        first = first if pieces else number
        pieces.append(line.rstrip().removesuffix("\\"))
        if not line.rstrip().endswith("\\"):
            yield first, " ".join(pieces)
            pieces = []
    if pieces:
        yield first, " ".join(pieces)


def _sources(rest: str) -> list[str]:
    """What a line copies from the context; of another stage nothing."""
    words = _list(rest) or rest.split()
    if any(word.startswith("--from") for word in words):
        return []
    return [word for word in words if not word.startswith("--")][:-1][:_MOST_FOLDERS]


def _run(run: str, tree: TreePaths, folders: tuple[str, ...]) -> Iterator[str]:
    words = _list(run)
    yield from started_by(words, tree, folders) if words else started_in(run, tree, folders)


def _list(text: str) -> list[str]:
    """The words of a list in JSON; none where it is not one."""
    if not text.startswith("["):
        return []
    try:
        words = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [word for word in words if isinstance(word, str)] if isinstance(words, list) else []


def procfile_entries(text: str, tree: TreePaths, path: str) -> Iterator[Started]:
    """The commands behind the names of processes."""
    folders = (*_upwards(path.rpartition("/")[0]),)
    for number, line in enumerate(text.split("\n"), 1):
        yield from ((file, number) for file in started_in(line.partition(":")[2], tree, folders))


def cron_entries(text: str, tree: TreePaths, path: str) -> Iterator[Started]:
    """The commands behind the times; the name of a user before one does no harm."""
    folders = (*_upwards(path.rpartition("/")[0]),)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            parts = line.split(None, 1 if line.lstrip().startswith("@") else _CRON_FIELDS)
            yield from ((file, number) for file in started_in(parts[-1], tree, folders))


def setup_entries(text: str, tree: TreePaths, path: str) -> Iterator[Started]:
    """The entry points of setup.cfg: `name = module:object`."""
    folder = path.rpartition("/")[0]
    for number, line in enumerate(text.split("\n"), 1):
        module, colon, _ = line.partition("=")[2].strip().partition(":")
        if colon and module and all(part.isidentifier() for part in module.split(".")):
            found = tree.module((folder,), module)
            if found:
                yield found, number


def _upwards(folder: str) -> Iterator[str]:
    """The folder and every one above it, the root last."""
    yield folder
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder
