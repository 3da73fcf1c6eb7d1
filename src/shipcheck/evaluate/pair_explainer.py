"""Why a policy lets one component reach another, or does not: one subject and one target, judged as a check judges them."""

from dataclasses import replace
from datetime import date

from shipcheck.english import counted
from shipcheck.evaluate.apart import apart
from shipcheck.evaluate.applicability import Scope, Scopes
from shipcheck.evaluate.failures import Failure, Judge
from shipcheck.evaluate.findings import Findings
from shipcheck.evaluate.hops import MOST_SHOWN, Hops
from shipcheck.evaluate.must_not_reach import OpenWalk
from shipcheck.evaluate.must_reach import ReachSearch
from shipcheck.evaluate.open_paths import Openings
from shipcheck.evaluate.reasons import Blame
from shipcheck.evaluate.separating_gates import Separations
from shipcheck.evaluate.world import World
from shipcheck.graph.adjacency import Step
from shipcheck.graph.graph import Graph
from shipcheck.graph.search import OpenHops, distances_to
from shipcheck.graph.through import path_through
from shipcheck.model.finding import Finding
from shipcheck.model.policy import MustNotReach, MustReach, Policy
from shipcheck.model.why import Answer
from shipcheck.vocabulary.vocabulary import Vocabulary

EVERY_WAY = "some walk leads there, and the policy asks that every way out comes to what it asks for"


class Pairs:
    """Answers for pairs of components over one graph on one day."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date) -> None:
        self._world = World(graph, vocabulary, today)
        self._judge = Judge(self._world)
        self._reach = ReachSearch(self._world)
        self._findings = Findings(self._world, self._judge)
        blame = Blame(self._world)
        self._hops = Hops(self._world, blame)
        self._scopes = Scopes(self._world, blame)
        self._openings = Openings(self._world, self._judge.paths, self._hops)
        self._separations = Separations(self._world, self._judge.paths, self._hops)

    def answer(self, policy: Policy, start: int, end: int) -> Answer:
        """How a policy comes out for a subject and a target, and why.

        Raises:
            CannotJudgeError: the graph asks for more work than the limits allow.
        """
        scope = self._scopes.of(policy, start, end)
        if scope.left_out:
            return Answer(policy.name, policy.title, "not_applicable", "left_out", scope.left_out, reasons=scope.reasons)
        if isinstance(policy.verb, MustNotReach):
            return self._must_not_reach(policy, policy.verb, (start, end), scope)
        if isinstance(policy.verb, MustReach):
            return self._must_reach(policy, policy.verb, (start, end), scope)
        raise TypeError(f"{policy.name} is not about walks")  # pragma: no cover - its scope says so

    def _must_not_reach(self, policy: Policy, verb: MustNotReach, pair: tuple[int, int], scope: Scope) -> Answer:
        shortest = self._openings.shortest(verb, *pair)
        if shortest is not None:
            return self._open(policy, verb, shortest, scope)
        if not self._plain(verb, pair, verb.within):
            return self._no_walk(policy, verb, pair, scope)
        found = self._separations.separate(verb, *pair)
        number = len(found.separating) or len(found.others) + found.more_others
        verbs = ("separates", "separate") if found.is_fewest else ("stands on the walks between", "stand on the walks between")
        text = f"{counted(number, 'gate')} {verbs[number != 1]} {self._named(pair)}"
        return Answer(
            policy.name,
            policy.title,
            "pass",
            "gates",
            text,
            separating=found.separating,
            others=found.others,
            more_others=found.more_others,
            is_fewest=found.is_fewest,
            assumed=scope.assumed,
        )

    def _open(self, policy: Policy, verb: MustNotReach, shortest: OpenWalk, scope: Scope) -> Answer:
        finding = self._finding(policy, Failure(self._judge.subjects.component(shortest.subject), shortest))
        # The walk of the finding is the first of those listed, or too long to show.
        finding = replace(finding, witness=())
        found = self._openings.open(verb, shortest)
        return Answer(
            policy.name,
            policy.title,
            "fail",
            "open_walk",
            finding.headline,
            finding=finding,
            walks=found.walks,
            more_walks=found.more_walks,
            hops=len(shortest.steps),
            unfit=found.unfit,
            more_unfit=found.more_unfit,
            assumed=scope.assumed,
        )

    def _no_walk(self, policy: Policy, verb: MustNotReach, pair: tuple[int, int], scope: Scope) -> Answer:
        text, steps = self._missing_walk(verb, pair)
        answer = Answer(policy.name, policy.title, "pass", "no_walk", text, assumed=scope.assumed)
        return self._with_walk(answer, verb, pair, steps)

    def _with_walk(
        self, answer: Answer, verb: MustReach | MustNotReach, pair: tuple[int, int], steps: tuple[Step, ...]
    ) -> Answer:
        """The answer with the walk that there is, or with how far apart the two are."""
        if not steps:
            return replace(answer, apart=apart(self._world, verb.along, *pair))
        walk = self._hops.walk(steps)
        return replace(answer, walks=(walk,) if walk else (), hops=len(steps))

    def _must_reach(self, policy: Policy, verb: MustReach, pair: tuple[int, int], scope: Scope) -> Answer:
        """A subject passes by any target that it reaches, and fails for all of them."""
        failing, missed = self._reach.must_reach((pair[0],), verb, 1)
        met = self._reaching(verb, pair)
        text, steps = (EVERY_WAY, met) if met else self._missing_walk(verb, pair)
        if failing:
            finding = self._finding(policy, Failure(self._judge.subjects.component(pair[0]), missed[0].lost))
            shown = finding if len(finding.witness) <= MOST_SHOWN else replace(finding, witness=())
            answer = Answer(policy.name, policy.title, "fail", "missed", finding.headline, finding=shown, detail=text)
        elif met:
            text = f"a walk leads from {self._named(pair, ' to ')}, as the policy asks"
            answer = Answer(policy.name, policy.title, "pass", "met", text)
        else:
            text = f"{text}; the policy is content with another component that {self._name(pair[0])} reaches"
            answer = Answer(policy.name, policy.title, "pass", "met_elsewhere", text)
        return self._with_walk(replace(answer, assumed=scope.assumed), verb, pair, steps)

    def _finding(self, policy: Policy, failure: Failure) -> Finding:
        return self._findings.explain(policy, (failure,))[0]

    def _reaching(self, verb: MustReach, pair: tuple[int, int]) -> tuple[Step, ...]:
        """A walk to the target as the policy asks for it; empty where there is none."""
        if verb.through is None:
            return self._plain(verb, pair, verb.within)
        return path_through(*pair, self._reach.passed(verb), verb.within)

    def _plain(self, verb: MustReach | MustNotReach, pair: tuple[int, int], within: int | None) -> tuple[Step, ...]:
        """A shortest walk, whatever stands on it; empty where there is none."""
        near = distances_to((pair[1],), OpenHops(self._world.hops(verb.along)), within)
        self._world.meter.walk(len(near.lengths))
        return tuple(near.shortest_path(pair[0]))

    def _missing_walk(self, verb: MustReach | MustNotReach, pair: tuple[int, int]) -> tuple[str, tuple[Step, ...]]:
        """What keeps every walk from counting, with the shortest that there is."""
        steps = self._plain(verb, pair, None)
        if not steps:
            return f"no walk leads from {self._named(pair, ' to ')}", ()
        if verb.within is not None and len(steps) > verb.within:
            hops = counted(len(steps), "hop")
            text = f"the shortest walk from {self._named(pair, ' to ')} has {hops}, and the policy looks no further"
            return f"{text} than {verb.within}", steps
        return f"no walk from {self._named(pair, ' to ')} passes what the policy asks for", steps

    def _name(self, node: int) -> str:
        return str(self._world.graph.reference(node))

    def _named(self, pair: tuple[int, int], between: str = " and ") -> str:
        return between.join(self._name(node) for node in pair)
