"""Judge random worlds with the tool and with the oracles, as many as there is time for, and save every disagreement.

Usage: python tools/fuzz.py [--cases N] [--seed N] | --bank | --record

    --cases N   how many cases (default 1000000); a case is one world and one policy
    --seed N    where to start (default: chosen by the clock, and printed); the tests use 0 and on
    --bank      say how many cases each wrong engine survives
    --record    save, for each wrong engine without one, the smallest case that kills it

A disagreement is made as small as it can be, saved in tests/oracle/corpus/, and replayed by the tests from then on.
"""

import argparse
import re
import sys
import time
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.oracle.bank import WRONG, survives, verdict, worlds_of
from tests.oracle.corpus import FOLDER, case_of, save
from tests.oracle.differential import ISLANDS, Disagreement, Tally, island_seed, run_batch
from tests.oracle.generator import random_world
from tests.oracle.judged import Tool
from tests.oracle.naive import Naive
from tests.oracle.rules import Rule
from tests.oracle.shrink import shrunk
from tests.oracle.worlds import World

FIRST_SEED_OF_TIME = 1_000_000
ENOUGH = 20


def differs(rule: Rule, world: World) -> bool:
    """Whether the tool and the naive reading differ over one world."""
    return Tool(world).answer(rule) != Naive(world).judge(rule)


def keep(found: Disagreement) -> Path:
    """Save a disagreement, as small as it can be made where one world alone shows it."""
    alone = [random_world(Random(island_seed(found.seed, number))) for number in range(ISLANDS)]  # noqa: S311 - worlds, not secrets
    world = next((one for one in alone if differs(found.rule, one)), None)
    small = shrunk(world, lambda one: differs(found.rule, one)) if world is not None else found.world
    case = case_of(small, found.rule, f"the tool and {found.oracle} differed, seed {found.seed}")
    return save(case, f"found-{sha256(case['manifest'].encode() + case['policy'].encode()).hexdigest()[:12]}")


def fuzz(cases: int, seed: int) -> int:
    """Run batches until so many cases are judged; 1 where any was a disagreement."""
    tally, started, batch, told = Tally(), time.monotonic(), seed, 0
    while tally.cases < cases and len(tally.disagreements) < ENOUGH:
        run_batch(batch, tally)
        batch += 1
        for found in tally.disagreements[told:]:
            print(f"\ndisagreement with {found.oracle} on '{found.rule.name}', saved as {keep(found)}")
        told = len(tally.disagreements)
        if sys.stderr.isatty():
            rate = tally.cases / (time.monotonic() - started)
            print(f"\r{tally.cases:,} of {cases:,} cases, {rate:,.0f} a second, {told} disagreements", end="", file=sys.stderr)
    shown = ", ".join(f"{name} {count:,}" for name, count in sorted(tally.by_oracle.items()))
    print(f"\n{tally.cases:,} cases from seed {seed} to {batch - 1}: {told} disagreements; judged by {shown}")
    print(f"{tally.failing_share:.0%} of the cases have findings; {time.monotonic() - started:.0f} s")
    return 1 if told else 0


def bank() -> int:
    """Print the cases that each wrong engine survives, the longest-lived last."""
    lives = sorted((found[0] if (found := survives(engine)) else sys.maxsize, engine.__name__) for engine in WRONG)
    for cases, name in lives:
        print(f"{'never killed' if cases == sys.maxsize else f'{cases:>6}'}  {name}")
    return 1 if lives[-1][0] == sys.maxsize else 0


def record() -> int:
    """Save the smallest case that kills each wrong engine which the corpus does not kill yet."""
    for engine in WRONG:
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", engine.__name__).lower()
        found = None if (FOLDER / f"{name}.json").is_file() else survives(engine)
        if found is not None:
            print(save(smallest(engine, found[1], found[2], f"wrong engine: {name.replace('-', ' ')}"), name))
    return 0


def smallest(engine: type[Naive], seed: int, rule: Rule, why: str) -> dict[str, Any]:
    """The case that kills a wrong engine, first its world made small, then the one before it."""
    world, base = worlds_of(seed, rule)

    def shows(one: World, before: World | None) -> bool:
        return verdict(engine(one, before), rule) != verdict(Naive(one, before), rule)

    small = shrunk(world, lambda one: shows(one, base))
    before = shrunk(base, lambda one: shows(small, one)) if base is not None else None
    return case_of(small, rule, why, base=before, kills=engine.__name__)


def main() -> int:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--bank", action="store_true")
    parser.add_argument("--record", action="store_true")
    chosen = parser.parse_args()
    if chosen.bank or chosen.record:
        return bank() if chosen.bank else record()
    seed = chosen.seed if chosen.seed is not None else FIRST_SEED_OF_TIME + int(time.time())
    return fuzz(chosen.cases, seed)


if __name__ == "__main__":
    sys.exit(main())
