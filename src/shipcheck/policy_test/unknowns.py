"""Whether a part of a condition can be unknown: not a field with a default, nor a link that counts as empty if missing."""

from collections.abc import Mapping

from shipcheck.model.expression import (
    Aggregate,
    Expression,
    Given,
    Literal_,
    Matches,
    Path,
    Present,
    Quantified,
    Selector,
    Step,
)
from shipcheck.model.types import Type, component
from shipcheck.vocabulary.vocabulary import DECLARED, FieldSpec, FlowSpec, Vocabulary

Names = Mapping[str, Type]


class Unknowns:
    """Answers from the vocabulary alone."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def possible(self, part: Expression, names: Names, known: frozenset[Path]) -> bool:
        """Whether the part can be unknown if these field paths are known to have a value."""
        match part:
            case Given() | Present() | Literal_():
                return False
            case Path():
                return self._path(part, names, known)
            case Quantified():
                inner = {**names, part.name: part.items.type.item or part.items.type}
                return self.possible(part.items, names, known) or self.possible(part.condition, inner, known)
            case Aggregate():
                return self._aggregate(part, names, known)
            case Matches():
                return self.possible(part.part, names, known) or self._selector(part.selector)
            case _:
                return any(self.possible(inner, names, known) for inner in part.children())

    def _aggregate(self, part: Aggregate, names: Names, known: frozenset[Path]) -> bool:
        items = part.items
        if items is not None and self.possible(items, names, known):
            return True
        if part.part is None:
            return False
        item = (items.type.item or items.type) if items is not None else names["it"]
        return self.possible(part.part, {**names, part.name or "it": item}, known)

    def _selector(self, selector: Selector) -> bool:
        wide = any(
            item.where is not None and self.possible(item.where, {"it": component(*item.kinds)}, frozenset())
            for item in selector.alternatives
        )
        narrow = selector.where
        return wide or (narrow is not None and self.possible(narrow, {"it": component(*selector.kinds)}, frozenset()))

    def _path(self, path: Path, names: Names, known: frozenset[Path]) -> bool:
        holder = names.get(path.start)
        if not path.steps:
            return False
        names_of_path = _names(path)
        given = [_names(other) for other in known if other.start == path.start]
        # What has a declared value has one when it is raised to its floor, too.
        given += [tuple(name for name in steps if name != DECLARED) for steps in given]
        skipped = max((len(steps) for steps in given if steps == names_of_path[: len(steps)]), default=0)
        for position, step in enumerate(path.steps):
            if position >= skipped and self._step(step, holder):
                return True
            holder = step.type
        return False

    def _step(self, step: Step, holder: Type | None) -> bool:
        if step.source in {"link", "inverse", "name"}:
            return False
        if step.source == "base" or holder is None:
            return True
        element = holder.item or holder
        if step.on_record:
            record = self._vocabulary.records.get(element.record)
            required = record is not None and step.name in record.required
            return not required and _absent(self._vocabulary.field_of(element.record, step.name))
        return any(self._field(kind, step.name) for kind in element.kinds)

    def _field(self, kind: str, name: str) -> bool:
        spec = self._vocabulary.kinds[kind]
        if name in spec.fields:
            return _absent(spec.fields[name])
        flow = self._vocabulary.derived(kind, name)
        return flow is None or self._flow(flow)

    def _flow(self, flow: FlowSpec) -> bool:
        """Whether a derived value can be unknown: nothing gives one and none is the start, or what gives one can be unknown."""
        if flow.combine == "collect":
            return False
        fields = [*flow.seeds.items(), *((one.kind, one.field) for one in flow.arising if one.field)]
        return (
            flow.start is None
            or any(_absent(self._vocabulary.kinds[kind].fields[name]) for kind, name in fields)
            or any(one.gives is None and not one.field for one in flow.arising)
        )


def _names(path: Path) -> tuple[str, ...]:
    return tuple(step.name for step in path.steps)


def _absent(field: FieldSpec) -> bool:
    return field.absent not in {"default", "floor"}
