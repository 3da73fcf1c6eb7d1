"""The gaps in coverage that the setting `code` does not allow, as problems that name the files."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shipcheck.model.location import HEAD, Location, whole_file
from shipcheck.model.observed import Coverage
from shipcheck.model.problem import Problem
from shipcheck.model.settings import CodeSetting

CODE = "code-not-covered"
# Of one line of the settings so many files are named, and the others counted.
MOST_NAMED = 20


class _Gap(NamedTuple):
    """One gap: the words of the setting that cover it, where it is, and what it is in a sentence."""

    words: tuple[str, ...]
    place: Location
    text: str


def gaps(coverage: Coverage, settings: Iterable[CodeSetting], origin: str = HEAD) -> tuple[Problem, ...]:
    """A problem for each gap that a setting does not allow, by the order of coverage."""
    asked: dict[tuple[str, str], CodeSetting] = {}
    for setting in settings:
        asked.setdefault((setting.word, setting.folder), setting)
    named: dict[tuple[str, str], int] = {}
    problems = []
    for gap in _gaps(coverage, origin) if asked else ():
        key = next((key for key in _keys(gap) if key in asked), None)
        if key is not None:
            named[key] = named.get(key, 0) + 1
            if named[key] <= MOST_NAMED:
                problems.append(Problem(gap.place, CODE, gap.text, ((asked[key].location, "not allowed here"),)))
    return (*problems, *_others(asked, named))


def _others(asked: dict[tuple[str, str], CodeSetting], named: dict[tuple[str, str], int]) -> Iterator[Problem]:
    for key, count in named.items():
        if count > MOST_NAMED:
            message = f"{count - MOST_NAMED} more files fail this; 'shipcheck discover --format json' lists all"
            yield Problem(asked[key].location, CODE, message)


def _keys(gap: _Gap) -> Iterator[tuple[str, str]]:
    """The words of a gap with each folder that it is below, the nearest first, and with none."""
    folder = gap.place.path
    while folder:
        folder = folder.rpartition("/")[0]
        yield from ((word, folder) for word in gap.words)


def _gaps(coverage: Coverage, origin: str) -> Iterator[_Gap]:
    for line in coverage.unparsed:
        for path in line.paths:
            yield _Gap(("unparsed", line.reason), whole_file(origin, path), f"{path} could not be analysed: {line.detail}")
    for line in coverage.not_analysed:
        for path in line.paths:
            yield _Gap(("not_analysed", line.reason), whole_file(origin, path), f"{path} is not analysed: {line.detail}")
    for place in coverage.broken:
        yield _Gap(("broken",), place, f"part of {place.path} is not valid in its language and was not analysed")
    for path, count in coverage.cut:
        yield _Gap(("cut",), whole_file(origin, path), f"{path} needs too much work to follow; {count} of its values are unknown")
    for title, place in coverage.unknown_frameworks:
        yield _Gap(("unknown_frameworks",), place, f"{place.path} imports {title}, which no detector knows")
    for line in coverage.of_these:
        for path in line.paths:
            yield _Gap((line.reason,), whole_file(origin, path), f"{path} is {line.detail}")


def idle_folders(settings: Iterable[CodeSetting], paths: Iterable[str]) -> tuple[str, ...]:
    """The folders that the setting names and in which there is no file."""
    folders = dict.fromkeys(setting.folder for setting in settings if setting.folder)
    known = tuple(paths)
    return tuple(folder for folder in folders if not any(path.startswith(f"{folder}/") for path in known))
