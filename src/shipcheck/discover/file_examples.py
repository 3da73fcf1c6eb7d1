"""Runs the examples of a rule about files: each positive must give what it says, and no decoy anything."""

from collections import Counter
from collections.abc import Iterator

from shipcheck.discover.detector_keys import EXAMPLE
from shipcheck.discover.file_rules import FileFinding, find_in_files
from shipcheck.discover.parse_files import ParseYaml
from shipcheck.discover.rule import FileRule, Snippet
from shipcheck.english import listed
from shipcheck.model.problem import Problem


def file_example_problems(rule: FileRule, parse_yaml: ParseYaml) -> tuple[Problem, ...]:
    """Every example of a rule that does not give what it says, at its place."""
    found = [problem for snippet in rule.positive for problem in _of_positive(rule, snippet, parse_yaml)]
    return (*found, *(problem for snippet in rule.decoy for problem in _of_decoy(rule, snippet, parse_yaml)))


def _of_positive(rule: FileRule, snippet: Snippet, parse_yaml: ParseYaml) -> Iterator[Problem]:
    findings = _findings(rule, snippet, parse_yaml)
    yield from _difference(snippet, "components", snippet.found, [f"{each.kind}:{each.name}" for each in findings])
    links = [f"{each.kind}:{each.name} {to.link} {to.kind}:{to.name}" for each in findings for to in each.links]
    yield from _difference(snippet, "links", snippet.links, links, exact=False)
    gates = [f"gate:{each.name} {each.take.gate_class} {each.value}" for each in findings if each.kind == "gate"]
    yield from _difference(snippet, "gate candidates", snippet.gates, gates, exact=False)


def _of_decoy(rule: FileRule, snippet: Snippet, parse_yaml: ParseYaml) -> Iterator[Problem]:
    findings = _findings(rule, snippet, parse_yaml)
    if findings:
        names = listed([f"{each.kind}:{each.name}" for each in findings], "and")
        yield Problem(snippet.place, EXAMPLE, f"the rule finds {names} in a decoy")


def _findings(rule: FileRule, snippet: Snippet, parse_yaml: ParseYaml) -> tuple[FileFinding, ...]:
    contents = {path: text.encode() for path, text in snippet.files}
    return find_in_files([rule], contents, contents.get, parse_yaml).findings


def _difference(
    snippet: Snippet, what: str, wanted: tuple[str, ...], found: list[str], *, exact: bool = True
) -> Iterator[Problem]:
    """A problem if something that is wanted is not found, or where it must be exact also the other way round."""
    missing = sorted((Counter(wanted) - Counter(found)).elements())
    surplus = sorted((Counter(found) - Counter(wanted)).elements()) if exact else []
    if missing:
        there = f"; it has {listed(found, 'and')}" if found else ""
        yield Problem(snippet.place, EXAMPLE, f"the example has no {what} {listed(missing, 'and')}{there}")
    if surplus:
        yield Problem(snippet.place, EXAMPLE, f"the example has {what} that it does not say: {listed(surplus, 'and')}")
