"""The tool's own judgement of a world, through its real reader, validator, linker, compiler and evaluator."""

import os
from functools import cache

from tests.oracle.naive import Rule
from tests.oracle.worlds import World
from tests.support.worlds import TODAY, graph_of, policy_of, vocabulary

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.evaluate.paths import PathSearch
from shipcheck.evaluate.world import World as ToolWorld
from shipcheck.model.finding import Finding
from shipcheck.model.policy import EachComponent, MustNotReach, Policy

WORLDS = int(os.environ.get("SHIPCHECK_WORLDS", "0"))


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


Step = tuple[str, str, str]


def walks(world: World, *rules: Rule) -> list[dict[tuple[str, str], list[Step]]]:
    """For each rule the pairs that an open walk joins, and that walk as (from, link, to): what findings are made of."""
    graph = graph_of(world.text())
    tool = ToolWorld(graph, vocabulary(), TODAY)
    search = PathSearch(tool)

    def step(taken: tuple[int, int, int]) -> Step:
        source, number, target = taken
        return str(graph.reference(source)), graph.edges[number].link, str(graph.reference(target))

    found = []
    for rule in rules:
        policy = compiled(rule)
        assert isinstance(policy.subject, EachComponent)
        assert isinstance(policy.verb, MustNotReach)
        reached = search.must_not_reach(tool.candidates(policy.subject.selector), policy.verb)
        joined = {
            (str(graph.reference(walk.subject)), str(graph.reference(walk.target))): [step(taken) for taken in walk.steps]
            for walk in reached.walks
        }
        assert len(joined) == len(reached.walks)
        found.append(joined)
    return found
