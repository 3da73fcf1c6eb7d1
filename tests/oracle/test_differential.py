"""The tool against the oracles, over a hundred thousand random cases; `dev.py long oracles` judges millions."""

from collections import Counter
from random import Random

import pytest
from tests.oracle import by_clingo, by_listing, by_networkx
from tests.oracle.differential import Tally, cases_a_batch, run_batch
from tests.oracle.generator import random_world, revisions
from tests.oracle.judged import Tool, findings_since
from tests.oracle.naive import Naive
from tests.oracle.rules import CHANGES, RULES, Rule
from tests.oracle.worlds import union
from tests.support.cases import seeds, shards

CASES = 100_000
SHARDS = 16
WORLDS = 100
BATCHES = -(-CASES // SHARDS // cases_a_batch())


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_tool_and_the_oracles_agree(shard: int) -> None:
    tally = Tally()
    for batch in range(shard * BATCHES, (shard + 1) * BATCHES):
        run_batch(batch, tally)
    assert not tally.disagreements, str(tally.disagreements[0])
    assert tally.cases * SHARDS >= CASES
    assert tally.by_oracle["naive"] > tally.by_oracle["listing"] > 0
    assert 0.3 <= tally.failing_share <= 0.7


@shards(4, each=20)
def test_the_tool_and_the_naive_reading_agree_on_what_has_changed(seeds: range) -> None:
    found: Counter[str] = Counter()
    for batch in seeds:
        pairs = [revisions(Random(10 * batch + number), f"i{number}-") for number in range(10)]  # noqa: S311
        tool = Tool(union([after for _, after in pairs]), union([before for before, _ in pairs]))
        naive = [Naive(after, before) for before, after in pairs]
        for rule in CHANGES:
            expected = {key: length for one in naive for key, length in one.judge(rule).items()}
            assert tool.answer(rule) == expected, (batch, rule.name)
            found[rule.name] += len(expected)
    assert min(found[rule.name] for rule in CHANGES) >= 1, found


@pytest.mark.seeded
def test_without_a_base_nothing_is_said_about_changes() -> None:
    for seed in seeds(20):
        for rule in CHANGES:
            assert findings_since(None, random_world(Random(seed)), rule) == ()  # noqa: S311


@pytest.mark.seeded
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.verb != "must"], ids=lambda rule: str(rule.name))
def test_the_oracles_agree_among_themselves(rule: Rule) -> None:
    found = clear = 0
    for seed in seeds(WORLDS):
        naive = Naive(random_world(Random(-1 - seed)))  # noqa: S311 - a world, not a secret
        answer = naive.judge(rule)
        found += bool(answer)
        clear += not answer
        assert by_networkx.answer(naive, rule) == answer
        if by_clingo.can(rule) and seed % 2:
            assert by_clingo.answer(naive, rule) == set(answer)
        if by_listing.can(rule) and by_listing.is_small(naive):
            assert by_listing.answer(naive, rule) == answer
    assert min(found, clear) >= 1
