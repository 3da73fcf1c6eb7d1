"""Random worlds: small dense ones, and, three times in ten, long chains with shuffled names.

They hold cycles, self-links, parallel items, gates on hops, gates that guard, gates one can walk through, several owners, and
fields that nobody gives.
"""

from random import Random

from tests.oracle.shrink import without
from tests.oracle.worlds import DECLARES, LEADS_TO, WITH_GATES, Thing, World, kind_of

EFFECTS = ("payments", "communication", "egress")
CHAINS = 0.3
LENGTHS = (6, 8, 10, 12, 16, 24, 40, 60)
WALKED = ("calls", "delegates_to", "connects_to", "offers", "starts")
LETTERS = {
    "portfolio": "p", "use_case": "u", "agent": "a", "action": "c",
    "tool_server": "s", "gate": "g", "audit_sink": "k", "team": "t",
}  # fmt: skip


def random_world(random: Random, prefix: str = "") -> World:
    """A world whose names all start with a prefix, so that several make one."""
    return _chain(random, prefix) if random.random() < CHAINS else _dense(random, prefix)


def revisions(random: Random, prefix: str = "") -> tuple[World, World]:
    """A world of the base revision, and what has become of it."""
    one = random_world(random, prefix)
    other = _changed(random, one)
    return (one, other) if random.random() < 0.6 else (other, one)


def _changed(random: Random, world: World) -> World:
    """The world with components gone, links dropped, fields given anew or not any more."""
    head = world.copy()
    for reference in random.sample(list(head.things), random.randint(0, min(3, len(head.things) - 1))):
        head = without(head, reference)
    for reference in random.sample(list(head.things), len(head.things) // 2):
        thing, kind = head.things[reference], kind_of(reference)
        fresh = _given(random, kind)
        for name in list(thing.fields):
            if name in fresh:
                thing.fields[name] = fresh[name]
            elif random.random() < 0.3:
                del thing.fields[name]
        for items in thing.links.values():
            if items and random.random() < 0.3:
                items.pop()
    return head


def _dense(random: Random, prefix: str) -> World:
    counts = {"agent": random.randint(1, 4), "action": random.randint(1, 3), "tool_server": random.randint(0, 1)}
    world = _nodes(random, prefix, counts | {"use_case": random.randint(0, 3), "portfolio": random.randint(0, 2)})
    for reference in world.things:
        _fill(random, world, reference)
    walkable = [*world.of("agent"), *world.of("action"), *world.of("tool_server")]
    gated = random.choice((0.2, 0.45, 0.7))
    for _ in range(random.randint(len(walkable) // 2, 2 * len(walkable))):
        _add_hop(random, world, random.choice(walkable), gated)
    return world


def _chain(random: Random, prefix: str) -> World:
    """A chain of agents, actions and tool servers with few gates, and some chance hops."""
    length = random.choice(LENGTHS)
    counts = {"agent": length - length // 3 - length // 6, "action": length // 3, "tool_server": length // 6}
    world = _nodes(random, prefix, counts | {"use_case": random.randint(0, 1)})
    for reference in world.things:
        _fill(random, world, reference)
    gated = random.choice((0, 0.03, 0.15)) if length < LENGTHS[-3] else random.choice((0, 0.02))
    first = _lay(random, world, gated)
    _thin(random, world, first)
    for _ in range(random.choice((0, 0, 1, 3))):
        _add_hop(random, world, random.choice(world.of("agent")), gated)
    return world


def _lay(random: Random, world: World, gated: float) -> str:
    """Tie everything into one chain, as far as links lead; the agent that it starts with."""
    rest = {kind: random.sample(world.of(kind), len(world.of(kind))) for kind in ("agent", "action", "tool_server")}
    first = current = rest["agent"].pop()
    while True:
        ways = [link for link in DECLARES[kind_of(current)] if link in WALKED and rest[LEADS_TO[link]]]
        if not ways:
            return first
        link = random.choice(ways)
        following = rest[LEADS_TO[link]].pop()
        world.things[current].add(link, following, *_gates(random, world, link, gated))
        current = following


def _thin(random: Random, world: World, first: str) -> None:
    """Few starts and few targets, so that a long chain does not make thousands of pairs."""
    for agent in world.of("agent"):
        world.things[agent].fields["entry"] = random.random() < 0.1
    world.things[first].fields.pop("entry")
    grave = random.sample(world.of("action"), min(3, len(world.of("action"))))
    for action in world.of("action"):
        if action not in grave:
            world.things[action].fields["sensitivity"] = random.choice(("low", "medium"))
        if random.random() < 0.9:
            world.things[action].links.pop("guarded_by", None)


def _nodes(random: Random, prefix: str, counts: dict[str, int]) -> World:
    every = {"team": random.randint(1, 3), "gate": random.randint(1, 3), "audit_sink": random.randint(0, 2), **counts}
    return World(
        {
            f"{kind}:{prefix}{LETTERS[kind]}{number:02}": Thing(_given(random, kind))
            for kind, count in every.items()
            for number in random.sample(range(100), count)
        }
    )


def _given(random: Random, kind: str) -> dict[str, object]:
    """The fields of a component that name no other."""
    chosen: dict[str, object] = {}

    def maybe(chance: float, name: str, value: object) -> None:
        if random.random() < chance:
            chosen[name] = value

    if kind == "use_case":
        maybe(0.7, "stage", random.choice(("retired", "candidate", "pilot", "production")))
        maybe(0.7, "decision", {"result": random.choice(("selected", "rejected"))})
        maybe(0.7, "scorecard", {"value": {"score": random.randint(1, 5)}})
    elif kind == "agent":
        maybe(0.5, "entry", random.random() < 0.6)
    elif kind == "action":
        maybe(0.85, "sensitivity", random.choice(("low", "medium", "high", "critical")))
        maybe(0.8, "effects", random.sample(EFFECTS, random.randint(0, 2)))
        maybe(0.3, "state", random.choice(("live", "stub", "disabled")))
        maybe(0.5, "reversible", random.random() < 0.5)
    elif kind == "gate":
        maybe(0.9, "decided_by", random.choice(("human", "human", "human", "rule")))
        maybe(0.9, "timing", random.choice(("before", "before", "before", "after")))
        maybe(0.85, "covers", random.sample(EFFECTS, random.randint(1, 3)))
    elif kind == "audit_sink":
        maybe(0.8, "retention_days", random.choice((10, 200, 400)))
    elif kind == "team":
        maybe(0.3, "active", random.random() < 0.5)
    return chosen


def _fill(random: Random, world: World, reference: str) -> None:
    """The fields and links of a component that name others, but for the hops of walks."""
    kind, thing = kind_of(reference), world.things[reference]
    teams, gates, sinks = world.of("team"), world.of("gate"), world.of("audit_sink")
    if kind not in {"team", "portfolio"} and random.random() < 0.75:
        thing.fields["owner"] = random.choice(teams)
    if kind == "gate" and random.random() < 0.85:
        thing.fields["approvers"] = random.sample(teams, random.randint(0, len(teams)))
    if kind == "action" and random.random() < 0.3:
        for gate in random.sample(gates, random.randint(1, min(2, len(gates)))):
            thing.add("guarded_by", gate)
    if sinks and "audited_by" in DECLARES[kind] and random.random() < 0.35:
        thing.add("audited_by", random.choice(sinks))
    if kind == "use_case":
        for agent in random.sample(world.of("agent"), random.randint(0, min(2, len(world.of("agent"))))):
            thing.add("uses", agent)
        if world.of("portfolio") and random.random() < 0.8:
            thing.add("portfolio", random.choice(world.of("portfolio")))


def _add_hop(random: Random, world: World, source: str, gated: float) -> None:
    """A chance hop: now and then to the source itself, or a second time with other gates."""
    link = random.choice([link for link in DECLARES[kind_of(source)] if link in WALKED])
    targets = world.of(LEADS_TO[link])
    if not targets:
        return
    target = source if kind_of(source) == LEADS_TO[link] and random.random() < 0.15 else random.choice(targets)
    for _ in range(2 if random.random() < 0.15 else 1):
        world.things[source].add(link, target, *_gates(random, world, link, gated))


def _gates(random: Random, world: World, link: str, chance: float) -> tuple[str, ...]:
    if link not in WITH_GATES or random.random() >= chance:
        return ()
    gates = world.of("gate")
    return tuple(random.sample(gates, random.randint(1, min(2, len(gates)))))
