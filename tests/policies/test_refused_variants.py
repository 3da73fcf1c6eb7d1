"""Each variant that a careful reviewer would refuse is found by the policy that its row names, or passes for a written reason."""

import copy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tests.policies.test_core_worlds import POLICIES, SECTIONS, judge_dumped

from shipcheck.model.document import File


class Row(NamedTuple):
    """A variant: the values to write or, where there is none, to delete, and the policy or the reason."""

    name: str
    edits: dict[str, Any]
    expected: str

    @property
    def passes(self) -> bool:
        """Whether core lets it pass, for a reason."""
        return " " in self.expected


TABLE = yaml.safe_load((Path(__file__).parent / "refused_variants.yaml").read_text("utf-8"))
TREE = tuple(File("world", path, content.encode("utf-8")) for path, content in TABLE["code"].items())
ROWS = tuple(Row(*row) for row in TABLE["rows"])
# A variant that is not a valid manifest is refused before any policy judges it.
MALFORMED = "malformed"
MOST_REASONS, FEWEST_ROWS = 8, 250


def edited(row: Row) -> dict[str, Any]:
    """The clean manifest with the edits of a row."""
    manifest: dict[str, Any] = copy.deepcopy(TABLE["clean"])
    for path, value in row.edits.items():
        *above, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
        holder: Any = manifest
        for step in above:
            holder = holder[step]
        if value is None:
            del holder[last]
        else:
            holder[last] = value
    return manifest


def found(manifest: dict[str, Any], *policies: str) -> set[str]:
    """Those of the policies, or of all, that fail."""
    findings = judge_dumped(manifest, *policies, tree=TREE)
    assert findings is not None, "the manifest is malformed"
    return {finding.policy.removeprefix("core/") for finding in findings}


def test_the_manifest_is_clean() -> None:
    assert found(TABLE["clean"]) == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.replace(" ", "-"))
def test_a_variant_is_refused_or_passes_for_a_reason(row: Row) -> None:
    if row.expected == MALFORMED:
        assert judge_dumped(edited(row), tree=TREE) is None
    elif row.passes:
        assert found(edited(row)) == set()
    else:
        assert found(edited(row), row.expected) == {row.expected}


def test_there_are_many_rows_over_all_kinds_and_few_that_pass() -> None:
    assert len({str(row.edits) for row in ROWS}) == len(ROWS) >= FEWEST_ROWS
    assert {path.split(".")[0] for row in ROWS for path in row.edits} == set(SECTIONS)
    assert sum(row.passes for row in ROWS) <= MOST_REASONS
    assert {row.expected for row in ROWS if not row.passes} - {MALFORMED} <= set(POLICIES)
