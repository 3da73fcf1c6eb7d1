"""Print how many random cases each wrong engine survives, and save a case for each that has none in the corpus.

`python3 tools/dev.py long wrong-engines` runs it.
"""

import re
import sys
from typing import Any

from tests.oracle.bank import WRONG, survives, verdict, worlds_of
from tests.oracle.corpus import FOLDER, case_of, save
from tests.oracle.naive import Naive
from tests.oracle.rules import Rule
from tests.oracle.shrink import shrunk
from tests.oracle.worlds import World


def report() -> int:
    """Print the number of cases that each wrong engine survives, in rising order; 1 where one survives them all."""
    lives = sorted((found[0] if (found := survives(engine)) else sys.maxsize, engine.__name__) for engine in WRONG)
    for cases, name in lives:
        print(f"{'never killed' if cases == sys.maxsize else f'{cases:>12}'}  {name}")
    return 1 if lives[-1][0] == sys.maxsize else 0


def record() -> None:
    """Save the smallest case that kills each wrong engine without one in the corpus."""
    for engine in WRONG:
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", engine.__name__).lower()
        found = None if (FOLDER / f"{name}.json").is_file() else survives(engine)
        if found is not None:
            print(save(smallest(engine, found[1], found[2], f"wrong engine: {name.replace('-', ' ')}"), name))


def smallest(engine: type[Naive], seed: int, rule: Rule, why: str) -> dict[str, Any]:
    """The case that kills a wrong engine; its world is made small first, then the one before it."""
    world, base = worlds_of(seed, rule)

    def shows(one: World, before: World | None) -> bool:
        return verdict(engine(one, before), rule) != verdict(Naive(one, before), rule)

    small = shrunk(world, lambda one: shows(one, base))
    before = shrunk(base, lambda one: shows(small, one)) if base is not None else None
    return case_of(small, rule, why, base=before, kills=engine.__name__)


if __name__ == "__main__":
    record()
    sys.exit(report())
