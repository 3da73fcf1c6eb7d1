"""Where the value of a condition is held: by which component, in which field, and at which place."""

from dataclasses import dataclass

from shipcheck.evaluate.world import World
from shipcheck.model.expression import Both, ComponentLiteral, Either, Expression, ListLiteral, Path, Quantified, Step
from shipcheck.model.location import Location

Environment = dict[str, object]
SUBJECT_NAMES = frozenset({"it", "subject", "from"})


@dataclass(frozen=True, slots=True)
class Held:
    """A path's value, the component that holds it, and the field it is held in there."""

    value: object
    node: int | None
    fields: tuple[str, ...]


class Holders:
    """Finds the holders of values in one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._graph = world.graph

    def value(self, expression: Expression, environment: Environment) -> object:
        """The value of an expression with these names bound."""
        names = tuple(environment)
        return self._world.expression(expression, names)(*environment.values())

    def anchor(self, expression: Expression, environment: Environment) -> Location | None:
        """The field of the subject that a path starts with, where the subject writes it."""
        path = _first_path(expression)
        node = environment.get(path.start) if path and path.start in SUBJECT_NAMES else None
        if path is None or not path.steps or not isinstance(node, int):
            return None
        fields: tuple[str, ...] = ()
        for step in path.steps:
            fields = (*fields, step.name)
            if step.type.name != "record":
                break
        for length in range(len(fields), 0, -1):
            place = self._graph.value_place(node, fields[:length])
            if place is not None:
                return place
        return None

    def held(self, expression: Expression, environment: Environment) -> Held:
        """Follow a path as far as single components go; other expressions are held by the subject."""
        value = self.value(expression, environment)
        if isinstance(expression, ComponentLiteral):
            return Held(value, None, ())
        if not isinstance(expression, Path):
            inner = _first_path(expression)
            start = self.held(inner, environment) if inner is not None and inner.start in environment else None
            return Held(value, start.node if start else _subject(environment), start.fields if start else ())
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
        return Held(value, node, fields)

    def _following(self, step: Step, node: int) -> object:
        """The one component that a step leads to from another, where it is one."""
        return self._world.twin(node) if step.source == "base" else self._graph.values[node].get(step.name)

    def field(self, held: Held) -> str:
        """The component and the field, as findings name them; empty where no component holds the value."""
        if held.node is None:
            return ""
        reference = str(self._graph.reference(held.node))
        return ".".join((reference, *held.fields))

    def written(self, held: Held) -> bool:
        """Whether a manifest writes the value."""
        return held.node is not None and bool(held.fields) and self._graph.value_place(held.node, held.fields) is not None

    def place(self, held: Held) -> Location | None:
        """Where the value is written; failing that, as much of its record as is written, else the component's key."""
        if held.node is None:
            return None
        for length in range(len(held.fields), 0, -1):
            place = self._graph.value_place(held.node, held.fields[:length])
            if place is not None:
                return place
        return self._graph.place(held.node)


def _first_path(expression: Expression) -> Path | None:
    """The first field path in a value; where several conditions or elements make the value, none of them holds it."""
    if isinstance(expression, Path):
        return expression
    if isinstance(expression, Both | Either | ListLiteral):
        return None
    parts = (expression.items,) if isinstance(expression, Quantified) else expression.children()
    return next((path for path in map(_first_path, parts) if path is not None), None)


def _subject(environment: Environment) -> int | None:
    for name in ("it", "from"):
        value = environment.get(name)
        if isinstance(value, int):
            return value
    return None
