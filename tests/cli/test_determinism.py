"""The same repository gives the same bytes in every output, whatever the hash seed, the locale, or the order of the directory."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from tests.support.running import environment

from shipcheck.report.formats import FORMATS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ("bank-disputes/before", "email-assistant")
LOCALES = ("C", "C.UTF-8")
SEEDS = 20
# The program, where every listing of a directory comes in an order that the seed decides.
SHUFFLED = """
import os, sys
from random import Random
order, listed, scanned = Random(int(os.environ["PYTHONHASHSEED"])), os.listdir, os.scandir
class Scanned(list):
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
def shuffled(entries):
    order.shuffle(entries)
    return entries
os.listdir = lambda *given: shuffled(listed(*given))
os.scandir = lambda *given: shuffled(Scanned(scanned(*given)))
from shipcheck.cli.entry import main
main()
"""


@pytest.fixture(scope="module")
def world() -> dict[str, bytes]:
    """The manifests of several examples, each in a namespace of its own."""
    files = {}
    for example in EXAMPLES:
        for path in sorted((ROOT / "examples" / example).glob("*shipcheck.yaml")):
            text = path.read_text("utf-8").replace("shipcheck: 1\n", f"shipcheck: 1\nnamespace: {example.partition('/')[0]}\n", 1)
            files[f"{example}/{path.name}"] = text.encode()
    return files


def outputs(world: dict[str, bytes], folder: Path, seed: int) -> dict[str, bytes]:
    """What a check writes in every format; the files are made in an order that the seed decides."""
    repository, reports = folder / "repository", folder / "reports"
    reports.mkdir(parents=True)
    names = list(world)
    Random(seed).shuffle(names)  # noqa: S311 - an order, not a secret
    for name in names:
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_bytes(world[name])
    wanted = [part for form in FORMATS["check"] for part in ("--output", f"{form}=../reports/{form}")]
    done = subprocess.run(
        [sys.executable, "-c", SHUFFLED, "check", "--as-of", "2026-11-22", *wanted],
        cwd=repository,
        env=environment(PYTHONHASHSEED=str(seed), LC_ALL=LOCALES[seed % len(LOCALES)], TZ=("UTC", "Asia/Tokyo")[seed % 3 % 2]),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    return {"printed": done.stdout} | {form: (reports / form).read_bytes() for form in FORMATS["check"]}


def test_outputs_are_the_same_for_every_seed_locale_and_order(world: dict[str, bytes], tmp_path: Path) -> None:
    first = outputs(world, tmp_path / "0", 0)
    assert all(first.values())
    for seed in range(1, SEEDS):
        assert outputs(world, tmp_path / str(seed), seed) == first, seed


def test_the_order_is_another_for_every_seed(world: dict[str, bytes], tmp_path: Path) -> None:
    """What the program is given does differ, or the test above would hold nothing."""
    for name in world:
        (tmp_path / name.replace("/", "-")).write_bytes(b"")
    listing = SHUFFLED.replace("from shipcheck.cli.entry import main\nmain()", "print([entry.name for entry in os.scandir('.')])")
    printed = {
        subprocess.run(
            [sys.executable, "-c", listing],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(3)
    }
    assert len(printed) == 3
