"""A derived value that falls is weaker, whichever links or components are gone; what its own change tells is told once."""

import pytest
from tests.support.worlds import graph_of, vocabulary

from shipcheck.compare.components import Code, compare_components
from shipcheck.compare.gravity import Gravity
from shipcheck.compare.weaker import Declared
from shipcheck.graph.pairs import pairs
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Severity

WORLD = """shipcheck: 1
use_cases:
  launch: {stage: production, uses: [desk], touches: [archive]}
  trial: {stage: pilot, audience: staff, uses: [clerk]}
agents:
  desk: {delegates_to: [clerk], calls: [pay, look]}
  clerk: {calls: [pay]}
actions:
  pay: {sensitivity: high, writes_to: [erp], implemented_by: [{file: src/pay.py, symbol: pay}]}
  look: {sensitivity: low, effects: [], reads_from: [crm], implemented_by: [{file: src/look.py, symbol: look}]}
datasets: {files: {classification: secret, hosted_in: [crm]}}
systems: {erp: {external: false, environment: test}, crm: {external: true, untrusted: true}, archive: {external: false}}
"""


def weakened(base: str, head: str, gone: tuple[str, ...] = ()) -> dict[str, Finding]:
    """The weakenings by their subjects; code in the files `gone` is no longer there."""
    before, after = graph_of(base), graph_of(head)

    def is_there(code: tuple[str, str]) -> bool:
        return code[0] not in gone

    found = pairs(before, after)
    gravity = Gravity(before, after, vocabulary())
    compared = compare_components(Declared(before, after, found, vocabulary()), found, Code(is_there, is_there), gravity)
    [result] = [result for result in compared.results if result.policy == "core/change-weakened"]
    return {finding.subject: finding for finding in result.findings}


LOOK = "  look: {sensitivity: low, effects: [], reads_from: [crm], implemented_by: [{file: src/look.py, symbol: look}]}\n"
FILES = "datasets: {files: {classification: secret, hosted_in: [crm]}}\n"
LAUNCH = "  launch: {stage: production, uses: [desk], touches: [archive]}\n"
FALLS = {
    "unlinked, told at the link": ("uses: [desk]", "uses: []", {"use_case:launch[uses]"}),
    "lowered, told by its policy": ("launch: {stage: production", "launch: {stage: pilot", set()),
    "retired, still in use": ("launch: {stage: production", "launch: {stage: retired", set()),
    "retired and unlinked": (LAUNCH, "  launch: {stage: retired, touches: [archive]}\n", {"use_case:launch[uses]"}),
    "use case gone": (LAUNCH, "", {"agent:desk[stage]"}),
    "agent no longer delegated to": ("delegates_to: [clerk], ", "", {"agent:desk[delegates_to]"}),
    "harmless action no longer called, data no longer read": (
        "[pay, look]",
        "[pay]",
        {
            "agent:desk[sees]",
            "agent:desk[sees_personal_data]",
            "agent:desk[tainted]",
            "agent:desk[insider_tainted]",
            "use_case:launch[systems]",
        },
    ),
    "data elsewhere": (FILES, "datasets: {files: {classification: secret}}\n", {"dataset:files[hosted_in]"}),
    "data gone": (FILES, "", {"agent:desk[sees]", "agent:desk[sees_personal_data]"}),
    "data reclassified": ("secret, hosted", "internal, personal_data: false, hosted", {"dataset:files[classification]"}),
    "system no longer touched": ("touches: [archive]", "touches: []", {"use_case:launch[systems]"}),
    "declared for the first time": ("{classification: secret, ", "{classification: secret, personal_data: false, ", set()),
    "nothing": ("", "", set()),
}


@pytest.mark.parametrize("name", FALLS)
def test_a_fall_is_told_where_it_begins(name: str) -> None:
    old, new, expected = FALLS[name]
    assert old in WORLD
    assert weakened(WORLD, WORLD.replace(old, new)).keys() == expected


def test_what_is_gone_with_its_code_takes_its_values_along() -> None:
    head = WORLD.replace(LOOK, "").replace("[pay, look]", "[pay]")
    assert weakened(WORLD, head, gone=("src/look.py",)) == {}
    assert "agent:desk[sees]" in weakened(WORLD, head)


def test_a_second_loss_is_told_beside_the_one_that_its_link_tells() -> None:
    two = WORLD.replace("agents:\n", "  other: {stage: production, uses: [desk]}\nagents:\n")
    head = two.replace("  other: {stage: production, uses: [desk]}\n", "").replace("uses: [desk]", "uses: []")
    assert weakened(two, head).keys() == {"use_case:launch[uses]", "agent:desk[stage]"}


def test_a_value_moves_with_a_renamed_component() -> None:
    assert weakened(WORLD, WORLD.replace("desk: {", "counter: {was: desk, ").replace("[desk]", "[counter]")) == {}


def test_what_is_no_longer_known_to_be_in_production_is_as_grave() -> None:
    found = weakened(WORLD.replace("stage: production, ", ""), WORLD.replace("stage: production, uses: [desk]", "uses: []"))
    assert {finding.severity for finding in found.values()} == {Severity.ERROR}
    found = weakened(WORLD, WORLD.replace("audience: staff, uses: [clerk]", "audience: staff"))
    assert {subject: finding.severity for subject, finding in found.items()} == {"use_case:trial[systems]": Severity.WARNING}


def test_the_message_says_what_no_longer_leads_there() -> None:
    text = "stage of agent:desk is not known, was production in the base; use_case:launch no longer leads to it"
    assert weakened(WORLD, WORLD.replace(LAUNCH, ""))["agent:desk[stage]"].message == text
