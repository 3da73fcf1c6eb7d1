"""The bank of wrong engines: how many random cases each of them survives."""

from functools import cache
from itertools import product
from random import Random

from tests.oracle import wrong_conditions, wrong_gates, wrong_walks
from tests.oracle.generator import random_world
from tests.oracle.naive import Key, Naive
from tests.oracle.rules import AHEAD, RULES, Rule
from tests.oracle.worlds import World

WRONG = (*wrong_walks.WRONG, *wrong_gates.WRONG, *wrong_conditions.WRONG)
JUDGED = (*RULES, *AHEAD)
BUDGET = 20_000
WORLDS = BUDGET // len(JUDGED)
Verdict = dict[Key, str]


def verdict(naive: Naive, rule: Rule) -> Verdict:
    """What an engine says: each finding with its severity."""
    return {key: naive.severity(rule, key) if "each" in rule.data else "" for key in naive.judge(rule)}


@cache
def world_of(seed: int) -> World:
    """A world that all engines are tried on."""
    return random_world(Random(seed))  # noqa: S311 - a world, not a secret


@cache
def _right(seed: int) -> Naive:
    return Naive(world_of(seed))


@cache
def right(seed: int, rule: Rule) -> Verdict:
    """What is right."""
    return verdict(_right(seed), rule)


def survives(wrong: type[Naive]) -> tuple[int, int, Rule] | None:
    """How many cases a wrong engine survives, the seed that kills it and the rule; None where the budget does not kill it."""
    tried = 0
    for seed in range(WORLDS):
        engine = wrong(world_of(seed))
        for rule in JUDGED:
            tried += 1
            if verdict(engine, rule) != right(seed, rule):
                return tried, seed, rule
    return None


def killers(wrong: type[Naive], rules: set[str]) -> list[tuple[World, Rule]]:
    """A case of one of these rules that kills a wrong engine; empty where the budget has none."""
    for seed, rule in product(range(WORLDS), JUDGED):
        if rule.name in rules and verdict(wrong(world_of(seed)), rule) != right(seed, rule):
            return [(world_of(seed), rule)]
    return []
