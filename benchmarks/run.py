"""Time the whole tool, as a user starts it, on repositories of many manifests.

Usage: python benchmarks/run.py [COUNT ...]      (default: 1000 10000)

Prints, for each count, the best wall time of several cold runs, and at the end how long `--version` takes beside a bare Python.
"""

import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from manifests import write

RUNS = 5
SHIPCHECK = [sys.executable, "-m", "shipcheck"]


def best(command: list[str], runs: int, expected: tuple[int, ...]) -> float:
    """The least wall time in seconds of several runs, each a process of its own."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        code = subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
        if code not in expected:
            raise SystemExit(f"{' '.join(command)} left with {code}")
    return min(times)


def main() -> None:
    """Run and print."""
    counts = [int(argument) for argument in sys.argv[1:]] or [1000, 10000]
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), count)
            seconds = best([*SHIPCHECK, "check", folder, "--as-of", "2026-11-22"], RUNS, (0,))
            print(f"{count:>6} manifests, cold: {seconds:6.2f} s, {seconds / count * 1e6:5.0f} us a manifest")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"greatest memory of a run: {used:.0f} MB")
    bare = best([sys.executable, "-c", "pass"], 20, (0,))
    version = best([str(Path(sys.executable).parent / "shipcheck"), "--version"], 20, (0,))
    print(f"--version: {version * 1000:.1f} ms, {version / bare:.2f} times a bare Python ({bare * 1000:.1f} ms)")


if __name__ == "__main__":
    main()
