"""A complaint underlines the words it is about, however YAML writes the text that holds them."""

from textwrap import dedent

import pytest
from tests.support.worlds import HEAD, PACK, compile_pack, document

from shipcheck.language.syntax.source_text import SourceText
from shipcheck.model.document import Mapping, Scalar

POLICY = "policies:\n  - id: a-rule\n    title: A rule\n    why: Because.\n    each: agent\n"


def underlined(text: str, key: str = "must") -> tuple[str, tuple[int, int, int, int], str]:
    """The code, the place and the words under the one complaint about a policy with this text under a key."""
    pack = f"{HEAD}{POLICY}    {key}: {text}\n"
    _, faults, _ = compile_pack(pack)
    assert len(faults) == 1, faults
    place = faults[0].location
    line = pack.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")[place.line - 1]
    words = line[place.column - 1 : place.end_column - 1] if place.line == place.end_line else ""
    return faults[0].code, (place.line, place.column, place.end_line, place.end_column), words


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ownr is set", (8, 11, 8, 15)),
        ("entry and ownr is set", (8, 21, 8, 25)),
        ('"ownr is set"', (8, 12, 8, 16)),
        ('"entry and ownr is set"', (8, 22, 8, 26)),
        ("'entry and ownr is set'", (8, 22, 8, 26)),
        ("'title == \"it''s\" and ownr is set'", (8, 33, 8, 37)),
        ('"title == \\"it\\" and ownr is set"', (8, 32, 8, 36)),
        (">-\n      entry and ownr is set", (9, 17, 9, 21)),
        (">-\n      entry\n      and ownr is set", (10, 11, 10, 15)),
        (">\n      entry\n\n      and ownr is set\n", (11, 11, 11, 15)),
        ("|\n      entry\n      and ownr is set\n", (10, 11, 10, 15)),
        ("|-\n      entry and\n        ownr is set", (10, 9, 10, 13)),
        (">- # about ownr\n      ownr is set", (9, 7, 9, 11)),
        (">2- # about ownr\n      ownr is set", (9, 7, 9, 11)),
        ("entry\n      and ownr is set", (9, 11, 9, 15)),
        ("entry and\n      ownr is set", (9, 7, 9, 11)),
        ('"entry and\n      ownr is set"', (9, 7, 9, 11)),
        ('"entry and \\\n      ownr is set"', (9, 7, 9, 11)),
        ("'entry\n\n      and ownr is set'", (10, 11, 10, 15)),
        ('title == "日本" and ownr is set', (8, 29, 8, 33)),
        ('title == "\U0001f600" and ownr is set', (8, 28, 8, 32)),
    ],
)
def test_the_words_are_found_in_every_style(text: str, place: tuple[int, int, int, int]) -> None:
    assert underlined(text) == ("P003", place, "ownr")


def test_the_words_are_found_between_carriage_returns() -> None:
    pack = f"{HEAD}{POLICY}    must: >-\n      entry\n      and ownr is set\n".replace("\n", "\r\n")
    _, faults, _ = compile_pack(pack)
    assert [tuple(fault.location[2:]) for fault in faults] == [(10, 11, 10, 15)]


def test_the_words_are_found_between_lone_carriage_returns() -> None:
    pack = f"{HEAD}{POLICY}    must: >-\n      entry\n      and ownr is set\n".replace("\n", "\r")
    _, faults, _ = compile_pack(pack)
    assert [tuple(fault.location[2:]) for fault in faults] == [(10, 11, 10, 15)]


def test_the_words_are_found_behind_a_byte_order_mark() -> None:
    _, faults, _ = compile_pack(f"\ufeff{HEAD}{POLICY}    must: ownr is set\n")
    assert [tuple(fault.location[2:]) for fault in faults] == [(8, 11, 8, 15)]


def test_a_mistake_that_spans_lines_is_underlined_from_its_first_word_to_its_last() -> None:
    code, place, _ = underlined(">-\n      entry and owner\n      == title")
    assert (code, place) == ("P011", (9, 17, 10, 15))


def test_an_end_is_underlined_behind_the_last_word() -> None:
    assert underlined("entry and") == ("P010", (8, 20, 8, 21), "")
    assert underlined(">-\n      entry and\n      owner is") == ("P010", (10, 15, 10, 16), "")


@pytest.mark.parametrize(
    ("key", "text", "code", "place", "words"),
    [
        ("message", '"see {ownr} there"', "P027", (8, 19, 8, 25), "{ownr}"),
        ("message", ">-\n      see\n      {ownr} there", "P027", (10, 7, 10, 13), "{ownr}"),
        ("message", '"{owner} and {ownr}"', "P027", (8, 27, 8, 33), "{ownr}"),
        ("severity", "\n      - error when ownr is set\n      - note", "P003", (9, 20, 9, 24), "ownr"),
        ("severity", '\n      - "error when stage == prodution"\n      - note', "P005", (9, 30, 9, 39), "prodution"),
        ("severity", "\n      - error   when   e\n      - note", "P003", (9, 24, 9, 25), "e"),
        ("unless_through", "gate where decidd_by == human", "P003", (8, 32, 8, 41), "decidd_by"),
        ("along", "calls, delegats_to", "P004", (8, 19, 8, 30), "delegats_to"),
        ("along", ">-\n      calls,\n      delegats_to", "P004", (10, 7, 10, 18), "delegats_to"),
        ("along", '"calls,delegats_to"', "P004", (8, 19, 8, 30), "delegats_to"),
    ],
)
def test_the_words_are_found_under_every_key(
    key: str, text: str, code: str, place: tuple[int, int, int, int], words: str
) -> None:
    verb = {"unless_through": "must_not_reach: action\n    along: calls", "along": "must_not_reach: action"}.get(
        key, "must: entry"
    )
    pack = f"{HEAD}{POLICY}    {key}: {text}\n    {verb}\n"
    _, faults, _ = compile_pack(pack)
    assert [(fault.code, tuple(fault.location[2:])) for fault in faults] == [(code, place)]
    line = pack.split("\n")[place[0] - 1]
    assert line[place[1] - 1 : place[3] - 1] == words


def test_per_names_each_of_its_fields() -> None:
    pack = HEAD + dedent(
        """\
        policies:
          - id: a-rule
            title: A rule
            why: Because.
            all: use_case
            per: >-
              portfolio,
              decision.roun
            must: unique(title)
        """
    )
    _, faults, _ = compile_pack(pack)
    assert [tuple(fault.location[2:]) for fault in faults] == [(10, 16, 10, 20)]


def test_a_selector_is_underlined_in_the_file_that_holds_it() -> None:
    family = "select:\n  final: action where reversibel\n"
    _, faults, _ = compile_pack(HEAD, family)
    assert [str(fault.location) for fault in faults] == ["family1.yaml:2:23"]


@pytest.mark.parametrize("style", ["{text}", '"{text}"', ">-\n  {text}", "|-\n  {text}"])
def test_every_character_has_its_place(style: str) -> None:
    """The place of each single character holds that character."""
    text = "stage >= pilot and some x in calls satisfies x.effects is set"
    content = "x: " + style.format(text=text.replace(" and ", "\n  and ") if style[0] in ">|" else text) + "\n"
    held = document(content, "pack.yaml", PACK)
    assert isinstance(held.root, Mapping)
    scalar = held.root.entries[0][1]
    assert isinstance(scalar, Scalar)
    written = SourceText(held, scalar)
    lines = content.split("\n")
    for offset, character in enumerate(written.text):
        place = written.place(offset, offset + 1)
        found = lines[place.line - 1][place.column - 1 : place.end_column - 1]
        assert found == character or character.isspace()
