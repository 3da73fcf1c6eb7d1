"""The published schemas of the JSON outputs; those that refer to each other know each other."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource

ROOT = Path(__file__).resolve().parents[2]


@cache
def validator(command: str) -> Draft7Validator:
    """What validates the JSON of a command."""
    schemas: dict[str, dict[str, Any]] = {
        path.name: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "schemas/output").iterdir())
    }
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()]
    registry: Any = Registry().with_resources(resources)
    schema = schemas[f"{command.replace(' ', '-')}.schema.json"]
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, registry=registry)
