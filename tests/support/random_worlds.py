"""Random worlds as plain Python data that is also written out as a manifest; nothing here knows how the tool reads one.

A part of the vocabulary is written down a second time, from its description, so that the tool's own tables are not trusted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

TODAY = date(2026, 11, 22)
UNKNOWN = None


@dataclass(frozen=True)
class Kind:
    """A component of one of these kinds."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """A choice of words, lowest first where they have an order."""

    words: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True)
class Many:
    """A list."""

    item: "Type"


@dataclass(frozen=True)
class Record:
    """Fields that belong together."""

    fields: tuple[tuple[str, "Type"], ...]


Type = str | Kind | Words | Many | Record
YES_NO, NUMBER, PERCENT, TEXT, DATE, DURATION = "yes_no", "number", "percent", "text", "date", "duration"

STAGE = Words(("retired", "candidate", "pilot", "production"), ordered=True)
SENSITIVITY = Words(("low", "medium", "high", "critical"), ordered=True)
STATE = Words(("live", "stub", "disabled"), ordered=False)
AUTONOMY = Words(("suggests", "asks", "acts"), ordered=True)
EFFECT = Words(("payments", "communication", "egress", "deployment"), ordered=False)
DECIDER = Words(("human", "rule", "model", "nobody"), ordered=False)
DECISION = Words(("approve", "reject", "edit", "respond"), ordered=False)
STATUS = Words(("planned", "in_progress", "implemented", "verified"), ordered=True)
TEAM = Kind(("team",))
SCORE = Record((("score", NUMBER), ("evidence", TEXT)))
SCORECARD = Record((("value", SCORE), ("integration_cost", SCORE), ("scored_by", TEAM), ("scored_on", DATE)))
IMPLEMENTATION = Record((("file", TEXT), ("symbol", TEXT)))


@dataclass(frozen=True)
class Field:
    """A field or link as a policy sees it. `links`: how it is written; `of`: where an inverse is read from."""

    type: Type
    default: Any = UNKNOWN
    link: str = ""  # "", "list", "hops" (items may have `through`) or "one"
    of: tuple[tuple[str, str], ...] = ()
    hop_gates: bool = False


def _link(*kinds: str) -> Field:
    return Field(Many(Kind(tuple(sorted(kinds)))), (), "list")


def _hops(*kinds: str) -> Field:
    return Field(Many(Kind(tuple(sorted(kinds)))), (), "hops")


def _inverse(*of: tuple[str, str], kinds: tuple[str, ...] = (), hop_gates: bool = False) -> Field:
    sources = tuple(sorted({kind for kind, _ in of} | set(kinds)))
    return Field(Many(Kind(sources)), (), "", of, hop_gates)


COMMON = {"title": Field(TEXT), "owner": Field(TEAM)}
KINDS: dict[str, dict[str, Field]] = {
    "agent": COMMON
    | {
        "entry": Field(YES_NO, default=True),
        "autonomy": Field(AUTONOMY),
        "implemented_by": Field(Many(IMPLEMENTATION)),
        "calls": _hops("action"),
        "delegates_to": _hops("agent"),
        "delegated_by": _inverse(("agent", "delegates_to")),
        "used_by": _inverse(("use_case", "uses")),
        "started_by": _inverse(("action", "starts")),
    },
    "action": COMMON
    | {
        "sensitivity": Field(SENSITIVITY),
        "effects": Field(Many(EFFECT)),
        "reversible": Field(YES_NO),
        "state": Field(STATE, "live"),
        "starts": _hops("agent"),
        "guarded_by": _link("gate"),
        "called_by": _inverse(("agent", "calls")),
    },
    "gate": COMMON
    | {
        "decided_by": Field(DECIDER),
        "decisions": Field(Many(DECISION)),
        "approvers": Field(Many(TEAM)),
        "approvals": Field(NUMBER, 1),
        "covers": Field(Many(EFFECT)),
        "guards": _inverse(("action", "guarded_by"), kinds=("agent",), hop_gates=True),
    },
    "use_case": COMMON
    | {
        "stage": Field(STAGE),
        "scorecard": Field(SCORECARD),
        "review_due": Field(DATE),
        "portfolio": Field(Kind(("portfolio",)), UNKNOWN, "one"),
        "uses": _link("agent", "model"),
        "plans": _inverse(("integration", "use_cases")),
    },
    "model": COMMON | {"pinned": Field(YES_NO), "used_by": _inverse(("use_case", "uses"))},
    "portfolio": COMMON | {"candidates": _inverse(("use_case", "portfolio"))},
    "integration": COMMON
    | {
        "status": Field(STATUS),
        "due": Field(DATE),
        "use_cases": _link("use_case"),
    },
    "team": {
        "title": Field(TEXT),
        "active": Field(YES_NO, default=True),
        "members": Field(Many(TEXT)),
    },
}
SECTIONS = {kind: f"{kind}s" for kind in KINDS}
NAMES = {kind: tuple(f"{kind[0]}{kind[-1]}{number}" for number in range(4)) for kind in KINDS}
TEXTS = ("red", "green", "blue")
PEOPLE = ("ann", "bob", "cy")


@dataclass(frozen=True)
class Hop:
    """One item of a link: its target and the gates that stand in it."""

    to: str
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class Data:
    """Components by reference, `kind:name`, each with the values that are given; links hold `Hop`s."""

    components: Mapping[str, Mapping[str, Any]]


def random_world(random: Random) -> Data:
    """Components of every kind whose fields are given, missing or empty by chance."""
    counts = {kind: random.randint(1, 3) for kind in KINDS}
    present = {kind: [f"{kind}:{name}" for name in NAMES[kind][: counts[kind]]] for kind in KINDS}
    components: dict[str, dict[str, Any]] = {}
    for kind, fields in KINDS.items():
        for reference in present[kind]:
            given = {name: field for name, field in fields.items() if not field.of and random.random() < 0.7}
            components[reference] = {name: _random_given(random, field, present) for name, field in given.items()}
    return Data(components)


def _random_given(random: Random, field: Field, present: Mapping[str, Sequence[str]]) -> Any:
    if not field.link:
        return _random_value(random, field.type, present)
    kinds = field.type.item.names if isinstance(field.type, Many) and isinstance(field.type.item, Kind) else ("portfolio",)
    targets = [reference for kind in kinds for reference in present[kind]]
    if field.link == "one":
        return [Hop(random.choice(targets))]
    chosen = [random.choice(targets) for _ in range(random.choice((0, 1, 1, 2, 3)))]
    gates = present["gate"]
    return [
        Hop(target, tuple(random.sample(gates, random.randint(0, min(2, len(gates))))) if field.link == "hops" else ())
        for target in chosen
    ]


def _random_value(random: Random, kind: Type, present: Mapping[str, Sequence[str]]) -> Any:
    if isinstance(kind, Many):
        if isinstance(kind.item, Record):
            return [{"file": "a.py", **_random_value(random, kind.item, present)} for _ in range(random.choice((0, 1, 2)))]
        pool: Sequence[Any] = {
            TEXT: PEOPLE,
        }.get(kind.item if isinstance(kind.item, str) else "", ())
        if isinstance(kind.item, Words):
            pool = kind.item.words
        if isinstance(kind.item, Kind):
            pool = [reference for name in kind.item.names for reference in present[name]]
        return random.sample(pool, random.randint(0, min(3, len(pool))))
    if isinstance(kind, Record):
        return {name: _random_value(random, inner, present) for name, inner in kind.fields if random.random() < 0.7}
    if isinstance(kind, Words):
        return random.choice(kind.words)
    if isinstance(kind, Kind):
        return random.choice([reference for name in kind.names for reference in present[name]])
    simple: dict[str, Callable[[], Any]] = {
        YES_NO: lambda: random.random() < 0.5,
        NUMBER: lambda: random.randint(1, 5),
        TEXT: lambda: random.choice(TEXTS),
        DATE: lambda: TODAY + timedelta(days=random.choice((-400, -90, -1, 0, 1, 14, 400))),
    }
    return simple[kind]()


def manifest(world: Data) -> str:
    """The world as a manifest."""
    lines = ["shipcheck: 1"]
    for kind in KINDS:
        entries = [(reference, held) for reference, held in world.components.items() if reference.startswith(f"{kind}:")]
        if entries:
            lines.append(f"{SECTIONS[kind]}:")
        for reference, held in entries:
            body = ", ".join(f"{name}: {_written(KINDS[kind][name], value)}" for name, value in held.items())
            lines.append(f"  {_name(reference)}: {{{body}}}")
    return "\n".join(lines) + "\n"


def _written(field: Field, value: Any) -> str:
    if field.link == "one":
        return _name(value[0].to)
    if field.link:
        return f"[{', '.join(_hop_text(hop) for hop in value)}]"
    return _scalar(value)


def _hop_text(hop: Hop) -> str:
    if not hop.through:
        return _name(hop.to)
    return f"{{to: {_name(hop.to)}, through: [{', '.join(_name(gate) for gate in hop.through)}]}}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_scalar(item)}" for name, item in value.items()) + "}"
    if isinstance(value, date):
        return value.isoformat()
    return _name(str(value))


def _name(reference: str) -> str:
    return reference.partition(":")[2] or reference
