"""A plan judged over a graph, with every finding explained."""

from datetime import date

from shipcheck.evaluate.failures import Judge
from shipcheck.evaluate.findings import Findings
from shipcheck.evaluate.world import World
from shipcheck.graph.graph import Graph
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult, Result
from shipcheck.model.traverse import reads_base
from shipcheck.vocabulary.vocabulary import Vocabulary

# Explaining is dear, and nobody reads so many. Each policy may have a few explained, whatever the others have used up.
_MOST_EXPLAINED = 6000
_FEWEST_EXPLAINED = 20


class Evaluator:
    """Judges policies over one graph on one day; `base` is the graph of the revision that the head is compared with."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date, base: Graph | None = None) -> None:
        self.world = World(graph, vocabulary, today, base)
        self.judge = Judge(self.world)
        self._findings = Findings(self.world, self.judge)
        self._explained_left = _MOST_EXPLAINED

    def evaluate_alone(self, policy: Policy) -> PolicyResult:
        """How one policy comes out in a run of its own: what others have used up of the limits does not count.

        Raises:
            CannotJudgeError: the graph asks for more work than the limits allow.
        """
        self.world.meter.fill()
        self._explained_left = _MOST_EXPLAINED
        return self.evaluate(policy)

    def evaluate(self, policy: Policy) -> PolicyResult:
        """How one policy comes out: a policy that matches nothing, or needs a base and has none, is not applicable, never passed.

        Raises:
            CannotJudgeError: the graph asks for more work than the limits allow.
        """
        gravest = policy.weighed(policy.severity[0].severity)
        if reads_base(policy) and not self.world.has_base:
            return PolicyResult(policy.name, "not_applicable", 0, 0, (), 0, gravest)
        judgement = self.judge.judge(policy)
        most = max(self._explained_left, _FEWEST_EXPLAINED)
        listed = judgement.failures[:most]
        self._explained_left -= len(listed)
        findings = self._findings.explain(policy, listed)
        unlisted = judgement.unlisted + len(judgement.failures) - len(listed)
        word: Result = "fail" if judgement.failed else "pass" if judgement.subjects else "not_applicable"
        return PolicyResult(policy.name, word, judgement.subjects, judgement.failed, findings, unlisted, gravest)
