"""The worlds beside the core pack: for each policy one manifest that fails it, and its nearest neighbour that passes it.

What their comments and the case tables beside them expect is held by `shipcheck policy test core`. The worlds are also what a
reader is shown as examples, so they stay small.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.document import File
from shipcheck.model.finding import Finding
from shipcheck.pipeline.fixtures import Fixtures
from shipcheck.pipeline.prepare import prepare

TOP = Path(__file__).resolve().parents[2]
CORE = TOP / "policies" / "core"
WORLDS = CORE / "tests"
SIDES = ("fails", "passes")
BASE = "base"
MANIFEST = "shipcheck.yaml"
TODAY = date(2026, 11, 22)
SHORTEST, LONGEST = 11, 31

POLICIES: dict[str, dict[str, Any]] = {
    policy["id"]: policy
    for file in sorted(CORE.glob("*.yaml"))
    for policy in yaml.safe_load(file.read_text("utf-8")).get("policies", ())
}
VOCABULARY: dict[str, Any] = yaml.safe_load((TOP / "schemas" / "vocabulary.yaml").read_text("utf-8"))
SECTIONS: dict[str, dict[str, Any]] = {kind["section"]: kind for kind in VOCABULARY["kinds"].values()}
EXEMPT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "exempt_deletions.yaml").read_text("utf-8"))

PREPARED = prepare(TOP)
COMPILED = {policy.id: policy for policy in PREPARED.plan.policies if policy.pack == "core"}
JUDGES = Fixtures(PREPARED.vocabulary)

DeletedPath = tuple[str | int, ...]
Pairs = set[tuple[str, str | None]]
CHANGES = sorted(policy for policy in POLICIES if policy.startswith("change-"))
# Policies on facts, which are unknown where a fixture has no files.
FACTS = (
    "code-not-found",
    "evidence-not-found",
    "gate-not-in-code",
    "payment-without-limit",
    "prompt-not-found",
    "use-case-not-evaluated",
)
each_policy = pytest.mark.parametrize("policy", POLICIES)


class Mark(NamedTuple):
    """What a comment says about the line below it."""

    line: int
    policy: str
    target: str | None


def world(policy: str, side: str) -> Path:
    return WORLDS / policy / side / MANIFEST


def marks(file: Path, word: str) -> list[Mark]:
    found = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=2):
        match = re.fullmatch(rf" *# {word}: (\S+)(?: to (\S+))?", line)
        if match:
            found.append(Mark(number, match[1], match[2]))
    return found


def code(policy: str, side: str) -> tuple[File, ...]:
    """The code that stands beside a world, for facts about it."""
    folder = world(policy, side).parent
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != MANIFEST)
    return tuple(File("world", file.relative_to(folder).as_posix(), file.read_bytes()) for file in files)


def base(policy: str) -> tuple[File, ...]:
    """The manifest that the worlds of a policy on changes are compared with; nothing for the other policies."""
    file = world(policy, BASE)
    return (File("base", MANIFEST, file.read_bytes()),) if file.exists() else ()


def judge(text: str, *policies: str, tree: tuple[File, ...] = (), base: tuple[File, ...] = ()) -> tuple[Finding, ...] | None:
    """The findings of these policies, or of all, over a manifest, its code and its base; None where it is malformed."""
    evaluator = JUDGES.evaluator((File("world", MANIFEST, text.encode("utf-8")),), TODAY, base, tree)
    if not isinstance(evaluator, Evaluator):
        return None
    wanted = policies or tuple(COMPILED)
    return tuple(finding for policy in wanted for finding in evaluator.evaluate(COMPILED[policy]).findings)


def component_at(file: Path, line: int) -> str:
    """The component whose key or body takes in the line, as `section.name`; empty where there is none."""
    root = yaml.compose(file.read_text("utf-8"))
    assert isinstance(root, yaml.MappingNode)
    for section, entries in root.value:
        if section.value in SECTIONS:
            for key, body in entries.value:
                # The end of a block stands at the start of the line after it.
                last = body.end_mark.line + (1 if body.end_mark.column else 0)
                if key.start_mark.line < line <= last:
                    return f"{section.value}.{key.value}"
    return ""


def stated(file: Path) -> Counter[str]:
    """The lines of a world without its comments."""
    return Counter(line for line in file.read_text("utf-8").splitlines() if not line.lstrip().startswith("#"))


def test_every_policy_has_both_worlds_and_nothing_is_left_over() -> None:
    files = {file.relative_to(WORLDS).as_posix() for file in WORLDS.rglob("*") if file.is_file()}
    worlds = {f"{policy}/{side}/{MANIFEST}" for policy in POLICIES for side in SIDES}
    beside = {f"{policy}/{side}/{file.path}" for policy in POLICIES for side in SIDES for file in code(policy, side)}
    nowhere = {f"{policy}/nowhere.cases.yaml" for policy in FACTS}
    tables = {f"{policy}/cases.yaml" for policy in POLICIES} | nowhere | {"equivalent.yaml"}
    compared = {f"{policy}/{name}" for policy in CHANGES for name in (f"{BASE}/{MANIFEST}", "fails.cases.yaml")}
    other_bases = {path for path in files if re.fullmatch(r"change-[a-z-]+/[a-z]+-base\.cases\.yaml", path)}
    assert files == worlds | beside | tables | compared | other_bases


@pytest.mark.parametrize("policy", sorted(POLICIES.keys() - {"change-gate-removed"}))
def test_both_worlds_judge_the_same_component_and_differ_in_one_line(policy: str) -> None:
    fails, passes = world(policy, "fails"), world(policy, "passes")
    failing = {component_at(fails, mark.line) for mark in marks(fails, "expect")}
    passing = {component_at(passes, mark.line) for mark in marks(passes, "ok")}
    assert failing == passing
    assert "" not in failing
    gone, new = stated(fails) - stated(passes), stated(passes) - stated(fails)
    assert (gone.total(), new.total()) in {(0, 1), (1, 0), (1, 1)}


@each_policy
@pytest.mark.parametrize("side", SIDES)
def test_worlds_are_small_and_plain(policy: str, side: str) -> None:
    text = world(policy, side).read_bytes().decode("ascii")
    assert SHORTEST <= len(text.splitlines()) <= LONGEST
    header = "" if policy in CHANGES else f"# shipcheck-test: {policy}, as of {TODAY}\n"
    assert text.startswith(f"{header}shipcheck: 1\n")
    assert text.endswith("\n")


# --- Deleting a field never hides a finding ---


def inside(value: object, path: DeletedPath) -> Iterator[DeletedPath]:
    """Every key and list item in a value."""
    keys: Iterator[str | int] = iter(())
    if isinstance(value, dict):
        keys = iter(value)
    elif isinstance(value, list):
        keys = iter(range(len(value)))
    for key in keys:
        yield (*path, key)
        yield from inside(_at(value, (key,)), (*path, key))


def deletions(manifest: dict[str, Any]) -> Iterator[DeletedPath]:
    """Every key and list item below a component, and every default of the file."""
    if "defaults" in manifest:
        yield from inside(manifest["defaults"], ("defaults",))
    for section in SECTIONS:
        for name, body in manifest.get(section, {}).items():
            yield from inside(body, (section, name))


def without(manifest: dict[str, Any], path: DeletedPath) -> dict[str, Any]:
    changed = copy.deepcopy(manifest)
    del _at(changed, path[:-1])[path[-1]]
    return changed


def _at(value: Any, path: DeletedPath) -> Any:
    for key in path:
        value = value[key]
    return value


def dotted(path: DeletedPath) -> str:
    return ".".join(map(str, path))


def judge_dumped(
    manifest: dict[str, Any], *policies: str, tree: tuple[File, ...] = (), base: tuple[File, ...] = ()
) -> tuple[Finding, ...] | None:
    """Judge a manifest written anew; the dumper quotes text that YAML would take for something else, and writes dates plainly."""
    text = yaml.dump(manifest, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False)
    return judge(text, *policies, tree=tree, base=base)


def pairs(findings: tuple[Finding, ...] | None) -> Pairs:
    return {(finding.subject, finding.target) for finding in findings or ()}


@each_policy
def test_no_deletion_hides_the_finding_but_those_exempt(policy: str) -> None:
    """Delete each field in turn: the finding stays, or the deletion is exempt for a reason that holds for it."""
    file = world(policy, "fails")
    manifest = yaml.safe_load(file.read_text("utf-8"))
    tree, before = code(policy, "fails"), base(policy)
    expected = pairs(judge(file.read_text("utf-8"), policy, tree=tree, base=before))
    assert expected
    dumped = judge_dumped(manifest, policy, tree=tree, base=before)
    assert pairs(dumped) == expected, "the dumper changes what the world says"
    hidden: dict[str, bool] = {}
    for path in deletions(manifest):
        findings = judge_dumped(without(manifest, path), policy, tree=tree, base=before)
        if not expected <= pairs(findings):
            hidden[dotted(path)] = findings is None
    exempt = EXEMPT["deletions"].get(policy, {})
    assert sorted(hidden) == sorted(exempt)
    refused = {path for path, is_refused in hidden.items() if is_refused}
    assert refused == {path for path, reason in exempt.items() if reason == "refused"}


# --- The exemptions are what they say ---


def exemptions(reason: str) -> list[tuple[str, str]]:
    return [(policy, path) for policy, paths in EXEMPT["deletions"].items() for path, given in paths.items() if given == reason]


def texts_of(policy: str) -> str:
    """What the policy asks, with the selectors of the pack that it names."""
    body = POLICIES[policy]
    asked = [str(body.get(key, "")) for key in ("each", "all", "must", "must_reach", "must_not_reach", "along", "unless_through")]
    selectors = yaml.safe_load((CORE / "pack.yaml").read_text("utf-8"))["select"]
    text = " ".join(asked)
    return " ".join([text, *(selectors[word] for word in re.findall(r"\w+", text) if word in selectors)])


def asked_by(policy: str) -> list[str]:
    """The fields that a policy asks to be there, of its subject or of an element of a list."""
    asked = re.findall(r"([\w.]+) is (?:set|missing)", texts_of(policy))
    return [*asked, *(name.partition(".")[2] for name in asked if "." in name)]


def below_component(path: str) -> list[str]:
    """The names of fields in a path, without section, component and places in lists."""
    return [key for key in path.split(".")[2:] if not key.isdecimal()]


def test_every_exemption_is_of_a_policy_and_has_a_reason() -> None:
    assert set(EXEMPT["deletions"]) <= set(POLICIES)
    used = {reason for paths in EXEMPT["deletions"].values() for reason in paths.values()}
    assert used == set(EXEMPT["reasons"])


def test_links_exempt_are_read_by_the_policy() -> None:
    for policy, path in exemptions("link"):
        words = set(re.findall(r"\w+", texts_of(policy)))
        for name, flow in VOCABULARY["flows"].items():
            if name in words:
                words |= {step for steps in flow["steps"] for step in steps}
        link = SECTIONS[path.split(".")[0]]["links"][below_component(path)[-1]]
        assert {below_component(path)[-1], link["inverse"]} & words, (policy, path)


def test_fields_exempt_as_asked_for_are_asked_for() -> None:
    for policy, path in exemptions("asked"):
        field = ".".join(below_component(path))
        asked = asked_by(policy)
        assert any(f"{name}.".startswith(f"{field}.") for name in asked), (policy, path)


def is_asked_for_without(policy: str, path: str) -> bool:
    """Whether, without the field, the pack as a whole names it as missing."""
    manifest = yaml.safe_load(world(policy, "fails").read_text("utf-8"))
    section, name, *field = path.split(".")
    findings = judge_dumped(without(manifest, (section, name, *field))) or ()
    kind = next(kind for kind, spec in VOCABULARY["kinds"].items() if spec["section"] == section)
    gone = f"{kind}:{name}.{'.'.join(field)}."
    missing = {f"{reason.field}." for finding in findings for reason in finding.reasons if reason.missing}
    missing |= {f"{field}." for finding in findings for field in finding.assumed}
    return any(named.startswith(gone) for named in missing)


@pytest.mark.parametrize(("policy", "path"), [*exemptions("asked"), *exemptions("group")])
def test_what_one_policy_lets_go_another_asks_for(policy: str, path: str) -> None:
    """Nobody leaves a policy behind by deleting a field: the pack as a whole names the field that is gone."""
    assert is_asked_for_without(policy, path)


def test_fields_exempt_as_claims_are_facts_about_code() -> None:
    for policy, path in exemptions("claim"):
        assert path.split(".")[2] == "implemented_by", (policy, path)


def test_fields_exempt_as_group_keys_are_group_keys() -> None:
    for policy, path in exemptions("group"):
        field = ".".join(below_component(path))
        keys = [key.strip() for key in POLICIES[policy]["per"].split(",")]
        assert any(f"{key}.".startswith(f"{field}.") for key in keys), (policy, path)


def means_something_undeclared(spec: dict[str, Any]) -> bool:
    """Whether the vocabulary says what the field means where it is not declared."""
    return spec.get("usual", False) or spec.get("absent", "unknown") not in {"unknown", "floor"}


def test_fields_exempt_by_default_have_a_default() -> None:
    for policy, path in exemptions("default"):
        (field,) = below_component(path)
        assert means_something_undeclared(SECTIONS[path.split(".")[0]]["fields"][field]), (policy, path)


@pytest.mark.parametrize(("policy", "path"), exemptions("floor"))
def test_fields_exempt_for_their_floor_have_one_and_their_deletion_is_told_against_a_base(policy: str, path: str) -> None:
    section, name, field = path.split(".")
    kind = next(kind for kind, spec in VOCABULARY["kinds"].items() if spec["section"] == section)
    assert f"{kind}.{field}" in VOCABULARY["floors"]
    assert SECTIONS[section]["fields"][field]["absent"] == "floor"
    text = world(policy, "fails").read_text("utf-8")
    left = without(yaml.safe_load(text), (section, name, field))
    findings = judge_dumped(left, "change-risk-lowered", base=(File("base", MANIFEST, text.encode()),))
    assert f"{kind}:{name}" in {finding.subject for finding in findings or ()}


def test_list_items_exempt_are_items_of_lists_of_words() -> None:
    for policy, path in exemptions("item"):
        (field,) = below_component(path)
        assert path.rpartition(".")[2].isdecimal(), (policy, path)
        assert SECTIONS[path.split(".")[0]]["fields"][field]["list"], (policy, path)
