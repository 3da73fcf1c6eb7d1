"""The results of policy tests as JUnit XML, in the form that Jenkins and other CI servers read."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from shipcheck.model.policy_test import Failure, PackResult, UnitResult
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style

_RULES = {"missing": "kinds of cases", "clause": "clauses", "mutant": "mutants", "equivalent": "equivalent mutants"}


def render(results: Iterable[PackResult], _style: Style = PLAIN) -> str:
    """One suite for each pack; one test case for each case, and one for each rule that the tests of a policy must satisfy.

    What is malformed is a failure, since the schema that Jenkins publishes has no error.
    """
    root = Element("testsuites")
    for result in results:
        suite = SubElement(root, "testsuite", name=visible(result.pack))
        for unit in result.units:
            _unit(suite, result, unit)
        for problem in result.problems:
            case = SubElement(suite, "testcase", classname=visible(result.pack), name=visible(problem.code))
            failure = SubElement(case, "failure", message=visible(problem.message), type=visible(problem.code))
            failure.text = visible(str(problem.location))
        _count(suite)
    _count(root)
    indent(root)
    text: str = tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _unit(suite: Element, result: PackResult, unit: UnitResult) -> None:
    classname = f"{visible(result.pack)}.{visible(unit.name)}"
    for name in unit.cases:
        mine = [failure for failure in unit.failures if failure.kind == "case" and failure.case == name]
        _case(suite, classname, name, mine)
    for kind, name in _RULES.items():
        _case(suite, classname, name, [failure for failure in unit.failures if failure.kind == kind])


def _case(suite: Element, classname: str, name: str, failures: list[Failure]) -> None:
    case = SubElement(suite, "testcase", classname=classname, name=visible(name))
    if failures:
        lines = [line for failure in failures for line in _lines(failure)]
        first = SubElement(case, "failure", message=visible(failures[0].message), type=failures[0].kind)
        first.text = "\n".join(visible(line) for line in lines)


def _lines(failure: Failure) -> list[str]:
    expected = [f"  expected {text}" for text in failure.expected]
    return [f"{failure.location}: {failure.message}", *expected, *(f"  got {text}" for text in failure.actual)]


def _count(element: Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", "0")
