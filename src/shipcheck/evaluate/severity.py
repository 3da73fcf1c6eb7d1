"""The severity of a finding, and why it is that."""

from collections.abc import Iterator

from shipcheck.describe.conditions import condition_text
from shipcheck.evaluate.provenance import Environment
from shipcheck.evaluate.reasons import Blame
from shipcheck.evaluate.world import World
from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.finding import Ground, Hop
from shipcheck.model.policy import Policy, Rung, Severity
from shipcheck.vocabulary.vocabulary import FlowSpec

STAGE = "stage"


class Grounds:
    """Climbs severity ladders."""

    def __init__(self, world: World, blame: Blame) -> None:
        self._world = world
        self._blame = blame

    def severity(self, policy: Policy, environment: Environment) -> tuple[Severity, Ground | None, tuple[str, ...]]:
        """The first step whose condition is not no, why, and the fields whose absence was read towards it."""
        for rung in policy.severity:
            value = None if rung.when is None else self._blame.value(rung.when, environment)
            if rung.when is None or value is not False:
                severity = policy.weighed(rung.severity)
                if severity > rung.severity:
                    return severity, Ground(f"{severity} because settings or packs raise it", ()), ()
                if severity < rung.severity:
                    return severity, Ground(f"{severity} because a pack softens it", ()), ()
                return severity, self._ground(rung, environment), self._assumed(rung, environment) if value is None else ()
        raise LookupError(f"{policy.name} has a severity ladder without a last step")  # pragma: no cover

    def _assumed(self, rung: Rung, environment: Environment) -> tuple[str, ...]:
        if rung.when is None:
            return ()
        return tuple(reason.field for reason in self._blame.reasons(rung.when, environment) if reason.missing)

    def _ground(self, rung: Rung, environment: Environment) -> Ground | None:
        if rung.when is None:
            return None
        if self._blame.value(rung.when, environment) is None:
            reason = self._blame.reasons(rung.when, environment)[0]
            return Ground(f"{rung.severity} because {reason.text}, and the worst is assumed", ())
        because = condition_text(self._world.vocabulary, rung.when)
        return Ground(f"{rung.severity} because {because}", self._chains(rung.when, environment))

    def subject(self, selector: Selector, node: int) -> tuple[Ground, ...]:
        """What derived values made the component a subject, each with the chain that brought it."""
        found = []
        for condition in (selector.where, *(item.where for item in selector.alternatives)):
            for flow, holder in self._flows(condition, {"it": node}):
                value = self._world.graph.values[holder].get(flow.name)
                if value is None or flow.name == STAGE:
                    continue
                reference = self._world.graph.reference(holder)
                text = f"{reference.short} {_state(flow.name, value)}"
                chain = self._chain(flow, holder)
                field = flow.seeds.get(reference.kind, "")
                own = self._world.graph.value_place(holder, (field,))
                if chain:
                    found.append(Ground(text, chain))
                elif own is not None:
                    found.append(Ground(f"{text}: it declares {field} ({own.path}:{own.line})", ()))
        return tuple(found)

    def _flows(self, condition: Expression | None, environment: Environment) -> Iterator[tuple[FlowSpec, int]]:
        """The derived values that a condition reads, and the components they are read of."""
        for part in self._world.parts(condition):
            if isinstance(part, Path) and len(part.steps) == 1:
                flow = self._world.vocabulary.flows.get(part.steps[0].name)
                node = environment.get(part.start)
                if flow and flow.combine != "collect" and isinstance(node, int):
                    yield flow, node

    def _chains(self, condition: Expression, environment: Environment) -> tuple[Hop, ...]:
        return next((self._chain(flow, node) for flow, node in self._flows(condition, environment)), ())

    def _chain(self, flow: FlowSpec, node: int) -> tuple[Hop, ...]:
        graph, vocabulary = self._world.graph, self._world.vocabulary
        if graph.reference(node).kind not in flow.onto:
            return ()
        hops = []
        origins = self._world.origins(flow)
        if not self._world.meter.show(origins.distance(node) or 0):
            return ()
        for _, number in origins.chain(node):
            edge = graph.edges[number]
            source, target = graph.reference(edge.source), graph.reference(edge.target)
            says = f"{source} {vocabulary.says(source.kind, edge.link)} {target}"
            hops.append(Hop(str(source), edge.link, str(target), says, graph.edge_place(edge), ()))
        return tuple(hops)


def _state(name: str, value: object) -> str:
    return f"is {name}" if value is True else f"{name} {value} data"
