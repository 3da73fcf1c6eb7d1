"""Waivers, from the command that writes one to the check that it changes, and what a pull request cannot do with them."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support.repository import DAY, Repository, create
from tests.support.running import run, write

from shipcheck.app.baseline import create_baseline, prune
from shipcheck.app.check import CheckRequest, check
from shipcheck.app.waive import WaiveRequest, Wanted, waive
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report
from shipcheck.model.waiver import JudgedWaiver

FILE = ".shipcheck/waivers.yaml"
TEAMS = """shipcheck: 1
teams:
  payables: {contact: "#payables"}
  risk: {contact: "#risk"}
  former: {contact: "#former", active: false}
  customers: {contact: "#customers", type: end_users}
"""
AGENTS = """shipcheck: 1
agents:
  desk: {}
  clerk: {}
systems:
  erp: {}
"""
FILES = {"teams.shipcheck.yaml": TEAMS, "agents.shipcheck.yaml": AGENTS}
OWNERLESS = "core/owner-missing"
COMPARING = """pack: local
version: 1.0.0
policies:
  - id: gate-compared
    title: Every gate keeps its owner
    why: A new owner can change everything.
    each: gate where base is present
    must: base.owner is missing or owner == base.owner
"""
TERMS = "reason: moving\n    owner: payables\n    approver: risk\n    until: 2027-01-31\n"


def item(subject: str, policy: str = OWNERLESS, terms: str = TERMS, up_to: str = "error") -> str:
    return f"  - policy: {policy}\n    subject: {subject}\n    up_to: {up_to}\n    {terms}"


def waivers(*items: str) -> str:
    return "".join(["shipcheck: 1\nwaivers:\n", *items])


def with_waivers(text: str, files: Mapping[str, str] = FILES) -> dict[str, str]:
    return {**files, FILE: text}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


def judged(folder: Path, as_of: date = DAY, **request: Any) -> Report:
    return check(CheckRequest(folder, as_of, **request))


def statuses(report: Report, policy: str = OWNERLESS) -> dict[str, str]:
    return {found.subject: found.status for found in report.findings if found.policy == policy}


def waived_text(folder: Path, *words: str, as_of: date = DAY, **changes: Any) -> str:
    """The waivers file after `waive`."""
    up_to = changes.pop("up_to", None)
    terms = Wanted(**{"until": date(2027, 1, 31), "reason": "moving", "approver": "risk", "owner": "payables", **changes})
    waive(WaiveRequest(words, CheckRequest(folder, as_of), terms, up_to))
    return (folder / FILE).read_text("utf-8")


def test_a_waiver_lets_its_finding_pass_and_no_other(folder: Path) -> None:
    before = judged(folder)
    text = waived_text(folder, OWNERLESS, "agent:desk")
    assert text.startswith("# Waived findings")
    assert text.endswith("shipcheck: 1\n" + waivers(item("agent:desk")).partition("\n")[2])
    after = judged(folder)
    assert statuses(after) == {"agent:clerk": "live", "agent:desk": "waived", "system:erp": "live"}
    assert after.verdict == "fail"
    assert {found.fingerprint for found in after.findings} == {found.fingerprint for found in before.findings}
    for name in ("clerk", "system:erp"):
        waived_text(folder, "owner-missing", name)
    assert judged(folder).verdict == "pass"
    assert {result.policy: result.result for result in judged(folder).judged.results}[OWNERLESS] == "waived"


def test_a_finding_is_named_by_the_beginning_of_its_fingerprint(folder: Path) -> None:
    (fingerprint,) = [found.fingerprint for found in judged(folder).findings if found.subject == "system:erp"]
    assert "subject: system:erp" in waived_text(folder, fingerprint[:8])


@pytest.mark.parametrize(
    ("words", "changes", "message"),
    [
        (("owner-mising", "desk"), {}, "no finding matches 'owner-mising desk'; did you mean 'owner-missing'?"),
        (
            ("owner-missing", "agent:desc"),
            {},
            "no finding matches 'owner-missing agent:desc'; did you mean 'core/owner-missing agent:desk'?",
        ),
        (("0123456789",), {}, "no finding matches '0123456789'; list them with 'shipcheck check --format concise'"),
        (
            ("owner-missing",),
            {},
            "is ambiguous: core/owner-missing agent:desk, core/owner-missing agent:clerk or core/owner-missing sy",
        ),
        (("owner-missing", "desk"), {"until": date(2026, 11, 21)}, "--until 2026-11-21 is in the past; give a future date"),
        (
            ("owner-missing", "desk"),
            {"until": date(2027, 11, 23)},
            "would last 366 days, but at most 365 are allowed; end it earlier",
        ),
        (("owner-missing", "desk"), {"reason": " "}, "--reason is empty; explain why the finding is waived"),
        (("owner-missing", "desk"), {"owner": ""}, "the finding has no owner; give the team responsible for the waiver"),
        (("owner-missing", "desk"), {"approver": "Risk"}, "--approver 'Risk' is not a valid team name"),
        (("owner-missing", "desk"), {"approver": "payables"}, "payables owns the waiver and cannot approve it"),
        (
            ("owner-missing", "desk"),
            {"approver": "rsik"},
            "nothing is written: team:rsik is not declared; did you mean 'team:risk'?",
        ),
        (("owner-missing", "desk"), {"approver": "former"}, "team:former is no longer active; name an active team"),
        (
            ("owner-missing", "desk"),
            {"owner": "customers"},
            "team:customers is a team of end users, who cannot be responsible for a waiver",
        ),
        (("owner-missing", "desk"), {"up_to": Severity.WARNING}, "the finding is error, above --up-to warning"),
    ],
)
def test_a_waiver_that_would_not_stand_is_not_written(
    folder: Path, words: tuple[str, ...], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as raised:
        waived_text(folder, *words, **changes)
    assert message in str(raised.value)
    assert not (folder / FILE).exists()


def test_what_is_waived_is_not_waived_again(folder: Path) -> None:
    waived_text(folder, "owner-missing", "desk")
    with pytest.raises(UsageError, match=r"the finding is already waived: the waiver .* is in force until 2027-01-31"):
        waived_text(folder, "owner-missing", "desk")


def test_a_waiver_that_has_ended_gets_new_terms_where_it_stands(folder: Path) -> None:
    text = waivers(
        "  # the desk\n", item("agent:desk").replace("until: 2027-01-31", "until: 2026-11-01  # soon"), item("agent:clerk")
    )
    write(folder, {FILE: text})
    assert statuses(judged(folder))["agent:desk"] == "expired"
    assert waived_text(folder, "owner-missing", "desk") == text.replace("2026-11-01", "2027-01-31")
    assert statuses(judged(folder))["agent:desk"] == "waived"


def test_what_the_baseline_no_longer_excuses_is_waived_by_itself(folder: Path) -> None:
    create_baseline(CheckRequest(folder, DAY), Wanted(date(2026, 12, 1), "first", "risk", "payables"))
    text = waived_text(folder, "owner-missing", "desk", as_of=date(2026, 12, 2))
    assert text.count("agent:desk") == 1
    assert text.index("agent:desk") > text.index("waivers:")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (waivers(item("agent:desk")).replace("policy", "polcy"), "waivers-shape"),
        (waivers(item("agent:desk"), item("agent:desk")), "waivers-shape"),
        (waivers(item("agent:desk")).replace("approver: risk", "approver: payables"), "waivers-shape"),
        (waivers(item("agent:desk")).replace("approver: risk", "approver: former"), "waiver-team"),
        (waivers(item("agent:desk")).replace("owner: payables", "owner: nobody"), "waiver-team"),
        (waivers(item("agent:gone")).replace("2027-01-31", "2099-01-31"), "waiver-too-long"),
        ("shipcheck: [\n", "yaml-syntax"),
        ("", "waivers-shape"),
    ],
)
def test_a_malformed_waivers_file_is_not_judged_by_whether_or_not_it_is_in_use(folder: Path, text: str, code: str) -> None:
    write(folder, {FILE: text})
    report = judged(folder)
    assert report.verdict == "incomplete"
    assert {problem.code for problem in report.judged.problems} == {code}
    assert report.judged.waivers == ()
    assert run(folder, "check").returncode == 3
    assert run(folder, "waivers", "prune").returncode == 3
    assert (folder / FILE).read_text() == text


def test_malformed_settings_do_not_hide_malformed_waivers(folder: Path) -> None:
    write(folder, {FILE: "shipcheck: 2\n", ".shipcheck/settings.yaml": "shipcheck: 2\n"})
    assert {problem.code for problem in judged(folder).judged.problems} == {"settings-shape", "waivers-shape"}
    assert run(folder, "check").returncode == 2


def test_a_pack_and_settings_say_how_long_a_waiver_may_last(folder: Path) -> None:
    settings = "shipcheck: 1\nparameters: {core: {waiver_days: 60}}\n"
    write(folder, {FILE: waivers(item("agent:desk")), ".shipcheck/settings.yaml": settings})
    (problem,) = judged(folder).judged.problems
    assert problem.message == "the waiver would last 70 days, but at most 60 are allowed; end it earlier"
    assert (problem.location.path, problem.location.line) == (FILE, 9)


def test_waivers_are_read_from_what_is_judged(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", FILES)
    repository.write({FILE: waivers(item("agent:desk"))})
    assert [status_of(repository.judged(state), "agent:desk") for state in ("worktree", "index", "HEAD")] == [
        "waived",
        "live",
        "live",
    ]
    repository.git("add", "--all")
    assert [status_of(repository.judged(state), "agent:desk") for state in ("index", "HEAD")] == ["waived", "live"]


def test_the_lists_say_what_each_waiver_comes_to(folder: Path) -> None:
    ended = item("agent:clerk", terms=TERMS.replace("2027-01-31", "2026-11-21"))
    soon = item("system:erp", terms=TERMS.replace("2027-01-31", "2026-12-21"))
    items = (item("agent:desk"), ended, soon, item("agent:gone"), item("gate:x", "local/gate-compared"))
    write(folder, {FILE: waivers(*items), ".shipcheck/local/pack.yaml": COMPARING})
    states = {found.waiver.subject: found.state for found in judged(folder).judged.waivers}
    assert states == {
        "agent:desk": "in_force",
        "agent:clerk": "ended",
        "system:erp": "in_force",
        "agent:gone": "unused",
        "gate:x": "not_judged",
    }
    shown = run(folder, "waivers", "check", "--as-of", DAY.isoformat())
    assert shown.returncode == 1
    assert [line.partition("    ")[0] for line in shown.stdout.splitlines() if not line.startswith(" ")] == [
        "expired: core/owner-missing agent:clerk",
        "",
        "unused: core/owner-missing agent:gone",
        "",
        "expires soon: core/owner-missing system:erp",
        "",
        "5 waivers, as of 2026-11-22.",
    ]
    listed = run(folder, "waivers", "list", "--as-of", DAY.isoformat(), "--format", "json")
    assert [entry["state"] for entry in json.loads(listed.stdout)["items"]] == list(states.values())
    assert run(folder, "waivers", "prune", "--as-of", DAY.isoformat()).stdout == "removed: core/owner-missing agent:gone\n"
    assert "agent:gone" not in (folder / FILE).read_text()


def test_only_those_near_their_end_are_no_reason_to_fail(folder: Path) -> None:
    write(folder, {FILE: waivers(item("agent:desk", terms=TERMS.replace("2027-01-31", "2026-11-30")))})
    shown = run(folder, "waivers", "check", "--as-of", DAY.isoformat())
    assert (shown.returncode, shown.stdout.splitlines()[0][:12]) == (0, "expires soon")


def test_asking_for_some_policies_calls_no_waiver_unused(folder: Path) -> None:
    write(folder, {FILE: waivers(item("agent:desk"))})
    report = judged(folder, policies=("core/team-without-contact",))
    assert [found.state for found in report.judged.waivers] == ["not_judged"]


@pytest.mark.parametrize("text", [waivers(item("agent:clerk")), "# mine\r\nshipcheck: 1\r\n# end", "shipcheck: 1\n"])
def test_waive_then_mend_then_prune_leaves_the_bytes_as_they_were(folder: Path, text: str) -> None:
    (folder / ".shipcheck").mkdir()
    (folder / FILE).write_bytes(text.encode())
    waived_text(folder, "owner-missing", "desk")
    write(folder, {"agents.shipcheck.yaml": AGENTS.replace("desk: {}", "desk: {owner: payables}")})
    prune(CheckRequest(folder, DAY), baseline=False)
    assert (folder / FILE).read_bytes() == text.encode()


def test_a_baseline_excuses_what_fails_and_only_shrinks(folder: Path) -> None:
    wanted = Wanted(date(2027, 5, 1), "adopted before: the rules", "risk", "payables")
    report, count = create_baseline(CheckRequest(folder, DAY), wanted)
    assert count == 3 == sum(found.severity == Severity.ERROR for found in report.findings)
    assert judged(folder).verdict == "pass"
    with pytest.raises(UsageError, match="a baseline exists already"):
        create_baseline(CheckRequest(folder, DAY), wanted)
    write(folder, {"agents.shipcheck.yaml": AGENTS.replace("clerk: {}", "clerk: {owner: payables}\n  new: {}")})
    assert {subject for subject, status in statuses(judged(folder)).items() if status == "live"} == {"agent:new"}
    before = (folder / FILE).read_text()
    gone = prune(CheckRequest(folder, DAY), baseline=True)[1]
    assert [found.waiver.subject for found in gone if isinstance(found, JudgedWaiver)] == ["agent:clerk"]
    assert (folder / FILE).read_text() == "".join(line for line in before.splitlines(keepends=True) if "clerk" not in line)
    assert prune(CheckRequest(folder, DAY), baseline=False)[1] == ()


def test_a_file_that_changes_while_it_is_judged_is_not_written_over(folder: Path) -> None:
    def interfering(stage: str, _done: int, _total: int) -> None:
        if stage == "judging":
            write(folder, {FILE: "shipcheck: 1\n"})

    request = WaiveRequest(
        ("owner-missing", "desk"), CheckRequest(folder, DAY), Wanted(date(2027, 1, 1), "x", "risk", "payables")
    )
    with pytest.raises(CannotJudgeError, match="was changed by another process; run the command again"):
        waive(request, interfering)
    assert (folder / FILE).read_text() == "shipcheck: 1\n"


@pytest.mark.parametrize("list_", ["waivers", "baseline"])
def test_where_there_is_nothing_to_take_out_nothing_else_is_claimed(list_: str, folder: Path) -> None:
    done = run(folder, list_, "prune", "--as-of", DAY.isoformat())
    assert (done.returncode, done.stdout) == (0, "no unused waivers; nothing removed\n")


def test_an_edit_that_would_change_what_a_waiver_says_is_not_made(folder: Path) -> None:
    """Without the item between them, the comment would become the end of the reason before it."""
    block = "until: 2027-01-31\n    owner: payables\n    approver: risk\n    reason: |\n      moving\n"
    text = waivers(item("agent:clerk", terms=block), item("agent:gone"), "      # keep\n", item("agent:desk"))
    write(folder, {FILE: text})
    assert [found.state for found in judged(folder).judged.waivers] == ["in_force", "unused", "in_force"]
    with pytest.raises(CannotJudgeError, match="cannot be edited, so nothing is written"):
        prune(CheckRequest(folder, DAY), baseline=False)
    assert (folder / FILE).read_text() == text


def test_a_file_that_cannot_be_edited_is_left_alone(folder: Path) -> None:
    text = (
        f"{{shipcheck: 1, waivers: [{{policy: {OWNERLESS}, subject: a, up_to: error, {TERMS.strip().replace(chr(10), ',')}}}]}}\n"
    )
    write(folder, {FILE: text})
    with pytest.raises(CannotJudgeError, match="cannot be edited: the list or map on line 1 is written between brackets"):
        waived_text(folder, "owner-missing", "desk")
    assert (folder / FILE).read_text() == text


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with a branch for a pull request, checked out."""
    made = create(tmp_path / "top", FILES)
    made.git("checkout", "--quiet", "-b", "change")
    return made


def status_of(report: dict[str, Any], subject: str) -> str:
    (status,) = (found["status"] for found in report["findings"] if (found["policy"], found["subject"]) == (OWNERLESS, subject))
    return str(status)


def told(report: dict[str, Any]) -> list[str]:
    return [change["message"] for change in report["changes"] if change["change"] == "waiver-proposed"]


@pytest.mark.needs("git")
def test_a_waiver_of_the_pull_request_is_proposed_until_it_is_merged(repository: Repository) -> None:
    repository.commit({FILE: waivers(item("agent:desk"))})
    report = repository.judged(base="main")
    assert status_of(report, "agent:desk") == "live"
    assert [found["state"] for found in report["waivers"]] == ["proposed"]
    assert told(report) == ["the waiver of core/owner-missing agent:desk is new; it lasts until 2027-01-31"]
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "change")
    repository.git("checkout", "--quiet", "change")
    report = repository.judged(base="main")
    assert status_of(report, "agent:desk") == "waived"
    assert told(report) == []


@pytest.mark.needs("git")
def test_a_pull_request_can_end_a_waiver_and_cannot_stretch_it(tmp_path: Path) -> None:
    text = waivers(item("agent:desk", terms=TERMS.replace("2027-01-31", "2026-11-30")), item("agent:clerk"))
    repository = create(tmp_path / "top", with_waivers(text))
    repository.git("checkout", "--quiet", "-b", "change")
    longer = text.replace("2026-11-30", "2027-03-01").replace("approver: risk", "approver: customers", 1)
    repository.commit({FILE: waivers(item("agent:desk"), item("system:erp"))})
    report = repository.judged(base="main")
    assert {name: status_of(report, name) for name in ("agent:desk", "agent:clerk", "system:erp")} == {
        "agent:desk": "waived",
        "agent:clerk": "live",
        "system:erp": "live",
    }
    assert told(report) == [
        "the waiver of core/owner-missing agent:desk lasts until 2027-01-31, not 2026-11-30 as in the base",
        "the waiver of core/owner-missing system:erp is new; it lasts until 2027-01-31",
    ]
    desk = next(found for found in report["findings"] if found["status"] == "waived")
    assert "is in force until 2026-11-30" in desk["waiver"]
    repository.commit({FILE: longer})
    assert repository.judged(base="main")["verdict"] == "incomplete"


@pytest.mark.parametrize(
    ("members", "codes"), [("[ann]", {"waiver-team"}), ("[bob, ann]", {"waiver-team"}), ("[ann, cem]", set()), ("[]", set())]
)
def test_the_same_people_under_another_name_cannot_approve(folder: Path, members: str, codes: set[str]) -> None:
    teams = TEAMS.replace('{contact: "#payables"', '{contact: "#payables", members: [ann, bob]')
    teams = teams.replace('{contact: "#risk"', f'{{contact: "#risk", members: {members}')
    write(folder, {FILE: waivers(item("agent:desk")), "teams.shipcheck.yaml": teams})
    assert {problem.code for problem in judged(folder).judged.problems} == codes


@pytest.mark.parametrize(
    ("ours", "theirs", "codes"),
    [
        ("{system: erp, group: payables}", "{system: erp, group: risk}", set()),
        ("{system: erp, group: payables}", "{system: erp, group: payables}", {"waiver-team"}),
        ("{system: erp, group: payables}", "{system: forge, group: risk}", {"waiver-team"}),
        ("", "{system: erp, group: risk}", {"waiver-team"}),
    ],
)
def test_groups_that_may_be_the_same_people_cannot_approve(folder: Path, ours: str, theirs: str, codes: set[str]) -> None:
    teams = TEAMS.replace('{contact: "#payables"', f'{{contact: "#payables"{f", members_in: {ours}" if ours else ""}')
    teams = teams.replace('{contact: "#risk"', f'{{contact: "#risk", members_in: {theirs}')
    systems = "shipcheck: 1\nsystems: {forge: {owner: risk}}\n"
    write(folder, {FILE: waivers(item("agent:desk")), "teams.shipcheck.yaml": teams, "more.shipcheck.yaml": systems})
    assert {problem.code for problem in judged(folder).judged.problems} == codes


@pytest.mark.needs("git")
def test_who_can_approve_is_for_the_base_to_say(tmp_path: Path) -> None:
    text = waivers(item("agent:desk")).replace("approver: risk", "approver: former")
    repository = create(tmp_path / "top", FILES)
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({FILE: text, "teams.shipcheck.yaml": TEAMS.replace(", active: false", "")})
    assert [problem["code"] for problem in repository.judged(base="main")["problems"]] == ["waiver-team"]


@pytest.mark.needs("git")
def test_malformed_waivers_of_the_base_are_for_the_base_to_mend(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", with_waivers("shipcheck: 2\n"))
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({FILE: waivers(item("agent:desk"))})
    report = repository.judged(base="main")
    assert report["verdict"] == "incomplete"
    assert [problem["location"].get("in") for problem in report["problems"]] == ["base"]


@pytest.mark.needs("git")
def test_a_base_that_declares_nothing_leaves_waivers_to_the_head(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", {"README": "x\n"})
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit(with_waivers(waivers(item("agent:desk"))))
    assert status_of(repository.judged(base="main"), "agent:desk") == "waived"


@pytest.mark.needs("git")
def test_what_the_base_cannot_show_is_waived_as_before(tmp_path: Path) -> None:
    """Whether a change introduces a finding in a file that is malformed in the base is unknown; its waiver still applies."""
    repository = create(
        tmp_path / "top", with_waivers(waivers(item("agent:desk")), {**FILES, "agents.shipcheck.yaml": "agents: ["})
    )
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({"agents.shipcheck.yaml": AGENTS})
    report = repository.judged(base="main")
    found = {one["subject"]: (one["change"], one["status"]) for one in report["findings"] if one["policy"] == OWNERLESS}
    assert (found["agent:desk"], found["agent:clerk"]) == ((None, "waived"), (None, "live"))


@pytest.mark.needs("git")
def test_changed_code_of_what_is_waived_is_listed(tmp_path: Path) -> None:
    agents = AGENTS.replace("desk: {}", "desk: {implemented_by: [{file: src/desk.py, symbol: f}]}")
    files = {**FILES, "agents.shipcheck.yaml": agents, "src/desk.py": "def f():\n    pass\n"}
    repository = create(tmp_path / "top", with_waivers(waivers(item("agent:desk")), files))
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({"src/desk.py": "def f():\n    return 1\n"})
    report = repository.judged(base="main")
    assert status_of(report, "agent:desk") == "waived"
    [change] = [change["message"] for change in report["changes"] if change["change"] == "waived-code-changed"]
    assert change == "src/desk.py, code of agent:desk, is changed; a waiver names agent:desk"


def test_five_thousand_waivers_are_all_in_the_report(tmp_path: Path) -> None:
    # Each agent has no owner, no use case, and no word about its rights.
    agents = "shipcheck: 1\nagents:\n" + "".join(f"  a{number}: {{}}\n" for number in range(1500))
    teams = "".join(f"  t{number}: {{}}\n" for number in range(500))
    write(tmp_path, {"teams.shipcheck.yaml": TEAMS + teams, "agents.shipcheck.yaml": agents})
    request = CheckRequest(tmp_path, DAY, fail_on=Severity.WARNING)
    _, count = create_baseline(request, Wanted(date(2027, 1, 1), "x", "risk", "payables"))
    report = check(request)
    assert count == len(report.judged.waivers) == 5000
    assert {found.state for found in report.judged.waivers} == {"in_force"}
    assert report.verdict == "pass"
