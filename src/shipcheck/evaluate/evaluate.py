"""A plan judged over a graph, with every finding explained."""

from dataclasses import replace
from datetime import date

from shipcheck.evaluate.compiled_policy import PolicyCompiler
from shipcheck.evaluate.failures import MOST_EXPLAINED, Judge, Judgement
from shipcheck.evaluate.findings import FindingBuilder
from shipcheck.evaluate.graph_view import GraphView, work_limit
from shipcheck.evaluate.head_and_base import join
from shipcheck.evaluate.meter import SpentError
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import Pair
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult, Result
from shipcheck.vocabulary.vocabulary import Vocabulary


class Evaluator:
    """Judges policies over one graph on one date; `base` is the graph of the revision that the head is compared with.

    `choice` is which component of the base counts for one that was several, from 0. `found` are the pairs of the two, where they
    are known already.
    """

    def __init__(
        self,
        graph: Graph,
        vocabulary: Vocabulary,
        today: date,
        base: Graph | None = None,
        choice: int = 0,
        found: tuple[Pair, ...] | None = None,
    ) -> None:
        self.view = GraphView(graph, vocabulary, today, None if base is None else join(graph, base, vocabulary, choice, found))
        self.compiler = PolicyCompiler(self.view)
        self.judge = Judge(self.view)

    def evaluate(self, policy: Policy, most_explained: int | None = None) -> PolicyResult:
        """How one policy comes out: one that matches nothing, or needs a base and has none, is not applicable, never passed.

        The first `most_explained` findings are explained, or as many as usual. What other policies have cost does not count.

        Raises:
            WorkLimitError: the policy needs more work over this graph than one may have.
        """
        highest = policy.weighed(policy.severity[0].severity)
        compiled = self.compiler.compile(policy)
        if compiled.lacks_base:
            return PolicyResult(policy.name, "not_applicable", 0, 0, (), 0, highest)
        self.view.meter.reset()
        try:
            judgement = _listable(self.judge.judge(compiled))
            builder = FindingBuilder(compiled, self.judge.open_paths)
            findings = builder.findings(judgement, most_explained) if judgement.failures else ()
            if judgement.unlisted:
                highest = builder.highest_severity(judgement)
        except SpentError as spent:
            raise work_limit(self.view, policy, spent) from spent
        word: Result = "fail" if judgement.failed else "pass" if judgement.subjects else "not_applicable"
        return PolicyResult(policy.name, word, judgement.subjects, judgement.failed, findings, judgement.unlisted, highest)


def _listable(judgement: Judgement) -> Judgement:
    """What is listed: everything, or where that is too much, only what is explained. The rest is counted."""
    left = len(judgement.failures) - MOST_EXPLAINED
    if not judgement.unlisted or left <= 0:
        return judgement
    return replace(judgement, failures=judgement.failures[:MOST_EXPLAINED], unlisted=judgement.unlisted + left)
