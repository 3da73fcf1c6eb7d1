"""The tool against the oracles, batch by batch.

A case is one world and one policy. A batch judges every policy over several worlds at once, put side by side under names of
their own, so that compiling and linking are paid once; what the tool then says about each is held against what oracles say about
it alone.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.oracle import by_clingo, by_listing, by_networkx
from tests.oracle.generator import random_world
from tests.oracle.judged import Tool
from tests.oracle.naive import Answer, Naive
from tests.oracle.rules import RULES, Rule
from tests.oracle.worlds import World, name_of, union

ISLANDS = 10
NETWORKX_EVERY = 6
CLINGO_EVERY = 12


@dataclass(frozen=True)
class Disagreement:
    """A world and a policy that the tool and an oracle read differently."""

    seed: int
    rule: Rule
    oracle: str
    world: World
    tool: object
    expected: object

    def __str__(self) -> str:
        return f"{self.oracle}, seed {self.seed}, {self.rule.name}: {self.tool} is not {self.expected}\n{self.world.text()}"


@dataclass
class Tally:
    """What a run of batches came to."""

    cases: int = 0
    failing: int = 0
    by_oracle: Counter[str] = field(default_factory=Counter)
    failing_by_rule: Counter[str] = field(default_factory=Counter)
    clear_by_rule: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def failing_share(self) -> float:
        """The share of cases with at least one finding."""
        return self.failing / self.cases

    def note(self, rule: Rule, answer: Answer) -> None:
        """Count a case."""
        self.cases += 1
        self.failing += bool(answer)
        (self.failing_by_rule if answer else self.clear_by_rule)[rule.name] += 1


def cases_a_batch(rules: tuple[Rule, ...] = RULES) -> int:
    """How many cases a batch is."""
    return sum(1 if rule.is_about_groups else ISLANDS for rule in rules)


def island_seed(batch: int, number: int) -> int:
    """The seed of one world of a batch."""
    return batch * ISLANDS + number


def run_batch(batch: int, tally: Tally, rules: tuple[Rule, ...] = RULES) -> None:
    """Judge every rule over the worlds of a batch."""
    islands = [random_world(Random(island_seed(batch, number)), f"i{number}-") for number in range(ISLANDS)]  # noqa: S311
    together = union(islands)
    tool, naive = Tool(together), [Naive(world) for world in islands]
    whole = Naive(together)
    for rule in rules:
        told = tool.answer(rule)
        if rule.is_about_groups:
            expected = whole.judge(rule)
            tally.note(rule, expected)
            if told != expected:
                tally.disagreements.append(Disagreement(batch, rule, "naive", together, told, expected))
            continue
        shared = _by_island(told)
        for number, one in enumerate(naive):
            found = shared.get(f"i{number}", {})
            tally.note(rule, found)
            for oracle, answer in _answers(batch, one, rule):
                tally.by_oracle[oracle] += 1
                same = set(found) == answer if isinstance(answer, set) else found == answer
                if not same:
                    tally.disagreements.append(Disagreement(batch, rule, oracle, one.world, found, answer))


def _answers(batch: int, naive: Naive, rule: Rule) -> Iterator[tuple[str, Answer | set[tuple[str, str]]]]:
    """What each oracle says; networkx and clingo take longer, so they are asked less often."""
    yield "naive", naive.judge(rule)
    if rule.verb == "must":
        return
    if by_listing.can(rule) and by_listing.is_small(naive):
        yield "listing", by_listing.answer(naive, rule)
    if batch % NETWORKX_EVERY == 0:
        yield "networkx", by_networkx.answer(naive, rule)
    if batch % CLINGO_EVERY == 0 and by_clingo.can(rule):
        yield "clingo", by_clingo.answer(naive, rule)


def _by_island(told: Answer) -> dict[str, Answer]:
    shared: dict[str, Answer] = {}
    for ends, length in told.items():
        shared.setdefault(name_of(ends[0]).partition("-")[0], {})[ends] = length
    return shared
