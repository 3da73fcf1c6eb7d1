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
        path.name: strict(json.loads(path.read_text("utf-8"))) for path in sorted((ROOT / "schemas/output").iterdir())
    }
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()]
    registry: Any = Registry().with_resources(resources)
    schema = schemas[f"{command.replace(' ', '-')}.schema.json"]
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, registry=registry)


def strict(schema: Any) -> Any:
    """A schema that allows no other keys than it names: what is published allows more, so that keys can be added."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: strict(value) for key, value in schema.items()}
    return {"additionalProperties": False, **inner} if isinstance(schema.get("properties"), dict) else inner
