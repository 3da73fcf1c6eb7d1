"""Azure Pipelines (https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.doctor.audits import BASE_GIVEN, FAILURE_COUNTS, NOT_SKIPPED, ON_PULL_REQUESTS, PINNED, WHOLE_HISTORY
from shipcheck.doctor.masked_exit_code import Shell
from shipcheck.doctor.nodes import entries, entry, is_false, is_true, items, names, text, value
from shipcheck.doctor.runs import MOST_RUNS, Run, audit_own_code, audit_script, audit_words, find_check, script_node
from shipcheck.model.doctor import Wire, text_of
from shipcheck.model.document import Mapping, Node, Scalar

SERVICE = "Azure Pipelines"
_TEMPLATE = re.compile(r"(?:\S*shipcheck\S*|hooks/azure/steps)\.ya?ml@(?P<alias>\S+)")
_PLAIN = re.compile(r"(?:always|succeeded)\(\)")
_PARTS = ("stages", "jobs", "steps")


class _Steps(NamedTuple):
    """A list of steps, with the stage and the job that contain it."""

    holders: tuple[Node, ...]
    name: str
    steps: tuple[Node, ...]


def azure_runs(wire: Wire) -> list[Run]:
    """Every run of the check in a pipeline."""
    runs: list[Run] = []
    for root in wire.roots:
        for group in _groups(root, (), "pipeline"):
            for number, step in enumerate(group.steps):
                run = _step(wire, root, group, number, step) if len(runs) < MOST_RUNS else None
                runs += [run] if run else []
    return runs


def templates(wire: Wire) -> Node | None:
    """A part of a pipeline that includes other files or depends on expressions, which are not read here."""
    for root in wire.roots:
        if node := _hidden(root):
            return node
    return None


def _hidden(node: Node) -> Node | None:
    for part in (node, *(inner for name in _PARTS for inner in items(value(node, name)))):
        for key, item in entries(part):
            if key.text in {"template", "extends"} or key.text.startswith("${{"):
                return key
            if key.text in _PARTS and part is not node and (hidden := _hidden(part)):
                return hidden
            if isinstance(item, Scalar) and key.text in _PARTS:
                return key
    return None


def _groups(node: Node, holders: tuple[Node, ...], name: str) -> Iterator[_Steps]:
    """Every list of steps, at any level of the pipeline."""
    for stage in items(value(node, "stages")):
        yield from _groups(stage, (*holders, stage), f"stage '{text(stage, 'stage')}'")
    for job in items(value(node, "jobs")):
        yield from _groups(job, (*holders, job), f"job '{text(job, 'job')}'")
    steps = items(value(node, "steps"))
    if steps:
        yield _Steps(holders, name, steps)


def _step(wire: Wire, root: Node, group: _Steps, number: int, step: Node) -> Run | None:
    template = value(step, "template")
    used = _TEMPLATE.fullmatch(text_of(template))
    script = value(step, "bash") or value(step, "script")
    if template is not None and used:
        run = Run(SERVICE, group.name, wire, wire.locate(template))
        _template(run, root, template, used["alias"], value(step, "parameters"))
        pieces = []
    elif script is not None and find_check([script_node(script)]):
        run = Run(SERVICE, group.name, wire, wire.within(script, "shipcheck check"))
        before = [script_node(part) for other in group.steps[:number] if (part := value(other, "bash") or value(other, "script"))]
        pieces = [*before, script_node(script)]
        audit_script(run, pieces, Shell(errexit=False), text(step, "workingDirectory"))
        _windows(run, root, group, step)
        _history(run, group.steps[:number])
    else:
        return None
    held = (value(holder, "variables") for holder in (root, *group.holders))
    audit_own_code(run, pieces, *held, value(step, "env"))
    _trigger(run, root)
    for holder in (*group.holders, step):
        _conditions(run, holder)
    return run


def _windows(run: Run, root: Node, group: _Steps, step: Node) -> None:
    """`script` is for the command line of Windows there, which has different rules."""
    images = [text(holder, "pool", "vmImage") for holder in (*reversed(group.holders), root)]
    image = next((image for image in images if image), "")
    if entry(step, "script") and ("windows" in image.lower() or "$" in image):
        text_ = "cannot determine whether a failure counts: 'script' does not run in bash on Windows"
        run.report(FAILURE_COUNTS, run.location, text_, "Use a 'bash' step.", "not_judged")


def _template(run: Run, root: Node, node: Node, alias: str, parameters: Node | None) -> None:
    """The template, from the repository that the alias refers to."""
    repositories = items(value(root, "resources", "repositories"))
    source = next((item for item in repositories if text(item, "repository") == alias), None)
    if not text(source, "ref").startswith("refs/tags/"):
        fix = f"Give the repository '{alias}' under resources a ref: refs/tags/ and the release."
        run.report(PINNED, node, f"'{alias}' follows a branch", fix)
    run.says(PINNED, "is pinned to one release")
    base = entry(parameters, "base")
    if base is not None and not text_of(base[1]).strip():
        run.report(BASE_GIVEN, base[0], "the template does not pass a base", "Remove 'base', or set it to auto.")
    arguments = entry(parameters, "args")
    given = (text_of(base[1]).strip() if base else "") or "auto"
    audit_words(run, text_of(arguments[1]) if arguments else "", arguments[1] if arguments else node, given)


def _trigger(run: Run, root: Node) -> None:
    trigger = entry(root, "pr")
    run.says(ON_PULL_REQUESTS, "runs for every pull request, in Azure Repos if a branch policy requires it")
    if trigger is None:
        return
    if text_of(trigger[1]).strip() == "none":
        run.report(ON_PULL_REQUESTS, trigger[0], "'pr: none' disables it for pull requests", "Remove 'pr'.")
    included = value(trigger[1], "branches", "include") if isinstance(trigger[1], Mapping) else trigger[1]
    branches = {name.text for name in names(included)} - {"none"}
    if branches and branches.isdisjoint({"main", "master", "*"}):
        run.report(ON_PULL_REQUESTS, trigger[0], "'pr' skips pull requests to main", "Remove 'pr', or add the default branch.")
    paths = entry(trigger[1], "paths")
    if paths:
        text_ = "'paths' skips pull requests by changed files, but a gate can be in any file"
        run.report(NOT_SKIPPED, paths[0], text_, "Remove 'paths'.")


def _conditions(run: Run, holder: Node) -> None:
    condition = entry(holder, "condition")
    if condition and not _PLAIN.fullmatch(text_of(condition[1]).strip()):
        run.report(NOT_SKIPPED, condition[0], "a condition can skip it, and a skipped step passes", "Remove 'condition'.")
    enabled = entry(holder, "enabled")
    if enabled and not is_true(enabled[1]):
        run.report(NOT_SKIPPED, enabled[0], "the step can be disabled", "Remove 'enabled'.")
    lenient = entry(holder, "continueOnError")
    if lenient and not is_false(lenient[1]):
        run.report(FAILURE_COUNTS, lenient[0], "it continues after an error", "Remove 'continueOnError'.")


def _history(run: Run, before: tuple[Node, ...]) -> None:
    checkout = next((step for step in reversed(before) if text(step, "checkout") == "self"), None)
    depth = entry(checkout, "fetchDepth")
    if depth is None or text_of(depth[1]).strip() != "0":
        place = depth[1] if depth else run.location
        fix = "Add the step 'checkout: self' with 'fetchDepth: 0' before it."
        run.report(WHOLE_HISTORY, place, "the history may be incomplete", fix)
