"""Every detector that comes with the tool: its examples give what they say, and its decoys nothing."""

from functools import cache
from pathlib import Path

import pytest
from tests.support.detectors import EXAMPLES, FILE_EXAMPLES, HEAD, RULE, refusals
from tests.support.worlds import vocabulary

from shipcheck import assets
from shipcheck.discover.compiled import without_examples
from shipcheck.discover.rule import Detector
from shipcheck.pipeline.detectors import COMPILED, load_detectors, read_built_in, run_examples
from shipcheck.versions import is_range

FOLDER = assets.detectors()
# By the folders and names of their files, which are what a test can list before it reads any.
FILES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.yaml"))
FILE_RULE = "  - file: [desk.json]\n    shape: {tools: map}\n    take: [{kind: action, each: tools}]\n"


@cache
def by_name() -> dict[str, Detector]:
    """What the files say, with their examples."""
    return {each.name: each for each in read_built_in(vocabulary())}


def named(file: str) -> Detector:
    """The detector in a file."""
    return by_name()[Path(file).name]


def test_everything_in_the_folder_is_a_detector_that_is_loaded() -> None:
    names = [detector.name for detector in load_detectors()]
    assert sorted(names) == sorted(Path(file).name for file in FILES)
    assert len(set(names)) == len(names) > 50
    others = [path.name for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".yaml"]
    assert others == [COMPILED]


def test_what_is_loaded_is_what_the_files_say_without_the_examples() -> None:
    written = [without_examples(detector) for detector in by_name().values()]
    assert [repr(detector) for detector in load_detectors()] == [repr(detector) for detector in written]


def test_without_the_compiled_file_nothing_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "detectors", lambda: tmp_path)
    with pytest.raises(TypeError, match=f"{COMPILED} is missing"):
        load_detectors.__wrapped__()


@pytest.mark.parametrize("file", FILES)
def test_each_example_gives_what_it_says_and_each_decoy_nothing(file: str) -> None:
    assert [str((each.location.line, each.message)) for each in run_examples(named(file), vocabulary())] == []


@pytest.mark.parametrize("file", FILES)
def test_a_detector_says_what_it_was_written_from_and_for_which_versions(file: str) -> None:
    detector = named(file)
    assert detector.sources
    assert all(source.startswith("https://") for source in detector.sources)
    assert detector.title.strip()
    for ecosystem, name, wanted in detector.distributions:
        assert ecosystem in {"pypi", "npm"}
        assert name
        assert is_range(wanted)
    for rule in detector.rules:
        assert not rule.versions or is_range(rule.versions)


@pytest.mark.parametrize("file", FILES)
def test_each_rule_has_an_example_and_a_decoy(file: str) -> None:
    detector = named(file)
    assert detector.rules or detector.file_rules
    pairs = [(rule.positive, rule.decoy) for rule in detector.rules] + [
        (rule.positive, rule.decoy) for rule in detector.file_rules
    ]
    for positive, decoy in pairs:
        assert positive
        assert decoy
        assert all(path and text for snippet in (*positive, *decoy) for path, text in snippet.files)


@pytest.mark.parametrize(("rule", "examples"), [(RULE, EXAMPLES), (FILE_RULE, FILE_EXAMPLES)], ids=["code", "files"])
@pytest.mark.parametrize("missing", ["positive", "decoy"])
def test_a_rule_without_an_example_or_a_decoy_is_refused(missing: str, rule: str, examples: str) -> None:
    other = {"positive": "decoy", "decoy": "positive"}[missing]
    begin, end = examples.index(f"    {missing}:"), examples.index(f"    {other}:")
    kept = examples[end:] if begin < end else examples[:begin]
    found = [(each.code, each.message.partition(";")[0]) for each in refusals(HEAD + rule + kept)]
    assert found == [("detector-example", f"rule 1 has no {missing}")]
