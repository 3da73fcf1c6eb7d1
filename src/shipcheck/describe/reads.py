"""What an expression or a selector reads: fields, links, derived values and facts."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from shipcheck.model.explain import Reads
from shipcheck.model.expression import (
    Aggregate,
    Alternative,
    Expression,
    Given,
    Matches,
    Path,
    Present,
    Quantified,
    Selector,
    Step,
)
from shipcheck.model.types import TEXT, Type, component
from shipcheck.vocabulary.vocabulary import Vocabulary

Names = Mapping[str, Type]
Part = Expression | Selector | Alternative
Sort = Literal["field", "link", "derived", "fact"]


class Read(NamedTuple):
    """One thing that is read, and what it is a field or a link of: components, or a record.

    `field` are the names that lead to it, those of records included; `unsure` says that it can be unknown there.
    """

    holder: Type
    field: tuple[Step, ...]
    sort: Sort
    unsure: bool

    @property
    def path(self) -> str:
        """The field as it is written."""
        return ".".join(step.name for step in self.field)

    @property
    def is_yes_no(self) -> bool:
        """Whether it is a boolean."""
        return self.field[-1].type.name == "yes_no"


class ReadFinder:
    """Finds what is read, by the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def reads(self, value: Expression | Selector | None, names: Names) -> tuple[Read, ...]:
        """Everything that a condition or a selector reads, once, in the order in which it is written."""
        reads: dict[tuple[Type, str, Sort], Read] = {}
        for read in self._reads(value, names, sure=False, seen=set()):
            key = (read.holder, read.path, read.sort)
            before = reads.get(key)
            # A condition that asks whether a field is declared says itself what becomes of one that is not.
            reads[key] = read._replace(unsure=read.unsure and (before is None or before.unsure))
        return tuple(reads.values())

    def _reads(self, value: Part | None, names: Names, *, sure: bool, seen: set[Part]) -> Iterator[Read]:
        match value:
            case None:
                return
            case Selector() | Alternative():
                if value not in seen:
                    seen.add(value)
                    yield from self._selected(value, names, seen)
            case Path():
                yield from self._path(value, names, sure=sure)
            case Quantified() | Aggregate():
                yield from self._over_elements(value, names, seen)
            case _:
                for part in value.children():
                    yield from self._reads(part, names, sure=sure or isinstance(value, Given | Present), seen=seen)
                if isinstance(value, Matches):
                    yield from self._reads(value.selector, names, sure=sure, seen=seen)

    def _selected(self, value: Selector | Alternative, names: Names, seen: set[Part]) -> Iterator[Read]:
        inner = {**names, "it": component(*value.kinds)}
        if isinstance(value, Selector):
            for alternative in value.alternatives:
                yield from self._reads(alternative, names, sure=False, seen=seen)
        elif isinstance(value.where, Matches) and value.where.name == value.name:
            yield from self._reads(value.where.selector, names, sure=False, seen=seen)
            return
        yield from self._reads(value.where, inner, sure=False, seen=seen)

    def _over_elements(self, value: Quantified | Aggregate, names: Names, seen: set[Part]) -> Iterator[Read]:
        inner = dict(names)
        if value.items is not None:
            yield from self._reads(value.items, names, sure=False, seen=seen)
            inner[value.name] = value.items.type.item or TEXT
        part = value.condition if isinstance(value, Quantified) else value.part
        yield from self._reads(part, inner, sure=False, seen=seen)

    def _path(self, path: Path, names: Names, *, sure: bool) -> Iterator[Read]:
        start = names.get(path.start, TEXT)
        holder, field = start.item or start, list[Step]()
        for step in path.steps:
            if step.source == "base":
                continue
            field.append(step)
            element = step.type.item or step.type
            if element.name == "record" and step is not path.steps[-1]:
                continue
            sort = self._sort(holder.kinds, field)
            yield Read(holder, tuple(field), sort, not sure and self._is_unsure(holder.kinds, field, sort))
            holder, field = element, []

    def _sort(self, kinds: tuple[str, ...], field: list[Step]) -> Sort:
        last = field[-1]
        if last.source in {"link", "inverse"} or any(last.name in self._vocabulary.kinds[kind].links for kind in kinds):
            return "link"
        if last.on_record:
            records = self._vocabulary.records.values()
            return "fact" if any(last.name in record.collected for record in records) else "field"
        if any(last.name in self._vocabulary.kinds[kind].collected for kind in kinds):
            return "fact"
        own = any(last.name in self._vocabulary.kinds[kind].fields for kind in kinds)
        return "derived" if last.name in self._vocabulary.flows and not own else "field"

    def _is_unsure(self, kinds: tuple[str, ...], field: list[Step], sort: Sort) -> bool:
        """Whether what is looked at can be unknown: a field that has no default, or a link that is not simply not there."""
        first = field[0]
        specs = [self._vocabulary.kinds[kind] for kind in kinds]
        if sort == "link":
            return any(spec.links[first.name].absent == "unknown" for spec in specs if first.name in spec.links)
        if sort == "derived":
            return self._vocabulary.flows[first.name].combine != "collect"
        given = [spec.fields[first.name].absent for spec in specs if first.name in spec.fields]
        if len(field) > 1 and first.type.record in self._vocabulary.records:
            return self._vocabulary.field_of(first.type.record, field[1].name).absent != "default"
        return len(field) > 1 or first.on_record or any(absent not in {"default", "floor"} for absent in given)

    def summary(self, reads: Iterator[Read] | tuple[Read, ...], along: tuple[str, ...]) -> Reads:
        """Everything that is read, sorted; a link by its own name in both directions."""
        by_sort: dict[Sort, dict[str, None]] = {"field": {}, "link": {}, "derived": {}, "fact": {}}
        links = [read.path for read in link_reads(reads)]
        for name in (*along, *links):
            by_sort["link"].update(dict.fromkeys(self._vocabulary.backward.get(name, (name,))))
        for read in reads:
            if read.sort != "link":
                by_sort[read.sort].update(
                    dict.fromkeys(f"{kind}.{read.path}" for kind in read.holder.kinds or (read.holder.record,))
                )
        fields, link_names, derived, facts = (tuple(by_sort[sort]) for sort in ("field", "link", "derived", "fact"))
        return Reads(tuple(sorted(fields)), link_names, tuple(sorted(derived)), tuple(sorted(facts)))


def link_reads(reads: Iterator[Read] | tuple[Read, ...]) -> tuple[Read, ...]:
    """Those reads that are links."""
    return tuple(read for read in reads if read.sort == "link")
