"""The page about detectors: the rules that it shows are accepted, and it leaves out no word that is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.detectors import EXAMPLES, outcome
from tests.support.worlds import vocabulary

from shipcheck.discover import (
    detector_keys,
    read_conditions,
    read_detector,
    read_examples,
    read_file_rule,
    read_graph,
    read_rule,
    read_take,
)
from shipcheck.english import listed

PAGE = (Path(__file__).resolve().parents[2] / "docs/detectors.md").read_text("utf-8")
CODE = re.compile(r"`([^`\n]+)`")
RULES = re.findall(r"```yaml\n(- .*?)```", PAGE, re.DOTALL)
WORD = re.compile(r"[a-z][a-z_-]*[a-z]")
ITEM = re.compile(r"^(?=- )", re.MULTILINE)
HEAD = "detector: home-made\nversion: 1\ntitle: Home-made tools\nmodules: [desk]\nfind:\n"
EFFECT = EXAMPLES.replace("action:pay", "payments")
FILES = "    positive: [{files: {desk.json: '{}'}, found: [action:pay]}]\n    decoy: [{files: {desk.json: '{}'}}]\n"
READERS = (read_detector, read_rule, read_take, read_conditions, read_graph, read_file_rule, read_examples)
# The endings of files, which are listed otherwise, and keys that a file may hold secrets under.
NOT_WORDS = {"ENDINGS", "_SECRETS", "_SECRET_PARTS"}


def texts(value: object) -> Iterator[str]:
    """The words in a constant of a reader."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in texts(part))
    elif isinstance(value, tuple):
        yield from (text for part in value for text in texts(part))


def words() -> set[str]:
    """Every word that a reader of detectors knows: keys, kinds, classes, effects, codes of problems."""
    constants = [
        value
        for module in (*READERS, detector_keys)
        for name, value in vars(module).items()
        if name.strip("_").isupper() and name not in NOT_WORDS
    ]
    found = {text for value in constants for text in texts(value)}
    return {word for word in {*found, *vocabulary().choices["effect"].words, "unwrap", "one_of"} if WORD.fullmatch(word)}


# The words are in a pattern of the page, such as `call: [desk.Agent]`.
SHOWN = {word for code in CODE.findall(PAGE) for word in WORD.findall(code)}


def rules() -> list[str]:
    """Every rule that the page shows."""
    return [rule for block in RULES for rule in ITEM.split(block) if rule]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.splitlines()[1].strip())
def test_a_rule_of_the_page_is_accepted(rule: str) -> None:
    indented = "".join(f"  {line}\n" for line in rule.rstrip().splitlines())
    examples = FILES if "- file:" in rule else EFFECT if "- effect:" in rule else EXAMPLES
    found, problems = outcome(HEAD + indented + examples)
    assert [problem.message for problem in problems] == []
    assert found is not None


@pytest.mark.parametrize("word", sorted(words()))
def test_every_word_of_the_format_is_on_the_page(word: str) -> None:
    assert word in SHOWN


def test_the_endings_of_files_are_those_that_are_read() -> None:
    assert listed(read_file_rule.ENDINGS) in " ".join(PAGE.split())


def test_the_home_made_framework_takes_fifteen_lines() -> None:
    first = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert first is not None
    assert first[1].count("\n") == 15
