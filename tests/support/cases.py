"""How many cases a property has: always the same in the suite, more of them from a fresh seed in a long run.

`python3 tools/dev.py long` sets the two environment variables. In the suite hypothesis draws the same cases in every run.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("SHIPCHECK_TIMES", "1"))
SEED = int(os.environ.get("SHIPCHECK_SEED", "0"))
MOST = 500
DEFAULT = 100


def load_profile() -> None:
    """Set what every property shares; CI and a developer's machine draw the same cases."""
    settings.register_profile("suite", settings.get_profile("ci"))
    settings.register_profile("long", settings.get_profile("ci"), derandomize=False, max_examples=DEFAULT * TIMES)
    settings.load_profile("long" if "SHIPCHECK_SEED" in os.environ else "suite")


def cases(number: int, *allowed: HealthCheck) -> settings:
    """Give a property this many cases in the suite, at most `MOST`, so that the suite stays quick."""
    if number > MOST:
        raise ValueError(f"{number} cases are more than {MOST}; a long run takes more")
    shared = settings.get_current_profile_name()
    return settings(
        settings.get_profile(shared),
        max_examples=number * TIMES,
        suppress_health_check=[*settings.get_profile(shared).suppress_health_check, *allowed],
    )


def seeds(count: int, first: int = 0) -> range:
    """The seeds of random worlds: `count` of them in the suite."""
    start = SEED + first * TIMES
    return range(start, start + count * TIMES)


def each_seed(count: int, first: int = 0) -> pytest.MarkDecorator:
    """A test for each seed, which is its parameter `seed`."""
    return pytest.mark.parametrize("seed", [pytest.param(seed, marks=pytest.mark.seeded) for seed in seeds(count, first)])


def shards(number: int, each: int, first: int = 0) -> pytest.MarkDecorator:
    """A test for each shard, whose parameter `seeds` has `each` seeds in the suite."""
    chosen = [seeds(each, first + shard * each) for shard in range(number)]
    parts = [pytest.param(part, id=str(shard), marks=pytest.mark.seeded) for shard, part in enumerate(chosen)]
    return pytest.mark.parametrize("seeds", parts)
