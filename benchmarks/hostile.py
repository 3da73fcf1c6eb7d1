"""Time `shipcheck check` on manifests that are made to be slow: each about 1 MiB at most, each in a process with 512 MB.

Usage: python benchmarks/hostile.py [NAME ...]      (default: all)

Each is checked alone, and against a base that is the same, has other names, or is nearly empty. Prints the exit code, the
seconds of processor time and the size of the report. A line that ends in SLOW took more than five seconds a tree, in LARGE
printed more than 20 MB, and in WRONG ended in no documented way.
"""

import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

LIMIT = 1024 * 1024
MEMORY = 512 * 1024 * 1024
SLOW = 5.0
LARGEST = 20.0
HEAD = "shipcheck: 1\n"
DOCUMENTED = {0, 1, 2, 3}


def rows(head: str, line: Callable[[int], str], tail: str = "") -> str:
    """A text of numbered lines, as long as a manifest may be."""
    parts = [HEAD, head]
    size, number = len(HEAD) + len(head) + len(tail), 0
    while size + len(line(number)) < LIMIT:
        parts.append(line(number))
        size += len(parts[-1])
        number += 1
    return "".join([*parts, tail])


def names(letter: str, count: int) -> str:
    """A comma list of numbered names."""
    return ",".join(f"{letter}{number}" for number in range(count))


def bodies(letter: str, count: int, body: str) -> str:
    """Entries of a section, all with the same body."""
    return "".join(f" {letter}{number}: {{{body}}}\n" for number in range(count))


def chain(count: int, *, closed: bool) -> str:
    """A use case, a chain of agents, and one system behind each; closed, the last agent leads back to the first."""
    agents = "".join(f" a{number}: {{delegates_to: [a{number + 1}], calls: [x{number}]}}\n" for number in range(count))
    last = f" a{count}: {{{'delegates_to: [a0]' if closed else ''}}}\n"
    actions = "".join(f" x{number}: {{writes_to: [s{number}]}}\n" for number in range(count))
    head = "use_cases: {u: {uses: [a0]}}\nagents:\n"
    return f"{HEAD}{head}{agents}{last}actions:\n{actions}systems:\n{bodies('s', count, '')}"


def star(count: int) -> str:
    """Agents in a circle through one action that starts one that delegates to them all."""
    agents = f"{bodies('a', count, 'calls: [x]')} b: {{delegates_to: [{names('a', count)}]}}\n"
    return f"{HEAD}agents:\n{agents}actions:\n x: {{starts: [b], sensitivity: critical}}\n"


def hub(count: int) -> str:
    """One agent that calls many actions, each through a gate of its own."""
    calls = ",".join(f"{{to: x{number}, through: [g{number}]}}" for number in range(count))
    actions = bodies("x", count, "sensitivity: high")
    return f"{HEAD}agents:\n a: {{calls: [{calls}]}}\nactions:\n{actions}gates:\n{bodies('g', count, '')}"


def crowd(count: int, *, guards: bool) -> str:
    """One hop with very many gates, on it or as guards of its target."""
    gates = names("g", count)
    call = "x" if guards else f"{{to: x, through: [{gates}]}}"
    guard = f", guarded_by: [{gates}]" if guards else ""
    agent = f"agents: {{a: {{calls: [{call}]}}}}\n"
    return f"{HEAD}{agent}actions: {{x: {{sensitivity: high{guard}}}}}\ngates:\n{bodies('g', count, '')}"


def everyone_calls_everything(agents: int, actions: int) -> str:
    """A complete graph between agents and sensitive actions."""
    calls = f"calls: [{names('x', actions)}]"
    return f"{HEAD}agents:\n{bodies('a', agents, calls)}actions:\n{bodies('x', actions, 'sensitivity: critical')}"


CASES: dict[str, Callable[[], str]] = {
    "brackets": lambda: "[" * 200_000,
    "keys": lambda: rows("", lambda number: f"k{number:x}: \n"),
    "same key": lambda: rows("", lambda _: "a: b\n"),
    "unknown fields": lambda: rows("agents:\n x:\n", lambda number: f"  calsl{number:x}: 1\n"),
    "dangling names": lambda: rows("agents: {x: {calls: [", lambda number: f"a{number:x},", "]}}\n"),
    "anchors": lambda: rows("", lambda number: f"- &a{number:x} b\n"),
    "teams": lambda: rows("teams:\n", lambda number: f" a{number:x}: {{}}\n"),
    "agents": lambda: rows("agents:\n", lambda number: f" a{number:x}: {{}}\n"),
    "use cases": lambda: rows("use_cases:\n", lambda number: f" use-case-{number:x}: {{}}\n"),
    "actions": lambda: rows("actions:\n", lambda number: f" action-{number:x}: {{}}\n"),
    "portfolio": lambda: (
        HEAD + "portfolios: {p: {}}\nuse_cases:\n" + bodies("u", 12_000, "portfolio: p, decision: {result: selected, round: a}")
    ),
    "scorecards": lambda: (
        HEAD
        + "use_cases:\n"
        + bodies("u", 7000, "scorecard: {value: {score: 5}, data_readiness: {score: 5}}, decision: {result: selected}")
    ),
    "star": lambda: star(20_000),
    "hub": lambda: hub(9000),
    "gates on one hop": lambda: crowd(40_000, guards=False),
    "guards of one action": lambda: crowd(35_000, guards=True),
    "chain": lambda: chain(9500, closed=False),
    "ring": lambda: chain(9500, closed=True),
    "everyone calls everything": lambda: everyone_calls_everything(370, 370),
}


BASES: dict[str, Callable[[str], str] | None] = {
    "alone": None,
    "same base": lambda text: text,
    "renamed base": lambda text: re.sub(r"\b([a-z])(?=\d)", r"q\1", text),
    "empty base": lambda _: HEAD + "teams: {t: {}}\n",
}


def limited() -> None:
    """Give the process that is about to start no more memory than the tool may take."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def git(folder: Path, *arguments: str) -> None:
    """Run git, which keeps no configuration of the user."""
    who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607 - whichever git there is


def prepare(folder: Path, text: str, base: Callable[[str], str] | None) -> list[str]:
    """Write the manifest, with another in the base if there is one; the arguments of the check."""
    manifest = folder / "shipcheck.yaml"
    if base is not None:
        git(folder, "init", "--quiet")
        manifest.write_text(base(text), encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message", "base")
        git(folder, "checkout", "--quiet", "-b", "change")
    manifest.write_text(text + "# the head\n" * (base is not None), encoding="utf-8")
    if base is None:
        return []
    git(folder, "commit", "--quiet", "--all", "--message", "head")
    return ["--base", "main"]


def measure(name: str, against: str, form: str) -> None:
    """Run one case and print a line."""
    with tempfile.TemporaryDirectory() as folder:
        more = prepare(Path(folder), CASES[name](), BASES[against])
        command = [sys.executable, "-m", "shipcheck", "check", "--root", folder, "--format", form, *more]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, check=False, preexec_fn=limited)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    trees = 1 if BASES[against] is None else 2
    printed = (len(done.stdout) + len(done.stderr)) / 1e6
    notes = {
        "WRONG": done.returncode not in DOCUMENTED or b"Traceback" in done.stderr or b"out of memory" in done.stderr,
        "SLOW": seconds > SLOW * trees,
        "LARGE": printed > LARGEST,
    }
    said = " ".join(note for note, holds in notes.items() if holds)
    print(f"{name:26s} {against:13s} {form:5s} exit {done.returncode}  {seconds:5.2f} s  {printed:6.2f} MB  {said}", flush=True)


def main(wanted: Iterable[str]) -> None:
    """Run and print."""
    for name in wanted or CASES:
        for against in BASES:
            for form in ("text", "json") if against == "alone" else ("json",):
                measure(name, against, form)


if __name__ == "__main__":
    main(sys.argv[1:])
