"""Pipelines of Azure (https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.doctor.audits import BASE_GIVEN, FAILURE_COUNTS, NOT_SKIPPED, ON_PULL_REQUESTS, PINNED, WHOLE_HISTORY
from shipcheck.doctor.command import Shell
from shipcheck.doctor.nodes import entries, entry, is_false, is_true, items, text, value
from shipcheck.doctor.runs import MOST_RUNS, Run, audit_script, audit_words, find_check, script_node
from shipcheck.model.doctor import Wire, text_of
from shipcheck.model.document import Node, Scalar

SERVICE = "Azure Pipelines"
_TEMPLATE = re.compile(r"(?:\S*shipcheck\S*|hooks/azure/steps)\.ya?ml@(?P<alias>\S+)")
_PLAIN = re.compile(r"(?:always|succeeded)\(\)")
_PARTS = ("stages", "jobs", "steps")


class _Steps(NamedTuple):
    """A list of steps, with the stage and the job that hold it."""

    holders: tuple[Node, ...]
    name: str
    steps: tuple[Node, ...]


def azure_runs(wire: Wire) -> list[Run]:
    """Every run of the check in a pipeline."""
    found: list[Run] = []
    for root in wire.roots:
        for group in _groups(root, (), "pipeline"):
            for number, step in enumerate(group.steps):
                run = _step(wire, root, group, number, step) if len(found) < MOST_RUNS else None
                found += [run] if run else []
    return found


def templates(wire: Wire) -> Node | None:
    """Where a pipeline takes in other files or leaves parts out by an expression, which are not read here."""
    for root in wire.roots:
        if found := _hidden(root):
            return found
    return None


def _hidden(node: Node) -> Node | None:
    for part in (node, *(inner for name in _PARTS for inner in items(value(node, name)))):
        for key, held in entries(part):
            if key.text in {"template", "extends"} or key.text.startswith("${{"):
                return key
            if key.text in _PARTS and part is not node and (found := _hidden(part)):
                return found
            if isinstance(held, Scalar) and key.text in _PARTS:
                return key
    return None


def _groups(node: Node, holders: tuple[Node, ...], name: str) -> Iterator[_Steps]:
    """Every list of steps, wherever the pipeline has it."""
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
    held = value(step, "bash") or value(step, "script")
    if template is not None and used:
        run = Run(SERVICE, group.name, wire, wire.locate(template))
        _template(run, root, template, used["alias"], value(step, "parameters"))
    elif held is not None and find_check([script_node(held)]):
        run = Run(SERVICE, group.name, wire, wire.within(held, "shipcheck check"))
        before = [script_node(part) for other in group.steps[:number] if (part := value(other, "bash") or value(other, "script"))]
        audit_script(run, [*before, script_node(held)], Shell(errexit=False))
        _windows(run, root, group, step)
        _history(run, group.steps[:number])
    else:
        return None
    _trigger(run, root)
    for holder in (*group.holders, step):
        _conditions(run, holder)
    return run


def _windows(run: Run, root: Node, group: _Steps, step: Node) -> None:
    """`script` is for the command line of Windows there, which knows other rules."""
    images = [text(holder, "pool", "vmImage") for holder in (*reversed(group.holders), root)]
    image = next((image for image in images if image), "")
    if entry(step, "script") and ("windows" in image.lower() or "$" in image):
        text_ = "whether a failure counts cannot be told: 'script' is not for bash on Windows"
        run.fault(FAILURE_COUNTS, run.location, text_, "Use a 'bash' step.", "not_judged")


def _template(run: Run, root: Node, node: Node, alias: str, parameters: Node | None) -> None:
    """The template, taken from the repository that the alias stands for."""
    repositories = items(value(root, "resources", "repositories"))
    source = next((item for item in repositories if text(item, "repository") == alias), None)
    if not text(source, "ref").startswith("refs/tags/"):
        fix = f"Give the repository '{alias}' under resources a ref: refs/tags/ and the release."
        run.fault(PINNED, node, f"'{alias}' is whatever its branch holds", fix)
    run.says(PINNED, "names one release")
    base = entry(parameters, "base")
    if base is not None and not text_of(base[1]).strip():
        run.fault(BASE_GIVEN, base[0], "the template is told to pass no base", "Leave out 'base', or write auto.")
    arguments = entry(parameters, "args")
    audit_words(run, text_of(arguments[1]) if arguments else "", arguments[1] if arguments else node, "auto")


def _trigger(run: Run, root: Node) -> None:
    trigger = entry(root, "pr")
    run.says(ON_PULL_REQUESTS, "runs for every pull request, in Azure Repos where a branch policy says so")
    if trigger is None:
        return
    if text_of(trigger[1]).strip() == "none":
        run.fault(ON_PULL_REQUESTS, trigger[0], "'pr: none' keeps it from pull requests", "Leave out 'pr'.")
    paths = entry(trigger[1], "paths")
    if paths:
        text_ = "'paths' leaves pull requests out by the files they touch, and a gate can go from any file"
        run.fault(NOT_SKIPPED, paths[0], text_, "Leave out 'paths'.")


def _conditions(run: Run, holder: Node) -> None:
    condition = entry(holder, "condition")
    if condition and not _PLAIN.fullmatch(text_of(condition[1]).strip()):
        run.fault(NOT_SKIPPED, condition[0], "a condition can skip it, and what is skipped passes", "Leave out 'condition'.")
    enabled = entry(holder, "enabled")
    if enabled and not is_true(enabled[1]):
        run.fault(NOT_SKIPPED, enabled[0], "the step is switched off", "Leave out 'enabled'.")
    lenient = entry(holder, "continueOnError")
    if lenient and not is_false(lenient[1]):
        run.fault(FAILURE_COUNTS, lenient[0], "it goes on after an error", "Leave out 'continueOnError'.")


def _history(run: Run, before: tuple[Node, ...]) -> None:
    checkout = next((step for step in reversed(before) if text(step, "checkout") == "self"), None)
    depth = entry(checkout, "fetchDepth")
    if depth is None or text_of(depth[1]).strip() != "0":
        place = depth[1] if depth else run.location
        fix = "Add the step 'checkout: self' with 'fetchDepth: 0' before it."
        run.fault(WHOLE_HISTORY, place, "only part of the history may be fetched", fix)
