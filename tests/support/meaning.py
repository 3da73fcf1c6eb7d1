"""What an expression means over a world, step by step, from the language's description alone.

Nothing here knows how the tool evaluates.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.support.authors import SELECTOR_KINDS, Node
from tests.support.random_floors import raised
from tests.support.random_worlds import KINDS, UNKNOWN, Data, Field, Kind, Words


class Meaning:
    """What an expression means over a world: a value, a list, or unknown, which is None."""

    def __init__(self, world: Data) -> None:
        self._world = world

    def of(self, node: Node, names: Mapping[str, Any], implicit: str = "it") -> Any:
        """The value of an expression where names are bound."""
        handler = getattr(self, f"_{_HANDLERS.get(node.word, node.word)}")
        return handler(node, names, implicit)

    def _literal(self, node: Node, _names: Mapping[str, Any], _implicit: str) -> Any:
        if isinstance(node.type, Kind):  # a component that is not declared is unknown
            return node.value if node.value in self._world.components else UNKNOWN
        return node.value

    def _list(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        return [self.of(part, names, implicit) for part in node.parts]

    def _path(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        value = names[node.value or implicit]
        for step in node.steps:
            value = self._step(value, step)
        return value

    def _step(self, value: Any, step: str) -> Any:
        if value is UNKNOWN:
            return UNKNOWN
        if isinstance(value, list):
            found: list[Any] = []
            for item in value:
                held = self._step(item, step)
                found.extend(held if isinstance(held, list) else [held])
            components = any(isinstance(item, str) and item in self._world.components for item in found)
            return _distinct(found) if components else found
        if isinstance(value, dict):
            return value.get(step)
        return self._field(value, step)

    def _field(self, reference: str, name: str) -> Any:
        field = KINDS[reference.partition(":")[0]][name]
        if field.of:
            return self._sources(reference, field)
        given = raised(self._world, reference, name, self._world.components[reference].get(name, field.default))
        if field.link == "one":
            return given[0].to if given else UNKNOWN
        if field.link:
            return _distinct([hop.to for hop in given])
        return given

    def _sources(self, reference: str, field: Field) -> list[str]:
        """Who links here; for gates also where hops through them lead."""
        found = []
        for other, held in self._world.components.items():
            kind = other.partition(":")[0]
            for name, value in held.items():
                if not KINDS[kind][name].link:
                    continue
                for hop in value:
                    if (kind, name) in field.of and hop.to == reference:
                        found.append(other)
                    if field.hop_gates and reference in hop.through:
                        found.append(hop.to)
        return _distinct(found)

    def _and(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        return kleene_and([self.of(part, names, implicit) for part in node.parts])

    def _or(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        return kleene_or([self.of(part, names, implicit) for part in node.parts])

    def _not(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        return kleene_not(self.of(node.parts[0], names, implicit))

    def _quantified(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        items = self.of(node.parts[0], names, implicit)
        if items is UNKNOWN:
            return UNKNOWN
        results = [
            UNKNOWN if item is UNKNOWN else self.of(node.parts[1], {**names, node.value: item}, implicit) for item in items
        ]
        if node.word == "every":
            return kleene_and(results) if results else False
        found = kleene_or(results)
        return found if node.word == "some" else kleene_not(found)

    def _set(self, node: Node, names: Mapping[str, Any], implicit: str) -> bool:
        return (self.of(node.parts[0], names, implicit) is not UNKNOWN) is (node.word == "set")

    def _is(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        value = self.of(node.parts[0], names, implicit)
        return UNKNOWN if value is UNKNOWN else self._selected(node.value, value)

    def _selected(self, name: str, reference: str) -> Any:
        """The four named selectors, spelled out."""
        if name in KINDS:
            return reference.startswith(f"{name}:")
        if not reference.startswith(f"{SELECTOR_KINDS[name]}:"):
            return False
        if name == "risky":
            sensitivity = self._field(reference, "sensitivity")
            high = UNKNOWN if sensitivity is UNKNOWN else sensitivity in {"high", "critical"}
            return kleene_and([high, self._field(reference, "state") != "disabled"])
        if name == "final":
            return kleene_and([self._selected("risky", reference), kleene_not(self._field(reference, "reversible"))])
        if name == "ready":
            return self._field(reference, "active")
        decided, approvers = self._field(reference, "decided_by"), self._field(reference, "approvers")
        human = UNKNOWN if decided is UNKNOWN else decided == "human"
        return kleene_and([human, UNKNOWN if approvers is UNKNOWN else len(approvers) >= 1])

    def _in(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        left, right = (self.of(part, names, implicit) for part in node.parts)
        found = _contained(left, right)
        return kleene_not(found) if node.word == "not in" else found

    def _all_in(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        left, right = (self.of(part, names, implicit) for part in node.parts)
        if left is UNKNOWN:
            return UNKNOWN
        return kleene_and([_contained(item, right) for item in left])

    def _compare(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        left, right = (self.of(part, names, implicit) for part in node.parts)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        left, right = _digits(left), _digits(right)
        kind = node.parts[0].type
        if isinstance(kind, Words) and node.word not in {"==", "!="}:
            left, right = kind.words.index(left), kind.words.index(right)
        results = {"==": left == right, "!=": left != right}
        if node.word in results:
            return results[node.word]
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[node.word]

    def _arithmetic(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        left, right = (self.of(part, names, implicit) for part in node.parts)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        left, right = _digits(left), _digits(right)
        if node.word == "/":
            return UNKNOWN if right == 0 else left / right
        if node.word == "*":
            return left * right
        return left + right if node.word == "+" else left - right

    def _count(self, node: Node, names: Mapping[str, Any], implicit: str) -> Any:
        if node.value == "group":
            return _total([self.of(node.parts[1], {"it": member}) for member in names["members"]])
        items = self.of(node.parts[0], names, implicit)
        if items is UNKNOWN:
            return UNKNOWN
        if len(node.parts) == 1:
            return UNKNOWN if UNKNOWN in items else len(items)
        results = [UNKNOWN if item is UNKNOWN else self.of(node.parts[1], {**names, "item": item}, "item") for item in items]
        return _total(results)

    def _members(self, _node: Node, names: Mapping[str, Any], _implicit: str) -> int:
        return len(names["members"])

    def _over_members(self, node: Node, names: Mapping[str, Any], _implicit: str) -> Any:
        values = [self.of(node.parts[0], {"it": member}) for member in names["members"]]
        if node.word == "share":
            total = _total(values)
            return UNKNOWN if total is UNKNOWN else Fraction(total, len(values))
        if node.word == "unique":
            known = [value for value in values if value is not UNKNOWN]
            if len(set(known)) < len(known):
                return False
            return True if len(known) == len(values) else UNKNOWN
        if UNKNOWN in values:
            return UNKNOWN
        values = [_digits(value) for value in values]
        return {"sum": sum(values), "avg": Fraction(sum(values)) / len(values), "min": min(values), "max": max(values)}[node.word]


_HANDLERS = {
    "some": "quantified", "every": "quantified", "no": "quantified", "missing": "set", "not in": "in", "all in": "all_in",
    "==": "compare", "!=": "compare", "<": "compare", "<=": "compare", ">": "compare", ">=": "compare",
    "+": "arithmetic", "-": "arithmetic", "*": "arithmetic", "/": "arithmetic",
    "share": "over_members", "sum": "over_members", "avg": "over_members", "min": "over_members", "max": "over_members",
    "unique": "over_members",
}  # fmt: skip


def _digits(value: Any) -> Any:
    """A number as the fraction that its digits say."""
    return Fraction(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def kleene_not(value: bool | None) -> bool | None:  # noqa: FBT001 - it is the operand
    """Unknown stays unknown."""
    return UNKNOWN if value is UNKNOWN else not value


def kleene_and(values: Sequence[bool | None]) -> bool | None:
    """No as soon as one is no; unknown where none is and one is unknown."""
    if False in values:
        return False
    return UNKNOWN if UNKNOWN in values else True


def kleene_or(values: Sequence[bool | None]) -> bool | None:
    """Yes as soon as one is yes; unknown where none is and one is unknown."""
    if True in values:
        return True
    return UNKNOWN if UNKNOWN in values else False


def _contained(value: Any, items: Any) -> bool | None:
    if value is UNKNOWN or items is UNKNOWN:
        return None
    return kleene_or([UNKNOWN if item is UNKNOWN else bool(item == value) for item in items])


def _total(values: Sequence[bool | None]) -> int | None:
    return UNKNOWN if UNKNOWN in values else sum(1 for value in values if value)


def _distinct(values: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(values))
