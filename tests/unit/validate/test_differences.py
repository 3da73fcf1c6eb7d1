"""Where the validator and the published JSON Schema differ on purpose: the schema sees values, the validator what is written."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry
from tests.support.reading import Said, said, validate

REGISTRY: Any = Registry()
SCHEMA = Draft7Validator(
    json.loads((Path(__file__).parents[3] / "schemas" / "manifest.schema.json").read_text("utf-8")),
    format_checker=FormatChecker(["date"]),
    registry=REGISTRY,
)


class Difference(NamedTuple):
    """One line of a manifest, the value that an editor holds against the schema, and the code of the validator's complaint."""

    line: str
    value: dict[str, Any]
    code: str


DIFFERENCES = {
    "a whole number with decimals": Difference(
        "gates: {g: {approvals: 3.0}}",
        {"gates": {"g": {"approvals": 3.0}}},
        "not-a-number",
    ),
    "a number with an exponent": Difference(
        "use_cases: {u: {outcome: {target: 1.0e+3}}}", {"use_cases": {"u": {"outcome": {"target": 1000.0}}}}, "not-a-number"
    ),
    "a hexadecimal number": Difference("gates: {g: {approvals: 0x2}}", {"gates": {"g": {"approvals": 2}}}, "not-a-number"),
    "a number with a leading zero": Difference("gates: {g: {approvals: 02}}", {"gates": {"g": {"approvals": 2}}}, "not-a-number"),
    "a number with a sign": Difference("gates: {g: {approvals: +2}}", {"gates": {"g": {"approvals": 2}}}, "not-a-number"),
    "a number with more than fifteen decimals": Difference(
        "use_cases: {u: {outcome: {target: 0.1234567890123456}}}",
        {"use_cases": {"u": {"outcome": {"target": 0.1234567890123456}}}},
        "not-a-number",
    ),
    "a quoted date": Difference(
        "use_cases: {u: {review_due: '2026-01-31'}}", {"use_cases": {"u": {"review_due": "2026-01-31"}}}, "not-a-date"
    ),
    "a plain date as text": Difference(
        "models: {m: {version: 2026-01-31}}", {"models": {"m": {"version": "2026-01-31"}}}, "ambiguous-text"
    ),
    "a plain word as text that YAML 1.1 takes for a boolean": Difference(
        "models: {m: {version: no}}", {"models": {"m": {"version": "no"}}}, "ambiguous-text"
    ),
    "a boolean with a capital": Difference("agents: {a: {entry: True}}", {"agents": {"a": {"entry": True}}}, "not-yes-no"),
    "a boolean in capitals": Difference("agents: {a: {entry: TRUE}}", {"agents": {"a": {"entry": True}}}, "not-yes-no"),
    "a plain key that YAML 1.1 takes for a boolean": Difference(
        "agents: {a: {labels: {on: x}}}", {"agents": {"a": {"labels": {"on": "x"}}}}, "non-text-key"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DIFFERENCES.values(), ids=DIFFERENCES)
def test_the_schema_accepts_a_value_whose_writing_the_validator_refuses(case: Difference) -> None:
    assert SCHEMA.is_valid({"shipcheck": 1, **case.value})
    assert [complaint.code for complaint in said(validate(f"shipcheck: 1\n{case.line}\n"))] == [case.code]


def test_the_schema_accepts_another_writing_of_the_version() -> None:
    assert SCHEMA.is_valid({"shipcheck": 1.0})
    [complaint] = said(validate("shipcheck: 1.0\n"))
    assert complaint == Said(
        "unknown-version",
        (1, 12, 1, 15),
        "unknown manifest version '1.0'; only version 1 is supported; write 'shipcheck: 1'",
    )
