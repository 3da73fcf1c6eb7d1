"""Which components of base and head belong together, whatever they are called."""

import pytest
from tests.support.worlds import graph_of

from shipcheck.graph.pairs import pairs

CODE = "implemented_by: [{file: src/pay.py, symbol: pay}]"
FILE = "implemented_by: [{file: src/pay.py}]"


def found(base: str, head: str) -> list[tuple[str, str, str]]:
    one, other = graph_of(f"shipcheck: 1\n{base}"), graph_of(f"shipcheck: 1\n{head}")
    return [(str(one.reference(before)), str(other.reference(after)), how) for before, after, how in pairs(one, other)]


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("actions: {pay: {}}", "actions: {pay: {}}", [("action:pay", "action:pay", "reference")]),
        ("actions: {pay: {}}", "actions: {settle: {}}", []),
        ("actions: {pay: {}}", "actions: {settle: {was: pay}}", [("action:pay", "action:settle", "was")]),
        ("actions: {pay: {}}", "actions: {settle: {was: 'action:pay'}}", [("action:pay", "action:settle", "was")]),
        ("actions: {pay: {}}", "gates: {settle: {was: pay}}", []),
        ("actions: {pay: {}}", "namespace: v2\nactions: {pay: {}}", [("action:pay", "action:v2/pay", "namespace")]),
        ("actions: {pay: {}}", "namespace: v2\nactions: {settle: {was: pay}}", [("action:pay", "action:v2/settle", "was")]),
        ("namespace: v1\nactions: {pay: {}}", "actions: {settle: {was: v1/pay}}", [("action:v1/pay", "action:settle", "was")]),
        (f"actions: {{pay: {{{CODE}}}}}", f"actions: {{settle: {{{CODE}}}}}", [("action:pay", "action:settle", "code")]),
        (f"actions: {{pay: {{{FILE}}}}}", f"actions: {{settle: {{{FILE}}}}}", [("action:pay", "action:settle", "code")]),
        (f"actions: {{pay: {{{CODE}}}}}", f"gates: {{settle: {{{CODE}}}}}", []),
    ],
)
def test_a_pair_is_found_by_reference_was_name_and_code(base: str, head: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(base, head) == expected


def test_a_component_that_is_split_pairs_with_each_part() -> None:
    head = "actions: {pay-in: {was: pay}, pay-out: {was: pay}}"
    assert found("actions: {pay: {}}", head) == [("action:pay", "action:pay-in", "was"), ("action:pay", "action:pay-out", "was")]


def test_components_that_are_merged_pair_with_the_one() -> None:
    base = f"actions: {{pay-in: {{}}, pay-out: {{{CODE}}}}}"
    head = f"actions: {{pay: {{was: pay-in, {CODE}}}}}"
    assert found(base, head) == [("action:pay-in", "action:pay", "was"), ("action:pay-out", "action:pay", "code")]


def test_names_that_are_swapped_pair_by_name_and_by_code() -> None:
    base = "actions: {a: {implemented_by: [{file: x.py, symbol: a}]}, b: {implemented_by: [{file: x.py, symbol: b}]}}"
    head = "actions: {a: {implemented_by: [{file: x.py, symbol: b}]}, b: {implemented_by: [{file: x.py, symbol: a}]}}"
    assert sorted(found(base, head)) == [
        ("action:a", "action:a", "reference"),
        ("action:a", "action:b", "code"),
        ("action:b", "action:a", "code"),
        ("action:b", "action:b", "reference"),
    ]


def test_a_file_that_several_name_pairs_only_what_lost_it() -> None:
    assert found(f"actions: {{pay: {{{FILE}}}}}", f"actions: {{look: {{{FILE}}}, pay: {{{FILE}}}}}") == [
        ("action:pay", "action:pay", "reference")
    ]
