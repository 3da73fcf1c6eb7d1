"""The recipe "Add an output format": four files are written by hand, and the suite says by name what is missing until then."""

import pytest
from tests.support.recipes import Copy, recipe

RECIPE = recipe("Add an output format")
MODULE = "src/shipcheck/report/check/tap.py"
BY_HAND = {MODULE, "src/shipcheck/report/formats.py", "tests/report/readers.py", "tests/golden/test_screens.py"}
WRITTEN = {"docs/outputs.md", "docs/reference/cli.md", "tests/golden/outputs/check/tap.txt"}
REGISTRY = (
    "tests/cli/test_registry.py tests/report/test_naughty.py tests/golden/test_outputs.py -k 'tap or registered or left_over'"
)
ORPHAN = "cli/test_registry.py::test_every_module_of_a_format_is_registered"
HOSTILE = "report/test_naughty.py::test_text_stays_text[shipcheck.report.check.tap]"
GOLDEN = "golden/test_outputs.py::test_a_format_prints_what_its_file_holds[check-tap]"
PAGE = "cli/test_registry.py::test_a_format_is_documented_by_what_its_module_says[check --format tap]"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the project."""
    return Copy(tmp_path_factory.mktemp("copy") / "checkout")


def test_the_suite_says_what_a_new_format_lacks_and_four_files_are_written_by_hand(copy: Copy) -> None:
    module, registry, reader, screens = RECIPE.blocks("diff")
    copy.apply(module)
    assert copy.failing(REGISTRY) == {ORPHAN}
    copy.apply(registry)
    assert copy.failing(REGISTRY) >= {HOSTILE, GOLDEN, PAGE}
    copy.apply(reader)
    copy.apply(screens)
    for command in RECIPE.commands():
        copy.run(command)
    assert copy.failing(REGISTRY) == set()
    assert copy.changed() == BY_HAND | WRITTEN
    # What escapes nothing fails even where a reader is declared for it.
    source = (copy.path / MODULE).read_text("utf-8")
    (copy.path / MODULE).write_text(source.replace("{visible(text)}", "{text}"), "utf-8")
    assert HOSTILE in copy.failing(REGISTRY)
