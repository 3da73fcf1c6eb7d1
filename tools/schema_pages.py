"""The generated pages about the files under .shipcheck/: every key of a JSON Schema with its type, its default and an example."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from reference_pages import NOTICE
from shipcheck.model.scalars import AMBIGUOUS

SCHEMAS = Path(__file__).parent.parent / "schemas"
# What the absence of a key means is the end of its description, so that editors show it too.
ABSENT = " If absent: "
_TYPES = {"string": "text", "number": "number", "object": "map"}
# In a description: commands, options and signs between quotes, and the names of files.
_CODE = re.compile(r"('(?:shipcheck |--)[^']*'|'[^\w\s']+'|(?<!\S)(?:\.shipcheck/|[*]\.shipcheck\.|shipcheck\.)[\w./-]*[\w/])")
_PLAIN = re.compile(r"[A-Za-z0-9][\w ./+@%*-]*(?::[\w./+@%*-]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Schema = dict[str, Any]


class Page(NamedTuple):
    """One page: its title, the page that explains the file, and the schema of the file."""

    title: str
    see: str
    schema: str


class Key(NamedTuple):
    """One key of a file: its path from the top, with `[]` for the items of a list, and an example of it."""

    path: str
    schema: Schema
    required: bool
    example: Schema


PAGES = {
    "settings": Page("Settings", "[Packs](../packs.md) explains how to adopt packs and make them stricter.", "settings"),
    "waivers": Page("Waivers", "[Waivers and the baseline](../waivers.md) explains how they work.", "waivers"),
    "lock": Page("Lock file", "[Packs](../packs.md) explains how packs are added and verified.", "lock"),
}


def schema_page(page: Page) -> str:
    """The whole page."""
    source = f"schemas/{page.schema}.schema.json"
    schema = json.loads((SCHEMAS.parent / source).read_text("utf-8"))
    lines = [NOTICE.format(source=source), f"# {page.title}", "", prose(schema["description"]), ""]
    lines += [f"{page.see} Editors complete the file from `{source}`.", "", *_block(schema["examples"][0])]
    lines += [line for key in keys(schema) for line in _section(key)]
    return "\n".join(lines).rstrip("\n") + "\n"


def keys(schema: Schema) -> list[Key]:
    """Every key of a file, each before those below it."""
    return list(_below(schema, schema, "", {}))


def _below(schema: Schema, root: Schema, path: str, example: Schema) -> Iterator[Key]:
    for shape in (schema, *schema.get("anyOf", ())):
        for name, given in shape.get("properties", {}).items():
            inner = _resolved(given, root)
            key = Key(_joined(path, name), inner, name in shape.get("required", ()), {name: inner["examples"][0]})
            yield from (key, *_below(inner, root, key.path, key.example))
        if isinstance(inner := shape.get("additionalProperties"), dict):
            # The user chooses the name of such a key, so only an example of the map that holds it is one.
            yield Key(_joined(path, inner["title"]), inner, required=False, example=example)
            yield from _below(inner, root, _joined(path, inner["title"]), example)
        if "items" in shape:
            yield from _below(_resolved(shape["items"], root), root, f"{path}[]", example)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _resolved(schema: Schema, root: Schema) -> Schema:
    """A schema together with those that it refers to; its own keys win."""
    merged: Schema = {}
    for part in (*schema.get("allOf", ()), schema):
        if "$ref" in part:
            merged |= _resolved(root["definitions"][part["$ref"].rpartition("/")[2]], root)
        merged |= part
    return {name: value for name, value in merged.items() if name not in {"$ref", "allOf"}}


def _section(key: Key) -> Iterator[str]:
    meaning, _, absent = key.schema["description"].partition(ABSENT)
    yield from (f"## {key.path}", "", prose(meaning), "")
    yield from (f"- Type: {_type(key.schema)}", f"- {f'If absent: {prose(absent)}' if absent else 'Required.'}", "")
    yield from _block(key.example)


def _type(schema: Schema, many: str = "") -> str:
    """The type of a value in words, with an `s` at the end of each for many of them."""
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " or ".join(f"`{word}`" for word in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(shape, many) for shape in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'], 's')}"
    names = schema.get("type", "string")
    return " or ".join(f"{_TYPES[name]}{many}" for name in (names if isinstance(names, list) else [names]))


def prose(text: str) -> str:
    """A description as Markdown, with code marked as code, and no asterisk that could mean emphasis."""
    pieces = _CODE.split(text)
    marked = [f"`{piece.strip(chr(39))}`" if number % 2 else piece.replace("*", r"\*") for number, piece in enumerate(pieces)]
    return "".join(marked)


def _block(value: Schema) -> Iterator[str]:
    yield from ("```yaml", *as_yaml(value), "```", "")


def as_yaml(value: Schema) -> Iterator[str]:
    """A map as YAML that a person would write: lists of plain values in brackets, everything else line by line."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from (f"{name}:", *(f"  {line}" for line in as_yaml(inner)))
        elif isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            yield from (f"{name}:", *(f"  {line}" for item in inner for line in _item(item)))
        else:
            yield f"{name}: {_flow(inner)}"


def _item(item: Any) -> Iterator[str]:
    lines = list(as_yaml(item)) if isinstance(item, dict) else [_flow(item)]
    yield from (f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines))


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    text = str(value)
    plain = not isinstance(value, str) or _DAY.fullmatch(text) or (_PLAIN.fullmatch(text) and not AMBIGUOUS.fullmatch(text))
    return text if plain else f'"{text}"'
