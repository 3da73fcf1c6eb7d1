"""What people see first: real systems, a lazy manifest, a pull request with one new finding, a green run with a big baseline.

The manifests in `screens` are judged by core. SHIPCHECK_REWRITE=1 writes the files with their first screens anew.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.support.golden import compare, copy_of
from tests.support.reports import finding, place, report, states
from tests.support.repository import create

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.report.check.first_screen import screen_lines
from shipcheck.report.check.markdown import SUMMARY_BYTES, render_page
from shipcheck.report.check.text import render as render_text
from shipcheck.report.formats import FORMATS, render
from shipcheck.report.style import PLAIN

HERE = Path(__file__).parent / "screens"
DAY = date(2026, 11, 22)
TODAY = datetime.now(UTC).date()
MOST_LINES = 25
MOST_BLOCKS = 16
# The draft of a gate is fifteen of them.
MOST_OF_ONE_NEW = 63
MOST_OF_GREEN = 20
COUNTS = re.compile(r"Policies: [^.]*\.")
SYSTEMS = sorted(path.parent.name for path in HERE.glob("*/shipcheck.yaml"))
# What each system must say before anything else, and the cause that its first screen is to name first.
MOST_SEVERE = {
    "lazy": "12 actions do not declare effects and reversible",
    "customer-service": "customer-service-agent has private data and untrusted input, and can reach send-call-companion-link",
    "agents-starter": "chat-agent can reach schedule-task (high) without a qualifying human gate",
}


def _text(report: Report) -> list[str]:
    """The lines of the text before the first finding or problem."""
    opening = screen_lines(report, PLAIN)
    assert render_text(report).splitlines()[: len(opening)] == opening
    return opening


def _page(report: Report, most: int = 65_000) -> list[str]:
    """The lines of the page before the first heading below its title."""
    lines = render_page(report, most).splitlines()
    return lines[: next((number for number, line in enumerate(lines) if line.startswith("###")), len(lines))]


# Each format for people has a first screen; a program reads findings and counts.
SCREENS: Mapping[str, Callable[[Report], list[str]]] = {
    "text": _text,
    "markdown": _page,
    "job summary": lambda report: _page(report, SUMMARY_BYTES),
}
WITHOUT = {
    "concise",
    "json",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "azure",
}


def judged(system: str, folder: Path) -> Report:
    return check(CheckRequest(copy_of(HERE / system, folder), DAY))


def test_every_format_is_said_to_have_a_first_screen_or_none() -> None:
    assert {*SCREENS, *WITHOUT} == {*FORMATS["check"], "job summary"}
    assert set(MOST_SEVERE) == set(SYSTEMS)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_first_screen_of_a_system_is_what_its_file_says(system: str, tmp_path: Path) -> None:
    report = judged(system, tmp_path)
    # How many policies pass grows with core.
    text, page = (COUNTS.sub("Policies: [...].", "\n".join(lines) + "\n") for lines in (_text(report), _page(report)))
    compare(HERE / system / "screen.txt", text)
    compare(HERE / system / "screen.md", page)


@pytest.mark.parametrize("form", SCREENS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_first_screen_is_short_and_names_the_most_severe_cause_first(system: str, form: str, tmp_path: Path) -> None:
    lines = SCREENS[form](judged(system, tmp_path))
    assert len(lines) <= MOST_LINES
    causes = [line.lstrip("- ") for line in lines if line.lstrip("- ").startswith(("error", "warning", "note"))]
    assert MOST_SEVERE[system] in causes[0]


@pytest.mark.parametrize("form", SCREENS)
@pytest.mark.parametrize("name", states())
def test_a_first_screen_is_short_in_every_state(name: str, form: str) -> None:
    assert len(SCREENS[form](states()[name])) <= MOST_LINES


@pytest.mark.parametrize("form", sorted(WITHOUT))
def test_what_a_program_reads_has_no_first_screen(form: str, tmp_path: Path) -> None:
    printed = render("check", form, judged("lazy", tmp_path))
    assert "\nMost severe" not in printed
    assert "**Most severe**" not in printed


def blocks(printed: str) -> list[str]:
    """The findings in full: what lies between their heads and the way to read more."""
    return [line for line in printed.splitlines() if line.startswith("  more   shipcheck explain ")]


def test_a_lazy_manifest_prints_few_blocks(tmp_path: Path) -> None:
    report = judged("lazy", tmp_path)
    assert len(report.findings) > 90
    assert 0 < len(blocks(render_text(report))) <= MOST_BLOCKS
    assert 0 < len(blocks(render_text(replace(report, full=True)))) <= MOST_BLOCKS


def use_case(actions: int, new: str = "") -> str:
    """A use case with an agent for each action, none of which is gated; `new` is one more action of the first agent."""
    agents = [f"  a{number}: {{calls: [pay-{number}{f', {new}' if new and not number else ''}]}}" for number in range(actions)]
    named = [*(f"pay-{number}" for number in range(actions)), *([new] if new else [])]
    return "\n".join(
        [
            "shipcheck: 1",
            "defaults:",
            "  owner: payables",
            "  agents:",
            "    autonomy: acts",
            "    credentials: {identity: own, scope: needed, expires_days: 90}",
            f"    stop: {{by: risk, how: a switch, tested: {TODAY}}}",
            "teams: {payables: {contact: '#payables'}, risk: {contact: '#risk'}}",
            "use_cases:",
            "  disputes:",
            "    stage: production",
            "    evaluations:",
            "      - {what: disputes, result: 0.97, threshold: 0.95, date: 2026-08-03, by: risk, evidence: 'https://shop.example/tests'}",
            f"    uses: [{', '.join(f'a{number}' for number in range(actions))}]",
            "agents:",
            *agents,
            "actions:",
            *(f"  {name}: {{sensitivity: high, effects: [payments], reversible: true}}" for name in named),
            "",
        ]
    )


def baseline(actions: int) -> str:
    """A baseline of what fails: each action without a gate, a limit or an audit trail, and a use case that was not selected."""
    items = [
        f"{{policy: core/ungated-sensitive-action, subject: agent:a{n}, target: action:pay-{n}, up_to: error}}"
        for n in range(actions)
    ]
    items += [
        f"{{policy: core/payment-without-limit, subject: agent:a{n}, target: action:pay-{n}, up_to: error}}"
        for n in range(actions)
    ]
    items += [f"{{policy: core/sensitive-action-without-audit, subject: action:pay-{n}, up_to: error}}" for n in range(actions)]
    items.append("{policy: core/live-without-selection, subject: use_case:disputes, up_to: error}")
    terms = "  reason: found at adoption\n  owner: payables\n  approver: risk\n  until: 2027-01-31\n  findings:\n"
    return f"shipcheck: 1\nbaseline:\n{terms}" + "".join(f"    - {item}\n" for item in items)


@pytest.mark.needs("git")
@pytest.mark.parametrize(
    ("old", "new", "policies"),
    [
        (
            "  a0: {calls: [pay-0]}",
            "  a0: {calls: [pay-0], prompted_by: [rules]}\nprompts: {rules: {source: file, file: gone.md}}",
            ["core/prompt-not-found"],
        ),
        (
            "  a0: {calls: [pay-0]}",
            "  a0: {calls: [pay-0, pay-1]}",
            ["core/ungated-sensitive-action", "core/payment-without-limit", "core/approved-by-own-team"],
        ),
    ],
)
def test_a_pull_request_with_one_new_cause_is_told_on_a_page(old: str, new: str, policies: list[str], tmp_path: Path) -> None:
    """On top of 35 findings that the base has too and 91 that are waived."""
    before = {"shipcheck.yaml": use_case(30), ".shipcheck/waivers.yaml": baseline(30)}
    repository = create(tmp_path / "repository", before)
    repository.git("checkout", "--quiet", "-b", "change")
    head, sign, tail = use_case(30).replace(old, new).partition("prompts:")
    prompts, _, agents = tail.partition("\n")
    repository.commit({"shipcheck.yaml": f"{head}{agents}{sign}{prompts}\n"})
    report = check(CheckRequest(repository.top, TODAY, base="main"))
    found = Counter(finding.change for finding in report.findings)
    assert [finding.policy for finding in report.findings if finding.change == "introduced"] == policies
    assert found["unchanged"] > 90
    lines = render_text(report).splitlines()
    assert len(lines) <= MOST_OF_ONE_NEW, "\n".join(lines)
    assert len(blocks("\n".join(lines))) == 1
    assert f"{len(policies)} introduced" in "\n".join(lines[:MOST_LINES])


def test_a_green_run_with_a_big_baseline_is_short(tmp_path: Path) -> None:
    files = {"shipcheck.yaml": use_case(100), ".shipcheck/waivers.yaml": baseline(100)}
    folder = tmp_path / "repository"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    policies = ("core/ungated-sensitive-action", "core/sensitive-action-without-audit", "core/live-without-selection")
    report = check(CheckRequest(folder, DAY, policies))
    assert report.verdict == "pass"
    assert len(report.findings) == 201
    lines = render_text(report).splitlines()
    assert len(lines) <= MOST_OF_GREEN, "\n".join(lines)
    assert lines[0].startswith("All clear, with 201 findings waived.")


def test_a_run_that_judges_in_part_tells_its_problems_and_its_causes() -> None:
    """A policy that needs too much work is a problem, and the others are judged."""
    problems = tuple(Problem(place(line=number), "some-code", f"problem {number}") for number in range(1, 30))
    found = (finding(f"agent:a{number}", target=f"action:c{number}", cause=f"{number}") for number in range(40))
    lines = _text(report(*found, problems=problems))
    assert len(lines) <= MOST_LINES
    assert lines[0] == "Not judged: 29 problems. Fix them and run again."
    assert "By kind: 29 some-code" in lines
    assert "1 cause; --full shows all 40 findings" in lines
