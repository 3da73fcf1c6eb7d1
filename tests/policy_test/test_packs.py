"""What `policy test` prints over small packs, to the letter. SHIPCHECK_REWRITE=1 writes the files anew; then read them."""

import os
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from shipcheck.app.policy_test import TestRequest, policy_test
from shipcheck.cli.policy_test import exit_code
from shipcheck.model.policy_test import PackResult
from shipcheck.report.policy_test.json import render as render_json
from shipcheck.report.policy_test.junit import render as render_junit
from shipcheck.report.policy_test.text import render as render_text
from shipcheck.report.style import Style

HERE = Path(__file__).parent
JUNIT = HERE.parents[1] / ".ci/schemas/junit-10.xsd"
PACKS = {
    "strong-tests": 0,
    "every-verb": 0,
    "weak-tests": 1,
    "wrong-expectations": 1,
    "malformed-tests": 3,
    "malformed-shape": 3,
    "malformed-policy": 3,
}
SUITE = {"name", "tests", "failures", "errors"}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure"},
    "failure": set(),
}


@pytest.fixture(autouse=True)
def _beside_the_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "packs")


def results(pack: str) -> tuple[PackResult, ...]:
    return policy_test(TestRequest(pack))


def compare(expected: Path, printed: str) -> None:
    if os.environ.get("SHIPCHECK_REWRITE"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(printed, "utf-8")
    assert printed == expected.read_text("utf-8")


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_prints_what_its_files_say(pack: str) -> None:
    found = results(pack)
    compare(HERE / "printed" / pack / "text.txt", render_text(found, Style(color=False)))
    compare(HERE / "printed" / pack / "trials.json", render_json(found))
    compare(HERE / "printed" / pack / "junit.xml", render_junit(found))


@pytest.mark.parametrize(("pack", "code"), PACKS.items())
def test_a_pack_leaves_with_its_exit_code(pack: str, code: int) -> None:
    assert exit_code(results(pack)) == code


def test_no_pack_at_all_is_no_pass() -> None:
    assert exit_code(()) == 3


@pytest.mark.parametrize("pack", PACKS)
def test_junit_has_the_shape_that_jenkins_reads(pack: str) -> None:
    """Names, counts and nesting are those of Jenkins' junit-10.xsd."""
    root = ET.fromstring(render_junit(results(pack)))  # noqa: S314 - written a moment ago
    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN[element.tag]
        if element.tag in {"testsuite", "testsuites"}:
            cases = list(element.iter("testcase"))
            assert SUITE - {"name"} <= set(element.attrib)
            assert int(element.attrib["tests"]) == len(cases)
            assert int(element.attrib["failures"]) == len(list(element.iter("failure")))
            assert int(element.attrib["errors"]) == len(list(element.iter("error")))
        if element.tag == "testcase":
            assert set(element.attrib) == {"name", "classname"}
        if element.tag in {"failure", "error"}:
            assert set(element.attrib) == {"message", "type"}


def test_colour_changes_nothing_but_colour() -> None:
    colored = render_text(results("wrong-expectations"), Style(color=True))
    for code in ("1;31", "1;32", "1", "0"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == render_text(results("wrong-expectations"), Style(color=False))


def test_coverage_and_mutation_can_be_left_out() -> None:
    (result,) = policy_test(TestRequest("weak-tests", coverage=False, mutation=False))
    assert {failure.kind for failure in result.failures} == {"missing"}
    text = render_text((result,), Style(color=False))
    assert text.endswith("1 policy, 1 case, clauses not measured, no mutants tested\n")


def test_one_policy_alone_can_be_tested() -> None:
    (result,) = policy_test(TestRequest("strong-tests", ("paid-behind-a-gate",)))
    assert [unit.name for unit in result.units] == ["paid-behind-a-gate"]


@pytest.mark.needs("xmllint")
@pytest.mark.needs("junit-10.xsd")
@pytest.mark.parametrize("pack", PACKS)
def test_jenkins_can_read_the_results_in_every_state(pack: str) -> None:
    command = ["xmllint", "--noout", "--nonet", "--schema", str(JUNIT), str(HERE / "printed" / pack / "junit.xml")]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
