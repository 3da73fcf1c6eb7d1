"""Policies judged over one graph, one after the other."""

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.limit import WORK_LIMIT, WorkLimitError
from shipcheck.model.policy import Policy
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult
from shipcheck.pipeline.comparison import Compared, StoppedError
from shipcheck.pipeline.prepare import Progress
from shipcheck.pipeline.upstream_findings import UpstreamFindings, reached_by_live_use_cases


def judge(
    evaluator: Evaluator,
    policies: tuple[Policy, ...],
    progress: Progress,
    own: UpstreamFindings | None = None,
    most_explained: int | None = None,
) -> tuple[PolicyResult, ...]:
    """The result of each policy, in their order, without the findings that `own` leaves to pack authors.

    Of each policy the first `most_explained` findings are explained, or as many as usual.

    Raises:
        StoppedError: policies exceed the limit of their work, each a problem; the others are judged.
    """
    results, problems = [], []
    reached = reached_by_live_use_cases(evaluator.view.graph) if own is not None and own.has_components else frozenset()
    for number, policy in enumerate(policies):
        progress("judging", number, len(policies))
        try:
            result = evaluator.evaluate(policy, most_explained)
            results.append(own.without(result, policy, reached) if own else result)
        except WorkLimitError as limit:
            problems.append(Problem(limit.place, WORK_LIMIT, str(limit)))
    progress("judging", len(policies), len(policies))
    if problems:
        raise StoppedError(tuple(problems), Compared(tuple(results), judged=policies))
    return _united(results)


def _united(results: list[PolicyResult]) -> tuple[PolicyResult, ...]:
    """One result for each policy; a root below the top of a repository can have two versions of one."""
    if len({result.policy for result in results}) == len(results):
        return tuple(results)
    from shipcheck.compare.introduced import unite  # noqa: PLC0415 - few repositories have roots

    united: tuple[PolicyResult, ...] = ()
    for result in results:
        united = unite(united, (result,))
    return united
