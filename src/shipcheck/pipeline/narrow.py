"""The part of a repository that a run shows and counts; judged is all of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from shipcheck.english import did_you_mean
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import code_of
from shipcheck.link.references import DANGLING
from shipcheck.model.document import File
from shipcheck.model.finding import UNCHANGED, Finding, Reason
from shipcheck.model.location import BASE, HEAD, MERGE_BASE, Location
from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult, Result
from shipcheck.pipeline.comparison import NOT_COMPARABLE, Base
from shipcheck.pipeline.load import Declared, Loaded
from shipcheck.pipeline.prepare import Prepared
from shipcheck.presence import exists
from shipcheck.sources.manifests import is_noticed
from shipcheck.sources.source import Source

_ORIGINS = frozenset({HEAD, BASE, MERGE_BASE})


@dataclass(frozen=True, slots=True)
class Scope:
    """A file or a folder, by its path from the root."""

    path: str

    def holds(self, path: str) -> bool:
        """Whether a path from the root lies in it."""
        return path == self.path or path.startswith(f"{self.path}/")

    def holds_place(self, place: Location) -> bool:
        """Whether a place of the repository, now or in the base, lies in it."""
        return place.origin in _ORIGINS and self.holds(place.path)


def scope_of(head: Prepared, wanted: Path, declared: Declared) -> Scope | None:
    """The part of the root that `wanted` names, relative to the current folder; None for all of it.

    Raises:
        UsageError: nothing has that path.
        CannotJudgeError: it is outside of the root, or no manifest is read there.
    """
    place = wanted.resolve()
    if not place.is_relative_to(head.root):
        raise CannotJudgeError(f"{wanted} is outside of the root of this run, {head.root}; to check it, use --root {wanted}")
    path = place.relative_to(head.root).as_posix()
    if path == ".":
        return None
    scope = Scope(path)
    read = {file.path for file in declared.files} | {problem.location.path for problem in declared.problems}
    if not any(scope.holds(each) for each in read):
        _refuse_empty(scope, wanted, place, head.source)
    return scope


def _refuse_empty(scope: Scope, wanted: Path, place: Path, source: Source) -> None:
    inside = [path for path in source.paths if scope.holds(path)]
    if not inside and not exists(place):
        folders = {folder.as_posix() for path in source.paths for folder in Path(path).parents} - {"."}
        near = scope.path.replace("\\", "/")
        same = next((each for each in sorted({*folders, *source.paths}) if each.lower() == near.lower()), "")
        hint = f"; did you mean '{same}'?" if same else did_you_mean(near, folders)
        raise UsageError(f"{wanted} does not exist{hint or '; give a folder or a manifest of the repository'}")
    ignored = any(is_noticed(path) for path in inside)
    why = "manifests.ignore leaves out what is there" if ignored else "there is none that belongs to this repository"
    raise CannotJudgeError(
        f"no manifest is read in {scope.path}: {why}; run 'shipcheck check' without PATH for the whole repository, or "
        f"for a folder that 'roots' in its settings lists, 'shipcheck check --root {wanted}'"
    )


def set_aside(declared: Declared, head: Prepared, base: Prepared, scope: Scope) -> Declared:
    """What is declared, with the problems that do not end a run for `scope` apart, where there are no others.

    These are problems outside of it in files that are as the base has them, byte for byte.
    """
    problems = declared.problems
    if not problems or not all(_is_old(problem, head.source, base.source, scope) for problem in problems):
        return declared
    return replace(declared, problems=(), aside=problems)


def set_names_aside(loaded: Loaded, head: Prepared, base: Base, scope: Scope) -> Declared | None:
    """What is declared, with the names that lead nowhere set aside; None where one of them ends the run.

    Those do not end it that the base has too, in a file that is the same. Where files are set aside already, such a name may lead
    into one of them.
    """
    known = {change.location[1:] for change in base.changes if change.kind == NOT_COMPARABLE and change.location}
    for problem in loaded.problems:
        is_known = problem.code == DANGLING and problem.location[1:] in known
        if loaded.declared.aside or not (is_known and _is_old(problem, head.source, base.tip.source, scope)):
            return None
    if not loaded.problems:
        return None
    return replace(loaded.declared, aside=loaded.problems)


def _is_old(problem: Problem, head: Source, base: Source, scope: Scope) -> bool:
    path = problem.location.path
    if problem.location.origin != HEAD or scope.holds(path) or not (head.lists(path) and base.lists(path)):
        return False
    now, then = head.file(path), base.file(path)
    return isinstance(now, File) and isinstance(then, File) and now.content == then.content


def narrowed(
    results: Iterable[PolicyResult], graph: Graph, scope: Scope, *, with_base: bool
) -> tuple[tuple[PolicyResult, ...], Counter[Severity]]:
    """The results with the findings inside the scope alone, and the number of the others that are not waived, by severity.

    Inside are findings of which any part lies there, and with a base those that are not known to be as it has them. Findings too
    many to list may be inside, and count.
    """
    names = _names_inside(graph, scope)
    outside: Counter[Severity] = Counter()
    kept = []
    for result in results:
        inside = tuple(
            finding
            for finding in result.findings
            if (with_base and finding.change != UNCHANGED) or _is_inside(finding, names, scope)
        )
        there = {id(finding) for finding in inside}
        outside.update(f.severity for f in result.findings if id(f) not in there and not f.is_accepted)
        kept.append(result if len(inside) == len(result.findings) else _with_only(result, inside))
    return tuple(kept), outside


def _with_only(result: PolicyResult, inside: tuple[Finding, ...]) -> PolicyResult:
    """The result without the subjects that fail elsewhere; those have not passed."""
    live = any(not finding.is_accepted for finding in inside)
    failed = len({finding.subject for finding in inside})
    subjects = max(failed, result.subjects - len({finding.subject for finding in result.findings}) + failed)
    others: Result = "pass" if subjects else "not_applicable"
    word: Result = "fail" if live or result.unlisted else "waived" if inside else others
    waived = sum(finding.is_accepted for finding in inside)
    return replace(result, findings=inside, result=word, subjects=subjects, failed=failed, waived=waived)


def _names_inside(graph: Graph, scope: Scope) -> frozenset[str]:
    """The references of the components that are declared in the scope, or whose code is there."""
    return frozenset(
        str(graph.reference(node))
        for node in range(len(graph.components))
        if scope.holds_place(graph.place(node)) or any(scope.holds(file) for file, _ in code_of(graph, node))
    )


def _is_inside(finding: Finding, names: frozenset[str], scope: Scope) -> bool:
    return any(scope.holds_place(place) for place in _places(finding)) or not names.isdisjoint(_named(finding))


def _places(finding: Finding) -> Iterator[Location]:
    yield finding.location
    for hop in (*finding.witness, *(hop for ground in finding.grounds for hop in ground.chain)):
        yield hop.location
        for verdict in hop.gates:
            yield verdict.location
            yield from _of_reasons(verdict.reasons)
    yield from _of_reasons(finding.reasons)


def _of_reasons(reasons: Iterable[Reason]) -> Iterator[Location]:
    return (place for reason in reasons for place in (reason.location, reason.anchor) if place is not None)


def _named(finding: Finding) -> Iterator[str]:
    """The references of every component that the finding names."""
    texts = [finding.subject, finding.target or "", finding.cause, *finding.members, *finding.assumed]
    texts += [reason.field for reason in finding.reasons]
    for hop in (*finding.witness, *(hop for ground in finding.grounds for hop in ground.chain)):
        texts += [hop.source, hop.target, *(verdict.gate for verdict in hop.gates)]
    for text in texts:
        for word in text.replace(",", " ").split():
            yield word.partition("#")[0].partition(".")[0]
