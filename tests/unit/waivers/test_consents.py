"""Which consents are used: those that the base has, that the head took out, and whose edit the head makes once."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.reading import linked

from shipcheck.graph.graph import Graph
from shipcheck.model.component import Component
from shipcheck.model.consent import Consent, JudgedConsent
from shipcheck.model.edit import Edit, value_text
from shipcheck.model.location import Location
from shipcheck.model.waiver import Terms
from shipcheck.waivers.consent_states import ConsentSets, judge_consents

DAY = date(2026, 11, 22)
AT = Location("base", ".shipcheck/waivers.yaml", 3, 5, 3, 9)
TEAMS_TEXT = """shipcheck: 1
teams:
  own: {members: [zoe]}
  risk: {members: [dan]}
  same: {members: [zoe]}
  vendor: {type: vendor}
  users: {type: end_users}
  former: {active: false}
"""
APPROVERS = ("team:risk", "team:same", "team:vendor", "team:users", "team:former", "team:unknown")
EDITS = (
    Edit("agent:a", "entry", "true", "false"),
    Edit("agent:a", "entry", "true", None),
    Edit("agent:a", "", "{}", None),
    Edit("agent:b", "entry", "true", "false"),
    Edit(".shipcheck/settings.yaml", "fail_on", "warning", "error"),
)


def teams() -> dict[str, Component]:
    graph = linked(TEAMS_TEXT)
    assert isinstance(graph, Graph)
    return {str(component.reference): component for component in graph.components}


KNOWN = teams()


def consent(edit: Edit, approver: str = "team:risk", until: date = DAY) -> Consent:
    return Consent(edit, Terms("why", "team:own", approver, until, AT, AT, AT), AT)


def judged(
    head: Iterable[Consent], base: Iterable[Consent] | None, parted: Iterable[Edit], made: Iterable[Edit]
) -> tuple[JudgedConsent, ...]:
    known = None if base is None else tuple(base)
    return judge_consents(
        ConsentSets(tuple(head), known, frozenset(parted), Counter(made), KNOWN, DAY, lambda edit: edit.field == "entry")
    )


_CONSENTS = st.lists(
    st.builds(
        consent,
        st.sampled_from(EDITS),
        st.sampled_from(APPROVERS),
        st.sampled_from([DAY - timedelta(days=1), DAY, DAY + timedelta(days=30)]),
    ),
    max_size=4,
    unique_by=lambda item: item.edit,
)


@given(_CONSENTS, _CONSENTS, st.sets(st.sampled_from(EDITS)), st.lists(st.sampled_from(EDITS), max_size=4))
@cases(200)
def test_a_consent_is_used_only_by_the_change_that_takes_it_out(
    head: list[Consent], base: list[Consent], parted: set[Edit], made: list[Edit]
) -> None:
    used = [item.consent for item in judged(head, base, parted, made) if item.state == "used"]
    kept = {item.edit for item in head}
    assert used == [
        item
        for item in base
        if item.edit not in kept
        and item.edit in parted
        and made.count(item.edit) == 1
        and item.terms.until >= DAY
        and item.terms.approver == "team:risk"
    ]


@given(_CONSENTS, _CONSENTS, st.lists(st.sampled_from(EDITS), max_size=4))
@cases(50)
def test_every_consent_of_the_head_has_a_state(head: list[Consent], base: list[Consent], made: list[Edit]) -> None:
    known = {item.edit for item in base}
    found = {item.consent.edit: item.state for item in judged(head, base, known, made)}
    assert found.keys() >= {item.edit for item in head} | known
    for item in head:
        if item.terms.until < DAY:
            assert found[item.edit] == "ended"
        elif item.edit not in known:
            assert found[item.edit] == "proposed"
        else:
            assert found[item.edit] in {"kept", "ready", "unused"}


def test_without_a_base_nothing_is_used() -> None:
    assert [item.state for item in judged(map(consent, EDITS), None, EDITS, ())] == [
        "ready",
        "ready",
        "unused",
        "ready",
        "unused",
    ]


def test_a_value_has_one_text_and_no_two_values_the_same() -> None:
    values = [
        None,
        True,
        False,
        3,
        "x",
        (),
        ("a",),
        ("a", "b"),
        ("a, b",),
        ('"a", b',),
        {"a": "b"},
        {"a": ("b", "c")},
        {"a": "b, c: d"},
    ]
    found = [value_text(value) for value in values]
    assert found[:8] == [None, "true", "false", "3", "x", "[]", "[a]", "[a, b]"]
    assert len(set(found)) == len(values)
    assert value_text(("x" * 401,)) != value_text(("x" * 402,))
    assert str(value_text("two\nlines")).startswith("sha256:")
