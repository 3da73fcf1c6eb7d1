"""A plan judged over a graph, with every finding explained."""

from datetime import date

from shipcheck.evaluate.compiled_policy import PolicyCompiler
from shipcheck.evaluate.failures import Judge
from shipcheck.evaluate.findings import FindingBuilder
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.graph.graph import Graph
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult, Result
from shipcheck.vocabulary.vocabulary import Vocabulary

# Explaining is expensive. Each policy may have a few findings explained, however many the policies before it had.
_MOST_EXPLAINED = 6000
_FEWEST_EXPLAINED = 20


class Evaluator:
    """Judges policies over one graph on one date; `base` is the graph of the revision that the head is compared with.

    `choice` is which component of the base counts for one that was several, from 0.
    """

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date, base: Graph | None = None, choice: int = 0) -> None:
        self.view = GraphView(graph, vocabulary, today, base, choice)
        self.compiler = PolicyCompiler(self.view)
        self.judge = Judge(self.view)
        self._explained_left = _MOST_EXPLAINED

    def evaluate_alone(self, policy: Policy) -> PolicyResult:
        """How one policy comes out in a run of its own: what others have spent of the limits does not count.

        Raises:
            CannotJudgeError: the graph needs more work than the limits allow.
        """
        self.view.meter.reset()
        self._explained_left = _MOST_EXPLAINED
        return self.evaluate(policy)

    def evaluate(self, policy: Policy) -> PolicyResult:
        """How one policy comes out: one that matches nothing, or needs a base and has none, is not applicable, never passed.

        Raises:
            CannotJudgeError: the graph needs more work than the limits allow.
        """
        highest = policy.weighed(policy.severity[0].severity)
        compiled = self.compiler.compile(policy)
        if compiled.lacks_base:
            return PolicyResult(policy.name, "not_applicable", 0, 0, (), 0, highest)
        judgement = self.judge.judge(compiled)
        most = max(self._explained_left, _FEWEST_EXPLAINED)
        listed = judgement.failures[:most]
        self._explained_left -= len(listed)
        findings = FindingBuilder(compiled, self.judge.open_paths).findings(listed) if listed else ()
        unlisted = judgement.unlisted + len(judgement.failures) - len(listed)
        word: Result = "fail" if judgement.failed else "pass" if judgement.subjects else "not_applicable"
        return PolicyResult(policy.name, word, judgement.subjects, judgement.failed, findings, unlisted, highest)
