"""Components by the names that a user types."""

import pytest
from tests.support.worlds import graph_of

from shipcheck.errors import UsageError
from shipcheck.pipeline.lookup import find_component

FILES = {
    "a.shipcheck.yaml": "shipcheck: 1\nagents: {triage: {calls: [pay]}, pay: {}}\nactions: {pay: {}, refund: {}}\n",
    "b.shipcheck.yaml": "shipcheck: 1\nnamespace: bank\nagents: {triage: {}, teller: {}}\nactions: {wire: {}}\n",
    "c.shipcheck.yaml": "shipcheck: 1\nnamespace: shop\nactions: {wire: {}}\n",
}


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("agent:triage", "agent:triage"),
        ("triage", "agent:triage"),
        ("default/triage", "agent:triage"),
        ("agent:default/triage", "agent:triage"),
        ("bank/triage", "agent:bank/triage"),
        ("agent:bank/triage", "agent:bank/triage"),
        ("teller", "agent:bank/teller"),
        ("agent:teller", "agent:bank/teller"),
        ("action:pay", "action:pay"),
        ("agent:pay", "agent:pay"),
    ],
)
def test_a_name_means_the_one_component_that_is_left(text: str, reference: str) -> None:
    graph = graph_of(FILES)
    assert str(graph.reference(find_component(graph, text))) == reference


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pay", "'pay' is ambiguous: action:pay or agent:pay; use one of these names"),
        ("wire", "'wire' is ambiguous: action:bank/wire or action:shop/wire; use one of these names"),
        ("triag", "unknown component 'triag'; did you mean 'triage'?"),
        ("agent:triag", "unknown component 'agent:triag'; did you mean 'agent:triage'?"),
        ("agnt:refund", "unknown component 'agnt:refund'; did you mean 'action:refund'?"),
        ("agent:refund", "unknown component 'agent:refund'; did you mean 'action:refund'?"),
        ("bnk/teller", "unknown component 'bnk/teller'; did you mean 'agent:bank/teller'?"),
        ("", "unknown component ''; list them with 'shipcheck graph --format json'"),
        (":", "unknown component ':'; list them with 'shipcheck graph --format json'"),
        ("x" * 5000, f"unknown component '{'x' * 5000}'; list them with 'shipcheck graph --format json'"),
    ],
)
def test_another_name_is_answered_with_what_may_be_meant(text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_component(graph_of(FILES), text)
    assert str(raised.value) == message
