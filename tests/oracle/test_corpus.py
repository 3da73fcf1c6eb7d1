"""Every case ever saved, judged again: those that kill the wrong engines, and every disagreement that was found."""

from pathlib import Path

import pytest
from tests.oracle.bank import BY_NAME, verdict
from tests.oracle.corpus import case_of, load, paths
from tests.oracle.judged import findings_since
from tests.oracle.naive import Naive

LEAST = 60


each_case = pytest.mark.parametrize("path", paths(), ids=lambda path: str(path.stem))


@each_case
def test_the_tool_finds_what_a_saved_case_expects(path: Path) -> None:
    case = load(path)
    told = [
        {"subject": one.subject, "target": one.target, "severity": str(one.severity), "hops": len(one.witness) or None}
        for one in sorted(findings_since(case.base, case.world, case.rule), key=lambda one: (one.subject, one.target or ""))
    ]
    if case.rule.verb != "must_not_reach":
        told = [{**one, "hops": None} for one in told]
    assert told == case.saved["expect"]


@each_case
def test_a_saved_case_says_the_same_in_every_form(path: Path) -> None:
    """Manifest, policy and expectation stand there for other implementations; they are what world and rule make."""
    case = load(path)
    assert case_of(case.world, case.rule, case.saved["why"], case.base, case.saved.get("kills", "")) == case.saved


@pytest.mark.parametrize("path", [path for path in paths() if "kills" in load(path).saved], ids=lambda path: str(path.stem))
def test_a_saved_case_kills_the_wrong_engine_that_it_names(path: Path) -> None:
    case = load(path)
    wrong = BY_NAME[case.saved["kills"]]
    assert verdict(wrong(case.world, case.base), case.rule) != verdict(Naive(case.world, case.base), case.rule)


def test_the_corpus_is_large_and_shows_both_passes_and_findings() -> None:
    cases = [load(path).saved for path in paths()]
    assert len(cases) >= LEAST
    assert min(sum(bool(case["expect"]) for case in cases), sum(not case["expect"] for case in cases)) >= 10
