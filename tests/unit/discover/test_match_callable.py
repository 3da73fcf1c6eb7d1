"""Which patterns match a callable, compared with a matcher that tries everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.discover.match_callable import CallableIndex, matches
from shipcheck.discover.rule import Callable
from shipcheck.discover.wildcards import MOST_DEEP, part_matches


def spelled(text: str) -> Callable:
    package, colon, path = text.rpartition(":")
    return Callable("npm" if colon else "pypi", package, tuple(path.split(".")))


MATCHES = [
    ("agents.Agent", "agents.Agent", True),
    ("agents.Agent", "agents.agent.Agent", False),
    ("agents.Agent", "other.agents.Agent", False),
    ("**.bind_tools", "a.b.bind_tools", True),
    ("**.bind_tools", "bind_tools", True),
    ("**.bind_tools", "a.bind_tools.b", False),
    ("langchain_*.**.Chat*", "langchain_openai.ChatOpenAI", True),
    ("langchain_*.**.Chat*", "langchain_openai.chat_models.base.ChatOpenAI", True),
    ("langchain_*.**.Chat*", "langchain.ChatOpenAI", False),
    ("a.*", "a.b.c", False),
    ("a.**", "a.b.c", True),
    ("a.**.c.**.e", "a.b.c.c.d.e", True),
    ("a.**.c.**.e", "a.b.d.e", False),
    ("@a/sdk:Agent", "@a/sdk:Agent", True),
    ("@a/sdk:Agent", "@a/sdk/sub:Agent", False),
    ("@a/sdk/**:Agent", "@a/sdk/sub/b.js:Agent", True),
    ("@a/sdk/**:Agent", "@a/sdk:Agent", True),
    ("@a/*:tool", "@a/b:tool", True),
    ("@a/*:tool", "@a/b/c:tool", False),
    ("**:tool", "anything/at/all:tool", True),
    ("**:tool", "anything:other.tool", False),
    ("a:B", "a.B", False),
    ("fs:writeFile", "node:fs:writeFile", True),
    ("global:fetch", "global:fetch", True),
]


@pytest.mark.parametrize(("pattern", "path", "wanted"), MATCHES)
def test_a_pattern_matches_a_callable(pattern: str, path: str, wanted: bool) -> None:  # noqa: FBT001 - a case
    actual = spelled(path)
    assert matches(spelled(pattern), *actual) is wanted
    assert CallableIndex([(spelled(pattern), "rule")]).find(*actual) == (("rule",) if wanted else ())


def test_an_index_gives_each_rule_once_in_the_order_given() -> None:
    index = CallableIndex(
        [
            (spelled("**.run"), "loose"),
            (spelled("a.run"), "literal"),
            (spelled("a.r*"), "wild"),
            (spelled("*.run"), "loose"),
            (spelled("p:run"), "npm"),
        ]
    )
    assert index.find("pypi", "", ("a", "run")) == ("loose", "literal", "wild")
    assert index.find("pypi", "", ["a", "rest"]) == ("wild",)
    assert index.find("npm", "p", ("run",)) == ("npm",)
    assert index.find("pypi", "", ()) == ()


LETTERS = "ab"
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=5)
PATTERN_NAMES = st.lists(st.one_of(st.just("**"), st.text(LETTERS + "*", min_size=1, max_size=4)), min_size=1, max_size=5).filter(
    lambda names: names.count("**") <= MOST_DEEP and not any("**" in name and name != "**" for name in names)
)


def naive_part(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    if pattern[0] == "*":
        return any(naive_part(pattern[1:], name[at:]) for at in range(len(name) + 1))
    return bool(name) and pattern[0] == name[0] and naive_part(pattern[1:], name[1:])


def naive(patterns: list[str], names: list[str]) -> bool:
    if not patterns:
        return not names
    if patterns[0] == "**":
        return any(naive(patterns[1:], names[at:]) for at in range(len(names) + 1))
    return bool(names) and naive_part(patterns[0], names[0]) and naive(patterns[1:], names[1:])


@given(PATTERN_NAMES, NAMES)
@cases(400)
def test_matching_agrees_with_trying_everything(patterns: list[str], names: list[str]) -> None:
    pattern = Callable("pypi", "", tuple(patterns))
    wanted = naive(patterns, names)
    assert matches(pattern, "pypi", "", names) is wanted
    assert bool(CallableIndex([(pattern, 1)]).find("pypi", "", names)) is wanted


@given(PATTERN_NAMES, NAMES)
@cases(200)
def test_packages_match_by_their_folders(patterns: list[str], folders: list[str]) -> None:
    pattern = Callable("npm", "/".join(patterns), ("tool",))
    assert bool(CallableIndex([(pattern, 1)]).find("npm", "/".join(folders), ("tool",))) is naive(patterns, folders)


def test_a_name_with_many_stars_is_matched_in_linear_time() -> None:
    assert not part_matches(tuple("a" for _ in range(100)), "a" * 100_000 + "b")
    deep = Callable("pypi", "", ("**", *("a*b",) * 10, "**", "c"))
    assert not matches(deep, "pypi", "", ("ab",) * 20_000)
