"""The severity of a finding, and why it is that."""

from shipcheck.evaluate.blame import Blame, Environment
from shipcheck.evaluate.parts import parts
from shipcheck.evaluate.world import World
from shipcheck.graph.flow import origin
from shipcheck.model.expression import Expression, Path
from shipcheck.model.finding import Ground, Hop
from shipcheck.model.policy import Policy, Rung, Severity
from shipcheck.vocabulary.types import FlowSpec


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
                severity = max(rung.severity, policy.at_least)
                if severity > rung.severity:
                    return severity, Ground(f"{severity} because the settings raise it", ()), ()
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
            what = f"{_of(reason.field)} {reason.text.partition(' ')[2]}" if "." in reason.field else reason.text
            return Ground(f"{rung.severity} because {what}, and the worst is assumed", ())
        flow, node = self._flow(rung.when, environment)
        text = f"{rung.severity} because {' '.join(rung.when.text.split())}"
        return Ground(text, self._chain(flow, node) if flow and node is not None else ())

    def _flow(self, condition: Expression, environment: Environment) -> tuple[FlowSpec | None, int | None]:
        """The derived value that the condition reads first, and the component it is read of."""
        for part in parts(condition):
            if isinstance(part, Path) and len(part.steps) == 1:
                flow = self._world.vocabulary.flows.get(part.steps[0].name)
                node = environment.get(part.start)
                if flow and len(flow.steps) == 1 and isinstance(node, int):
                    return flow, node
        return None, None

    def _chain(self, flow: FlowSpec, node: int) -> tuple[Hop, ...]:
        graph = self._world.graph
        hops = []
        for _, number in origin(graph, self._world.vocabulary, flow, node) or ():
            edge = graph.edges[number]
            source, target = graph.reference(edge.source), graph.reference(edge.target)
            says = f"{source} {self._world.vocabulary.says(source.kind, edge.link)} {target}"
            hops.append(Hop(str(source), edge.link, str(target), says, graph.place(edge.source), ()))
        return tuple(hops)


def _of(field: str) -> str:
    """`stage of agent:x` for `agent:x.stage`."""
    reference, _, name = field.partition(".")
    return f"{name} of {reference}"
