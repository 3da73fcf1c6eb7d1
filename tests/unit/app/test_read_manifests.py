"""Many files are read by several processes; what comes out is what one process alone reads."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from shipcheck.model.component import Manifest
from shipcheck.model.document import File
from shipcheck.model.packed import pack, unpack
from shipcheck.pipeline import read_manifests as reading
from shipcheck.pipeline.bundled import load_vocabulary
from shipcheck.pipeline.read_manifests import read_manifests

ROOT = Path(__file__).resolve().parents[3]
GOOD = b"""shipcheck: 1
namespace: shop
defaults: {owner: a-team}
use_cases:
  u:
    review_due: 2026-12-31
    labels: {a: b}
    scorecard: {value: {score: 4, evidence: a.md}, scored_by: b-team, scored_on: 2026-09-01}
    uses: [a]
agents:
  a:
    entry: true
    implemented_by: [{file: a.py, symbol: A.run}]
    calls: [x, {to: default/x, through: [g, h]}]
gates: {g: {approvals: 2, approvers: [a-team], decisions: []}, h: {}}
"""
ABSENT = b"shipcheck: 1\nnothing_to_declare: {owner: a, date: 2026-01-01, reason: none}\n"
BAD = b"shipcheck: 1\nagents: {a: {calls: x, entry: maybe}}\n"
BROKEN = b"shipcheck: [\n"


def files(count: int) -> tuple[File, ...]:
    contents = (GOOD, BAD, GOOD, ABSENT, BROKEN, b"", GOOD)
    return tuple(File("worktree", f"{number}/shipcheck.yaml", contents[number % len(contents)]) for number in range(count))


def silent(_stage: str, _done: int, _total: int) -> None:
    pass


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/**/*shipcheck.yaml")), ids=lambda path: path.parent.name)
def test_what_is_packed_comes_out_as_it_was(path: Path) -> None:
    file = File("worktree", path.name, path.read_bytes())
    manifest = reading.Reader(load_vocabulary()).read(file)
    assert isinstance(manifest, Manifest)
    packed = pack(manifest)
    assert packed is not None
    assert unpack(packed, manifest.source) == manifest


def test_several_processes_read_what_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_processors", lambda: 3)
    vocabulary = load_vocabulary()
    some = files(1100)
    alone = read_manifests(some, vocabulary, silent, many=len(some) + 1)
    assert read_manifests(some, vocabulary, silent, many=1) == alone
    assert sum(isinstance(outcome, Manifest) for outcome in alone) == sum(file.content in {GOOD, ABSENT} for file in some)


def test_what_another_process_reads_is_taken_over_with_its_places() -> None:
    some = files(7)
    with ProcessPoolExecutor(1, get_context("spawn"), reading.start_helper, (load_vocabulary(),)) as pool:
        content = pool.submit(reading.read_chunk, some).result()
    reader = reading.Reader(load_vocabulary())
    outcomes = list(reading.received(reader, some, content))
    assert outcomes == [reader.read(file) for file in some]
    assert isinstance(outcomes[0], Manifest)
    found = next(item for item in outcomes[0].components if item.reference.kind == "agent").node_at(("calls", 1))
    assert found is not None
    assert found[1].line == 14


@pytest.mark.parametrize(
    "fault", [OSError("no semaphores here"), ImportError("no processes here"), RuntimeError("it was killed")]
)
def test_where_no_other_process_helps_this_one_reads_alone(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise fault

    monkeypatch.setattr(reading, "_processors", lambda: 2)
    monkeypatch.setattr(reading, "_together", refuse)
    some = files(14)
    vocabulary = load_vocabulary()
    assert read_manifests(some, vocabulary, silent, many=1) == read_manifests(some, vocabulary, silent, many=100)


def test_one_processor_reads_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_processors", lambda: 1)
    monkeypatch.setattr(reading, "_together", None)
    assert len(read_manifests(files(3), load_vocabulary(), silent, many=1)) == 3
