"""Builds the vocabulary from the plain data of schemas/vocabulary.yaml."""

from typing import Any

from shipcheck.english import Synonyms
from shipcheck.model.rounds import RoundSpec
from shipcheck.vocabulary.vocabulary import Choice, FieldSpec, FlowSpec, KindSpec, LinkSpec, RecordSpec, Vocabulary


def build(data: Any) -> Vocabulary:
    """The frozen form of the plain data of the vocabulary file; the file is ours, so its shape is trusted."""
    synonyms = data["synonyms"]
    choices = {name: _choice(name, entry, synonyms["words"]) for name, entry in data["choices"].items()}
    records: dict[str, RecordSpec] = {}
    for name, entry in data["records"].items():
        records[name] = _record(name, entry, choices, records, synonyms["fields"])
    common = {"fields": data["common"], "synonyms": synonyms["fields"]}
    kinds = {name: _kind(name, entry, common, choices, records) for name, entry in data["kinds"].items()}
    return Vocabulary(
        version=data["vocabulary"],
        choices=choices,
        records=records,
        kinds=kinds,
        flows={name: _flow(name, entry, choices) for name, entry in data["flows"].items()},
        sections={kind.section: kind for kind in kinds.values()},
        backward=_backward(kinds),
        synonyms=synonyms["sections"],
        inverses={name: link.inverse for kind in kinds.values() for name, link in sorted(kind.links.items())},
    )


def _choice(name: str, entry: Any, synonyms: Synonyms) -> Choice:
    meanings = dict(entry["words"])
    return Choice(name, tuple(meanings), entry.get("ordered", False), meanings, synonyms)


def _record(name: str, entry: Any, choices: dict[str, Choice], records: dict[str, RecordSpec], synonyms: Synonyms) -> RecordSpec:
    fields = {key: _field(key, value, choices, records) for key, value in entry["fields"].items()}
    return RecordSpec(name, entry["description"], fields, tuple(entry.get("required", ())), synonyms)


def _field(name: str, entry: Any, choices: dict[str, Choice], records: dict[str, RecordSpec]) -> FieldSpec:
    absent, unknown_if = _absence(entry.get("absent", "unknown"))
    default = None if absent in {"unknown", "none"} else absent
    words = name.replace("_", " ")
    return FieldSpec(
        name=name,
        type=entry["type"],
        weaker=entry["weaker"],
        many=entry.get("list", False),
        says=entry.get("says", f"is {words}" if entry["type"] == "yes_no" else words),
        description=entry["description"],
        absent=absent if default is None else "unknown" if unknown_if else "default",
        default=default,
        unknown_if=unknown_if,
        choice=choices[entry["words"]] if "words" in entry else None,
        record=records[entry["record"]] if "record" in entry else None,
        rounds=_rounds(entry["rounds"]) if "rounds" in entry else None,
        to=tuple(entry.get("to", ())),
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        path=entry.get("path", False),
        instead_of=entry.get("instead_of", ""),
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
    fields = {key: _field(key, value, choices, records) for key, value in {**shared, **entry.get("fields", {})}.items()}
    links = {key: _link(key, value) for key, value in entry.get("links", {}).items()}
    return KindSpec(name, entry["section"], entry["description"], fields, links, common["synonyms"])


def _link(name: str, entry: Any) -> LinkSpec:
    return LinkSpec(
        name=name,
        inverse=entry["inverse"],
        says=entry.get("says", name.replace("_", " ")),
        weaker=entry["weaker"],
        hops=entry.get("hops", False),
        to=tuple(entry["to"]),
        single=entry.get("single", False),
        through=entry.get("through", False),
        absent=entry.get("absent", "empty"),
        description=entry["description"],
    )


def _flow(name: str, entry: Any, choices: dict[str, Choice]) -> FlowSpec:
    return FlowSpec(
        name=name,
        says=entry.get("says", name.replace("_", " ")),
        description=entry["description"],
        combine=entry["combine"],
        unknown=entry.get("unknown", "wins"),
        choice=choices[entry["words"]] if "words" in entry else None,
        start=entry.get("start"),
        seeds=dict(entry.get("from", {})),
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
