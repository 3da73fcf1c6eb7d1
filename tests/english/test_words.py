"""No text that people read uses a word that the glossary replaces."""

from pathlib import Path

import pytest
from tests.english.banned import BANNED, faults
from tests.english.texts import ROOT, SOURCE, documentation, json_descriptions, literals, prose, yaml_texts
from tests.support.running import run

from shipcheck.cli.commands import COMMANDS

MODULES = sorted(SOURCE.rglob("*.py"))
# Modules whose docstrings and comments have not been edited yet; remove a name once it is.
NOT_YET: frozenset[str] = frozenset()
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md"), *ROOT.glob("benchmarks/*.md")]
)
YAML = sorted(
    file
    for folder in ("policies", "schemas", "examples", "hooks", "templates")
    for ending in ("yaml", "yml")
    for file in ROOT.glob(f"{folder}/**/*.{ending}")
)
WRAPPERS = [ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml"]
SCHEMAS = sorted(ROOT.glob("schemas/**/*.json"))


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_messages_use_the_words_of_the_glossary(module: Path) -> None:
    assert [fault for text in literals(module) for fault in faults(text)] == []


@pytest.mark.parametrize("module", [file for file in MODULES if named(file) not in NOT_YET], ids=named)
def test_docstrings_and_comments_use_the_words_of_the_glossary(module: Path) -> None:
    assert [fault for text in documentation(module) for fault in faults(text)] == []


def test_no_module_is_excepted_that_is_clean() -> None:
    clean = {name for name in NOT_YET if not any(faults(text) for text in documentation(ROOT / name))}
    assert clean == set()


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_help_uses_the_words_of_the_glossary(command: str, tmp_path: Path) -> None:
    printed = run(tmp_path, *command.split(), "--help").stdout
    assert printed.startswith("Usage")
    assert faults(printed) == []


@pytest.mark.parametrize("document", [file for file in DOCUMENTS if file.name != "glossary.md"], ids=named)
def test_documents_use_the_words_of_the_glossary(document: Path) -> None:
    assert faults(prose(document)) == []


@pytest.mark.parametrize("file", [*YAML, *WRAPPERS], ids=named)
def test_yaml_files_use_the_words_of_the_glossary(file: Path) -> None:
    assert [fault for text in yaml_texts(file) for fault in faults(text)] == []


@pytest.mark.parametrize("file", SCHEMAS, ids=named)
def test_schemas_use_the_words_of_the_glossary(file: Path) -> None:
    assert [fault for text in json_descriptions(file) for fault in faults(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "1 problem. Mend it.",
        "all the findings besides",
        "'x' is no date",
        "held against the lock file",
        "an agent walks past a fit gate",
        "it leaves with 0",
    ],
)
def test_an_old_phrase_is_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("text", ["it is no longer used", "there is no gate", "see the handbook: understanding gates"])
def test_plain_english_is_not_refused(text: str) -> None:
    assert faults(text) == []


def test_every_phrase_has_advice() -> None:
    assert all(banned.advice for banned in BANNED)
