"""The tool's own judgement, through its real reader, validator, linker, compiler and evaluator."""

from functools import cache

from tests.oracle.naive import Answer
from tests.oracle.rules import Rule
from tests.oracle.worlds import World
from tests.support.worlds import TODAY, graph_of, policy_of, vocabulary

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.evaluate.failures import Failure
from shipcheck.evaluate.must_not_reach import OpenPath
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Policy

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


def findings(world: World, *rules: Rule) -> list[tuple[Finding, ...]]:
    """The findings of each rule over a world in one file."""
    return judged({"shipcheck.yaml": world.text()}, rules)


def findings_since(base: World | None, world: World, rule: Rule) -> tuple[Finding, ...]:
    """The findings of a rule over a world that came from another, where the rule looks back."""
    before = graph_of(base.text()) if base is not None else None
    return Evaluator(graph_of(world.text()), vocabulary(), TODAY, before).evaluate(compiled(rule)).findings


class Tool:
    """The tool over one world, and the one before it where there is one; it judges, and explains nothing."""

    def __init__(self, world: World, base: World | None = None) -> None:
        before = graph_of(base.text()) if base is not None else None
        self._evaluator = Evaluator(graph_of(world.text()), vocabulary(), TODAY, before)
        graph = self._evaluator.view.graph
        self._names = [str(component.reference) for component in graph.components]
        self._links = [edge.link for edge in graph.edges]

    def walks(self, rule: Rule) -> Walks:
        """The pairs that an open walk joins, and that walk as (from, link, to): what findings are made of."""
        return {self._ends(failure): self._steps(failure) for failure in self._failures(rule)}

    def answer(self, rule: Rule) -> Answer:
        """Every finding of the rule, as the naive reading gives it: subject, target and length of the walk."""
        return {self._ends(failure): len(self._steps(failure)) for failure in self._failures(rule)}

    def _failures(self, rule: Rule) -> tuple[Failure, ...]:
        judgement = self._evaluator.judge.judge(self._evaluator.compiler.compile(compiled(rule)))
        assert not judgement.unlisted
        assert len({self._ends(failure) for failure in judgement.failures}) == len(judgement.failures)
        return judgement.failures

    def _ends(self, failure: Failure) -> tuple[str, str]:
        trace = failure.trace
        return failure.subject.text, self._names[trace.target] if isinstance(trace, OpenPath) else ""

    def _steps(self, failure: Failure) -> list[Step]:
        steps = failure.trace.hops if isinstance(failure.trace, OpenPath) else ()
        return [(self._names[source], self._links[number], self._names[target]) for source, number, target in steps]


def walks(world: World, *rules: Rule) -> list[Walks]:
    """For each rule the pairs that an open walk joins, each with its walk."""
    tool = Tool(world)
    return [tool.walks(rule) for rule in rules]
