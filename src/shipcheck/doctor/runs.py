"""One place where a CI service runs the check, and the answers it gives; what all services have in common."""

from dataclasses import dataclass, field
from itertools import pairwise

from shipcheck.doctor.audits import BASE_GIVEN, FAILURE_COUNTS, OF_A_RUN, PINNED
from shipcheck.doctor.command import Options, Shell, check_words, options_of, swallowed
from shipcheck.doctor.pins import pin_of
from shipcheck.doctor.shell import Command, UnclearError, Word, commands_of
from shipcheck.model.doctor import Answer, Audit, Outcome, Wire
from shipcheck.model.document import Node, Scalar
from shipcheck.model.location import Location

# Of more in one file the first are looked at; leaving runs out never makes an answer better.
MOST_RUNS = 5
_GOOD = {
    "on-pull-requests": "runs for every pull request",
    "not-skipped": "has no filter and no condition",
    "failure-counts": "fails where the check fails",
    "base-given": "names the base",
    "whole-history": "has the whole history",
    "pinned": "runs one release",
}


@dataclass(slots=True)
class Run:
    """A run of the check: which job of which service, where it stands, and what is wrong with it."""

    service: str
    job: str
    wire: Wire
    location: Location
    faults: list[Answer] = field(default_factory=list)
    good: dict[str, str] = field(default_factory=dict)

    def fault(self, audit: Audit, node: Node | Location, text: str, fix: str, outcome: Outcome = "finding") -> None:
        """Note that an audit fails here, or cannot be judged."""
        place = node if isinstance(node, Location) else self.wire.locate(node)
        self.faults.append(Answer(audit.id, outcome, f"{self.job}: {text}", place, fix))

    def says(self, audit: Audit, text: str) -> None:
        """Note why an audit passes here, in other words than the usual ones."""
        self.good[audit.id] = text

    def answers(self) -> tuple[Answer, ...]:
        """One answer for each audit at least: its faults, else that it passes."""
        found: list[Answer] = []
        for audit in OF_A_RUN:
            wrong = [fault for fault in self.faults if fault.audit == audit.id]
            text = f"{self.job} {self.good.get(audit.id, _GOOD[audit.id])}"
            found += wrong or [Answer(audit.id, "pass", text, self.location)]
        return tuple(found)

    @property
    def rank(self) -> tuple[int, int]:
        """How far a run is from one that can be trusted."""
        return len({fault.audit for fault in self.faults}), len(self.faults)


@dataclass(frozen=True, slots=True)
class Piece:
    """A script, and the node of the file that holds it."""

    text: str
    node: Node


def find_check(pieces: list[Piece]) -> tuple[int, Piece] | None:
    """The piece that holds the check, and the number of its command; a number below zero where the piece is not clear."""
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


def audit_script(run: Run, pieces: list[Piece], shell: Shell) -> None:
    """Audit the scripts of one job up to the one that runs the check, which is the last of them."""
    piece = pieces[-1]
    try:
        commands = commands_of(piece.text)
    except UnclearError as error:
        fix = "Give the check a step of its own that holds nothing but plain commands."
        text = f"whether a failure counts cannot be told: the script holds {error}"
        run.fault(FAILURE_COUNTS, run.location, text, fix, "not_judged")
        run.fault(BASE_GIVEN, run.location, f"the options cannot be told: the script holds {error}", fix, "not_judged")
        commands = ()
    for number, command in enumerate(commands):
        words = check_words(command)
        if words is not None:
            fault = swallowed(commands, number, shell)
            if fault:
                place = run.wire.within(piece.node, fault.piece) if fault.piece else run.location
                run.fault(FAILURE_COUNTS, place, fault.text, "Let the check be the last command of its step, by itself.")
            audit_options(run, options_of(words), piece.node)
            break
    _audit_pin(run, pieces)


def audit_words(run: Run, text: str, node: Node, base: str) -> None:
    """Audit the arguments that a wrapper passes on; `base` is what it passes as base by itself."""
    try:
        found = commands_of(f"shipcheck check {text}")
    except UnclearError as error:
        run.fault(FAILURE_COUNTS, node, f"the arguments cannot be read: they hold {error}", "Write plain options.", "not_judged")
        return
    if len(found) != 1:
        run.fault(FAILURE_COUNTS, node, "the arguments are more than one command", "Write plain options.", "not_judged")
        return
    words: tuple[Word, ...] = check_words(found[0]) or ()
    options = options_of(words)
    given = (("--base", base), *options.given) if base else options.given
    audit_options(run, Options(given, options.unclear), node)


def audit_options(run: Run, options: Options, node: Node) -> None:
    """Audit the options of the check."""
    for name, text in (
        ("--exit-zero", "--exit-zero leaves with 0 whatever is found"),
        ("--help", "--help judges nothing"),
        ("-h", "-h judges nothing"),
        ("--policy", "--policy judges only some of the policies"),
        ("--as-of", "--as-of judges as of one day for ever"),
    ):
        if options.values(name):
            run.fault(FAILURE_COUNTS, run.wire.within(node, name), text, f"Leave out {name}.")
    if "error" in options.values("--fail-on"):
        text = "--fail-on error overrules settings that are stricter"
        run.fault(
            FAILURE_COUNTS, run.wire.within(node, "--fail-on"), text, "Leave out --fail-on; error is what holds without it."
        )
    for word in options.unclear:
        text = f"'{word}' can hold any option, --exit-zero too"
        run.fault(FAILURE_COUNTS, run.wire.within(node, word), text, "Write the options out.", "not_judged")
    if not any(options.values("--base")):
        run.fault(BASE_GIVEN, run.location, "the check is not told the base", "Add --base auto.")


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
    run.fault(PINNED, place, text, "Install shipcheck==X.Y.Z, or from a file with --require-hashes.", outcome)


def script_node(node: Node) -> Piece:
    """A script that stands in one scalar."""
    return Piece(node.text if isinstance(node, Scalar) else "", node)
