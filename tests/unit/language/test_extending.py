"""Packs that extend each other: all may ask more, an extending one may ask less where it is let, and order means nothing."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.worlds import document, vocabulary

from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.model.location import Location
from shipcheck.model.policy import Plan, Severity
from shipcheck.model.problem import Problem
from shipcheck.model.settings import ParameterSetting, Settings, SeveritySetting

DAY = date(2026, 11, 22)
PLACE = Location("worktree", ".shipcheck/settings.yaml", 1, 1, 1, 1)
BASE = """pack: base
version: 1.2.0
params:
  rising: {type: number, default: 10, may: increase, may_soften: true, min: 1}
  falling: {type: percent, default: 50%, may: decrease}
  free: {type: number, default: 3, may: any}
policies:
  - id: soft
    title: A
    why: B
    each: agent
    must: entry
    severity: warning
    may_soften: [severity, drop]
    message: C
  - id: hard
    title: A
    why: B
    each: agent
    must: title is set
    severity: warning
    message: C
"""
SOFTEN = "soften: [{{{what}, reason: New to us., approver: platform, until: {until}}}]\n"


def pack(name: str, *, extends: str = "base", more: str = "", version: str = "1.0.0") -> PackDocuments:
    text = f"pack: {name}\nversion: {version}\n" + (f"extends: [{{pack: {extends}}}]\n" if extends else "") + more
    return PackDocuments(name, document(text, f"{name}.yaml", name), ())


def base() -> PackDocuments:
    return PackDocuments("base", document(BASE, "base.yaml", "base"), ())


def compiled(
    packs: Sequence[PackDocuments], settings: Settings | None = None, day: date | None = DAY
) -> tuple[Plan, list[tuple[str, str]]]:
    plan, faults, misuse = compile_plan(packs, settings or Settings(), vocabulary(), day)
    return plan, [(problem.code, problem.message) for problem in sorted((*faults, *misuse), key=_place)]


def _place(problem: Problem) -> tuple[Location, str]:
    return problem.location, problem.message


def soften(what: str, until: str = "2027-03-31") -> str:
    return SOFTEN.format(what=what, until=until)


def value(plan: Plan, name: str) -> float:
    return next(one.value for one in next(held for held in plan.packs if held.name == "base").parameters if one.name == name)


def weight(plan: Plan, name: str) -> Severity | None:
    """How grave a finding of a policy of the base is at most, None where it is not judged."""
    found = [policy for policy in plan.policies if policy.name == f"base/{name}"]
    return found[0].weighed(found[0].severity[0].severity) if found else None


@pytest.mark.parametrize(
    ("more", "code", "message"),
    [
        (soften("policy: base/hard, severity: note"), "P033", "pack base does not allow lowering the severity of base/hard"),
        (soften("policy: base/hard, drop: true"), "P033", "pack base does not allow dropping base/hard"),
        (soften("policy: base/soft, severity: warning"), "P033", "the highest severity of base/soft is already warning"),
        (soften("parameter: base.falling, value: 80%"), "P033", "pack base does not allow loosening base.falling"),
        (soften("parameter: base.rising, value: 0"), "P026", "base.rising is below its min, 1; use another value"),
        (soften("parameter: base.rising, value: ten"), "P006", "'ten' is not a number; write a value such as 10"),
        (soften("policy: base/sofft, severity: note"), "P009", "unknown policy 'base/sofft'; did you mean 'base/soft'?"),
        (
            soften("policy: core/soft, severity: note"),
            "P032",
            "pack mine does not extend 'core', so it cannot loosen core/soft",
        ),
        (
            soften("policy: base/soft, severity: note", until="2027-02-30"),
            "P033",
            "'2027-02-30' is not a date; write it as 2027-03-31",
        ),
        (
            "severities: {base/hard: note}\n",
            "P026",
            "pack mine can only raise a severity, and base/hard can already be warning; write warning or delete this",
        ),
        ("parameters: {base: {rising: 9}}\n", "P026", "base.rising can only be tightened; write at least 10"),
        ("parameters: {base: {risen: 9}}\n", "P006", "unknown parameter 'risen' in pack base; did you mean 'rising'?"),
        (
            "severities: {base/soft: error}\n" + soften("policy: base/soft, severity: note"),
            "P033",
            "conflicting overrides of base/soft; keep one",
        ),
        (
            "parameters: {base: {rising: 12}}\n" + soften("parameter: base.rising, value: 5"),
            "P033",
            "conflicting overrides of base.rising; keep one",
        ),
    ],
)
def test_what_a_pack_may_not_ask_is_answered(more: str, code: str, message: str) -> None:
    assert compiled([base(), pack("mine", more=more)])[1] == [(code, message)]


@pytest.mark.parametrize("missing", ["reason: New to us., ", "approver: platform, ", ", until: 2027-03-31"])
def test_softening_says_why_who_and_until_when(missing: str) -> None:
    more = soften("policy: base/soft, severity: note").replace(missing, "")
    assert [code for code, _ in compiled([base(), pack("mine", more=more)])[1]] == ["P001"]


def test_only_a_pack_that_extends_another_may_ask_anything_of_it() -> None:
    stranger = pack("mine", extends="", more="severities: {base/hard: error}\n")
    expected = "pack mine does not extend 'base', so it cannot override it; add it under extends"
    assert compiled([base(), stranger])[1] == [("P032", expected)]


def test_a_pack_can_soften_what_it_is_let() -> None:
    plan, wrong = compiled([base(), pack("mine", more=soften("policy: base/soft, severity: note"))])
    assert (weight(plan, "soft"), weight(plan, "hard"), wrong) == (Severity.NOTE, Severity.WARNING, [])
    assert [(item.what, item.to, item.reason) for item in plan.softened] == [("base/soft", "note", "New to us.")]
    plan, _ = compiled([base(), pack("mine", more=soften("policy: base/soft, drop: true"))])
    assert weight(plan, "soft") is None
    plan, _ = compiled([base(), pack("mine", more=soften("parameter: base.rising, value: 5"))])
    assert value(plan, "rising") == 5


@pytest.mark.parametrize(("until", "in_force"), [("2026-11-21", False), ("2026-11-22", True), ("2026-11-23", True)])
def test_softening_is_in_force_until_its_day_which_is_included(until: str, *, in_force: bool) -> None:
    plan, wrong = compiled([base(), pack("mine", more=soften("policy: base/soft, drop: true", until=until))])
    assert wrong == []
    assert (weight(plan, "soft") is None) == in_force
    assert (len(plan.softened), len(plan.expired)) == ((1, 0) if in_force else (0, 1))


def test_what_is_no_longer_softened_is_as_others_tighten_it() -> None:
    more = "parameters: {base: {rising: 12}}\nseverities: {base/soft: error}\n"
    late = soften("parameter: base.rising, value: 5", until="2026-01-01")
    plan, wrong = compiled([base(), pack("a", more=more), pack("b", more=late)])
    assert (value(plan, "rising"), weight(plan, "soft"), wrong) == (12, Severity.ERROR, [])


def test_without_a_day_nobody_asks_less() -> None:
    plan, wrong = compiled([base(), pack("mine", more=soften("policy: base/soft, drop: true"))], day=None)
    assert (weight(plan, "soft"), plan.softened, wrong) == (Severity.WARNING, (), [])


def test_packs_that_soften_otherwise_contradict_each_other() -> None:
    one, other = (soften(f"policy: base/soft, {to}") for to in ("severity: note", "drop: true"))
    for packs in permutations([base(), pack("a", more=one), pack("b", more=other)]):
        plan, wrong = compiled(packs)
        assert wrong == [("P033", "conflicting overrides of base/soft; keep one")]
        assert weight(plan, "soft") == Severity.WARNING


def test_a_free_parameter_has_one_value() -> None:
    packs = [base(), pack("a", more="parameters: {base: {free: 4}}\n"), pack("b", more="parameters: {base: {free: 5}}\n")]
    assert [code for code, _ in compiled(packs)[1]] == ["P033"]


@pytest.mark.parametrize(
    ("packs", "message"),
    [
        ([pack("a", extends="a")], "pack a extends a, which in turn extends a; remove one"),
        ([pack("a", extends="bse"), base()], "pack a extends bse, which is not in use; did you mean 'base'?"),
        (
            [pack("a", extends="base, version: '>=2'"), base()],
            "pack a extends base >=2, but version 1.2.0 is in use",
        ),
    ],
)
def test_packs_that_extend_wrongly_are_refused(packs: list[PackDocuments], message: str) -> None:
    assert compiled(packs)[1] == [("P032", message)]


def test_a_circle_of_packs_is_refused_at_each_of_them() -> None:
    wrong = compiled([pack("a", extends="b"), pack("b", extends="c"), pack("c", extends="a")])[1]
    assert [code for code, _ in wrong] == ["P032"] * 3


ASKED = st.lists(
    st.sampled_from(
        [
            "parameters: {base: {rising: 12}}\n",
            "parameters: {base: {rising: 15}}\n",
            "parameters: {base: {falling: 40%}}\n",
            "parameters: {base: {falling: 20%}}\n",
            "parameters: {base: {free: 4}}\n",
            "parameters: {base: {free: 5}}\n",
            "severities: {base/hard: error}\n",
            "severities: {base/soft: warning}\n",
            soften("policy: base/soft, severity: note"),
            soften("policy: base/soft, drop: true"),
            soften("policy: base/soft, drop: true", until="2026-01-01"),
            soften("parameter: base.rising, value: 5"),
            soften("parameter: base.rising, value: 6"),
            soften("policy: base/hard, drop: true"),
        ]
    ),
    max_size=5,
)
SETTINGS = st.sampled_from(
    [
        Settings(),
        Settings(parameters=(ParameterSetting("base", "rising", "13", PLACE),)),
        Settings(severities=(SeveritySetting("base/hard", Severity.ERROR, PLACE),)),
        Settings(severities=(SeveritySetting("base/soft", Severity.ERROR, PLACE),)),
    ]
)


def summed(plan: Plan) -> tuple[object, ...]:
    parameters = tuple(value(plan, name) for name in ("rising", "falling", "free"))
    return *parameters, weight(plan, "soft"), weight(plan, "hard"), plan.softened, plan.expired


@given(ASKED, SETTINGS, st.randoms(use_true_random=False))
def test_the_order_of_packs_means_nothing(asked: list[str], settings: Settings, random: object) -> None:
    packs = [base(), *(pack(f"p{number}", more=more) for number, more in enumerate(asked))]
    shuffled = list(packs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    plan, wrong = compiled(packs, settings)
    other, other_wrong = compiled(shuffled, settings)
    assert sorted(wrong) == sorted(other_wrong)
    assert summed(plan) == summed(other)


@given(ASKED, SETTINGS)
def test_packs_without_softening_only_ever_ask_more(asked: list[str], settings: Settings) -> None:
    harder = [more for more in asked if not more.startswith("soften")]
    plan, wrong = compiled([base(), *(pack(f"p{number}", more=more) for number, more in enumerate(harder))], settings)
    if not wrong:
        assert value(plan, "rising") >= 10
        assert value(plan, "falling") <= 0.5
        for name in ("soft", "hard"):
            weighed = weight(plan, name)
            assert weighed is not None
            assert weighed >= Severity.WARNING


@given(ASKED, ASKED)
def test_asking_in_one_pack_or_in_two_is_the_same(one: list[str], other: list[str]) -> None:
    """Merging what packs ask is associative: grouping the same wishes into packs otherwise changes nothing."""
    apart = [base(), *(pack(f"p{number}", more=more) for number, more in enumerate([*one, *other]))]
    again = [base(), *(pack(f"p{number}", more=more) for number, more in enumerate(dict.fromkeys([*one, *other])))]
    plan, wrong = compiled(apart)
    other_plan, other_wrong = compiled(again)
    assert {code for code, _ in wrong} == {code for code, _ in other_wrong}
    if not wrong:
        assert summed(plan)[:5] == summed(other_plan)[:5]
