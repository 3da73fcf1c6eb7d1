"""Fields that packs add: declared, read by their own and other policies, and no trouble to policies that do not know them."""

import pytest
from tests.support.own_fields import NAME, compiled, findings_of, known_with, only_pack, pack
from tests.support.worlds import vocabulary

from shipcheck.describe.nouns import Name, Nouns
from shipcheck.describe.reads import ReadFinder
from shipcheck.model.expression import Path, Step
from shipcheck.model.policy import EachComponent, Must
from shipcheck.model.types import TEXT, YES_NO, Type, component
from shipcheck.policy_test.unknowns import Unknowns

TIER = "tier: {type: choice, words: [low, high], ordered: true, weaker: lower, description: d}"
TESTED = "tested: {type: yes_no, weaker: lower, description: d}"
LEVEL = "level: {type: integer, absent: 1, weaker: lower, description: d}"


def policy(each: str, must: str, name: str = "rule") -> str:
    rest = "title: t, why: w, severity: error, message: m, fix: f"
    return f"\npolicies:\n  - {{id: {name}, each: '{each}', must: '{must}', {rest}}}\n"


def fields(*lines: str, kind: str = "agent") -> str:
    return f"fields:\n  {kind}:\n" + "".join(f"    {line}\n" for line in lines)


def test_a_field_is_what_the_pack_says() -> None:
    declared = "words: {low: little, high: much}, ordered: true, absent: low, weaker: lower, says: rank, description: The  rank."
    [field] = only_pack(f"fields: {{agent: {{tier: {{type: choice, {declared}}}}}}}").fields
    assert (field.path, field.words, field.ordered) == ("agent.tier", (("low", "little"), ("high", "much")), True)
    assert (field.absent, field.default, field.says, field.description) == ("default", "low", "rank", "The rank.")


@pytest.mark.parametrize(
    ("must", "written", "found"),
    [
        ("model_risk.tested", "tested: true", False),
        ("model_risk.tested", "tested: false", True),
        ("model_risk.tested", "", True),
        ("model_risk.tier >= high", "tier: high", False),
        ("model_risk.tier >= high", "tier: low", True),
        ("model_risk.level >= 1", "", False),
        ("model_risk.level >= 1", "level: 0", True),
        ("model_risk.tested is missing", "", False),
        ("model_risk.level is set", "", False),
    ],
)
def test_policies_read_fields_under_the_name_of_the_pack(must: str, written: str, found: bool) -> None:  # noqa: FBT001 - a case
    own = f", model-risk: {{{written}}}" if written else ""
    body = fields(TIER, TESTED, LEVEL) + policy("agent", must)
    assert bool(findings_of(body, f"agents: {{a: {{entry: true{own}}}}}")) is found


def test_one_policy_reads_a_field_that_several_kinds_have_alike() -> None:
    body = f"fields:\n  agent: {{{TESTED}}}\n  action: {{{TESTED}}}" + policy("agent or action", "model_risk.tested")
    text = "agents: {a: {model-risk: {tested: true}}}\nactions: {b: {model-risk: {tested: false}}}"
    assert [finding.subject for finding in findings_of(body, text)] == ["action:b"]


def test_a_field_that_one_of_several_kinds_lacks_is_not_read() -> None:
    _, messages = compiled(
        pack(f"fields:\n  agent: {{{TESTED}}}\n  action: {{{TIER}}}" + policy("agent or action", "model_risk.tested"))
    )
    assert messages == ("action.model-risk has no field 'tested'; write one policy for each kind",)


def test_packs_in_use_read_the_fields_of_each_other() -> None:
    other = pack(policy("agent", "model_risk.tested"), "bank/other")
    assert compiled(pack(fields(TESTED)), other)[1] == ()
    [message] = compiled(other)[1]
    assert message.endswith("; the fields of a pack are known where the pack is in use, and in packs that extend it")


def test_no_pack_declares_fields_for_another() -> None:
    _, messages = compiled(pack(fields(TESTED, kind="model-risk"), "bank/other"))
    assert messages[0].startswith("unknown kind 'model-risk'")


@pytest.mark.parametrize(
    "must",
    [
        "some human in calls satisfies human.owner is set",
        "no risk in guarded_by satisfies risk.decided_by == human",
        "every gates in calls satisfies gates.reversible",
    ],
)
def test_the_name_of_a_pack_takes_no_name_from_the_policies_of_others(must: str) -> None:
    kind = "action" if "guarded_by" in must else "agent"
    both = "\nfields:\n" + "".join(f"  {each}: {{{TESTED}}}\n" for each in ("agent", "action", "gate"))
    packs = [pack(policy(kind, must), "bank/others"), pack(both, "acme/human"), pack(both, "acme/risk")]
    assert compiled(*packs)[1] == ()


@pytest.mark.parametrize("must", ["model-risk.tested", "not model-risk.tested", "owner is set and model-risk.tier == low"])
def test_the_name_with_a_minus_is_explained(must: str) -> None:
    _, messages = compiled(pack(fields(TESTED, TIER) + policy("agent", must)))
    assert messages == ("'-' is minus here; write 'model_risk' for the fields of pack model-risk",)


def test_what_reads_a_field_that_is_wrong_is_not_reported_again() -> None:
    _, messages = compiled(
        pack(fields("tested: {type: bool, weaker: lower, description: d}") + policy("agent", "model_risk.tested"))
    )
    assert messages == ("unknown type 'bool'; the types are choice, text, number, integer, yes_no, date and reference",)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("acme/stage", "a field"),
        ("acme/owner", "a field"),
        ("acme/review-due", "a field"),
        ("acme/calls", "a link"),
        ("acme/called-by", "a link"),
        ("acme/gate", "a kind"),
        ("acme/tool-servers", "a section of manifests"),
        ("acme/tainted", "a derived value"),
        ("acme/every", "a word of the policy language"),
        ("acme/base", "a word of the policy language"),
        ("acme/no", "not a text for some YAML version"),
    ],
)
def test_a_pack_with_fields_has_a_name_of_its_own(name: str, what: str) -> None:
    key = name.partition("/")[2]
    _, messages = compiled(pack(fields(TESTED), name))
    assert messages == (f"fields of pack {name} are written under '{key}', and '{key}' is {what}; rename the pack",)
    # Without the problem, what has the name keeps its meaning.
    assert known_with(pack(fields(TESTED), name)).kinds["agent"].links == vocabulary().kinds["agent"].links


def test_two_packs_of_one_name_do_not_both_have_fields() -> None:
    first, second = pack(fields(TESTED)), pack(fields(TIER), "acme/model-risk")
    [message] = compiled(first, second)[1]
    assert message.startswith("fields of packs bank/model-risk and acme/model-risk are both written under 'model-risk'; ")
    assert compiled(first, pack(policy("agent", "owner is set"), "acme/model-risk"))[1] == ()


def test_a_field_may_have_the_name_of_another_field() -> None:
    body = fields("owner: {type: text, weaker: none, description: d}") + policy("agent", 'model_risk.owner == "x"')
    assert findings_of(body, "agents: {a: {owner: t, model-risk: {owner: x}}}\nteams: {t: {}}") == []


@pytest.mark.parametrize(
    ("labels", "found"), [('{tier: "1"}', False), ('{tier: "2"}', True), ('{other: "1"}', True), ("{}", True), (None, True)]
)
def test_labels_are_read_as_text(labels: str | None, found: bool) -> None:  # noqa: FBT001 - a case
    written = f"labels: {labels}" if labels else ""
    [*findings] = findings_of(policy("agent", 'labels.tier == "1"'), f"agents: {{a: {{{written}}}}}")
    assert bool(findings) is found
    assert all(finding.assumed for finding in findings) or labels == '{tier: "2"}'


def said(path: str, type_: Type) -> str:
    known = known_with(pack(fields(TESTED, TIER)))
    first, last = path.split(".")
    record = "labels" if first == "labels" else "agent.model-risk"
    steps = (Step(first, "value", Type("record", record=record)), Step(last, "value", type_, on_record=True))
    return Nouns(known, {"it": Name("it", component("agent"))}).path(Path(type_, path, "it", steps)).text


def test_fields_of_packs_and_labels_are_called_as_those_of_the_component() -> None:
    assert said("model-risk.tier", Type("choice", words=("low", "high"))) == "its model-risk tier"
    assert said("model-risk.tested", YES_NO) == "whether it is tested"
    assert said("labels.tier", TEXT) == "its label tier"


def test_a_field_with_a_default_is_never_unknown() -> None:
    body = fields(TESTED, LEVEL) + policy("agent", "model_risk.tested and model_risk.level >= 1")
    known = known_with(pack(body))
    [rule] = only_pack(body).policies
    assert isinstance(rule.verb, Must)
    assert isinstance(rule.subject, EachComponent)
    reads = ReadFinder(known).reads(rule.verb.condition, {"it": component("agent")})
    assert {read.path: read.unsure for read in reads} == {"model-risk.tested": True, "model-risk.level": False}
    unsure = [Unknowns(known).possible(part, {"it": component("agent")}, frozenset()) for part in rule.verb.condition.children()]
    assert unsure == [True, False]


def test_the_name_of_the_pack_is_the_key() -> None:
    assert known_with(pack(fields(TESTED))).packs == {"model-risk": NAME}
