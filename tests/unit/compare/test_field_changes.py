"""Every field and link of the vocabulary that changes is listed, and weakens in the direction that the vocabulary says."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from tests.support.worlds import graph_of, vocabulary

from shipcheck import assets
from shipcheck.compare.field_changes import FieldChange, field_changes
from shipcheck.compare.rules import ROUNDS
from shipcheck.compare.weaker import Declared
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import pairs
from shipcheck.vocabulary.vocabulary import FieldSpec, LinkSpec

TEAMS: dict[str, dict[str, Any]] = {"owners": {}, "others": {}}


class Sample(NamedTuple):
    """A field or link of a kind, with its values from the strongest to the weakest."""

    kind: str
    name: str
    strong: Any
    weak: Any
    weaker: str


def samples() -> Iterator[Sample]:
    for kind in vocabulary().kinds.values():
        for field in kind.declared.values():
            if field.record is None and field.name != "was":
                low, high = values(field)
                strong, weak = (low, high) if field.weaker in {"higher", "more"} else (high, low)
                yield Sample(kind.name, field.name, strong, weak, field.weaker)
        for link in kind.links.values():
            yield Sample(kind.name, link.name, *link_values(link), link.weaker)


def values(field: FieldSpec) -> tuple[Any, Any]:
    """A lower and a higher value of a field; of a list, one with fewer elements and one with more."""
    if field.choice is not None:
        first, last = field.choice.words[0], field.choice.words[-1]
        return ([first], [first, last]) if field.many else (first, last)
    simple: dict[str, tuple[Any, Any]] = {
        "text": ("a", "b"),
        "yes_no": ("false", "true"),
        "date": ("2026-01-01", "2026-12-31"),
        "integer": (2, 3),
        "number": (2, 3),
        "map": ({"a": "b"}, {"a": "c"}),
        "reference": ("system:owners", "system:others") if field.to == ("system",) else ("owners", "others"),
    }
    low, high = simple[field.type]
    return ([low], [low, high]) if field.many else (low, high)


def link_values(link: LinkSpec) -> tuple[Any, Any]:
    return ("one", "two") if link.single else (["one", "two"], ["two"])


def manifest(sample: Sample, value: Any) -> str:
    sections: dict[str, dict[str, Any]] = {"teams": dict(TEAMS), "systems": dict(TEAMS)}
    kind = vocabulary().kinds[sample.kind]
    link = kind.links.get(sample.name)
    for target in link.to[:1] if link else ():
        sections.setdefault(vocabulary().kinds[target].section, {}).update({"one": {}, "two": {}})
    sections.setdefault(kind.section, {})["subject"] = {} if value is None else {sample.name: value}
    return f"shipcheck: 1\n{''.join(f'{section}: {flow(body)}{chr(10)}' for section, body in sections.items())}"


def flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {flow(inner)}' for name, inner in value.items())}}}"
    return f"[{', '.join(map(flow, value))}]" if isinstance(value, list) else str(value)


def changed(sample: Sample, before: Any, after: Any) -> list[FieldChange]:
    changes = compared(graph_of(manifest(sample, before)), graph_of(manifest(sample, after)))
    return [change for change in changes if change.reference.name == "subject" and change.field == sample.name]


def compared(base: Graph, head: Graph) -> tuple[FieldChange, ...]:
    """Every changed field; all code is still there."""
    found = pairs(base, head)
    return field_changes(Declared(base, head, found, vocabulary()), found, lambda _: True)


SAMPLES = list(samples())


def named(sample: Sample) -> str:
    return f"{sample.kind}.{sample.name}"


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_each_change_is_listed_and_weakens_only_in_its_direction(sample: Sample) -> None:
    [weaker] = changed(sample, sample.strong, sample.weak)
    [stronger] = changed(sample, sample.weak, sample.strong)
    judged_here = sample.weaker not in {"none", "people"} and not alone(sample)
    assert weaker.weakens is (judged_here and not leads_to_what_is_still_reached(sample))
    # A link to a single component is lost whichever way it changes, and of some fields any change weakens.
    assert stronger.weakens is (sample.name in {"portfolio", "system"} or sample.weaker == "other")
    assert {weaker.direction, stronger.direction} <= {"weaker", "stricter", ""}
    if judged_here and sample.name in vocabulary().kinds[sample.kind].fields and sample.weaker != "other":
        assert (weaker.direction, stronger.direction) == ("weaker", "stricter")
    assert changed(sample, sample.strong, sample.strong) == []


def alone(sample: Sample) -> bool:
    """Whether only a policy judges the field."""
    spec = vocabulary().kinds[sample.kind].fields.get(sample.name)
    return spec is not None and spec.alone


def leads_to_what_is_still_reached(sample: Sample) -> bool:
    """Whether a link leads to what has a stage: no use case reaches it here, so the worst is assumed before and after."""
    link = vocabulary().kinds[sample.kind].links.get(sample.name)
    return link is not None and link.to[0] in {"agent", "action", "tool_server"}


REACHED = """shipcheck: 1
use_cases: {launch: {stage: production, uses: [desk, clerk]}}
agents:
  desk: {delegates_to: [clerk], connects_to: [shelf], calls: [pay]}
  clerk: {calls: [pay]}
tool_servers: {shelf: {offers: [pay]}}
actions: {pay: {sensitivity: high, starts: [robot]}, look: {sensitivity: low}}
"""


@pytest.mark.parametrize(
    ("old", "new", "weakened"),
    [
        ("uses: [desk, clerk]", "uses: [clerk]", {"use_case:launch uses"}),
        ("uses: [desk, clerk]", "uses: [desk]", set()),
        ("connects_to: [shelf], ", "", {"agent:desk connects_to"}),
        ("connects_to: [shelf], calls: [pay]", "calls: []", {"agent:desk connects_to"}),
        ("clerk: {calls: [pay]}", "clerk: {}", set()),
        ("uses: [desk, clerk]", "uses: []", {"use_case:launch uses"}),
    ],
)
def test_a_link_to_what_production_no_longer_reaches_is_weaker(old: str, new: str, weakened: set[str]) -> None:
    text = REACHED.replace("starts: [robot]", "starts: []")
    base, head = graph_of(text), graph_of(text.replace(old, new))
    changes = compared(base, head)
    assert {f"{change.reference} {change.field}" for change in changes if change.weakens} == weakened


DATA = """shipcheck: 1
agents: {{desk: {{reads: [{reads}], connects_to: [{servers}]}}}}
datasets: {{{datasets}}}
tool_servers: {{{shelves}}}
"""


@pytest.mark.parametrize(
    ("values", "weakens"),
    [
        ("classification: secret", True),
        ("", True),
        ("classification: internal, personal_data: true", True),
        ("classification: public, untrusted: true", True),
        ("classification: internal", True),
        ("classification: internal, personal_data: false", False),
    ],
)
def test_data_that_leaves_the_manifests_is_weaker_if_it_is_private_or_untrusted(values: str, weakens: bool) -> None:  # noqa: FBT001 - a case
    base = graph_of(DATA.format(reads="files", servers="", datasets=f"files: {{{values}}}", shelves=""))
    head = graph_of(DATA.format(reads="", servers="", datasets="", shelves=""))
    changes = compared(base, head)
    assert [change.field for change in changes if change.weakens] == ["reads"] * weakens


@pytest.mark.parametrize(("values", "weakens"), [("", True), ("untrusted: true", True), ("untrusted: false", False)])
def test_a_server_that_leaves_the_manifests_is_weaker_unless_it_is_trusted(values: str, weakens: bool) -> None:  # noqa: FBT001 - a case
    base = graph_of(DATA.format(reads="", servers="shelf", datasets="", shelves=f"shelf: {{{values}}}"))
    head = graph_of(DATA.format(reads="", servers="", datasets="", shelves=""))
    changes = compared(base, head)
    assert [change.field for change in changes if change.weakens] == ["connects_to"] * weakens


GUARDED = """shipcheck: 1
agents: {desk: {calls: [pay]}}
actions: {pay: {sensitivity: high, guarded_by: [supervisor]}}
gates: {supervisor: {}, other: {}}
"""


@pytest.mark.parametrize(
    ("old", "new", "weakened"),
    [
        (", guarded_by: [supervisor]", "", True),
        ("guarded_by: [supervisor]", "guarded_by: [other]", True),
        ("guarded_by: [supervisor]", "guarded_by: [other, supervisor]", False),
        ("supervisor", "manager", True),
        ("gates: {supervisor: {}", "gates: {manager: {was: supervisor}", False),
    ],
)
def test_a_gate_that_no_longer_guards_is_weaker(old: str, new: str, weakened: bool) -> None:  # noqa: FBT001 - a case
    text = GUARDED.replace(old, new)
    if "manager" in new:
        text = text.replace("[supervisor]", "[manager]")
    base, head = graph_of(GUARDED), graph_of(text)
    changes = compared(base, head)
    assert any(change.weakens for change in changes) is weakened


def test_a_gate_that_moves_to_every_hop_still_guards() -> None:
    moved = GUARDED.replace(", guarded_by: [supervisor]", "").replace("calls: [pay]", "calls: [{to: pay, through: [supervisor]}]")
    for before, after in ((GUARDED, moved), (moved, GUARDED)):
        base, head = graph_of(before), graph_of(after)
        changes = compared(base, head)
        assert [change for change in changes if change.weakens] == []


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_what_is_no_longer_declared_is_weaker(sample: Sample) -> None:
    spec = vocabulary().kinds[sample.kind].fields.get(sample.name)
    if spec is None or spec.absent != "unknown":
        return
    [gone] = changed(sample, sample.strong, None)
    assert gone.weakens is (sample.weaker != "none" and not spec.alone)
    assert gone.after == "not declared"


def test_each_policy_that_judges_a_field_exists_and_reads_the_base() -> None:
    kinds = vocabulary().kinds.values()
    judging = {spec.by for kind in kinds for spec in kind.fields.values()} - {""}
    text = (assets.policies() / "core" / "changes.yaml").read_text("utf-8")
    assert [policy for policy in sorted(judging - ROUNDS.keys()) if f"id: {policy}\n" not in text] == []
