"""The generated pages about files and exit codes: they leave nothing out, and their examples are right."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from tests.support.running import run, write

from shipcheck.cli.commands import COMMANDS
from shipcheck.errors import ExitCode
from shipcheck.model.consent import Consent
from shipcheck.model.document import Document, File
from shipcheck.model.lock import Lock
from shipcheck.model.waiver import Waiver
from shipcheck.pipeline.detectors import load_detectors
from shipcheck.read.parse import parse
from shipcheck.settings.read_lock import read_lock
from shipcheck.waivers.read_waivers import read_waivers

ROOT = Path(__file__).resolve().parents[2]
FILES = ("settings", "waivers", "lock")
EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def schema_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8"))
    return found


def page_of(name: str) -> str:
    return (ROOT / f"docs/reference/{name}.md").read_text("utf-8")


def properties(schema: Any) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Every key that a schema defines at any depth, with its own schema, and whether it is required there."""
    if isinstance(schema, list):
        for item in schema:
            yield from properties(item)
    if not isinstance(schema, dict):
        return
    for name, inner in schema.get("properties", {}).items():
        yield name, inner, name in schema.get("required", ())
    if isinstance(others := schema.get("additionalProperties"), dict):
        yield others["title"], others, False
    for name, inner in schema.items():
        if name != "examples":
            yield from properties(inner)


def resolved(inner: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """The definition that a key refers to, if it refers to one."""
    target = inner.get("$ref", "").rpartition("/")[2]
    return root["definitions"][target] if target else inner


def document(text: str) -> Document:
    found = parse(File("worktree", "example.yaml", text.encode("utf-8")))
    assert isinstance(found, Document), found
    return found


def words(text: str) -> str:
    """A text without its signs, which a page marks as code or escapes."""
    return " ".join(re.findall(r"\w+", text))


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_on_the_page_with_what_it_means_and_what_its_absence_means(name: str) -> None:
    root, page = schema_of(name), page_of(name)
    headings = {line.removeprefix("## ").rpartition(".")[2] for line in page.splitlines() if line.startswith("## ")}
    found = list(properties(root))
    assert found
    for key, inner, required in found:
        meaning, _, absent = resolved(inner, root)["description"].partition(" If absent: ")
        assert key in headings, key
        assert words(meaning) in words(page), key
        assert words(absent) in words(page), key
        assert bool(absent) is not required, key


@pytest.mark.parametrize("name", FILES)
def test_every_example_is_valid(name: str) -> None:
    root = schema_of(name)
    whole = [("", root), *((key, resolved(inner, root)) for key, inner, _ in properties(root))]
    for key, schema in whole:
        validator = Draft7Validator({**schema, "definitions": root.get("definitions", {})})
        assert schema["examples"], key
        assert [error.message for example in schema["examples"] for error in validator.iter_errors(example)] == [], key


@pytest.mark.parametrize("name", FILES)
def test_every_example_on_a_page_is_yaml_that_shipcheck_reads(name: str) -> None:
    texts = EXAMPLE.findall(page_of(name))
    assert len(texts) > len(schema_of(name)["properties"])
    for text in texts:
        document(text)


def test_the_whole_files_on_the_pages_are_accepted(tmp_path: Path) -> None:
    settings, waivers, lock = (EXAMPLE.findall(page_of(name))[0] for name in FILES)
    assert all(isinstance(item, Waiver | Consent) for item in read_waivers(document(waivers)))
    assert isinstance(read_lock(document(lock), schema_of("lock")), Lock)
    write(tmp_path, {".shipcheck/settings.yaml": settings, "shipcheck.yaml": "shipcheck: 1\nagents: {a: {}}\n"})
    done = run(tmp_path, "check", "--format", "json", "--as-of", "2026-11-22")
    assert (done.returncode, json.loads(done.stdout)["problems"]) == (1, [])


def test_the_page_of_exit_codes_has_every_code_of_the_readme_and_of_the_commands() -> None:
    page = page_of("exit-codes")
    exits = {command.name: import_module(command.module).command.exits for command in COMMANDS}
    assert ROW.findall(page) == ROW.findall((ROOT / "README.md").read_text("utf-8")) == [str(int(code)) for code in ExitCode]
    assert all(f"[`shipcheck {name}`](cli.md#" in page and f"| {codes[ExitCode.PASS]} |" in page for name, codes in exits.items())


def test_every_detector_and_effect_is_on_its_page() -> None:
    page = page_of("detectors")
    detectors = load_detectors()
    for each in detectors:
        (row,) = re.findall(rf"^\| {each.name} \| .*$", page, re.MULTILINE)
        assert f" {each.title} |" in row
        assert all(f"]({source})" in row for source in each.sources)
        assert all(f"`{name}{wanted}`" in row for _, name, wanted in each.distributions)
    for word in {rule.effect for each in detectors for rule in each.rules if rule.effect}:
        assert f"\n| {word.replace('_', ' ')} | " in page
