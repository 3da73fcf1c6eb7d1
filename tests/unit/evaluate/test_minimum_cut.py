"""Where the fewest gates clear all findings, compared with every smaller set of places, and checked with the tool itself."""

from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

from tests.support.cases import shards
from tests.support.worlds import TODAY, findings, graph_of, only, policy_of, vocabulary

from shipcheck.evaluate.compiled_policy import PolicyCompiler, Prohibition
from shipcheck.evaluate.failures import Judge
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.evaluate.minimum_cut import GatePlaces
from shipcheck.evaluate.must_not_reach import OpenPathSearch
from shipcheck.model.policy import EachComponent

POLICY = """each: agent where entry
must_not_reach: action where sensitivity >= high
along: calls, delegates_to, starts
unless_through: gate where decided_by == human
fix: Gate it."""
Hop = tuple[str, str, str]  # from, link, to
Spot = tuple[str, ...]  # a hop, or a component that a gate guards


@dataclass(frozen=True)
class Sketch:
    """Agents, actions and hops, with a gate at some of the places."""

    entries: frozenset[str]
    agents: tuple[str, ...]
    actions: tuple[str, ...]
    high: frozenset[str]
    hops: tuple[Hop, ...]
    gated: frozenset[Spot] = frozenset()

    def text(self) -> str:
        """The manifest."""
        lines = ["shipcheck: 1", "gates: {g: {decided_by: human}}", "agents:"]
        lines += [f"  {name}: {{entry: {str(name in self.entries).lower()}{self._links(name)}}}" for name in self.agents]
        lines.append("actions:")
        for action in self.actions:
            guard = ", guarded_by: [g]" if (action,) in self.gated else ""
            grade = "high" if action in self.high else "low"
            lines.append(f"  {action}: {{sensitivity: {grade}, effects: []{guard}{self._links(action)}}}")
        return "\n".join(lines) + "\n"

    def _links(self, source: str) -> str:
        text = ""
        for link in ("calls", "delegates_to", "starts"):
            items = [self._item(hop) for hop in self.hops if hop[:2] == (source, link)]
            text += f", {link}: [{', '.join(items)}]" if items else ""
        return text

    def _item(self, hop: Hop) -> str:
        return f"{{to: {hop[2]}, through: [g]}}" if hop in self.gated else hop[2]

    def findings(self) -> int:
        """How many pairs an open path joins: a plain search past the gated places."""
        found = 0
        for entry in self.entries:
            front, seen = {entry}, set[str]()
            while front:
                front = {hop[2] for hop in self.hops if hop[0] in front and self._is_open(hop)} - seen
                seen |= front
            found += len(seen & self.high)
        return found

    def _is_open(self, hop: Hop) -> bool:
        return hop not in self.gated and (hop[2],) not in self.gated

    def spots(self) -> list[Spot]:
        """Every place where a gate can be added."""
        return [*self.hops, *((action,) for action in self.actions)]


def sketch(random: Random) -> Sketch:
    agents = tuple(f"a{number}" for number in range(random.randint(2, 5)))
    actions = tuple(f"x{number}" for number in range(random.randint(2, 4)))
    possible = [(agent, "calls", action) for agent in agents for action in actions]
    possible += [(agent, "delegates_to", other) for agent in agents for other in agents]
    possible += [(action, "starts", agent) for action in actions for agent in agents]
    hops = tuple(sorted(random.sample(possible, min(len(possible), random.randint(3, 9)))))
    entries = frozenset(random.sample(agents, random.randint(1, 2)))
    return Sketch(entries, agents, actions, frozenset(random.sample(actions, random.randint(2, len(actions)))), hops)


def cut_of(world: Sketch) -> frozenset[Spot]:
    """The places that the tool names; the targets' guards where it leaves it at those."""
    policy = policy_of(POLICY)
    assert isinstance(policy.subject, EachComponent)
    graph = graph_of(world.text())
    view = GraphView(graph, vocabulary(), TODAY)
    search = OpenPathSearch(view)
    prohibition = PolicyCompiler(view).compile(policy).verb
    assert isinstance(prohibition, Prohibition)
    paths = list(search.failing_pairs(view.conditions.candidates(policy.subject.selector), prohibition).paths)
    assert len(paths) == world.findings()
    places = GatePlaces(view, search).fewest(prohibition, paths)
    if not places:
        return frozenset((graph.reference(path.target).name,) for path in paths)

    def spot(number: int, *, guards: bool) -> Spot:
        if guards:
            return (graph.reference(number).name,)
        edge = graph.edges[number]
        return (graph.reference(edge.source).name, edge.link, graph.reference(edge.target).name)

    return frozenset(spot(place.number, guards=place.guards) for place in places)


@shards(6, each=50)
def test_no_fewer_gates_clear_all_findings(seeds: range) -> None:
    sizes = set()
    for seed in seeds:
        world = sketch(Random(seed))  # noqa: S311 - a world, not a secret
        cut = cut_of(world)
        assert replace(world, gated=cut).findings() == 0, world.text()
        for smaller in combinations(world.spots(), max(0, len(cut) - 1)):
            if cut:
                assert replace(world, gated=frozenset(smaller)).findings() > 0, world.text()
        sizes.add(len(cut))
    assert len(sizes) >= 3, "the worlds are all alike"


@shards(1, each=120)
def test_the_gates_that_the_tool_asks_for_clear_its_findings(seeds: range) -> None:
    policy = policy_of(POLICY)
    for seed in seeds:
        world = sketch(Random(seed))  # noqa: S311
        cut = cut_of(world)
        graph = graph_of(replace(world, gated=cut).text())
        view = GraphView(graph, vocabulary(), TODAY)
        judgement = Judge(view).judge(PolicyCompiler(view).compile(policy))
        assert judgement.failed == 0, world.text()


HUB = """shipcheck: 1
agents:
  front: {entry: true, delegates_to: [back]}
  back: {entry: false, calls: [pay, wipe, mail]}
actions:
  pay: {sensitivity: high}
  wipe: {sensitivity: high}
  mail: {sensitivity: high}
gates: {desk: {decided_by: human}, robot: {decided_by: rule}}
"""


def test_one_gate_on_the_hop_that_all_paths_share_is_the_fix() -> None:
    policy = POLICY.replace("where sensitivity >= high", "where sensitivity >= high and state != disabled")
    (fix,) = {finding.fix for finding in findings(policy, HUB)}
    assert fix.text == "put a qualifying gate on agent:front delegates_to agent:back (shipcheck.yaml:3)"
    assert fix.snippet == "delegates_to: [{to: back, through: [desk]}]"
    assert fix.note == "it exists and qualifies for all 3; 1 gate here clears all 3 findings of this policy"
    assert fix.clears == 3


def test_one_target_is_guarded_itself() -> None:
    one = HUB.replace("wipe: {sensitivity: high}", "wipe: {effects: []}").replace(
        "mail: {sensitivity: high}", "mail: {effects: []}"
    )
    fix = only(POLICY, one.replace("mail: {}", "mail: {sensitivity: low}")).fix
    assert fix.text == "guard action:pay (shipcheck.yaml:6) with a qualifying gate"
    assert fix.snippet == "guarded_by: [desk]"
