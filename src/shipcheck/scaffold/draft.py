"""A small manifest while it is being built: components with their fields, as plain data."""

import copy
import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from shipcheck.vocabulary.vocabulary import Vocabulary

Body = dict[str, Any]
_PLAIN_TEXT = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
_READ_OTHERWISE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_LONGEST_LINE = 100


class Holder(NamedTuple):
    """What holds fields: a component, or with `path` a record in one."""

    reference: str
    path: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the component."""
        return self.reference.partition(":")[0]

    @property
    def name(self) -> str:
        """The name by which a manifest refers to the component."""
        return self.reference.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Draft:
    """A manifest as a value; every change returns a new one, so that other attempts keep theirs."""

    components: dict[str, Body] = field(default_factory=dict)

    def get(self, holder: Holder, name: str) -> Any:
        """The value of a field, or None where nothing is written."""
        body = self._body(holder)
        return body.get(name) if body is not None else None

    def put(self, holder: Holder, name: str, value: Any) -> "Draft":
        """The draft with the field `name` of `holder` set to `value`, as plain data; records that lead to it are created."""
        new = Draft(copy.deepcopy(self.components))
        body = new.components.setdefault(holder.reference, {})
        for step in holder.path:
            body = body.setdefault(step, {})
        body[name] = value
        return new

    def drop(self, holder: Holder, name: str) -> "Draft":
        """The draft without a field."""
        new = Draft(copy.deepcopy(self.components))
        body = new._body(holder)
        if body is not None:
            body.pop(name, None)
        return new

    def add(self, kind: str, name: str = "") -> tuple["Draft", Holder]:
        """The draft with one more component, and its holder; without `name` it is named after its kind."""
        base = name or kind.replace("_", "-")
        reference, number = f"{kind}:{base}", 1
        while not name and reference in self.components:
            number += 1
            reference = f"{kind}:{base}-{number}"
        new = Draft(copy.deepcopy(self.components))
        new.components.setdefault(reference, {})
        return new, Holder(reference)

    def _body(self, holder: Holder) -> Body | None:
        body: Any = self.components.get(holder.reference)
        for step in holder.path:
            body = body.get(step) if isinstance(body, dict) else None
        return body if isinstance(body, dict) else None


def manifest(draft: Draft, vocabulary: Vocabulary) -> str:
    """The text of the manifest, section by section."""
    lines = ["shipcheck: 1"]
    for kind in vocabulary.kinds.values():
        mine = {name: body for name, body in draft.components.items() if name.startswith(f"{kind.name}:")}
        if mine:
            lines.append(f"{kind.section}:")
        for reference, body in mine.items():
            name = reference.partition(":")[2]
            line = f"  {name}: {_flow(body)}"
            if len(line) <= _LONGEST_LINE:
                lines.append(line)
            else:
                lines.append(f"  {name}:")
                lines.extend(f"    {key}: {_flow(value)}" for key, value in body.items())
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | date):
        return str(value)
    plain = _PLAIN_TEXT.fullmatch(value) and value.lower() not in _READ_OTHERWISE
    return str(value) if plain else json.dumps(value, ensure_ascii=False)
