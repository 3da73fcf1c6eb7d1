"""How findings are compared with a truth.

An item and a finding match if they have the same kind and file, and the same line (the item's own or one of its `also`), or
the same name or alias (of a model also without its provider), or lines that are one apart. Each finding matches one item, save
that one with several places may match one at each of them. Better matches are made first, and those of items without doubt
before those with. An item with doubt is neutral: a hit of it is not an extra, and it is no miss. A second finding of what is
matched already is an extra.

A link matches if both ends do; a target that is not found needs only the right name. It is an extra only between components of
the truth, so that a wrong component counts once.

An effect is right if the action, the word and the line match. Those with doubt, and those of bodies that are in a library, are
neutral. A further place of a word that the truth has for the action is no extra, nor is another word at a place of doubt.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from discovery.findings import Findings, Found, FoundEffect
from discovery.truths import KINDS, LINKS, Item, Place, TrueEffect, TrueLink, Truth

EFFECTS = "effects"
# Whether a finding, at one of its places, may be an item.
Fits = Callable[[Item, Found, Place | None], bool]


class Line(NamedTuple):
    """A miss or an extra, as it is listed."""

    what: str
    name: str
    place: str


@dataclass(slots=True)
class Score:
    """Hits among what is required, what is missed, and what was found beyond it; `neutral` counts hits of what is in doubt."""

    hits: int = 0
    misses: list[Line] = field(default_factory=list)
    extras: list[Line] = field(default_factory=list)
    neutral: int = 0

    @property
    def required(self) -> int:
        """How many had to be found."""
        return self.hits + len(self.misses)

    @property
    def recall(self) -> float | None:
        """The part of what is required that was found; None where nothing is."""
        return self.hits / self.required if self.required else None

    @property
    def precision(self) -> float | None:
        """The part of what was found that is right; None where nothing was found."""
        found = self.hits + len(self.extras)
        return self.hits / found if found else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where one of them is."""
        recall, precision = self.recall, self.precision
        if recall is None or precision is None:
            return None
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0

    def add(self, other: "Score") -> None:
        """Count the other one too."""
        self.hits += other.hits
        self.misses += other.misses
        self.extras += other.extras
        self.neutral += other.neutral

    def count(self, *, hit: bool, doubt: bool, line: Line) -> None:
        """Count one item of a truth."""
        if doubt:
            self.neutral += hit
        elif hit:
            self.hits += 1
        else:
            self.misses.append(line)


class Matching(NamedTuple):
    """Which items were found, as the findings with which keys, and the findings that are no item."""

    keys: Mapping[Item, str]
    extras: tuple[Found, ...]

    def items(self) -> dict[str, list[Item]]:
        """The items of each key."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item, key in self.keys.items():
            found[key].append(item)
        return found


def score(truth: Truth, findings: Findings) -> dict[str, Score]:
    """The scores of every kind, link and of effects; of a control, only extras."""
    inside = [found for found in findings.found if not found.places or any(truth.covers(place.path) for place in found.places)]
    matching = match(truth.items, inside)
    scores = {kind: _components(kind, truth.items, matching) for kind in KINDS}
    items = matching.items()
    for word in LINKS:
        scores[word] = _links([link for link in truth.links if link.link == word], word, truth.items, findings, items)
    scores[EFFECTS] = _effects(truth, findings, matching)
    return scores


def match(items: Sequence[Item], found: Sequence[Found]) -> Matching:
    """Pair items with findings, the best pairs first."""
    free: dict[str, list[tuple[Found, Place | None]]] = defaultdict(list)
    for each in found:
        free[each.kind] += [(each, place) for place in each.places or (None,)]
    keys: dict[Item, str] = {}
    matched: set[str] = set()
    for fits in _BEST_FIRST:
        for item in sorted(items, key=lambda item: bool(item.doubt)):
            pair = None if item in keys else next((pair for pair in free[item.kind] if fits(item, *pair)), None)
            if pair is not None:
                free[item.kind].remove(pair)
                keys[item] = pair[0].key
                matched.add(pair[0].key)
    extras = (each for each in found if each.key not in matched)
    return Matching(keys, tuple(extras))


def _same_line(item: Item, _: Found, place: Place | None) -> bool:
    return place in item.places


def _same_name(item: Item, found: Found, place: Place | None) -> bool:
    """In the same file; a finding without any place needs only the name."""
    return not item.names.isdisjoint(found.names) and (place is None or place.path in {each.path for each in item.places})


def _same_line_and_name(item: Item, found: Found, place: Place | None) -> bool:
    return _same_line(item, found, place) and _same_name(item, found, place)


def _next_line(item: Item, _: Found, place: Place | None) -> bool:
    return place is not None and any(
        place.path == each.path and abs(place.line - each.line) <= 1 for each in item.places if place.line
    )


_BEST_FIRST: tuple[Fits, ...] = (_same_line_and_name, _same_line, _same_name, _next_line)


def _components(kind: str, items: Iterable[Item], matching: Matching) -> Score:
    result = Score()
    for item in items:
        if item.kind == kind:
            result.count(hit=item in matching.keys, doubt=bool(item.doubt), line=Line(kind, item.name, _spot(item.place)))
    result.extras += [
        Line(kind, each.name, _spot(each.places[0])) for each in matching.extras if each.kind == kind and each.places
    ]
    return result


def _links(
    links: Iterable[TrueLink], word: str, items: Sequence[Item], findings: Findings, matched: Mapping[str, Sequence[Item]]
) -> Score:
    """Compared as pairs of items, as several may have the name of an end."""
    found, named = _found_links(word, findings, matched)
    result = Score()
    known: set[tuple[Item, Item]] = set()
    for link in links:
        pairs = list(_pairs(link, items))
        known.update(pairs)
        hit = not found.isdisjoint(pairs) or any((source, name) in named for source, target in pairs for name in target.names)
        certain = [pair for pair in pairs if not (pair[0].doubt or pair[1].doubt)]
        result.count(hit=hit, doubt=bool(link.doubt) or not certain, line=_link_line(word, *(certain or pairs)[0]))
    extras = [pair for pair in found - known if not (pair[0].doubt or pair[1].doubt)]
    result.extras += sorted(_link_line(word, *pair) for pair in extras)
    return result


def _found_links(
    word: str, findings: Findings, matched: Mapping[str, Sequence[Item]]
) -> tuple[set[tuple[Item, Item]], set[tuple[Item, str]]]:
    """The links between items that were found, and those to what only has a name."""
    links = [link for link in findings.links if link.link == word]
    found = {
        (source, target) for link in links for source in matched.get(link.source, ()) for target in matched.get(link.target, ())
    }
    named = {(source, link.value) for link in links if link.target not in matched for source in matched.get(link.source, ())}
    return found, named


def _pairs(link: TrueLink, items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    yield from ((one, other) for one in items if link.source.fits(one) for other in items if link.target.fits(other))


def _link_line(word: str, source: Item, target: Item) -> Line:
    return Line(word, f"{source.name} -> {target.name}", _spot(source.place))


def _effects(truth: Truth, findings: Findings, matching: Matching) -> Score:
    by_key: dict[str, list[FoundEffect]] = defaultdict(list)
    for each in findings.effects:
        by_key[each.key].append(each)
    result = Score()
    neutral: set[FoundEffect] = set()
    for effect in truth.effects:
        actions = _actions(effect, truth.items)
        of_action = [each for item in actions if item in matching.keys for each in by_key[matching.keys[item]]]
        same = [each for each in of_action if each.effect == effect.effect]
        neutral.update(same)
        if effect.doubt:
            neutral.update(each for each in of_action if _is_at(each, effect.places))
        hit = any(_is_at(each, effect.places) for each in same)
        doubt = bool(effect.doubt) or effect.prebuilt or all(item.doubt for item in actions)
        result.count(hit=hit, doubt=doubt, line=_missed(effect, same, found=any(item in matching.keys for item in actions)))
    result.extras += sorted(_extra_effects(by_key, matching, neutral))
    return result


def _extra_effects(by_key: Mapping[str, Sequence[FoundEffect]], matching: Matching, neutral: set[FoundEffect]) -> Iterator[Line]:
    """One line for each word that an action does not have."""
    for item, key in matching.keys.items():
        seen: set[str] = set()
        for each in by_key.get(key, ()):
            if item.kind == "action" and each not in neutral and each.effect not in seen:
                seen.add(each.effect)
                yield Line(EFFECTS, f"{item.name}: {each.effect} by {each.call}", _spot(Place(each.lines.path, each.lines.line)))


def _missed(effect: TrueEffect, same: Sequence[FoundEffect], *, found: bool) -> Line:
    lines = ", ".join(sorted(f"{each.lines.path.rpartition('/')[2]}:{each.lines.line}" for each in same))
    why = f" (found at {lines})" if same else "" if found else " (its action was not found)"
    return Line(EFFECTS, f"{effect.action.name}: {effect.effect}{why}", _spot(effect.place))


def _actions(effect: TrueEffect, items: Sequence[Item]) -> list[Item]:
    """The actions of that name; of several, those in the file of the effect if there are any."""
    actions = [item for item in items if effect.action.fits(item)]
    near = [item for item in actions if item.place.path in {place.path for place in effect.places}]
    return near or actions


def _is_at(found: FoundEffect, places: Iterable[Place]) -> bool:
    """Whether one of the lines is one of the call's, or next to its first."""
    lines = found.lines
    return any(
        place.path == lines.path and (lines.line <= place.line <= lines.end or abs(lines.line - place.line) <= 1)
        for place in places
    )


def _spot(place: Place) -> str:
    return f"{place.path}:{place.line}" if place.line else place.path
