"""What is found while a repository is read: components and gates that still grow links."""

from dataclasses import dataclass, field

from shipcheck.code.possible_values import Alternative, Condition, Routine, Spot
from shipcheck.discover.occurrence import Occurrence
from shipcheck.discover.rule import Detector, FileRule, Rule


@dataclass(slots=True, eq=False)
class FoundLink:
    """A link to another component; without one, `why` says what is not known. `text` is a name in the code for one."""

    link: str
    target: "Found | None"
    how: str
    why: str = ""
    when: tuple[Condition, ...] = ()
    spot: Spot | None = None
    text: str = ""
    becomes: str = ""


@dataclass(slots=True, eq=False)
class FoundGate:
    """A gate candidate, with what it is on. `value` is true, false, conditional or unknown."""

    name: str
    gate_class: str
    value: str
    how: str
    spot: Spot
    detector: str
    bypass: bool
    agent: "Found | None" = None
    action: "Found | None" = None
    action_name: str = ""
    why: str = ""


@dataclass(slots=True, eq=False)
class FoundEffect:
    """One effect of a body: the call that has it, and the calls that lead to it."""

    effect: str
    callable: str
    spot: Spot
    chain: tuple[tuple[str, Spot], ...]
    detector: str


@dataclass(slots=True, eq=False)
class Graph:
    """The nodes and edges that a builder is given. An end of an edge that is not known is empty, and `why` says so."""

    nodes: dict[str, list[Alternative]] = field(default_factory=dict)
    edges: list[tuple[str, str, str]] = field(default_factory=list)
    places: dict[str, Spot] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Found:
    """A component that was found."""

    kind: str
    name: str
    spot: Spot
    symbol: tuple[str, ...]
    detector: Detector
    confidence: str
    rule: Rule | FileRule | None
    occurrence: Occurrence | None = None
    body: tuple[Routine, ...] = ()
    fields: dict[str, list[Alternative]] = field(default_factory=dict)
    links: list[FoundLink] = field(default_factory=list)
    gates: list[FoundGate] = field(default_factory=list)
    also: list[Spot] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    generic: bool = False
    hidden: bool = False
    alone: bool = False
    graph: "Graph | None" = None
    effects: list["FoundEffect"] = field(default_factory=list)
    unknown_effects: list[tuple[str, Spot]] = field(default_factory=list)

    def link_to(self, link: FoundLink) -> None:
        """Add a link, once."""
        for each in self.links:
            if each.link == link.link and each.target is link.target and each.why == link.why and each.text == link.text:
                return
        self.links.append(link)
