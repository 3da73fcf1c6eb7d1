"""Manifests to graph: the middle of every verb that looks at a repository."""

from dataclasses import dataclass

from shipcheck.app.prepare import Prepared, Progress
from shipcheck.app.readers import read_manifests
from shipcheck.facts.collect import collect, files_named
from shipcheck.graph.graph import Graph
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.model.document import File
from shipcheck.model.location import Location, whole_file
from shipcheck.model.problem import Problem
from shipcheck.sources.manifests import find_manifests


@dataclass(frozen=True, slots=True)
class Loaded:
    """The graph, or the problems that stand in its way; `absence` says why there is nothing to declare, where a file says so."""

    graph: Graph | None
    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    misuse: tuple[Problem, ...]
    absence: str


def load(prepared: Prepared, progress: Progress) -> Loaded:
    """Read, validate and link every manifest, and collect facts about the code they name.

    Each stage finishes over all files before the run ends at its problems.
    """
    settings = prepared.settings
    found = find_manifests(prepared.source, settings.also, settings.ignore)
    misuse = tuple(
        Problem(pattern.location, "idle-pattern", f"pattern '{pattern.text}' matches no file; correct or delete it")
        for pattern in found.idle
    )
    problems = list(found.problems)
    if not found.files and not problems:
        problems.append(_nothing_found(prepared))
    manifests = _manifests(prepared, found.files, problems, progress)
    absence = next((manifest.absence.reason for manifest in manifests if manifest.absence), "")
    if problems or misuse:
        return Loaded(None, found.files, tuple(problems), misuse, absence)
    progress("linking", 0, 1)
    graph = link(manifests, prepared.vocabulary)
    if not isinstance(graph, Graph):
        return Loaded(None, found.files, graph, (), absence)
    prepared.source.prefetch(files_named(graph, prepared.vocabulary))
    collect(graph, prepared.vocabulary, prepared.source)
    if not graph.components and not absence:
        problems.append(_nothing_declared(found.files[0]))
    return Loaded(graph, found.files, tuple(problems), (), absence)


def _manifests(prepared: Prepared, files: tuple[File, ...], problems: list[Problem], progress: Progress) -> list[Manifest]:
    manifests: list[Manifest] = []
    for outcome in read_manifests(files, prepared.vocabulary, progress):
        if isinstance(outcome, Manifest):
            manifests.append(outcome)
        else:
            problems.extend(outcome)
    return manifests


def _nothing_found(prepared: Prepared) -> Problem:
    message = (
        f"no manifest is below {prepared.root.name or '/'}: looked for shipcheck.yaml and *.shipcheck.yaml; write one, or say "
        "nothing_to_declare in shipcheck.yaml"
    )
    return Problem(whole_file(prepared.source.origin, "shipcheck.yaml"), "no-manifest", message)


def _nothing_declared(file: File) -> Problem:
    message = "the manifests declare no component; declare one, or say nothing_to_declare with owner, date and reason"
    return Problem(Location(file.origin, file.path, 1, 1, 1, 1), "nothing-declared", message)
