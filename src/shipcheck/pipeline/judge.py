"""Policies judged over one graph, one after the other."""

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult
from shipcheck.pipeline.prepare import Progress
from shipcheck.pipeline.upstream import PacksOwn


def judge(
    evaluator: Evaluator, policies: tuple[Policy, ...], progress: Progress, own: PacksOwn | None = None
) -> tuple[PolicyResult, ...]:
    """How each policy comes out, without what is for the makers of packs, where there are any.

    Raises:
        CannotJudgeError: the graph asks for more work than the limits allow.
    """
    results = []
    for number, policy in enumerate(policies):
        progress("judging", number, len(policies))
        result = evaluator.evaluate(policy)
        results.append(own.without(result, policy) if own else result)
    progress("judging", len(policies), len(policies))
    return tuple(results)
