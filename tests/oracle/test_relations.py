"""What must stay the same, or change in one known way, when a world is changed: no second reading of the language is needed."""

from collections.abc import Callable
from random import Random

import pytest
import yaml
from tests.oracle.floors import Floors
from tests.oracle.generator import EFFECTS, WALKED, random_world
from tests.oracle.judged import judged, walks
from tests.oracle.rules import BY_NAME, FORWARD, WALKS, Rule
from tests.oracle.worlds import DECLARES, LEADS_TO, WITH_GATES, Item, Thing, World, kind_of, name_of
from tests.support.cases import seeds

from shipcheck.model.finding import Finding

pytestmark = pytest.mark.seeded
COUNT = 60
RULES = tuple(BY_NAME[name] for name in WALKS)
Pairs = set[tuple[str, str]]
PLAIN = BY_NAME["no gate helps"]
ONE_GATE = BY_NAME["one gate for all"]
ONWARD = tuple(rule for rule in RULES if rule.data["along"] == FORWARD)
FIT = Thing({"decided_by": "human", "timing": "before", "covers": list(EFFECTS), "approvers": ["team:outside"]})


def worlds(first: int) -> list[tuple[Random, World]]:
    chosen = seeds(COUNT, first=first * 100_000)
    return [(Random(-seed), random_world(Random(seed))) for seed in chosen]  # noqa: S311 - worlds, not secrets


def has_gate(rule: Rule) -> bool:
    return "unless_through" in rule.data


def pairs(world: World, *rules: Rule) -> list[Pairs]:
    return [set(found) for found in walks(world, *rules)]


def with_fit_gate(world: World) -> World:
    """The world with one more gate, unused, that fits every agent and action."""
    changed = world.copy()
    changed.things["team:outside"] = Thing()
    changed.things["gate:fit"] = FIT.copy()
    return changed


def settled(world: World) -> World:
    """The world with every sensitivity declared as it is, so that a hop less lowers none."""
    floors, changed = Floors(world), world.copy()
    for action in world.of("action"):
        changed.things[action].fields["sensitivity"] = floors.sensitivity(action)
    return changed


def forward_items(world: World) -> list[tuple[str, str, int]]:
    """Every item that a walk forwards may take, as source, link and position."""
    return [
        (source, link, position)
        for source, thing in world.things.items()
        for link, items in thing.links.items()
        if link in WALKED
        for position in range(len(items))
    ]


def renamed(world: World, names: dict[str, str]) -> World:
    """The world with every reference replaced."""

    def value(held: object) -> object:
        if isinstance(held, list):
            return [value(item) for item in held]
        return names.get(held, held) if isinstance(held, str) else held  # a reference, or a word

    def thing(held: Thing) -> Thing:
        links = {
            link: [Item(names[item.to], tuple(names[gate] for gate in item.through)) for item in items]
            for link, items in held.links.items()
        }
        return Thing({name: value(given) for name, given in held.fields.items()}, links)

    return World({names[reference]: thing(held) for reference, held in world.things.items()})


def test_renaming_permutes_findings() -> None:
    """M1, for every path policy: other names, the same findings."""
    for random, world in worlds(1):
        names: dict[str, str] = {}
        for kind in DECLARES:
            old = world.of(kind)
            fresh = random.sample([f"{kind}:x{number}" for number in range(len(old))], len(old))
            names |= dict(zip(old, fresh, strict=True))
        before, after = pairs(world, *RULES), pairs(renamed(world, names), *RULES)
        assert [{(names[subject], names[target]) for subject, target in found} for found in before] == after


def told(found: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    """A finding without its places."""
    return sorted(
        (one.subject, one.target, str(one.severity), one.headline, one.cause, one.assumed, one.fingerprint,
         tuple((hop.source, hop.link, hop.target) for hop in one.witness))
        for one in found
    )  # fmt: skip


def shuffled(random: Random, world: World) -> World:
    """The same world with sections, entries, fields and links in another order; items of a link keep theirs."""
    references = random.sample(list(world.things), len(world.things))

    def thing(held: Thing) -> Thing:
        fields, links = list(held.fields.items()), list(held.links.items())
        return Thing(dict(random.sample(fields, len(fields))), dict(random.sample(links, len(links))))

    return World({reference: thing(world.things[reference]) for reference in references})


def in_files(random: Random, world: World) -> dict[str, str]:
    """The world in one to four files, some with comments, blank lines, carriage returns or a byte order mark."""
    files: dict[str, list[str]] = {}
    for reference in world.things:
        files.setdefault(f"{'abcd'[random.randrange(4)]}/part.shipcheck.yaml", []).append(reference)
    texts = {}
    for path, references in files.items():
        text = world.file_text(references)
        if random.random() < 0.5:
            text = "".join(f"{line}  # a note\n\n" for line in text.splitlines())
        if random.random() < 0.3:
            text = text.replace("\n", "\r\n")
        if random.random() < 0.3:
            text = yaml.safe_dump(yaml.safe_load(text), default_flow_style=False)
        texts[path] = text if random.random() < 0.8 else f"\ufeff# first\n{text}"
    return texts


def test_the_order_and_the_split_of_files_change_nothing() -> None:
    """M2, for every path policy: order, files, style, comments, line ends."""
    for random, world in worlds(2):
        chosen = tuple(random.sample(RULES, 3))
        one = judged({"shipcheck.yaml": world.text()}, chosen)
        other = judged(in_files(random, shuffled(random, world)), chosen)
        assert [told(found) for found in one] == [told(found) for found in other]


def test_a_fit_gate_on_a_hop_is_as_good_as_no_hop() -> None:
    """M4, for policies that a gate on any hop clears; exact where one gate fits all, else no worse than that."""
    rules = tuple(
        rule for rule in ONWARD if has_gate(rule) and "gate_on" not in rule.data and rule.name != "a gate for the target"
    )
    for random, world in worlds(3):
        items = [(source, link, at) for source, link, at in forward_items(world) if link in WITH_GATES]
        if not items:
            continue
        source, link, at = random.choice(items)
        gated, without = with_fit_gate(settled(world)), with_fit_gate(settled(world))
        gated.things[source].links[link][at] = Item(world.things[source].links[link][at].to, ("gate:fit",))
        del without.things[source].links[link][at]
        assert pairs(gated, ONE_GATE) == pairs(without, ONE_GATE)
        for of_gated, of_without in zip(pairs(gated, *rules), pairs(without, *rules), strict=True):
            assert of_without <= of_gated


def test_a_hop_taken_apart_by_another_component_changes_nothing() -> None:
    """M4, for policies that do not ask about the component between: it is neither a target nor a gate."""
    for random, world in worlds(4):
        items = [(source, link, at) for source, link, at in forward_items(world) if link in {"calls", "delegates_to"}]
        if not items:
            continue
        source, link, at = random.choice(items)
        item = world.things[source].links[link][at]
        apart = world.copy()
        between = "tool_server:between" if link == "calls" and not item.through else "agent:between"
        apart.things[between] = Thing({"entry": False} if between == "agent:between" else {})
        apart.things[between].add("offers" if between == "tool_server:between" else link, item.to)
        del apart.things[source].links[link][at]
        first = "connects_to" if between == "tool_server:between" else "delegates_to"
        apart.things[source].add(first, between, *item.through)
        rules = (PLAIN, ONE_GATE, BY_NAME["a gate for the target"])
        assert pairs(world, *rules) == pairs(apart, *rules)


def more_hops(random: Random, world: World) -> World:
    changed = world.copy()
    for _ in range(random.randint(1, 3)):
        source = random.choice([*world.of("agent"), *world.of("action"), *world.of("tool_server")])
        link = random.choice([link for link in DECLARES[kind_of(source)] if link in WALKED])
        if world.of(LEADS_TO[link]):
            changed.things[source].add(link, random.choice(world.of(LEADS_TO[link])))
    return changed


def fewer_gates(random: Random, world: World) -> World:
    """The world with a gate taken out of a hop, or a guard taken off."""
    changed = world.copy()
    for thing in changed.things.values():
        for link, items in thing.links.items():
            if link == "guarded_by" and random.random() < 0.3:
                items.clear()
            for item in items:
                if item.through and random.random() < 0.3:
                    item.through = item.through[1:]
    return changed


def looser_gates(random: Random, world: World) -> World:
    """The world with a field of a gate not declared any more, or decided by a rule."""
    changed = world.copy()
    for gate in world.of("gate"):
        fields = changed.things[gate].fields
        if fields and random.random() < 0.5:
            del fields[random.choice(sorted(fields))]
        elif random.random() < 0.3:
            fields["decided_by"] = "rule"
    return changed


def more_sensitive(random: Random, world: World) -> World:
    """The world with one more action that is sensitive, or does not say what it does."""
    changed = world.copy()
    action = random.choice(world.of("action"))
    if random.random() < 0.5:
        changed.things[action].fields["sensitivity"] = "critical"
    else:
        changed.things[action].fields.pop(random.choice(("effects", "reversible")), None)
    return changed


def more_entries(random: Random, world: World) -> World:
    """The world with an agent that can be started from outside, or does not say that it cannot."""
    changed = world.copy()
    changed.things[random.choice(world.of("agent"))].fields.pop("entry", None)
    return changed


@pytest.mark.parametrize("change", [more_hops, fewer_gates, looser_gates, more_sensitive, more_entries])
def test_what_is_worse_never_takes_a_finding_away(change: Callable[[Random, World], World]) -> None:
    """M5 and its like, for every forward policy whose targets are actions."""
    rules = tuple(rule for rule in ONWARD if rule.name != "back to itself")
    for random, world in worlds(5):
        for before, after in zip(pairs(world, *rules), pairs(change(random, world), *rules), strict=True):
            assert before <= after


def guarded(random: Random, world: World) -> World:
    changed = with_fit_gate(world)
    changed.things[random.choice(world.of("action"))].add("guarded_by", "gate:fit")
    return changed


def gated_hop(random: Random, world: World) -> World:
    changed = with_fit_gate(world)
    items = [item for _, link, item in changed.items() if link in WITH_GATES]
    if items:
        chosen = random.choice(items)
        chosen.through = (*chosen.through, "gate:fit")
    return changed


def mended(random: Random, world: World) -> World:
    """The world with one of its gates as fit as can be.

    A gate without approvers stays as it is: certainly none of them owns an agent, even where the owner of the agent is unknown.
    """
    changed = with_fit_gate(world)
    gates = [gate for gate in world.of("gate") if world.things[gate].fields.get("approvers") != []]
    if gates:
        changed.things[random.choice(gates)].fields.update(FIT.copy().fields)
    return changed


@pytest.mark.parametrize("change", [guarded, gated_hop, mended])
def test_a_gate_more_never_adds_a_finding(change: Callable[[Random, World], World]) -> None:
    """M6 for gates of the kind gate, for every forward policy."""
    for random, world in worlds(6):
        for before, after in zip(pairs(world, *ONWARD), pairs(change(random, world), *ONWARD), strict=True):
            assert after <= before


def test_a_fit_guard_on_every_target_clears_everything() -> None:
    rules = tuple(rule for rule in ONWARD if has_gate(rule) and rule.name in {"one gate for all", "on the last hop"})
    for _, world in worlds(7):
        changed = with_fit_gate(world)
        for action in world.of("action"):
            changed.things[action].add("guarded_by", "gate:fit")
        assert pairs(changed, *rules) == [set()] * len(rules)


def test_one_more_sensitive_action_keeps_every_other_finding_as_it_is() -> None:
    """M7, for policies whose targets are the sensitive actions."""
    for random, world in worlds(8):
        action = random.choice(world.of("action"))
        changed = world.copy()
        changed.things[action].fields["sensitivity"] = "high"
        for before, after in zip(pairs(world, *ONWARD[:5]), pairs(changed, *ONWARD[:5]), strict=True):
            assert {pair for pair in before if pair[1] != action} == {pair for pair in after if pair[1] != action}


def test_two_worlds_that_do_not_touch_have_the_findings_of_both() -> None:
    """M9, for every path policy."""
    found = worlds(9)
    for (_, first), (_, second) in zip(found[::2], found[1::2], strict=False):
        names = {reference: f"{reference}-too" for reference in second.things}
        other = renamed(second, names)
        both = World({**first.copy().things, **other.things})
        for one, two, union in zip(pairs(first, *RULES), pairs(other, *RULES), pairs(both, *RULES), strict=True):
            assert one | two == union


def test_what_no_walk_comes_to_changes_nothing() -> None:
    """M10, for policies whose subjects are entries: what is added is none, and no walk comes to it."""
    for random, world in worlds(10):
        changed = world.copy()
        for number in range(3):
            changed.things[f"agent:junk{number}"] = Thing({"entry": False, "owner": random.choice(world.of("team"))})
            changed.things[f"agent:junk{number}"].add("calls", random.choice(world.of("action")))
        changed.things["action:junk"] = Thing({"sensitivity": "critical"})
        rules = (PLAIN, ONE_GATE, BY_NAME["a gate for the target"], BY_NAME["on the last hop"])
        assert pairs(world, *rules) == pairs(changed, *rules)


def test_the_same_item_twice_is_the_same_as_once() -> None:
    """M11, for every path policy."""
    for random, world in worlds(11):
        changed = world.copy()
        items = forward_items(world)
        if items:
            source, link, at = random.choice(items)
            item = world.things[source].links[link][at]
            changed.things[source].add(link, item.to, *item.through)
        assert pairs(world, *RULES) == pairs(changed, *RULES)


def test_a_gated_way_beside_an_open_one_changes_nothing() -> None:
    for random, world in worlds(12):
        items = [(source, link, at) for source, link, at in forward_items(world) if link in WITH_GATES]
        if not items:
            continue
        source, link, at = random.choice(items)
        changed = with_fit_gate(world)
        changed.things[source].add(link, world.things[source].links[link][at].to, "gate:fit")
        rules = tuple(rule for rule in ONWARD if has_gate(rule) and "gate_on" not in rule.data)
        assert pairs(with_fit_gate(world), ONE_GATE) == pairs(changed, ONE_GATE)
        for before, after in zip(pairs(with_fit_gate(world), *rules), pairs(changed, *rules), strict=True):
            assert before <= after


def test_names_are_told_from_kinds() -> None:
    """Components of different kinds may share a name; findings keep them apart."""
    for _, world in worlds(13):
        names: dict[str, str] = {}
        for kind in DECLARES:
            names |= {reference: f"{kind}:n{number}" for number, reference in enumerate(world.of(kind))}
        changed = renamed(world, names)
        assert {name_of(reference) for reference in changed.things} <= {f"n{number}" for number in range(40)}
        before = [{(names[subject], names[target]) for subject, target in found} for found in pairs(world, *RULES[:4])]
        assert before == pairs(changed, *RULES[:4])


def test_a_component_that_becomes_a_gate_never_adds_a_finding() -> None:
    """M6 for gates one walks through, for the policies to which an agent that is no entry is a gate."""
    rules = (BY_NAME["a supervisor is a gate"], BY_NAME["a supervisor right before"])
    for random, world in worlds(14):
        changed = world.copy()
        changed.things[random.choice(world.of("agent"))].fields["entry"] = False
        for before, after in zip(pairs(world, *rules), pairs(changed, *rules), strict=True):
            assert after <= before


def test_one_more_audit_trail_never_adds_a_missing_one() -> None:
    """M8, for the policies that ask for a sink that is kept long: one more clears or changes nothing, one less the other way."""
    rules = tuple(BY_NAME[name] for name in ("a use case reaches a durable sink", "some durable sink"))
    for random, world in worlds(15):
        more = world.copy()
        more.things["audit_sink:kept"] = Thing({"retention_days": 4000})
        without = judged({"shipcheck.yaml": more.text()}, rules)
        for source in random.sample(world.of("agent"), min(2, len(world.of("agent")))):
            more.things[source].add("audited_by", "audit_sink:kept")
        for before, after in zip(without, judged({"shipcheck.yaml": more.text()}, rules), strict=True):
            assert {one.subject for one in after} <= {one.subject for one in before}


def test_two_agents_that_hand_work_to_each_other_are_as_one() -> None:
    """M12, for policies whose targets are actions and whose gates do not ask who the subject is."""
    rules = (PLAIN, ONE_GATE, BY_NAME["a gate for the target"], BY_NAME["on the last hop"])
    for random, world in worlds(16):
        if len(world.of("agent")) < 2:
            continue
        one, other = random.sample(world.of("agent"), 2)
        tied = world.copy()
        tied.things[other].fields = dict(tied.things[one].fields)
        tied.things[one].add("delegates_to", other)
        tied.things[other].add("delegates_to", one)
        single = renamed(tied, {reference: reference for reference in tied.things} | {other: one})
        joined = Thing(dict(tied.things[one].fields))
        for half in (one, other):
            for link, items in renamed(World({one: tied.things[half]}), _all_but(tied, other, one)).things[one].links.items():
                for item in items:
                    joined.add(link, item.to, *item.through)
        single.things[one] = joined
        for apart, together in zip(pairs(tied, *rules), pairs(single, *rules), strict=True):
            assert {(one if subject == other else subject, target) for subject, target in apart} == together


def _all_but(world: World, gone: str, instead: str) -> dict[str, str]:
    return {reference: instead if reference == gone else reference for reference in world.things}
