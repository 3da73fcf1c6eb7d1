"""GitLab CI (https://docs.gitlab.com/ci/yaml/)."""

import re
from typing import NamedTuple

from shipcheck.doctor.audits import BASE_GIVEN, FAILURE_COUNTS, NOT_SKIPPED, ON_PULL_REQUESTS, PINNED, WHOLE_HISTORY
from shipcheck.doctor.masked_exit_code import Shell
from shipcheck.doctor.nodes import entries, entry, is_false, items, names, text, value
from shipcheck.doctor.pins import is_commit, is_release
from shipcheck.doctor.runs import MOST_RUNS, Piece, Run, audit_own_code, audit_script, audit_words, find_check
from shipcheck.model.doctor import Wire, text_of
from shipcheck.model.document import Mapping, Node, Scalar

SERVICE = "GitLab CI"
_COMPONENT = re.compile(r"\S*/shipcheck@(?P<ref>\S+)")
_MERGE_REQUEST = re.compile(r"""\$CI_PIPELINE_SOURCE\s*==\s*["']merge_request_event["']|\$CI_MERGE_REQUEST_(?:IID|ID)""")
_NO_JOBS = frozenset({"default", "include", "spec", "stages", "variables", "workflow", "image", "services", "cache", "pages"})
_LENIENT = frozenset({"manual", "never", "delayed", "on_failure"})
_MOST_JOBS, _MOST_PARENTS, _MOST_LINES = 500, 10, 1000
# A script that contains this is not treated as plain commands.
_UNCLEAR = "("


class _Job(NamedTuple):
    """A job, merged with what it extends; `unclear` means that parts of it are not in this file."""

    name: Scalar
    keys: dict[str, tuple[Scalar, Node]]
    unclear: bool


def gitlab_runs(wire: Wire) -> list[Run]:
    """Every run of the check in a pipeline."""
    runs: list[Run] = []
    for root in wire.roots:
        if _is_large(root):
            continue
        for name, node in entries(root):
            if len(runs) < MOST_RUNS and name.text not in _NO_JOBS and not name.text.startswith("."):
                run = _job_run(wire, root, _job(wire, root, name, node, []))
                runs += [run] if run else []
        for item in items(value(root, "include"))[:_MOST_JOBS]:
            run = _component(wire, root, item)
            runs += [run] if run else []
    return runs


def _is_large(root: Node) -> bool:
    return len(names(root)) > _MOST_JOBS


def includes(wire: Wire) -> Node | None:
    """The part of a pipeline that includes other files, or the root of one with more jobs than are read here."""
    large = next((root for root in wire.roots if _is_large(root)), None)
    return large or next((node for root in wire.roots if (node := value(root, "include"))), None)


def _job(wire: Wire, root: Node, name: Scalar, node: Node, above: list[str]) -> _Job:
    """A job merged with its parents; `above` are those already merged."""
    keys = {key.text: (key, item) for key, item in entries(node)}
    unclear = wire.is_tagged(node)
    # Of several parents the last takes precedence.
    for parent in reversed(names(value(node, "extends"))[:_MOST_PARENTS]):
        extended = entry(root, parent.text)
        if extended is None or parent.text in above or len(above) == _MOST_PARENTS:
            unclear = True
            continue
        above.append(parent.text)
        taken = _job(wire, root, extended[0], extended[1], above)
        unclear = unclear or taken.unclear
        for key, item in taken.keys.items():
            keys.setdefault(key, item)
    return _Job(name, keys, unclear)


def _job_run(wire: Wire, root: Node, job: _Job) -> Run | None:
    pieces = _pieces(wire, root, job)
    if pieces is None or not find_check(pieces):
        return None
    run = Run(SERVICE, f"job '{job.name.text}'", wire, wire.within(pieces[0].node, "shipcheck check"))
    audit_script(run, pieces, Shell(errexit=True))
    audit_own_code(run, pieces, value(root, "variables"), job.keys["variables"][1] if "variables" in job.keys else None)
    if job.unclear:
        text = "it extends a job that is not in this file"
        run.report(NOT_SKIPPED, job.name, text, "Write the job in full.", "not_judged")
    _lenient(run, job.keys)
    _rules(run, root, job.keys)
    _history(run, root, job.keys)
    return run


def _pieces(wire: Wire, root: Node, job: _Job) -> list[Piece] | None:
    """The script of a job as one, since all of it runs in one shell."""
    script = job.keys.get("script")
    if script is None:
        return None
    before = job.keys.get("before_script")
    first = before[1] if before else value(root, "default", "before_script") or value(root, "before_script")
    lines: list[str] = []
    for node in (first, script[1]):
        _lines(wire, root, node, lines, [])
    return [Piece("\n".join(lines), script[1])]


def _lines(wire: Wire, root: Node, node: Node | None, lines: list[str], taken: list[Node]) -> None:
    """Add the lines of a script, including those that `!reference` refers to; a reference to elsewhere makes all unclear."""
    if node is None:
        return
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [_UNCLEAR]
    elif wire.is_tagged(node):
        if lines[:1] == [_UNCLEAR]:
            return
        target = value(root, *(name.text for name in names(node)))
        if target is None or any(target is other for other in taken) or len(taken) == _MOST_PARENTS:
            lines.insert(0, _UNCLEAR)
        else:
            _lines(wire, root, target, lines, [*taken, target])
    elif isinstance(node, Scalar):
        lines.append(node.text)
    else:
        for item in items(node)[: _MOST_LINES + 1]:
            _lines(wire, root, item, lines, taken)


def _component(wire: Wire, root: Node, item: Node) -> Run | None:
    """The component, included with `include`."""
    node = value(item, "component")
    match = _COMPONENT.fullmatch(text_of(node))
    if node is None or match is None:
        return None
    run = Run(SERVICE, "component 'shipcheck'", wire, wire.locate(node))
    if not is_commit(match["ref"]) and not is_release(match["ref"], full=True):
        run.report(PINNED, node, f"'{match['ref']}' is not pinned to a release", "Use a commit, or a release such as @1.2.3.")
    run.says(PINNED, "is pinned to one release")
    inputs = value(item, "inputs")
    base = entry(inputs, "base")
    if base is not None and not text_of(base[1]).strip():
        run.report(BASE_GIVEN, base[0], "the component does not pass a base", "Remove 'base', or set it to auto.")
    arguments = entry(inputs, "args")
    given = (text_of(base[1]).strip() if base else "") or "auto"
    audit_words(run, text_of(arguments[1]) if arguments else "", arguments[1] if arguments else node, given)
    rules = entry(item, "rules")
    if rules is not None:
        run.report(NOT_SKIPPED, rules[0], "the component is included only conditionally", "Remove 'rules'.")
    override = value(root, "shipcheck")
    audit_own_code(run, [], value(root, "variables"), value(override, "variables"))
    keys = {key.text: (key, item) for key, item in entries(override)}
    _lenient(run, keys)
    if {"rules", "only", "except"} & set(keys):
        _rules(run, root, keys)
    if {"script", "extends", "before_script"} & set(keys) and override is not None:
        run.report(FAILURE_COUNTS, override, "a job in this file replaces that of the component", "Rename that job.")
    _workflow(run, root)
    return run


def _lenient(run: Run, keys: dict[str, tuple[Scalar, Node]]) -> None:
    """What masks the failure of a job, or makes it wait for a manual start."""
    if "allow_failure" in keys and not is_false(keys["allow_failure"][1]):
        text = "the pipeline passes even if the job fails"
        run.report(FAILURE_COUNTS, keys["allow_failure"][0], text, "Remove 'allow_failure'.")
    if "when" in keys and text_of(keys["when"][1]) in _LENIENT:
        text = f"'when: {text_of(keys['when'][1])}' lets the pipeline end without the job"
        run.report(NOT_SKIPPED, keys["when"][0], text, "Remove 'when'.")


def _rules(run: Run, root: Node, keys: dict[str, tuple[Scalar, Node]]) -> None:
    """The pipelines that include the job."""
    if "rules" in keys:
        _ruled(run, *keys["rules"])
        _workflow(run, root)
        return
    only, but = keys.get("only"), keys.get("except")
    for filtered in (only, but):
        changes = entry(filtered[1], "changes") if filtered else None
        if changes:
            run.report(NOT_SKIPPED, changes[0], "'changes' skips merge requests by changed files", "Remove it.")
    if but:
        run.report(
            NOT_SKIPPED, but[0], "'except' excludes pipelines, and doctor does not read which ones", "Use 'rules'.", "not_judged"
        )
    refs = {name.text for name in names(value(only[1], "refs") or only[1])} if only else set()
    by_workflow = not only and entry(value(root, "workflow"), "rules")
    if "merge_requests" not in refs and not by_workflow:
        fix = """Add under 'rules': - if: $CI_PIPELINE_SOURCE == "merge_request_event"."""
        run.report(ON_PULL_REQUESTS, only[0] if only else run.location, "the job is not in merge request pipelines", fix)
    _workflow(run, root)


def _ruled(run: Run, key: Scalar, rules: Node) -> None:
    """Evaluate the rules as a merge request pipeline does, up to the first that is sure to match."""
    if run.wire.is_tagged(rules):
        run.report(ON_PULL_REQUESTS, key, "the rules are defined elsewhere", "Write them here.", "not_judged")
        return
    for rule in items(rules):
        condition = text(rule, "if")
        for name in ("changes", "exists"):
            filtered = entry(rule, name)
            if filtered:
                text_ = f"'{name}' skips merge requests by changed files, but a gate can be in any file"
                run.report(NOT_SKIPPED, filtered[0], text_, f"Remove '{name}'.")
        when = entry(rule, "when")
        lenient = when is not None and text_of(when[1]) in _LENIENT
        sure = isinstance(rule, Mapping) and (not condition or _MERGE_REQUEST.fullmatch(condition.strip()) is not None)
        if lenient and when is not None:
            text_ = f"a rule says 'when: {text_of(when[1])}'" + (
                "" if sure else ", and doctor does not read for which merge requests"
            )
            run.report(NOT_SKIPPED, when[0], text_, "Remove the rule.", "finding" if sure else "not_judged")
        allowed = entry(rule, "allow_failure")
        if allowed and not is_false(allowed[1]):
            run.report(FAILURE_COUNTS, allowed[0], "a rule allows the job to fail", "Remove 'allow_failure'.")
        if sure:
            return
    fix = """Add the rule - if: $CI_PIPELINE_SOURCE == "merge_request_event"."""
    run.report(ON_PULL_REQUESTS, key, "no rule includes every merge request", fix)


def _workflow(run: Run, root: Node) -> None:
    """Whether the file creates pipelines for merge requests at all."""
    rules = entry(value(root, "workflow"), "rules")
    if rules is not None:
        _ruled(run, *rules)


def _history(run: Run, root: Node, keys: dict[str, tuple[Scalar, Node]]) -> None:
    own = entry(keys["variables"][1], "GIT_DEPTH") if "variables" in keys else None
    depth = own or entry(value(root, "variables"), "GIT_DEPTH")
    if depth is None or text_of(depth[1]).strip() != "0":
        place = depth[1] if depth else run.location
        run.report(WHOLE_HISTORY, place, "the history is incomplete", "Add under 'variables': GIT_DEPTH: \"0\".")
