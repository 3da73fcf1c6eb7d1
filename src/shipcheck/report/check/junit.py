"""JUnit XML, for Jenkins and every CI service that shows tests.

Each policy is a class of tests, each failing subject a test that fails, and all other subjects together one that passes. A test
fails if the check does: a finding below `--fail-on` is a test that passes, with output. The file is valid by the schema that
Jenkins publishes; that schema has no `error`, so a malformed file is a `failure` too.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from shipcheck.english import counted
from shipcheck.model.finding import Finding
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult, Report
from shipcheck.report.check.changes import change_count
from shipcheck.report.check.details import lines, outside_lines
from shipcheck.report.check.most_severe import shortened
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style

# What the elements of a finding take without their texts.
_ELEMENT = 300


def render(report: Report, _style: Style = PLAIN) -> str:
    """One suite for each pack and one for problems; a test case for each failing subject, and one for all that pass.

    A test fails if the check does: a finding below `fail_on` is a test that passes, with output.
    """
    report = shortened(report, lambda finding: _ELEMENT + 2 * len(finding.headline) + sum(map(len, lines(report, finding))))
    root = Element("testsuites")
    if report.judged.problems:
        _problems(root, report)
    for pack, results in groupby(report.judged.results, key=lambda result: result.policy.rpartition("/")[0]):
        _pack(root, report, pack, results)
    if not report.judged.problems and not report.judged.results:
        suite = SubElement(root, "testsuite", name="shipcheck")
        _case(suite, "shipcheck", "nothing to declare", [report.inputs.declared_absence])
    if outside := outside_lines(report):
        _skip(_case(SubElement(root, "testsuite", name="shipcheck"), "shipcheck", "what was not requested"), "\n".join(outside))
    changes = change_count(report)
    if changes:
        _case(SubElement(root, "testsuite", name="changes"), "changes", changes)
    for suite in root:
        _count(suite)
        suite.set("skipped", str(len(list(suite.iter("skipped")))))
    _count(root)
    indent(root)
    text: str = tostring(root, encoding="unicode", xml_declaration=False)
    # No line of it is a command to the runner of a CI service.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.replace("##", "#&#35;")


def _problems(root: Element, report: Report) -> None:
    suite = SubElement(root, "testsuite", name="shipcheck")
    for problem in report.judged.problems:
        case = _case(suite, "shipcheck", f"{problem.code} in {_at(report, problem)}")
        _fail(case, problem.code, problem.message, [f"{_at(report, problem)}: {problem.message}"])


def _at(report: Report, problem: Problem) -> str:
    return report.named(problem.location)


def _pack(root: Element, report: Report, pack: str, results: Iterable[PolicyResult]) -> None:
    suite = SubElement(root, "testsuite", name=pack)
    for result in results:
        classname = result.policy.replace("/", ".")
        for finding in result.findings:
            _finding(suite, report, classname, finding)
        if result.unlisted:
            _unlisted(suite, report, classname, result)
        if result.result == "not_applicable":
            _skip(_case(suite, classname, "all subjects"), "not applicable: this repository has no subject of this policy")
        elif result.subjects > result.failed:
            name = "all other subjects" if result.failed else "all subjects"
            _case(suite, classname, name, [f"{counted(result.subjects - result.failed, 'subject')} judged"])


def _finding(suite: Element, report: Report, classname: str, finding: Finding) -> None:
    name = f"{finding.subject} -> {finding.target}" if finding.target else finding.subject
    texts = [f"{finding.severity}: {finding.headline}", *lines(report, finding)]
    if finding.is_accepted:
        _skip(_case(suite, classname, name), f"{finding.status}: {finding.headline}; {finding.waiver}")
    elif finding.severity < report.fail_on:
        _case(suite, classname, name, texts)
    else:
        _fail(_case(suite, classname, name), str(finding.severity), finding.headline, texts)


def _unlisted(suite: Element, report: Report, classname: str, result: PolicyResult) -> None:
    text = f"at least {result.unlisted} findings are too many to list"
    case = _case(suite, classname, "findings that are not listed")
    if result.highest_severity >= report.fail_on:
        _fail(case, str(result.highest_severity), text, [text])
    else:
        SubElement(case, "system-out").text = text


def _case(suite: Element, classname: str, name: str, lines: Sequence[str] = ()) -> Element:
    case = SubElement(suite, "testcase", classname=classname, name=visible(name))
    if lines:
        SubElement(case, "system-out").text = _shown(lines)
    return case


def _fail(case: Element, kind: str, message: str, texts: Sequence[str]) -> None:
    SubElement(case, "failure", message=visible(message), type=kind).text = _shown(texts)


def _skip(case: Element, message: str) -> None:
    SubElement(case, "skipped", message=visible(message))


def _shown(texts: Sequence[str]) -> str:
    return "\n".join(visible(line) for line in texts)


def _count(element: Element) -> None:
    element.set("tests", str(len(list(element.iter("testcase")))))
    element.set("failures", str(len(list(element.iter("failure")))))
    element.set("errors", "0")
