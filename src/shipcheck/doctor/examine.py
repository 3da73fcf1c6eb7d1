"""Examines all files of a repository's CI setup: at least one answer for each audit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shipcheck.doctor.audits import AUDITS, CHECK_REQUIRED, CHECK_RUNS, HOOK_ALWAYS_RUNS, HOOK_ON_INDEX
from shipcheck.doctor.azure_pipelines import azure_runs, templates
from shipcheck.doctor.github_actions import github_runs
from shipcheck.doctor.gitlab_ci import gitlab_runs, includes
from shipcheck.doctor.hooks import HOOKS, hook_answers
from shipcheck.doctor.nodes import entries, value
from shipcheck.doctor.runs import Run
from shipcheck.doctor.workflow_files import Kind
from shipcheck.english import listed
from shipcheck.model.doctor import Answer, Wire, text_of
from shipcheck.model.document import Node, Scalar, below
from shipcheck.model.location import whole_file
from shipcheck.model.problem import Problem

_LOOK = {
    "GitHub Actions": "run 'gh api repos/OWNER/NAME/rules/branches/main', or see Settings, Rules",
    "GitLab CI": "see Settings, Merge requests, 'Pipelines must succeed'",
    "Azure Pipelines": "see the build validation under the policies of the branch",
}


@dataclass(frozen=True, slots=True)
class Examined:
    """The answers, and the files that must have owners because they run the check."""

    answers: tuple[Answer, ...]
    guarding: tuple[str, ...]


def examine(wires: Sequence[tuple[Kind, Wire]], unread: Sequence[Problem], local_actions: frozenset[str]) -> Examined:
    """The answers of the CI setup, except for its owners; `unread` are files of it that cannot be read."""
    runs = [run for kind, wire in wires for run in _runs(kind, wire, local_actions)]
    services = list(dict.fromkeys(run.service for run in runs))
    best = [min((run for run in runs if run.service == service), key=lambda run: run.rank) for service in services]
    answers = [*_unread(unread), *_running(best, wires, read_all=not unread)]
    answers += [answer for run in best for answer in run.answers()]
    answers += _required(services)
    answers += _hooked(wires)
    order = {audit.id: number for number, audit in enumerate(AUDITS)}
    return Examined(
        tuple(sorted(answers, key=lambda answer: order[answer.audit])), tuple(sorted({run.wire.file.path for run in best}))
    )


def _runs(kind: Kind, wire: Wire, local_actions: frozenset[str]) -> list[Run]:
    if kind == "github":
        return github_runs(wire, local_actions)
    if kind == "gitlab":
        return gitlab_runs(wire)
    return azure_runs(wire) if kind == "azure" else []


def _unread(problems: Iterable[Problem]) -> list[Answer]:
    return [
        Answer(CHECK_RUNS.id, "not_judged", f"{problem.location.path} cannot be read: {problem.message}", problem.location)
        for problem in problems
    ]


def _running(best: Sequence[Run], wires: Sequence[tuple[Kind, Wire]], *, read_all: bool) -> list[Answer]:
    """Whether anything runs the check; if nothing that can be read does, what may do so elsewhere."""
    if best:
        return [Answer(CHECK_RUNS.id, "pass", f"{run.service} runs it, in {run.job}", run.location) for run in best]
    hidden = [answer for kind, wire in wires if (answer := _out_of_sight(kind, wire))]
    if hidden or not read_all:
        return hidden
    fix = "Add the check to a CI service; docs/ci.md has a few lines for each."
    return [Answer(CHECK_RUNS.id, "finding", "no CI service runs shipcheck check", None, fix)]


def _out_of_sight(kind: Kind, wire: Wire) -> Answer | None:
    if kind == "gitlab" and (node := includes(wire)):
        text = f"{wire.file.path} includes other files, or has more jobs than doctor reads"
        return Answer(CHECK_RUNS.id, "not_judged", text, wire.locate(node), "Add the check to this file.")
    if kind == "azure" and (node := templates(wire)):
        text = f"{wire.file.path} has templates or expressions that doctor does not read"
        return Answer(CHECK_RUNS.id, "not_judged", text, wire.locate(node), "Add the check to this file.")
    if kind == "github":
        jobs = value(wire.roots[0], "jobs") if wire.roots else None
        for _, job in entries(jobs):
            uses = value(job, "uses")
            if "shipcheck" in text_of(uses) and uses is not None:
                text = f"{wire.file.path} calls a workflow that doctor does not read"
                return Answer(CHECK_RUNS.id, "not_judged", text, wire.locate(uses), "Use the action in a step.")
    if kind == "other":
        text = f"doctor does not read {wire.file.path}, which may run the check"
        return Answer(CHECK_RUNS.id, "not_judged", text, whole_file(wire.file.origin, wire.file.path), "See docs/ci.md.")
    return None


def _required(services: Sequence[str]) -> list[Answer]:
    if not services:
        return []
    text = "whether the check is required is a setting of the server, not of any file"
    look = listed([_LOOK[service] for service in services], "and")
    return [Answer(CHECK_REQUIRED.id, "outside", text, None, f"{look[0].upper()}{look[1:]}.")]


def _hooked(wires: Sequence[tuple[Kind, Wire]]) -> list[Answer]:
    answers = [answer for kind, wire in wires if kind == "hooks" for answer in hook_answers(wire)]
    if not any(answer.audit == HOOK_ON_INDEX.id for answer in answers):
        text = "no hook runs the check; only the check on the server is decisive"
        return [Answer(audit.id, "not_applicable", text) for audit in (HOOK_ON_INDEX, HOOK_ALWAYS_RUNS)]
    return [*answers, *_skipped(wires)]


def _skipped(wires: Sequence[tuple[Kind, Wire]]) -> list[Answer]:
    """Where the variable SKIP of a CI service skips the hook."""
    answers = []
    for kind, wire in wires:
        if kind == "hooks":
            continue
        for root in wire.roots:
            answers += [
                Answer(HOOK_ALWAYS_RUNS.id, "finding", "SKIP disables the hook", wire.locate(key), "Remove it from SKIP.")
                for key, node in _variables(root)
                if key.text == "SKIP" and set(HOOKS) & {word.strip() for word in text_of(node).split(",")}
            ]
    return answers


def _variables(root: Node) -> Iterator[tuple[Scalar, Node]]:
    """Every entry of every map in a file."""
    for node in (root, *below(root)):
        yield from entries(node)
