"""`shipcheck pack diff`: two versions of a pack, and repositories judged with both."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.language.compile.pack import PackDocuments, compile_plan, with_fields
from shipcheck.link.link import link
from shipcheck.model.finding import Finding
from shipcheck.model.pack_diff import PackDiff, RepositoryDiff
from shipcheck.model.problem import Problem
from shipcheck.pipeline.bundled import load_catalogues, load_vocabulary
from shipcheck.pipeline.judge import judge
from shipcheck.pipeline.load import build, declared
from shipcheck.pipeline.packs.read import ReadPack, read_pack
from shipcheck.pipeline.packs.version_changes import pack_changes
from shipcheck.pipeline.prepare import PacksInUse, Prepared, Progress, no_progress, prepare
from shipcheck.pipeline.provided import read_provided
from shipcheck.pipeline.upstream_findings import CORE, UpstreamFindings
from shipcheck.vocabulary.extended import united

# The policies of the core pack on what asks for less than in the base.
CHANGE = "change-"


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """The arguments of the command: two packs, by folder or name, and repositories that use them."""

    old: str
    new: str
    against: tuple[Path, ...]
    as_of: date
    root: Path | None = None


def pack_diff(request: DiffRequest, progress: Progress = no_progress) -> PackDiff:
    """Compare two versions of a pack.

    Raises:
        UsageError: there is no such pack or folder, or the two are different packs.
        CannotJudgeError: one of them is malformed, or a graph exceeds the limits of a run.
    """
    old, new = _read(request.old, request.root), _read(request.new, request.root)
    if old.head.name != new.head.name:
        raise UsageError(
            f"{request.old} is pack {old.head.name}, and {request.new} is {new.head.name}; give two versions of one pack"
        )
    repositories = tuple(_compared(path, old, new, request.as_of, progress) for path in request.against)
    return PackDiff(_label(old), _label(new), changes_between(old, new), repositories)


def changes_between(old: ReadPack, new: ReadPack) -> tuple[str, ...]:
    """What is different in the packs themselves: policies, parameters, and what they provide."""
    before, after = _provided(old), _provided(new)
    return (
        *pack_changes(old.pack, new.pack),
        *(f"{name} is provided" for name in sorted(after - before)),
        *taken_away(old, new),
    )


def taken_away(old: ReadPack, new: ReadPack) -> tuple[str, ...]:
    """What a pack no longer provides, which breaks references to it, and what it loosens."""
    gone = tuple(f"{name} is no longer provided" for name in sorted(_provided(old) - _provided(new)))
    before, after = link(old.provided, old.vocabulary), link(new.provided, new.vocabulary)
    if not isinstance(before, Graph) or not isinstance(after, Graph):
        return gone
    evaluator = Evaluator(after, united(new.vocabulary, old.vocabulary), date.max, before)
    weaker = [policy for policy in read_pack(CORE).pack.policies if policy.id.startswith(CHANGE)]
    findings = (finding for policy in weaker for finding in evaluator.evaluate(policy).findings)
    return (*gone, *sorted(finding.message.replace("the base", old.head.version) for finding in findings))


def _provided(pack: ReadPack) -> set[str]:
    return {str(component.reference) for manifest in pack.provided for component in manifest.components}


def _read(name: str, root: Path | None) -> ReadPack:
    pack = read_pack(name, root)
    if pack.problems:
        problem = pack.problems[0]
        raise CannotJudgeError(f"{name} is malformed: {problem.location}: {problem.message}; see 'shipcheck pack lint {name}'")
    return pack


def _label(pack: ReadPack) -> str:
    return f"{pack.head.name}@{pack.head.version}"


def _compared(path: Path, old: ReadPack, new: ReadPack, as_of: date, progress: Progress) -> RepositoryDiff:
    prepared = prepare(path, as_of=as_of)
    root = path.as_posix()
    if prepared.problems:
        return RepositoryDiff(root, problems=prepared.problems)
    before = _judged(with_pack(prepared, old.packs, as_of), as_of, progress)
    after = _judged(with_pack(prepared, new.packs, as_of), as_of, progress)
    if isinstance(after, tuple):
        return RepositoryDiff(root, problems=after)
    if isinstance(before, tuple):
        return RepositoryDiff(root, problems=before)
    return RepositoryDiff(root, tuple(_only(after, before)), tuple(_only(before, after)))


def with_pack(prepared: Prepared, packs: tuple[PackDocuments, ...], as_of: date) -> Prepared:
    """The repository with another version of a pack: the first of `packs`; the others are those that it extends."""
    others = {pack.name: pack for pack in (*packs[1:], *prepared.packs.documents)}
    together = (*(pack for name, pack in others.items() if name != packs[0].name), packs[0])
    vocabulary = with_fields(load_vocabulary(), together)
    plan, policy_problems, settings_problems = compile_plan(together, prepared.settings, vocabulary, as_of, load_catalogues())
    provided, namespaces, provided_problems = read_provided(together, vocabulary)
    return replace(
        prepared,
        vocabulary=vocabulary,
        packs=PacksInUse(together, plan, prepared.packs.committed, provided, namespaces),
        other_problems=(*policy_problems, *provided_problems),
        settings_problems=settings_problems,
    )


def _judged(prepared: Prepared, as_of: date, progress: Progress) -> dict[str, Finding] | tuple[Problem, ...]:
    """Every finding by its fingerprint, or the problems that prevent judging."""
    loaded = build(prepared, declared(prepared, progress), progress)
    problems = (*prepared.problems, *loaded.every_problem)
    if problems or loaded.graph is None:
        return problems
    evaluator = Evaluator(loaded.graph, prepared.vocabulary, as_of)
    results = judge(evaluator, prepared.plan.policies, progress, UpstreamFindings(prepared, as_of))
    return {finding.fingerprint: finding for result in results for finding in result.findings}


def _only(one: dict[str, Finding], other: dict[str, Finding]) -> Iterator[Finding]:
    """The findings that only `one` has, or has with another severity."""
    findings: Iterable[Finding] = (
        finding for name, finding in one.items() if name not in other or other[name].severity != finding.severity
    )
    yield from sorted(findings, key=lambda finding: (-finding.severity, finding.policy, finding.subject, finding.target or ""))
