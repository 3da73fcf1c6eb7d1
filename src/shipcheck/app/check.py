"""`shipcheck check`: a repository judged, end to end."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shipcheck.errors import CannotJudgeError, OverwritingError, UsageError
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.collect import all_files_named
from shipcheck.graph.graph import Graph
from shipcheck.model.location import TOPS, Location
from shipcheck.model.policy import Policy, Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Narrowed, Report
from shipcheck.pipeline.apply_waivers import apply_waivers, consents_of, invalid_waivers
from shipcheck.pipeline.assemble_report import Extras, Outcome, Read, by_cause, report_of
from shipcheck.pipeline.comparison import Base, Compared, Edits, StoppedError, no_edits
from shipcheck.pipeline.judge import judge
from shipcheck.pipeline.load import Loaded, build, declared, with_unread
from shipcheck.pipeline.lookup import select_policies
from shipcheck.pipeline.narrow import Scope, narrowed, scope_of, set_aside, set_names_aside
from shipcheck.pipeline.prepare import Prepared, Progress, no_progress, prepare, root_of
from shipcheck.pipeline.roots import refuse_unlisted
from shipcheck.pipeline.since import applying
from shipcheck.pipeline.state import WORKTREE, State
from shipcheck.pipeline.upstream_findings import UpstreamFindings
from shipcheck.sources.git import in_repository
from shipcheck.sources.revisions import commit_of


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The arguments of the command. `policies` empty means all; `fail_on` None means that of the settings.

    `path` is the root, and `only` the part of it that is shown.

    `base` is the revision to compare with; with one, `state` None means HEAD, else the worktree. `wants_address`
    asks for the address of the repository too, `by_control` for the result of each control. `own_commits` are those of the pull
    request that is judged, none of which can be its base; None outside of one. `outputs` are files that are written afterwards,
    none of which may be one that is read.
    """

    path: Path | None
    as_of: date
    policies: tuple[str, ...] = ()
    fail_on: Severity | None = None
    state: State | None = None
    base: str = ""
    wants_address: bool = False
    by_control: bool = False
    own_commits: frozenset[str] | None = None
    outputs: tuple[Path, ...] = ()
    only: Path | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A report with its inputs, for the commands that edit waivers; `edits` gives the edits that a finding rests on."""

    report: Report
    prepared: Prepared
    graph: Graph | None
    edits: Edits = no_edits


def check(request: CheckRequest, progress: Progress = no_progress) -> Report:
    """Judge the repository; raises what `examine` does."""
    return examine(request, progress).report


def examine(request: CheckRequest, progress: Progress = no_progress) -> Examined:
    """Judge the repository.

    Raises:
        UsageError: the path is not a folder, no git repository has the state or the base, or a requested policy does not
            exist, or an output is a file that is read.
        CannotJudgeError: the files cannot be listed, a revision is not there, or what is to be shown holds no manifest.
    """
    head = prepare(request.path, _state(request), request.as_of, listed=not request.base)
    base = _read_base(head, request, progress)
    if base is not None and head.top is not None:
        refuse_unlisted(base.tip if base.decides else head)
    policies = _requested_policies(head, base, request)
    manifests = with_unread(declared(head, progress), head, base.tip if base is not None and base.decides else None)
    scope = scope_of(head, request.only, manifests) if request.only is not None and not head.settings_problems else None
    if scope is not None and base is not None:
        manifests = set_aside(manifests, head, base.tip, scope)
    loaded = build(head, manifests, progress)
    if scope is not None and base is not None and loaded.graph is None:
        without_names = set_names_aside(loaded, head, base, scope)
        loaded = build(head, without_names, progress) if without_names is not None else loaded
    read = Read(head, base, loaded)
    _refuse_overwriting(read, request.outputs)
    outcome = _judged(read, policies, request, progress)
    extras = Extras(request.as_of, request.fail_on, not request.policies, request.by_control, request.wants_address)
    shown = _shown(report_of(read, outcome, extras), scope, loaded)
    return Examined(shown, head, loaded.graph, outcome.compared.edits)


def _shown(report: Report, scope: Scope | None, loaded: Loaded) -> Report:
    """The report of what was asked for; everything was judged."""
    if scope is None:
        return report
    aside = loaded.declared.aside
    if loaded.graph is None:
        return replace(report, narrowed=Narrowed(scope.path, problems=aside))
    results, outside = narrowed(report.judged.results, loaded.graph, scope, with_base=report.inputs.against is not None)
    judged = replace(report.judged, results=results)
    return by_cause(replace(report, judged=judged, narrowed=Narrowed(scope.path, outside, aside)))


def _refuse_overwriting(read: Read, outputs: tuple[Path, ...]) -> None:
    """A report must not take the place of a file that the run reads: a manifest, or code that a manifest names."""
    if not outputs:
        return
    graph, head = read.loaded.graph, read.head
    top = head.top.root if head.top is not None else head.root
    read_files = {(top if file.origin in TOPS else head.root, file.path) for file in (*head.files, *read.loaded.files)}
    if graph is not None:
        named = all_files_named(graph, head.vocabulary)
        read_files.update((head.root, path) for path in named if head.source.lists(path))
    for output in outputs:
        place = output.resolve()
        for folder in dict.fromkeys((head.root, top)):
            if not place.is_relative_to(folder) or (folder, path := place.relative_to(folder).as_posix()) not in read_files:
                continue
            raise OverwritingError(output, f"the output {output} would overwrite {path}, which this run reads; name another file")


def _judged(read: Read, policies: tuple[Policy, ...], request: CheckRequest, progress: Progress) -> Outcome:
    """Judge what was read, stage by stage; a stage either returns a value or stops the run at problems."""
    try:
        graph = _graph(read, policies, progress)
        _check_waivers(read, graph, policies, request.as_of)
        compared = _compare(read, graph, policies, request, progress)
        _check_subjects(read.loaded, compared)
        results, waivers = apply_waivers(read.head, read.base, graph, compared, request.as_of)
        consents = consents_of(read.head, read.base, compared, graph, request.as_of)
    except StoppedError as stopped:
        return Outcome(stopped.compared, problems=stopped.problems)
    return Outcome(replace(compared, results=results), waivers, consents)


def _state(request: CheckRequest) -> State:
    if request.base and not in_repository(root := root_of(request.path)):
        raise UsageError(f"{root} is not in a git repository, so there is no base to compare with; remove --base")
    return request.state or (State("HEAD") if request.base else WORKTREE)


def _requested_policies(head: Prepared, base: Base | None, request: CheckRequest) -> tuple[Policy, ...]:
    """The policies that the command names; none where packs have problems, or where a base says which there are."""
    if head.problems or base is not None:
        return ()
    selected = select_policies(head.plan, request.policies)
    return selected if request.policies else applying(selected, head)


def _graph(read: Read, policies: tuple[Policy, ...], progress: Progress) -> Graph:
    """The linked graph; the run stops at every problem of settings, packs, manifests, base and coverage at once."""
    problems = (*read.head.problems, *read.loaded.every_problem, *_base_problems(read.head, read.base))
    problems += _code_problems(read, progress)
    if problems or read.loaded.graph is None:
        raise StoppedError(problems, Compared(judged=policies))
    return read.loaded.graph


def _code_problems(read: Read, progress: Progress) -> tuple[Problem, ...]:
    """The gaps in what discovery looks at that head or base does not allow; where neither asks, no code is opened."""
    base = read.base.tip.settings.code if read.base is not None else ()
    if read.head.problems or not (read.head.settings.code or base):
        return ()
    from shipcheck.pipeline.discovery import code_problems  # noqa: PLC0415 - only for a repository that asks for it

    return code_problems(read.head, read.base, progress)


def _check_waivers(read: Read, graph: Graph, policies: tuple[Policy, ...], as_of: date) -> None:
    problems = invalid_waivers(read.head, read.base, graph, as_of)
    if problems:
        raise StoppedError(problems, Compared(judged=policies))


def _compare(read: Read, graph: Graph, policies: tuple[Policy, ...], request: CheckRequest, progress: Progress) -> Compared:
    """The results of every policy: by head and base where there is one, else by the head alone."""
    if read.base is not None:
        # What only a check against a base needs is loaded only for one: it would be an eighth of the time of a small run.
        from shipcheck.pipeline.compare import Comparison  # noqa: PLC0415

        comparison = Comparison(read.head, read.loaded.declared, read.base, request.as_of, progress)
        return comparison.compare(graph, request.policies)
    if not graph.components:
        return Compared(judged=policies)
    evaluator, own = Evaluator(graph, read.head.vocabulary, request.as_of), UpstreamFindings(read.head, request.as_of)
    return Compared(judge(evaluator, policies, progress, own), judged=policies, graphs=(graph,))


def _check_subjects(loaded: Loaded, compared: Compared) -> None:
    """A run in which no policy has a subject has shown nothing, unless there is nothing to declare."""
    if loaded.declared.absence or any(result.subjects for result in compared.results):
        return
    file = loaded.files[0]
    message = "no policy has a subject here; select other policies, or declare the components they apply to"
    raise StoppedError((Problem(Location(file.origin, file.path, 1, 1, 1, 1), "nothing-judged", message),), compared)


def _read_base(head: Prepared, request: CheckRequest, progress: Progress) -> Base | None:
    if not request.base:
        return None
    from shipcheck.pipeline.base import read_base  # noqa: PLC0415 - loaded only for a base

    base = read_base(head, request.base, request.as_of, progress)
    if request.own_commits is not None:
        _refuse_itself(head, base, request.own_commits)
    return base


def _refuse_itself(head: Prepared, base: Base, own: frozenset[str]) -> None:
    """A pull request that is its own base would decide over itself."""
    if base.against.revision in own | {head.source.revision or commit_of(head.root, "HEAD")}:
        message = f"the base '{base.against.name}' is the head of this pull request; name its target, or use --base auto"
        raise CannotJudgeError(message)


def _base_problems(head: Prepared, base: Base | None) -> tuple[Problem, ...]:
    if base is None:
        return ()
    from shipcheck.pipeline.base import rolled_back_packs  # noqa: PLC0415 - loaded only for a base

    return (*base.problems, *rolled_back_packs(head, base))
