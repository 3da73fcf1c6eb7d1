"""The bank of wrong engines: how many random cases each of them survives."""

from functools import cache
from random import Random

from tests.oracle import wrong_changes, wrong_conditions, wrong_floors, wrong_gates, wrong_walks
from tests.oracle.generator import random_world, revisions
from tests.oracle.naive import Key, Naive
from tests.oracle.rules import CHANGES, RULES, Rule
from tests.oracle.worlds import World
from tests.support.cases import seeds

WRONG = (*wrong_walks.WRONG, *wrong_gates.WRONG, *wrong_conditions.WRONG, *wrong_floors.WRONG, *wrong_changes.WRONG)
BY_NAME = {engine.__name__: engine for engine in WRONG}
JUDGED = (*CHANGES, *RULES)
BUDGET = 20_000
WORLDS = BUDGET // len(JUDGED)
Verdict = dict[Key, str]


def verdict(naive: Naive, rule: Rule) -> Verdict:
    """What an engine says: each finding with its severity."""
    return {key: naive.severity(rule, key) if "each" in rule.data else "" for key in naive.judge(rule)}


@cache
def worlds_of(seed: int, rule: Rule) -> tuple[World, World | None]:
    """The world that all engines are tried on with a rule, and the one before it where the rule looks there."""
    return _revisions(seed) if rule in CHANGES else (_world(seed), None)


@cache
def _world(seed: int) -> World:
    return random_world(Random(seed))  # noqa: S311 - a world, not a secret


@cache
def _revisions(seed: int) -> tuple[World, World]:
    base, head = revisions(Random(seed))  # noqa: S311
    return head, base


class Trial:
    """One engine over the worlds of one seed."""

    def __init__(self, engine: type[Naive], seed: int) -> None:
        self._engine = engine
        self._seed = seed
        self._made: dict[bool, Naive] = {}

    def verdict(self, rule: Rule) -> Verdict:
        """What the engine says about a rule."""
        looks_back = rule in CHANGES
        if looks_back not in self._made:
            self._made[looks_back] = self._engine(*worlds_of(self._seed, rule))
        return verdict(self._made[looks_back], rule)


@cache
def _right(seed: int) -> Trial:
    return Trial(Naive, seed)


@cache
def right(seed: int, rule: Rule) -> Verdict:
    """What is right."""
    return _right(seed).verdict(rule)


def survives(wrong: type[Naive]) -> tuple[int, int, Rule] | None:
    """How many cases a wrong engine survives, the seed that kills it and the rule; None where the budget does not kill it."""
    return _life(wrong.__name__)


@cache
def _life(name: str) -> tuple[int, int, Rule] | None:
    tried = 0
    for seed in seeds(WORLDS):
        engine = Trial(BY_NAME[name], seed)
        for rule in JUDGED:
            tried += 1
            if engine.verdict(rule) != right(seed, rule):
                return tried, seed, rule
    return None
