"""Why a field has more than its component declares: the rule of its floor, and what is not declared and counts as its worst."""

from collections.abc import Iterator

from shipcheck.evaluate.compiled_policy import CompiledPolicy
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.graph.floors import FactRead, highest, read_by
from shipcheck.graph.graph import Node, written
from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.finding import Ground
from shipcheck.vocabulary.vocabulary import FloorRule, FloorSpec


class FloorReasons:
    """Finds them for the components that the selectors of one policy take in."""

    def __init__(self, compiled: CompiledPolicy) -> None:
        self._compiled = compiled
        self._view = compiled.view
        self._graph = compiled.view.graph

    def undeclared(self, selector: Selector, node: Node) -> tuple[str, ...]:
        """The fields, as `reference.field`, that are not declared and for which alone a component has more than it declares."""
        rules = ((spec, raising(self._view, spec, node)) for spec in self._read(selector, node))
        fields = [one for spec, rule in rules if rule for one in _declarable(self._view, rule, node)]
        return tuple(dict.fromkeys(_text(self._view, one) for one in fields if not self._is_usual(one)))

    def grounds(self, selector: Selector, node: Node, also: Expression | None = None) -> tuple[Ground, ...]:
        """Why a component has more than it declares, a sentence for each field that the selector, or a condition, reads."""
        texts = (raised_text(self._view, spec, node) for spec in self._read(selector, node, also))
        return tuple(Ground(text, ()) for text in texts if text)

    def _read(self, selector: Selector, node: Node, also: Expression | None = None) -> Iterator[FloorSpec]:
        """The floors of the fields that a selector, or a condition, reads of a component."""
        kind, read = self._graph.reference(node).kind, dict[str, FloorSpec]()
        for condition in (selector.where, *(item.where for item in selector.alternatives), also):
            for part in self._compiled.parts(condition):
                if isinstance(part, Path) and part.start in {"it", "to"} and len(part.steps) == 1:
                    spec = self._view.vocabulary.floor(kind, part.steps[0].name)
                    if spec is not None:
                        read[spec.name] = spec
        yield from read.values()

    def _is_usual(self, one: FactRead) -> bool:
        """Whether no finding asks for the field, as what it counts as is what is usual."""
        kind = self._view.vocabulary.kinds[self._graph.reference(one.node).kind]
        return one.field not in kind.fields or kind.fields[one.field].usual


def raising(view: GraphView, spec: FloorSpec, node: Node) -> FloorRule | None:
    """The rule by which a component has more than it declares; None where it has what it declares."""
    values = view.graph.values[node]
    if view.is_of_base(node) or written(values).get(spec.field) == values.get(spec.field):
        return None
    return highest(view.facts, spec, node)


def raised_text(view: GraphView, spec: FloorSpec, node: Node) -> str:
    """A sentence that says why a component has more than it declares; empty where it has what it declares."""
    rule = raising(view, spec, node)
    if rule is None:
        return ""
    reference, values = view.graph.reference(node), view.graph.values[node]
    declared, place = written(values).get(spec.field), view.graph.value_place(node, (spec.field,))
    facts = listed_facts(view, rule, node, spec)
    says = f", not {declared} ({place.path}:{place.line})" if declared is not None and place is not None else ""
    return f"{reference} is {values[spec.field]}{says}, because it {rule.says} ({'; '.join(facts)})"


def listed_facts(view: GraphView, rule: FloorRule, node: Node, spec: FloorSpec) -> list[str]:
    """What a rule rests on, a text for each value; of the component itself by the names of its fields."""
    known = [one for one in read_by(view.facts, rule, node) if one.value is not None and one.field != spec.field]
    texts = [f"{_text(view, one)}: {_value(one.value)}" for one in known]
    missing = [f"{_text(view, one)}: not declared" for one in _declarable(view, rule, node)]
    return list(dict.fromkeys(text.removeprefix(f"{view.graph.reference(node)}.") for text in (*texts, *missing)))


def _value(value: object) -> str:
    return ", ".join(map(_value, value)) if isinstance(value, tuple) else str(value).lower()


def _declarable(view: GraphView, rule: FloorRule, node: Node) -> Iterator[FactRead]:
    """The fields that are not declared and for which alone a rule holds; for a derived value, the field that could give it."""
    for one in read_by(view.facts, rule, node):
        if one.value is not None:
            continue
        flow = view.vocabulary.flows.get(one.field)
        if flow is None or one.field in view.vocabulary.kinds[view.graph.reference(one.node).kind].fields:
            yield one
            continue
        seed = view.origins(flow).undeclared_seed(one.node)
        kind = view.graph.reference(seed).kind if seed is not None else ""
        arising = next((arising.field or arising.when[0].name for arising in flow.arising if arising.kind == kind), "")
        if seed is not None:
            yield FactRead(seed, flow.seeds.get(kind) or arising, None)


def _text(view: GraphView, one: FactRead) -> str:
    return f"{view.graph.reference(one.node)}.{one.field}"
