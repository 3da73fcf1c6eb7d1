"""Where the value of an expression comes from: which component gives it, in which field, and at which place."""

from dataclasses import dataclass

from shipcheck.evaluate.compiled_policy import CompiledPolicy, Environment
from shipcheck.graph.graph import Node
from shipcheck.model.expression import Both, ComponentLiteral, Either, Expression, ListLiteral, Path, Quantified, Step
from shipcheck.model.location import Location

SUBJECT_NAMES = frozenset({"it", "subject", "from"})


@dataclass(frozen=True, slots=True)
class ValueSource:
    """A value, the component that gives it, and the field path to it there; no component where the policy itself does."""

    value: object
    node: Node | None
    fields: tuple[str, ...]


class SourceFinder:
    """Finds the sources of values in one policy."""

    def __init__(self, compiled: CompiledPolicy) -> None:
        self._compiled = compiled
        self._view = compiled.view
        self._graph = compiled.view.graph

    def anchor(self, expression: Expression, environment: Environment) -> Location | None:
        """The field of the subject that a field path starts with; None where the subject does not write it."""
        path = _first_path(expression)
        node = environment.get(path.start) if path and path.start in SUBJECT_NAMES else None
        if path is None or not path.steps or not isinstance(node, int):
            return None
        fields: tuple[str, ...] = ()
        for step in path.steps:
            fields = (*fields, step.name)
            if step.type.name != "record":
                break
        return self._written_place(node, fields)

    def _written_place(self, node: Node, fields: tuple[str, ...]) -> Location | None:
        """Where a field is written; failing that, as much of its record as is."""
        for length in range(len(fields), 0, -1):
            place = self._graph.value_place(node, fields[:length])
            if place is not None:
                return place
        return None

    def source(self, expression: Expression, environment: Environment) -> ValueSource:
        """Follow a field path as far as single components go; the source of other expressions is that of their first path."""
        value = self._compiled.value(expression, environment)
        if isinstance(expression, ComponentLiteral):
            return ValueSource(value, None, ())
        if not isinstance(expression, Path):
            inner = _first_path(expression)
            start = self.source(inner, environment) if inner is not None and inner.start in environment else None
            return ValueSource(value, start.node if start else _subject(environment), start.fields if start else ())
        current = environment.get(expression.start)
        node = current if isinstance(current, int) else None
        fields: tuple[str, ...] = ()
        for step in expression.steps:
            fields = (*fields, step.name)
            if step.type.name == "component":
                following = self._following(step, node) if node is not None and len(fields) == 1 else None
                last = step is expression.steps[-1]
                if isinstance(following, int) and not last:
                    node, fields = following, ()
                elif following is None:
                    break
            elif step.type.name == "list":
                break
        return ValueSource(value, node, fields)

    def _following(self, step: Step, node: Node) -> object:
        """The component that a step leads to, where it leads to a single one."""
        return self._view.twin(node) if step.source == "base" else self._graph.values[node].get(step.name)

    def field(self, source: ValueSource) -> str:
        """The component and its field as `reference.field`; empty where no component gives the value."""
        if source.node is None:
            return ""
        reference = str(self._graph.reference(source.node))
        return ".".join((reference, *source.fields))

    def is_written(self, source: ValueSource) -> bool:
        """Whether a manifest writes the value."""
        return source.node is not None and bool(source.fields) and self._graph.value_place(source.node, source.fields) is not None

    def place(self, source: ValueSource) -> Location | None:
        """Where the value is written; failing that, as much of its record as is written, else the component's name."""
        if source.node is None:
            return None
        return self._written_place(source.node, source.fields) or self._graph.place(source.node)


def _first_path(expression: Expression) -> Path | None:
    """The first field path in a value; where several conditions or elements make the value, none of them is the source."""
    if isinstance(expression, Path):
        return expression
    if isinstance(expression, Both | Either | ListLiteral):
        return None
    parts = (expression.items,) if isinstance(expression, Quantified) else expression.children()
    return next((path for path in map(_first_path, parts) if path is not None), None)


def _subject(environment: Environment) -> Node | None:
    for name in ("it", "from"):
        value = environment.get(name)
        if isinstance(value, int):
            return value
    return None
