"""What a policy means over a world by the description of the language alone: plain searches, hop by hop, subject by subject.

A hop (u -> v) passes a selector where a match stands in its `through`, or guards v, or is v itself as an inner node of the walk;
the two ends of a walk never count. An unknown subject is one and an unknown target of `must_not_reach` is one; an unknown gate,
and an unknown target of `must_reach`, is none. Each of these small methods is a place where an engine can be wrong: the bank of
wrong engines overrides them one by one.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.oracle.conditions import Condition, Reading, names_of
from tests.oracle.rules import Rule
from tests.oracle.worlds import INVERSES, Item, World, kind_of


class Hop(NamedTuple):
    """One hop of a walk: where from and to, over which link, past which gates."""

    source: str
    target: str
    link: str
    gates: tuple[str, ...]


Key = tuple[str, str]
Answer = dict[Key, int]
Guards = dict[str, tuple[str, ...]]


class Naive:
    """One world, judged rule by rule. An answer maps each failing subject and target ("" for none) to the length of its walk."""

    def __init__(self, world: World, base: World | None = None) -> None:
        self.world = world
        self.before = Reading(base, head=world) if base is not None else None
        self.reading = self.read(world)
        self.known: dict[tuple[object, ...], Any] = {}

    def read(self, world: World) -> Reading:
        """How conditions are read."""
        return Reading(world, self.before)

    def judge(self, rule: Rule) -> Answer:
        """Every finding of the rule."""
        if rule.verb == "must":
            return self.unmet(rule)
        if rule.verb == "must_not_cycle":
            return dict.fromkeys(((subject, "") for subject in self.cycles(rule)), 0)
        if rule.verb == "must_not_reach":
            return self.reached(rule)
        return dict.fromkeys(((subject, "") for subject in self.subjects(rule) if self.is_lost(rule, subject)), 0)

    def severity(self, rule: Rule, key: Key) -> str:
        """The first step of the ladder whose condition is not no."""
        names = {"it": key[0], "subject": key[0], "from": key[0], "to": key[1]}
        ladder = rule.data.get("severity", [["error", None]])
        return str(next(word for word, when in ladder if when is None or self.is_subject(self.truth(when, names))))

    # ---- conditions and selectors

    def truth(self, part: Condition, names: dict[str, Any]) -> Any:
        """A condition's value, asked once for the same names."""
        key = self.asked(part, names)
        if key not in self.known:
            self.known[key] = self.reading.truth(part, names)
        return self.known[key]

    def asked(self, part: Condition, names: dict[str, Any]) -> tuple[object, ...]:
        """What a condition depends on: itself, and the names that it reads."""
        if ("names", id(part)) not in self.known:
            self.known["names", id(part)] = sorted(names_of(part))
        return (id(part), *(names[name] for name in self.known["names", id(part)] if name in names))

    def matches(self, selector: Any, reference: str, **names: str) -> bool | None:
        """Whether a component matches `[kinds, condition]`."""
        kinds, where = selector
        if kind_of(reference) not in kinds:
            return False
        if where is None:
            return True
        found: bool | None = self.truth(where, {"it": reference, **names})
        return found

    def subjects(self, rule: Rule) -> list[str]:
        """What the rule is about: all that is not certainly left out."""
        selector = rule.data["each"]
        return [one for one in self.of_kinds(selector[0]) if self.is_subject(self.matches(selector, one))]

    def members(self, rule: Rule) -> list[str]:
        """What a group, or a cycle, is made of: all that is not certainly left out."""
        selector = rule.data["all"]
        return [one for one in self.of_kinds(selector[0]) if self.is_subject(self.matches(selector, one))]

    def of_kinds(self, kinds: list[str]) -> list[str]:
        """Every component of some kinds, in order."""
        key = ("kinds", *kinds)
        if key not in self.known:
            self.known[key] = [one for one in sorted(self.world.things) if kind_of(one) in kinds]
        found: list[str] = self.known[key]
        return found

    def is_subject(self, found: bool | None) -> bool:  # noqa: FBT001 - it is what was found
        """Whether this answer of a selector makes a subject."""
        return found is not False

    def is_target(self, rule: Rule, found: bool | None) -> bool:  # noqa: FBT001
        """Whether this answer of a selector makes a target."""
        return found is True if rule.verb == "must_reach" else found is not False

    def is_gate(self, found: bool | None) -> bool:  # noqa: FBT001
        """Whether this answer of a selector makes a gate that fits."""
        return found is True

    def targets(self, rule: Rule, subject: str) -> list[str]:
        """What must not be reached from a subject, or must be."""
        selector = rule.data[rule.verb]
        key = ("targets", rule.verb, *self.asked(selector, {"from": subject}))
        if key not in self.known:
            every = ((one, self.matches(selector, one, **{"from": subject})) for one in self.of_kinds(selector[0]))
            self.known[key] = [one for one, found in every if self.is_target(rule, found)]
        chosen: list[str] = self.known[key]
        return chosen

    def fit(self, rule: Rule, subject: str, target: str) -> frozenset[str]:
        """The components that certainly are gates, or certainly match `through`, between these two."""
        selector = rule.data.get("unless_through") or rule.data.get("through")
        if selector is None:
            return frozenset()
        names = {"from": subject, "to": target}
        key = ("fit", *self.asked(selector, names))
        if key not in self.known:
            self.known[key] = frozenset(
                one for one in self.of_kinds(selector[0]) if self.is_gate(self.matches(selector, one, **names))
            )
        found: frozenset[str] = self.known[key]
        return found

    # ---- hops

    def hops(self, rule: Rule) -> list[Hop]:
        """Every hop that a walk of the rule may take."""
        along = rule.data["along"]
        key = ("hops", *along)
        if key not in self.known:
            guards = self.guards()
            self.known[key] = [hop for one in self.world.items() for hop in self.hops_of(one, along, guards)]
        found: list[Hop] = self.known[key]
        return found

    def hops_of(self, one: tuple[str, str, Item], along: Iterable[str], guards: Guards) -> Iterator[Hop]:
        """The hops that one item of a link makes: forwards under its own name, backwards under its inverse."""
        source, link, item = one
        if link in along:
            yield Hop(source, item.to, link, (*item.through, *guards.get(item.to, ())))
        if any(INVERSES.get(name) == link for name in along):
            yield Hop(item.to, source, link, (*item.through, *guards.get(source, ())))

    def guards(self) -> Guards:
        """The gates that guard each component."""
        found: Guards = {}
        for source, link, item in self.world.items():
            if link == "guarded_by":
                found[source] = (*found.get(source, ()), item.to)
        return found

    def is_open(self, hop: Hop, fit: frozenset[str]) -> bool:
        """Whether no gate on the hop fits."""
        return not fit.intersection(hop.gates)

    def stops(self, node: str, fit: frozenset[str]) -> bool:
        """Whether an inner node is a gate itself."""
        return node in fit

    # ---- must_not_reach

    def reached(self, rule: Rule) -> Answer:
        """Every pair that an open walk joins, with the fewest hops of one."""
        found: Answer = {}
        for subject in self.subjects(rule):
            for target in self.targets(rule, subject):
                length = self.lengths(rule, subject, self.fit(rule, subject, target)).get(target)
                if length is not None and self.is_near(rule, length):
                    found[subject, target] = length
        return found

    def is_near(self, rule: Rule, length: int) -> bool:
        """Whether a walk is short enough."""
        return bool(length <= rule.data.get("within", length))

    def lengths(self, rule: Rule, subject: str, fit: frozenset[str]) -> dict[str, int]:
        """The fewest hops of an open walk from a subject to everything it comes to."""
        last = "gate_on" in rule.data
        key = ("lengths", last, *rule.data["along"], subject, fit)
        if key not in self.known:
            self.known[key] = self.last_hops(rule, subject, fit) if last else self.spread(rule, subject, fit)
        found: dict[str, int] = self.known[key]
        return found

    def spread(self, rule: Rule, subject: str, fit: frozenset[str]) -> dict[str, int]:
        """Go on and on from a subject, over open hops, out of nodes that are no gates."""
        out = self.out(rule)
        found: dict[str, int] = {}
        front, length = [subject], 0
        while front:
            length += 1
            reached = []
            for node in front:
                if length > 1 and self.stops(node, fit):
                    continue
                for hop in out.get(node, ()):
                    if hop.target not in found and self.is_open(hop, fit):
                        found[hop.target] = length
                        reached.append(hop.target)
            front = reached
        return found

    def last_hops(self, rule: Rule, subject: str, fit: frozenset[str]) -> dict[str, int]:
        """Go on freely; only the last hop, and the node right before the target, are asked."""
        free = self.spread(rule, subject, frozenset())
        found: dict[str, int] = {}
        for hop in self.hops(rule):
            starts = [0] if hop.source == subject else []
            if hop.source in free and not self.stops(hop.source, fit):
                starts.append(free[hop.source])
            if starts and self.is_open(hop, fit):
                found[hop.target] = min(found.get(hop.target, len(self.world.things) + 1), min(starts) + 1)
        return found

    def out(self, rule: Rule) -> dict[str, list[Hop]]:
        """The hops that start at each component."""
        key = ("out", *rule.data["along"])
        if key not in self.known:
            found: dict[str, list[Hop]] = {}
            for hop in self.hops(rule):
                found.setdefault(hop.source, []).append(hop)
            self.known[key] = found
        known: dict[str, list[Hop]] = self.known[key]
        return known

    # ---- must_reach

    def is_lost(self, rule: Rule, subject: str) -> bool:
        """Whether a subject does not come to what it must."""
        if rule.data.get("every_way"):
            return self.can_end(rule, subject, frozenset(self.targets(rule, subject)))
        targets = frozenset(self.targets(rule, subject))
        if "through" not in rule.data:
            lengths = self.spread(rule, subject, frozenset())
            return not any(one in targets and self.is_near(rule, length) for one, length in lengths.items())
        return not any(self.comes_through(rule, subject, target) for target in targets)

    def comes_through(self, rule: Rule, subject: str, target: str) -> bool:
        """Whether a walk passes a match of `through` and then meets the target: a search over nodes and whether it has passed."""
        fit = self.fit(rule, subject, target)
        front, seen, length = [(subject, False)], set[tuple[str, bool]](), 0
        while front:
            length += 1
            reached = []
            for node, passed in front:
                inner = passed or (length > 1 and self.passes_at(node, fit))
                for hop in self.out(rule).get(node, ()):
                    state = (hop.target, inner or self.passes_on(hop, fit))
                    if state not in seen:
                        seen.add(state)
                        reached.append(state)
            if (target, True) in reached:
                return self.is_near(rule, length)
            front = reached
        return False

    def passes_at(self, node: str, fit: frozenset[str]) -> bool:
        """Whether an inner node is a match of `through`."""
        return node in fit

    def passes_on(self, hop: Hop, fit: frozenset[str]) -> bool:
        """Whether a hop passes a match of `through`."""
        return bool(fit.intersection(hop.gates))

    # ---- every_way: in what is left without the targets, no end and no loop that cannot be left is in reach

    def can_end(self, rule: Rule, subject: str, targets: frozenset[str]) -> bool:
        """Whether some way from a subject ends, or goes round for ever, without meeting a target."""
        in_reach, front = {subject}, [subject]
        for node in front:
            for hop in self.out(rule).get(node, ()):
                if hop.target not in targets and hop.target not in in_reach:
                    in_reach.add(hop.target)
                    front.append(hop.target)
        return any(self.is_end(rule, node, targets) for node in sorted(in_reach))

    def is_end(self, rule: Rule, node: str, targets: frozenset[str]) -> bool:
        """Whether nothing leads on from a node, or only round in a loop without a target that nothing leaves."""
        onward = self.onward(rule, node)
        if not onward:
            return True
        return self.is_loop(rule, node, onward) and not onward & targets

    def is_loop(self, rule: Rule, node: str, onward: frozenset[str]) -> bool:
        """Whether everything in reach leads back."""
        return all(node in self.onward(rule, other) for other in onward)

    def onward(self, rule: Rule, node: str) -> frozenset[str]:
        """Everything that some walk of at least one hop comes to."""
        return frozenset(self.lengths(rule, node, frozenset()))

    # ---- must_not_cycle

    def cycles(self, rule: Rule) -> list[str]:
        """The smallest member of each set of members that lead to each other."""
        members = self.members(rule)
        round_trip = {one: self.among(rule, one, members) for one in members}
        in_loop = [one for one in members if one in round_trip[one]]
        return [one for one in in_loop if not any(other < one for other in in_loop if self.are_one(round_trip, one, other))]

    def are_one(self, onward: dict[str, set[str]], one: str, other: str) -> bool:
        """Whether two members lead to each other."""
        return other in onward[one] and one in onward[other]

    def among(self, rule: Rule, start: str, members: list[str]) -> set[str]:
        """The members that a walk over members alone comes to."""
        seen, front = set[str](), [start]
        for node in front:
            for hop in self.out(rule).get(node, ()):
                if hop.target in members and hop.target not in seen:
                    seen.add(hop.target)
                    front.append(hop.target)
        return seen

    # ---- must

    def unmet(self, rule: Rule) -> Answer:
        """The components, links or groups whose condition is not yes."""
        if "removed" in rule.data:
            return dict.fromkeys(((one, "") for one in self.removed(rule)), 0)
        if "each" in rule.data:
            return {
                (one, ""): 0 for one in self.subjects(rule) if not self.is_met(rule, {"it": one, "subject": one, "from": one})
            }
        found = self.links(rule) if "link" in rule.data else self.groups(rule)
        return {(text, ""): 0 for text, names in found if not self.is_met(rule, names)}

    def removed(self, rule: Rule) -> list[str]:
        """What was in the base, is not in the head, and does not meet the condition."""
        if self.before is None:
            return []
        earlier = Naive(self.before.world)
        earlier.reading = self.before
        gone = [one for one in sorted(earlier.world.things) if one not in self.world.things]
        chosen = [one for one in gone if self.is_subject(earlier.matches(rule.data["removed"], one))]
        return [one for one in chosen if self.before.truth(rule.data["must"], {"it": one, "subject": one}) is not True]

    def is_met(self, rule: Rule, names: dict[str, Any]) -> bool:
        """Whether a condition is certainly yes."""
        return self.reading.truth(rule.data["must"], names) is True

    def links(self, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each link item that is not certainly left out; items between the same two are numbered as they are written."""
        name, where = rule.data["link"]
        guards, met = self.guards(), dict[str, int]()
        for source, link, item in self.world.items():
            if link != name:
                continue
            gates = sorted({*item.through, *guards.get(item.to, ())})
            names = {"from": source, "to": item.to, "through": list(item.through), "gates": gates}
            text = f"{source} {link} {item.to}"
            met[text] = met.get(text, 0) + 1
            if where is None or self.is_subject(self.reading.truth(where, names)):
                yield (text if met[text] == 1 else f"{text}#{met[text]}"), names

    def groups(self, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        """The members by the values that they share; those without a value are a group of their own."""
        groups: dict[tuple[Any, ...], list[str]] = {}
        for one in self.members(rule):
            values = tuple(self.reading.truth(path, {"it": one}) for path in rule.data.get("per", []))
            groups.setdefault(values, []).append(one)
        for values, members in groups.items():
            yield self.group_name(rule, values), {"members": members}

    def group_name(self, rule: Rule, values: tuple[Any, ...]) -> str:
        """A group is called by its component, or by what its members share."""
        if len(values) == 1 and str(values[0]) in self.world.things:
            return str(values[0])
        shown = ["(missing)" if value is None else str(value).rpartition(":")[2] for value in values]
        paths = [path.removeprefix("@it.") for path in rule.data.get("per", [])]
        pairs = [f"{path}={value}" for path, value in zip(paths, shown, strict=True)]
        return f"{' or '.join(rule.data['all'][0])}[{', '.join(pairs)}]"
