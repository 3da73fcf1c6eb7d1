"""Compare what `shipcheck discover` finds in public repositories with what people found by reading them.

Usage: python benchmarks/discover.py --repositories DIR [--repositories DIR ...] [--misses] [--rivals DIR] [NAME ...]

Each DIR is a clone or a folder of clones, which have the commits that the truths under `truths/` name. Nothing is fetched: for a
clone that is missing, the commands that get it are printed. NAME are the truths to use, all by default. `--misses` lists every
miss and extra. `--rivals` runs other tools too, those with an environment of their own in DIR or else on the path, on the same
clones.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from discovery import tables
from discovery.clones import Clone, find
from discovery.findings import Findings, discover
from discovery.rivals import RIVALS, run
from discovery.scoring import Score, score
from discovery.truths import Truth, load, names


def main(arguments: Sequence[str]) -> int:
    """Run and print; 0 if every repository was there and could be read, and no control had a hit."""
    options = _options(arguments)
    scores: dict[str, dict[str, Score]] = {}
    seconds: dict[str, float] = {}
    hits: dict[str, list[str]] = {}
    others: dict[str, dict[str, tuple[Findings, dict[str, Score]]]] = {}
    left: list[str] = []
    for truth in map(load, options.names or names()):
        clone = find(truth, options.repositories)
        findings = discover(clone.path) if isinstance(clone, Clone) else Findings(failed=clone)
        if findings.failed or not isinstance(clone, Clone):
            left.append(f"{truth.name}: {findings.failed}")
            continue
        _announce(truth, clone, findings)
        if truth.control:
            hits[truth.name] = [
                f"{each.kind} {each.name} at {each.places[0].path}:{each.places[0].line}" for each in findings.found
            ]
        else:
            seconds[truth.name], scores[truth.name] = findings.seconds, score(truth, findings)
        if options.rivals is not None:
            others[truth.name] = _with_rivals(truth, clone, findings, options.rivals)
        if options.misses:
            print("".join(f"{line}\n" for line in tables.listed(scores.get(truth.name, {}))), end="", flush=True)
    _print_all(scores, seconds, hits, others)
    print("".join(f"{line}\n" for line in left), end="")
    return 1 if left or any(hits.values()) else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare what `shipcheck discover` finds with what people found by reading.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="the truths to use; all by default")
    parser.add_argument(
        "--repositories", action="append", type=Path, required=True, metavar="DIR", help="a clone, or a folder of clones"
    )
    parser.add_argument("--misses", action="store_true", help="list every miss and extra")
    parser.add_argument("--rivals", type=Path, metavar="DIR", help="run other tools too, those in DIR/*/bin or on the path")
    options = parser.parse_args(arguments)
    for unknown in set(options.names) - set(names()):
        parser.error(f"there is no truth {unknown}; there are {', '.join(names())}")
    return options


def _announce(truth: Truth, clone: Clone, findings: Findings) -> None:
    missing = f", {clone.missing} files are not checked out" if clone.missing else ""
    print(
        f"{truth.name}: {len(findings.found)} components found in {findings.seconds:.1f} s{missing}", file=sys.stderr, flush=True
    )


def _with_rivals(truth: Truth, clone: Clone, own: Findings, environments: Path) -> dict[str, tuple[Findings, dict[str, Score]]]:
    found = {"shipcheck": own} | {rival.name: run(rival, clone.path, environments) for rival in RIVALS}
    return {name: (each, {} if each.failed else score(truth, each)) for name, each in found.items()}


def _print_all(
    scores: dict[str, dict[str, Score]],
    seconds: dict[str, float],
    hits: dict[str, list[str]],
    others: dict[str, dict[str, tuple[Findings, dict[str, Score]]]],
) -> None:
    total: dict[str, Score] = defaultdict(Score)
    for each in scores.values():
        for column, one in each.items():
            total[column].add(one)
    if scores:
        print(tables.repositories(scores, seconds), tables.totals(total), sep="\n\n", end="\n\n")
    if hits:
        print(tables.controls(hits), end="\n\n")
    if others:
        print(tables.rivals(others), end="\n\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
