"""Policies judged over one graph, one after the other."""

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult
from shipcheck.pipeline.prepare import Progress
from shipcheck.pipeline.upstream_findings import UpstreamFindings


def judge(
    evaluator: Evaluator, policies: tuple[Policy, ...], progress: Progress, own: UpstreamFindings | None = None
) -> tuple[PolicyResult, ...]:
    """The result of each policy, in their order, without the findings that `own` leaves to pack authors.

    Raises:
        CannotJudgeError: the graph exceeds the limits of a run.
    """
    results = []
    for number, policy in enumerate(policies):
        progress("judging", number, len(policies))
        result = evaluator.evaluate(policy)
        results.append(own.without(result, policy) if own else result)
    progress("judging", len(policies), len(policies))
    return tuple(results)
