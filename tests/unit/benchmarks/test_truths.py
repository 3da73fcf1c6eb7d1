"""Every truth is well formed, and what is not is seen."""

from typing import Any

import pytest

from discovery.truths import FOLDER, KINDS, LINKS, OTHER_LINKS, load, mistakes, names, truth_of
from shipcheck.pipeline.bundled import load_vocabulary


@pytest.mark.parametrize("name", names())
def test_a_truth_is_well_formed(name: str) -> None:
    truth = load(name)
    assert list(mistakes(truth)) == []
    assert truth.control or truth.items
    choice = load_vocabulary().kinds["action"].fields["effects"].choice
    assert choice is not None
    assert {effect.effect for effect in truth.effects} <= set(choice.words)


def test_there_are_truths_of_eight_repositories_and_two_controls() -> None:
    truths = [load(name) for name in names()]
    assert len({truth.repository for truth in truths if not truth.control}) >= 8
    assert {truth.repository for truth in truths if truth.control} == {"pallets/click", "networkx/networkx"}
    assert len(names()) == len(list(FOLDER.iterdir()))


def test_kinds_and_links_are_those_of_manifests() -> None:
    kinds = load_vocabulary().kinds
    assert set(KINDS) <= set(kinds)
    assert set(LINKS + OTHER_LINKS) <= {link for kind in kinds.values() for link in kind.links}


ITEM = {"kind": "action", "name": "refund", "file": "src/a.py", "line": 3}
AGENT = ITEM | {"kind": "agent", "name": "seller"}
LINK = {"from": "seller", "link": "calls", "to": "refund"}
EFFECT = {"action": "refund", "effect": "payments", "file": "src/a.py", "line": 3}
GOOD: dict[str, Any] = {
    "repository": "a/b", "commit": "0" * 40, "scope": ["src"], "components": [ITEM, AGENT], "links": [LINK], "effects": [EFFECT],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"commit": "main"}, ["main is not a full commit"]),
        ({"components": [ITEM | {"kind": "tool"}], "links": [], "effects": []}, ["refund: unknown kind tool"]),
        ({"components": [ITEM | {"line": 0}, AGENT]}, ["refund: line 0 of src/a.py"]),
        ({"components": [ITEM | {"also": ["src/b.py:-1"]}, AGENT]}, ["refund: line -1 of src/b.py"]),
        ({"components": [ITEM | {"file": "a.py"}, AGENT]}, ["refund: a.py is not in the scope"]),
        ({"components": [ITEM | {"file": "src/tests/a.py"}, AGENT]}, ["refund: src/tests/a.py is not in the scope"]),
        ({"links": [LINK | {"link": "uses"}]}, ["seller: unknown link uses"]),
        ({"links": [LINK | {"to": "pay"}]}, ["calls: no component pay"]),
        ({"links": [LINK | {"to": "seller"}]}, ["calls: no component seller"]),
        ({"links": [LINK | {"from_file": "src/b.py"}]}, ["calls: no component seller"]),
        ({"effects": [EFFECT | {"action": "seller"}]}, ["payments: no action seller"]),
        ({"effects": [EFFECT | {"line": 0}]}, ["refund: line 0 of src/a.py"]),
        ({"control": True}, ["a control holds nothing"]),
    ],
)
def test_what_is_wrong_with_a_truth_is_said(change: dict[str, Any], said: list[str]) -> None:
    assert list(mistakes(truth_of("b", GOOD | change))) == said


@pytest.mark.parametrize(
    "wrong", [{"components": ["refund"]}, {"components": [ITEM | {"line": "3"}]}, {"effects": [EFFECT | {"line": None}]}]
)
def test_what_has_another_shape_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        truth_of("b", GOOD | wrong)
