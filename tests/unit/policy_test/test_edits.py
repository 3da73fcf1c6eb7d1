"""Single edits of worlds: what each word does, and every way in which one cannot be made."""

from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.worlds import document, vocabulary

from shipcheck.model.document import Mapping, Node, Scalar, Sequence
from shipcheck.model.scalars import plain
from shipcheck.policy_test.edits import Edit, EditError, Editor, manifest_text

NOWHERE = (0, 0, 0, 0)
WORLD = dedent(
    """
    shipcheck: 1
    defaults: {owner: ops}
    agents:
      payer:
        calls: [{to: pay, through: [desk]}, look]
    actions:
      pay: {effects: [payments], reversible: true}
      look: {}
    gates:
      desk: {}
    teams:
      ops: {}
    """
)
OTHER = "shipcheck: 1\nnamespace: shop\nagents:\n  payer: {entry: false}\n"


def node(value: Any) -> Node:
    """Plain data as a tree."""
    if isinstance(value, dict):
        return Mapping(tuple((Scalar(key, True, *NOWHERE), node(inner)) for key, inner in value.items()), *NOWHERE)  # noqa: FBT003
    if isinstance(value, list):
        return Sequence(tuple(map(node, value)), *NOWHERE)
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return Scalar(text, True, *NOWHERE)  # noqa: FBT003


def edited(word: str, path: str, value: Any = None) -> list[Any]:
    """Both manifests after the edit, as plain data."""
    roots = (document(WORLD).root, document(OTHER).root)
    edit = Edit(word, path, None if value is None else node(value), Scalar(path, True, *NOWHERE))  # noqa: FBT003
    return [plain(root) for root in Editor(vocabulary()).apply(roots, edit)]


def before() -> list[Any]:
    return [plain(document(text).root) for text in (WORLD, OTHER)]


def test_a_field_is_set_where_there_is_none_or_another() -> None:
    assert edited("set", "action:pay.reversible", value=False)[0]["actions"]["pay"]["reversible"] is False
    assert edited("set", "action:look.sensitivity", "high")[0]["actions"]["look"] == {"sensitivity": "high"}
    assert edited("set", "agent:payer.calls.0.through", [])[0]["agents"]["payer"]["calls"][0] == {"to": "pay", "through": []}
    assert edited("set", "agent:payer.calls.1", "pay")[0]["agents"]["payer"]["calls"][1] == "pay"
    assert edited("set", "gate:desk", {"decided_by": "human"})[0]["gates"]["desk"] == {"decided_by": "human"}


def test_a_field_or_an_item_is_taken_out() -> None:
    assert edited("unset", "action:pay.effects")[0]["actions"]["pay"] == {"reversible": True}
    assert edited("unset", "agent:payer.calls.0")[0]["agents"]["payer"]["calls"] == ["look"]
    assert edited("unset", "agent:payer.calls.0.through")[0]["agents"]["payer"]["calls"][0] == {"to": "pay"}
    assert edited("unset", "defaults.owner")[0]["defaults"] == {}


def test_a_component_comes_and_goes() -> None:
    assert edited("add", "system:erp", {"external": True})[0]["systems"] == {"erp": {"external": True}}
    assert "pay" not in edited("remove", "action:pay")[0]["actions"]
    assert set(edited("rename", "action:look", "see")[0]["actions"]) == {"pay", "see"}


def test_an_item_is_added_to_a_list() -> None:
    assert edited("add", "action:pay.effects", "egress")[0]["actions"]["pay"]["effects"] == ["payments", "egress"]


def test_a_namespace_says_in_which_manifest() -> None:
    first, second = edited("unset", "agent:shop/payer.entry")
    assert first == before()[0]
    assert second["agents"]["payer"] == {}
    assert edited("add", "agent:shop/clerk", {})[1]["agents"]["clerk"] == {}


@pytest.mark.parametrize(
    ("word", "path", "value", "message"),
    [
        ("unset", "action:pay.owner", None, "action:pay.owner does not exist: 'owner' not found"),
        ("unset", "agent:payer.calls.2", None, "agent:payer.calls.2 does not exist: '2' not found"),
        ("set", "action:look.scorecard.value", 1, "action:look.scorecard.value does not exist: 'scorecard' not found"),
        ("unset", "action:pey.owner", None, "action:pey is not in the fixture; did you mean 'pay'?"),
        ("set", "actoin:pay.owner", "ops", "unknown kind 'actoin'; did you mean 'action'?"),
        ("set", "pay", "x", "'pay' is not a valid path; write it as agent:payer.calls.1.through"),
        ("set", "action:pay!owner", "x", "'action:pay!owner' is not a valid path; write it as agent:payer.calls.1.through"),
        ("unset", "action:pay", None, "unset expects a field such as action:pay.owner; use remove for a component"),
        ("remove", "action:pay.owner", None, "remove expects a component such as agent:payer, found 'action:pay.owner'"),
        ("add", "action:pay", {}, "action:pay already exists; use set for its fields, or add another component"),
        ("add", "action:pay.reversible", "x", "add expects a component or a list, found 'reversible'"),
        ("add", "agent:desk/clerk", {}, "no manifest of this fixture has the namespace desk"),
        (
            "set",
            "action:pay.reversible",
            True,
            "set action:pay.reversible changes nothing; delete the edit, or use another value",
        ),
        ("rename", "action:pay", [], "rename action:pay expects the new name of the component"),
        ("set", "action:pay.owner", None, "set action:pay.owner has no value"),
    ],
)
def test_an_edit_that_cannot_be_made_says_why(word: str, path: str, value: Any, message: str) -> None:
    with pytest.raises(EditError) as raised:
        edited(word, path, value)
    assert str(raised.value) == message


def test_a_world_without_defaults_has_none_to_edit() -> None:
    edit = Edit("unset", "defaults.owner", None, Scalar("", True, *NOWHERE))  # noqa: FBT003
    with pytest.raises(EditError, match="no manifest of this fixture has defaults"):
        Editor(vocabulary()).apply((document(OTHER).root,), edit)


# --- Writing a world again ---

_keys = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True).filter(lambda key: key not in {"y", "n", "on", "off", "no", "yes"})
_texts = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20)
_trees = st.recursive(
    _texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3), max_leaves=12
)


def quoted(value: Any) -> Node:
    """Plain data as a tree whose texts were all quoted."""
    if isinstance(value, dict):
        return Mapping(tuple((Scalar(key, True, *NOWHERE), quoted(inner)) for key, inner in value.items()), *NOWHERE)  # noqa: FBT003
    if isinstance(value, list):
        return Sequence(tuple(map(quoted, value)), *NOWHERE)
    return Scalar(value, False, *NOWHERE)  # noqa: FBT003


@given(st.dictionaries(_keys, _trees, min_size=1, max_size=4))
def test_what_is_written_says_what_the_tree_says(data: dict[str, Any]) -> None:
    text = manifest_text(quoted(data)).decode("utf-8")
    assert plain(document(text).root) == data
    assert yaml.safe_load(text) == data


@pytest.mark.parametrize(
    "text", ["2026-11-22", "true", "1.5", "high", "docs/a b.md", "10:30", "x: y", "a #b", "- a", "[a", "*a", "a,b"]
)
def test_a_plain_text_stays_what_it_is(text: str) -> None:
    read = document(f"a: {text}\n" if text not in {"x: y", "- a", "[a", "*a", "a #b"} else f'a: "{text}"\n').root
    assert plain(document(manifest_text(read).decode("utf-8")).root) == plain(read)
