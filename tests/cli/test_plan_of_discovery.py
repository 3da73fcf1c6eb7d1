"""Discovery judges nothing: it compiles policies only where a repository has some, or settings about them."""

from pathlib import Path

import pytest
from tests.support.repository import create

from shipcheck.app.discover import DiscoverRequest, discover
from shipcheck.model.policy import Plan
from shipcheck.pipeline.prepare import prepare

pytestmark = pytest.mark.needs("git")

SETTINGS = "packs: [core]\n"
UNKNOWN = "severities: {core/no-such-policy: low}\n"


def test_built_in_packs_without_settings_are_not_compiled(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", {"a.py": ""})
    bare, full = prepare(repository.top, judges=False), prepare(repository.top)
    assert bare.plan == Plan(()) != full.plan
    assert bare.problems == full.problems == ()
    assert bare.vocabulary == full.vocabulary


@pytest.mark.parametrize("files", [{".shipcheck/settings.yaml": SETTINGS + UNKNOWN}, {".shipcheck/local/pack.yaml": "pack: 1\n"}])
def test_problems_of_settings_and_packs_are_found_as_before(tmp_path: Path, files: dict[str, str]) -> None:
    repository = create(tmp_path / "top", files)
    found = discover(DiscoverRequest(repository.top))
    assert found.report is None
    assert found.problems == prepare(repository.top).problems != ()
