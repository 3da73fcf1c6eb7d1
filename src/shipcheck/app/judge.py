"""Policies judged over one graph, one after the other."""

from shipcheck.app.prepare import Progress
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult


def judge(evaluator: Evaluator, policies: tuple[Policy, ...], progress: Progress) -> tuple[PolicyResult, ...]:
    """How each policy comes out.

    Raises:
        CannotJudgeError: the graph asks for more work than the limits allow.
    """
    results = []
    for number, policy in enumerate(policies):
        progress("judging", number, len(policies))
        results.append(evaluator.evaluate(policy))
    progress("judging", len(policies), len(policies))
    return tuple(results)
