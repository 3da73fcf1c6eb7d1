"""What a changed declaration of a field means: whether manifests can be wrong after it, or get away with more."""

import pytest
from tests.support.own_fields import only_pack

from shipcheck.compare.declared_fields import fields_changed
from shipcheck.pipeline.packs.version_changes import loosened, tightened

TIER = "tier: {type: choice, words: [low, high, top], ordered: true, weaker: lower, absent: high, description: d}"
TESTED = "tested: {type: yes_no, weaker: lower, description: d}"
RETRIES = "retries: {type: integer, minimum: 1, maximum: 5, weaker: higher, absent: 3, description: d}"
BY = "by: {type: reference, to: [team], weaker: none, description: d}"
FIELDS = (TIER, TESTED, RETRIES, BY)


def body(*fields: str) -> str:
    return "fields:\n  agent:\n" + "".join(f"    {field}\n" for field in fields)


def changes(old: str, new: str) -> list[tuple[str, bool]]:
    before = body(*FIELDS)
    assert old in before
    found = fields_changed(only_pack(before), only_pack(before.replace(old, new)))
    return [(change.text("bank/model-risk"), change.loosens) for change in found]


@pytest.mark.parametrize(
    ("old", "new", "text", "loosens"),
    [
        ("[low, high, top]", "[low, high]", "words of {tier} is [low, high], was [low, high, top]", True),
        ("[low, high, top]", "[low, high, top, peak]", "words of {tier} is [low, high, top, peak], was [low, high, top]", False),
        ("[low, high, top]", "[high, low, top]", "words of {tier} is [high, low, top], was [low, high, top]", True),
        ("ordered: true, ", "", "type of {tier} is choice, was ordered choice", True),
        ("type: yes_no, ", "type: date, ", "type of {tested} is date, was yes_no", True),
        ("minimum: 1", "minimum: 2", "minimum of {retries} is 2, was 1", True),
        ("minimum: 1, ", "", "minimum of {retries} is not declared, was 1", False),
        ("maximum: 5", "maximum: 4", "maximum of {retries} is 4, was 5", True),
        ("maximum: 5", "maximum: 6", "maximum of {retries} is 6, was 5", False),
        ("[team]", "[team, gate]", "to of {by} is [team, gate], was [team]", False),
        ("[team]", "[gate]", "to of {by} is [gate], was [team]", True),
        ("weaker: none", "weaker: other", "weaker of {by} is other, was none", False),
        ("yes_no, weaker: lower", "yes_no, weaker: none", "weaker of {tested} is none, was lower", True),
        ("yes_no, weaker: lower", "yes_no, weaker: higher", "weaker of {tested} is higher, was lower", True),
        ("yes_no, ", "yes_no, absent: none, ", "absent of {tested} is none, was unknown", True),
        ("yes_no, ", "yes_no, absent: false, ", "absent of {tested} is false, was unknown", True),
        ("absent: high", "absent: low", "absent of {tier} is low, was high", False),
        ("absent: high", "absent: top", "absent of {tier} is top, was high", True),
        ("absent: 3", "absent: 4", "absent of {retries} is 4, was 3", False),
        ("absent: 3", "absent: 2", "absent of {retries} is 2, was 3", True),
        ("absent: 3", "absent: unknown", "absent of {retries} is unknown, was 3", False),
        ("absent: 3", "absent: none", "absent of {retries} is none, was 3", False),
    ],
)
def test_a_change_loosens_or_not(old: str, new: str, text: str, loosens: bool) -> None:  # noqa: FBT001 - a case
    names = {name: f"field bank/model-risk.agent.{name}" for name in ("tier", "tested", "retries", "by")}
    assert changes(old, new) == [(text.format(**names), loosens)]


def test_texts_are_no_change() -> None:
    assert changes("description: d", "description: Another text") == []


def test_a_field_that_is_gone_is_looser_and_one_more_is_stricter() -> None:
    whole, less = only_pack(body(*FIELDS)), only_pack(body(*FIELDS[1:]))
    assert list(loosened(whole, less)) == ["field bank/model-risk.agent.tier is removed"]
    assert list(tightened(whole, less)) == []
    assert list(tightened(less, whole)) == ["field bank/model-risk.agent.tier is added"]
    assert list(loosened(less, whole)) == []


def test_another_version_is_named() -> None:
    before, after = only_pack(body(TESTED)), only_pack(body(TESTED.replace("lower", "none")))
    assert list(loosened(before, after)) == ["weaker of field bank/model-risk.agent.tested is none, was lower in 1.0.0"]
