"""`shipcheck discover`: the AI components that are in the code of a repository."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shipcheck import __version__
from shipcheck.discover.aside import aside_folder
from shipcheck.discover.gaps import gaps, idle_folders
from shipcheck.english import did_you_mean, listed
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.model.discover import DiscoverReport
from shipcheck.model.document import texts_of
from shipcheck.model.location import Texts
from shipcheck.model.observed import Discovery, Observed
from shipcheck.model.problem import Problem
from shipcheck.pipeline.discovery import discover_all, explain_line
from shipcheck.pipeline.prepare import Prepared, Progress, no_progress, prepare
from shipcheck.pipeline.state import WORKTREE, State
from shipcheck.presence import exists
from shipcheck.sources.source import Source
from shipcheck.vocabulary.vocabulary import Vocabulary

_GATE = "gate"


@dataclass(frozen=True, slots=True)
class DiscoverRequest:
    """The arguments of the command. `only` is the part of the root that is shown, `explain` a file and a line, `FILE:LINE`."""

    root: Path | None
    state: State = WORKTREE
    only: Path | None = None
    kinds: tuple[str, ...] = ()
    explain: str = ""


@dataclass(frozen=True, slots=True)
class Discovered:
    """The report, or the problems that prevent it; `settings_invalid` means that the settings are malformed."""

    report: DiscoverReport | None
    problems: tuple[Problem, ...]
    settings_invalid: bool
    texts: Texts


def discover(request: DiscoverRequest, progress: Progress = no_progress) -> Discovered:
    """Find the components that are there; everything is read, and a part of it may be shown.

    Raises:
        UsageError: the root is not a folder, no git repository has the state, or what is to be shown or explained does not exist.
        CannotJudgeError: the files cannot be listed, or what is to be shown is outside of the root or not in git.
    """
    prepared = prepare(request.root, request.state, judges=False)
    texts = texts_of(prepared.files)
    if prepared.problems:
        return Discovered(None, prepared.problems, bool(prepared.settings_problems), texts)
    _refuse_kinds(request.kinds, prepared.vocabulary)
    only = _only(prepared, request.only) if request.only is not None else ""
    place = _line(prepared, request.explain) if request.explain else None
    discovery = discover_all(prepared, progress)
    settings, source = prepared.settings.code, prepared.source
    asked = tuple(_asked_for(discovery, only, request.kinds))
    # Where the part is itself one of tests or examples, its components are what is asked for.
    whole = bool(only and (aside_folder(only) or aside_folder(f"{only}/")))
    report = DiscoverReport(
        version=__version__,
        source=source.kind,
        revision=source.revision,
        root=prepared.root.name,
        discovery=discovery,
        shown=tuple(each for each in asked if whole or not each.aside),
        aside=tuple(each for each in asked if each.aside and not whole),
        only=only,
        kinds=request.kinds,
        explained=explain_line(prepared, discovery, *place) if place else None,
        problems=(*discovery.problems, *gaps(discovery.coverage, settings, source.origin)),
        idle=idle_folders(settings, source.paths),
    )
    return Discovered(report, (), settings_invalid=False, texts=texts)


def _refuse_kinds(kinds: tuple[str, ...], vocabulary: Vocabulary) -> None:
    known = tuple(vocabulary.kinds)
    for kind in kinds:
        if kind not in known:
            hint = did_you_mean(kind, known) or f"; the kinds are {listed(known, 'and')}"
            raise UsageError(f"unknown kind '{kind}'{hint}")


def _only(prepared: Prepared, wanted: Path) -> str:
    """The part of the root that is shown, as a path from it; empty for all of it."""
    place = wanted.resolve()
    if not place.is_relative_to(prepared.root):
        raise CannotJudgeError(
            f"{wanted} is outside of the root of this run, {prepared.root}; to look there, use --root {wanted}"
        )
    path = place.relative_to(prepared.root).as_posix()
    if path == ".":
        return ""
    source = prepared.source
    if not source.lists(path) and not source.has_folder(path):
        if not exists(place):
            raise UsageError(f"{wanted} does not exist{_near(path, source) or '; give a folder or a file of the repository'}")
        raise CannotJudgeError(f"git tracks nothing in {path}, so nothing is looked for there; remove it from .gitignore")
    return path


def _near(path: str, source: Source) -> str:
    folders = {folder.as_posix() for each in source.paths for folder in Path(each).parents} - {"."}
    return did_you_mean(path, (*folders, *source.paths))


def _line(prepared: Prepared, text: str) -> tuple[str, int]:
    """The file and the line of `FILE:LINE`; the file is a path from the root, as reports print it, or from the current folder."""
    name, _, number = text.rpartition(":")
    if not name or not number.isdecimal() or not int(number[:9]):
        raise UsageError(f"'{text}' is not FILE:LINE; write a file and the number of a line, such as src/agent.py:12")
    if prepared.source.lists(name):
        return name, int(number[:9])
    place = Path(name).resolve()
    path = place.relative_to(prepared.root).as_posix() if place.is_relative_to(prepared.root) else name
    if not prepared.source.lists(path):
        raise UsageError(f"{name} is not a file of the repository{_near(path, prepared.source)}")
    return path, int(number[:9])


def _asked_for(discovery: Discovery, only: str, kinds: tuple[str, ...]) -> Iterator[Observed]:
    """The components of these kinds that are, or do something, in the part that is shown."""
    for component in discovery.components:
        is_asked = not kinds or component.kind in kinds or (_GATE in kinds and component.gates)
        if is_asked and (not only or any(path == only or path.startswith(f"{only}/") for path in _paths(component))):
            yield component


def _paths(component: Observed) -> set[str]:
    places = [component.place, *component.also, *(effect.place for effect in component.effects or ())]
    places += [gate.place for gate in component.gates]
    return {place.path for place in places}
