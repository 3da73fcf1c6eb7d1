"""The catalogues that come with the tool, and the policies of every built-in pack held to them."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from shipcheck.app.policy_check import check_packs
from shipcheck.compare.rules import RULES
from shipcheck.pipeline.bundled import load_catalogues

POLICIES = Path(__file__).resolve().parents[2] / "policies"
PACKS = sorted(folder.parent.name for folder in POLICIES.glob("*/pack.yaml"))
CATALOGUES = {catalogue.name: catalogue for catalogue in load_catalogues()}
CONTROLS = {control.name: control for catalogue in CATALOGUES.values() for control in catalogue.controls}
TODAY = date(2026, 11, 22)
LONGEST_TITLE = 90


def policies(pack: str) -> list[dict[str, Any]]:
    files = [yaml.safe_load(file.read_text("utf-8")) for file in sorted((POLICIES / pack).glob("*.yaml"))]
    return [policy for found in files for policy in found.get("policies", ())]


MAPPED = {control for pack in PACKS for policy in policies(pack) for control in policy["controls"]}


def test_each_file_is_called_as_its_catalogue() -> None:
    assert set(CATALOGUES) == {file.stem for file in (POLICIES / "controls").iterdir()}


@pytest.mark.parametrize("pack", PACKS)
def test_every_policy_names_controls_that_exist(pack: str) -> None:
    assert policies(pack)
    for policy in policies(pack):
        assert policy["controls"], policy["id"]
        assert set(policy["controls"]) <= set(CONTROLS), policy["id"]
    assert check_packs(pack, strict=True).verdict == "pass"


def test_the_policies_of_the_tool_itself_name_controls_that_exist() -> None:
    assert {control for rule in RULES for control in rule.controls} <= set(CONTROLS)


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_catalogue_says_where_it_comes_from_and_when(name: str) -> None:
    catalogue = CATALOGUES[name]
    assert catalogue.source.startswith("https://")
    assert date(2020, 1, 1) < catalogue.dated <= catalogue.checked <= TODAY
    assert catalogue.scope.endswith(".")


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_says_what_can_be_shown_exactly_where_a_policy_maps_to_it(name: str) -> None:
    control = CONTROLS[name]
    rules = {mapped for rule in RULES for mapped in rule.controls}
    assert bool(control.shows) == (name in MAPPED | rules)
    assert control.hides.endswith(".")
    assert control.title[0].isupper()
    assert control.title[-1].isalnum()
    assert len(control.title) <= LONGEST_TITLE
    assert not control.shows or control.shows.endswith(".")
    assert control.cites


def test_the_ten_risks_are_all_there() -> None:
    assert [control.name for control in CATALOGUES["owasp-asi"].controls] == [f"owasp-asi/asi{n:02}" for n in range(1, 11)]


def test_the_requirements_of_a_section_are_all_there_in_order() -> None:
    """The sizes are those of the sections of each chapter, as the standard has them."""
    sizes = {"9": (3, 10, 8, 4, 6, 3), "10": (3, 7, 5, 8), "12": (4, 6, 4, 3, 4)}
    sections = [(f"{chapter}.{number}", size) for chapter, all_sizes in sizes.items() for number, size in enumerate(all_sizes, 1)]
    numbers = [f"{section}.{number}" for section, size in sections for number in range(1, size + 1)]
    controls = CATALOGUES["owasp-aisvs"].controls
    assert [control.name for control in controls] == [f"owasp-aisvs/{number}" for number in numbers]
    assert all(
        re.fullmatch(rf"C{re.escape(number)}, level [123]", control.cites)
        for control, number in zip(controls, numbers, strict=True)
    )


def test_numbers_of_articles_are_those_that_are_cited() -> None:
    for control in CATALOGUES["eu-ai-act"].controls:
        number = re.fullmatch(r"eu-ai-act/art-([0-9]+)", control.name)
        assert number
        assert re.match(rf"article {number[1]}\b", control.cites)
