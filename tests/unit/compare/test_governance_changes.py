"""Every value of settings, packs, policies and waivers that differs is told, with the direction of the change."""

import pytest
from tests.cli.not_zero.test_pull_requests import GOVERNED
from tests.support.pull_requests import judged

SETTINGS, LOCAL, WAIVERS = ".shipcheck/settings.yaml", ".shipcheck/local/pack.yaml", ".shipcheck/waivers.yaml"
WAIVER = """shipcheck: 1
waivers:
  - policy: core/owner-missing
    subject: agent:desk
    up_to: error
    reason: the team is being founded
    owner: team:desk-ai
    approver: team:board
    until: 2026-12-20
"""
Told = tuple[str, str, str, str, str, str]
CASES: dict[str, tuple[str, str, str, list[Told]]] = {
    "a limit": (
        SETTINGS,
        "fail_on: warning",
        "fail_on: note",
        [("setting-changed", "settings", "fail_on", "warning", "note", "stricter")],
    ),
    "a looser limit": (
        SETTINGS,
        "fail_on: warning",
        "fail_on: error",
        [("setting-changed", "settings", "fail_on", "warning", "error", "weaker")],
    ),
    "a parameter": (
        SETTINGS,
        "longest: 900",
        "longest: 950",
        [
            (
                "setting-changed",
                "settings",
                "parameters",
                "[core audit_retention 400, local longest 900]",
                "[core audit_retention 400, local longest 950]",
                "stricter",
            ),
            ("pack-changed", "local", "longest", "900", "950", "stricter"),
        ],
    ),
    "a stricter policy": (
        LOCAL,
        "owner is set\n",
        "owner is set and autonomy is set\n",
        [("policy-changed", "local/titled", "", "", "", "stricter")],
    ),
    "a looser policy": (LOCAL, " and owner is set\n", "\n", [("policy-changed", "local/titled", "", "", "", "weaker")]),
    "a text": (
        LOCAL,
        "title: Every agent has a title",
        "title: Agents have titles",
        [("policy-changed", "local/titled", "", "", "", "")],
    ),
    "a version": (LOCAL, "version: 1.2.0", "version: 1.3.0", [("pack-changed", "local", "version", "1.2.0", "1.3.0", "")]),
    "a new waiver": (WAIVERS, "", WAIVER, [("waiver-proposed", "core/owner-missing agent:desk", "", "", "", "")]),
    "a comment": (SETTINGS, "shipcheck: 1\n", "# of the platform team\nshipcheck: 1\n", []),
}


def told(before: dict[str, str], after: dict[str, str]) -> list[Told]:
    changes = judged(before, after).judged.changes
    return [
        (change.kind, change.subject, change.field, change.before, change.after, change.direction)
        for change in changes
        if change.kind != "governance-changed"
    ]


@pytest.mark.parametrize("name", CASES)
def test_what_differs_is_told(name: str) -> None:
    path, old, new, expected = CASES[name]
    assert old in GOVERNED.get(path, "")
    after = {**GOVERNED, path: GOVERNED[path].replace(old, new) if old else new}
    assert told(GOVERNED, after) == expected


def test_what_coverage_must_have_is_compared_word_by_word() -> None:
    before = {**GOVERNED, SETTINGS: GOVERNED[SETTINGS] + "code: {fail: [cut], folders: {src: [broken, generated]}}\n"}
    wider = {**GOVERNED, SETTINGS: GOVERNED[SETTINGS] + "code: {fail: [cut, broken, generated]}\n"}
    changed = [("setting-changed", "settings", "code", "[cut , broken src, generated src]", "[cut , broken , generated ]", "")]
    assert [change[:5] for change in told(before, wider)] == [change[:5] for change in changed]
    assert [change[-1] for change in told(before, wider)] == ["stricter"]
    assert [change[-1] for change in told(before, GOVERNED)] == ["weaker"]
    assert [change[-1] for change in told(GOVERNED, before)] == ["stricter"]


def test_each_term_of_a_waiver_is_told() -> None:
    before = {**GOVERNED, WAIVERS: WAIVER}
    after = {**before, WAIVERS: WAIVER.replace("2026-12-20", "2026-12-30").replace("founded", "found")}
    subject = "core/owner-missing agent:desk"
    assert told(before, after) == [
        ("waiver-proposed", subject, "", "", "", ""),
        ("waiver-changed", subject, "reason", "the team is being founded", "the team is being found", "weaker"),
        ("waiver-changed", subject, "until", "2026-12-20", "2026-12-30", "weaker"),
    ]
    gone = {path: text for path, text in before.items() if path != WAIVERS}
    assert told(before, gone) == [("waiver-changed", subject, "", "", "", "stricter")]
