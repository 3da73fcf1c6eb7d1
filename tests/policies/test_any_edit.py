"""Whatever a pull request edits is told, a weakening is found, and no other name, namespace or file hides a finding.

The edits are drawn from schemas/vocabulary.yaml, so that no field escapes. What must be told and found is computed here from
plain data alone, without the code that compares. Each example is several pull requests, in copies of one world with names of
their own.
"""

import copy
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.edits import Tree, World, code_of, copied, flow, numbered
from tests.support.pull_requests import judged

from shipcheck import assets
from shipcheck.model.report import Report

VOCABULARY: dict[str, Any] = yaml.safe_load((assets.schemas() / "vocabulary.yaml").read_text("utf-8"))
KINDS: dict[str, Any] = VOCABULARY["kinds"]
SECTIONS = {spec["section"]: kind for kind, spec in KINDS.items()}
CODE: Tree = {"src/one.py": "def one():\n    return 1\n", "src/two.py": "class Two:\n    def ask(self):\n        return 2\n"}
TESTED = [{"result": 1, "threshold": 1, "by": "board"}, {"what": "one text", "result": 2, "date": date(2026, 5, 2)}]
NAMED = [{"file": "src/one.py", "symbol": "one"}, {"file": "src/two.py", "symbol": "Two.ask"}, {"file": "src/two.py"}]
WORLD: World = yaml.safe_load("""
shipcheck: 1
portfolios: {money: {owner: board, purpose: Money.}}
use_cases:
  refunds:
    owner: ai
    stage: production
    portfolio: money
    scorecard:
      value: {score: 4}
      data_readiness: {score: 3}
      integration_cost: {score: 2}
      scored_by: board
      scored_on: 2026-05-01
    decision: {result: selected, round: q2, date: 2026-06-01, by: board, reason: It pays.}
    outcome: {metric: days, baseline: 9, target: 3, measured_by: board}
    review_due: 2027-06-01
    uses: [desk]
    touches: [bank]
agents:
  desk:
    owner: ai
    autonomy: acts
    untrusted_input: true
    calls: [pay]
    delegates_to: [clerk]
    connects_to: [shelf]
    runs_on: [small]
    reads: [files]
    prompted_by: [manners]
    audited_by: [ledger]
    escalates_to: [board]
    implemented_by: [{file: src/one.py, symbol: one}]
  clerk: {owner: ai, entry: false, untrusted_input: false, calls: [pay], audited_by: [ledger]}
actions:
  pay:
    owner: risk
    sensitivity: high
    effects: [payments]
    reversible: false
    writes_to: [bank]
    guarded_by: [boss]
    audited_by: [ledger]
  look: {owner: risk, sensitivity: low, effects: [], reversible: true, reads_from: [bank]}
tool_servers:
  shelf: {owner: ai, transport: http, url: "https://a.example", pinned: true, tools: listed, untrusted: true, offers: [look]}
gates:
  boss:
    owner: risk
    decided_by: human
    timing: before
    decisions: [approve, reject]
    approvers: [risk]
    approvals: 2
    covers: [payments]
    on_timeout: deny
    verifies_approver: true
    audited_by: [ledger]
    implemented_by: [{file: src/two.py, symbol: Two.ask}]
audit_sinks:
  ledger:
    owner: board
    purpose: audit
    retention_days: 400
    tamper_evident: true
    records: [decision, time]
    on_failure: stop
    personal_data: true
models: {small: {owner: ai, provider: acme, version: "1", pinned: true, hosting: vendor, chosen_by: config}}
datasets: {files: {owner: risk, classification: confidential, personal_data: true, untrusted: true, hosted_in: [bank]}}
prompts: {manners: {owner: ai, source: store, version: "2"}}
systems: {bank: {owner: risk, external: true, untrusted: true, criticality: high}, shop: {owner: ai, external: false}}
integrations: {into-bank: {owner: risk, use_cases: [refunds], system: bank, status: in_progress, due: 2027-02-01, rollback: Off.}}
incidents: {paid-twice: {owner: risk, date: 2026-04-02, missing_control: None., hit: [desk], closed_by: [boss]}}
teams:
  ai: {contact: "#ai", members: [ana]}
  risk: {contact: "#risk", members: [ben, cem]}
  board: {contact: "#board", members: [dia, eva], type: staff, active: true}
""")
TOGETHER = 25
Path = tuple[str, ...]
Value = Any


class Field(NamedTuple):
    """A field or link that a manifest may write: its kind, its path there, and what the vocabulary says of it."""

    kind: str
    path: Path
    spec: dict[str, Any]
    is_link: bool = False


class Head(NamedTuple):
    """What a pull request does: edits, a component deleted, one split in two, and then other names, namespace and files."""

    world: World
    deleted: tuple[str, str] | None
    split: tuple[str, str] | None
    names: dict[tuple[str, str], str]
    namespace: str
    files: tuple[int, ...]

    def __repr__(self) -> str:
        """What differs from the base, since the whole world is too long to read."""
        edits = [f"{one.name}.{'.'.join(one.field.path)}: {one.before} -> {one.after}" for one in differences(self)]
        return f"Head({edits}, {self.deleted}, {self.split}, {self.names}, {self.namespace!r}, {self.files})"


def fields_of(kind: str) -> Iterator[Field]:
    common = {name: spec for name, spec in VOCABULARY["common"].items() if kind not in spec.get("except", ()) and name != "was"}
    for name, spec in {**common, **KINDS[kind].get("fields", {})}.items():
        if not spec.get("collected"):
            yield from flattened(kind, (name,), spec)
    for name, spec in KINDS[kind].get("links", {}).items():
        yield Field(kind, (name,), spec, is_link=True)


def flattened(kind: str, path: Path, spec: dict[str, Any]) -> Iterator[Field]:
    if spec["type"] != "record" or spec.get("list"):
        yield Field(kind, path, spec)
        return
    for name, inner in VOCABULARY["records"][spec["record"]]["fields"].items():
        if not inner.get("collected"):
            yield from flattened(kind, (*path, name), inner)


FIELDS = [field for kind in KINDS for field in fields_of(kind)]


def values_of(field: Field) -> st.SearchStrategy[Value]:
    """A value that the field may have, or None to delete it."""
    spec = field.spec
    if field.is_link:
        targets = [name for kind in spec["to"] for name in WORLD[KINDS[kind]["section"]]]
        one: st.SearchStrategy[Value] = st.sampled_from(targets)
        return st.none() | one if spec.get("single") else st.none() | st.lists(one, max_size=2, unique=True)
    return st.none() | (st.lists(single(spec), max_size=3, unique_by=str) if spec.get("list") else single(spec))


def single(spec: dict[str, Any]) -> st.SearchStrategy[Value]:
    strategies: dict[str, st.SearchStrategy[Value]] = {
        "text": st.sampled_from(["one text", "another text"]),
        "integer": st.integers(spec.get("minimum", 1), min(spec.get("maximum", 9), 500)),
        "number": st.integers(1, 9),
        "yes_no": st.booleans(),
        "date": st.dates(min_value=DAYS[0], max_value=DAYS[1]),
        "reference": st.sampled_from(
            [name for kind in spec.get("to", ()) for name in sorted(WORLD[KINDS[kind]["section"]])] or ["-"]
        ),
        "map": st.sampled_from([{"a": "b"}, {"a": "c"}]),
        "record": st.sampled_from(TESTED if spec.get("record") == "evaluation" else NAMED),
    }
    if spec["type"] == "choice":
        return st.sampled_from(list(VOCABULARY["choices"][spec["words"]]["words"]))
    return strategies[spec["type"]]


DAYS = (WORLD["use_cases"]["refunds"]["decision"]["date"].replace(month=1), WORLD["use_cases"]["refunds"]["review_due"])
COMPONENTS = [(section, name) for section in SECTIONS for name in WORLD[section]]


@st.composite
def heads(draw: st.DrawFn) -> Head:
    world = copy.deepcopy(WORLD)
    for field in draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3)):
        section = KINDS[field.kind]["section"]
        body = world[section][draw(st.sampled_from(sorted(WORLD[section])))]
        assign(body, field.path, draw(values_of(field)))
        complete(field.kind, field.path, body)
    deleted = draw(st.none() | st.none() | st.sampled_from([one for one in COMPONENTS if one[0] != "teams"]))
    split = draw(st.none() | st.none() | st.sampled_from([one for one in COMPONENTS if one != deleted and one[0] != "teams"]))
    if split is not None:
        section, name = split
        world[section][f"{name}-too"] = {**copy.deepcopy(world[section][name]), "was": name}
    if deleted is not None:
        world = without(world, *deleted)
    chosen = draw(st.lists(st.sampled_from([one for one in COMPONENTS if one != deleted]), max_size=2, unique=True))
    names = {one: f"{one[1]}-new" for one in chosen}
    return Head(
        world,
        deleted,
        split,
        names,
        draw(st.sampled_from(["", "", "v2"])),
        tuple(draw(st.lists(st.integers(0, 2), min_size=3, max_size=3))),
    )


def assign(body: dict[str, Value], path: Path, value: Value) -> None:
    *above, last = path
    for step in above:
        body = body.setdefault(step, {})
    if value is None:
        body.pop(last, None)
    else:
        body[last] = value


def complete(kind: str, path: Path, body: dict[str, Value]) -> None:
    """Give a record what it must have, or take it away where it has nothing."""
    spec = {**VOCABULARY["common"], **KINDS[kind].get("fields", {})}.get(path[0], {})
    inner = VOCABULARY["records"].get(spec.get("record"), {})
    if len(path) < 2 or not body.get(path[0]):
        body.pop(path[0], None) if len(path) > 1 else None
        return
    for name in inner.get("required", ()):
        to = inner["fields"][name].get("to", ())
        body[path[0]].setdefault(name, next((one for one in WORLD[KINDS[to[0]]["section"]]), None) if to else "one text")


def without(world: World, section: str, name: str) -> World:
    """The world without a component and all that names it."""
    del world[section][name]
    kind = SECTIONS[section]
    for field in FIELDS:
        if kind in field.spec.get("to", ()):
            for body in world[KINDS[field.kind]["section"]].values():
                forget(field, body, name)
    return world


def forget(field: Field, body: dict[str, Value], name: str) -> None:
    """Take a name out of a field, with the record that it is all of."""
    *above, last = field.path
    for step in above:
        body = body.get(step, {})
    value = body.get(last)
    if isinstance(value, list) and name in value:
        value.remove(name)
    elif value == name:
        del body[last]


def moved(head: Head) -> World:
    """The world under other names, with `was` where a component has another one."""
    world: World = {"shipcheck": 1}
    for section, bodies in head.world.items():
        if section not in SECTIONS:
            continue
        world[section] = {}
        for name, body in bodies.items():
            made = {key: renamed(SECTIONS[section], key, value, head.names) for key, value in body.items()}
            new = head.names.get((section, name), name)
            world[section][new] = {**made, "was": name} if new != name else made
    return world


def renamed(kind: str, key: str, value: Value, names: dict[tuple[str, str], str]) -> Value:
    spec = KINDS[kind].get("links", {}).get(key) or {**VOCABULARY["common"], **KINDS[kind].get("fields", {})}.get(key, {})
    return within(spec, value, names)


def within(spec: dict[str, Any], value: Value, names: dict[tuple[str, str], str]) -> Value:
    if isinstance(value, list):
        return [within(spec, item, names) for item in value]
    if spec.get("type") == "record":
        inner = VOCABULARY["records"][spec["record"]]["fields"]
        return {key: within(inner[key], item, names) for key, item in value.items()}
    for kind in spec.get("to", ()):
        value = names.get((KINDS[kind]["section"], value), value)
    return value


def written(world: World, head: Head, number: int) -> Tree:
    """The files of a copy: its sections spread over up to three files, in its namespace."""
    whole = numbered(world, CODE, number, {**WORLD, **head.world})
    parts: dict[int, dict[str, Any]] = {}
    for place, section in enumerate(SECTIONS):
        if whole.get(section):
            parts.setdefault(head.files[place % len(head.files)], {})[section] = whole[section]
    space = {"namespace": f"{head.namespace}-x{number}"} if head.namespace else {}
    texts = {f"c{number}/{part}.shipcheck.yaml": flow({"shipcheck": 1, **space, **body}) for part, body in parts.items()}
    return {**code_of(CODE, number), **texts}


@cache
def base_of(number: int) -> Tree:
    """The files of a copy of the base."""
    return copied(WORLD, CODE, number, WORLD)


def reference(head: Head, section: str, name: str, number: int, *, is_moved: bool) -> str:
    """What a component of the head is called in its copy."""
    space = f"{head.namespace}-x{number}/" if is_moved and head.namespace else ""
    own = head.names.get((section, name), name) if is_moved else name
    return f"{SECTIONS[section]}:{space}{own}-x{number}"


class Difference(NamedTuple):
    """A field with another value in the head than in the base, on one component."""

    section: str
    name: str
    field: Field
    before: Value
    after: Value


def differences(head: Head) -> Iterator[Difference]:
    for section, name in [(one, name) for one in SECTIONS for name in head.world.get(one, {})]:
        before, after = WORLD[section][name.removesuffix("-too")], head.world[section][name]
        for field in fields_of(SECTIONS[section]):
            old, new = value_at(field, before), value_at(field, after)
            if old != new:
                yield Difference(section, name, field, old, new)


def value_at(field: Field, body: dict[str, Value]) -> Value:
    """What is declared or given by default, without order where it has none."""
    value: Value = body
    for step in field.path:
        value = (value or {}).get(step)
    absent = field.spec.get("absent", "unknown")
    if value is None and isinstance(absent, dict):
        return absent["else"] if body.get(absent["unknown_if"]) is False else None
    if value is None:
        return None if absent in {"unknown", "none", "empty", "floor"} else absent
    is_set = isinstance(value, list) and (field.is_link or field.spec["type"] in {"choice", "reference", "record"})
    if field.spec.get("type") == "record" and value == []:
        return None
    return sorted(value, key=str) if is_set else value


def is_weaker(one: Difference, head: Head) -> bool:
    """Whether the vocabulary says for sure that the change weakens what is governed."""
    spec, before, after = one.field.spec, one.before, one.after
    if spec["weaker"] in {"none", "people"} or one.field.path == ("stage",):
        return False
    if one.field.is_link:
        return is_lost(one, head)
    sides = WORLD[one.section][one.name.removesuffix("-too")], head.world[one.section][one.name]
    if any(all(side.get(name) in words for side in sides) for name, words in spec.get("unless", {}).items()):
        return False
    if before is None or after is None:
        no_limit = spec.get("absent") == "none"
        return (before is None) is no_limit
    if spec["weaker"] in {"fewer", "other"}:
        return spec["weaker"] == "other" or not all(item in after for item in before)
    if one.field.path == ("on_timeout",):
        return bool(after == "allow")
    old, new = (order(spec, value) for value in (before, after))
    return bool(new < old if spec["weaker"] == "lower" else new > old)


def order(spec: dict[str, Any], value: Value) -> Any:
    return list(VOCABULARY["choices"][spec["words"]]["words"]).index(value) if spec["type"] == "choice" else value


def is_lost(one: Difference, head: Head) -> bool:
    """Whether a gate, a sink or a team is no longer linked, though it is still there."""
    gone = set(one.before or ()) - set(one.after or ()) if isinstance(one.before, list) else set()
    sections = [KINDS[kind]["section"] for kind in one.field.spec["to"] if kind in {"gate", "audit_sink", "team"}]
    return any(name in head.world[section] and (section, f"{name}-too") != head.split for section in sections for name in gone)


def is_gone(head: Head) -> bool:
    """Whether what is deleted is missed for sure: it is sensitive or a control, and nothing else names its code."""
    if head.deleted is None:
        return False
    section, name = head.deleted
    body = WORLD[section][name]
    others = [other for other in head.world[section].values() if other.get("implemented_by")]
    controls = KINDS[SECTIONS[section]]["gone"] == "finding" and body.get("sensitivity") not in {"low", "medium"}
    return controls and not others


@cases(500 // TOGETHER)
@given(pulled=st.lists(heads(), min_size=TOGETHER, max_size=TOGETHER))
def test_no_edit_and_no_finding_is_lost(pulled: list[Head]) -> None:
    before, after = {}, {}
    for number, head in enumerate(pulled):
        for copy_number, world in ((2 * number, head.world), (2 * number + 1, moved(head))):
            before.update(base_of(copy_number))
            plain = head._replace(namespace="", files=(0, 0, 0)) if copy_number % 2 == 0 else head
            after.update(written(world, plain, copy_number))
    report = judged(before, after)
    assert report.judged.problems == ()
    told, found = by_copy(report)
    for number, head in enumerate(pulled):
        for copy_number in (2 * number, 2 * number + 1):
            assert missing(head, copy_number, told, found) == []
        assert hidden(head, 2 * number, found) == []


def by_copy(report: Report) -> tuple[set[tuple[str, str]], dict[tuple[str, str, str], int]]:
    """The subjects and fields that are told, and the severity of each finding by policy, subject and target."""
    told = {(change.subject, change.field) for change in report.judged.changes}
    told |= {(change.subject, change.kind) for change in report.judged.changes}
    found = {(one.policy, one.subject, one.target or ""): int(one.severity) for one in report.findings if one.status == "live"}
    return told, found


def missing(head: Head, number: int, told: set[tuple[str, str]], found: dict[tuple[str, str, str], int]) -> list[str]:
    """What is not told, or not found."""
    lost = []
    subjects = {(policy, subject) for policy, subject, _ in found}
    for one in differences(head):
        is_moved = number % 2 == 1
        subject, field = reference(head, one.section, one.name, number, is_moved=is_moved), ".".join(one.field.path)
        if (subject, field) not in told:
            lost.append(f"not told: {subject} {field}: {one.before} -> {one.after}")
        by = one.field.spec.get("by")
        if is_weaker(one, head) and not {("core/change-weakened", f"{subject}[{field}]"), (f"core/{by}", subject)} & subjects:
            lost.append(f"not found: {subject} {field}: {one.before} -> {one.after}")
    if head.deleted is not None:
        section, name = head.deleted
        subject = f"{SECTIONS[section]}:{name}-x{number}"
        if (subject, "component-removed") not in told and not is_named(head, section, name):
            lost.append(f"not told: {subject} is gone")
        if is_gone(head) and ("core/change-gone", subject) not in subjects:
            lost.append(f"not found: {subject} is gone")
    return lost


def is_named(head: Head, section: str, name: str) -> bool:
    """Whether another component names code, and so may be what a deleted one was."""
    return bool(WORLD[section][name].get("implemented_by")) and any(
        body.get("implemented_by") for body in head.world[section].values()
    )


def hidden(head: Head, plain: int, found: dict[tuple[str, str, str], int]) -> list[str]:
    """The findings of the plain copy that the one with other names does not have, or has with a lower severity."""

    def other(text: str) -> str:
        return re.sub(r"([a-z_]+):([a-z0-9-]+)-x(\d+)\b", lambda match: name_of(match[1], match[2]), text)

    def name_of(kind: str, name: str) -> str:
        section = KINDS[kind]["section"]
        if name in head.world.get(section, {}):
            return reference(head, section, name, plain + 1, is_moved=True)
        return f"{kind}:{name}-x{plain + 1}"

    own = {
        key: level for key, level in found.items() if re.search(rf"-x{plain}\b", key[1]) and not key[1].startswith("use_case[")
    }
    return [
        f"hidden: {policy} {subject} -> {target}"
        for (policy, subject, target), level in own.items()
        if found.get((policy, other(subject), other(target)), 0) < level
    ]


def test_every_field_of_every_kind_can_be_edited() -> None:
    assert {field.kind for field in FIELDS} == set(KINDS)
    assert all(WORLD[section] for section in SECTIONS)
    assert {field.spec.get("weaker", "") for field in FIELDS} >= {"lower", "higher", "fewer", "other", "people", "none"}
