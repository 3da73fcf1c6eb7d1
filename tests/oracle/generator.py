"""Random worlds: small dense ones; three times in ten, long chains with shuffled names; as often, a use case and its systems.

They hold cycles, self-links, parallel items, gates on hops, gates that guard, gates one can walk through, several owners, and
fields that nobody gives.
"""

from random import Random

from tests.oracle.shrink import without
from tests.oracle.worlds import DECLARES, LEADS_TO, WITH_GATES, Item, Thing, World, kind_of, name_of

EFFECTS = ("payments", "communication", "egress", "data_change", "data_destruction", "publication")
SENSITIVITY = ("low", "low", "medium", "high", "critical")
CHAINS, EXPOSED = 0.3, 0.3
LENGTHS = (6, 8, 10, 12, 16, 24, 40, 60)
WALKED = ("calls", "delegates_to", "connects_to", "offers", "starts")
LETTERS = {
    "portfolio": "p", "use_case": "u", "agent": "a", "action": "c",
    "tool_server": "s", "gate": "g", "audit_sink": "k", "team": "t", "system": "y",
    "dataset": "d", "prompt": "q", "integration": "n",
}  # fmt: skip


def random_world(random: Random, prefix: str = "") -> World:
    """A world whose names all start with a prefix, so that several make one."""
    chance = random.random()
    if chance < CHAINS:
        return _chain(random, prefix)
    return _exposed(random, prefix) if chance < CHAINS + EXPOSED else _dense(random, prefix)


def revisions(random: Random, prefix: str = "") -> tuple[World, World]:
    """A world of the base revision, and what has become of it."""
    one = random_world(random, prefix)
    other = _changed(random, one)
    return (one, other) if random.random() < 0.6 else (other, one)


def _changed(random: Random, world: World) -> World:
    """The world with components gone, links dropped, fields given anew or not any more."""
    head = world.copy()
    for reference in random.sample(list(head.things), random.randint(0, min(5, len(head.things) - 1))):
        head = without(head, reference)
    for reference in random.sample(list(head.things), len(head.things) // 2):
        thing, kind = head.things[reference], kind_of(reference)
        fresh = _given(random, kind)
        for name in list(thing.fields):
            if name in fresh and name != "implemented_by":
                thing.fields[name] = fresh[name]
            elif random.random() < 0.3:
                del thing.fields[name]
        for items in thing.links.values():
            if items and random.random() < 0.3:
                items.pop()
    return head


def _dense(random: Random, prefix: str) -> World:
    counts = {"agent": random.randint(1, 4), "action": random.randint(1, 3), "tool_server": random.randint(0, 1)}
    counts |= {"use_case": random.randint(0, 3), "portfolio": random.randint(0, 2), "system": random.randint(0, 2)}
    counts |= {"dataset": random.randint(0, 2), "prompt": random.randint(0, 1), "integration": random.randint(0, 1)}
    world = _nodes(random, prefix, counts)
    for reference in world.things:
        _fill(random, world, reference)
        _fill_data(random, world, reference)
    walkable = [*world.of("agent"), *world.of("action"), *world.of("tool_server")]
    gated = random.choice((0.2, 0.45, 0.7))
    for _ in range(random.randint(len(walkable) // 2, 2 * len(walkable))):
        _add_hop(random, world, random.choice(walkable), gated)
    return world


def _exposed(random: Random, prefix: str) -> World:
    """A candidate or pilot of few people, whose actions change systems and read what other systems host."""
    counts = {"use_case": 1, "agent": random.randint(1, 2), "action": 2, "system": 3, "dataset": 1, "tool_server": 0, "prompt": 1}
    world = _nodes(random, prefix, counts | {"integration": random.randint(0, 1)})
    (use,), agents, systems = world.of("use_case"), world.of("agent"), world.of("system")
    world.things[use].fields |= {"stage": random.choice(("candidate", "pilot")), "audience": random.choice(("staff", "public"))}
    world.things[use].add(*random.choice((("uses", agents[0]), ("uses", agents[0]), ("touches", systems[0]))))
    for system in systems:
        known = {"criticality": random.choice(("low", "critical")), "environment": random.choice(("test", "production"))}
        world.things[system].fields |= known if random.random() < 0.8 else {}
    for caller, action in zip((agents[0], agents[-1]), world.of("action"), strict=True):
        effects = random.choice(("data_change", "data_destruction", *EFFECTS))
        world.things[action].fields |= {"effects": [effects], "sensitivity": random.choice(SENSITIVITY)}
        world.things[caller].add("calls", action)
        for system in random.sample(systems, random.choice((0, 1, 2, 2))):
            world.things[action].add("writes_to", system)
        if random.random() < 0.3:
            world.things[action].add("reads_from", systems[-1])
    for dataset in world.of("dataset"):
        world.things[dataset].add("hosted_in", systems[-1])
    for reference in (use, *world.of("integration")):
        _fill_data(random, world, reference)
        if random.random() < 0.5:
            world.things[agents[0]].add("reads", dataset)
    if len(agents) > 1:
        _hand_over(random, world)
        world.things[agents[-1]].fields.pop("implemented_by", None)
    if random.random() < 0.6:
        random.choice((_change, _draw_on, _harm, _send))(random, world)
    return world


def _change(random: Random, world: World) -> None:
    """The first action changes a prompt or data."""
    world.things[world.of("action")[0]].add("changes", random.choice([*world.of("prompt"), *world.of("dataset")]))


def _harm(random: Random, world: World) -> None:
    """The first action does what is grave in a system that is critical or real or both."""
    action, system = world.of("action")[0], world.of("system")[0]
    world.things[action].fields |= {"effects": [random.choice(("payments", "data_destruction"))], "sensitivity": "low"}
    world.things[action].fields["reversible"] = random.choice((True, False))
    world.things[action].links["writes_to"] = [Item(system)]
    known = {"criticality": random.choice(("low", "critical")), "environment": random.choice(("test", "production"))}
    world.things[system].fields |= known


def _send(random: Random, world: World) -> None:
    """The action of the last agent sends what the first one may read."""
    agents, (dataset,) = world.of("agent"), world.of("dataset")
    sends: dict[str, object] = {"effects": ["communication"], "reversible": True, "sensitivity": "low"}
    world.things[world.of("action")[-1]].fields |= sends
    world.things[dataset].fields["classification"] = random.choice(("public", "confidential"))
    world.things[agents[0]].add("reads", dataset)
    if len(agents) > 1:
        world.things[agents[0]].add("delegates_to", agents[1])


def _draw_on(random: Random, world: World) -> None:
    """The use case is a pilot that changes nothing real, and its data is what it can be raised by."""
    (use,), (dataset,) = world.of("use_case"), world.of("dataset")
    world.things[use].fields |= {"stage": "pilot", "audience": "staff"}
    for action in world.of("action"):
        world.things[action].fields["effects"] = []
        world.things[action].links.pop("writes_to", None)
    for system in world.of("system"):
        world.things[system].fields["environment"] = "test"
    world.things[dataset].fields |= {"environment": random.choice(("test", "production")), "classification": "secret"}


def _hand_over(random: Random, world: World) -> None:
    """One agent delegates to the other, or starts it with an action that itself changes no more than tests."""
    (first, second), action = world.of("agent"), world.of("action")[0]
    if random.random() < 0.4:
        world.things[first].add("delegates_to", second)
        return
    world.things[action].add("starts", second)
    world.things[action].fields |= {"effects": ["payments"], "reversible": False}
    tests = [Item(system) for system in world.of("system") if world.things[system].fields.get("environment") == "test"]
    world.things[action].links["writes_to"] = tests[:1]


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
            harmless: dict[str, object] = {"effects": random.choice(([], ["data_change"])), "reversible": True}
            world.things[action].fields |= harmless | {"sensitivity": random.choice(("low", "medium"))}
        if random.random() < 0.9:
            world.things[action].links.pop("guarded_by", None)


def _nodes(random: Random, prefix: str, counts: dict[str, int]) -> World:
    every = {"team": random.randint(1, 3), "gate": random.randint(1, 3), "audit_sink": random.randint(0, 2), **counts}
    world = World(
        {
            f"{kind}:{prefix}{LETTERS[kind]}{number:02}": Thing(_given(random, kind))
            for kind, count in every.items()
            for number in random.sample(range(100), count)
        }
    )
    for reference, thing in world.things.items():
        # Two that name the same code may be taken for one that was renamed.
        if "implemented_by" in thing.fields:
            thing.fields["implemented_by"] = [{"file": f"src/{name_of(reference)}.py"}]
    return world


def _given(random: Random, kind: str) -> dict[str, object]:
    """The fields of a component that name no other."""
    chosen: dict[str, object] = {}

    def maybe(chance: float, name: str, value: object) -> None:
        if random.random() < chance:
            chosen[name] = value

    if kind == "use_case":
        maybe(0.7, "audience", random.choice(("team", "staff", "staff", "customers", "public")))
        maybe(0.7, "stage", random.choice(("retired", "candidate", "pilot", "production")))
        maybe(0.7, "decision", {"result": random.choice(("selected", "rejected"))})
        maybe(0.7, "scorecard", {"value": {"score": random.randint(1, 5)}})
    elif kind == "agent":
        maybe(0.5, "entry", random.random() < 0.6)
        maybe(0.2, "implemented_by", [{"file": "src/a.py"}])
    elif kind == "action":
        maybe(0.8, "sensitivity", random.choice(SENSITIVITY))
        maybe(0.85, "effects", random.sample(EFFECTS, random.choice((0, 1, 1, 1, 2))))
        maybe(0.4, "implemented_by", [{"file": "src/a.py"}])
        maybe(0.3, "state", random.choice(("live", "stub", "disabled")))
        maybe(0.7, "reversible", random.random() < 0.6)
    elif kind == "gate":
        maybe(0.9, "decided_by", random.choice(("human", "human", "human", "rule")))
        maybe(0.9, "timing", random.choice(("before", "before", "before", "after")))
        maybe(0.85, "covers", random.sample(EFFECTS, random.randint(2, len(EFFECTS))))
    elif kind == "audit_sink":
        maybe(0.8, "retention_days", random.choice((10, 200, 400)))
    elif kind == "team":
        maybe(0.3, "active", random.random() < 0.5)
    return chosen | _given_data(random, kind)


def _given_data(random: Random, kind: str) -> dict[str, object]:
    """The fields of systems, datasets and integrations."""
    chances: dict[str, dict[str, tuple[float, tuple[object, ...]]]] = {
        "system": {
            "criticality": (0.7, ("low", "high", "critical", "critical")),
            "external": (0.7, (True, False, False)),
            "environment": (0.7, ("test", "development", "production")),
        },
        "dataset": {
            "classification": (0.8, ("public", "internal", "confidential", "secret")),
            "environment": (0.6, ("test", "production")),
        },
        "integration": {"status": (0.8, ("planned", "implemented", "verified"))},
    }
    return {name: random.choice(values) for name, (chance, values) in chances.get(kind, {}).items() if random.random() < chance}


def _fill(random: Random, world: World, reference: str) -> None:
    """The fields and links of a component that name others, but for the hops of walks."""
    kind, thing = kind_of(reference), world.things[reference]
    teams, gates, sinks = world.of("team"), world.of("gate"), world.of("audit_sink")
    if kind not in {"team", "portfolio", "system", "dataset", "prompt", "integration"} and random.random() < 0.75:
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


def _fill_data(random: Random, world: World, reference: str) -> None:
    """What a component reads and changes."""
    chances = {
        "use_case": (("touches", "system", 0.15),),
        "agent": (("reads", "dataset", 0.2),),
        "action": (
            ("writes_to", "system", 0.6), ("writes_to", "system", 0.2), ("reads_from", "system", 0.2), ("reads", "dataset", 0.2),
            ("changes", "dataset", 0.1), ("changes", "prompt", 0.1), ("changes", "agent", 0.05),
        ),
        "dataset": (("hosted_in", "system", 0.3),),
        "integration": (("use_cases", "use_case", 0.8),),
    }  # fmt: skip
    for link, kind, chance in chances.get(kind_of(reference), ()):
        if world.of(kind) and random.random() < chance:
            world.things[reference].add(link, random.choice(world.of(kind)))


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
