"""Which files are tests, examples, documents or vendored, by their paths, and which components are a counted line for that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.discover.aside import aside_folder, mark_aside
from shipcheck.model.location import Location
from shipcheck.model.observed import CERTAIN, Observed

ASIDE = {
    "tests/x/a.py": "tests/",
    "src/pkg/tests/a.py": "src/pkg/tests/",
    "Tests/a.ts": "Tests/",
    "src/__tests__/a.ts": "src/__tests__/",
    "a/integration_tests/b.py": "a/integration_tests/",
    "examples/bank/agent.py": "examples/",
    "02-samples/06/a.py": "02-samples/",
    "docs/conf.py": "docs/",
    "vendor/x/y.js": "vendor/",
    "web/node_modules/ai/index.js": "web/node_modules/",
    "lib/site-packages/agents/a.py": "lib/site-packages/",
    "third_party/a.py": "third_party/",
    "dist/a.js": "dist/",
    "src/a.test.ts": "src/*.test.ts",
    "src/a.spec.tsx": "src/*.spec.tsx",
    "test_a.py": "test_*.py",
    "src/a_test.py": "src/*_test.py",
    "src/conftest.py": "src/conftest.py",
}
PLAIN = (
    "src/agent.py",
    "src/latest/a.py",
    "src/contest.py",
    "src/attest.py",
    "spec.ts",
    "src/test.ts",
    "src/documents/a.py",
    "distribution/a.py",
    "excel-demo/main.ts",
    "tests.py",
)


def component(path: str, *, aside: bool = False) -> Observed:
    place = Location("worktree", path, 1, 1, 1, 2)
    return Observed(f"agent:{path}#a", "agent", "a", "a", place, "d@1", CERTAIN, aside=aside)


@pytest.mark.parametrize("path", ASIDE)
def test_a_folder_or_a_name_makes_a_file_aside(path: str) -> None:
    assert aside_folder(path) == ASIDE[path]


@pytest.mark.parametrize("path", PLAIN)
def test_a_similar_name_does_not(path: str) -> None:
    assert aside_folder(path) == ""


@given(st.lists(st.text("ab/._-0tes", min_size=1, max_size=12), min_size=1, max_size=4).map("/".join))
@cases(200)
def test_the_folder_is_a_part_of_the_path_or_a_pattern_in_one(path: str) -> None:
    folder = aside_folder(path)
    assert not folder or path.startswith(folder.rpartition("/")[0])


def test_components_aside_are_counted_by_folder() -> None:
    found = [component(path) for path in ("src/a.py", "tests/a.py", "tests/b/a.py", "docs/a.py")]
    marked, counts = mark_aside(found, frozenset())
    assert [each.aside for each in marked] == [False, True, True, True]
    assert counts == (("docs/", 1), ("tests/", 2))
    assert marked[0] is found[0]


def test_what_an_entry_starts_is_a_component_wherever_it_is() -> None:
    marked, counts = mark_aside([component("examples/a.py"), component("examples/b.py")], frozenset({"examples/a.py"}))
    assert [each.aside for each in marked] == [False, True]
    assert counts == (("examples/", 1),)


def test_nothing_is_aside_where_modules_are_loaded_by_a_computed_name() -> None:
    marked, counts = mark_aside([component("tests/a.py", aside=True)], frozenset(), loads_by_name=True)
    assert ([each.aside for each in marked], counts) == ([False], ())
