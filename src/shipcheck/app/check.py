"""`shipcheck check`: a repository judged, end to end."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shipcheck import __version__
from shipcheck.errors import UsageError
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.model.control import JudgedCatalogue
from shipcheck.model.document import texts_of
from shipcheck.model.location import Location
from shipcheck.model.policy import Plan, Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Counts, PolicyResult, Report, Verdict
from shipcheck.model.waiver import Standing
from shipcheck.pipeline.comparison import Base, Compared
from shipcheck.pipeline.excuse import excused, untenable_waivers
from shipcheck.pipeline.find_policy import select_policies
from shipcheck.pipeline.judge import judge
from shipcheck.pipeline.load import Declared, Loaded, build, declared
from shipcheck.pipeline.prepare import Prepared, Progress, no_progress, prepare, root_of
from shipcheck.pipeline.state import WORKTREE, State
from shipcheck.pipeline.upstream import PacksOwn
from shipcheck.sources.git import below_top, in_repository
from shipcheck.sources.remote_address import repository_address


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What the command line asks for. `policies` empty means all; `fail_on` None means what the settings say.

    `base` is the revision to compare with; with one, `state` None means HEAD, else the worktree. `wants_address`
    asks for the address of the repository too, `by_control` for how each control stands.
    """

    path: Path | None
    as_of: date
    policies: tuple[str, ...] = ()
    fail_on: Severity | None = None
    state: State | None = None
    base: str = ""
    wants_address: bool = False
    by_control: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """A report with what it was made from, for the verbs that write what the next report is to say."""

    report: Report
    prepared: Prepared
    graph: Graph | None


def check(request: CheckRequest, progress: Progress = no_progress) -> Report:
    """Judge the repository; raises what `examine` does."""
    return examine(request, progress).report


def examine(request: CheckRequest, progress: Progress = no_progress) -> Examined:
    """Judge the repository.

    Raises:
        UsageError: the path is not a folder, no git repository has the state or the base, or a policy that is asked for does not
            exist.
        CannotJudgeError: the files cannot be listed, or a revision is not there.
    """
    if request.base and not in_repository(root := root_of(request.path)):
        raise UsageError(f"{root} is in no git repository, so there is nothing to compare it with; leave out --base")
    prepared = prepare(request.path, request.state or (State("HEAD") if request.base else WORKTREE), request.as_of)
    base = _base(prepared, request, progress)
    broken = prepared.misuse or prepared.faults or (base is not None and base.problems)
    policies = () if broken or base is not None else select_policies(prepared.plan, request.policies)
    found = declared(prepared, progress)
    loaded = build(prepared, found, progress)
    problems = (
        *prepared.problems,
        *loaded.misuse,
        *loaded.problems,
        *_in_the_way(prepared, base),
    )
    compared = Compared((), (), problems)
    standings: tuple[Standing, ...] = ()
    if loaded.graph is not None and not problems:
        problems = untenable_waivers(prepared, base, loaded.graph, request.as_of)
    if loaded.graph is not None and not problems:
        if base is not None:
            compared = _against(prepared, found, base, request, progress, loaded.graph)
        elif loaded.graph.components:
            evaluator, own = Evaluator(loaded.graph, prepared.vocabulary, request.as_of), PacksOwn(prepared, request.as_of)
            compared = Compared(judge(evaluator, policies, progress, own), (), ())
        problems = compared.problems or _nothing_judged(compared.results, loaded)
    if loaded.graph is not None and not problems:
        results, standings = excused(prepared, base, compared.results, request.as_of)
        compared = replace(compared, results=results)
    outcome = replace(compared, problems=problems, judged=compared.judged or policies)
    report = replace(_report(request, prepared, loaded, base, outcome), waivers=standings)
    return Examined(report, prepared, loaded.graph)


# What only a check against a base needs is loaded only for one: it would be an eighth of the time of a small run.


def _base(prepared: Prepared, request: CheckRequest, progress: Progress) -> Base | None:
    if not request.base:
        return None
    from shipcheck.pipeline.base import read_base  # noqa: PLC0415

    return read_base(prepared, request.base, request.as_of, progress)


def _in_the_way(prepared: Prepared, base: Base | None) -> tuple[Problem, ...]:
    if base is None:
        return ()
    from shipcheck.pipeline.base import setbacks  # noqa: PLC0415

    return (*base.problems, *setbacks(prepared, base))


def _against(
    prepared: Prepared, found: Declared, base: Base, request: CheckRequest, progress: Progress, graph: Graph
) -> Compared:
    from shipcheck.pipeline.compare import Comparison  # noqa: PLC0415

    return Comparison(prepared, found, base, request.as_of, progress).compare(graph, request.policies)


def _controls(prepared: Prepared, base: Base | None, compared: Compared) -> tuple[JudgedCatalogue, ...]:
    from shipcheck.pipeline.controls import by_control  # noqa: PLC0415 - likewise, for those who ask for the controls

    return by_control(prepared, base, compared)


def _nothing_judged(results: tuple[PolicyResult, ...], loaded: Loaded) -> tuple[Problem, ...]:
    """A run in which no policy had anything to judge has shown nothing, unless there is nothing to declare."""
    if loaded.absence or any(result.subjects for result in results):
        return ()
    file = loaded.files[0]
    message = "no policy has anything to judge here; ask for other policies, or declare what they are about"
    return (Problem(Location(file.origin, file.path, 1, 1, 1, 1), "nothing-judged", message),)


def _report(request: CheckRequest, prepared: Prepared, loaded: Loaded, base: Base | None, compared: Compared) -> Report:
    fail_on, plans = request.fail_on or _fail_on(prepared, base), _plans(prepared, base)
    files = (*prepared.files, *loaded.files, *compared.files, *(base.files if base else ()))
    counts = Counts(
        files=len(loaded.files),
        components=loaded.components,
        links=loaded.links,
        policies=len(compared.results) or len(compared.judged),
    )
    return Report(
        version=__version__,
        verdict=_verdict(compared.results, compared.problems, fail_on),
        source=prepared.source.kind,
        revision=prepared.source.revision,
        root=prepared.root.name,
        as_of=request.as_of,
        fail_on=fail_on,
        packs=tuple({pack.name: pack.version for plan in plans for pack in plan.packs}.items()),
        counts=counts,
        results=compared.results,
        problems=tuple(sorted(compared.problems)),
        texts=texts_of(files),
        declared_absence=loaded.absence,
        misused=bool(prepared.misuse or loaded.misuse),
        judged_all=not request.policies,
        against=base.against if base else None,
        changes=compared.changes,
        policies=compared.judged,
        prefix=below_top(prepared.root),
        changed=base.changed if base else frozenset(),
        repository=repository_address(prepared.root) if request.wants_address else "",
        softened=tuple(dict.fromkeys(item for plan in plans for item in plan.softened)),
        lapsed=tuple(dict.fromkeys(item for plan in plans for item in plan.lapsed)),
        controls=_controls(prepared, base, compared) if request.by_control else None,
    )


def _plans(prepared: Prepared, base: Base | None) -> tuple[Plan, ...]:
    """What is judged by: the plan of the head, after that of the base where that decides."""
    return (base.tip.plan, prepared.plan) if base is not None and base.decides else (prepared.plan,)


def _fail_on(prepared: Prepared, base: Base | None) -> Severity:
    """The least severity that fails: of head and base, the stricter one."""
    own = prepared.settings.fail_on
    return min(own, base.tip.settings.fail_on) if base is not None and base.decides else own


def _verdict(results: tuple[PolicyResult, ...], problems: tuple[Problem, ...], fail_on: Severity) -> Verdict:
    if problems:
        return "incomplete"
    # Findings too many to list count as the gravest that their policy can give.
    grave = any(
        (result.unlisted and result.gravest >= fail_on)
        or any(finding.severity >= fail_on and finding.status != "waived" for finding in result.findings)
        for result in results
    )
    return "fail" if grave else "pass"
