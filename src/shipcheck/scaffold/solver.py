"""Drafts in which a condition is certainly true or certainly false: one after the other, the simplest first."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from shipcheck.model.expression import (
    Aggregate,
    Both,
    Compare,
    ComponentLiteral,
    Either,
    Expression,
    Given,
    Like,
    ListLiteral,
    Literal_,
    Matches,
    Member,
    Not,
    Path,
    Quantified,
    Selector,
    Step,
    Subset,
)
from shipcheck.model.operators import COMPARISONS
from shipcheck.model.types import Type
from shipcheck.scaffold.draft import Draft, Holder
from shipcheck.scaffold.links import Links
from shipcheck.scaffold.sample_values import constant, near, some_value
from shipcheck.vocabulary.vocabulary import Vocabulary

Names = Mapping[str, Holder]
Goal = tuple[Expression, Names, bool]
MOST_ELEMENTS = 8
EXTREMES = (5, 1)


class ExampleSolver:
    """Builds drafts in which conditions are true or false; what it cannot build is listed in `unsolved`."""

    def __init__(self, vocabulary: Vocabulary, today: date) -> None:
        self._vocabulary = vocabulary
        self._today = today
        self.links = Links(vocabulary)
        self.unsolved: dict[str, None] = {}

    def selector(self, draft: Draft, selector: Selector, names: Names, node: Holder, *, wanted: bool) -> Iterator[Draft]:
        """Drafts in which a component matches a selector, or does not."""
        bound = {**names, "it": node}
        own = [item.where for item in selector.alternatives if node.kind in item.kinds]
        for where in own:
            wide: list[Goal] = [(where, {"it": node}, True)] if where is not None else []
            narrow: list[Goal] = [(selector.where, bound, wanted)] if selector.where is not None else []
            if wanted or narrow:
                yield from self.all(draft, [*wide, *narrow])
        if not wanted:
            refused: list[Goal] = [(where, {"it": node}, False) for where in own if where is not None]
            if len(refused) == len(own):
                yield from self.all(draft, refused)

    def all(self, draft: Draft, goals: Sequence[Goal]) -> Iterator[Draft]:
        """Drafts in which all goals are met, each built on the one before."""
        if not goals:
            yield draft
            return
        condition, names, wanted = goals[0]
        for built in self.condition(draft, condition, names, wanted=wanted):
            yield from self.all(built, goals[1:])

    def condition(self, draft: Draft, part: Expression, names: Names, *, wanted: bool) -> Iterator[Draft]:
        """Drafts in which a condition is true, or false."""
        if isinstance(part, Not):
            yield from self.condition(draft, part.part, names, wanted=not wanted)
        elif isinstance(part, Both | Either):
            yield from self._joined(draft, part, names, wanted=wanted)
        elif isinstance(part, Compare):
            yield from self._compare(draft, part, names, wanted=wanted)
        elif isinstance(part, Quantified):
            yield from self._quantified(draft, part, names, wanted=wanted)
        elif isinstance(part, Matches):
            for built, node in self._component(draft, part.part, names):
                yield from self.selector(built, part.selector, {}, node, wanted=wanted)
        else:
            yield from self._simple(draft, part, names, wanted=wanted)

    def _simple(self, draft: Draft, part: Expression, names: Names, *, wanted: bool) -> Iterator[Draft]:
        if isinstance(part, Given):
            yield from self._given(draft, part.part, names, wanted=wanted)
        elif isinstance(part, Member):
            yield from self._member(draft, part, names, wanted=wanted)
        elif isinstance(part, Subset):
            yield from self._subset(draft, part, names, wanted=wanted)
        elif isinstance(part, Like) and isinstance(part.left, Path):
            text = part.pattern.replace("*", "") or "x"
            yield from self._set(draft, part.left, names, [text if wanted else f"not {text}", "x"])
        elif isinstance(part, Path) and part.type.name == "yes_no":
            yield from self._set(draft, part, names, [wanted])
        elif isinstance(part, Literal_) and part.value is wanted:
            yield draft
        else:
            self.unsolved[f"`{part.text}`"] = None

    def _joined(self, draft: Draft, part: Both | Either, names: Names, *, wanted: bool) -> Iterator[Draft]:
        if isinstance(part, Both) is wanted:
            yield from self.all(draft, [(inner, names, wanted) for inner in part.parts])
            return
        for inner in part.parts:
            yield from self.condition(draft, inner, names, wanted=wanted)
        for chosen in reversed(range(len(part.parts))):
            # The other parts get the opposite value, so that none of them is unknown.
            others: list[Goal] = [(inner, names, not wanted) for number, inner in enumerate(part.parts) if number != chosen]
            yield from self.all(draft, [*others, (part.parts[chosen], names, wanted)])

    # --- comparing ---

    def _compare(self, draft: Draft, part: Compare, names: Names, *, wanted: bool) -> Iterator[Draft]:
        flipped = COMPARISONS[part.operator].flipped
        for side, operator, other in ((part.left, part.operator, part.right), (part.right, flipped, part.left)):
            bound = constant(other, self._today)
            if isinstance(other, ComponentLiteral) and isinstance(side, Path):
                yield from self._named(draft, side, other, names, same=(operator == "==") is wanted)
                return
            if bound is None:
                continue
            if isinstance(side, Path):
                yield from self._set(draft, side, names, list(near(side.type, operator, bound, wanted=wanted)))
            elif isinstance(side, Aggregate) and side.items is not None:
                yield from self._count(draft, side, names, list(near(side.type, operator, bound, wanted=wanted)))
            else:
                yield from self._extremes(draft, part, names)
            return
        if isinstance(part.left, Path) and isinstance(part.right, Path):
            yield from self._two_paths(draft, part, names, wanted=wanted)
        else:
            yield from self._extremes(draft, part, names)

    def _two_paths(self, draft: Draft, part: Compare, names: Names, *, wanted: bool) -> Iterator[Draft]:
        left, right = part.left, part.right
        if not isinstance(left, Path) or not isinstance(right, Path):
            return
        if left.type.name == "component":
            yield from self._two_components(draft, left, right, names, same=(part.operator == "==") is wanted)
            return
        value = some_value(left.type, self._today)
        for built in self._set(draft, right, names, [value]):
            yield from self._set(built, left, names, list(near(left.type, part.operator, value, wanted=wanted)))

    def _two_components(self, draft: Draft, left: Path, right: Path, names: Names, *, same: bool) -> Iterator[Draft]:
        left, right = (right, left) if not left.steps else (left, right)
        for built, node in self._component(draft, right, names):
            for changed, holder, step in self._holder(built, left, names):
                if same:
                    yield changed.put(holder, step.name, node.name)
                else:
                    more, other = changed.add(node.kind)
                    yield more.put(holder, step.name, other.name)

    def _named(self, draft: Draft, path: Path, named: ComponentLiteral, names: Names, *, same: bool) -> Iterator[Draft]:
        kind, _, name = named.reference
        for built, holder, step in self._holder(draft, path, names):
            more, node = built.add(kind, name if same else "")
            yield more.put(holder, step.name, node.name)

    def _extremes(self, draft: Draft, part: Compare, names: Names) -> Iterator[Draft]:
        """Sums and other calculations: every number in them at its maximum or minimum."""
        paths = [inner for inner in _numbers(part) if inner.start in names]
        if not paths:
            self.unsolved[f"`{part.text}`"] = None
        for values in product(EXTREMES, repeat=len(paths)):
            built: list[Draft] = [draft]
            for path, value in zip(paths, values, strict=True):
                built = [changed for one in built for changed in self._set(one, path, names, [value])][:1]
            yield from built

    def _count(self, draft: Draft, part: Aggregate, names: Names, counts: list[Any]) -> Iterator[Draft]:
        for number in counts:
            if isinstance(number, int) and 0 <= number <= MOST_ELEMENTS and isinstance(part.items, Path):
                yield from self._elements(draft, part.items, names, number, part)

    def _elements(self, draft: Draft, path: Path, names: Names, number: int, part: Aggregate) -> Iterator[Draft]:
        """Drafts in which a list has so many elements, each as the aggregate asks."""
        item = path.type.item
        if item is not None and item.name == "choice":
            yield from self._set(draft, path, names, [list(item.words[:number])])
            return
        if item is not None and item.name == "record" and part.part is None:
            yield from self._records(draft, path, names, number)
            return
        built = [draft]
        for _ in range(number):
            following = []
            for one in built:
                for changed, element in self._new_element(one, path, names):
                    goals: list[Goal] = [(part.part, {**names, part.name: element}, True)] if part.part is not None else []
                    following.extend(list(_first(self.all(changed, goals))))
            built = following[:1]
        if not number:
            built = list(_first(self._empty(draft, path, names)))
        yield from built

    def _records(self, draft: Draft, path: Path, names: Names, number: int) -> Iterator[Draft]:
        """Drafts in which a list has so many records, each with what it cannot be without."""
        for built, holder, step in self._holder(draft, path, names):
            spec = self._vocabulary.kinds[holder.kind].fields.get(step.name)
            if (
                spec is not None
                and spec.record is not None
                and all(spec.record.fields[name].type == "text" for name in spec.record.required)
            ):
                records = [dict.fromkeys(spec.record.required, f"{step.name}-{count}") for count in range(number)]
                yield built.put(holder, step.name, records)

    # --- lists ---

    def _quantified(self, draft: Draft, part: Quantified, names: Names, *, wanted: bool) -> Iterator[Draft]:
        if not isinstance(part.items, Path):
            self.unsolved[f"`{part.text}`"] = None
            return
        needs_one = (part.word == "no") is not wanted
        inner = wanted if part.word == "every" else True
        if part.word == "every" and not wanted:
            needs_one = True
        if not needs_one:
            there = self._present(draft, part.items, names)
            yield from self.all(draft, [(part.condition, {**names, part.name: item}, False) for item in there])
            if there:
                return
            yield from self._empty(draft, part.items, names)
            return
        for item in self._present(draft, part.items, names):
            yield from self.condition(draft, part.condition, {**names, part.name: item}, wanted=inner)
        for built, item in self._new_element(draft, part.items, names):
            yield from self.condition(built, part.condition, {**names, part.name: item}, wanted=inner)
        if part.word == "every" and not wanted:
            yield from self._empty(draft, part.items, names)

    def _present(self, draft: Draft, path: Path, names: Names) -> list[Holder]:
        holders = [names[path.start]] if path.start in names else []
        for step in path.steps:
            holders = [item for holder in holders for item in self._following(draft, holder, step)]
        return holders

    def _following(self, draft: Draft, holder: Holder, step: Step) -> list[Holder]:
        if step.source in {"link", "inverse"}:
            return self.links.linked(draft, holder, step.name)
        value = draft.get(holder, step.name)
        element = step.type.item or step.type
        if element.name != "component":
            return []
        items = value if isinstance(value, list) else [value] if value else []
        return [Holder(f"{kind}:{item}") for item in items for kind in element.kinds if f"{kind}:{item}" in draft.components]

    def _new_element(self, draft: Draft, path: Path, names: Names) -> Iterator[tuple[Draft, Holder]]:
        """Drafts with one more element in a list of components."""
        element = path.type.item or path.type
        for built, holder, step in self._holder(draft, path, names):
            flow = self._vocabulary.derived(holder.kind, step.name)
            for kind in element.kinds:
                more, item = built.add(kind)
                if flow is not None:
                    yield from ((linked, item) for linked in self.links.chain(more, holder, flow.steps[0], item))
                elif step.source in {"link", "inverse"}:
                    yield self.links.connect(more, holder, step.name, item), item
                else:
                    existing = list(more.get(holder, step.name) or [])
                    yield more.put(holder, step.name, [*existing, item.name]), item

    def _empty(self, draft: Draft, path: Path, names: Names) -> Iterator[Draft]:
        if not path.steps and path.start not in names:  # the gates of a hop that names none
            yield draft
            return
        for built, holder, step in self._holder(draft, path, names):
            yield built if step.source in {"inverse", "link"} else built.put(holder, step.name, [])

    def _member(self, draft: Draft, part: Member, names: Names, *, wanted: bool) -> Iterator[Draft]:
        left, right = part.left, part.right
        if isinstance(left, Path) and isinstance(right, ListLiteral):
            words = [constant(item, self._today) for item in right.items]
            others = [word for word in left.type.words if word not in words]
            yield from self._set(draft, left, names, words if wanted else others)
        elif isinstance(right, Path) and (value := constant(left, self._today)) is not None:
            item = right.type.item
            others = [word for word in (item.words if item else ()) if word != value]
            kept = [word for word in self._list_items(draft, right, names) if word != value]
            yield from self._set(draft, right, names, [[*kept, value]] if wanted else [kept or others[:1], []])
        elif isinstance(right, Path) and isinstance(left, Path) and not left.steps:
            for built, holder, step in self._holder(draft, right, names):
                yield self.links.connect(built, holder, step.name, names[left.start]) if wanted else built
        else:
            self.unsolved[f"`{part.text}`"] = None

    def _list_items(self, draft: Draft, path: Path, names: Names) -> list[Any]:
        for built, holder, step in self._holder(draft, path, names):
            return list(built.get(holder, step.name) or [])
        return []

    def _subset(self, draft: Draft, part: Subset, names: Names, *, wanted: bool) -> Iterator[Draft]:
        left, right = part.left, part.right
        if isinstance(left, ListLiteral) and isinstance(right, Path):
            words = [constant(item, self._today) for item in left.items]
            yield from self._set(draft, right, names, [words if wanted else words[:-1]])
        elif isinstance(left, Path) and isinstance(right, Path) and left.type.item is not None:
            items = self._list_items(draft, left, names) or list(left.type.item.words[:1])
            for built in self._set(draft, left, names, [items]):
                yield from self._set(built, right, names, [items if wanted else []])
        else:
            self.unsolved[f"`{part.text}`"] = None

    # --- fields ---

    def _given(self, draft: Draft, part: Expression, names: Names, *, wanted: bool) -> Iterator[Draft]:
        if not isinstance(part, Path) or not part.steps:
            self.unsolved[f"`{part.text}`"] = None
            return
        for built, holder, step in self._holder(draft, part, names):
            if not wanted:
                yield built.drop(holder, step.name)
            elif built.get(holder, step.name) is not None:
                yield built
            elif step.type.name == "component":
                more, node = built.add(step.type.kinds[0])
                yield more.put(holder, step.name, node.name)
            elif step.type.name == "record":
                more, record = self._record(built, step.type.record)
                yield more.put(holder, step.name, record)
            else:
                yield built.put(holder, step.name, [] if step.type.name == "list" else some_value(step.type, self._today))

    def _record(self, draft: Draft, name: str) -> tuple[Draft, dict[str, Any]]:
        """The draft with the components that a record must refer to, and the record with the fields that it must have."""
        spec, record = self._vocabulary.records[name], dict[str, Any]()
        for field in spec.required:
            draft, node = draft.add(spec.fields[field].to[0]) if spec.fields[field].to else (draft, None)
            record[field] = node.name if node is not None else "written down"
        return draft, record

    def _set(self, draft: Draft, path: Path, names: Names, values: Sequence[Any]) -> Iterator[Draft]:
        """Drafts with a field written, with each of the values in turn; a derived field at the component that gives it."""
        for value in values:
            for built, holder, step in self._holder(draft, path, names):
                flow = self._vocabulary.derived(holder.kind, step.name)
                if flow is None or step.on_record or flow.combine == "collect":
                    yield built.put(holder, step.name, value)
                    continue
                for seeded, giver, name in self.links.seed(built, flow, holder):
                    yield seeded.put(giver, name, value)

    def _holder(self, draft: Draft, path: Path, names: Names) -> Iterator[tuple[Draft, Holder, Step]]:
        """Drafts with the holder of the last step of a field path, created where it is missing."""
        two_revisions = any(step.source == "base" for step in path.steps)
        if not path.steps or path.start not in names or two_revisions:
            self.unsolved[f"`{path.text}`" + (", which needs two revisions" if two_revisions else "")] = None
            return
        holders = [(draft, names[path.start])]
        for step in path.steps[:-1]:
            holders = [following for built, holder in holders for following in self._enter(built, holder, step)]
        yield from ((built, holder, path.steps[-1]) for built, holder in holders)

    def _component(self, draft: Draft, part: Expression, names: Names) -> Iterator[tuple[Draft, Holder]]:
        if isinstance(part, Path) and not part.steps and part.start in names:
            yield draft, names[part.start]
        elif isinstance(part, Path):
            for built, holder, step in self._holder(draft, part, names):
                yield from self._enter(built, holder, step)

    def _enter(self, draft: Draft, holder: Holder, step: Step) -> Iterator[tuple[Draft, Holder]]:
        element: Type = step.type.item or step.type
        if element.name == "record":
            yield draft, Holder(holder.reference, (*holder.path, step.name))
            return
        there = self._following(draft, holder, step)
        if there:
            yield draft, there[0]
            return
        for kind in element.kinds:
            built, node = draft.add(kind)
            if step.source in {"link", "inverse"} or step.name in self._vocabulary.kinds[holder.kind].links:
                yield self.links.connect(built, holder, step.name, node), node
            else:
                yield built.put(holder, step.name, [node.name] if step.type.name == "list" else node.name), node


def _numbers(part: Expression) -> list[Path]:
    """The numbers in a comparison, once each, the outermost first."""
    numbers: dict[Path, None] = {}
    waiting = [part]
    for inner in waiting:
        if isinstance(inner, Path) and inner.type.name == "number":
            numbers[inner] = None
        waiting.extend(inner.children())
    return list(numbers)


def _first(drafts: Iterator[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        yield draft
        return
