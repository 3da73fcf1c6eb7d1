"""The configuration of pre-commit and prek (https://pre-commit.com)."""

from shipcheck.doctor.audits import HOOK_ALWAYS_RUNS, HOOK_ON_INDEX, PINNED
from shipcheck.doctor.masked_exit_code import check_words, options_of
from shipcheck.doctor.nodes import entry, is_false, is_true, items, names, text, value
from shipcheck.doctor.pins import is_commit, is_release
from shipcheck.doctor.shell_parser import UnclearError, commands_of
from shipcheck.model.doctor import Answer, Audit, Outcome, Wire, text_of
from shipcheck.model.document import Node

HOOKS = ("shipcheck", "shipcheck-system")
_OF_COMMITS = frozenset({"pre-commit", "commit"})
_CHANGED = ("files", "exclude", "types", "types_or", "exclude_types")


class _Hook:
    """One entry of a configuration that runs the check; `local` means that the repository defines the hook itself."""

    def __init__(self, wire: Wire, repository: Node, node: Node) -> None:
        self.wire = wire
        self.node = node
        self.repository = repository
        self.local = text(repository, "repo") == "local"
        self.answers: list[Answer] = []

    def say(self, audit: Audit, node: Node | None, message: str, fix: str, outcome: Outcome = "finding") -> None:
        """Add an answer."""
        place = self.wire.locate(node if node is not None else self.node)
        self.answers.append(Answer(audit.id, outcome, f"hook '{text(self.node, 'id')}': {message}", place, fix))


def hook_answers(wire: Wire) -> tuple[Answer, ...]:
    """The answers of the hooks in a configuration; empty if none runs the check."""
    root = wire.roots[0] if wire.roots else None
    answers: list[Answer] = []
    for repository in items(value(root, "repos")):
        for node in items(value(repository, "hooks")):
            hook = _Hook(wire, repository, node)
            if _is_check(hook):
                _on_index(hook)
                _always(hook, root)
                _pinned(hook)
                answers += hook.answers
    return tuple(answers)


def _is_check(hook: _Hook) -> bool:
    if not hook.local:
        return text(hook.node, "id") in HOOKS
    written = f"{text(hook.node, 'entry')} {' '.join(name.text for name in names(value(hook.node, 'args')))}"
    return "shipcheck check" in written


def _on_index(hook: _Hook) -> None:
    """What the hook reads, from `entry` and `args`, of which the last word takes precedence."""
    entry_ = value(hook.node, "entry")
    arguments = value(hook.node, "args")
    written = text_of(entry_) if entry_ is not None else "shipcheck check --from index"
    shell_words = " ".join([written, *(f"'{name.text}'" for name in names(arguments))])
    place = arguments or entry_
    try:
        commands = commands_of(shell_words)
    except UnclearError as error:
        hook.say(
            HOOK_ON_INDEX, place, f"cannot determine what it runs: it contains {error}", "Write plain options.", "not_judged"
        )
        return
    words = check_words(commands[0]) if len(commands) == 1 else None
    if words is None:
        fix = "Set 'entry' to shipcheck check --from index."
        hook.say(HOOK_ON_INDEX, place, "cannot determine what it runs", fix, "not_judged")
        return
    options = options_of(words)
    if options.values("--from")[-1:] != ("index",):
        hook.say(HOOK_ON_INDEX, place, "it does not check what is staged", "Add --from index.")
    elif options.values("--exit-zero"):
        hook.say(HOOK_ON_INDEX, place, "--exit-zero lets every commit pass", "Remove --exit-zero.")
    elif options.unclear:
        hook.say(
            HOOK_ON_INDEX, place, f"'{options.unclear[0]}' can expand to any option", "Write the options literally.", "not_judged"
        )
    else:
        hook.say(HOOK_ON_INDEX, place, "checks what is staged", "", "pass")


def _always(hook: _Hook, root: Node | None) -> None:
    before = len(hook.answers)
    for key in _CHANGED:
        filtered = entry(hook.node, key)
        if filtered:
            fix = f"Remove '{key}'."
            hook.say(
                HOOK_ALWAYS_RUNS, filtered[0], f"'{key}' filters files, and a commit that deletes a gate may match none", fix
            )
    runs = entry(hook.node, "always_run")
    if (runs and is_false(runs[1])) or (hook.local and not is_true(runs[1] if runs else None)):
        fix = "Write 'always_run: true'." if hook.local else "Remove 'always_run'."
        hook.say(HOOK_ALWAYS_RUNS, runs[0] if runs else None, "it does not run for every commit", fix)
    passes = entry(hook.node, "pass_filenames")
    if hook.local and (passes is None or not is_false(passes[1])):
        message = "it passes file names, and each would be checked as a folder"
        hook.say(HOOK_ALWAYS_RUNS, passes[0] if passes else None, message, "Write 'pass_filenames: false'.")
    stages = entry(hook.node, "stages") or (entry(root, "default_stages") if hook.local else None)
    if stages and not _OF_COMMITS & {name.text for name in names(stages[1])}:
        hook.say(HOOK_ALWAYS_RUNS, stages[0], "its stages do not include commits", "Add pre-commit to 'stages'.")
    skipped = [name for name in names(value(root, "ci", "skip")) if name.text == text(hook.node, "id")]
    for name in skipped:
        hook.say(HOOK_ALWAYS_RUNS, name, "pre-commit.ci skips it", "Remove it from 'skip'.")
    if len(hook.answers) == before:
        hook.say(HOOK_ALWAYS_RUNS, None, "runs for every commit", "", "pass")


def _pinned(hook: _Hook) -> None:
    if hook.local:
        return
    revision = value(hook.repository, "rev")
    written = text_of(revision)
    if not is_commit(written) and not is_release(written):
        fix = "Use a release tag or a full commit hash; 'pre-commit autoupdate --freeze' sets one."
        hook.say(PINNED, revision, f"'{written}' can be moved to another commit", fix)
    else:
        hook.say(PINNED, revision, "is pinned to one release", "", "pass")
