"""Detectors as JSON: the same detector comes back, without its examples."""

import json

import pytest
from tests.support.detectors import EXAMPLES, FILE_EXAMPLES, HEAD, RULE, detector

from shipcheck.discover.compiled import FORM, as_data, from_data, read_compiled, render, without_examples
from shipcheck.discover.rule import Callable, Detector, FileRule, Rule, Snippet, Take
from shipcheck.discover.rule import Test as Condition
from shipcheck.model.location import Location

RULES = {
    "code": RULE + EXAMPLES,
    "files": "  - file: [desk.json]\n    shape: {tools: map}\n    take: [{kind: action, each: tools}]\n" + FILE_EXAMPLES,
}


def read_again(found: Detector) -> Detector:
    return from_data(json.loads(json.dumps(as_data(found))))


@pytest.mark.parametrize("text", RULES.values(), ids=RULES)
def test_a_detector_comes_back_without_examples_and_places(text: str) -> None:
    found = detector(HEAD + text)
    again = read_again(found)
    assert again == without_examples(found) != found
    assert [(rule.positive, rule.decoy, rule.place) for rule in again.rules] == [((), (), None)] * len(found.rules)
    assert [(rule.positive, rule.decoy, rule.place) for rule in again.file_rules] == [((), (), None)] * len(found.file_rules)


@pytest.mark.parametrize("values", [(True, 1, "1", None), (False, 0, ""), ()])
def test_values_of_several_types_keep_their_types(values: tuple[str | bool | int | None, ...]) -> None:
    test = Condition((("a", 0), (1,)), "in", values, (Callable("npm", "p", ("q",)),))
    rule = Rule("call", (), "agent", "", Take(when=(test,)), when=(test,))
    found = Detector("d", 1, "t", (), (), (), (b"caf\xc3\xa9",), (rule,), (), "built in")
    assert repr(read_again(found)) == repr(found)


def test_what_has_its_default_is_left_out() -> None:
    rule = Rule("call", (), "agent", "", Take())
    assert as_data(Detector("d", 1, "t", (), (), (), (), (rule,), (), "o")) == {
        "name": "d",
        "version": 1,
        "title": "t",
        "sources": [],
        "distributions": [],
        "modules": [],
        "words": [],
        "rules": [{"selector": "call", "callables": [], "finds": "agent", "effect": "", "take": {}}],
        "file_rules": [],
        "origin": "o",
    }


def test_examples_are_left_out() -> None:
    place = Location("worktree", "d.yaml", 1, 1, 1, 1)
    examples = (Snippet((("a.py", "x"),), (), (), (), place),)
    rule = FileRule(("a.json",), (), (), each_document=False, positive=examples, decoy=examples, place=place)
    assert as_data(Detector("d", 1, "t", (), (), (), (), (), (rule,), "o")) == as_data(
        Detector("d", 1, "t", (), (), (), (), (), (FileRule(("a.json",), (), (), each_document=False),), "o")
    )


def test_a_file_has_a_detector_on_a_line_in_the_order_given() -> None:
    some = tuple(without_examples(detector(HEAD.replace("home-made", name) + RULE + EXAMPLES, name)) for name in ("b", "a"))
    text = render(some)
    assert read_compiled(text) == some
    assert [line[:11] for line in text.splitlines()] == ['{"version":', '{"name":"b"', '{"name":"a"', "]}"]
    assert text == render(read_compiled(text))


@pytest.mark.parametrize("text", ["[]", "null", "{}", f'{{"version": {FORM + 1}, "detectors": []}}'])
def test_another_version_of_the_form_is_refused(text: str) -> None:
    with pytest.raises(TypeError, match=f"not of version {FORM}"):
        read_compiled(text)
