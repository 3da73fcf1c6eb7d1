"""Source lines with marks: a long line is cut around each mark, and the marks move with the cut."""

import json
from pathlib import Path

from tests.support.reports import judged

from shipcheck.model.location import Location
from shipcheck.report.check.text import render
from shipcheck.report.excerpt import LONGEST_LINE, Excerpts, Mark
from shipcheck.report.style import PLAIN

PATH = "a.yaml"


def mark(start: int, end: int, label: str = "here", *, primary: bool = True, end_line: int = 1) -> Mark:
    return Mark(Location("worktree", PATH, 1, start, end_line, end), label, primary)


def shown(text: str, *marks: Mark) -> list[str]:
    return Excerpts({("worktree", PATH): text.encode()}, PLAIN).render(list(marks))


def under(lines: list[str]) -> list[str]:
    """The text above each mark, from its line of source."""
    found = []
    source = ""
    for line in lines[1:]:
        _, _, rest = line.partition("| ")
        if line.lstrip()[:1].isdigit():
            source = rest
            continue
        at = len(rest) - len(rest.lstrip(" "))
        length = len(rest) - len(rest.lstrip(" ").lstrip("^~")) - at
        found.append(source[at : at + length])
    return found


def test_a_short_line_is_shown_whole() -> None:
    assert shown("owner: pay", mark(8, 11)) == [f"  {PATH}:1:8", "   1 | owner: pay", "     |        ^^^ here"]


def test_a_long_line_is_cut_around_its_mark() -> None:
    text = "a" * 500 + "BCD" + "e" * 500
    lines = shown(text, mark(501, 504))
    assert lines == [
        f"  {PATH}:1:501",
        f"   1 | …{'a' * 46}BCD{'e' * 91}…",
        f"     | {' ' * 47}^^^ here",
    ]


def test_marks_far_apart_on_one_line_are_each_shown_in_their_part() -> None:
    text = "FIRST" + "a" * 300_000 + "SECOND" + "b" * 20 + "THIRD" + "c" * 1000
    lines = shown(
        text, mark(300_006, 300_012, "second"), mark(300_032, 300_037, "third", primary=False), mark(1, 6, "first", primary=False)
    )
    assert under(lines) == ["SECOND", "THIRD", "FIRST"]
    assert [line.split()[-1] for line in lines[1:] if "^" in line or "~" in line] == ["second", "third", "first"]
    assert max(map(len, lines)) < LONGEST_LINE + 40


def test_a_mark_that_is_longer_than_its_part_ends_with_it() -> None:
    lines = shown("{" + "a" * 300_000 + "}", mark(1, 300_003))
    assert under(lines) == ["{" + "a" * (LONGEST_LINE - 1)]
    assert lines[-1].endswith("^ here")


def test_a_mark_over_several_lines_ends_with_the_text_that_is_shown() -> None:
    lines = shown("a: " + "b" * 1000 + "   \nc", mark(4, 2, end_line=2))
    assert under(lines) == ["b" * (LONGEST_LINE - 3)]


def test_a_wide_character_before_a_mark_in_a_cut_counts_two_columns() -> None:
    lines = shown("a" * 500 + "宽" + "X" + "b" * 500, mark(502, 503))
    assert lines[-1].index("^") == lines[1].index("X") + 1


def test_the_end_of_a_long_line_can_be_marked() -> None:
    lines = shown("a" * 1000, mark(1001, 1002))
    assert lines[-1].index("^") == len(lines[1])


def test_a_repository_on_one_line_has_a_small_report(tmp_path: Path) -> None:
    numbers = range(2_000)
    action = {"sensitivity": "critical", "effects": ["payments"], "reversible": False, "owner": "t"}
    manifest = {
        "shipcheck": 1,
        "teams": {"t": {}},
        "use_cases": {"u": {"stage": "production", "uses": [f"a{number}" for number in numbers]}},
        "agents": {f"a{number}": {"calls": [f"c{number}"], "owner": "t"} for number in numbers},
        "actions": {f"c{number}": action for number in numbers},
    }
    text = json.dumps(manifest)
    assert len(text) > 300_000 - 10_000
    (tmp_path / "shipcheck.yaml").write_text(text, "utf-8")
    report = judged(tmp_path)
    printed = render(report, PLAIN)
    assert len(report.findings) >= 1_000
    assert len(printed) < 4_000 * len(report.findings)
    assert len(printed) < 10_000_000
    assert max(map(len, printed.splitlines())) < 500
