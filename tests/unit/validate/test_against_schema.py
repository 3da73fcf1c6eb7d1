"""The validator and jsonschema, which share no code, accept and refuse the same documents.

Documents are drawn from the vocabulary itself, with fields of a pack, then up to three mistakes are made in them. They are
written so that every text is quoted and every number, truth value and date is plain: what YAML could misread is the validator's
alone to judge, and other tests'.
Deliberate differences, which the drawing leaves out: a whole number written as 3.0 is an integer to JSON Schema and not to the
validator; a quoted date is a date to JSON Schema and not to the validator.
"""

import json
from copy import deepcopy
from statistics import mean
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry
from tests.support.cases import cases

from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File
from shipcheck.model.location import whole_file
from shipcheck.model.pack_field import PackField
from shipcheck.pipeline.bundled import load_vocabulary
from shipcheck.read.parse import parse
from shipcheck.report.schema.draft07 import render
from shipcheck.validate.manifest import ManifestValidator
from shipcheck.vocabulary.extended import extended
from shipcheck.vocabulary.vocabulary import FieldSpec, KindSpec, LinkSpec, RecordSpec

NOWHERE = whole_file("pack", "pack.yaml")
FIELDS = (
    PackField("agent", "tier", "choice", "lower", "The tier.", NOWHERE, words=(("one", "First."), ("two", "")), ordered=True),
    PackField("agent", "checked_by", "reference", "other", "Who checked it.", NOWHERE, to=("team", "gate")),
    PackField("agent", "checked_on", "date", "lower", "When.", NOWHERE),
    PackField("agent", "retries", "integer", "lower", "How often.", NOWHERE, minimum=0, maximum=5, absent="default", default=1),
    PackField("gate", "notes", "text", "none", "Notes.", NOWHERE, many=True),
    PackField("gate", "tested", "yes_no", "lower", "Whether it is.", NOWHERE),
)
VOCABULARY = extended(load_vocabulary(), {"acme/m-25-21": FIELDS})
WALKER = ManifestValidator(VOCABULARY)
REGISTRY: Any = Registry()
SCHEMA = Draft7Validator(
    json.loads(render(VOCABULARY)),
    format_checker=FormatChecker(["date"]),
    registry=REGISTRY,
)


DATES = frozenset({"checked_on", "scored_on", "date", "review_due", "due"})
NAMES = st.sampled_from(["a", "front-desk", "x1", "n-o", "noon", "y2", "a" * 63])
TEXTS = st.sampled_from(["some text", "#channel", "a: b", "1.10x", "é", "x\ty"])
PATHS = st.sampled_from(["a", "src/a b.py", ".github/..x", "a/b./c", "src/é"])
BAD_PATHS = ("./a", "/a", "a/", "a\\b", "a/../b", "..", "a/.", "/")
DAYS = st.sampled_from(["2026-01-31", "2024-02-29", "1999-12-01"])
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *BAD_PATHS,
        *(True, 7, -1, 2.5, None, "text", "Bad Name", "no", "a" * 64, " ", "", "team:x", "agent:x", "ns/x", "a//b"),
        *(
            "2026-02-30",
            "2026-1-1",
            [],
            {},
            ["x"],
            ["x", "x"],
            [7],
            {"to": "x"},
            {"to": "x", "through": ["g"]},
            {"through": ["g"]},
        ),
    ]
)


def reference(kinds: tuple[str, ...]) -> st.SearchStrategy[str]:
    prefix = st.sampled_from(["", "", *(f"{kind}:" for kind in kinds)])
    space = st.sampled_from(["", "", "platform/"])
    return st.builds(lambda kind, namespace, name: f"{kind}{namespace}{name}", prefix, space, NAMES)


def field(spec: FieldSpec) -> st.SearchStrategy[Any]:
    one = single(spec)
    return st.lists(one, max_size=3, unique_by=json.dumps) if spec.many else one


def single(spec: FieldSpec) -> st.SearchStrategy[Any]:
    if spec.record:
        return record(spec.record)
    if spec.choice:
        return st.sampled_from(spec.choice.words)
    if spec.type == "reference":
        return reference(spec.to)
    if spec.path:
        return PATHS
    if spec.type == "integer":
        return st.integers(spec.minimum if spec.minimum is not None else 0, spec.maximum if spec.maximum is not None else 9)
    simple: dict[str, st.SearchStrategy[Any]] = {
        "text": TEXTS,
        "yes_no": st.booleans(),
        "date": DAYS,
        "number": st.sampled_from([0, -3, 2.5, 100]),
        "map": st.dictionaries(st.sampled_from(["tier", "a.b/c"]), TEXTS, max_size=2),
    }
    return simple[spec.type]


def record(spec: RecordSpec) -> st.SearchStrategy[dict[str, Any]]:
    required = {name: field(spec.fields[name]) for name in spec.required}
    optional = {name: field(inner) for name, inner in spec.fields.items() if name not in spec.required}
    return st.fixed_dictionaries(required, optional=optional)


def link(spec: LinkSpec) -> st.SearchStrategy[Any]:
    target = reference(spec.to)
    if spec.single:
        return target
    gates = st.lists(reference(("gate",)), max_size=2, unique=True)
    hop = st.fixed_dictionaries({"to": target}, optional={"through": gates} if spec.through else {})
    return st.lists(st.one_of(target, hop), max_size=3)


def component(kind: KindSpec) -> st.SearchStrategy[dict[str, Any]]:
    parts = {name: field(spec) for name, spec in kind.fields.items()} | {name: link(spec) for name, spec in kind.links.items()}
    names = st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: parts[name] for name in chosen}))


def defaults(kind: KindSpec) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: field(spec) for name, spec in kind.declared.items() if name not in VOCABULARY.own}
    names = st.lists(st.sampled_from(sorted(fields)), max_size=2, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: fields[name] for name in chosen}))


DEFAULTS = {kind.section: defaults(kind) for kind in VOCABULARY.kinds.values()}
SECTIONS = {kind.section: st.dictionaries(NAMES, component(kind), max_size=2) for kind in VOCABULARY.kinds.values()}
GOOD = st.one_of(
    st.lists(st.sampled_from(sorted(SECTIONS)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries(
            {"shipcheck": st.just(1), **{name: SECTIONS[name] for name in names}},
            optional={
                "namespace": NAMES,
                "defaults": st.fixed_dictionaries({}, optional={"owner": reference(("team",)), **DEFAULTS}),
            },
        )
    ),
    st.fixed_dictionaries(
        {"shipcheck": st.just(1), "nothing_to_declare": st.fixed_dictionaries({"owner": TEXTS, "date": DAYS, "reason": TEXTS})}
    ),
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every map and list of a document with each of its keys."""
    found: list[tuple[Any, Any]] = []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        found.append((value, key))
        found.extend(places(inner))
    return found


def spoil(document: dict[str, Any], draw: st.DrawFn) -> None:
    """Make one mistake, which may turn out to be none."""
    holder, key = draw(st.sampled_from(places(document)))
    what = draw(st.sampled_from(["replace", "rename", "remove", "add", "double"]))
    if what == "replace":
        holder[key] = deepcopy(draw(ODD))
    elif what == "remove":
        del holder[key]
    elif what == "rename" and isinstance(holder, dict):
        holder[draw(st.sampled_from([f"{key}x", key[:-1] or "q", "owner", "no", "B-ad"]))] = holder.pop(key)
    elif what == "add" and isinstance(holder, dict):
        holder[draw(st.sampled_from(["extra", "title", "through", "agents", "nothing_to_declare"]))] = deepcopy(draw(ODD))
    elif isinstance(holder, list):
        holder.append(holder[key])


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    document: dict[str, Any] = deepcopy(draw(GOOD))
    for _ in range(draw(st.sampled_from([0, 1, 1, 2, 3]))):
        if places(document):
            spoil(document, draw)
    return document


def emit(value: Any, key: str = "") -> str:
    """Flow YAML: dates are plain where a date belongs, all other text is quoted."""
    if isinstance(value, str) and key in DATES and value[:4].isdigit():
        return value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {emit(inner, name)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(emit(inner) for inner in value)}]"
    return "~" if value is None else json.dumps(value, ensure_ascii=False)


def validator_accepts(document: dict[str, Any]) -> bool:
    parsed = parse(File("worktree", "shipcheck.yaml", emit(document).encode()))
    return isinstance(parsed, Document) and isinstance(WALKER.validate(parsed), Manifest)


@cases(500, HealthCheck.data_too_large)
@given(documents())
def test_the_validator_and_the_schema_agree(document: dict[str, Any]) -> None:
    by_validator, by_schema = validator_accepts(document), SCHEMA.is_valid(document)
    assert by_validator == by_schema, (emit(document), [error.message for error in SCHEMA.iter_errors(document)])


def test_the_documents_drawn_are_neither_all_good_nor_all_bad() -> None:
    accepted: list[bool] = []

    @cases(300, HealthCheck.data_too_large)
    @given(documents())
    def note(document: dict[str, Any]) -> None:
        accepted.append(SCHEMA.is_valid(document))

    note()
    assert 0.2 <= mean(accepted) <= 0.8
