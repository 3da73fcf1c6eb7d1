"""Deleting a field of any world of the core pack hides no finding of any policy, but for the fields that are exempt.

All the deletions of a world are judged at once, each in a namespace of its own; policies about groups, whose members without a
key would come together, judge each by itself.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.policies.test_core_worlds import (
    CORE,
    EXEMPT,
    MANIFEST,
    POLICIES,
    SECTIONS,
    TODAY,
    VOCABULARY,
    WORLDS,
    DeletedPath,
    asked_by,
    deletions,
    means_something_undeclared,
    without,
)
from tests.support.worlds import document, manifest_of, vocabulary

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.model.policy import Group, Policy
from shipcheck.model.settings import Settings

FIELDS: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "exempt_fields.yaml").read_text("utf-8"))
FILES = sorted(WORLDS.rglob(MANIFEST))
KINDS = {spec["section"]: kind for kind, spec in VOCABULARY["kinds"].items()}
WHOLE = "whole"
Found = dict[str, set[tuple[str, str, str]]]
Variants = dict[str, tuple[DeletedPath, Manifest]]


@cache
def policies() -> tuple[Policy, ...]:
    """The policies of the core pack."""
    files = [CORE / "pack.yaml", *sorted(file for file in CORE.glob("*.yaml") if file.name != "pack.yaml")]
    head, *families = [document(file.read_text("utf-8"), file.name, "core") for file in files]
    plan, faults, misuse = compile_plan([PackDocuments("core", head, tuple(families))], Settings(), vocabulary())
    assert not faults
    assert not misuse
    return plan.policies


@cache
def variants_of(file: Path) -> Variants:
    """The world and each world with something deleted, by namespace, but for those that the tool refuses to judge."""
    world = yaml.safe_load(file.read_text("utf-8"))
    changed: dict[str, tuple[DeletedPath, Any]] = {WHOLE: ((), world)}
    changed |= {f"without{number}": (path, without(world, path)) for number, path in enumerate(deletions(world))}
    made = {}
    for name, (path, variant) in changed.items():
        outcome = manifest_of(yaml.safe_dump({**variant, "namespace": name}, sort_keys=False), f"{name}.yaml")
        if isinstance(outcome, Manifest) and isinstance(link([outcome], vocabulary()), Graph):
            made[name] = (path, outcome)
    return made


def judged(manifests: list[Manifest], chosen: list[Policy], base: list[Manifest] | None = None) -> Found:
    """The findings in each namespace, without its name, compared with a base if there is one."""
    before = linked(base) if base else None
    evaluator = Evaluator(linked(manifests), vocabulary(), TODAY, before)
    found: Found = defaultdict(set)
    for policy in chosen:
        result = evaluator.evaluate(policy)
        assert not result.unlisted
        for finding in result.findings:
            namespace = re.search(rf"\b({WHOLE}|without\d+)/", finding.subject)
            name = namespace[1] if namespace else ""
            ends = (finding.subject.replace(f"{name}/", ""), (finding.target or "").replace(f"{name}/", ""))
            found[name].add((policy.id, *ends))
    return found


def linked(manifests: list[Manifest]) -> Graph:
    graph = link(manifests, vocabulary())
    assert isinstance(graph, Graph)
    return graph


@cache
def hidden(file: Path) -> frozenset[tuple[str, str]]:
    """The policies with the fields whose deletion hides a finding of theirs in this world."""
    variants = variants_of(file)
    together = judged(
        [manifest for _, manifest in variants.values()], [one for one in policies() if not isinstance(one.subject, Group)]
    )
    groups = [one for one in policies() if isinstance(one.subject, Group)]
    if "use_cases" in yaml.safe_load(file.read_text("utf-8")):
        for name, (_, manifest) in variants.items():
            together[name] |= {one for found in judged([manifest], groups).values() for one in found}
    return frozenset(
        (policy, field_of(path)) for name, (path, _) in variants.items() for policy, *_ in together[WHOLE] - together[name]
    )


def field_of(path: DeletedPath) -> str:
    """What a deletion deletes, as `kind.field`, with `*` for an item of a list."""
    if path[0] == "defaults":
        return f"defaults.{path[1]}"
    return ".".join([KINDS[str(path[0])], *("*" if isinstance(key, int) else key for key in path[2:])])


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.relative_to(WORLDS).parts[:2]))
def test_no_deletion_hides_a_finding_but_those_exempt(file: Path) -> None:
    assert {(policy, field) for policy, field in hidden(file) if field not in FIELDS.get(policy, {})} == set()


def is_left_to_its_floor(path: DeletedPath) -> bool:
    """Whether the deletion is of a field that has its floor where nothing is declared."""
    spec = SECTIONS[str(path[0])]["fields"].get(path[2], {}) if len(path) == 3 else {}
    return spec.get("absent") == "floor"


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.relative_to(WORLDS).parts[:2]))
def test_what_is_left_to_its_floor_is_found_against_a_base(file: Path) -> None:
    world = yaml.safe_load(file.read_text("utf-8"))
    left = {name: one for name, one in variants_of(file).items() if is_left_to_its_floor(one[0])}
    base = [manifest_of(yaml.safe_dump({**world, "namespace": name}, sort_keys=False), f"{name}.yaml") for name in left]
    telling = [one for one in policies() if one.id == "change-risk-lowered"]
    found = judged([manifest for _, manifest in left.values()], telling, [one for one in base if isinstance(one, Manifest)])
    for name, (path, _) in left.items():
        assert (telling[0].id, f"{KINDS[str(path[0])]}:{path[1]}", "") in found[name]


def raised(manifest: Manifest) -> dict[str, int]:
    """The effective value of every field with a floor, by its place in the order of words; the greatest for an unknown one."""
    graph = linked([manifest])
    found = {}
    for floor in vocabulary().floors.values():
        for node in graph.kinds.get(floor.kind, ()):
            value = graph.values[node].get(floor.field)
            words = floor.choice.words
            found[f"{graph.reference(node).name}.{floor.field}"] = words.index(str(value)) if value else len(words)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.relative_to(WORLDS).parts[:2]))
def test_no_deletion_lowers_a_field_with_a_floor_but_its_own_or_of_links_and_items(file: Path) -> None:
    """What sets a floor and is not declared counts as its worst."""
    variants = variants_of(file)
    whole = raised(variants[WHOLE][1])
    for path, manifest in variants.values():
        is_link = (
            any(key in SECTIONS[str(path[0])].get("links", {}) for key in path[2:]) if path and path[0] in SECTIONS else False
        )
        if is_link or any(isinstance(key, int) for key in path) or is_left_to_its_floor(path):
            continue
        lighter = raised(manifest)
        assert {name: value for name, value in lighter.items() if value < whole[name]} == {}, path


def test_every_exemption_is_needed_somewhere() -> None:
    needed = {pair for file in FILES for pair in hidden(file)}
    assert {(policy, field) for policy, fields in FIELDS.items() for field in fields} == needed


def test_most_worlds_have_findings_to_hide() -> None:
    """A property over worlds without findings would show nothing."""
    with_findings = [file for file in FILES if judged([variants_of(file)[WHOLE][1]], list(policies()))]
    assert len(with_findings) >= len(FILES) // 2


@pytest.mark.parametrize(("policy", "field"), [(policy, field) for policy, fields in FIELDS.items() for field in fields])
def test_a_reason_holds_for_its_field(policy: str, field: str) -> None:
    kind, name, *rest = field.split(".")
    spec = SECTIONS[next(section for section, one in KINDS.items() if one == kind)]
    inner = ".".join([name, *rest])
    asked = asked_by(policy)
    keys = [key.strip() for key in POLICIES[policy].get("per", "").split(",")]
    holds = {
        "link": name in spec.get("links", {}),
        "asked": any(f"{one}.".startswith(f"{inner}.") for one in asked),
        "group": any(f"{key}.".startswith(f"{inner}.") for key in keys),
        "default": name in spec["fields"] and means_something_undeclared(spec["fields"][name]),
        "floor": rest == [] and field in VOCABULARY["floors"] and spec["fields"][name].get("absent") == "floor",
        "claim": name == "implemented_by",
        "item": rest == ["*"] and spec["fields"].get(name, {}).get("list", False),
    }
    reason = FIELDS[policy][field]
    assert reason in EXEMPT["reasons"]
    assert holds[reason], reason
