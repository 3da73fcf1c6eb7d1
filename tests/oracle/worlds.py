"""Random worlds of agents, actions, tool servers and gates, as plain data that is written out as manifest files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

LINKS = ("calls", "delegates_to", "connects_to", "offers", "starts", "guarded_by")
LEADS_TO = {
    "calls": "action", "delegates_to": "agent", "connects_to": "tool_server", "offers": "action", "starts": "agent",
    "guarded_by": "gate",
}  # fmt: skip
WITH_GATES = ("calls", "delegates_to", "starts")
DECLARES = {
    "agent": ("calls", "delegates_to", "connects_to"),
    "action": ("starts", "guarded_by"),
    "tool_server": ("offers",),
    "gate": (),
    "team": (),
}
EFFECTS = ("payments", "communication", "egress")
SECTIONS = {"agent": "agents", "action": "actions", "tool_server": "tool_servers", "gate": "gates", "team": "teams"}


@dataclass
class Item:
    """One item of a link: a target and the gates in its `through`."""

    to: str
    through: tuple[str, ...] = ()


@dataclass
class Thing:
    """A component: its fields that are given, as they are written, and its links."""

    fields: dict[str, object] = field(default_factory=dict)
    links: dict[str, list[Item]] = field(default_factory=dict)

    def add(self, link: str, to: str, *through: str) -> None:
        """One more item of a link."""
        self.links.setdefault(link, []).append(Item(to, through))

    def copy(self) -> "Thing":
        """A thing of its own with the same content."""
        links = {link: [Item(item.to, item.through) for item in items] for link, items in self.links.items()}
        return Thing(dict(self.fields), links)


@dataclass
class World:
    """Components by reference, `kind:name`."""

    things: dict[str, Thing]

    def copy(self) -> "World":
        """A world of its own with the same content."""
        return World({reference: thing.copy() for reference, thing in self.things.items()})

    def of(self, kind: str) -> list[str]:
        """The references of one kind, in order."""
        return sorted(reference for reference in self.things if reference.startswith(f"{kind}:"))

    def items(self) -> Iterator[tuple[str, str, Item]]:
        """Every link item as (source, link, item)."""
        for reference in sorted(self.things):
            for link, items in self.things[reference].links.items():
                for item in items:
                    yield reference, link, item

    def file_text(self, references: list[str]) -> str:
        """A manifest of these components, in the order given within each section."""
        lines = ["shipcheck: 1"]
        for kind in dict.fromkeys(reference.partition(":")[0] for reference in references):
            lines.append(f"{SECTIONS[kind]}:")
            lines += [
                f"  {name_of(reference)}: {{{body_text(self.things[reference])}}}"
                for reference in references
                if reference.startswith(f"{kind}:")
            ]
        return "\n".join(lines) + "\n"

    def text(self) -> str:
        """The world as one manifest."""
        return self.file_text(list(self.things))


def name_of(reference: str) -> str:
    """The name without its kind."""
    return reference.partition(":")[2]


def body_text(thing: Thing) -> str:
    """Fields and links in YAML's flow style."""
    parts = [f"{name}: {_value(value)}" for name, value in thing.fields.items()]
    parts += [f"{link}: [{', '.join(_item(item) for item in items)}]" for link, items in thing.links.items()]
    return ", ".join(parts)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    return name_of(str(value)) or str(value)


def _item(item: Item) -> str:
    if not item.through:
        return name_of(item.to)
    return f"{{to: {name_of(item.to)}, through: [{', '.join(name_of(gate) for gate in item.through)}]}}"


def random_world(random: Random) -> World:
    """A small dense world, or, three times in ten, long chains with shuffled names."""
    return _chains(random) if random.random() < 0.3 else _dense(random)


def _dense(random: Random) -> World:
    world = _nodes(random, agents=random.randint(1, 4), actions=random.randint(1, 3), servers=random.randint(0, 1))
    walkable = [*world.of("agent"), *world.of("action"), *world.of("tool_server")]
    hops = random.randint(len(walkable) // 2, 2 * len(walkable))
    for _ in range(hops):
        _add_hop(random, world, random.choice(walkable))
    return world


def _chains(random: Random) -> World:
    """Up to two chains of agents, actions and tool servers, each with few gates, tied together by some chance hops."""
    length = random.choice((6, 9, 12, 20, 26))
    world = _nodes(random, agents=length, actions=length // 2, servers=length // 5)
    for _ in range(random.randint(1, 2)):
        rest = {kind: random.sample(world.of(kind), len(world.of(kind))) for kind in ("agent", "action", "tool_server")}
        current = rest["agent"].pop()
        world.things[current].fields.pop("entry", None)
        while True:
            kind = current.partition(":")[0]
            ways = [link for link in DECLARES[kind] if link != "guarded_by" and rest[LEADS_TO[link]]]
            if not ways:
                break
            link = random.choice(ways)
            following = rest[LEADS_TO[link]].pop()
            world.things[current].add(link, following, *_gates(random, world, link, chance=0.08))
            current = following
    for _ in range(random.randint(0, 4)):
        _add_hop(random, world, random.choice(world.of("agent")))
    return world


def _nodes(random: Random, *, agents: int, actions: int, servers: int) -> World:
    counts = {
        "team": random.randint(1, 3),
        "gate": random.randint(1, 3),
        "agent": agents,
        "action": actions,
        "tool_server": servers,
    }
    things: dict[str, Thing] = {}
    for kind, count in counts.items():
        letters = random.sample(range(100), count)
        for number in letters:
            things[f"{kind}:{kind[0]}{number:02}"] = Thing()
    world = World(things)
    teams = world.of("team")
    for reference, thing in things.items():
        kind = reference.partition(":")[0]
        if kind != "team" and random.random() < 0.7:
            thing.fields["owner"] = random.choice(teams)
        if kind in _FIELDS:
            _FIELDS[kind](random, thing, teams)
    for action in world.of("action"):
        if random.random() < 0.25:
            for gate in random.sample(world.of("gate"), random.randint(1, min(2, len(world.of("gate"))))):
                things[action].add("guarded_by", gate)
    return world


def _agent_fields(random: Random, thing: Thing, _teams: list[str]) -> None:
    if random.random() < 0.5:
        thing.fields["entry"] = random.random() < 0.6


def _action_fields(random: Random, thing: Thing, _teams: list[str]) -> None:
    if random.random() < 0.85:
        thing.fields["sensitivity"] = random.choice(("low", "medium", "high", "critical"))
    if random.random() < 0.8:
        thing.fields["effects"] = random.sample(EFFECTS, random.randint(0, 2))


def _gate_fields(random: Random, thing: Thing, teams: list[str]) -> None:
    if random.random() < 0.9:
        thing.fields["decided_by"] = random.choice(("human", "human", "human", "rule"))
    if random.random() < 0.9:
        thing.fields["timing"] = random.choice(("before", "before", "before", "after"))
    if random.random() < 0.85:
        thing.fields["covers"] = random.sample(EFFECTS, random.randint(1, 3))
    if random.random() < 0.85:
        thing.fields["approvers"] = random.sample(teams, random.randint(0, len(teams)))


_FIELDS = {"agent": _agent_fields, "action": _action_fields, "gate": _gate_fields}


def _add_hop(random: Random, world: World, source: str) -> None:
    """A chance hop: now and then to the source itself, or a second time with other gates."""
    link = random.choice([link for link in DECLARES[source.partition(":")[0]] if link != "guarded_by"])
    targets = world.of(LEADS_TO[link])
    if not targets:
        return
    target = random.choice(targets)
    world.things[source].add(link, target, *_gates(random, world, link, chance=0.45))
    if random.random() < 0.15:
        world.things[source].add(link, target, *_gates(random, world, link, chance=0.45))


def _gates(random: Random, world: World, link: str, *, chance: float) -> tuple[str, ...]:
    if link not in WITH_GATES or random.random() >= chance:
        return ()
    gates = world.of("gate")
    return tuple(random.sample(gates, random.randint(1, min(2, len(gates)))))
