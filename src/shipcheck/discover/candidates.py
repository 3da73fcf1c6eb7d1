"""Gate candidates: what a flag, a callback or a record of them says about a tool."""

from collections.abc import Mapping
from typing import NamedTuple

from shipcheck.code.possible_values import CODE, Field, Listed, Literal, Recorded, Routine, Value, Values, not_known
from shipcheck.code.resolver import Resolver
from shipcheck.discover.occurrence import Occurrence, value_at
from shipcheck.discover.rule import GateSpec
from shipcheck.discover.sightings import Found, FoundGate


def add_gate(resolver: Resolver, found: Found, occurrence: Occurrence, spec: GateSpec) -> None:
    """Add the candidates that an argument of a component is; for a record whose keys name tools, one for each key."""
    values = value_at(resolver, occurrence, spec.at)
    if values is None:
        return
    if spec.for_keys:
        for item in values:
            for entry in item.value.fields if isinstance(item.value, Recorded) else ():
                _add(found, _of_key(found, spec, entry))
        return
    truth = truth_of(values, negated=spec.negated, words=dict(spec.values))
    if truth.value:
        name = _name(resolver, occurrence, spec, values) or found.name
        gate = FoundGate(
            name, spec.gate_class, truth.value, truth.how, values[0].value.spot, found.detector.shown, spec.bypass, why=truth.why
        )
        gate.agent = found if found.kind == "agent" else None
        gate.action = found if found.kind == "action" else None
        _add(found, gate)


def _add(found: Found, gate: FoundGate) -> None:
    """Add a candidate, once: a component is looked at again where another module changes it."""
    if all((each.spot, each.name, each.gate_class) != (gate.spot, gate.name, gate.gate_class) for each in found.gates):
        found.gates.append(gate)


def _name(resolver: Resolver, occurrence: Occurrence, spec: GateSpec, values: Values) -> str:
    named = value_at(resolver, occurrence, spec.name) if spec.name else None
    texts = [str(item.value.value) for item in named or () if isinstance(item.value, Literal)]
    functions = [item.value.function.name for item in values if isinstance(item.value, Routine)]
    return next((name for name in (*texts, *functions) if name), "")


def _of_key(found: Found, spec: GateSpec, entry: Field) -> FoundGate:
    truth = truth_of(entry.values, negated=spec.negated, words=dict(spec.values))
    value, name = truth.value or "unknown", entry.key or "?"
    gate = FoundGate(name, spec.gate_class, value, truth.how, entry.spot, found.detector.shown, spec.bypass, why=truth.why)
    gate.action_name = entry.key or ""
    gate.agent = found if found.kind == "agent" else None
    return gate


class Truth(NamedTuple):
    """A flag as true, false, conditional or unknown, how that is known, and why not. `value` is empty where it gives none."""

    value: str
    how: str
    why: str


def truth_of(values: Values, *, negated: bool = False, words: Mapping[str, str] | None = None) -> Truth:
    """What a flag is. `words` is what texts mean; with them, a text that is not among them is unknown."""
    answers = {answer for item in values if (answer := _answer(item.value, negated=negated, words=words or {}))}
    how = values[0].how if values else CODE
    why = next((unknown.why for item in values if (unknown := not_known(item.value)) is not None), "")
    if not answers:
        return Truth("", how, why)
    if len(answers) > 1 or (any(item.when for item in values) and answers == {"true"}):
        return Truth("unknown" if "unknown" in answers else "conditional", how, why)
    return Truth(answers.pop(), how, why)


def _answer(value: Value, *, negated: bool, words: Mapping[str, str]) -> str:
    match value:
        case Literal(value=None):
            return ""
        case Literal(value=str() as text) if words:
            return words.get(text, "unknown")
        case Recorded() if words and value.get("type"):
            return truth_of(value.get("type"), words=words).value or "unknown"
        case Literal(value=flag):
            return _word(bool(flag) != negated)
        case Listed(items=items):
            return _word(bool(items) != negated)
        case Routine():
            return "conditional"
        case _:
            return "unknown" if not_known(value) is not None else _word(not negated)


def _word(flag: bool) -> str:  # noqa: FBT001 - the flag is all that it is about
    return "true" if flag else "false"
