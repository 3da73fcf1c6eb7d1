"""Every case ever saved, judged again: those that kill the wrong engines, and every disagreement that was found."""

from pathlib import Path

import pytest
from tests.oracle.bank import WRONG, verdict
from tests.oracle.corpus import case_of, load, paths
from tests.oracle.judged import findings
from tests.oracle.naive import Naive

BY_NAME = {engine.__name__: engine for engine in WRONG}
LEAST = 60


@pytest.mark.parametrize("path", paths(), ids=lambda path: str(path.stem))
def test_the_tool_finds_what_a_saved_case_expects(path: Path) -> None:
    case, world, rule = load(path)
    (found,) = findings(world, rule)
    told = [
        {"subject": one.subject, "target": one.target, "severity": str(one.severity), "hops": len(one.witness) or None}
        for one in sorted(found, key=lambda one: (one.subject, one.target or ""))
    ]
    assert told == case["expect"]


@pytest.mark.parametrize("path", paths(), ids=lambda path: str(path.stem))
def test_a_saved_case_says_the_same_in_every_form(path: Path) -> None:
    """Manifest, policy and expectation stand there for other implementations; they are what world and rule make."""
    case, world, rule = load(path)
    more = {name: case[name] for name in ("kills",) if name in case}
    assert case_of(world, rule, case["why"], **more) == case


@pytest.mark.parametrize("path", [path for path in paths() if "kills" in load(path)[0]], ids=lambda path: str(path.stem))
def test_a_saved_case_kills_the_wrong_engine_that_it_names(path: Path) -> None:
    case, world, rule = load(path)
    assert verdict(BY_NAME[case["kills"]](world), rule) != verdict(Naive(world), rule)


def test_the_corpus_is_large_and_shows_both_passes_and_findings() -> None:
    cases = [load(path)[0] for path in paths()]
    assert len(cases) >= LEAST
    assert min(sum(bool(case["expect"]) for case in cases), sum(not case["expect"] for case in cases)) >= 10
