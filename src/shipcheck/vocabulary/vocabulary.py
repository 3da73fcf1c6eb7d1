"""The vocabulary as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from shipcheck.english import Synonyms
from shipcheck.model.rounds import RoundSpec
from shipcheck.model.scalars import Plain

GIVEN, EMPTY, UNDECLARED = "given", "empty", "undeclared"
DECLARED = "declared"
"""The name under which expressions read what is written for a field that has a floor."""
DIRECTIONS = frozenset({"lower", "higher", "fewer", "more", "other", "people", "none"})
"""How a change of a field can weaken what is governed."""

FieldType = Literal["text", "number", "integer", "yes_no", "date", "choice", "reference", "record", "map"]


LABELS = "labels"
"""The record of free-form labels: each is a text."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A list of words. Ordered ones run from lowest to highest; `meanings` has a sentence for each word."""

    name: str
    words: tuple[str, ...]
    ordered: bool
    meanings: dict[str, str]
    synonyms: Synonyms


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """A group of fields that belong together."""

    name: str
    description: str
    fields: dict[str, "FieldSpec"]
    required: tuple[str, ...]
    synonyms: Synonyms

    @property
    def declared(self) -> dict[str, "FieldSpec"]:
        """The fields that a manifest may write."""
        return _declared(self.fields)

    @property
    def collected(self) -> dict[str, "FieldSpec"]:
        """The facts, which manifests cannot declare."""
        return _collected(self.fields)


@dataclass(frozen=True, slots=True)
class Test:
    """Whether a field, link or derived value of a component has one of some values.

    `among` can hold GIVEN, EMPTY and UNDECLARED next to values. With `parts`, the name is a link or its inverse, and one of its
    targets has to pass them all.
    """

    name: str
    among: tuple[Plain, ...]
    parts: tuple["Test", ...]


@dataclass(frozen=True, slots=True)
class FloorRule:
    """One rule of a floor: its value where all tests hold, which `says` puts in words after "because it".

    What is not declared passes the tests in `when`, and not those in `certain`.
    """

    at_least: str
    when: tuple[Test, ...]
    certain: tuple[Test, ...]
    says: str


@dataclass(frozen=True, slots=True)
class FloorSpec:
    """The least value of a field of one kind, regardless of what is declared: the greatest of the rules that hold.

    Without a rule that holds, it is the lowest word.
    A component that does not declare the field has the least value, if `fills` is true.
    """

    kind: str
    field: str
    description: str
    choice: Choice
    rules: tuple[FloorRule, ...]
    fills: bool

    @property
    def name(self) -> str:
        """Kind and field."""
        return f"{self.kind}.{self.field}"


@dataclass(frozen=True, slots=True)
class Arising:
    """What a component of a kind gives a flow where all tests hold: the value of `field`, or `gives`, None for an unknown one."""

    kind: str
    when: tuple[Test, ...]
    gives: Plain
    field: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. `absent` is what a missing one means: unknown, none, its floor, or (in `default`) a value.

    With `unknown_if`, a true/false field of the same component, `default` holds only where that one is declared false.

    `says` is its name in plain English: a noun, or for a boolean field the phrase for true. `weaker` says which change of it
    weakens what is governed: lower, higher, fewer, more, other, people or none. `by` is the id of the policy of core that
    judges it first, or `alone`; empty where none does.

    No change weakens while the fields in `unless` have one of these values before and after. With a value in `harmless` the
    component needs no control, as far as this field goes. `riskier`, a direction too, says which change means more harm; empty if
    none does.

    `usual` says that what is not declared counts as what is usual, so that no finding asks for it. `path` marks a text that is a
    path from the root of the repository. A `collected` field is a fact: found in the code before policies are judged, never
    declared; `fails` and `unsure` are the texts, with the values of the other fields of the record or component, for false and
    for unknown. `instead_of` is the field that this one replaces where what that one names is kept in another system. With
    `rounds`, the record may also be a list of records, one for each round. `key` is the field by which the records of a list are
    matched with those of the base, empty for every other field. `pack` is the pack whose fields the record has, empty for every
    other field.
    """

    name: str
    type: FieldType
    weaker: str
    by: str
    alone: bool
    unless: dict[str, tuple[Plain, ...]]
    harmless: tuple[Plain, ...]
    riskier: str
    many: bool
    says: str
    description: str
    absent: Literal["unknown", "none", "floor", "default"]
    default: Plain
    unknown_if: str
    choice: Choice | None
    record: RecordSpec | None
    rounds: RoundSpec | None
    key: str
    to: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    path: bool
    instead_of: str
    usual: bool
    collected: bool
    fails: str
    unsure: str
    pack: str = ""


def declared_record(kind: str) -> str:
    """The name of the record with what is written for the fields of a kind that have a floor."""
    return f"{DECLARED} {kind}"


def _declared(fields: dict[str, FieldSpec]) -> dict[str, FieldSpec]:
    return {name: spec for name, spec in fields.items() if not spec.collected}


def _collected(fields: dict[str, FieldSpec]) -> dict[str, FieldSpec]:
    return {name: spec for name, spec in fields.items() if spec.collected}


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """One typed link from components of one kind to components of others, and its inverse name.

    `says` is its verb in plain English; `weaker` is as for a field. If `hops` is true, the inverse also holds the targets of hops
    that name the component.
    """

    name: str
    inverse: str
    says: str
    weaker: str
    hops: bool
    to: tuple[str, ...]
    single: bool
    through: bool
    absent: Literal["empty", "unknown"]
    description: str


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of component.

    `gone` says what weakens what is governed: finding (a component that is gone, and a lost link to one), links (a lost link
    alone), or none.
    """

    name: str
    section: str
    description: str
    gone: str
    fields: dict[str, FieldSpec]
    links: dict[str, LinkSpec]
    synonyms: Synonyms

    @property
    def declared(self) -> dict[str, FieldSpec]:
        """The fields that a manifest may write."""
        return _declared(self.fields)

    @property
    def collected(self) -> dict[str, FieldSpec]:
        """The facts, which manifests cannot declare."""
        return _collected(self.fields)

    @property
    def is_control(self) -> bool:
        """Whether components of this kind control others, and so have people who decide."""
        return any(spec.weaker == "people" for spec in self.fields.values())

    def is_harmless(self, values: Mapping[str, object]) -> bool:
        """Whether a component with these values needs no control; what is not declared is not harmless."""
        telling = [spec for spec in self.fields.values() if spec.harmless]
        return bool(telling) and all(values.get(spec.name) in spec.harmless for spec in telling)


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """A value derived along links: seeds on some kinds, carried step by step, kept on the kinds in `onto`.

    A seed is the value of a field, by kind in `seeds`, or one of `arising`.

    `combine` is greatest (of ordered words), any (true wins) or collect (the components of one kind that are reached).
    `unknown` says whether an unknown seed wins over a known one that is not the greatest possible, or yields to it. `says` is the
    noun for the value, as for a field. `counts_as` gives the word as which another flows on. A value that is `weaker` (lower or
    fewer), on one of the kinds in `judged`, weakens what is governed. `severe` is the value with which a weakening is an error;
    one flow has it.
    """

    name: str
    says: str
    description: str
    weaker: str
    judged: tuple[str, ...]
    severe: str
    combine: Literal["greatest", "any", "collect"]
    unknown: Literal["wins", "yields"]
    choice: Choice | None
    start: Plain
    seeds: dict[str, str]
    arising: tuple[Arising, ...]
    counts_as: dict[str, str]
    collects: str | None
    steps: tuple[tuple[str, ...], ...]
    onto: tuple[str, ...]
    unseeded: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that a manifest can declare.

    `derivations` are the flows and floors, each after those that it reads. `backward` maps an inverse name to the links that it
    inverts, `inverses` a link name to its inverse: a link has the same inverse on every kind. `synonyms` are those of sections.
    `own` names the fields that no default of a file gives, as they are of one component alone. `packs` are the packs whose fields
    it has, `unused` others that are known, each under the key that their fields have in manifests.
    """

    version: int
    choices: dict[str, Choice]
    records: dict[str, RecordSpec]
    kinds: dict[str, KindSpec]
    flows: dict[str, FlowSpec]
    floors: dict[str, FloorSpec]
    derivations: tuple[FlowSpec | FloorSpec, ...]
    sections: dict[str, KindSpec]
    backward: dict[str, tuple[str, ...]]
    synonyms: Synonyms
    own: frozenset[str]
    inverses: dict[str, str]
    packs: Mapping[str, str] = field(default_factory=dict)
    unused: Mapping[str, str] = field(default_factory=dict)

    @property
    def decisive(self) -> FlowSpec:
        """The flow that decides how severe a weakening is."""
        return next(flow for flow in self.flows.values() if flow.severe)

    @property
    def written_records(self) -> dict[str, RecordSpec]:
        """The records that a manifest may write."""
        read = {declared_record(kind) for kind in self.kinds}
        return {name: record for name, record in self.records.items() if name not in read}

    def derived(self, kind: str, name: str) -> FlowSpec | None:
        """The flow that gives components of a kind a value of this name; None where none does."""
        flow = self.flows.get(name)
        return flow if flow is not None and kind in flow.onto else None

    def floor(self, kind: str, field: str) -> FloorSpec | None:
        """The floor of a field; None where it has none."""
        return self.floors.get(f"{kind}.{field}")

    @property
    def facts(self) -> frozenset[str]:
        """The names of all facts."""
        of_kinds = {name for kind in self.kinds.values() for name in kind.collected}
        return frozenset(of_kinds | {name for record in self.records.values() for name in record.collected})

    def field_of(self, record: str, name: str) -> FieldSpec:
        """A field of a record; among labels, each name is one.

        Raises:
            KeyError: the record has no field of that name.
        """
        if record != LABELS:
            return self.records[record].fields[name]
        labels = next(spec for kind in self.kinds.values() for spec in kind.fields.values() if spec.type == "map")
        return replace(labels, name=name, type="text", says=f"label {name}")

    def targets(self, kind: str, name: str) -> tuple[str, ...]:
        """The kinds that link or inverse `name` leads to from `kind`; empty if that kind has no such link."""
        link = self.kinds[kind].links.get(name)
        if link:
            return link.to
        sources = [
            source.name
            for source in self.kinds.values()
            for link_name in self.backward.get(name, ())
            if link_name in source.links and source.links[link_name].inverse == name and kind in source.links[link_name].to
        ]
        if sources and self.holds_hops(name):
            sources += [target for link in self._through_links() for target in link.to]
        return tuple(sorted(set(sources)))

    def holds_hops(self, inverse: str) -> bool:
        """Whether an inverse also holds the targets of hops that name the component in `through`."""
        return any(link.hops for kind in self.kinds.values() for link in kind.links.values() if link.inverse == inverse)

    def _through_links(self) -> list[LinkSpec]:
        return [link for kind in self.kinds.values() for link in kind.links.values() if link.through]

    def says(self, kind: str, name: str) -> str:
        """The verb for a link of that kind in plain English."""
        return self.kinds[kind].links[name].says

    def link_names(self) -> tuple[str, ...]:
        """Every link name, forwards, in alphabetical order."""
        return tuple(sorted({name for kind in self.kinds.values() for name in kind.links}))
