"""Why a policy lets one component reach another, or does not: one subject and one target, judged as a check judges them."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from shipcheck.english import counted
from shipcheck.evaluate.applicability import applicability
from shipcheck.evaluate.compiled_policy import CompiledPolicy, PolicyCompiler, Prohibition
from shipcheck.evaluate.failures import Failure, Trace
from shipcheck.evaluate.findings import FindingBuilder
from shipcheck.evaluate.graph_view import GraphView, work_limit
from shipcheck.evaluate.hops import MOST_SHOWN, HopBuilder
from shipcheck.evaluate.meter import SpentError
from shipcheck.evaluate.must_not_reach import OpenPath, OpenPathSearch
from shipcheck.evaluate.must_reach import ReachSearch
from shipcheck.evaluate.open_paths import OpenPathFinder
from shipcheck.evaluate.reasons import ReasonFinder
from shipcheck.evaluate.separating_gates import SeparationFinder
from shipcheck.evaluate.subjects import Subjects
from shipcheck.graph.adjacency import GraphHop
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.search import OpenHops, distances_to
from shipcheck.graph.through import path_through
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Must, MustNotCycle, MustReach, Policy
from shipcheck.model.why import Answer, Apart
from shipcheck.vocabulary.vocabulary import Vocabulary

MOST_NAMED = 5
EVERY_PATH = "a path leads there, but the policy requires that every path reaches a target"


class PairExplainer:
    """Answers for pairs of components over one graph on one date."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date) -> None:
        self._view = GraphView(graph, vocabulary, today)
        self._compiler = PolicyCompiler(self._view)
        self._search = OpenPathSearch(self._view)

    def answer(self, policy: Policy, start: Node, end: Node) -> Answer:
        """How a policy comes out for `start` as its subject and `end` as its target, and why.

        Raises:
            WorkLimitError: the policy needs more work over this graph than one may have.
            TypeError: the policy is not about paths.
        """
        self._view.meter.reset()
        self._view.meter.at = start
        try:
            return self._answer(policy, start, end)
        except SpentError as spent:
            raise work_limit(self._view, policy, spent) from spent

    def _answer(self, policy: Policy, start: Node, end: Node) -> Answer:
        compiled = self._compiler.compile(policy)
        applies = applicability(compiled, ReasonFinder(compiled), start, end)
        if applies.excluded:
            return Answer(policy.name, policy.title, "not_applicable", "left_out", applies.excluded, reasons=applies.reasons)
        explainer = _Explainer(compiled, self._search, (start, end), applies.assumed)
        match compiled.verb:
            case Prohibition() as prohibition:
                return explainer.must_not_reach(prohibition)
            case MustReach() as verb:
                return explainer.must_reach(verb)
            case Must() | MustNotCycle():  # pragma: no cover - `applicability` raises first
                raise TypeError(f"{policy.name} is not about paths")
            case _:
                assert_never(compiled.verb)


class _Explainer:
    """Explains one policy for one pair, of subject and target."""

    def __init__(
        self,
        compiled: CompiledPolicy,
        search: OpenPathSearch,
        pair: tuple[Node, Node],
        assumed: tuple[str, ...],
    ) -> None:
        self._compiled = compiled
        self._policy = compiled.policy
        self._view = compiled.view
        self._search = search
        self._adjacency = compiled.view.adjacency(compiled.along)
        self._pair = pair
        self._assumed = assumed
        self._hops = HopBuilder(compiled, ReasonFinder(compiled))

    def must_not_reach(self, prohibition: Prohibition) -> Answer:
        verb = prohibition.verb
        finder = OpenPathFinder(self._view, self._search, self._hops, prohibition)
        shortest = finder.shortest(*self._pair)
        if shortest is not None:
            return self._open(finder, shortest)
        if not self._any_path(verb.within):
            text, hops = self._missing_path(verb.within)
            answer = Answer(self._policy.name, self._policy.title, "pass", "no_walk", text, assumed=self._assumed)
            return self._with_path(answer, hops)
        separation = SeparationFinder(self._view, self._hops, prohibition).separation(*self._pair)
        number = len(separation.separating) or len(separation.others) + separation.more_others
        verbs = ("separates", "separate") if separation.is_fewest else ("is on the paths between", "are on the paths between")
        text = f"{counted(number, 'gate')} {verbs[number != 1]} {self._named()}"
        return Answer(
            self._policy.name,
            self._policy.title,
            "pass",
            "gates",
            text,
            separating=separation.separating,
            others=separation.others,
            more_others=separation.more_others,
            is_fewest=separation.is_fewest,
            assumed=self._assumed,
        )

    def _open(self, finder: OpenPathFinder, shortest: OpenPath) -> Answer:
        # The path of the finding is the first of those listed, or too long to show.
        finding = replace(self._finding(shortest), witness=())
        paths = finder.all_of(shortest)
        return Answer(
            self._policy.name,
            self._policy.title,
            "fail",
            "open_walk",
            finding.headline,
            finding=finding,
            paths=paths.paths,
            more_paths=paths.more_paths,
            hops=len(shortest.hops),
            disqualified=paths.disqualified,
            more_disqualified=paths.more_disqualified,
            assumed=self._assumed,
        )

    def must_reach(self, verb: MustReach) -> Answer:
        """A subject passes by any target that it reaches, and fails for all of them."""
        subject, _ = self._pair
        reach = ReachSearch(self._view)
        failing, missed = reach.failing((subject,), verb, 1)
        required = path_through(*self._pair, reach.passed(verb), verb.within) if verb.through else self._any_path(verb.within)
        text, hops = (EVERY_PATH, required) if required else self._missing_path(verb.within)
        if failing:
            finding = self._finding(missed[0].escape)
            shown = finding if len(finding.witness) <= MOST_SHOWN else replace(finding, witness=())
            answer = Answer(self._policy.name, self._policy.title, "fail", "missed", finding.headline, finding=shown, detail=text)
        elif required:
            text = f"a path leads from {self._named(' to ')}, as the policy requires"
            answer = Answer(self._policy.name, self._policy.title, "pass", "met", text)
        else:
            text = f"{text}; another target that {self._name(subject)} reaches satisfies the policy"
            answer = Answer(self._policy.name, self._policy.title, "pass", "met_elsewhere", text)
        return self._with_path(replace(answer, assumed=self._assumed), hops)

    def _finding(self, trace: Trace) -> Finding:
        failure = Failure(Subjects(self._view).component(self._pair[0]), trace)
        return FindingBuilder(self._compiled, self._search).explained(failure)

    def _with_path(self, answer: Answer, hops: tuple[GraphHop, ...]) -> Answer:
        """The answer with the path between the two, or with how far apart they are."""
        if not hops:
            return replace(answer, apart=self._apart())
        path = self._hops.path(hops)
        return replace(answer, paths=(path,) if path else (), hops=len(hops))

    def _apart(self) -> Apart:
        """What the subject reaches, nearest first, and what is one hop before the target."""
        start, end = self._pair
        seen: dict[Node, None] = {}
        queue = [start]
        for node in queue:
            for target, _ in sorted(self._adjacency.onward(node)):
                if target not in seen:
                    seen[target] = None
                    queue.append(target)
        self._view.meter.spend_steps(len(seen))
        leading = sorted({source for source, _ in self._adjacency.into.get(end, ())})
        names = [tuple(self._name(node) for node in nodes[:MOST_NAMED]) for nodes in (list(seen), leading)]
        return Apart(names[0], len(seen), names[1], len(leading))

    def _any_path(self, within: int | None) -> tuple[GraphHop, ...]:
        """A shortest path, past any gates; empty where there is none."""
        distances = distances_to((self._pair[1],), OpenHops(self._adjacency), within)
        self._view.meter.spend_steps(len(distances.lengths))
        return tuple(distances.shortest_path(self._pair[0]))

    def _missing_path(self, within: int | None) -> tuple[str, tuple[GraphHop, ...]]:
        """Why no path counts, with the shortest that there is."""
        hops = self._any_path(None)
        if not hops:
            return f"no path leads from {self._named(' to ')}", ()
        if within is not None and len(hops) > within:
            length = counted(len(hops), "hop")
            return f"the shortest path from {self._named(' to ')} has {length}, more than the policy's limit of {within}", hops
        return f"no path from {self._named(' to ')} passes what the policy requires", hops

    def _name(self, node: Node) -> str:
        return str(self._view.graph.reference(node))

    def _named(self, between: str = " and ") -> str:
        return between.join(self._name(node) for node in self._pair)
