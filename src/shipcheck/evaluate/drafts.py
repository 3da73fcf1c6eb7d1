"""A whole component that matches a selector, as text to paste: what a policy asks for is filled in, all else is marked.

A mark is the name of what belongs there in capitals (`TEAM`, `FILE`), or the choices (`true | false`). No manifest with a mark in
it is valid, so that none passes before a person has decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from shipcheck.describe.conditions import Known, condition_text
from shipcheck.evaluate.compiled_policy import CompiledPolicy, Environment
from shipcheck.evaluate.display import display_value
from shipcheck.model.expression import (
    Aggregate,
    Compare,
    Either,
    Expression,
    Given,
    ListLiteral,
    Literal_,
    Member,
    Not,
    Path,
    Quantified,
    Selector,
    Subset,
)
from shipcheck.model.traverse import conjuncts, first_conditions
from shipcheck.vocabulary.vocabulary import FieldSpec, KindSpec

LONGEST_NAME = 63
_SILENT = frozenset({"text", "map"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A component in YAML below the key of its section, and the conditions that the text alone does not meet."""

    name: str
    text: str
    beyond: tuple[str, ...]


@dataclass(slots=True)
class _Fields:
    """The values that conditions ask for, the words of lists, the fields that must be absent, and what is left over."""

    values: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    beyond: list[Expression] = field(default_factory=list)


class Drafts:
    """Writes components that the selectors of one policy ask for."""

    def __init__(self, compiled: CompiledPolicy) -> None:
        self._compiled = compiled
        self._view = compiled.view
        self._graph = compiled.view.graph
        self._taken: dict[str, set[str]] = {}

    def draft(self, selector: Selector, wish: str, bound: Environment) -> Draft | None:
        """A component of the first kind of a selector, under a name that is free; `bound` has what else its conditions name."""
        kind = self._view.vocabulary.kinds[selector.alternatives[0].kinds[0]]
        fields = _Fields()
        for condition in first_conditions(selector):
            for part in conjuncts(condition):
                self._read(part, kind, fields, bound)
        name = self._free(kind, wish)
        lines = [f"{kind.section}:", f"  {name}:", *(f"    {line}" for line in self._lines(kind, fields))]
        left = (part for part in fields.beyond if not self._is_met(part, fields))
        beyond = [condition_text(self._view.vocabulary, part, self._known(bound)) for part in left]
        return Draft(name, "\n".join(lines), tuple(beyond))

    def _free(self, kind: KindSpec, wish: str) -> str:
        """The wished name, or with a number the first that no component of the kind has."""
        if not self._taken:
            for component in self._graph.components:
                self._taken.setdefault(component.reference.kind, set()).add(component.reference.name)
        taken = self._taken.get(kind.name, set())
        wish = wish[: LONGEST_NAME - 4].rstrip("-")
        return next(name for name in chain((wish,), (f"{wish}-{number}" for number in count(2))) if name not in taken)

    def _known(self, bound: Environment) -> Known:
        def known(part: Expression) -> str | None:
            if not isinstance(part, Path) or part.start not in bound:
                return None
            value = self._compiled.value(part, {part.start: bound[part.start]})
            text = display_value(self._graph, value, part.type)
            return f"{part.text} ({text})" if value is None else text

        return known

    def _read(self, part: Expression, kind: KindSpec, fields: _Fields, bound: Environment) -> None:
        """Take over what a condition asks for; what a value alone cannot meet is kept for the words below the text."""
        wanted = not isinstance(part, Not)
        inner = part.part if isinstance(part, Not) else part
        if isinstance(inner, Path) and (name := _own(inner)):
            fields.values[name] = "true" if wanted else "false"
        elif isinstance(inner, Given) and (name := _own(inner.part)):
            (fields.given if wanted else fields.absent).add(name)
        elif isinstance(inner, Compare) and (name := _own(inner.left)) and isinstance(inner.right, Literal_) and wanted:
            self._compare(inner, name, kind, fields)
        elif isinstance(inner, Member) and (name := _own(inner.right)) and isinstance(inner.left, Literal_) and wanted:
            fields.words.setdefault(name, []).append(self._text(inner.left, {}))
        elif isinstance(inner, Subset) and (name := _own(inner.right)) and wanted:
            self._subset(inner, name, fields, bound)
        elif isinstance(inner, Aggregate) and inner.items is not None and (name := _own(inner.items)):
            fields.given.add(name)
        else:
            if isinstance(inner, Quantified) and (name := _own(inner.items)):
                fields.given.add(name)
            fields.beyond.append(part)

    def _is_met(self, part: Expression, fields: _Fields) -> bool:
        """Whether one of several ways is met by what is filled in."""
        ways = part.parts if isinstance(part, Either) else ()
        equal = [way for way in ways if isinstance(way, Compare) and way.operator == "==" and isinstance(way.right, Literal_)]
        return any(fields.values.get(_own(way.left)) == self._text(way.right, {}) for way in equal)

    def _compare(self, part: Compare, name: str, kind: KindSpec, fields: _Fields) -> None:
        if isinstance(part.left, Aggregate):
            fields.given.add(name)
            fields.beyond.append(part)
            return
        value, spec = self._text(part.right, {}), kind.fields.get(name)
        if part.operator in {"==", ">=", "<="}:
            fields.values[name] = value
        elif part.operator == "!=" and spec is not None and spec.choice is not None:
            fields.values[name] = next(word for word in spec.choice.words if word != value)
        else:
            fields.beyond.append(part)

    def _subset(self, part: Subset, name: str, fields: _Fields, bound: Environment) -> None:
        """All of a list are in a field: those of the bound component, where they are known."""
        start = part.left.start if isinstance(part.left, Path) else ""
        environment = {start: bound[start]} if start in bound else {}
        value = self._compiled.value(part.left, environment) if environment or isinstance(part.left, ListLiteral) else None
        if isinstance(value, tuple | list):
            fields.words.setdefault(name, []).extend(str(word) for word in value)
        else:
            fields.beyond.append(part)

    def _text(self, part: Expression, environment: Environment) -> str:
        return display_value(self._graph, self._compiled.value(part, environment), part.type)

    def _lines(self, kind: KindSpec, fields: _Fields) -> list[str]:
        """A line for each field that is asked for or whose absence would be unknown, and for each link."""
        asked: Mapping[str, str] = fields.values | {
            name: f"[{', '.join(dict.fromkeys(words))}]" for name, words in fields.words.items()
        }
        lines = []
        for name, spec in kind.declared.items():
            # A field that replaces another is left to those who need it.
            usual = spec.absent == "unknown" and spec.type not in _SILENT and not spec.instead_of
            if name in asked:
                lines.append(f"{name}: {asked[name]}")
            elif name not in fields.absent and (name in fields.given or usual):
                lines.append(f"{name}: {mark(spec)}")
        lines += [f"{name}: [{link.to[0].upper()}]" for name, link in kind.links.items()]
        return sorted(lines, key=lambda line: not line.startswith("owner:"))


def _own(part: Expression | None) -> str:
    """The field of the component itself that an expression is; empty if it is something else."""
    if isinstance(part, Aggregate) and part.items is not None and part.part is None:
        part = part.items
    return part.steps[0].name if isinstance(part, Path) and part.start == "it" and len(part.steps) == 1 else ""


def mark(spec: FieldSpec) -> str:
    """What is written for a value that a person has to decide."""
    if spec.choice:
        value = " | ".join(spec.choice.words)
    elif spec.type == "reference":
        value = spec.to[0].upper()
    elif spec.record is not None:
        needed = spec.record.declared
        value = "{" + ", ".join(f"{name}: {mark(inner)}" for name, inner in needed.items()) + "}"
    else:
        value = {"yes_no": "true | false", "date": "YYYY-MM-DD", "integer": "NUMBER", "number": "NUMBER"}.get(
            spec.type, spec.name.upper()
        )
    return f"[{value}]" if spec.many else value
