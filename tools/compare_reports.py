"""Judge the same inputs with two checkouts of shipcheck and list every difference that is more than wording.

Usage: python tools/compare_reports.py BEFORE AFTER [--random N] [--only PATTERN] [--allow PATTERN]... [--show N]

    BEFORE, AFTER    two checkouts, each with its environment in .venv (python3 tools/dev.py generate)
    --random N       how many random repositories (default 240)
    --only PATTERN   only the inputs whose name matches, such as 'tests/golden/*'
    --allow PATTERN  count differences whose key matches, such as 'runs[[]]*helpUri', without listing or failing
    --show N         how many differences of one key to list (default 5)

The inputs are those of BEFORE's tree (tools/report_corpus.py), copied to a temporary folder. Exit codes, verdicts, findings,
fingerprints, places and all other data are compared; sentences are not (tools/report_facts.py). A base is judged as of today.

Exit codes: 0 no difference, 1 differences, 2 the comparison is not possible.

Run it from a checkout's own environment: .venv/bin/python tools/compare_reports.py ../before .
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple

from command_calls import Call, Spelling, SpellingError, spellings
from report_corpus import Corpus, Input, read_data
from report_facts import ABSENT, CODE_ONLY, PRESENT, Difference, Outcome, compare, differences

DRIVER = Path(__file__).with_name("run_commands.py")
SIDES = ("before", "after")
WIDTH = 160
MARKS = (ABSENT, PRESENT)


class ComparisonError(Exception):
    """A checkout cannot be run."""


class Result(NamedTuple):
    """A difference, and the input and command that show it."""

    input: str
    command: str
    difference: Difference


@dataclass(frozen=True)
class Job:
    """One run of both checkouts."""

    input: Input
    call: Call
    sides: tuple[dict[str, object], dict[str, object]]


class Checkout:
    """A checkout with its environment, and a folder for what its runs print."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder = folder.resolve()
        self._work = work
        work.mkdir()

    @property
    def revision(self) -> str:
        """What git calls the checkout."""
        command = ["git", "describe", "--always", "--dirty"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, check=False, text=True)  # noqa: S603 - our own command
        return done.stdout.strip() or "unknown"

    def run(self, jobs: Sequence[Mapping[str, object]]) -> Iterator[Outcome]:
        """Start all jobs; their outcomes as they come.

        Raises:
            ComparisonError: the environment has another checkout's package, or the process that runs the jobs ends early.
        """
        file = self._work / "jobs.json"
        file.write_text(json.dumps(jobs), "utf-8")
        command = [str(self.folder / ".venv/bin/python"), "-P", str(DRIVER), str(file), str(self._work)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self._environment())  # noqa: S603 - as above
        return self._outcomes(process, len(jobs))

    def _outcomes(self, process: subprocess.Popen[str], count: int) -> Iterator[Outcome]:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        with process:
            package = Path(process.stdout.readline().strip() or "/")
            if not package.resolve().is_relative_to(self.folder):
                raise ComparisonError(f"{self.folder}/.venv runs {package}; set it up with 'python3 tools/dev.py generate'")
            for number in range(count):
                code, output = process.stdout.readline(), self._work / f"{number}.out"
                if not code:
                    raise ComparisonError(f"the runs of {self.folder} ended at {number} of {count}")
                yield Outcome(int(code), output.read_bytes() if output.exists() else b"")
                output.unlink(missing_ok=True)

    def _environment(self) -> dict[str, str]:
        fixed = {"NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "HOME": str(self._work)}
        return {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull} | fixed

    def spelling(self, calls: Sequence[Call]) -> Spelling:
        """How the checkout spells the commands of these calls."""
        commands = sorted({name for call in calls if call.command for name in spellings(call.command)})
        jobs = [{"folder": str(self._work), "arguments": [*name.split(), "--help"], "environment": {}} for name in commands]
        helps = zip(commands, self.run(jobs), strict=True)
        return Spelling({name: outcome.output.decode() for name, outcome in helps if outcome.code == 0})


class Comparison:
    """Runs every input in both checkouts and collects what differs."""

    def __init__(self, checkouts: tuple[Checkout, Checkout], top: Path) -> None:
        self._checkouts = checkouts
        self._top = top
        self.results: list[Result] = []
        self.codes: Counter[int] = Counter()

    def run(self, inputs: Sequence[Input]) -> None:
        """Compare all inputs.

        Raises:
            ComparisonError: there are none, or a checkout cannot run them.
        """
        if not inputs:
            raise ComparisonError("no input matches --only")
        jobs = self._jobs(inputs)
        runs = [checkout.run([job.sides[side] for job in jobs]) for side, checkout in enumerate(self._checkouts)]
        started = time.monotonic()
        for number, (job, before, after) in enumerate(zip(jobs, *runs, strict=True), 1):
            self.codes[before.code] += 1
            form = CODE_ONLY if job.call.code_only else job.call.form
            self._keep(job.input, str(job.call), differences(form, before, after))
            show_progress(number, len(jobs), len(self.results), started)
        for item in inputs:
            if item.writes:
                before, after = (written(self._folder(item, side)) for side in range(2))
                self._keep(item, "(files)", compare(before, after))

    def _jobs(self, inputs: Sequence[Input]) -> list[Job]:
        calls = [call for item in inputs for call in item.calls]
        dialects = [checkout.spelling(calls) for checkout in self._checkouts]
        jobs = []
        for item in inputs:
            if item.writes:
                copytree(item.folder, self._folder(item, 1), symlinks=True)
            for call in item.calls:
                sides = [self._side(item, call, side, spelling) for side, spelling in enumerate(dialects)]
                if None not in sides:
                    jobs.append(Job(item, call, (sides[0] or {}, sides[1] or {})))
        return jobs

    def _side(self, item: Input, call: Call, side: int, spelling: Spelling) -> dict[str, object] | None:
        folder = self._folder(item, side)
        try:
            arguments = spelling.argv(call, folder.name)
        except SpellingError as error:
            values = [str(error) if number == side else "" for number in range(2)]
            self._keep(item, str(call), iter([Difference("spelling", "", *values)]))
            return None
        where = folder.parent if call.outside else folder
        return {"folder": str(where), "arguments": arguments, "environment": dict(call.environment)}

    def _folder(self, item: Input, side: int) -> Path:
        return self._top / "copies" / item.name if item.writes and side else item.folder

    def _keep(self, item: Input, command: str, seen: Iterator[Difference]) -> None:
        self.results += [Result(item.name, command, difference) for difference in seen]


def written(folder: Path) -> dict[str, object]:
    """The data of each file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): read_data(path) for path in paths if ".shipcheck" in path.parts}


def show_progress(number: int, total: int, count: int, started: float) -> None:
    """One line on standard error: rewritten on a terminal, else once in a while."""
    live = sys.stderr.isatty()
    if number % (20 if live else 500) and number != total:
        return
    seconds = time.monotonic() - started
    line = f"{number:,} of {total:,} runs, {seconds:.0f} s, {count} differences"
    print(f"\r{line}" if live else line, end="" if live and number != total else "\n", file=sys.stderr, flush=True)


def report(results: Sequence[Result], show: int) -> None:
    """List differences by key, the most frequent first."""
    by_key: defaultdict[str, list[Result]] = defaultdict(list)
    for one in results:
        by_key[one.difference.key].append(one)
    for key, alike in sorted(by_key.items(), key=lambda pair: -len(pair[1])):
        inputs = len({one.input for one in alike})
        print(f"\n{key}: {len(alike)} in {inputs} inputs")
        for one in alike[:show]:
            before, after = shown(one.difference)
            print(f"  {one.input}: {one.command}")
            print(f"    {one.difference.item or '(report)'}\n      before  {before}\n      after   {after}")
        if len(alike) > show:
            print(f"  and {len(alike) - show} more")


def shown(difference: Difference) -> tuple[str, str]:
    """Both values on one line each, from shortly before the place where they part."""
    texts = [value if value in MARKS else json.dumps(value, default=str) for value in (difference.before, difference.after)]
    one, other = (str(text) for text in texts)
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, same - 40) if max(len(one), len(other)) > WIDTH else 0
    return cut(one, start), cut(other, start)


def cut(text: str, start: int) -> str:
    """A part of a text, with dots for what is left out."""
    lead, tail = "..." if start else "", "..." if len(text) > start + WIDTH else ""
    return f"{lead}{text[start : start + WIDTH]}{tail}"


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--random", type=int, default=240)
    parser.add_argument("--only", default="*")
    parser.add_argument("--allow", action="append", default=[])
    parser.add_argument("--show", type=int, default=5)
    return parser.parse_args()


def main() -> int:
    """Compare, and print what differs."""
    chosen = arguments()
    with TemporaryDirectory(prefix="compare-reports-") as folder:
        top = Path(folder).resolve()
        checkouts = (Checkout(chosen.before, top / SIDES[0]), Checkout(chosen.after, top / SIDES[1]))
        names = [f"{side} {checkout.revision}" for side, checkout in zip(SIDES, checkouts, strict=True)]
        inputs = list(Corpus(checkouts[0].folder, top / "inputs", chosen.only).inputs(chosen.random))
        comparison = Comparison(checkouts, top)
        try:
            comparison.run(inputs)
        except (ComparisonError, OSError) as error:
            print(f"compare_reports: {error}", file=sys.stderr)
            return 2
    allowed = [one for one in comparison.results if any(fnmatchcase(one.difference.key, pattern) for pattern in chosen.allow)]
    left = [one for one in comparison.results if one not in allowed]
    report(left, chosen.show)
    runs = comparison.codes
    codes = ", ".join(f"{code}: {count:,}" for code, count in sorted(runs.items()))
    print(f"\n{', '.join(names)}: {len(inputs):,} inputs, {runs.total():,} commands compared (exit codes {codes})")
    print(f"{len(left):,} differences in {len({one.input for one in left}):,} inputs, {len(allowed):,} allowed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
