"""Workflows of GitHub Actions (https://docs.github.com/actions/reference/workflow-syntax-for-github-actions)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from shipcheck.doctor.audits import BASE_GIVEN, FAILURE_COUNTS, NOT_SKIPPED, ON_PULL_REQUESTS, PINNED, WHOLE_HISTORY
from shipcheck.doctor.masked_exit_code import Shell
from shipcheck.doctor.nodes import entries, entry, is_false, items, names, text, value
from shipcheck.doctor.pins import is_commit
from shipcheck.doctor.runs import MOST_RUNS, Piece, Run, audit_own_code, audit_script, audit_words, find_check, script_node
from shipcheck.model.doctor import Wire, text_of
from shipcheck.model.document import Mapping, Node, Scalar

SERVICE = "GitHub Actions"
_ACTION = re.compile(r"(?:[^@\s]*/)?shipcheck(?:-action)?(?:/[^@\s]*)?@(?P<ref>\S+)")
_ALWAYS = re.compile(r"(?:\$\{\{)?\s*(?:always|success)\(\)\s*(?:\}\})?")
_OWN_REVISION = re.compile(r"\$\{\{\s*github\.(?:sha|ref|head_ref|event\.pull_request\.head\.(?:sha|ref))\s*\}\}")
# Without types, GitHub leaves out the last: it sends "edited" where a pull request gets another target branch.
_USUAL_TYPES = ("opened", "synchronize", "reopened")
_NEEDED_TYPES = (*_USUAL_TYPES, "edited")
# The default branch of most repositories, of which no file says the name; and what matches any branch.
_DEFAULT_BRANCHES = frozenset({"main", "master", "*", "**"})
_HERE = frozenset({"", ".", "./", "${{ github.workspace }}"})
_BASH_PIPEFAIL, _BASH = Shell(errexit=True, pipefail=True), Shell(errexit=True)
_SHELLS = {"": _BASH, "bash": _BASH_PIPEFAIL, "sh": _BASH}


class _Job(NamedTuple):
    """A job of a workflow, and the node of its name."""

    workflow: Node
    name: Scalar
    node: Node


def github_runs(wire: Wire, local_actions: frozenset[str]) -> list[Run]:
    """Every run of the check in a workflow; `local_actions` are the folders of this repository's actions that run the check."""
    workflow = wire.roots[0] if wire.roots else None
    runs: list[Run] = []
    for name, node in entries(value(workflow, "jobs")):
        if workflow is None:
            continue
        job = _Job(workflow, name, node)
        for number, step in enumerate(items(value(node, "steps"))):
            run = _step(wire, job, number, step, local_actions) if len(runs) < MOST_RUNS else None
            if run is not None:
                runs.append(run)
    return runs


def _step(wire: Wire, job: _Job, number: int, step: Node, local_actions: frozenset[str]) -> Run | None:
    title = f"job '{job.name.text}'"
    uses = value(step, "uses")
    action = text_of(uses)
    if isinstance(uses, Scalar) and (_ACTION.fullmatch(action) or _local(action) in local_actions):
        run = Run(SERVICE, title, wire, wire.locate(uses))
        _action(run, uses, step)
        pieces: list[Piece] = []
    else:
        script = value(step, "run")
        if script is None or not (check := find_check([script_node(script)])):
            return None
        run = Run(SERVICE, title, wire, wire.within(script, "shipcheck check"))
        _script(run, job, number, step, check[1])
        pieces = [*_scripts(_in_checkout(job, number)), check[1]]
    audit_own_code(run, pieces, value(job.workflow, "env"), value(job.node, "env"), value(step, "env"))
    _triggers(run, job.workflow)
    _conditions(run, job, step)
    _history(run, items(value(job.node, "steps"))[:number])
    return run


def _local(action: str) -> str:
    return action.removeprefix("./").strip("/") if action.startswith("./") else "\0"


def _action(run: Run, uses: Scalar, step: Node) -> None:
    """A step that uses the action."""
    action = _ACTION.fullmatch(uses.text)
    if action and not is_commit(action["ref"]):
        text = f"'{action['ref']}' can be moved to another commit"
        run.report(PINNED, uses, text, "Use the full commit hash, with the release in a comment.")
    run.says(PINNED, "uses the action by its commit" if action else "uses an action of this repository")
    arguments = entry(value(step, "with"), "args")
    base = entry(value(step, "with"), "base")
    if base is not None and not text_of(base[1]).strip():
        run.report(BASE_GIVEN, base[0], "the action does not pass a base", "Remove 'base', or set it to auto.")
    given = (text_of(base[1]).strip() if base else "") or "auto"
    folder = _away([text_of(value(step, "with", "working-directory"))])
    audit_words(run, text_of(arguments[1]) if arguments else "", arguments[1] if arguments else uses, given, folder)


def _script(run: Run, job: _Job, number: int, step: Node, piece: Piece) -> None:
    """A step that runs the command itself."""
    shell = _shell(job, step)
    if shell not in _SHELLS or (not shell and "windows" in _platform(job)):
        text = f"cannot determine whether a failure counts: the shell is {shell or 'that of Windows'}"
        run.report(FAILURE_COUNTS, run.location, text, "Set 'shell: bash'.", "not_judged")
    inherited = [value(holder, "defaults", "run", "working-directory") for holder in (job.node, job.workflow)]
    folder = _away([text_of(node) for node in (value(step, "working-directory"), *inherited)])
    audit_script(run, [*_scripts(items(value(job.node, "steps"))[:number]), piece], _SHELLS.get(shell, _BASH), folder)


def _away(folders: list[str]) -> str:
    """The folder that a step runs in, the first that is written; empty where that is the top of the checkout."""
    folder = next((each.strip() for each in folders if each.strip()), "")
    return "" if folder in _HERE else folder


def _scripts(steps: Iterable[Node]) -> list[Piece]:
    return [script_node(script) for step in steps if (script := value(step, "run"))]


def _in_checkout(job: _Job, number: int) -> tuple[Node, ...]:
    """The steps before this one that run where the repository is checked out."""
    before = items(value(job.node, "steps"))[:number]
    first = next((at for at, step in enumerate(before) if text(step, "uses").startswith("actions/checkout@")), 0)
    return before[first:]


def _shell(job: _Job, step: Node) -> str:
    return text(step, "shell") or text(job.node, "defaults", "run", "shell") or text(job.workflow, "defaults", "run", "shell")


def _platform(job: _Job) -> str:
    node = value(job.node, "runs-on")
    return " ".join(name.text for name in names(node)).lower() + ("windows" if "${{" in text_of(node) else "")


def _triggers(run: Run, workflow: Node) -> None:
    """The events that the workflow runs on."""
    trigger = entry(workflow, "on")
    events = names(trigger[1]) if trigger else ()
    place = trigger[0] if trigger else run.location
    target = next((event for event in events if event.text == "pull_request_target"), None)
    if target is not None:
        text = "pull_request_target checks out the base, not the change, and has access to the secrets of the base"
        run.report(ON_PULL_REQUESTS, target, text, "Use pull_request.")
    if not any(event.text == "pull_request" for event in events):
        run.report(ON_PULL_REQUESTS, place, "the workflow does not run for pull requests", "Add pull_request under 'on'.")
        return
    filters = value(workflow, "on", "pull_request")
    for key, _ in entries(filters):
        if key.text in {"paths", "paths-ignore"}:
            text = f"'{key.text}' skips pull requests by changed files, but a gate can be in any file"
            run.report(NOT_SKIPPED, key, text, f"Remove '{key.text}'; the check is fast.")
    _branches(run, filters)
    types = entry(filters, "types")
    kinds = {name.text for name in names(types[1])} if types else set(_USUAL_TYPES)
    missing = [kind for kind in _NEEDED_TYPES if kind not in kinds]
    if missing:
        text = (
            f"'types' does not include {missing[0]}" if types else "a pull request that gets another target is not checked again"
        )
        run.report(ON_PULL_REQUESTS, types[0] if types else place, text, f"Set 'types: [{', '.join(_NEEDED_TYPES)}]'.")


def _branches(run: Run, filters: Node | None) -> None:
    """Filters by the target of a pull request."""
    ignored, branches = entry(filters, "branches-ignore"), entry(filters, "branches")
    if ignored:
        text = "'branches-ignore' skips pull requests by their target"
        run.report(ON_PULL_REQUESTS, ignored[0], text, "Remove 'branches-ignore'.")
    if branches and _DEFAULT_BRANCHES.isdisjoint(name.text for name in names(branches[1])):
        text = "'branches' skips pull requests to main"
        run.report(ON_PULL_REQUESTS, branches[0], text, "Remove 'branches', or add the default branch.")


def _conditions(run: Run, job: _Job, step: Node) -> None:
    """What keeps the job or the step from running, and what masks its failure."""
    for holder, what in ((job.node, "job"), (step, "step")):
        condition = entry(holder, "if")
        if condition and not _ALWAYS.fullmatch(text_of(condition[1])):
            text = f"the {what} has a condition, and a skipped {what} counts as passed"
            run.report(NOT_SKIPPED, condition[0], text, "Remove 'if'.")
        lenient = entry(holder, "continue-on-error")
        if lenient and not is_false(lenient[1]):
            run.report(FAILURE_COUNTS, lenient[0], f"the {what} continues after an error", "Remove 'continue-on-error'.")
    needs = entry(job.node, "needs")
    condition = entry(job.node, "if")
    if needs and not (condition and "always()" in text_of(condition[1])):
        text = "the job is skipped if a job that it needs fails, and then counts as passed"
        run.report(NOT_SKIPPED, needs[0], text, "Remove 'needs', or add 'if: always()'.")


def _history(run: Run, before: tuple[Node, ...]) -> None:
    """How the steps before it check out the repository."""
    checkouts = [step for step in before if _is_checkout(step)]
    if not checkouts:
        text = "no earlier step checks out the repository"
        run.report(WHOLE_HISTORY, run.location, text, "Add actions/checkout with 'fetch-depth: 0' before it.")
        return
    step = checkouts[-1]
    depth = entry(value(step, "with"), "fetch-depth")
    if depth is None or text_of(depth[1]).strip() != "0":
        place = depth[1] if depth else value(step, "uses") or step
        run.report(WHOLE_HISTORY, place, "the history is incomplete", "Add 'fetch-depth: 0' under 'with'.")
    ref = entry(value(step, "with"), "ref")
    if ref is not None and not _OWN_REVISION.fullmatch(text_of(ref[1]).strip()):
        text = "the revision that is checked out is not the one to be merged"
        run.report(ON_PULL_REQUESTS, ref[1], text, "Remove 'ref'.")


def _is_checkout(step: Node) -> bool:
    elsewhere = isinstance(step, Mapping) and (entry(value(step, "with"), "repository") or entry(value(step, "with"), "path"))
    return text(step, "uses").startswith("actions/checkout@") and not elsewhere and "if" not in {n.text for n in names(step)}
