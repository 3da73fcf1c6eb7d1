"""Packs that want to cost time or to crash: each is answered, most of them with a problem that has a code."""

import pytest
from tests.support.worlds import HEAD, PACK, document, vocabulary

from shipcheck.describe.sentences import policy_in_english
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.language.compile.review import review
from shipcheck.model.problem import MAX_PROBLEMS
from shipcheck.model.settings import Settings


def policy(number: int, **keys: str) -> str:
    written = "".join(f"    {key}: {value}\n" for key, value in keys.items())
    return f"  - id: p{number}\n    title: T\n    why: B\n{written}"


def policies(count: int, **keys: str) -> str:
    return f"{HEAD}policies:\n" + "".join(policy(number, **keys) for number in range(count))


def chain(levels: int, link: str) -> str:
    """Selectors that each name the one before, as `link` says."""
    rest = "".join(f"  s{number}: {link.format(f's{number - 1}')}\n" for number in range(1, levels))
    return f"select:\n  s0: action where reversible\n{rest}"


HOSTILE = {
    "doubling selectors": (HEAD + chain(11, "{0} or {0}"), "P026"),
    "doubling selectors in conditions": (HEAD + chain(11, "action where it is {0} or it is {0}"), "P026"),
    "a long chain of selectors": (HEAD + chain(2000, "{0} where reversible"), "P026"),
    "a selector that names itself": (HEAD + "select:\n  a: a where a is a\n", "P026"),
    "a loop of a thousand selectors": (
        HEAD + "select:\n" + "".join(f"  s{number}: s{(number + 1) % 1000}\n" for number in range(1000)),
        "P026",
    ),
    "brackets": (policies(1, each="agent", must="(" * 1900 + "entry" + ")" * 1900), "P010"),
    "lists in lists": (policies(1, each="agent", must='"' + "[" * 1900 + '"'), "P010"),
    "not not not": (policies(1, each="agent", must="not " * 900 + "entry"), "P010"),
    "quantifiers": (policies(1, each="agent", must="some x in calls satisfies " * 100 + "entry"), "P010"),
    "a tower of powers": (policies(1, each="agent", must=" * ".join(["9" * 15] * 100) + " > 1"), "P010"),
    "a number without end": (policies(1, each="gate", must="approvals > " + "9" * 3900), "P010"),
    "a percentage without end": (policies(1, each="gate", must="approvals > " + "9" * 3900 + "%"), "P010"),
    "a duration without end": (policies(1, each="integration", must="due > today + 999999999999999d"), "P010"),
    "a day that never was": (policies(1, each="integration", must="due > 9999-99-99"), "P010"),
    "a name without end": (policies(1, each="a" * 3900, must="entry"), "P002"),
    "a text without end": (policies(1, each="agent", must="entry", message='"' + "x" * 5000 + '"'), "P001"),
    "hops without end": (policies(1, each="agent", must_reach="action", along="calls", within="9" * 3900), "P015"),
    "a path through everything": (policies(300, each="agent", must=".".join(["calls.called_by"] * 40)), "P012"),
    "a parameter without end": (f"{HEAD}params:\n  p: {{type: number, default: {'9' * 4000}}}\n", "P006"),
    "letters that look alike": (policies(500, each="agent", must="entry", message='"\u0430gent"'), "P027"),
    "many mistakes": (policies(3000, each="agnet", must="ownr is set"), "P002"),
    "many parameters that are wrong": (
        HEAD + "params:\n" + "".join(f"  p{number}: {{type: zzz, default: 1}}\n" for number in range(1000)),
        "P006",
    ),
    "along everything twice": (policies(1, each="agent", must_reach="action", along='"' + "cals," * 700 + '"'), "P004"),
    "a ladder without end": (
        policies(1, each="agent", must="entry", severity="[" + ", ".join(["error when entry"] * 3000) + "]"),
        "P016",
    ),
}
TITLES = " or ".join(f'title == "{number}"' for number in range(90))
HARMLESS = {
    "very many policies that narrow a very large selector": (
        HEAD
        + "select:\n"
        + "".join(f"  s{number}: agent where {TITLES}\n" for number in range(60))
        + f"  top: agent where {' or '.join(f'it is s{number}' for number in range(60))}\n"
        + "policies:\n"
        + "".join(policy(number, each=f'top where description == "{number}"', must="owner is set") for number in range(500))
    ),
    "doubling selectors, within bounds": (
        HEAD
        + chain(6, "action where it is {0} or it is {0}")
        + "policies:\n"
        + "".join(policy(number, each="s5", must="not it is s5") for number in range(20))
    ),
    "conditions that could be joined in very many ways": policies(
        5,
        each="action where "
        + " and ".join(f"(reversible or state == live or count(effects) == {number})" for number in range(60)),
        must="owner is set",
    ),
    "a condition that is many times the same": policies(3, each="agent", must=" and ".join(["owner is set"] * 200)),
    "a message of very many parts": policies(3, each="agent", must="owner is set", message='"' + "{it}" * 900 + '"'),
    "very many kinds": policies(3, each=" or ".join(["agent", "action", "gate"] * 120), must="owner is set"),
    "very many words": policies(3, each=f"action where sensitivity in [{', '.join(['low'] * 700)}]", must="owner is set"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_answered_with_a_code(name: str) -> None:
    text, code = HOSTILE[name]
    _, faults, misuse = compile_plan([PackDocuments(PACK, document(text, "pack.yaml", PACK), ())], Settings(), vocabulary())
    assert misuse == ()
    assert code in {fault.code for fault in faults}
    assert len(faults) <= MAX_PROBLEMS + 1
    assert max(len(fault.message) for fault in faults) < 4200


@pytest.mark.parametrize("name", HARMLESS)
def test_it_costs_little(name: str) -> None:
    packs = [PackDocuments(PACK, document(HARMLESS[name], "pack.yaml", PACK), ())]
    plan, faults, _ = compile_plan(packs, Settings(), vocabulary())
    assert faults == ()
    assert {warning.code for warning in review(packs, plan, vocabulary())} <= {"P024", "P026"}
    for item in plan.policies[:5]:
        assert policy_in_english(item, plan.packs[0], vocabulary()).asks
