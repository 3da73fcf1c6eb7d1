"""shipcheck checks itself."""

import json
from pathlib import Path

from tests.support.running import run

ROOT = Path(__file__).resolve().parents[2]


def test_this_repository_is_clean_and_says_that_it_has_no_ai() -> None:
    """The manifests of examples, worlds and golden cases are ignored by its settings, and nothing else is."""
    done = run(ROOT, "check", ".", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["verdict"]) == (0, "pass")
    assert report["source"]["declared_absence"]
    assert report["counts"]["files"] == 1
