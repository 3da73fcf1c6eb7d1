"""The severity of a finding, and the grounds for it."""

from collections.abc import Iterator
from typing import Any

from shipcheck.describe.conditions import condition_text
from shipcheck.evaluate.compiled_policy import CompiledPolicy, Environment
from shipcheck.evaluate.floor_reasons import raised_text
from shipcheck.evaluate.reasons import ReasonFinder
from shipcheck.graph.graph import Node
from shipcheck.model.expression import Expression, Path
from shipcheck.model.finding import Ground, Hop
from shipcheck.model.policy import EachComponent, Rung, Severity
from shipcheck.vocabulary.vocabulary import FlowSpec

STAGE = "stage"


class SeverityFinder:
    """Finds the severities of one policy's findings."""

    def __init__(self, compiled: CompiledPolicy, reasons: ReasonFinder) -> None:
        self._compiled = compiled
        self._view = compiled.view
        self._reasons = reasons

    def severity(self, environment: Environment, *, is_explained: bool = True) -> tuple[Severity, Ground | None, tuple[str, ...]]:
        """The first rung whose condition is not false: its severity, why, and the fields that are missing and count towards it.

        Without `is_explained`, the severity alone.

        Raises:
            LookupError: every rung has a condition, and all are false.
        """
        policy = self._compiled.policy
        for rung in policy.severity:
            value = None if rung.when is None else self._compiled.value(rung.when, environment)
            if rung.when is None or value is not False:
                severity = policy.weighed(rung.severity)
                if not is_explained:
                    return severity, None, ()
                if severity > rung.severity:
                    return severity, Ground(f"{severity} because settings or packs raise it", ()), ()
                if severity < rung.severity:
                    return severity, Ground(f"{severity} because a pack lowers it", ()), ()
                return severity, self._ground(rung, environment), self._missing(rung, environment) if value is None else ()
        raise LookupError(f"{policy.name} has a severity ladder without a last step")  # pragma: no cover

    def _missing(self, rung: Rung, environment: Environment) -> tuple[str, ...]:
        if rung.when is None:
            return ()
        return tuple(reason.field for reason in self._reasons.reasons(rung.when, environment) if reason.missing)

    def _ground(self, rung: Rung, environment: Environment) -> Ground | None:
        if rung.when is None:
            return None
        if self._compiled.value(rung.when, environment) is None:
            reason = self._reasons.reasons(rung.when, environment)[0]
            return Ground(f"{rung.severity} because {reason.text}, and the worst is assumed", ())
        because = condition_text(self._view.vocabulary, rung.when)
        flow, node = next(self._flows(rung.when, environment), (None, None))
        if flow is None or node is None:
            return Ground(f"{rung.severity} because {because}", ())
        note = self._counted(flow, node) or self._raised(flow.name, node)
        return Ground(f"{rung.severity} because {because}{note}", self._chain(flow, node))

    def of_subject(self, node: Node) -> tuple[Ground, ...]:
        """The derived values that made a component a subject of `each`, each with the chain that brought it."""
        subject, graph = self._compiled.policy.subject, self._view.graph
        if not isinstance(subject, EachComponent):
            return ()
        grounds = []
        selector = subject.selector
        for condition in (selector.where, *(item.where for item in selector.alternatives)):
            for flow, holder in self._flows(condition, {"it": node}):
                value = graph.values[holder].get(flow.name)
                if value is None or flow.name == STAGE:
                    continue
                reference = graph.reference(holder)
                text = _state(reference.short, flow, value)
                chain = self._chain(flow, holder)
                field = flow.seeds.get(reference.kind, "")
                own = graph.value_place(holder, (field,))
                if chain:
                    grounds.append(Ground(text, chain))
                elif own is not None:
                    grounds.append(Ground(f"{text}: it declares {field} ({own.path}:{own.line})", ()))
        return tuple(dict.fromkeys(grounds))

    def _flows(self, condition: Expression | None, environment: Environment) -> Iterator[tuple[FlowSpec, Node]]:
        """The derived values that a condition reads, and the components from which it reads them."""
        for part in self._compiled.parts(condition):
            if isinstance(part, Path) and len(part.steps) == 1:
                flow = self._view.vocabulary.flows.get(part.steps[0].name)
                node = environment.get(part.start)
                if flow and flow.combine != "collect" and isinstance(node, int):
                    yield flow, node

    def _counted(self, flow: FlowSpec, node: Node) -> str:
        """A note where the value is not the one that its component declares."""
        graph = self._view.graph
        if graph.reference(node).kind not in flow.onto or self._view.is_of_base(node):
            return ""
        seed = self._view.origins(flow).seed(node)
        if seed is None:
            return ""
        reference = graph.reference(seed)
        if reference.kind not in flow.seeds:
            return ""
        raised = self._raised(flow.seeds[reference.kind], seed)
        if raised:
            return raised
        declared: Any = graph.values[seed].get(flow.seeds[reference.kind])
        counts = flow.counts_as.get(declared)
        return f"; {reference} is {declared}, and what it still reaches counts as {counts}" if counts else ""

    def _raised(self, field: str, node: Node) -> str:
        """A note where a field of a component is more than what it declares."""
        floor = self._view.vocabulary.floor(self._view.graph.reference(node).kind, field)
        raised = raised_text(self._view, floor, node) if floor else ""
        return f"; {raised}" if raised else ""

    def _chain(self, flow: FlowSpec, node: Node) -> tuple[Hop, ...]:
        graph, vocabulary = self._view.graph, self._view.vocabulary
        if graph.reference(node).kind not in flow.onto or self._view.is_of_base(node):
            return ()
        origins = self._view.origins(flow)
        if not self._view.meter.can_show(origins.distance(node) or 0):
            return ()
        hops = []
        for _, number in origins.chain(node):
            edge = graph.edges[number]
            source, target = graph.reference(edge.source), graph.reference(edge.target)
            says = f"{source} {vocabulary.says(source.kind, edge.link)} {target}"
            hops.append(Hop(str(source), edge.link, str(target), says, graph.edge_place(edge), ()))
        return tuple(hops)


def _state(name: str, flow: FlowSpec, value: object) -> str:
    return f"{name} {flow.says}" if value is True else f"the {flow.says} of {name} is {value}"
