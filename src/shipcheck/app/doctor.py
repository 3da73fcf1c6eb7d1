"""`shipcheck doctor`: how a repository sets up its checks, from its files alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shipcheck import __version__
from shipcheck.doctor.audits import AUDITS
from shipcheck.doctor.examine import examine
from shipcheck.doctor.owners import GOVERNANCE, owner_answers
from shipcheck.doctor.workflow_files import Kind, action_folders, setup_places
from shipcheck.facts.code_owners import owner_files, unclear_lines, written_owners
from shipcheck.model.doctor import Answer, DoctorReport, Wire
from shipcheck.model.document import File
from shipcheck.model.location import Location, whole_file
from shipcheck.model.problem import Problem
from shipcheck.pipeline.prepare import root_of
from shipcheck.pipeline.state import WORKTREE, State, open_source
from shipcheck.read.tolerant import parse_tolerantly
from shipcheck.read.toml import parse_toml
from shipcheck.sources.source import FOLDER, Source


@dataclass(frozen=True, slots=True)
class DoctorRequest:
    """The arguments of the command; without a path, the top of the git repository."""

    path: Path | None
    state: State = WORKTREE


def doctor(request: DoctorRequest) -> DoctorReport:
    """Audit the setup of CI and hooks.

    Raises:
        UsageError: the path is not a folder, or no git repository has the state.
        CannotJudgeError: the files cannot be listed.
    """
    root = root_of(request.path)
    source = open_source(root, request.state)
    places = setup_places(source.paths)
    files = [source.file(path) for path in places]
    wires, unread = _wires(places, files)
    examined = examine(wires, unread, _local_actions(source))
    owners = [File(source.origin, path, source.read(path) or b"") for path in owner_files(source)]
    answers = (*examined.answers, *_owned(source, examined.guarding))
    order = {audit.id: number for number, audit in enumerate(AUDITS)}
    return DoctorReport(
        version=__version__,
        source=source.kind,
        revision=source.revision,
        root=root.name,
        files=tuple(sorted({*places, *(file.path for file in owners)})),
        answers=tuple(sorted(answers, key=lambda answer: order[answer.audit])),
        texts={(file.origin, file.path): file.content for file in (*files, *owners) if isinstance(file, File)},
    )


def _wires(places: dict[str, Kind], files: Sequence[File | Problem]) -> tuple[list[tuple[Kind, Wire]], list[Problem]]:
    """The files as their services read them, and why others cannot be read; files in other languages are left as they are."""
    wires: list[tuple[Kind, Wire]] = []
    unread: list[Problem] = []
    for kind, file in zip(places.values(), files, strict=True):
        if isinstance(file, Problem):
            unread.append(file)
            continue
        outcome = _read(kind, file)
        if isinstance(outcome, Problem):
            unread.append(outcome)
        else:
            wires.append((kind, outcome))
    return wires, unread


def _read(kind: Kind, file: File) -> Wire | Problem:
    if kind == "other":
        return Wire(file, (), {})
    return parse_toml(file) if file.path.endswith(".toml") else parse_tolerantly(file)


def _local_actions(source: Source) -> frozenset[str]:
    """The folders of the repository's own actions that run the check."""
    actions = action_folders(source.paths)
    return frozenset(folder for path, folder in actions.items() if b"shipcheck check" in (source.read(path) or b""))


def _owned(source: Source, guarding: Sequence[str]) -> tuple[Answer, ...]:
    files = owner_files(source)
    paths = (*GOVERNANCE, *source.below(FOLDER), *files, *guarding)
    place = whole_file(source.origin, files[0]) if files else None
    wanted = dict.fromkeys(paths)
    unclear = [Location(source.origin, path, line, 1, line, 2) for path, line in unclear_lines(source, wanted)]
    return owner_answers(written_owners(source, wanted), place, unclear)
