"""Edits of lists in YAML text: what is asked for is there, and every other byte is as it was."""

from collections.abc import Sequence
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from shipcheck.edit.lists import CannotEditError, quoted, with_entry, with_items, with_values, without_items
from shipcheck.model.document import Document, File, Mapping, Node
from shipcheck.model.document import Sequence as List
from shipcheck.read.parse import parse

COMMENTED = """\
# who may
shipcheck: 1
waivers:   # excused
  # the first
  - policy: a   # one
    # within
    reason: "x: 1"

  # the second
  - policy: b
    reason: |
      long

  -
    policy: c
# the end
"""
ITEM = ["policy: d", "reason: new"]


def root(text: str) -> Node:
    document = parse(File("worktree", "w.yaml", text.encode()))
    assert isinstance(document, Document), document
    return document.root


def data(text: str) -> Any:
    return yaml.safe_load(text)


def appended(text: str, *items: Sequence[str]) -> str:
    return with_items(text, root(text), ("waivers",), items or [ITEM])


def taken(text: str, *positions: int) -> str:
    return without_items(text, root(text), ("waivers",), positions)


def test_an_item_goes_after_the_last_one_with_its_indent() -> None:
    before, after = COMMENTED.split("# the end")
    assert appended(COMMENTED) == f"{before}  - policy: d\n    reason: new\n# the end{after}"


def test_an_item_keeps_the_gap_that_separates_the_last_two_where_it_is_asked_to() -> None:
    for text, gap in (
        ("a:\n- {x: 1}\n", "\n"),
        ("a:\n- {x: 1}\n\n- {x: 2}\n", "\n"),
        ("a:\n- {x: 1}\n\n# two\n- {x: 2}\n", "\n"),
        ("a:\n- {x: 1}\n\n- {x: 2}\n- {x: 3}\n", ""),
    ):
        assert with_items(text, root(text), ("a",), [["y: 1"]], keep_gaps=True) == f"{text}{gap}- y: 1\n"
        assert with_items(text, root(text), ("a",), [["y: 1"]]) == f"{text}- y: 1\n"


def test_what_belongs_to_an_item_goes_with_it_and_comments_between_items_stay() -> None:
    assert taken(COMMENTED, 0) == COMMENTED.replace('  - policy: a   # one\n    # within\n    reason: "x: 1"\n', "")
    assert taken(COMMENTED, 2) == COMMENTED.replace("  -\n    policy: c\n", "")
    assert data(taken(COMMENTED, 1)) == {"shipcheck": 1, "waivers": [{"policy": "a", "reason": "x: 1"}, {"policy": "c"}]}


def test_a_list_without_items_goes_with_its_key() -> None:
    assert taken(COMMENTED, 0, 1, 2) == "# who may\nshipcheck: 1\n  # the first\n\n  # the second\n# the end\n"


@pytest.mark.parametrize(
    "text",
    [
        COMMENTED,
        COMMENTED.replace("\n", "\r\n"),
        COMMENTED.rstrip("\n"),
        "shipcheck: 1",
        "shipcheck: 1\n",
        "shipcheck: 1\r\n# end",
        "shipcheck: 1\n...\n",
        "---\nshipcheck: 1\n",
        "waivers:\n- a: 1\nshipcheck: 1\n",
        "waivers:\n- {a: [1,\n   2]\n  }\nshipcheck: 1\n",
        '"waivers":\n    - a: "x\n        y"\n\n\nshipcheck: 1\n',
        "waivers:\n  - a: >\n      folded\n\n\nshipcheck: 1\n",
        "shipcheck: 1\nwaivers:\n  - a: |+\n      kept\n\n",
        "  shipcheck: 1\n  waivers:\n    - a: 1\n",
    ],
)
def test_what_is_put_in_and_taken_out_leaves_every_byte_as_it_was(text: str) -> None:
    changed = appended(text)
    items = data(changed)["waivers"]
    assert items[-1] == {"policy": "d", "reason": "new"}
    assert items[:-1] == data(text).get("waivers", [])
    assert taken(changed, len(items) - 1) == text


_SCALARS = st.sampled_from(
    ["x", '"q: #"', "'s'", "|\nblock", ">-\nfolded\n\nmore", '"two\nlines"', "[a, b]", "[a,\nb\n]", "{k: v}"]
)
_GAPS = st.sampled_from(["", "\n", "  # comment\n", "# far left\n", "\n   # deep\n\n"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document of maps in a list, with comments, gaps, quotes and line ends of every kind."""
    dash = draw(st.sampled_from(["  -", "-", "      -"]))
    inner = " " * (len(dash) + 1)
    pieces = [draw(_GAPS), "shipcheck: 1\nwaivers:", draw(st.sampled_from(["", " # why"])), "\n"]
    for _ in range(draw(st.integers(1, 5))):
        policy, reason = (draw(_SCALARS).replace("\n", f"\n{inner}  ") for _ in "ab")
        pieces += [draw(_GAPS), f"{dash} policy: {policy}\n{inner}reason: {reason}\n"]
    pieces += [draw(_GAPS), draw(st.sampled_from(["", "after: 2\n", "...\n"]))]
    text = "".join(pieces)
    # A clipped block at the end of a file without a line break has another value once a line follows it; that is a case below.
    if not text.rstrip("\n").endswith("block"):
        text = draw(st.sampled_from([text, text.rstrip("\n")]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def test_a_block_without_a_line_break_at_its_end_changes_when_a_line_follows() -> None:
    """Whoever edits compares the values before writing, and refuses here: `waivers_file.edited`."""
    text = "shipcheck: 1\nwaivers:\n  - policy: x\n    reason: |\n      block"
    assert data(text)["waivers"][0]["reason"] == "block"
    assert data(appended(text))["waivers"][0]["reason"] == "block\n"


@given(documents(), st.data())
def test_edits_say_what_they_are_to_say_and_undo_each_other(text: str, more: st.DataObject) -> None:
    items = data(text)["waivers"]
    changed = appended(text)
    # A last line without a line break gets one, and a block scalar that ends there gets it too.
    ended = data(text if text.endswith("\n") else f"{text}\n")
    assert data(changed) == {**ended, "waivers": [*ended["waivers"], {"policy": "d", "reason": "new"}]}
    assert taken(changed, len(items)) == text
    gone = more.draw(st.sets(st.integers(0, len(items) - 1), min_size=1))
    left = [item for number, item in enumerate(items) if number not in gone]
    rest = taken(text, *gone)
    assert data(rest) == {
        **{key: value for key, value in data(text).items() if key != "waivers"},
        **({"waivers": left} if left else {}),
    }
    lines = text.splitlines(keepends=True)
    kept = iter(lines)
    assert all(any(line.rstrip("\r\n") == old.rstrip("\r\n") for old in kept) for line in rest.splitlines(keepends=True))


def test_values_are_put_in_the_place_of_others() -> None:
    text = "waivers:\n  - {up_to: error, until: 2026-01-01}   # soon\n  - policy: a  # b\n    until: '2026'\n"
    first, second = items_of(text)
    assert with_values(text, first, {"until": "2027-01-01", "up_to": "warning"}) == text.replace(
        "error, until: 2026-01-01", "warning, until: 2027-01-01"
    )
    assert with_values(text, second, {"until": "2027-01-01"}) == text.replace("'2026'", "2027-01-01")


def items_of(text: str) -> tuple[Node, ...]:
    found = root(text)
    entry = found.find("waivers") if isinstance(found, Mapping) else None
    assert entry is not None
    assert isinstance(entry[1], List)
    return entry[1].items


@pytest.mark.parametrize("text", ["waivers: [{a: 1}]\n", "{shipcheck: 1}\n", "{waivers: [1]}"])
def test_what_is_written_between_brackets_is_refused(text: str) -> None:
    with pytest.raises(CannotEditError, match="line 1 is written between brackets"):
        appended(text)


def test_what_is_not_there_is_refused() -> None:
    text = "shipcheck: 1\n"
    with pytest.raises(CannotEditError, match=r"baseline\.findings not found"):
        with_items(text, root(text), ("baseline", "findings"), [ITEM])
    with pytest.raises(CannotEditError, match="the value of until is not on one line"):
        with_values(text, root(text), {"until": "x"})
    assert taken(text, 0) == text


def test_a_new_key_stands_as_deep_as_the_others() -> None:
    text = "  shipcheck: 1\n# end\n"
    assert with_entry(text, root(text), ["b:", "  c: 1"]) == "  shipcheck: 1\n  b:\n    c: 1\n# end\n"


def test_the_last_item_of_a_nested_list_takes_the_whole_key_with_it() -> None:
    text = "a: 1\nb:\n  # why\n  c: x\n  d:\n    - {e: 1}\n    - {e: 2}\n# end\n"
    assert without_items(text, root(text), ("b", "d"), {0}) == text.replace("    - {e: 1}\n", "")
    assert without_items(text, root(text), ("b", "d"), {0, 1}) == "a: 1\n  # why\n# end\n"


@given(
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufeff\ufffe\uffff"), min_size=1)
)
def test_a_quoted_text_is_read_as_that_text_by_another_parser(text: str) -> None:
    assert data(f"a: {quoted(text)}\nb: {{c: {quoted(text)}, d: [{quoted(text)}]}}") == {"a": text, "b": {"c": text, "d": [text]}}


@pytest.mark.parametrize("text", ["no", "1.0", "a: b", "a #b", "- a", "x ", "a\nb", 'say "x"\\', "~", "2026-01-01", "12:30:45"])
def test_texts_that_yaml_takes_for_something_else_are_quoted(text: str) -> None:
    assert quoted(text).startswith('"')
    assert data(quoted(text)) == text


def test_plain_words_stay_plain() -> None:
    for text in ("agent:a calls action:b", "core/owner-missing", "we wait (until May)"):
        assert quoted(text) == text
