"""The recipe "Add an operator": after the first two edits, mypy lists every other file of the source to touch."""

from pathlib import Path

from tests.support.recipes import Copy, recipe

RECIPE = recipe("Add an operator")
BY_HAND = {"src/shipcheck/model/expression.py", "src/shipcheck/language/syntax/grammar.py"}
LISTED_BY_MYPY = {
    "src/shipcheck/language/typing/typer.py",
    "src/shipcheck/evaluate/compiler.py",
    "src/shipcheck/describe/clauses.py",
}
DOCUMENTS = {"docs/policies.md"}
MOST_FILES = 6


def test_mypy_lists_every_file_that_a_new_operator_touches(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "checkout")
    for diff in RECIPE.blocks("diff"):
        copy.apply(diff)
    assert copy.changed() == BY_HAND
    (mypy,) = RECIPE.commands()
    assert copy.mistyped(mypy) == LISTED_BY_MYPY


def test_the_page_names_these_files_and_they_are_few() -> None:
    assert RECIPE.files() == BY_HAND | LISTED_BY_MYPY | DOCUMENTS
    assert len(RECIPE.files()) <= MOST_FILES
