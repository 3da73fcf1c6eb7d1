"""One place where a CI service runs the check, and its answers; common to all services."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shipcheck.doctor.audits import BASE_GIVEN, FAILURE_COUNTS, OF_A_RUN, PINNED
from shipcheck.doctor.compared import faults_of
from shipcheck.doctor.masked_exit_code import Options, Shell, check_words, masked_failure, options_of
from shipcheck.doctor.own_code import own_code_of, variable_of
from shipcheck.doctor.pins import pin_of
from shipcheck.doctor.shell_parser import Command, UnclearError, Word, commands_of
from shipcheck.model.doctor import Answer, Audit, Outcome, Wire
from shipcheck.model.document import Node, Scalar
from shipcheck.model.location import Location

# Of more runs in one file the first are examined; skipping runs never makes an answer better.
MOST_RUNS = 5
_GOOD = {
    "on-pull-requests": "runs for every pull request",
    "not-skipped": "has no filter and no condition",
    "failure-counts": "fails if the check fails",
    "base-given": "passes the base",
    "whole-history": "has the full history",
    "pinned": "is pinned to one release",
}


@dataclass(slots=True)
class Run:
    """A run of the check: the job, its service and place, and what is wrong with it."""

    service: str
    job: str
    wire: Wire
    location: Location
    failures: list[Answer] = field(default_factory=list)
    good: dict[str, str] = field(default_factory=dict)

    def report(self, audit: Audit, node: Node | Location, text: str, fix: str, outcome: Outcome = "finding") -> None:
        """Add an audit that fails here, or cannot be judged."""
        place = node if isinstance(node, Location) else self.wire.locate(node)
        self.failures.append(Answer(audit.id, outcome, f"{self.job}: {text}", place, fix))

    def says(self, audit: Audit, text: str) -> None:
        """Set why an audit passes here, instead of the usual text."""
        self.good[audit.id] = text

    def answers(self) -> tuple[Answer, ...]:
        """At least one answer for each audit: its failures, or that it passes."""
        answers: list[Answer] = []
        for audit in OF_A_RUN:
            failures = [failure for failure in self.failures if failure.audit == audit.id]
            text = f"{self.job} {self.good.get(audit.id, _GOOD[audit.id])}"
            answers += failures or [Answer(audit.id, "pass", text, self.location)]
        return tuple(answers)

    @property
    def rank(self) -> tuple[int, int]:
        """How far a run is from a trustworthy one; lower is better."""
        return len({failure.audit for failure in self.failures}), len(self.failures)


@dataclass(frozen=True, slots=True)
class Piece:
    """A script, and the node of the file that contains it."""

    text: str
    node: Node


def find_check(pieces: list[Piece]) -> tuple[int, Piece] | None:
    """The piece that contains the check, and the number of its command; negative if the piece is unclear."""
    for piece in pieces:
        if "shipcheck" not in piece.text:
            continue
        try:
            commands = commands_of(piece.text)
        except UnclearError:
            if _mentions_check(piece.text):
                return -1, piece
            continue
        for number, command in enumerate(commands):
            if check_words(command) is not None:
                return number, piece
    return None


def _mentions_check(text: str) -> bool:
    words = text.split()
    return any(word.endswith("shipcheck") and after == "check" for word, after in pairwise(words))


def audit_script(run: Run, pieces: list[Piece], shell: Shell, folder: str = "") -> None:
    """Audit the scripts of one job up to the one that runs the check, which is the last; `folder` is where that runs."""
    piece = pieces[-1]
    try:
        commands = commands_of(piece.text)
    except UnclearError as error:
        fix = "Run the check in its own step, with plain commands only."
        text = f"cannot determine whether a failure counts: the script contains {error}"
        run.report(FAILURE_COUNTS, run.location, text, fix, "not_judged")
        run.report(BASE_GIVEN, run.location, f"cannot determine the options: the script contains {error}", fix, "not_judged")
        commands = ()
    for number, command in enumerate(commands):
        words = check_words(command)
        if words is not None:
            masked = masked_failure(commands, number, shell)
            if masked:
                place = run.wire.within(piece.node, masked.piece) if masked.piece else run.location
                run.report(FAILURE_COUNTS, place, masked.text, "Run the check alone, as the last command of its step.")
            audit_options(run, options_of(words), piece.node, commands[:number], folder)
            break
    _audit_pin(run, pieces)


def audit_own_code(run: Run, pieces: list[Piece], *variables: Node | None) -> None:
    """Audit what runs where the repository is checked out, and the variables that are set there."""
    if found := own_code_of(piece.text for piece in pieces):
        holder = next((piece.node for piece in pieces if found.piece in piece.text), None)
        place = run.wire.within(holder, found.piece) if holder is not None else run.location
        run.report(PINNED, place, found.text, found.fix)
    if named := variable_of(*variables):
        run.report(PINNED, named[0], named[1].text, named[1].fix)


def audit_words(run: Run, text: str, node: Node, base: str, folder: str = "") -> None:
    """Audit the arguments that a wrapper passes on, on one line or several.

    `base` is the base that it passes itself, `folder` where the check runs.
    """
    try:
        commands = commands_of(f"shipcheck check {' '.join(text.split())}")
    except UnclearError as error:
        run.report(FAILURE_COUNTS, node, f"cannot read the arguments: they contain {error}", "Write plain options.", "not_judged")
        return
    if len(commands) != 1:
        run.report(FAILURE_COUNTS, node, "the arguments are more than one command", "Write plain options.", "not_judged")
        return
    words: tuple[Word, ...] = check_words(commands[0]) or ()
    options = options_of(words)
    given = (("--base", base), *options.given) if base else options.given
    audit_options(run, Options(given, options.unclear, options.paths), node, folder=folder)


def audit_options(run: Run, options: Options, node: Node, before: Sequence[Command] = (), folder: str = "") -> None:
    """Audit the options of the check; `before` are the commands that run before it in the same script, in `folder`."""
    for name, text in (
        ("--exit-zero", "--exit-zero exits with 0 even if there are findings"),
        ("--help", "--help does not run the check"),
        ("-h", "-h does not run the check"),
        ("--policy", "--policy judges only some of the policies"),
        ("--as-of", "--as-of always evaluates as of the same date"),
    ):
        if options.values(name):
            run.report(FAILURE_COUNTS, run.wire.within(node, name), text, f"Remove {name}.")
    if "error" in options.values("--fail-on"):
        text = "--fail-on error overrides stricter settings"
        run.report(FAILURE_COUNTS, run.wire.within(node, "--fail-on"), text, "Remove --fail-on; error is the default.")
    for word in options.unclear:
        text = f"'{word}' can expand to any option, even --exit-zero"
        run.report(FAILURE_COUNTS, run.wire.within(node, word), text, "Write the options literally.", "not_judged")
    for audit, piece, text, fix in faults_of(options, before, folder):
        run.report(audit, run.wire.within(node, piece), text, fix)
    if not any(options.values("--base")):
        run.report(BASE_GIVEN, run.location, "the check gets no base", "Add --base auto.")


def _audit_pin(run: Run, pieces: list[Piece]) -> None:
    commands: list[Command] = []
    for piece in pieces:
        try:
            commands += commands_of(piece.text)
        except UnclearError:
            continue
    outcome, text, word = pin_of(commands)
    holder = next((piece.node for piece in pieces if word and word in piece.text), None)
    if outcome == "pass":
        run.says(PINNED, f"is pinned: {text}")
        return
    place = run.wire.within(holder, word) if holder is not None else run.location
    run.report(PINNED, place, text, "Install shipcheck-ai==X.Y.Z, or from a file with --require-hashes.", outcome)


def script_node(node: Node) -> Piece:
    """A script in one scalar."""
    return Piece(node.text if isinstance(node, Scalar) else "", node)
