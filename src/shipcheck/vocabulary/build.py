"""Builds the vocabulary from the plain data of schemas/vocabulary.yaml."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from shipcheck.english import Synonyms
from shipcheck.model.rounds import RoundSpec
from shipcheck.vocabulary import derivations
from shipcheck.vocabulary.vocabulary import (
    DIRECTIONS,
    Choice,
    FieldSpec,
    FlowSpec,
    KindSpec,
    LinkSpec,
    RecordSpec,
    Vocabulary,
    declared_record,
)

_GONE = ("finding", "links", "none")
_OF_LISTS, _OF_ORDERS = frozenset({"fewer", "more"}), frozenset({"lower", "higher"})
_ORDERED = frozenset({"choice", "yes_no", "integer", "number", "date"})


def build(data: Any) -> Vocabulary:
    """The frozen form of the plain data of the vocabulary file; the file is ours, so its shape is trusted.

    Raises:
        ValueError: a field, link, flow or kind does not say which change of it weakens what is governed.
    """
    synonyms = data["synonyms"]
    choices = {name: _choice(name, entry, synonyms["words"]) for name, entry in data["choices"].items()}
    records: dict[str, RecordSpec] = {}
    for name, entry in data["records"].items():
        records[name] = _record(name, entry, choices, records, synonyms["fields"])
    common = {"fields": data["common"], "synonyms": synonyms["fields"]}
    kinds = {name: _kind(name, entry, common, choices, records) for name, entry in data["kinds"].items()}
    raised = (_as_declared(kind, data["floors"]) for kind in kinds.values())
    records |= {record.name: record for record in raised if record.fields}
    flows = {name: _flow(name, entry, choices) for name, entry in data["flows"].items()}
    floors = {name: derivations.floor(name, entry, choices, _fields_of(data, name)) for name, entry in data["floors"].items()}
    return Vocabulary(
        version=data["vocabulary"],
        choices=choices,
        records=records,
        kinds=kinds,
        flows=flows,
        floors=floors,
        derivations=derivations.ordered(flows, floors),
        sections={kind.section: kind for kind in kinds.values()},
        backward=_backward(kinds),
        synonyms=synonyms["sections"],
        own=frozenset(data["own"]),
        inverses={name: link.inverse for kind in kinds.values() for name, link in sorted(kind.links.items())},
    )


def _as_declared(kind: KindSpec, floors: Iterable[str]) -> RecordSpec:
    """What is written for the fields of a kind that have a floor."""
    fields = {name: replace(spec, absent="unknown") for name, spec in kind.fields.items() if f"{kind.name}.{name}" in floors}
    return RecordSpec(declared_record(kind.name), f"What is declared, of a {kind.name}.", fields, (), {})


def _fields_of(data: Any, floor: str) -> Any:
    return data["kinds"][floor.partition(".")[0]]["fields"]


def _choice(name: str, entry: Any, synonyms: Synonyms) -> Choice:
    meanings = dict(entry["words"])
    return Choice(name, tuple(meanings), entry.get("ordered", False), meanings, synonyms)


def _record(name: str, entry: Any, choices: dict[str, Choice], records: dict[str, RecordSpec], synonyms: Synonyms) -> RecordSpec:
    fields = {key: field_spec(key, value, choices, records) for key, value in entry["fields"].items()}
    return RecordSpec(name, entry["description"], fields, tuple(entry.get("required", ())), synonyms)


def field_spec(name: str, entry: Any, choices: dict[str, Choice], records: dict[str, RecordSpec]) -> FieldSpec:
    """A field by the plain data under its name.

    Raises:
        ValueError: it does not say which change weakens what is governed.
    """
    absent, unknown_if = _absence(entry.get("absent", "unknown"))
    default = None if absent in {"unknown", "none", "floor"} else absent
    words = name.replace("_", " ")
    return FieldSpec(
        name=name,
        type=entry["type"],
        weaker=_direction(name, entry),
        by=entry.get("by", ""),
        alone=entry.get("alone", False),
        unless={key: tuple(values) for key, values in entry.get("unless", {}).items()},
        harmless=tuple(entry.get("harmless", ())),
        riskier=entry.get("riskier", ""),
        many=entry.get("list", False),
        says=entry.get("says", f"is {words}" if entry["type"] == "yes_no" else words),
        description=entry["description"],
        absent=absent if default is None else "unknown" if unknown_if else "default",
        default=default,
        unknown_if=unknown_if,
        choice=choices[entry["words"]] if "words" in entry else None,
        record=records[entry["record"]] if "record" in entry else None,
        rounds=_rounds(entry["rounds"]) if "rounds" in entry else None,
        key=entry.get("key", ""),
        to=tuple(entry.get("to", ())),
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        path=entry.get("path", False),
        instead_of=entry.get("instead_of", ""),
        usual=entry.get("usual", False),
        collected=entry.get("collected", False),
        fails=entry.get("fails", ""),
        unsure=entry.get("unsure", ""),
    )


def _rounds(entry: Any) -> RoundSpec:
    blank = next(iter(entry["blank"].items())) if "blank" in entry else None
    return RoundSpec(entry["by"], entry["team"], tuple(entry["result"]), blank)


def _absence(absent: Any) -> tuple[Any, str]:
    """What a missing field means, and the field that must be declared false for that."""
    return (absent["else"], absent["unknown_if"]) if isinstance(absent, dict) else (absent, "")


def _kind(name: str, entry: Any, common: Any, choices: dict[str, Choice], records: dict[str, RecordSpec]) -> KindSpec:
    shared = {key: value for key, value in common["fields"].items() if name not in value.get("except", ())}
    fields = {key: field_spec(key, value, choices, records) for key, value in {**shared, **entry.get("fields", {})}.items()}
    links = {key: _link(key, value) for key, value in entry.get("links", {}).items()}
    return KindSpec(name, entry["section"], entry["description"], _what_is_gone(name, entry), fields, links, common["synonyms"])


def _link(name: str, entry: Any) -> LinkSpec:
    return LinkSpec(
        name=name,
        inverse=entry["inverse"],
        says=entry.get("says", name.replace("_", " ")),
        weaker=_direction(name, {"list": True, **entry}),
        hops=entry.get("hops", False),
        to=tuple(entry["to"]),
        single=entry.get("single", False),
        through=entry.get("through", False),
        absent=entry.get("absent", "empty"),
        description=entry["description"],
    )


def _flow(name: str, entry: Any, choices: dict[str, Choice]) -> FlowSpec:
    seeds, arising = derivations.seeds(entry)
    return FlowSpec(
        name=name,
        says=entry.get("says", name.replace("_", " ")),
        description=entry["description"],
        weaker=_direction(name, {"list": entry["combine"] == "collect", **entry}),
        judged=tuple(entry.get("judged", ())),
        severe=entry.get("severe", ""),
        combine=entry["combine"],
        unknown=entry.get("unknown", "wins"),
        choice=choices[entry["words"]] if "words" in entry else None,
        start=entry.get("start"),
        seeds=seeds,
        arising=arising,
        counts_as=dict(entry.get("counts_as", {})),
        collects=entry.get("collects"),
        steps=tuple(tuple(step) for step in entry["steps"]),
        onto=tuple(entry["onto"]),
        unseeded=entry.get("unseeded", ""),
    )


def _backward(kinds: dict[str, KindSpec]) -> dict[str, tuple[str, ...]]:
    names: dict[str, set[str]] = {}
    for kind in kinds.values():
        for link in kind.links.values():
            names.setdefault(link.inverse, set()).add(link.name)
    return {inverse: tuple(sorted(links)) for inverse, links in sorted(names.items())}


def _direction(name: str, entry: Any) -> str:
    """What `weaker` says of a field, link or flow.

    Raises:
        ValueError: it says nothing, or what it says is unknown of values of that type.
    """
    weaker = str(entry.get("weaker", ""))
    if weaker not in DIRECTIONS:
        raise ValueError(f"{name}: 'weaker' must be one of {', '.join(sorted(DIRECTIONS))}, not '{weaker}'")
    many = bool(entry.get("list", False))
    if needed := unfit_direction(weaker, entry.get("type", "choice"), many=many):
        raise ValueError(f"{name}: 'weaker: {weaker}' {needed}")
    return weaker


def unfit_direction(weaker: str, type_name: str, *, many: bool) -> str:
    """What a direction needs that values of that type, or lists of them, do not have; empty if it fits."""
    if weaker in _OF_LISTS and not many:
        return "needs a list"
    if weaker in _OF_ORDERS and (many or type_name not in _ORDERED):
        return "needs values that have an order"
    return ""


def _what_is_gone(name: str, entry: Any) -> str:
    """What `gone` says of a kind.

    Raises:
        ValueError: it says nothing, or nothing that is known.
    """
    gone = str(entry.get("gone", ""))
    if gone not in _GONE:
        raise ValueError(f"{name}: 'gone' must be one of {', '.join(_GONE)}, not '{gone}'")
    return gone
