"""Policies judged over one graph, one after the other."""

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult
from shipcheck.pipeline.prepare import Progress
from shipcheck.pipeline.upstream_findings import UpstreamFindings, reached_by_live_use_cases


def judge(
    evaluator: Evaluator, policies: tuple[Policy, ...], progress: Progress, own: UpstreamFindings | None = None
) -> tuple[PolicyResult, ...]:
    """The result of each policy, in their order, without the findings that `own` leaves to pack authors.

    Raises:
        CannotJudgeError: the graph exceeds the limits of a run.
    """
    results = []
    reached = reached_by_live_use_cases(evaluator.view.graph) if own is not None and own.has_components else frozenset()
    for number, policy in enumerate(policies):
        progress("judging", number, len(policies))
        result = evaluator.evaluate(policy)
        results.append(own.without(result, policy, reached) if own else result)
    progress("judging", len(policies), len(policies))
    return tuple(results)
