"""Whether tests of the vocabulary hold: literals in, answers out."""

import pytest
from tests.support.worlds import graph_of, vocabulary

from shipcheck.graph.adjacency import LinkTables
from shipcheck.graph.holds import Facts
from shipcheck.vocabulary.vocabulary import EMPTY, GIVEN, UNDECLARED
from shipcheck.vocabulary.vocabulary import Test as Wanted

WORLD = graph_of("""
    shipcheck: 1
    actions:
      pay: {sensitivity: low, effects: [payments, egress], reversible: false, writes_to: [bank, shop]}
      none: {effects: []}
      silent: {}
    systems: {bank: {criticality: critical, environment: test}, shop: {criticality: low, environment: production}, dark: {}}
""")
FACTS = Facts(LinkTables(WORLD, vocabulary()))
NODES = {str(one.reference): number for number, one in enumerate(WORLD.components)}


def over(link: str, **wanted: tuple[str, ...]) -> Wanted:
    return Wanted(link, (), tuple(Wanted(name, among, ()) for name, among in wanted.items()))


@pytest.mark.parametrize(
    ("reference", "test", "if_undeclared", "otherwise"),
    [
        ("action:pay", Wanted("reversible", (False,), ()), True, True),
        ("action:pay", Wanted("reversible", (True,), ()), False, False),
        ("action:silent", Wanted("reversible", (True,), ()), True, False),
        ("action:silent", Wanted("reversible", (True, UNDECLARED), ()), True, True),
        ("action:silent", Wanted("reversible", (GIVEN,), ()), True, False),
        ("action:pay", Wanted("reversible", (GIVEN,), ()), True, True),
        # Of a list, one element is enough; an empty one has none.
        ("action:pay", Wanted("effects", ("egress",), ()), True, True),
        ("action:pay", Wanted("effects", ("deployment",), ()), False, False),
        ("action:none", Wanted("effects", ("egress",), ()), False, False),
        ("action:none", Wanted("effects", (EMPTY,), ()), True, True),
        ("action:none", Wanted("effects", (GIVEN,), ()), False, False),
        ("action:pay", Wanted("effects", (EMPTY,), ()), False, False),
        ("action:silent", Wanted("effects", (EMPTY,), ()), True, False),
        # A link that is not declared leads nowhere.
        ("action:silent", Wanted("writes_to", (EMPTY,), ()), True, True),
        ("action:silent", Wanted("writes_to", (GIVEN,), ()), False, False),
        ("action:pay", Wanted("writes_to", (GIVEN,), ()), True, True),
        ("system:bank", Wanted("written_by", (GIVEN,), ()), True, True),
        ("system:dark", Wanted("written_by", (GIVEN,), ()), False, False),
        # One target has to pass all.
        ("action:pay", over("writes_to", criticality=("critical",)), True, True),
        ("action:pay", over("writes_to", criticality=("critical",), environment=("test",)), True, True),
        ("action:pay", over("writes_to", criticality=("critical",), environment=("production",)), False, False),
        ("action:pay", over("writes_to", criticality=("critical",), external=("true",)), True, False),
        ("action:silent", over("writes_to", criticality=("critical",)), False, False),
        ("system:shop", over("written_by", sensitivity=("low",)), True, True),
        # What is written counts, not the floor.
        ("action:pay", Wanted("sensitivity", ("low",), ()), True, True),
        ("action:pay", Wanted("sensitivity", ("high",), ()), False, False),
        ("action:silent", Wanted("sensitivity", (UNDECLARED,), ()), True, True),
    ],
)
def test_a_test_holds_or_not(reference: str, test: Wanted, *, if_undeclared: bool, otherwise: bool) -> None:
    answers = tuple(FACTS.holds(NODES[reference], test, undeclared=undeclared) for undeclared in (True, False))
    assert answers == (if_undeclared, otherwise)


def test_what_is_not_declared_passes_when_and_not_certain() -> None:
    test = Wanted("reversible", (False,), ())
    silent = NODES["action:silent"]
    assert FACTS.hold(silent, (test,))
    assert not FACTS.hold(silent, (), (test,))
    assert not FACTS.hold(silent, (test,), (test,))
    assert FACTS.hold(NODES["action:pay"], (test,), (test,))
    assert FACTS.hold(silent, ())
