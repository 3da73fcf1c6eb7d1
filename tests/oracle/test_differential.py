"""The tool against the oracles, over a hundred thousand random cases; `tools/fuzz.py` runs millions."""

from collections import Counter
from random import Random

import pytest
from tests.oracle import by_clingo, by_listing, by_networkx
from tests.oracle.differential import Tally, cases_a_batch, run_batch
from tests.oracle.generator import random_world, revisions
from tests.oracle.judged import findings_since
from tests.oracle.naive import Naive
from tests.oracle.rules import CHANGES, RULES, Rule
from tests.oracle.worlds import union

CASES = 100_000
SHARDS = 16
BATCHES = -(-CASES // SHARDS // cases_a_batch())


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_tool_and_the_oracles_agree(shard: int) -> None:
    tally = Tally()
    for batch in range(shard * BATCHES, (shard + 1) * BATCHES):
        run_batch(batch, tally)
    assert not tally.disagreements, str(tally.disagreements[0])
    assert tally.cases * SHARDS >= CASES
    assert tally.by_oracle["naive"] > tally.by_oracle["listing"] > tally.by_oracle["networkx"] > tally.by_oracle["clingo"] > 0
    assert 0.3 <= tally.failing_share <= 0.7
    for rule in RULES:
        assert tally.failing_by_rule[rule.name], f"no world fails {rule.name}"
        assert tally.clear_by_rule[rule.name] or rule.is_about_groups, f"no world passes {rule.name}"


def test_the_tool_and_the_naive_reading_agree_on_what_has_changed() -> None:
    found: Counter[str] = Counter()
    for batch in range(40):
        pairs = [revisions(Random(10 * batch + number), f"i{number}-") for number in range(10)]  # noqa: S311
        base, head = union([before for before, _ in pairs]), union([after for _, after in pairs])
        for rule in CHANGES:
            told = {one.subject for one in findings_since(base, head, rule)}
            expected = {subject for before, after in pairs for subject, _ in Naive(after, before).judge(rule)}
            assert told == expected, (batch, rule.name)
            found[rule.name] += len(expected)
            assert not findings_since(None, head, rule) or "removed" not in rule.data
    assert min(found[rule.name] for rule in CHANGES) >= 20, found


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.verb != "must"], ids=lambda rule: str(rule.name))
def test_the_oracles_agree_among_themselves(rule: Rule) -> None:
    found = 0
    for seed in range(120):
        naive = Naive(random_world(Random(-1 - seed)))  # noqa: S311 - a world, not a secret
        answer = naive.judge(rule)
        found += bool(answer)
        assert by_networkx.answer(naive, rule) == answer
        if by_clingo.can(rule) and seed % 2:
            assert by_clingo.answer(naive, rule) == set(answer)
        if by_listing.can(rule) and by_listing.is_small(naive):
            assert by_listing.answer(naive, rule) == answer
    assert found >= 3
