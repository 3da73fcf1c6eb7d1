"""Conditions as plain data: how a policy writes them, and what they mean over a world by the description of the language alone.

A condition is a list whose first item says what it is: `[">=", "@it.sensitivity", "high"]`. Text that begins with `@` is a path
from a bound name, other text a word. A condition is yes, no or unknown: True, False or None.
"""

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import Any

from tests.oracle.floors import Floors
from tests.oracle.worlds import DECLARES, DEFAULTS, INVERSES, SINGLE, STAGE_ALONG, World, kind_of, name_of

Condition = Any
Environment = dict[str, Any]
ORDERS = (("low", "medium", "high", "critical"), ("retired", "candidate", "pilot", "production"))
_INFIX = {"==", "!=", "<", "<=", ">", ">=", "in", "all in", "+", "-"}
QUANTIFIERS = ("some", "every", "no")
_AGGREGATES = {"share", "sum", "avg", "min", "max", "unique"}


def text_of(part: Condition) -> str:
    """The condition or value as a policy writes it."""
    if not isinstance(part, list):
        return _plain(part)
    word, *rest = part
    texts = [text_of(inner) for inner in rest]
    if word in {"and", "or"}:
        return f"({f' {word} '.join(texts)})"
    if word in _INFIX:
        return f"{texts[0]} {word} {texts[1]}"
    if word in QUANTIFIERS:
        return f"({word} {rest[0]} in {texts[1]} satisfies {texts[2]})"
    if word == "like":
        return f'{texts[0]} like "{rest[1]}"'
    if word in _AGGREGATES:
        return f"{word}({texts[0]})"
    return _WRITTEN[word](texts)


_WRITTEN: dict[str, Callable[[list[str]], str]] = {
    "not": lambda texts: f"not ({texts[0]})",
    "yes": lambda texts: texts[0],
    "set": lambda texts: f"{texts[0]} is set",
    "missing": lambda texts: f"{texts[0]} is missing",
    "present": lambda texts: f"{texts[0]} is present",
    "percent": lambda texts: f"{texts[0]}%",
    "list": lambda texts: f"[{', '.join(texts)}]",
    "count": lambda texts: f"count({' where '.join(texts)})",
    "count where": lambda texts: f"count({texts[0]})",
}


def _plain(part: Condition) -> str:
    if isinstance(part, bool):
        return str(part).lower()
    return part.removeprefix("@") if isinstance(part, str) else str(part)


def names_of(part: Condition) -> frozenset[str]:
    """The names that a condition reads and does not bind itself."""
    if isinstance(part, str) and part.startswith("@"):
        return frozenset((part[1:].partition(".")[0],))
    if not isinstance(part, list):
        return frozenset()
    names = frozenset(name for inner in part for name in names_of(inner))
    return names - ({part[1]} if part[0] in QUANTIFIERS else {"item"})


class Reading:
    """What conditions mean over one world.

    `base` is the reading of the base revision's world, where there is one; `head`, in that reading, the world that is judged.
    """

    def __init__(self, world: World, base: "Reading | None" = None, head: World | None = None) -> None:
        self.world = world
        self.base = base
        self.head = head or world
        self.floors = Floors(world)
        self._stages: dict[str, str | None] | None = None
        self._inverses: dict[str, dict[str, list[str]]] = {}

    def truth(self, part: Condition, names: Environment) -> Any:
        """The value of a condition or of a part of one."""
        if isinstance(part, str):
            return self._path(part[1:].split("."), names) if part.startswith("@") else part
        if not isinstance(part, list):
            return part
        word, *rest = part
        if word in QUANTIFIERS:
            return self._quantified(word, rest, names)
        if word in {"share", "sum", "avg", "min", "max", "unique", "count where"}:
            return self.aggregate(word, [self.truth(rest[0], {"it": member}) for member in names["members"]])
        if word == "count":
            return self._count(rest, names)
        return getattr(self, f"_{_NAMED.get(word, word)}")(word, [self.truth(inner, names) for inner in rest])

    def _and(self, _word: str, values: list[Any]) -> bool | None:
        return False if False in values else None if None in values else True

    def _or(self, _word: str, values: list[Any]) -> bool | None:
        return True if True in values else None if None in values else False

    def _not(self, _word: str, values: list[Any]) -> bool | None:
        return None if values[0] is None else not values[0]

    def _yes(self, _word: str, values: list[Any]) -> Any:
        return values[0]

    def _set(self, word: str, values: list[Any]) -> bool:
        return (values[0] is not None) is (word == "set")

    def _present(self, _word: str, values: list[Any]) -> bool:
        return values[0] in self.head.things

    def _percent(self, _word: str, values: list[Any]) -> Any:
        return values[0] / 100

    def _list(self, _word: str, values: list[Any]) -> list[Any]:
        return values

    def _like(self, _word: str, values: list[Any]) -> bool | None:
        return None if values[0] is None else fnmatchcase(values[0], values[1])

    def _compare(self, word: str, values: list[Any]) -> bool | None:
        if None in values:
            return None
        left, right = values
        if word in {"==", "!="}:
            return bool((left == right) is (word == "=="))
        for order in ORDERS:
            if isinstance(left, str) and left in order:
                left, right = order.index(left), order.index(right)
        return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[word])

    def _sum(self, word: str, values: list[Any]) -> Any:
        if None in values:
            return None
        return values[0] + values[1] if word == "+" else values[0] - values[1]

    def _in(self, _word: str, values: list[Any]) -> bool | None:
        value, items = values
        if value is None or items is None:
            return None
        return self._or("or", [None if item is None else item == value for item in items])

    def _all_in(self, _word: str, values: list[Any]) -> bool | None:
        items, others = values
        return None if items is None else self._and("and", [self._in("in", [item, others]) for item in items])

    def _quantified(self, word: str, rest: list[Any], names: Environment) -> bool | None:
        items = self.truth(rest[1], names)
        if items is None:
            return None
        values = [None if item is None else self.truth(rest[2], {**names, rest[0]: item}) for item in items]
        return self.quantify(word, values)

    def quantify(self, word: str, values: list[bool | None]) -> bool | None:
        """`every` needs an element, `no` needs none."""
        if word == "every":
            return self._and("and", [bool(values), *values])
        found = self._or("or", values)
        return found if word == "some" else self._not("not", [found])

    def _count(self, rest: list[Any], names: Environment) -> int | None:
        if not rest:
            return len(names["members"])
        items = self.truth(rest[0], names)
        if items is None:
            return None
        tested = len(rest) > 1
        values = [None if item is None else not tested or self.truth(rest[1], {**names, "item": item}) for item in items]
        return None if None in values else sum(map(bool, values))

    def aggregate(self, word: str, values: list[Any]) -> Any:
        """One value for the members of a group; unknown where a member's is, but for two that are the same already."""
        known = [value for value in values if value is not None]
        if word == "unique" and len(set(map(str, known))) < len(known):
            return False
        if len(known) < len(values):
            return None
        if word == "unique":
            return True
        totals = {"share": sum(known) / len(known), "avg": sum(known) / len(known), "min": min(known), "max": max(known)}
        return totals.get(word, sum(known))

    def _path(self, steps: list[str], names: Environment) -> Any:
        value, reading = names[steps[0]], self
        for step in steps[1:]:
            if step == "base" and reading.base is not None:
                reading = reading.base
                value = value if value in reading.world.things else None
            else:
                value = reading._step(value, step)  # noqa: SLF001 - the same reading, or that of the base
        return value

    def _step(self, value: Any, step: str) -> Any:
        if value is None:
            return None
        if isinstance(value, dict):
            return value.get(step)
        if not isinstance(value, list):
            return self.field(value, step)
        found: list[Any] = []
        for item in value:
            held = self._step(item, step)
            found += held if isinstance(held, list) else [held]
        return _once(found)

    def field(self, reference: str, name: str) -> Any:
        """A field of a component, by what the manifest gives, by default, or by what links to it."""
        kind, thing = kind_of(reference), self.world.things[reference]
        if name in INVERSES:
            return self._inverse(name).get(reference, [])
        if name in DECLARES[kind]:
            targets = _once(item.to for item in thing.links.get(name, ()))
            return (targets[0] if targets else None) if name in SINGLE else targets
        if name == "name":
            return name_of(reference)
        if name == "declared":
            return thing.fields
        if name == "stage":
            return self.floors.stage(reference) if kind == "use_case" else self._stage_of(reference)
        if name == "sensitivity":
            return self.floors.sensitivity(reference)
        return thing.fields.get(name, DEFAULTS.get((kind, name)))

    def _inverse(self, name: str) -> dict[str, list[str]]:
        """Who links here; for gates also where the hops past them lead."""
        if name not in self._inverses:
            found: dict[str, list[str]] = {}
            for source, link, item in self.world.items():
                if link == INVERSES[name]:
                    found.setdefault(item.to, []).append(source)
                for gate in item.through if name == "guards" else ():
                    found.setdefault(gate, []).append(item.to)
            self._inverses[name] = {reference: _once(sources) for reference, sources in found.items()}
        return self._inverses[name]

    def _stage_of(self, reference: str) -> str | None:
        if self._stages is None:
            self._stages = _stages(self.world, self.floors)
        return self._stages.get(reference)


_NAMED = {
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), "compare"), "all in": "all_in", "missing": "set", "+": "sum", "-": "sum",
}  # fmt: skip


def _stages(world: World, floors: Floors) -> dict[str, str | None]:
    """The greatest stage of the use cases that reach a component, the gates on the way included.

    What a retired use case still reaches is in production.
    """
    order = (None, *ORDERS[1])
    found = {use: stage for use in world.of("use_case") if (stage := floors.stage(use))}
    stages: dict[str, str | None] = {use: "production" if stage == "retired" else stage for use, stage in found.items()}
    hops = [(source, end) for source, link, item in world.items() if link in STAGE_ALONG for end in (item.to, *item.through)]
    changed = True
    while changed:
        changed = False
        for source, end in hops:
            if order.index(stages.get(source)) > order.index(stages.get(end)):
                stages[end] = stages[source]
                changed = True
    return stages


def _once(items: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for item in items:
        if not (isinstance(item, str) and ":" in item and item in found):
            found.append(item)
    return found
