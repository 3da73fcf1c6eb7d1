"""What is made from the vocabulary is fresh and sound."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from shipcheck.model.scalars import AMBIGUOUS
from shipcheck.pipeline.bundled import load_vocabulary

ROOT = Path(__file__).resolve().parents[3]
VOCABULARY = load_vocabulary()
LINKS = [link for kind in VOCABULARY.kinds.values() for link in kind.links.values()]


@pytest.mark.needs("git")
def test_no_generated_file_is_stale() -> None:
    done = subprocess.run([sys.executable, "tools/generate.py", "--check"], cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout


def test_the_check_for_stale_files_sees_a_missing_a_changed_and_a_surplus_file(tmp_path: Path) -> None:
    code = f"""
import sys; sys.path.insert(0, 'tools')
import generate
from pathlib import Path
generate.ROOT = Path({str(tmp_path)!r})
generate.generated = lambda: iter([(generate.ROOT / name, 'text') for name in ('gone', 'changed', 'fresh')])
sys.exit(generate.check())
"""
    for name, text in {"changed": "other", "fresh": "text", "docs/policies/core/old.md": "text"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == "stale: gone, changed, docs/policies/core/old.md; run 'python tools/generate.py'\n"


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.json")), ids=lambda path: path.name)
def test_every_schema_is_draft_07_by_its_metaschema(path: Path) -> None:
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


def test_every_property_of_the_manifest_schema_is_described() -> None:
    schema: dict[str, Any] = json.loads((ROOT / "schemas/manifest.schema.json").read_text("utf-8"))
    silent = [
        f"{name}.{key}"
        for name, definition in schema["definitions"].items()
        for key, value in definition["properties"].items()
        if not value.get("description")
    ]
    assert silent == []


def test_no_name_is_ambiguous_in_any_yaml() -> None:
    names = {*VOCABULARY.kinds, *VOCABULARY.sections, *VOCABULARY.flows, *VOCABULARY.backward, *VOCABULARY.inverses}
    names |= {field for kind in VOCABULARY.kinds.values() for field in kind.fields}
    names |= {word for choice in VOCABULARY.choices.values() for word in choice.words}
    assert [name for name in sorted(names) if AMBIGUOUS.fullmatch(name)] == []


def test_a_link_has_one_inverse_on_every_kind() -> None:
    assert {link.name: link.inverse for link in LINKS} == VOCABULARY.inverses
    assert all(VOCABULARY.inverses[link.name] == link.inverse for link in LINKS)


def test_no_inverse_is_a_field_or_link_of_the_kind_it_leads_from() -> None:
    taken = [
        (kind.name, link.inverse)
        for link in LINKS
        for kind in VOCABULARY.kinds.values()
        if kind.name in link.to and (link.inverse in kind.fields or link.inverse in kind.links)
    ]
    assert taken == []


def test_flows_run_along_links_that_exist() -> None:
    known = {*VOCABULARY.inverses, *VOCABULARY.backward, "through"}
    assert [name for flow in VOCABULARY.flows.values() for step in flow.steps for name in step if name not in known] == []
