"""The recipe "Add a command": help, README, reference and completion follow; until then the suite names what is missing."""

import pytest
from tests.support.recipes import Copy, recipe

RECIPE = recipe("Add a command")
BY_HAND = {
    "src/shipcheck/cli/owners.py",
    "src/shipcheck/cli/commands.py",
    "src/shipcheck/report/owners/__init__.py",
    "src/shipcheck/report/owners/text.py",
    "src/shipcheck/report/formats.py",
    "tests/support/invocations.py",
}
WRITTEN = {"README.md", "docs/reference/cli.md", "docs/reference/exit-codes.md", "tests/golden/outputs/owners/text.txt"}
REGISTRY = (
    "tests/cli/test_registry.py tests/report/test_naughty.py tests/golden/test_outputs.py -k 'owners or registered or left_over'"
)
NOT_A_COMMAND = "cli/test_registry.py::test_every_module_of_a_command_is_registered_and_every_group_has_commands"
NOT_A_FORMAT = "cli/test_registry.py::test_every_module_of_a_format_is_registered"
DOCUMENTED = "cli/test_registry.py::test_a_command_is_in_the_help_the_documents_and_the_completion[owners]"
PRINTED = "cli/test_registry.py::test_a_command_names_the_repository_by_root_and_formats_by_the_registry[owners]"
GOLDEN = "golden/test_outputs.py::test_a_format_prints_what_its_file_holds[owners-text]"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the project."""
    return Copy(tmp_path_factory.mktemp("copy") / "checkout")


def test_the_suite_says_what_a_new_command_lacks(copy: Copy) -> None:
    command, registry, package, text, formats, invocation = RECIPE.blocks("diff")
    copy.apply(command)
    assert copy.failing(REGISTRY) == {NOT_A_COMMAND}
    copy.apply(registry)
    assert copy.failing(REGISTRY) == {DOCUMENTED, PRINTED}
    copy.apply(package)
    copy.apply(text)
    assert NOT_A_FORMAT in copy.failing(REGISTRY)
    copy.apply(formats)
    assert GOLDEN in copy.failing(REGISTRY)
    copy.apply(invocation)
    for line in RECIPE.commands():
        copy.run(line)
    assert copy.failing(REGISTRY) == set()
    assert copy.changed() == BY_HAND | WRITTEN
