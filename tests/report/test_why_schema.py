"""The JSON of `why` is what its published schema says, in every state."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.support.schemas import validator

from shipcheck.app.why import WhyRequest, why
from shipcheck.report.why.json import render as render_json

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 22)
WORLD = ROOT / "tests" / "golden" / "why" / "world"
PAIRS = [("desk", "pay"), ("clerk", "wire"), ("lonely", "wire"), ("maybe", "close"), ("desk", "ask"), ("gate:first", "ask")]


def faults(folder: Path, start: str, end: str) -> list[object]:
    return list(validator("why").iter_errors(json.loads(render_json(why(WhyRequest(start, end, folder, DAY))))))


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_every_answer_fits_the_schema(start: str, end: str) -> None:
    assert faults(WORLD, start, end) == []


@pytest.mark.parametrize("text", ["shipcheck: 1\nagent: {}\n", "shipcheck: [\n"])
def test_problems_fit_the_schema(text: str, tmp_path: Path) -> None:
    (tmp_path / "shipcheck.yaml").write_text(text)
    assert faults(tmp_path, "a", "b") == []


def test_another_shape_is_refused() -> None:
    found = json.loads(render_json(why(WhyRequest("desk", "pay", WORLD, DAY))))
    next(policy for policy in found["policies"] if policy["walks"])["walks"][0][0].pop("location")
    assert len(list(validator("why").iter_errors(found))) == 1
