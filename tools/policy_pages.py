"""The generated pages of policies: an index for each built-in pack, and a page for each of its policies and for each rule."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_findings import findings
from reference_pages import NOTICE, anchor
from rule_examples import RULE_EXAMPLES, RULE_SEVERITIES, Example
from shipcheck.app.explain import source_of
from shipcheck.compare.rules import RULES
from shipcheck.describe.sentences import policy_in_english
from shipcheck.documentation import page_path
from shipcheck.model.change import Rule
from shipcheck.model.explain import Line, PolicyInEnglish
from shipcheck.model.policy import Pack, Parameter, Policy
from shipcheck.packs.test_files import example
from shipcheck.pipeline.prepare import prepare

DEFAULT = "core"
PACKS = Path(__file__).parent.parent / "policies"
_MANIFEST, _SETTINGS = "shipcheck.yaml", ".shipcheck/settings.yaml"
_ASSUMED = (
    "If one of these is not declared and the result depends on it, shipcheck assumes the worst, and the finding names the field:"
)
_LANGUAGES = {".py": "python"}


def policy_pages(name: str) -> Iterator[tuple[str, str]]:
    """Every page about a built-in pack, by its path below docs/: the index, then the policies."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        settings = root / _SETTINGS
        settings.parent.mkdir()
        settings.write_text(_in_use(name), "utf-8")
        prepared = prepare(root)
        (pack,) = prepared.plan.packs
        rules = [rule for rule in RULES if rule.pack == name]
        yield f"reference/{name}.md", _index(pack, rules)
        for policy in pack.policies:
            reading = policy_in_english(policy, pack, prepared.vocabulary)
            yield page_path(policy), _policy_page(reading, source_of(prepared, policy))
        for rule in rules:
            yield page_path(rule), _rule_page(rule)


def _in_use(name: str) -> str:
    return f"shipcheck: 1\npacks: [{name}]\n"


def _index(pack: Pack, rules: list[Rule]) -> str:
    lines = [
        NOTICE.format(source=f"policies/{pack.name}"),
        f"# The pack {pack.name}",
        "",
        f"{pack.description} Version {pack.version}, {len(pack.policies)} policies.",
        "",
        "Each policy has a page with its reason, an example that fails and one that passes, and the fix. Where the severity of a",
        "finding depends on the manifest, the table lists every severity that it can have.",
        "",
    ]
    if pack.parameters:
        lines += ["## Parameters", "", *_parameters(pack.parameters)]
    for family, policies in groupby(pack.policies, key=_family):
        lines += [f"## {family.capitalize()}", "", *_table(policies)]
    if rules:
        note = "These compare settings, policies and waivers with those of the base, which the policy language cannot express."
        lines += ["## Part of the tool", "", f"{note} `shipcheck check --base` runs them.", "", *_table(rules)]
    return "\n".join(lines)


def _family(policy: Policy) -> str:
    return policy.location.path.rpartition("/")[2].removesuffix(".yaml")


def _table(policies: Iterator[Policy] | list[Rule]) -> Iterator[str]:
    yield from ("| policy | title | severity | controls |", "|---|---|---|---|")
    for policy in policies:
        controls = ", ".join(_controls(policy, "controls.md"))
        yield f"| [{policy.id}](../{page_path(policy)}) | {policy.title} | {_severities(policy)} | {controls} |"
    yield ""


def _controls(policy: Policy | Rule, page: str) -> list[str]:
    return [f"[{control}]({page}#{anchor(control)})" for control in policy.controls]


def _parameters(parameters: tuple[Parameter, ...]) -> Iterator[str]:
    yield from ("| parameter | default | settings may | meaning |", "|---|---|---|---|")
    yield from (f"| `{item.name}` | {item.shown} | {item.may} it | {item.description} |" for item in parameters)
    yield ""


def _policy_page(reading: PolicyInEnglish, source: tuple[str, ...]) -> str:
    policy = reading.policy
    folder = PACKS / policy.pack / "tests" / policy.id
    states = _named({state: _files(folder / state, policy) for state in ("base", "fails", "passes") if (folder / state).is_dir()})
    example = Example(states.get("base"), states["fails"], states["passes"])
    lines = _head(policy, f"policies/{policy.pack}")
    lines += ["## What it requires", "", *_sentences((*reading.asks, *reading.means, Line(0, reading.severity)))]
    lines += ["## Undeclared values", "", *_undeclared(reading)]
    lines += ["## Example", "", *_example(policy, example, f" --policy {policy.name}"), *_fix(policy)]
    if reading.parameters:
        how = "[Settings](../../reference/settings.md) can change a parameter in the direction that the table gives."
        lines += ["## Parameters", "", *_parameters(reading.parameters), how, ""]
    lines += ["## Source", "", "```yaml", *(line[2:] for line in source), "```"]
    return "\n".join(lines) + "\n"


def _rule_page(rule: Rule) -> str:
    example = RULE_EXAMPLES[rule.id]
    if findings(rule.name, example.passes, example.base):
        raise ValueError(f"the example of {rule.name} does not pass")
    note = (
        "This rule is part of the tool, because the policy language cannot express it. `shipcheck check --base` always runs it, "
        "also if `--policy` names other policies. What the base branch says counts until the change is merged."
    )
    lines = [*_head(rule, "src/shipcheck/compare/rules.py"), "## When it runs", "", note, ""]
    lines += ["## Example", "", *_example(rule, example, ""), "## How to fix", "", rule.fix]
    return "\n".join(lines) + "\n"


def _head(policy: Policy | Rule, source: str) -> list[str]:
    controls = ", ".join(_controls(policy, "../../reference/controls.md"))
    lines = [
        NOTICE.format(source=source),
        f"# {policy.name}",
        "",
        f"{policy.title}.",
        "",
        "| pack | severity | controls |",
        "|---|---|---|",
        f"| [{policy.pack}](../../reference/{policy.pack}.md) | {_severities(policy)} | {controls} |",
        "",
    ]
    if policy.pack != DEFAULT:
        lines += [f"The pack is not in use by default. Name it in `{_SETTINGS}`: `packs: [{DEFAULT}, {policy.pack}]`.", ""]
    return [*lines, "## Why", "", policy.why, ""]


def _severities(policy: Policy | Rule) -> str:
    """Every severity that a finding of the policy can have."""
    declared = dict.fromkeys(str(policy.weighed(rung.severity)) for rung in policy.severity)
    return RULE_SEVERITIES.get(policy.id, ", ".join(declared))


def _sentences(lines: tuple[Line, ...]) -> Iterator[str]:
    """Paragraphs, and lists below those that announce one."""
    before = 0
    for number, line in enumerate(lines):
        if number and (not line.depth or not before):
            yield ""
        yield f"{'  ' * (line.depth - 1)}- {line.text}" if line.depth else line.text
        before = line.depth
    yield ""


def _undeclared(reading: PolicyInEnglish) -> Iterator[str]:
    if not reading.unknown:
        yield from ("Nothing is assumed: no undeclared value leaves the result of this policy open.", "")
        return
    yield from (_ASSUMED, "", *(f"- {text}" for text in reading.unknown), "")


def _files(folder: Path, policy: Policy) -> dict[str, str]:
    """The files of one repository of a pack's tests, without the comments that only tests read."""
    found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.is_file()}
    return found | {_MANIFEST: example(PACKS / policy.pack, policy.id, folder.name) + "\n"}


def _named(states: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Of the files of each state, the manifest and what a manifest of any state names; the others are there for other cases."""
    manifests = "".join(files[_MANIFEST] for files in states.values())
    return {
        state: {path: text for path, text in files.items() if path == _MANIFEST or path in manifests}
        for state, files in states.items()
    }


def _example(policy: Policy | Rule, example: Example, options: str) -> Iterator[str]:
    """The files that fail, what the check reports about them, and the files that pass."""
    base = example.base
    settings = {} if policy.pack == DEFAULT else {_SETTINGS: _in_use(policy.pack)}
    found = findings(policy.name, {**settings, **example.fails}, base)
    if not found:
        raise ValueError(f"the example of {policy.name} does not fail")
    if base is not None:
        yield from ("### Base branch", "", *_blocks(base))
    yield from ("### Fails", "", *_blocks(_changed(example.fails, base or {})))
    command = f"shipcheck check{' --base main' if base is not None else ''}{options}"
    yield from (f"`{command}` reports:", "", "```text", found, "```", "")
    changed = _changed(example.passes, example.fails if base is None else base)
    yield from ("### Passes", "", *(_blocks(changed) if changed else ("The unchanged base branch passes.", "")))


def _changed(files: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The files that differ from those before; one that is gone is empty."""
    gone = {path: "" for path in before if path not in files}
    return {path: text for path, text in files.items() if before.get(path) != text} | gone


def _blocks(files: Mapping[str, str]) -> Iterator[str]:
    """Each file in a block, below its path unless it is the only manifest; an empty one is deleted."""
    for path, text in files.items():
        if not text:
            yield from (f"`{path}` is deleted.", "")
            continue
        if files.keys() != {_MANIFEST}:
            yield from (f"`{path}`:", "")
        yield from (f"```{_LANGUAGES.get(Path(path).suffix, 'yaml')}", text.rstrip("\n"), "```", "")


def _fix(policy: Policy) -> Iterator[str]:
    yield from ("## How to fix", "", policy.fix, "")
    yield from ("To accept a finding for a limited time, [waive](../../waivers.md) it.", "")
