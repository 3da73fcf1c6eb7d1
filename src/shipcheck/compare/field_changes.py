"""What a component declares differently from the component of the base that it was, field by field and link by link."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from shipcheck.compare.rules import WEAKENED, Difference, result, severity_in
from shipcheck.compare.weaker import Declared, is_weaker, lost_links, raises_risk, shown
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Code, Pair, code_of
from shipcheck.model.change import Change
from shipcheck.model.component import Reference
from shipcheck.model.location import Location
from shipcheck.model.report import PolicyResult
from shipcheck.model.rounds import Record, rounds_key, rounds_of
from shipcheck.vocabulary.vocabulary import DIRECTIONS, FieldSpec, KindSpec, Vocabulary

IsThere = Callable[[Code], bool | None]
"""Whether the head still has a piece of code; None if it cannot be determined."""
FIELD_CHANGED = "field-changed"
_CODE = "implementation"


class FieldChange(NamedTuple):
    """A changed field or link of one pair: its path, what it was and is, and whether the change weakens what is governed.

    `raises_risk` says that the component now does other or more harmful things than before, which no approver has seen.
    """

    reference: Reference
    pair: Pair
    field: str
    before: str
    after: str
    weakens: bool
    place: Location
    is_link: bool = False
    raises_risk: bool = False


def field_changes(
    base: Graph, head: Graph, found: Iterable[Pair], vocabulary: Vocabulary, is_there: IsThere
) -> tuple[FieldChange, ...]:
    """Every changed field and link of every pair, in the order of the pairs and of the vocabulary."""
    found = tuple(found)
    fields = _Fields(base, head, Declared(base, head, found), is_there)
    return tuple(change for pair in found for change in fields.of_pair(pair, vocabulary.kinds[head.reference(pair.after).kind]))


class _Fields:
    """Compares pairs of components of two graphs field by field."""

    def __init__(self, base: Graph, head: Graph, declared: Declared, is_there: IsThere) -> None:
        self._base = base
        self._head = head
        self._declared = declared
        self._is_there = is_there

    def of_pair(self, pair: Pair, kind: KindSpec) -> Iterator[FieldChange]:
        old, new = self._base.values[pair.before], self._head.values[pair.after]
        for name, spec in kind.fields.items():
            if name != "was" and not spec.collected:
                yield from self._of_field(pair, (name,), spec, (old.get(name), new.get(name)))
        for name, link in kind.links.items():
            before, after = self._declared.links(pair, name)
            if before != after:
                weakens = link.weaker == "fewer" and lost_links(pair, link, self._declared)
                yield self._change(pair, (name,), (before, after), weakens=weakens)._replace(is_link=True)

    def _of_field(self, pair: Pair, path: tuple[str, ...], spec: FieldSpec, values: tuple[Any, Any]) -> Iterator[FieldChange]:
        if spec.record and spec.many and spec.record.name == _CODE:
            yield from self._of_code(pair, path, spec)
        elif spec.rounds and rounds_key(spec.name) in self._base.values[pair.before] | self._head.values[pair.after]:
            yield from self._of_rounds(pair, spec)
        elif spec.record and not spec.many:
            old, new = (value or {} for value in values)
            for name, inner in spec.record.declared.items():
                yield from self._of_field(pair, (*path, name), inner, (old.get(name), new.get(name)))
        else:
            old, new = self._declared.comparable(spec, *values)
            if old != new:
                weakens = spec.weaker in DIRECTIONS and is_weaker(spec, old, new)
                yield self._change(pair, path, (old, new), weakens=weakens)._replace(raises_risk=raises_risk(spec, old, new))

    def _of_rounds(self, pair: Pair, spec: FieldSpec) -> Iterator[FieldChange]:
        """The rounds of a list, by their dates and field by field."""
        old, new = _by_day(self._base.values[pair.before], spec), _by_day(self._head.values[pair.after], spec)
        for day in dict.fromkeys([*old, *new]):
            (_, before), (position, after) = old.get(day, (0, {})), new.get(day, (-1, {}))
            for name, inner in spec.record.declared.items() if spec.record else ():
                for change in self._of_field(pair, (name,), inner, (before.get(name), after.get(name))):
                    steps = tuple(change.field.split("."))
                    place = self._place(pair, (spec.name, position, *steps) if position >= 0 else (spec.name,))
                    yield change._replace(field=f"{spec.name}[{day}].{change.field}", place=place)

    def _of_code(self, pair: Pair, path: tuple[str, ...], spec: FieldSpec) -> Iterator[FieldChange]:
        """Code that is no longer named weakens, unless it is gone and other code that was found took its place."""
        old, new = code_of(self._base, pair.before), code_of(self._head, pair.after)
        if old != new:
            replaced = _is_found(self._head, pair.after)
            lost = any(not replaced or self._is_there(code) is not False for code in old - new)
            yield self._change(pair, path, (_texts(old), _texts(new)), weakens=spec.weaker == "fewer" and lost)._replace(
                raises_risk=bool(old and new - old)
            )

    def _change(self, pair: Pair, path: tuple[str, ...], values: tuple[object, object], *, weakens: bool) -> FieldChange:
        reference, (before, after) = self._head.reference(pair.after), map(shown, values)
        return FieldChange(reference, pair, ".".join(path), before, after, weakens, self._place(pair, path))

    def _place(self, pair: Pair, path: tuple[str | int, ...]) -> Location:
        """Where the head declares the field; where it does not, the component."""
        component = self._head.components[pair.after]
        written = component.node_at(path)
        if written is None:
            return self._head.place(pair.after)
        key, node = written
        return component.source.locate(key or node)


def _by_day(values: dict[str, object], spec: FieldSpec) -> dict[str, tuple[int, Record]]:
    """The rounds of a field, by date, with their positions; those without a date are numbered."""
    by = spec.rounds.by if spec.rounds else ""
    rounds = enumerate(rounds_of(values, spec.name))
    return {str(record.get(by) or f"undated {position + 1}"): (position, record) for position, record in rounds}


def _is_found(graph: Graph, node: Node) -> bool:
    """Whether all code that a component names is there, each by a symbol."""
    records: Any = graph.values[node].get("implemented_by") or ()
    return bool(records) and all(record.get("symbol_found") is True for record in records)


def _texts(codes: frozenset[Code]) -> tuple[str, ...] | None:
    return tuple(sorted(":".join(filter(None, code)) for code in codes)) or None


def weakened(base: Graph, head: Graph, changes: Iterable[FieldChange], subjects: int) -> PolicyResult:
    """The changes that weaken, each as a finding; `subjects` is how many pairs were compared."""
    differences = []
    for change in changes:
        if change.weakens:
            message = f"{change.field} of {change.reference} is {change.after}, was {change.before} in the base"
            stages = base.values[change.pair.before].get("stage"), head.values[change.pair.after].get("stage")
            subject = f"{change.reference}[{change.field}]"
            differences.append(Difference(subject, message, change.place, severity_in(*stages)))
    return result(WEAKENED, differences, subjects)


def listed_changes(changes: Iterable[FieldChange]) -> tuple[Change, ...]:
    """Every changed field, for the list of changes, where links are listed one by one."""
    return tuple(
        Change(
            FIELD_CHANGED,
            str(change.reference),
            f"{change.field} of {change.reference} is {change.after}, was {change.before}",
            change.place,
            field=change.field,
            before=change.before,
            after=change.after,
        )
        for change in changes
        if not change.is_link
    )
