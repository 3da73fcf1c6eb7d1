"""Every path is counted once, and what was not looked into is a line that says so."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.code.limits import MAX_BYTES, MAX_LINE, MAX_NESTING, MAX_OPERATORS, refusal
from shipcheck.discover.file_kinds import LANGUAGE_WORDS, kind_of
from shipcheck.discover.path_coverage import NOT_ANALYSED, UNPARSED, Reading, coverage_of, named_as_made
from shipcheck.model.document import LFS_POINTER
from shipcheck.model.location import Location
from shipcheck.model.observed import Coverage, NotRead

SCHEMA = Path(__file__).resolve().parents[3] / "schemas/settings.schema.json"
KINDS = {
    "a.py": "python",
    "a.PY": "python",
    "a.d.ts": "typescript",
    "a.jsx": "javascript",
    "a.go": "go",
    "A.java": "java",
    "a.cs": "csharp",
    "a.rb": "ruby",
    "Gemfile": "ruby",
    "a.rs": "rust",
    "a.kt": "kotlin",
    "a.php": "php",
    "a.scala": "scala",
    "a.swift": "swift",
    "a.c": "c",
    "a.hpp": "cpp",
    "a.ipynb": "notebook",
    "a.sh": "shell",
    ".bashrc": "shell",
    "a.sql": "sql",
    "a.tf": "terraform",
    "Makefile": "make",
    "CMakeLists.txt": "cmake",
    "a.so": "compiled",
    "README.md": "plain",
    "README": "plain",
    ".github/CODEOWNERS": "plain",
    "Dockerfile.dev": "plain",
    ".env.local": "plain",
    "go.mod": "plain",
    "a.tar.gz": "plain",
    "run": "unknown_extension",
    "a.foo": "unknown_extension",
    ".hidden": "unknown_extension",
    "": "unknown_extension",
}


def lines(some: tuple[NotRead, ...]) -> dict[str, list[str]]:
    return {line.reason: list(line.paths) for line in some}


def total(coverage: Coverage) -> int:
    return coverage.parsed + coverage.skipped + sum(len(line.paths) for line in (*coverage.unparsed, *coverage.not_analysed))


@pytest.mark.parametrize("path", KINDS)
def test_the_name_of_a_file_says_what_it_is(path: str) -> None:
    assert kind_of(path).word == KINDS[path]
    assert kind_of(f"folder/{path}").word == KINDS[path]


def test_every_path_is_counted_by_what_was_made_of_it() -> None:
    paths = ("a.py", "b.py", "c.py", "d.go", "e.go", "f.java", "g.md", "h.foo", "i.ts", "lib", "link", "big.bin", "far.py", "run")
    reading = Reading(frozenset({"a.py"}), frozenset({"b.py"}), {"c.py": "too_large", "i.ts": "an opinion of its own"})
    irregular = {"lib": "submodule", "link": "link", "far.py": "not_checked_out"}
    beginnings = {"h.foo": b"x", "big.bin": LFS_POINTER + b"v1\n", "run": b"#!/usr/bin/env python3\n"}
    coverage = coverage_of(paths, reading, irregular, beginnings, [("tests/", 2)])
    assert (coverage.seen, coverage.parsed, coverage.skipped) == (14, 1, 2)
    assert lines(coverage.unparsed) == {
        "an opinion of its own": ["i.ts"],
        "lfs_pointer": ["big.bin"],
        "not_checked_out": ["far.py"],
        "too_large": ["c.py"],
    }
    assert lines(coverage.not_analysed) == {
        "go": ["d.go", "e.go"],
        "java": ["f.java"],
        "link": ["link"],
        "script": ["run"],
        "submodule": ["lib"],
        "unknown_extension": ["h.foo"],
    }
    assert [line.detail for line in coverage.not_analysed][:2] == ["Go", "Java"]
    assert coverage.aside == (("tests/", 2),)


def test_a_repository_in_go_never_looks_clean() -> None:
    coverage = coverage_of(("main.go", "go.mod", "cmd/agent.go"), Reading())
    assert lines(coverage.not_analysed) == {"go": ["cmd/agent.go", "main.go"]}
    assert coverage.parsed == 0


def test_a_file_that_a_front_end_was_not_given_is_counted_as_not_read() -> None:
    assert lines(coverage_of(("a.py",), Reading()).unparsed) == {"not_read": ["a.py"]}


def test_what_was_given_up_and_what_is_broken_is_kept_in_order() -> None:
    one, other = Location("worktree", "a.py", 3, 1, 3, 2), Location("worktree", "a.py", 1, 1, 1, 2)
    reading = Reading(frozenset({"a.py"}), broken=(one, other), cut=(("b.py", 2), ("a.py", 1)))
    coverage = coverage_of(("a.py",), reading)
    assert coverage.broken == (other, one)
    assert coverage.cut == (("a.py", 1), ("b.py", 2))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("a.min.js", "minified_name"),
        ("x/vendor-min.js", "minified_name"),
        ("main.chunk.js", "minified_name"),
        ("a_pb2.py", "generated"),
        ("a.pb.go", "generated"),
        ("a.generated.ts", "generated"),
        ("zz_generated.deepcopy.go", "generated"),
        ("Form.g.cs", "generated"),
        ("pb.go", ""),
        ("min.js", ""),
        ("generated.py", ""),
        ("a.py", ""),
    ],
)
def test_a_name_says_that_a_program_wrote_a_file(name: str, word: str) -> None:
    assert named_as_made(name) == word


def test_a_generated_file_has_a_line_of_its_own_and_is_counted_with_the_others() -> None:
    coverage = coverage_of(("a_pb2.py", "b.min.js", "c.min.css"), Reading(frozenset({"a_pb2.py", "b.min.js"})))
    assert coverage.parsed == 2
    assert lines(coverage.of_these) == {"generated": ["a_pb2.py"], "minified_name": ["b.min.js"]}


def test_files_that_a_front_end_refuses_for_the_same_reason_are_one_line() -> None:
    sources = (b"x" * (MAX_BYTES + 1), b"(" * (MAX_NESTING + 1), b"\0", b"\n" + b" " * (MAX_LINE + 1), b"." * (MAX_OPERATORS + 1))
    reasons = {f"{number}.py": refusal(source) for number, source in enumerate(sources)}
    coverage = coverage_of(tuple(reasons), Reading(unparsed=reasons))
    assert lines(coverage.unparsed) == {
        "minified": ["3.py"],
        "null_byte": ["2.py"],
        "too_deep": ["1.py", "4.py"],
        "too_large": ["0.py"],
    }


NAMES = st.lists(st.text("ab./#-", min_size=1, max_size=6), min_size=1, max_size=3).map("/".join)
PATHS = st.lists(
    st.tuples(NAMES, st.sampled_from([".py", ".go", ".md", "", ".foo", ".ts"])).map("".join), unique=True, max_size=30
)
WORDS = st.sampled_from(sorted({*UNPARSED, *NOT_ANALYSED}))


@given(st.data(), PATHS)
@cases(200)
def test_the_lines_add_up_to_all_paths(data: st.DataObject, paths: list[str]) -> None:
    some = st.sets(st.sampled_from(paths)) if paths else st.just(set())
    unparsed = {path: data.draw(WORDS) for path in data.draw(some)}
    irregular = {path: data.draw(WORDS) for path in data.draw(some)}
    beginnings = dict.fromkeys(data.draw(some), data.draw(st.sampled_from([LFS_POINTER, b"#!/bin/sh\n", b"#!\n", b""])))
    reading = Reading(frozenset(data.draw(some)), frozenset(data.draw(some)), unparsed)
    coverage = coverage_of(paths, reading, irregular, beginnings)
    assert coverage.seen == len(paths) == total(coverage)
    listed = [path for line in (*coverage.unparsed, *coverage.not_analysed) for path in line.paths]
    assert len(set(listed)) == len(listed)


def test_the_setting_knows_every_word_of_coverage() -> None:
    words = json.loads(SCHEMA.read_text("utf-8"))["definitions"]["coverage"]["enum"]
    groups = ["unparsed", "not_analysed", "broken", "cut", "unknown_frameworks"]
    assert words == [*groups, *UNPARSED, *NOT_ANALYSED, "generated", "minified_name", *LANGUAGE_WORDS]
