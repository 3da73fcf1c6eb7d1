"""What path policies mean, twice, from the description of the language alone: by listing walks, and over networkx.

A hop (u -> v) passes a gate that stands in its `through`, or one that guards v; an inner node of a walk that is a fit gate counts
too, the two ends never do. A walk with a fit gate on any hop is cleared; with `last_hop`, only one right before or on the target
counts. An unknown target is one, an unknown gate is none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import networkx as nx  # type: ignore[import-untyped]
from tests.oracle.worlds import World

Truth = bool | None
ORDER = ("low", "medium", "high", "critical")
ALONG = ("calls", "delegates_to", "connects_to", "offers", "starts")


class Hop(NamedTuple):
    """One hop of a walk: where from and to, over which link, past which gates."""

    source: str
    target: str
    link: str
    gates: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A path policy: its text, and what its parts mean. `backward` are the links it walks against their direction."""

    name: str
    text: str
    subject: Callable[[World, str], Truth]
    target: Callable[[World, str, str], Truth]
    gate: Callable[[World, str, str, str], Truth] | None
    forward: tuple[str, ...] = ALONG
    backward: tuple[str, ...] = ()
    last_hop: bool = False
    must_reach: bool = False


def hops_of(world: World, rule: Rule) -> list[Hop]:
    """Every hop that a walk of the rule may take."""
    guards = {
        reference: tuple(item.to for item in thing.links.get("guarded_by", ())) for reference, thing in world.things.items()
    }
    found = []
    for source, link, item in world.items():
        if link in rule.forward:
            found.append(Hop(source, item.to, link, (*item.through, *guards[item.to])))
        if link in rule.backward:
            found.append(Hop(item.to, source, link, (*item.through, *guards[source])))
    return found


def subjects_of(world: World, rule: Rule) -> list[str]:
    """What the rule is about: all that is not certainly left out."""
    return [reference for reference in sorted(world.things) if rule.subject(world, reference) is not False]


def targets_of(world: World, rule: Rule, subject: str) -> list[str]:
    """What must not be reached (all that is not certainly no target), or must be (all that certainly is one)."""
    wanted = [reference for reference in sorted(world.things) if rule.target(world, reference, subject) is True]
    if rule.must_reach:
        return wanted
    return [reference for reference in sorted(world.things) if rule.target(world, reference, subject) is not False]


def fit_gates(world: World, rule: Rule, subject: str, target: str) -> frozenset[str]:
    """The components that certainly are gates of the rule between these two."""
    if rule.gate is None:
        return frozenset()
    return frozenset(reference for reference in world.things if rule.gate(world, reference, subject, target) is True)


def open_pairs(world: World, rule: Rule) -> dict[tuple[str, str], int]:
    """Every subject and target that an open walk joins, with the fewest hops of one, by listing walks without repetition."""
    hops = hops_of(world, rule)
    found = {}
    for subject in subjects_of(world, rule):
        for target in targets_of(world, rule, subject):
            fit = fit_gates(world, rule, subject, target)
            lengths = [len(walk) for walk in _walks(hops, subject, target, rule) if _is_open(walk, fit, rule)]
            if lengths:
                found[subject, target] = min(lengths)
    return found


def _walks(hops: list[Hop], subject: str, target: str, rule: Rule) -> Iterator[list[Hop]]:
    """Walks from one to the other whose inner nodes differ.

    An inner node may be the target itself where only the last hop counts: the way to it is free, and the last hop need not be.
    """

    def extend(walk: list[Hop], seen: frozenset[str]) -> Iterator[list[Hop]]:
        current = walk[-1].target if walk else subject
        for hop in hops:
            if hop.source != current:
                continue
            if hop.target == target:
                yield [*walk, hop]
            if hop.target not in seen and (hop.target != target or rule.last_hop):
                yield from extend([*walk, hop], seen | {hop.target})

    yield from extend([], frozenset({subject}))


def _is_open(walk: list[Hop], fit: frozenset[str], rule: Rule) -> bool:
    counted = walk[-1:] if rule.last_hop else walk
    inner = [hop.source for hop in (walk[1:][-1:] if rule.last_hop else walk[1:])]
    return not any(gate in fit for hop in counted for gate in hop.gates) and not any(node in fit for node in inner)


def open_pairs_by_networkx(world: World, rule: Rule) -> dict[tuple[str, str], int]:
    """The same, over graphs from which the gated hops are deleted; one search for each target and its gates."""
    hops = hops_of(world, rule)
    known: dict[tuple[str, frozenset[str]], dict[str, int]] = {}
    found: dict[tuple[str, str], int] = {}
    for subject in subjects_of(world, rule):
        for target in targets_of(world, rule, subject):
            fit = fit_gates(world, rule, subject, target)
            if (target, fit) not in known:
                known[target, fit] = _shortest(hops, target, fit, last_hop=rule.last_hop)
            if subject in known[target, fit]:
                found[subject, target] = known[target, fit][subject]
    return found


END = "the end of the walk"


def _shortest(hops: list[Hop], target: str, fit: frozenset[str], *, last_hop: bool) -> dict[str, int]:
    """The fewest hops from each node to a target past these gates, searched backwards.

    The end of a walk has a node of its own, so that standing still is no walk.
    """
    kept = [hop for hop in hops if not fit & set(hop.gates)]
    ending = [hop.source for hop in kept if hop.target == target]
    free = hops if last_hop else [hop for hop in kept if hop.target not in fit]
    graph = nx.DiGraph()
    graph.add_node(END)
    graph.add_edges_from((END, source) for source in ending if source not in fit)
    graph.add_edges_from((hop.target, hop.source) for hop in free)
    lengths: dict[str, int] = dict(nx.single_source_shortest_path_length(graph, END))
    lengths.pop(END)
    return {**lengths, **dict.fromkeys(ending, 1)}


def unreached(world: World, rule: Rule) -> list[str]:
    """The subjects from which no walk comes to a certain target."""
    graph = nx.DiGraph((hop.source, hop.target) for hop in hops_of(world, rule))
    lost = []
    for subject in subjects_of(world, rule):
        onward = list(graph.successors(subject)) if subject in graph else []
        reached = {node for first in onward for node in (first, *nx.descendants(graph, first))}
        if not reached & set(targets_of(world, rule, subject)):
            lost.append(subject)
    return lost


# ---- what the parts of the rules mean, value by value


def kind(reference: str, name: str) -> bool:
    """Whether a reference is of a kind."""
    return reference.startswith(f"{name}:")


def given(world: World, reference: str, name: str) -> object:
    """The value of a field, None where it is not given."""
    return world.things[reference].fields.get(name)


def both(*parts: Truth) -> Truth:
    """Kleene's and."""
    return False if False in parts else None if None in parts else True


def equal(value: object, wanted: object) -> Truth:
    """Whether two values are equal, unknown where one is."""
    return None if value is None or wanted is None else value == wanted


def entry_agent(world: World, reference: str) -> Truth:
    """`agent where entry`, which is true where it is not given."""
    return kind(reference, "agent") and given(world, reference, "entry") is not False


def any_agent(_world: World, reference: str) -> Truth:
    """`agent`."""
    return kind(reference, "agent")


def any_action(_world: World, reference: str) -> Truth:
    """`action`."""
    return kind(reference, "action")


def sensitive(world: World, reference: str, _subject: str) -> Truth:
    """`action where sensitivity >= high`."""
    if not kind(reference, "action"):
        return False
    word = given(world, reference, "sensitivity")
    return None if word is None else ORDER.index(str(word)) >= ORDER.index("high")


def foreign(world: World, reference: str, subject: str) -> Truth:
    """`action where owner != from.owner`."""
    if not kind(reference, "action"):
        return False
    same = equal(given(world, reference, "owner"), given(world, subject, "owner"))
    return None if same is None else not same


def human(world: World, gate: str, _subject: str, _target: str) -> Truth:
    """`gate where decided_by == human and timing == before`."""
    if not kind(gate, "gate"):
        return False
    return both(equal(given(world, gate, "decided_by"), "human"), equal(given(world, gate, "timing"), "before"))


def covering(world: World, gate: str, _subject: str, target: str) -> Truth:
    """`gate where to.effects all in covers`."""
    if not kind(gate, "gate"):
        return False
    effects, covers = given(world, target, "effects"), given(world, gate, "covers")
    if not isinstance(effects, list):
        return None
    if not isinstance(covers, list):
        return None if effects else True
    return all(effect in covers for effect in effects)


def independent(world: World, gate: str, subject: str, _target: str) -> Truth:
    """`gate where some t in approvers satisfies t != from.owner`."""
    if not kind(gate, "gate"):
        return False
    approvers, owner = given(world, gate, "approvers"), given(world, subject, "owner")
    if not isinstance(approvers, list):
        return None
    if not approvers:
        return False
    return None if owner is None else any(team != owner for team in approvers)


def human_and_covering(world: World, gate: str, subject: str, target: str) -> Truth:
    """Both."""
    return both(human(world, gate, subject, target), covering(world, gate, subject, target))


def human_and_independent(world: World, gate: str, subject: str, target: str) -> Truth:
    """Both."""
    return both(human(world, gate, subject, target), independent(world, gate, subject, target))


def all_three(world: World, gate: str, subject: str, target: str) -> Truth:
    """All three."""
    return both(human_and_covering(world, gate, subject, target), independent(world, gate, subject, target))


_SENSITIVE = "action where sensitivity >= high"
_HUMAN = "gate where decided_by == human and timing == before"
_COVERS = "to.effects all in covers"
_OTHER = "some t in approvers satisfies t != from.owner"


def _text(subject: str, target: str, along: str, *, gate: str = "", last_hop: bool = False, verb: str = "must_not_reach") -> str:
    lines = [f"each: {subject}", f"{verb}: {target}", f"along: {along}"]
    lines += [f"unless_through: {gate}"] if gate else []
    return "\n".join([*lines, *(["gate_on: last_hop"] if last_hop else [])])


_FORWARD = ", ".join(ALONG)
RULES = (
    Rule("no gate helps", _text("agent where entry", _SENSITIVE, _FORWARD), entry_agent, sensitive, None),
    Rule("one gate for all", _text("agent where entry", _SENSITIVE, _FORWARD, gate=_HUMAN), entry_agent, sensitive, human),
    Rule(
        "a gate for the target",
        _text("agent where entry", _SENSITIVE, _FORWARD, gate=f"{_HUMAN} and {_COVERS}"),
        entry_agent,
        sensitive,
        human_and_covering,
    ),
    Rule(
        "a gate for the subject",
        _text("agent", _SENSITIVE, _FORWARD, gate=f"{_HUMAN} and {_OTHER}"),
        any_agent,
        sensitive,
        human_and_independent,
    ),
    Rule(
        "a gate for both",
        _text("agent", _SENSITIVE, _FORWARD, gate=f"{_HUMAN} and {_COVERS} and {_OTHER}"),
        any_agent,
        sensitive,
        all_three,
    ),
    Rule(
        "on the last hop",
        _text("agent where entry", _SENSITIVE, _FORWARD, gate=_HUMAN, last_hop=True),
        entry_agent,
        sensitive,
        human,
        last_hop=True,
    ),
    Rule(
        "on the last hop for both",
        _text("agent", _SENSITIVE, _FORWARD, gate=f"{_HUMAN} and {_COVERS} and {_OTHER}", last_hop=True),
        any_agent,
        sensitive,
        all_three,
        last_hop=True,
    ),
    Rule(
        "a target for the subject",
        _text("agent", "action where owner != from.owner", _FORWARD, gate=_HUMAN),
        any_agent,
        foreign,
        human,
    ),
    Rule(
        "back to itself",
        _text("agent", "agent where it == from", _FORWARD, gate=_HUMAN),
        any_agent,
        lambda _world, reference, subject: reference == subject,
        human,
    ),
    Rule(
        "backwards",
        _text("action", "agent where entry", "called_by, delegated_by, connected_by, offered_by, started_by", gate=_HUMAN),
        any_action,
        lambda world, reference, _subject: entry_agent(world, reference),
        human,
        forward=(),
        backward=ALONG,
    ),
    Rule(
        "through gates as nodes",
        _text("agent", _SENSITIVE, "calls, starts, guarded_by, guards", gate=_HUMAN),
        any_agent,
        sensitive,
        human,
        forward=("calls", "starts", "guarded_by"),
        backward=("guarded_by",),
    ),
    Rule(
        "through gates as nodes, on the last hop",
        _text("agent", _SENSITIVE, "calls, starts, guarded_by, guards", gate=_HUMAN, last_hop=True),
        any_agent,
        sensitive,
        human,
        forward=("calls", "starts", "guarded_by"),
        backward=("guarded_by",),
        last_hop=True,
    ),
    Rule(
        "to a gate",
        _text("agent", "gate where decided_by == human", "calls, starts, guarded_by", gate=_HUMAN),
        any_agent,
        lambda world, reference, _subject: kind(reference, "gate") and equal(given(world, reference, "decided_by"), "human"),
        human,
        forward=("calls", "starts", "guarded_by"),
    ),
)
REACHES = (
    Rule(
        "an agent reaches",
        _text("agent", _SENSITIVE, _FORWARD, verb="must_reach"),
        any_agent,
        sensitive,
        None,
        must_reach=True,
    ),
    Rule(
        "an agent reaches what is not its own",
        _text("agent", "action where owner != from.owner", _FORWARD, verb="must_reach"),
        any_agent,
        foreign,
        None,
        must_reach=True,
    ),
)
