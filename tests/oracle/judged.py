"""The tool's own judgement, through its real reader, validator, linker, compiler and evaluator."""

from functools import cache

from tests.oracle.naive import Answer
from tests.oracle.rules import Rule
from tests.oracle.worlds import World
from tests.support.worlds import TODAY, graph_of, policy_of, vocabulary

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.evaluate.paths import PathSearch
from shipcheck.evaluate.world import World as ToolWorld
from shipcheck.model.finding import Finding
from shipcheck.model.policy import EachComponent, MustNotReach, Policy

Step = tuple[str, str, str]
Walks = dict[tuple[str, str], list[Step]]


@cache
def compiled(rule: Rule) -> Policy:
    """The policy of a rule."""
    return policy_of(rule.text)


def judged(files: dict[str, str], rules: tuple[Rule, ...]) -> list[tuple[Finding, ...]]:
    """The findings of each rule over manifest files."""
    evaluator = Evaluator(graph_of(files), vocabulary(), TODAY)
    return [evaluator.evaluate(compiled(rule)).findings for rule in rules]


def findings_since(base: World | None, world: World, rule: Rule) -> tuple[Finding, ...]:
    """The findings of a rule over a world that came from another, where the rule looks back."""
    before = (graph_of(base.text()),) if base is not None else ()
    return Evaluator(graph_of(world.text()), vocabulary(), TODAY, *before).evaluate(compiled(rule)).findings


def findings(world: World, *rules: Rule) -> list[tuple[Finding, ...]]:
    """The findings of each rule over a world in one file."""
    return judged({"shipcheck.yaml": world.text()}, rules)


class Tool:
    """The tool over one world, asked for as little as a rule allows."""

    def __init__(self, world: World) -> None:
        self._graph = graph_of(world.text())
        self._evaluator = Evaluator(self._graph, vocabulary(), TODAY)
        self._world = ToolWorld(self._graph, vocabulary(), TODAY)
        self._search = PathSearch(self._world)

    def walks(self, rule: Rule) -> Walks:
        """The pairs that an open walk joins, and that walk as (from, link, to): what findings are made of."""
        policy, graph = compiled(rule), self._graph
        assert isinstance(policy.subject, EachComponent)
        assert isinstance(policy.verb, MustNotReach)
        reached = self._search.must_not_reach(self._world.candidates(policy.subject.selector), policy.verb)
        assert not reached.unlisted
        names = [str(component.reference) for component in graph.components]
        joined = {
            (names[walk.subject], names[walk.target]): [
                (names[source], graph.edges[number].link, names[target]) for source, number, target in walk.steps
            ]
            for walk in reached.walks
        }
        assert len(joined) == len(reached.walks)
        return joined

    def answer(self, rule: Rule) -> Answer:
        """Every finding of the rule, as the naive reading gives it: subject, target and length of the walk."""
        if rule.verb == "must_not_reach":
            return {ends: len(steps) for ends, steps in self.walks(rule).items()}
        result = self._evaluator.evaluate(compiled(rule))
        assert not result.unlisted
        assert result.failed == len(result.findings)
        return dict.fromkeys(((found.subject, found.target or "") for found in result.findings), 0)


def walks(world: World, *rules: Rule) -> list[Walks]:
    """For each rule the pairs that an open walk joins, each with its walk."""
    tool = Tool(world)
    return [tool.walks(rule) for rule in rules]
