"""Manifests to graph: the middle of every verb that looks at a repository."""

from dataclasses import dataclass, replace

from shipcheck.facts.collect import collect, files_named
from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import Graph
from shipcheck.link.link import link
from shipcheck.link.references import UNKNOWN_NAMESPACE
from shipcheck.model.component import Manifest
from shipcheck.model.document import File
from shipcheck.model.limit import WORK_LIMIT, WorkLimitError
from shipcheck.model.location import Location, whole_file
from shipcheck.model.problem import Problem
from shipcheck.pipeline.own_packs import pack_folders
from shipcheck.pipeline.prepare import Prepared, Progress
from shipcheck.pipeline.provided import foreign_components
from shipcheck.pipeline.read_manifests import read_manifests
from shipcheck.pipeline.unread import unread
from shipcheck.sources.manifests import find_manifests


@dataclass(frozen=True, slots=True)
class Declared:
    """What the manifests declare, before references are resolved; with problems nothing is linked.

    `provided` is what packs declare for manifests to refer to. `warnings` and `aside` are problems that do not end the run: those
    of the settings, and of files elsewhere. `ignored` counts the manifests that a pattern leaves out.
    """

    files: tuple[File, ...]
    manifests: tuple[Manifest, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    provided: tuple[Manifest, ...] = ()
    aside: tuple[Problem, ...] = ()
    ignored: int = 0

    @property
    def components(self) -> int:
        """The number of components that the repository itself declares."""
        return sum(len(manifest.components) for manifest in self.manifests)

    @property
    def absence(self) -> str:
        """The reason why there is nothing to declare, where a manifest gives one."""
        return next((manifest.absence.reason for manifest in self.manifests if manifest.absence), "")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The graph with what it was linked from, or the problems that prevent it.

    `links` is the number of links that the repository itself declares.
    """

    declared: Declared
    graph: Graph | None = None
    problems: tuple[Problem, ...] = ()
    links: int = 0

    @property
    def every_problem(self) -> tuple[Problem, ...]:
        """Every problem of the manifests."""
        return (*self.declared.problems, *self.problems)

    @property
    def files(self) -> tuple[File, ...]:
        """The manifests."""
        return self.declared.files


def load(prepared: Prepared, progress: Progress) -> Loaded:
    """Read, validate and link every manifest, and collect facts about the code they name.

    Each stage finishes over all files before the run ends at its problems.
    """
    return build(prepared, with_unread(declared(prepared, progress), prepared), progress)


def declared(prepared: Prepared, progress: Progress) -> Declared:
    """Read and validate every manifest."""
    settings = prepared.settings
    discovery = find_manifests(prepared.source, settings.also, settings.ignore, pack_folders(prepared))
    idle = tuple(
        Problem(pattern.location, "idle-pattern", f"pattern '{pattern.text}' matches no file; fix or delete it")
        for pattern in discovery.idle
    )
    problems = list(discovery.problems)
    if not discovery.files and not problems:
        problems.append(_no_manifest(prepared))
    manifests, wrong = manifests_of(discovery.files, prepared, progress)
    problems += (*wrong, *foreign_components(manifests, prepared.packs.namespaces))
    return Declared(discovery.files, manifests, tuple(problems), idle, prepared.packs.provided, ignored=discovery.ignored)


def with_unread(declared: Declared, prepared: Prepared, tip: Prepared | None = None) -> Declared:
    """What is declared, with a problem for all that looks like shipcheck's and that nothing reads.

    `tip` is the base, where it has authority. Invalid settings end the run anyway.
    """
    if prepared.settings_problems:
        return declared
    known = {file.path for file in declared.files} | {problem.location.path for problem in declared.problems}
    return replace(declared, problems=(*declared.problems, *unread(prepared, tip, known)))


def manifests_of(
    files: tuple[File, ...], prepared: Prepared, progress: Progress
) -> tuple[tuple[Manifest, ...], tuple[Problem, ...]]:
    """The valid manifests among `files`, and the problems of the others, by the vocabulary of `prepared`."""
    outcomes = read_manifests(files, prepared.vocabulary, progress)
    manifests = tuple(outcome for outcome in outcomes if isinstance(outcome, Manifest))
    return manifests, tuple(problem for outcome in outcomes if not isinstance(outcome, Manifest) for problem in outcome)


def build(prepared: Prepared, declared: Declared, progress: Progress, owners: Tree | None = None) -> Loaded:
    """Link what is declared, and collect facts; `owners` holds CODEOWNERS, where that is not the source of the manifests."""
    if declared.problems:
        return Loaded(declared)
    progress("linking", 0, 1)
    try:
        tolerated = frozenset(problem.location for problem in declared.aside)
        graph = link(declared.manifests, prepared.vocabulary, declared.provided if declared.components else (), tolerated)
    except WorkLimitError as limit:
        return Loaded(declared, problems=(Problem(limit.place, WORK_LIMIT, str(limit)),))
    if not isinstance(graph, Graph):
        return Loaded(declared, problems=_without_lost(graph, prepared))
    add_facts(graph, prepared, owners)
    nothing = not graph.components and not declared.absence
    problems = (_nothing_declared(declared.files[0]),) if nothing else ()
    links = sum(graph.reference(edge.source).namespace not in prepared.packs.namespaces for edge in graph.edges)
    return Loaded(declared, graph, problems, links)


def _without_lost(problems: tuple[Problem, ...], prepared: Prepared) -> tuple[Problem, ...]:
    """The problems without names that lead nowhere only because a pack cannot be read."""
    return tuple(problem for problem in problems if problem.code != UNKNOWN_NAMESPACE) if prepared.other_problems else problems


def add_facts(graph: Graph, prepared: Prepared, owners: Tree | None = None) -> None:
    """Add facts to the components of `graph`; `owners` is where CODEOWNERS is read, by default the source that was prepared."""
    prepared.source.prefetch(files_named(graph, prepared.vocabulary))
    collect(graph, prepared.vocabulary, prepared.source, owners)


def _no_manifest(prepared: Prepared) -> Problem:
    message = (
        f"no manifest found in {prepared.root.name or '/'} (shipcheck.yaml, *.shipcheck.yaml); write one, or declare "
        "nothing_to_declare in shipcheck.yaml"
    )
    return Problem(whole_file(prepared.source.origin, "shipcheck.yaml"), "no-manifest", message)


def _nothing_declared(file: File) -> Problem:
    message = "the manifests declare no component; add one, or nothing_to_declare with owner, date and reason"
    return Problem(Location(file.origin, file.path, 1, 1, 1, 1), "nothing-declared", message)
