"""The setting `code` makes a gap in coverage a problem that names the file and the line of the settings."""

import pytest

from shipcheck.discover.gaps import MOST_NAMED, gaps, idle_folders
from shipcheck.model.location import Location
from shipcheck.model.observed import Coverage, NotRead
from shipcheck.model.settings import CodeSetting


def at(path: str, line: int = 1) -> Location:
    return Location("worktree", path, line, 1, line, 2)


COVERAGE = Coverage(
    seen=10,
    parsed=3,
    skipped=1,
    unparsed=(NotRead("too_large", "larger than is read", ("src/big.py", "web/big.ts")),),
    not_analysed=(NotRead("go", "Go", ("cmd/a.go", "src/b.go")), NotRead("submodule", "submodule", ("lib",))),
    broken=(at("src/x.py", 7),),
    aside=(),
    unknown_frameworks=(("LlamaIndex", at("src/y.py", 2)),),
    cut=(("src/z.py", 4),),
    of_these=(NotRead("generated", "named as generated", ("src/a_pb2.py",)),),
)
FAILING = {
    ("unparsed", ""): ["src/big.py", "web/big.ts"],
    ("too_large", ""): ["src/big.py", "web/big.ts"],
    ("not_analysed", ""): ["cmd/a.go", "src/b.go", "lib"],
    ("go", ""): ["cmd/a.go", "src/b.go"],
    ("go", "src"): ["src/b.go"],
    ("not_analysed", "lib"): [],
    ("not_analysed", "sr"): [],
    ("submodule", ""): ["lib"],
    ("broken", ""): ["src/x.py"],
    ("unknown_frameworks", "src"): ["src/y.py"],
    ("cut", ""): ["src/z.py"],
    ("generated", ""): ["src/a_pb2.py"],
    ("java", ""): [],
}


def setting(word: str, folder: str = "") -> CodeSetting:
    return CodeSetting(word, folder, at(".shipcheck/settings.yaml", 2))


@pytest.mark.parametrize(("word", "folder"), FAILING)
def test_a_gap_that_is_not_allowed_names_its_file(word: str, folder: str) -> None:
    found = gaps(COVERAGE, [setting(word, folder)])
    assert [problem.location.path for problem in found] == FAILING[word, folder]
    assert all(problem.related == ((setting(word).location, "not allowed here"),) for problem in found)
    assert all(problem.location.path in problem.message for problem in found)


def test_without_the_setting_nothing_fails() -> None:
    assert gaps(COVERAGE, []) == ()


def test_a_file_fails_once_by_the_nearest_folder() -> None:
    wide, near = setting("not_analysed"), CodeSetting("go", "src", at(".shipcheck/settings.yaml", 9))
    found = {problem.location.path: problem.related[0][0].line for problem in gaps(COVERAGE, [wide, near, wide])}
    assert found == {"cmd/a.go": 2, "lib": 2, "src/b.go": 9}


def test_many_files_are_counted() -> None:
    paths = tuple(f"{number}.go" for number in range(MOST_NAMED + 5))
    coverage = Coverage(25, 0, 0, (), (NotRead("go", "Go", paths),), (), (), (), ())
    *named, last = gaps(coverage, [setting("go")])
    assert len(named) == MOST_NAMED
    assert (last.location, last.message[:13]) == (setting("go").location, "5 more files ")


def test_a_folder_without_files_is_idle() -> None:
    some = [setting("go"), setting("go", "src"), setting("go", "srcc"), setting("cut", "srcc")]
    assert idle_folders(some, ["src/a.py", "srcc2/b.py"]) == ("srcc",)
