"""`shipcheck check`: a repository judged, end to end."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shipcheck import __version__
from shipcheck.app.load import Loaded, load
from shipcheck.app.prepare import Prepared, Progress, no_progress, prepare
from shipcheck.app.select import select_policies
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.model.location import Location
from shipcheck.model.policy import Policy, Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Counts, PolicyResult, Report, Verdict
from shipcheck.sources.git import below_top


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What the command line asks for. `policies` empty means all; `fail_on` None means what the settings say."""

    path: Path | None
    as_of: date
    policies: tuple[str, ...] = ()
    fail_on: Severity | None = None


def check(request: CheckRequest, progress: Progress = no_progress) -> Report:
    """Judge the repository.

    Raises:
        UsageError: the path is not a folder, or a policy that is asked for does not exist.
        CannotJudgeError: the files cannot be listed.
    """
    prepared = prepare(request.path)
    broken = prepared.misuse or prepared.faults
    policies = () if broken else select_policies(prepared.plan, request.policies)
    loaded = load(prepared, progress)
    problems = (*prepared.misuse, *prepared.faults, *loaded.misuse, *loaded.problems)
    results: tuple[PolicyResult, ...] = ()
    if loaded.graph is not None and not problems and loaded.graph.components:
        results = _judge(prepared, loaded.graph, policies, request.as_of, progress)
        problems = _nothing_judged(results, loaded)
    return _report(request, prepared, loaded, results, problems, policies)


def _judge(
    prepared: Prepared, graph: Graph, policies: tuple[Policy, ...], as_of: date, progress: Progress
) -> tuple[PolicyResult, ...]:
    evaluator = Evaluator(graph, prepared.vocabulary, as_of)
    results = []
    for number, policy in enumerate(policies):
        progress("judging", number, len(policies))
        results.append(evaluator.evaluate(policy))
    progress("judging", len(policies), len(policies))
    return tuple(results)


def _nothing_judged(results: tuple[PolicyResult, ...], loaded: Loaded) -> tuple[Problem, ...]:
    """A run in which no policy had anything to judge has shown nothing."""
    if any(result.subjects for result in results):
        return ()
    file = loaded.files[0]
    message = "no policy has anything to judge here; ask for other policies, or declare what they are about"
    return (Problem(Location(file.origin, file.path, 1, 1, 1, 1), "nothing-judged", message),)


def _report(
    request: CheckRequest,
    prepared: Prepared,
    loaded: Loaded,
    results: tuple[PolicyResult, ...],
    problems: tuple[Problem, ...],
    policies: tuple[Policy, ...],
) -> Report:
    fail_on = request.fail_on or prepared.settings.fail_on
    graph = loaded.graph
    counts = Counts(
        files=len(loaded.files),
        components=len(graph.components) if graph else 0,
        links=len(graph.edges) if graph else 0,
        policies=len(policies),
    )
    files = (*prepared.files, *loaded.files)
    return Report(
        version=__version__,
        verdict=_verdict(results, problems, fail_on),
        source=prepared.listing.source,
        root=prepared.root.name,
        as_of=request.as_of,
        fail_on=fail_on,
        packs=tuple((pack.name, pack.version) for pack in prepared.plan.packs),
        counts=counts,
        results=results,
        problems=tuple(sorted(problems)),
        texts={(file.origin, file.path): file.content for file in files},
        declared_absence=loaded.absence,
        misused=bool(prepared.misuse or loaded.misuse),
        judged_all=not request.policies,
        policies=policies,
        prefix=below_top(prepared.root),
    )


def _verdict(results: tuple[PolicyResult, ...], problems: tuple[Problem, ...], fail_on: Severity) -> Verdict:
    if problems:
        return "incomplete"
    # Findings too many to list count as the gravest that their policy can give.
    grave = any(
        (result.unlisted and result.gravest >= fail_on) or any(finding.severity >= fail_on for finding in result.findings)
        for result in results
    )
    return "fail" if grave else "pass"
