"""The example policies of the language, one for each shape it is there for, compile without a problem or a warning."""

from pathlib import Path

from tests.support.worlds import PACK, document, vocabulary

from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.language.compile.review import checked, review
from shipcheck.model.policy import (
    EachComponent,
    EachLink,
    EachRemoved,
    Group,
    Must,
    MustNotCycle,
    MustNotReach,
    MustReach,
    Policy,
)
from shipcheck.model.settings import Settings

TEXT = (Path(__file__).parent / "eighteen.yaml").read_text("utf-8")
PACKS = [PackDocuments(PACK, document(TEXT, "pack.yaml", PACK), ())]


def policies() -> dict[str, Policy]:
    plan, faults, misuse = compile_plan(PACKS, Settings(), vocabulary())
    assert (faults, misuse) == ((), ())
    return {policy.id: policy for policy in plan.policies}


def test_they_compile_clean() -> None:
    plan, faults, misuse = compile_plan(PACKS, Settings(), vocabulary())
    assert (faults, misuse) == ((), ())
    assert review(PACKS, plan, vocabulary()) == ()
    assert len(plan.policies) == 20


def test_they_have_every_form_of_subject_and_verb() -> None:
    found = policies().values()
    assert {type(policy.subject) for policy in found} == {EachComponent, EachLink, EachRemoved, Group}
    assert {type(policy.verb) for policy in found} == {Must, MustReach, MustNotReach, MustNotCycle}


def test_walks_keep_what_bounds_them() -> None:
    found = policies()
    bounded, every_way, past = found["aud-2"].verb, found["esc-1"].verb, found["red-1"].verb
    assert isinstance(bounded, MustReach)
    assert isinstance(every_way, MustReach)
    assert isinstance(past, MustReach)
    assert (bounded.within, bounded.every_way, bounded.through) == (6, False, None)
    assert (every_way.within, every_way.every_way) == (None, True)
    assert past.through is not None
    assert past.through.kinds == ("action",)


def test_what_they_cost() -> None:
    plan, _, _ = compile_plan(PACKS, Settings(), vocabulary())
    dear = {name: cost.shown for name, cost in checked(plan.packs[0]).costs if cost.kind != "linear"}
    assert dear == {
        "trial/gate-1": "one pass for each distinct value of from.owner",
        "trial/int-2": "one pass for each subject",
    }
