"""Compare the tool with the oracles over random worlds, and save every disagreement.

`python3 tools/dev.py long oracles` runs it. A disagreement is made as small as possible and saved in tests/oracle/corpus/, which
the suite replays from then on.
"""

import sys
import time
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.oracle.corpus import case_of, save
from tests.oracle.differential import ISLANDS, Disagreement, Tally, island_seed, run_batch
from tests.oracle.generator import random_world
from tests.oracle.judged import Tool
from tests.oracle.naive import Naive
from tests.oracle.rules import Rule
from tests.oracle.shrink import shrunk
from tests.oracle.worlds import World
from tests.support.cases import SEED, TIMES

CASES_IN_THE_SUITE = 100_000
ENOUGH = 20


def differs(rule: Rule, world: World) -> bool:
    """Whether the tool and the naive reading differ over one world."""
    return Tool(world).answer(rule) != Naive(world).judge(rule)


def keep(found: Disagreement) -> Path:
    """Save a disagreement, as small as possible where one world alone shows it."""
    alone = [random_world(Random(island_seed(found.seed, number))) for number in range(ISLANDS)]  # noqa: S311 - worlds, not secrets
    world = next((one for one in alone if differs(found.rule, one)), None)
    small = shrunk(world, lambda one: differs(found.rule, one)) if world is not None else found.world
    case = case_of(small, found.rule, f"the tool and {found.oracle} differed, seed {found.seed}")
    return save(case, f"found-{sha256(case['manifest'].encode() + case['policy'].encode()).hexdigest()[:12]}")


def fuzz(cases: int, seed: int) -> int:
    """Judge at least this many cases, in batches; 1 where the tool disagrees with an oracle."""
    tally, started, batch, saved = Tally(), time.monotonic(), seed, 0
    while tally.cases < cases and len(tally.disagreements) < ENOUGH:
        run_batch(batch, tally)
        batch += 1
        for found in tally.disagreements[saved:]:
            print(f"\ndisagreement with {found.oracle} on '{found.rule.name}', saved as {keep(found)}")
        saved = len(tally.disagreements)
        if sys.stderr.isatty():
            rate = tally.cases / (time.monotonic() - started)
            print(f"\r{tally.cases:,} of {cases:,} cases, {rate:,.0f} a second, {saved} disagreements", end="", file=sys.stderr)
    oracles = ", ".join(f"{name} {count:,}" for name, count in sorted(tally.by_oracle.items()))
    print(f"\n{tally.cases:,} cases from seed {seed} to {batch - 1}: {saved} disagreements; judged by {oracles}")
    print(f"{tally.failing_share:.0%} of the cases have findings; {time.monotonic() - started:.0f} s")
    return 1 if saved else 0


if __name__ == "__main__":
    sys.exit(fuzz(CASES_IN_THE_SUITE * TIMES, SEED))
