"""Waivers and consents that only the head has, or in wider terms, are listed; those that follow a renamed component are not."""

from dataclasses import replace
from datetime import date

import pytest

from shipcheck.compare.proposed import consented_more, waived_more, waivers_by_name
from shipcheck.model.consent import Consent
from shipcheck.model.edit import Edit
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.waiver import Terms, Waiver

AT = Location("worktree", ".shipcheck/waivers.yaml", 3, 5, 3, 9)
TERMS = Terms("why", "team:own", "team:risk", date(2027, 1, 31), AT, AT, AT)
WAIVER = Waiver("local/loop", "agent:a", None, ("agent:a", "agent:b"), Severity.WARNING, TERMS, baseline=False, location=AT)
NAMES = {"agent:a": ("agent:z",), "agent:b": ("agent:y", "agent:x")}
CONSENT = Consent(Edit("agent:a", "entry", "true", None), TERMS, AT)
LATER = replace(TERMS, until=date(2027, 2, 28))


def test_a_waiver_of_the_base_is_known_under_every_name() -> None:
    found = waivers_by_name([WAIVER], NAMES)
    assert found.keys() == {WAIVER.fingerprint, replace(WAIVER, subject="agent:z").fingerprint}
    assert {item.members for item in found.values()} == {("agent:a", "agent:b", "agent:z", "agent:y", "agent:x")}
    assert waivers_by_name([WAIVER], {}) == {WAIVER.fingerprint: WAIVER}


def test_of_two_waivers_the_one_with_the_name_itself_counts() -> None:
    other = replace(WAIVER, subject="agent:z", up_to=Severity.ERROR)
    for both in ([WAIVER, other], [other, WAIVER]):
        assert waivers_by_name(both, NAMES)[other.fingerprint].up_to == Severity.ERROR


@pytest.mark.parametrize(
    ("head", "messages"),
    [
        (WAIVER, []),
        (replace(WAIVER, subject="agent:z", members=("agent:z", "agent:x")), []),
        (replace(WAIVER, up_to=Severity.ERROR), ["waives findings up to error, not warning as in the base"]),
        (replace(WAIVER, members=("agent:a", "agent:c")), ["names more members than in the base"]),
        (replace(WAIVER, terms=LATER), ["lasts until 2027-02-28, not 2027-01-31 as in the base"]),
        (replace(WAIVER, terms=replace(TERMS, owner="team:x")), ["is owned by team:x, not team:own as in the base"]),
        (replace(WAIVER, subject="agent:q"), ["is new; it lasts until 2027-01-31"]),
    ],
)
def test_what_a_waiver_of_the_head_adds_is_listed(head: Waiver, messages: list[str]) -> None:
    found = waived_more([WAIVER], [head], NAMES)
    assert [change.message for change in found] == [f"the waiver of {head.names} {message}" for message in messages]


@pytest.mark.parametrize(
    ("head", "messages"),
    [
        (CONSENT, []),
        (replace(CONSENT, terms=LATER), ["lasts until 2027-02-28, not 2027-01-31 as in the base"]),
        (replace(CONSENT, terms=replace(TERMS, approver="team:x")), ["is approved by team:x, not team:risk as in the base"]),
        (replace(CONSENT, edit=CONSENT.edit._replace(after="false")), ["is new"]),
    ],
)
def test_what_a_consent_of_the_head_adds_is_listed(head: Consent, messages: list[str]) -> None:
    found = consented_more([CONSENT], [head])
    assert [change.message for change in found] == [f"the consent to {head.edit.names} {message}" for message in messages]
