"""What holds between reports of one repository: stricter, with more policies, in another form, in another order."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.oracle.repositories import HEAD, ONLY_LOCAL, SETTINGS, as_json, files_of, judge, policies_text, policy_id, world_of
from tests.oracle.rules import RULES
from tests.support.cases import each_seed
from tests.support.running import run, write
from tests.support.worlds import TODAY

from shipcheck.model.policy import Severity
from shipcheck.report.check.concise import render as render_concise
from shipcheck.report.check.json import render as render_json
from shipcheck.report.check.text import render as render_text
from shipcheck.report.style import Style

CORE = Path(__file__).resolve().parents[2] / "policies" / "core"
READ_PARAMETERS = (
    "sensitive-action-without-audit",
    "score-below-bar",
    "portfolio-too-soft",
    "scores-flat",
    "cheap-but-many-systems",
    "cheap-but-unplanned",
)
PLAIN = Style(False)  # noqa: FBT003 - no colour
BOTH = "shipcheck: 1\npacks: [core, local]\n"
LISTED = re.compile(
    r"^(?P<path>[^:\s]+):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|note) (?P<policy>\S+): (?P<message>.*)$"
)
ON_HEAD = re.compile(r"^(?P<severity>error|warning|note): (?P<message>.*)    (?P<policy>\S+/\S+)$")
WAITS = re.compile(r"^(?P<severity>error|warning|note) (?P<policy>\S+/\S+): (?P<subject>.+) \((?P<path>[^:\s]+):(?P<line>\d+)\)$")
DECIDES = "  also decides: "
MISUSE = re.compile(r"\.shipcheck/(?!local/|packs/)")
a_dozen = each_seed(12)


def keys(report: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    """The findings of a report without their places."""
    return {(one["policy"], one["subject"], one["target"] or "", one["severity"]) for one in report["findings"]}


def exit_code_by(report: dict[str, Any]) -> int:
    """The exit code that follows from the JSON report alone."""
    if report["verdict"] == "incomplete":
        return 2 if any(MISUSE.match(problem["location"]["path"]) for problem in report["problems"]) else 3
    order = ["note", "warning", "error"]
    grave = order[order.index(report["fail_on"]) :]
    assert report["counts"]["unlisted"] == 0
    fails = any(one["severity"] in grave for one in report["findings"])
    assert report["verdict"] == ("fail" if fails else "pass")
    return 1 if fails else 0


@a_dozen
def test_a_stricter_threshold_never_lets_more_pass(seed: int, tmp_path: Path) -> None:
    """P1, for every policy: --fail-on only decides the verdict, and what fails under one fails under every stricter one."""
    files = files_of(world_of(seed, 1), RULES[seed % 4 :: 4])
    reports = [as_json(judge(tmp_path, files, fail_on=level)) for level in (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
    assert keys(reports[0]) == keys(reports[1]) == keys(reports[2])
    verdicts = [report["verdict"] for report in reports]
    assert verdicts == sorted(verdicts, key=["pass", "fail"].index)


@pytest.mark.parametrize(
    "tighter",
    [
        "audit_retention: 4000",
        "min_score: 20",
        "max_selected: 10%",
        "small_round: 0",
        "cheap_systems: 0",
        "cheap_cost: 5, cheap_systems: 0",
    ],
)
def test_a_tighter_parameter_never_removes_a_finding(tighter: str, tmp_path: Path) -> None:
    """P1, for every policy of the pack core, over the worlds of those that read a parameter."""
    more = 0
    for policy in READ_PARAMETERS:
        for side in ("passes", "fails"):
            files = {"shipcheck.yaml": (CORE / "tests" / policy / side / "shipcheck.yaml").read_text("utf-8")}
            before = keys(as_json(judge(tmp_path, {**files, SETTINGS: "shipcheck: 1\n"})))
            after = keys(as_json(judge(tmp_path, {**files, SETTINGS: f"shipcheck: 1\nparameters:\n  core: {{{tighter}}}\n"})))
            assert {one[:3] for one in before} <= {one[:3] for one in after}, (policy, side)
            more += before != after
    assert more, "the parameter changes nothing in any world"


@a_dozen
def test_one_more_policy_takes_nothing_away(seed: int, tmp_path: Path) -> None:
    """P2, for every policy: what it finds alone it finds among all others."""
    files = files_of(world_of(seed, 2), RULES)
    together = keys(as_json(judge(tmp_path, files)))
    for rule in RULES[seed % 6 :: 6]:
        alone = keys(as_json(judge(tmp_path, files, f"local/{policy_id(rule)}")))
        assert alone == {one for one in together if one[0] == f"local/{policy_id(rule)}"}, rule.name


@a_dozen
def test_the_order_of_packs_and_the_split_of_policies_change_nothing(seed: int, tmp_path: Path) -> None:
    """M3, for every policy: packs in another order, and policies in another order and in other files."""
    world = world_of(seed, 1)
    one = as_json(judge(tmp_path / "one", {**files_of(world, RULES), SETTINGS: BOTH}))
    turned = RULES[::-1]
    other_files = {
        "shipcheck.yaml": world.text(),
        SETTINGS: "shipcheck: 1\npacks: [local, core]\n",
        ".shipcheck/local/pack.yaml": HEAD,
        ".shipcheck/local/first.yaml": policies_text(turned[::2]),
        ".shipcheck/local/policies/second.yaml": policies_text(turned[1::2]),
    }
    other = as_json(judge(tmp_path / "other", other_files))
    assert keys(one) == keys(other)
    assert one["verdict"] == other["verdict"]
    by_name = [{result["policy"]: result for result in report["policies"]} for report in (one, other)]
    assert by_name[0] == by_name[1]


def test_a_pack_that_is_named_twice_is_a_problem(tmp_path: Path) -> None:
    files = {**files_of(world_of(1), RULES[:2]), SETTINGS: "shipcheck: 1\npacks: [local, {name: local, version: 1.0.0}]\n"}
    report = judge(tmp_path, files)
    assert report.verdict == "incomplete"
    assert report.exit_code == exit_code_by(as_json(report)) == 2


@a_dozen
def test_every_form_of_the_report_lists_the_same_findings(seed: int, tmp_path: Path) -> None:
    """P5: JSON, concise and text."""
    report = judge(tmp_path, {**files_of(world_of(seed, 1), RULES[seed % 3 :: 3]), SETTINGS: BOTH})
    found = as_json(report)["findings"]
    lines = [match.groupdict() for line in render_concise(report, PLAIN).splitlines() if (match := LISTED.match(line))]
    assert Counter((one["severity"], one["policy"], one["message"], one["path"], int(one["line"])) for one in lines) == Counter(
        (one["severity"], one["policy"], one["message"], one["location"]["path"], one["location"]["line"]) for one in found
    )
    check_text(render_text(replace(report, full=True), PLAIN).splitlines(), found)


def check_text(lines: list[str], found: list[dict[str, Any]]) -> None:
    """The heads are findings, each block names the others of its cause, and what waits for it: together all there are."""
    known = Counter((one["severity"], one["policy"], one["message"]) for one in found)
    messages = [(one["message"], f"({one['location']['path']}:{one['location']['line']})") for one in found]
    heads: Counter[tuple[str, str, str]] = Counter()
    others, listing = Counter[str](), ""
    for line in lines:
        if head := ON_HEAD.match(line):
            heads[head["severity"], head["policy"], head["message"]] += 1
        starts = next((start for start in ("  also   ", DECIDES) if line.startswith(start)), "")
        listing = starts or (listing if line.startswith(" " * 9) else "")
        if listing == DECIDES:
            one = WAITS.match(line.removeprefix(DECIDES).strip())
            assert one
            assert any(one["policy"] == each["policy"] and one["subject"].startswith(each["subject"]) for each in found)
        elif listing:
            text = re.sub(r"^(error|warning|note): ", "", line[9:])
            text = re.sub(r", [a-z]+/[a-z0-9-]+$", "", text)
            assert any(message.endswith(text.removesuffix(f" {place}")) and place in text for message, place in messages)
        others[listing] += bool(listing)
    assert heads <= known
    assert heads.total() + others.total() == len(found)


BROKEN = {
    "no manifest": {"readme.txt": "nothing"},
    "not YAML": {"shipcheck.yaml": "shipcheck: 1\nagents: [\n"},
    "unknown field": {"shipcheck.yaml": "shipcheck: 1\nagents: {a: {colour: red}}\n"},
    "dangling": {"shipcheck.yaml": "shipcheck: 1\nagents: {a: {calls: [b]}}\n"},
    "empty": {"shipcheck.yaml": "shipcheck: 1\n"},
    "nothing to declare": {
        "shipcheck.yaml": "shipcheck: 1\nnothing_to_declare: {owner: ops, date: 2026-01-01, reason: no AI here}\n",
    },
    "settings": {"shipcheck.yaml": "shipcheck: 1\nagents: {a: {}}\n", SETTINGS: "shipcheck: 1\ncolour: red\n"},
    "unknown pack": {"shipcheck.yaml": "shipcheck: 1\nagents: {a: {}}\n", SETTINGS: "shipcheck: 1\npacks: [nowhere]\n"},
    "stray file": {"shipcheck.yaml": "shipcheck: 1\nagents: {a: {}}\n", ".shipcheck/setings.yaml": "shipcheck: 1\n"},
    "idle pattern": {
        "shipcheck.yaml": "shipcheck: 1\nagents: {a: {}}\n", SETTINGS: "shipcheck: 1\nmanifests: {also: [nothing/*.yaml]}\n",
    },
    "broken policy": {
        "shipcheck.yaml": "shipcheck: 1\nagents: {a: {}}\n", SETTINGS: ONLY_LOCAL,
        ".shipcheck/local/pack.yaml": f"{HEAD}policies: [{{}}]\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_the_exit_code_of_what_is_broken_follows_from_the_json_report(name: str, tmp_path: Path) -> None:
    """P5: exit code 2 belongs to the settings, 3 to what cannot be judged, and the problems of the report say which."""
    report = judge(tmp_path, BROKEN[name])
    assert report.exit_code == exit_code_by(as_json(report))


@each_seed(4, first=50)
def test_the_exit_code_of_the_program_follows_from_its_json_report(seed: int, tmp_path: Path) -> None:
    write(tmp_path, files_of(world_of(seed, 1), RULES[seed % 7 :: 7]))
    report = judge(tmp_path, {})
    done = run(tmp_path, "check", "--format", "json", "--as-of", TODAY.isoformat())
    assert done.stdout == render_json(report)
    assert done.returncode == exit_code_by(as_json(report)) == report.exit_code
    assert run(tmp_path, "check", "--format", "json", "--exit-zero", "--as-of", TODAY.isoformat()).returncode == 0


@a_dozen
def test_the_same_repository_gives_the_same_bytes_again(seed: int, tmp_path: Path) -> None:
    files = files_of(world_of(seed, 2), RULES[seed % 3 :: 3])
    assert render_json(judge(tmp_path, files)) == render_json(judge(tmp_path, files))
