"""Every row of the table of pull requests is found by what its row names, and none leaves with 0.

Rows that edit manifests and code are judged in a few runs, each row in a copy of its own; those about files of governance one by
one. Some of these go through git and the command line as well.
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tests.support.edits import World, copied, edited, number_of
from tests.support.pull_requests import judged
from tests.support.repository import DAY, create
from tests.support.running import run

from shipcheck.model.finding import Finding
from shipcheck.model.policy import Severity

HERE = Path(__file__).parent
CLEAN: World = yaml.safe_load((HERE.parents[1] / "policies" / "refused_variants.yaml").read_text("utf-8"))["clean"]
TABLE: dict[str, Any] = yaml.safe_load((HERE / "pull_requests.yaml").read_text("utf-8"))
CODE: dict[str, str] = TABLE["code"]
BATCH = 60


class Row(NamedTuple):
    """What a pull request does, and what finds it: a policy and, after a blank, its subject."""

    name: str
    edits: dict[str, Any]
    expected: str


ROWS = [Row(*row) for row in TABLE["rows"]]
GOVERNED: dict[str, str] = TABLE["governed"]
FILES = [Row(*row) for row in TABLE["files"]]


@cache
def found(batch: int) -> dict[int, list[Finding]]:
    """The findings of each row of a batch, by its number."""
    before, after = {}, {}
    for number in range(batch * BATCH, min(len(ROWS), (batch + 1) * BATCH)):
        before.update(copied(CLEAN, CODE, number, CLEAN))
        after.update(copied(*edited(CLEAN, CODE, ROWS[number].edits), number, CLEAN))
    report = judged(before, after)
    assert report.judged.problems == ()
    rows: dict[int, list[Finding]] = {}
    for finding in report.findings:
        copy = number_of(finding.subject)
        assert copy is not None, finding.subject
        rows.setdefault(copy, []).append(finding)
    return rows


def fails(findings: list[Finding], expected: str) -> bool:
    """Whether a live error among the findings is introduced, and what is expected is found."""
    policy, _, subject = expected.partition(" ")
    errors = [found for found in findings if found.severity is Severity.ERROR and found.change == "introduced"]
    return any(f"core/{policy}" == found.policy and (not subject or subject == plain(found.subject)) for found in errors)


def plain(subject: str) -> str:
    return subject.replace(f"-x{number_of(subject)}", "")


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row.name.replace(" ", "-") for row in ROWS])
def test_an_edit_of_manifests_or_code_is_an_error(number: int) -> None:
    findings = found(number // BATCH).get(number, [])
    assert fails(findings, ROWS[number].expected), [(one.policy, plain(one.subject), str(one.severity)) for one in findings]


def test_without_an_edit_nothing_is_found() -> None:
    files = copied(CLEAN, CODE, 0, CLEAN)
    report = judged(files, files)
    assert (report.exit_code, report.findings, report.judged.changes) == (0, (), ())


@pytest.mark.parametrize("row", FILES, ids=lambda row: row.name.replace(" ", "-"))
def test_an_edit_of_governance_is_an_error(row: Row) -> None:
    report = judged(GOVERNED, governed(row))
    code, _, expected = row.expected.partition(" ")
    assert report.exit_code == int(code)
    if code == "1":
        assert fails(list(report.findings), expected), [(one.policy, one.subject, str(one.severity)) for one in report.findings]
    else:
        assert expected in {problem.code for problem in report.judged.problems}, report.judged.problems


def test_without_an_edit_of_governance_nothing_is_found() -> None:
    report = judged(GOVERNED, GOVERNED)
    assert (report.exit_code, report.findings, report.judged.changes) == (0, (), ())


def governed(row: Row) -> dict[str, str]:
    """The files of the governed repository after the replacements of a row; null deletes a file."""
    files = dict(GOVERNED)
    for path, change in row.edits.items():
        if change is None:
            del files[path]
        elif isinstance(change, str):
            files[path] = GOVERNED[change[1:]] if change.startswith("@") else change
        else:
            for old, new in zip(change[::2], change[1::2], strict=True):
                assert old in files[path], (row.name, old)
                files[path] = files[path].replace(old, new)
    return files


@pytest.mark.needs("git")
@pytest.mark.parametrize("row", FILES[::12], ids=lambda row: row.name.replace(" ", "-"))
def test_some_go_through_git_and_the_command_line(row: Row, tmp_path: Path) -> None:
    repository = create(tmp_path / "top", GOVERNED)
    repository.git("checkout", "--quiet", "-b", "change")
    repository.git("rm", "--quiet", "-r", ".")
    repository.commit(governed(row))
    assert run(repository.top, "check", "--base", "main", "--format", "json").returncode == int(row.expected.partition(" ")[0])


def test_the_table_is_large_and_says_nothing_twice() -> None:
    assert len({str(row.edits) for row in (*ROWS, *FILES)}) == len(ROWS) + len(FILES) >= 300
    assert {row.name for row in (*ROWS, *FILES)} == {*{row.name for row in ROWS}, *{row.name for row in FILES}}
    assert DAY.year == 2026
