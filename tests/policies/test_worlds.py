"""The worlds beside the other built-in packs: a failing and a passing one for each policy, one line apart.

What their comments and the case tables beside them expect is held by `shipcheck policy test`.
"""

import copy
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.document import File
from shipcheck.model.policy import Pack
from shipcheck.packs.pack_files import pack_files
from shipcheck.pipeline.fixtures import Fixtures
from shipcheck.pipeline.pack_with_tests import compile_alone
from shipcheck.pipeline.packs.find import find_sources

POLICIES = Path(__file__).resolve().parents[2] / "policies"
PACKS = ("agentic-security", "eu-ai-act")
MANIFEST = "shipcheck.yaml"
TODAY = date(2026, 11, 22)
SHORTEST, LONGEST = 11, 31
SIDES = ("fails", "passes")
# Policies on facts, which are unknown where a fixture has no files.
FACTS = ("mass-effect-unlimited", "prompt-unpinned", "untrusted-input-unchecked")
KINDS: dict[str, Any] = yaml.safe_load((POLICIES.parent / "schemas" / "vocabulary.yaml").read_text("utf-8"))["kinds"]
SECTIONS = {kind["section"]: name for name, kind in KINDS.items()}

# What may be deleted from a failing world so that its finding goes: links, which do not exist where they are not declared, and
# items of lists of words, which are known to be whole, and what is the least that the rest of its component sets, of which the
# comparison with a base tells. Whatever else is deleted keeps the finding.
HIDING = {
    "agent.calls": "link",
    "agent.connects_to": "link",
    "agent.delegates_to": "link",
    "action.changes": "link",
    "action.effects.*": "item",
    "action.sensitivity": "floor",
}


@cache
def compiled(pack: str) -> Pack:
    (source,) = find_sources(pack)
    found, problems, _ = compile_alone(source, pack_files(source.folder, pack, source.prefix))
    assert not problems
    assert found is not None
    return found


@cache
def judges(pack: str) -> Fixtures:
    """Manifests read with the fields of the pack."""
    (source,) = find_sources(pack)
    return Fixtures(compile_alone(source, pack_files(source.folder, pack, source.prefix)).vocabulary)


EVERY = [(pack, policy.id) for pack in PACKS for policy in compiled(pack).policies]
each = pytest.mark.parametrize(("pack", "policy"), EVERY, ids=[policy for _, policy in EVERY])


def text(pack: str, policy: str, side: str) -> str:
    return (POLICIES / pack / "tests" / policy / side / MANIFEST).read_bytes().decode("ascii")


def found_in(pack: str, policy: str, manifest: str, base: str = "") -> set[tuple[str, str | None]] | None:
    """Subject and target of the findings, compared with a base if there is one; None where the manifest is refused."""
    before = (File("base", MANIFEST, base.encode()),) if base else ()
    evaluator = judges(pack).evaluator((File("world", MANIFEST, manifest.encode()),), TODAY, before)
    if not isinstance(evaluator, Evaluator):
        return None
    (chosen,) = [one for one in compiled(pack).policies if one.id == policy]
    return {(finding.subject, finding.target) for finding in evaluator.evaluate(chosen).findings}


def stated(manifest: str) -> Counter[str]:
    return Counter(line for line in manifest.splitlines() if not line.lstrip().startswith("#"))


def inside(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from inside(value[key], (*path, key))


def without(manifest: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    changed = copy.deepcopy(manifest)
    holder: Any = changed
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return changed


def field_of(path: tuple[Any, ...]) -> str:
    return ".".join([SECTIONS[path[0]], *("*" if isinstance(key, int) else str(key) for key in path[2:])])


@pytest.mark.parametrize("pack", PACKS)
def test_every_policy_has_both_worlds_and_a_table_and_nothing_is_left_over(pack: str) -> None:
    folder = POLICIES / pack / "tests"
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    names = (f"fails/{MANIFEST}", f"passes/{MANIFEST}", "cases.yaml")
    policies = [policy for of, policy in EVERY if of == pack]
    beside = {file for file in files if file.split("/")[0] in policies and file.split("/")[1] in SIDES and file.count("/") > 2}
    nowhere = {f"{policy}/nowhere.cases.yaml" for policy in FACTS if policy in policies}
    assert files - beside == {f"{policy}/{name}" for policy in policies for name in names} | nowhere


@each
def test_worlds_are_small_and_differ_in_one_line(pack: str, policy: str) -> None:
    fails, passes = text(pack, policy, "fails"), text(pack, policy, "passes")
    gone, new = stated(fails) - stated(passes), stated(passes) - stated(fails)
    assert (gone.total(), new.total()) in {(0, 1), (1, 0), (1, 1)}
    for world in (fails, passes):
        assert SHORTEST <= len(world.splitlines()) <= LONGEST
        assert world.startswith(f"# shipcheck-test: {policy}, as of {TODAY}\nshipcheck: 1\n")
        assert world.endswith("\n")


@each
def test_no_deletion_hides_a_finding_but_of_links_and_words(pack: str, policy: str) -> None:
    world = yaml.safe_load(text(pack, policy, "fails"))
    whole = found_in(pack, policy, text(pack, policy, "fails"))
    assert whole
    paths = [
        path for section in SECTIONS for name, body in world.get(section, {}).items() for path in inside(body, (section, name))
    ]
    for path in [*paths, *(("defaults", key) for key in world["defaults"])]:
        lighter = yaml.safe_dump(without(world, path), sort_keys=False)
        left = found_in(pack, policy, lighter)
        if left is not None and whole - left:
            field = field_of(path)
            assert field in HIDING or field.removesuffix(".*") in HIDING, (field, whole - left)
            if HIDING.get(field) == "floor":
                told = found_in("core", "change-risk-lowered", lighter, text(pack, policy, "fails"))
                assert (f"{SECTIONS[path[0]]}:{path[1]}", None) in (told or ())
