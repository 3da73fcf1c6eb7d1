"""The values of components as the cells of tables: how each is known is always said, unless it is in the code itself."""

from collections.abc import Iterable, Mapping, Sequence

from shipcheck.english import counted
from shipcheck.model.location import Location
from shipcheck.model.observed import CERTAIN, CODE, DEFAULT, UNKNOWN, Discovery, GateCandidate, Known, Observed, ObservedLink

# More names than these are counted.
MOST = 6
# The kinds for which the absence of a gate candidate is worth a word.
_GATED = frozenset({"agent", "action"})


def spot(place: Location) -> str:
    """A place without its column."""
    return place.spot


def title(component: Observed, discovery: Discovery) -> str:
    """The framework that a component is of, as its detector calls it."""
    return discovery.frameworks.get(component.detector) or discovery.frameworks.get(component.detector.partition("@")[0], "")


def headed(component: Observed, discovery: Discovery) -> str:
    """The kind and name of a component, with its framework."""
    framework = title(component, discovery) or component.detector
    return f"{component.kind.replace('_', ' ')} {component.name} ({framework})"


def known(value: Known) -> str:
    """A value with how it is known."""
    condition = f" when {value.when}" if value.when else ""
    if value.how == CODE:
        return f"{value.value}{condition}"
    if value.how == UNKNOWN:
        text = f"{value.value}, not certain" if value.value else "unknown"
        return f"{text}: {value.why}{condition}" if value.why else f"{text}{condition}"
    source = {DEFAULT: "by default"}.get(value.how, f"from the {value.how}")
    return f"{value.value} {source}{condition}" if value.value else f"unknown, {source}{condition}"


def names_of(discovery: Discovery) -> Mapping[str, str]:
    """The name of each component by its key."""
    return {component.key: component.name for component in discovery.components}


def links(component: Observed, names: Mapping[str, str], most: int = MOST) -> list[str]:
    """One text for each kind of link, with its targets."""
    by_link: dict[str, list[str]] = {}
    for link in component.links:
        by_link.setdefault(link.link, []).append(_target(link, names))
    return [f"{name.replace('_', ' ')} {some(dict.fromkeys(targets), most)}" for name, targets in by_link.items()]


def _target(link: ObservedLink, names: Mapping[str, str]) -> str:
    value = link.known._replace(value=names.get(link.target, link.target) or link.known.value)
    return known(value)


def fields(component: Observed) -> list[str]:
    """One text for each field, with every value that it may have."""
    return [
        f"{field.name.replace('_', ' ')} {' or '.join(map(known, field.values))}" for field in component.fields if field.values
    ]


def gates(component: Observed) -> str:
    """The gate candidates on a component; that there is none is said where it matters."""
    if component.gates:
        return some(dict.fromkeys(_gate(gate) for gate in component.gates), MOST)
    return "no gate candidate" if component.kind in _GATED else ""


def _gate(gate: GateCandidate) -> str:
    return f"gate candidate {gate.name or gate.kind_of} {gate_value(gate)}"


def gate_value(gate: GateCandidate) -> str:
    """The value of a gate candidate, and whether it takes a gate away."""
    return f"{known(gate.value)}, takes a gate away" if gate.bypass else known(gate.value)


def effects(component: Observed) -> str:
    """The effects of a body; where some may be missing, that is said with the first reason."""
    if component.effects is None:
        return ""
    found = some(dict.fromkeys(effect.effect for effect in component.effects), MOST)
    if component.unknown_effects:
        reason = component.unknown_effects[0]
        more = f"unknown: {reason.why or reason.value}"
        return f"effects {found}, others {more}" if found else f"effects {more}"
    return f"effects {found}" if found else "no effects found"


def details(component: Observed, names: Mapping[str, str]) -> str:
    """Everything that is known about a component, in one text."""
    sure = "" if component.confidence == CERTAIN else component.confidence
    also = f"also at {some((place.spot for place in component.also), MOST)}" if component.also else ""
    parts = [sure, *links(component, names), *fields(component), effects(component), gates(component), also]
    return " · ".join(part for part in parts if part)


def some(texts: Iterable[str], most: int) -> str:
    """Texts as a list; if there are many, the first, and how many more."""
    every = list(texts)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more


def files(paths: Sequence[str], most: int = 3) -> str:
    """How many files, and which, if these are few."""
    return f"{counted(len(paths), 'file')} ({some(paths, most)})"
