"""The suite always has the same cases; a long run has more of them, and others."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.cases import MOST, SEED, TIMES, cases, load_profile, seeds

ROOT = Path(__file__).resolve().parents[2]
SHOW = f"""
from {cases.__module__} import {cases.__name__}, {load_profile.__name__}, {seeds.__name__}
load_profile()
print(cases(10).max_examples, cases(10).derandomize, seeds(2, first=1))
"""


def shown(**variables: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHIPCHECK_")}
    command = [sys.executable, "-c", SHOW]
    return subprocess.run(command, cwd=ROOT, env=kept | variables, capture_output=True, check=True, text=True).stdout


def test_the_suite_has_the_same_cases_in_every_run() -> None:
    assert shown() == "10 True range(1, 3)\n"


def test_a_long_run_has_more_cases_from_its_own_seed() -> None:
    assert shown(SHIPCHECK_SEED="70", SHIPCHECK_TIMES="3") == "30 False range(73, 79)\n"


def test_a_property_has_a_limited_number_of_cases_in_the_suite() -> None:
    assert cases(MOST).max_examples == MOST * TIMES
    assert seeds(1) == range(SEED, SEED + TIMES)
    with pytest.raises(ValueError, match="501 cases"):
        cases(MOST + 1)
