"""`shipcheck why`: the result of path policies for two components, and why."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shipcheck import __version__
from shipcheck.english import listed
from shipcheck.errors import UsageError
from shipcheck.evaluate.pair_explainer import PairExplainer
from shipcheck.graph.graph import Graph
from shipcheck.model.document import File, texts_of
from shipcheck.model.policy import MustNotReach, MustReach, Policy
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult
from shipcheck.model.why import Answer, WhyReport
from shipcheck.pipeline.apply_waivers import apply_waivers, invalid_waivers
from shipcheck.pipeline.comparison import Compared
from shipcheck.pipeline.load import load
from shipcheck.pipeline.lookup import find_component, select_policies
from shipcheck.pipeline.prepare import Prepared, Progress, no_progress, prepare
from shipcheck.pipeline.state import WORKTREE, State


@dataclass(frozen=True, slots=True)
class WhyRequest:
    """The arguments of the command: two components as typed. `policies` empty means all path policies."""

    start: str
    end: str
    path: Path | None
    as_of: date
    policies: tuple[str, ...] = ()
    state: State = WORKTREE


def why(request: WhyRequest, progress: Progress = no_progress) -> WhyReport:
    """Judge two components by every path policy.

    Raises:
        UsageError: the path is not a folder, no git repository has the state, a component or policy does not exist, or a policy
            is not a path policy.
        CannotJudgeError: the files cannot be listed, or the graph exceeds the limits of a run.
    """
    prepared = prepare(request.path, request.state, request.as_of)
    broken = prepared.settings_problems or prepared.other_problems
    policies = () if broken else _path_policies(prepared, request.policies)
    loaded = load(prepared, progress)
    problems = (*prepared.problems, *loaded.every_problem)
    if loaded.graph is not None and not problems:
        problems = invalid_waivers(prepared, None, loaded.graph, request.as_of)
    files = (*prepared.files, *loaded.files)
    settings_invalid = bool(prepared.settings_problems)
    if loaded.graph is None or problems:
        return _report(request, prepared, (request.start, request.end), (), problems, files, settings_invalid=settings_invalid)
    ends = find_component(loaded.graph, request.start), find_component(loaded.graph, request.end)
    answers = _answers(prepared, loaded.graph, policies, ends, request.as_of)
    answers = _waived(prepared, loaded.graph, answers, request.as_of)
    names = str(loaded.graph.reference(ends[0])), str(loaded.graph.reference(ends[1]))
    return _report(request, prepared, names, answers, (), files, settings_invalid=settings_invalid)


def _path_policies(prepared: Prepared, names: tuple[str, ...]) -> tuple[Policy, ...]:
    policies = select_policies(prepared.plan, names)
    path_policies = tuple(policy for policy in policies if isinstance(policy.verb, MustReach | MustNotReach))
    others = [policy.name for policy in policies if policy not in path_policies]
    if names and others:
        raise UsageError(f"{listed(others, 'and')} is not a path policy; select a policy with must_reach or must_not_reach")
    return path_policies


def _answers(
    prepared: Prepared, graph: Graph, policies: tuple[Policy, ...], ends: tuple[int, int], as_of: date
) -> tuple[Answer, ...]:
    explainer = PairExplainer(graph, prepared.vocabulary, as_of)
    return tuple(explainer.answer(policy, *ends) for policy in policies)


def _waived(prepared: Prepared, graph: Graph, answers: tuple[Answer, ...], as_of: date) -> tuple[Answer, ...]:
    """The answers with the state of their findings' waivers."""
    failing = [(answer, answer.finding) for answer in answers if answer.finding is not None]
    results = tuple(PolicyResult(answer.policy, "fail", 1, 1, (finding,)) for answer, finding in failing)
    applied, _ = apply_waivers(prepared, None, graph, Compared(results), as_of)
    judged = {result.policy: result.findings[0] for result in applied}
    return tuple(replace(answer, finding=judged.get(answer.policy)) for answer in answers)


def _report(  # noqa: PLR0913 - the parts of one report
    request: WhyRequest,
    prepared: Prepared,
    names: tuple[str, str],
    answers: tuple[Answer, ...],
    problems: tuple[Problem, ...],
    files: tuple[File, ...],
    *,
    settings_invalid: bool,
) -> WhyReport:
    return WhyReport(
        version=__version__,
        start=names[0],
        end=names[1],
        as_of=request.as_of,
        packs=tuple((pack.name, pack.version) for pack in prepared.plan.packs),
        answers=answers,
        problems=tuple(sorted(problems)),
        texts=texts_of(files),
        settings_invalid=settings_invalid,
    )
