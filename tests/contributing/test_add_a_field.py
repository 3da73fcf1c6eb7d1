"""The recipe "Add a field": one file is written by hand; manifests, policies and pages then have the field."""

from pathlib import Path

import pytest
from tests.support.recipes import Copy, recipe
from tests.support.running import write

RECIPE = recipe("Add a field")
VOCABULARY = "schemas/vocabulary.yaml"
GENERATED = {"schemas/manifest.schema.json", "docs/reference/manifest.md"}
MANIFEST = "shipcheck: 1\ndefaults: {owner: desk}\nteams:\n  desk: {contact: desk}\nmodels:\n  small: {open_weights: VALUE}\n"
PACK = """\
pack: local
version: 1.0.0
policies:
  - id: weights-are-public
    title: Every model has public weights
    why: Test.
    each: model
    must: open_weights
    message: "{subject} has no public weights"
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the project with the field."""
    checkout = Copy(tmp_path_factory.mktemp("copy") / "checkout")
    for diff in RECIPE.blocks("diff"):
        checkout.apply(diff)
    assert checkout.changed() == {VOCABULARY}
    for command in RECIPE.commands():
        checkout.run(command)
    return checkout


def judged(copy: Copy, folder: Path, value: str) -> str:
    """What a check prints of a model whose new field has that value, by a policy that reads it."""
    write(folder, {"shipcheck.yaml": MANIFEST.replace("VALUE", value), ".shipcheck/local/pack.yaml": PACK})
    return copy.run(f"shipcheck check {folder} --policy weights-are-public --format concise --exit-zero --as-of 2026-11-22")


def test_one_file_is_written_by_hand_and_two_are_generated(copy: Copy) -> None:
    assert copy.changed() == {VOCABULARY, *GENERATED}
    assert RECIPE.files() == {VOCABULARY, *GENERATED}
    assert all("open_weights" in (copy.path / name).read_text("utf-8") for name in GENERATED)


def test_a_manifest_with_the_field_is_valid_and_a_policy_reads_it(copy: Copy, tmp_path: Path) -> None:
    assert "weights-are-public" not in judged(copy, tmp_path, "true")
    assert "small has no public weights" in judged(copy, tmp_path, "false")


def test_a_value_of_another_type_is_a_problem(copy: Copy, tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": MANIFEST.replace("VALUE", "sometimes")})
    with pytest.raises(AssertionError, match=r"shipcheck\.yaml:6:25"):
        copy.run(f"shipcheck check {tmp_path}")


def test_the_tests_of_the_vocabulary_pass(copy: Copy) -> None:
    # Whether pages are stale is seen above: they were just written.
    copy.run("pytest tests/unit/vocabulary -k 'not stale'")
