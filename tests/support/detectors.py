"""Detectors from text: the smallest ones, and what the reader makes of them."""

from typing import NamedTuple

from tests.support.reading import read
from tests.support.worlds import vocabulary

from shipcheck.discover.read_detector import read_detector
from shipcheck.discover.rule import Detector, Rule
from shipcheck.model.document import Document, File, Node
from shipcheck.model.problem import Problem
from shipcheck.read.tolerant import parse_tolerantly

HEAD = """\
detector: home-made
version: 2
title: Home-made tools
modules: [desk]
find:
"""
RULE = "  - kind: action\n    call: [desk.tool]\n"
EXAMPLES = """\
    positive:
      - py: x = 1
        found: [action:pay]
    decoy:
      - py: x = 2
"""
FILE_EXAMPLES = """\
    positive: [{files: {desk.json: '{}'}, found: [action:pay]}]
    decoy: [{files: {desk.json: '{}'}}]
"""
MINIMAL = HEAD + RULE + EXAMPLES


class Refusal(NamedTuple):
    """A problem without its file."""

    line: int
    code: str
    message: str


def outcome(text: str, name: str = "home-made") -> tuple[Detector | None, tuple[Problem, ...]]:
    """What the reader makes of a detector in the file with its name."""
    document = read(text, f"{name}.yaml")
    assert isinstance(document, Document), document
    return read_detector(document, "built-in", vocabulary())


def detector(text: str, name: str = "home-made") -> Detector:
    """A detector without problems."""
    found, problems = outcome(text, name)
    assert found is not None, problems
    return found


def rule(text: str, examples: str = EXAMPLES) -> Rule:
    """The first rule about code."""
    return detector(HEAD + text + examples).rules[0]


def parse_yaml(file: File) -> tuple[Node, ...] | Problem:
    """The documents of a YAML file, as the pipeline reads them for discovery."""
    outcome = parse_tolerantly(file)
    return outcome if isinstance(outcome, Problem) else outcome.roots


def refusals(text: str) -> list[Refusal]:
    """The problems of a detector, in the order found."""
    found, problems = outcome(text)
    assert found is None
    return [Refusal(each.location.line, each.code, each.message) for each in problems]


def refused(text: str, examples: str = EXAMPLES) -> list[tuple[str, str]]:
    """The codes and words of the problems of one rule."""
    return [(code, message) for _, code, message in refusals(HEAD + text + examples)]
