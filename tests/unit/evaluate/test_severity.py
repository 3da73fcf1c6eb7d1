"""How grave a finding is, why, and what was assumed."""

import pytest
from tests.support.worlds import PACK, TODAY, findings, graph_of, only, plan_of, vocabulary

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.finding import Finding
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.settings import Settings, SeveritySetting

LADDER = "severity:\n  - error when stage == production\n  - warning when stage == pilot\n  - note"
NO_WAY = f"each: agent\nmust_not_reach: action\nalong: calls\n{LADDER}"


def world(stage: str) -> str:
    given = f"stage: {stage}, " if stage else ""
    return f"""
        shipcheck: 1
        use_cases: {{claims: {{{given}uses: [front], audience: staff}}}}
        agents: {{front: {{delegates_to: [back]}}, back: {{calls: [pay]}}}}
        actions: {{pay: {{effects: []}}}}
    """


def grounds(found: Finding) -> list[tuple[str, list[str]]]:
    return [(ground.text, [f"{hop.says} ({hop.location})" for hop in ground.chain]) for ground in found.grounds]


CHAIN = ["use_case:claims uses agent:front (shipcheck.yaml:3:{})", "agent:front delegates to agent:back (shipcheck.yaml:4:33)"]


@pytest.mark.parametrize(
    ("stage", "severity", "text", "chain", "assumed"),
    [
        ("production", "error", "error because stage is production", 48, ()),
        ("pilot", "warning", "warning because stage is pilot", 43, ()),
        ("candidate", "note", "", 0, ()),
        (
            "",
            "error",
            "error because stage of use_case:claims is not declared, and the worst is assumed",
            0,
            ("use_case:claims.stage",),
        ),
    ],
)
def test_the_first_step_that_is_not_no_decides(
    stage: str, severity: str, text: str, chain: int, assumed: tuple[str, ...]
) -> None:
    found = only(NO_WAY, world(stage))
    expected = [(text, [hop.format(chain) for hop in CHAIN] if chain else [])] if text else []
    assert (str(found.severity), grounds(found), found.assumed) == (severity, expected, assumed)


def test_a_derived_value_that_nobody_gives_is_assumed_to_be_the_worst() -> None:
    found = only(NO_WAY, "shipcheck: 1\nagents: {a: {calls: [pay]}}\nactions: {pay: {}}")
    assert (str(found.severity), found.assumed) == ("error", ("agent:a.stage",))
    assert grounds(found) == [
        ("error because stage of agent:a is not known: no use case reaches it, and the worst is assumed", [])
    ]


@pytest.mark.parametrize(
    ("ladder", "severity", "expected"),
    [
        ("severity: note", "note", []),
        ("severity: error", "error", []),
        ("", "error", []),
        ("severity:\n  - error when entry == false\n  - note", "note", []),
        ("severity:\n  - warning when entry\n  - note", "warning", [("warning because entry is true", [])]),
        (
            'severity:\n  - error when title == "A" and owner is missing\n  - note',
            "error",
            [('error because title is "A" and owner is not set', [])],
        ),
        (
            'severity:\n  - error when owner == "team:nobody"\n  - note',
            "error",
            [("error because owner is not declared, and the worst is assumed", [])],
        ),
        (
            'severity:\n  - error when autonomy >= asks or title == "A"\n  - note',
            "error",
            [('error because autonomy is at least asks or title is "A"', [])],
        ),
    ],
)
def test_a_ladder_reads_the_subject(ladder: str, severity: str, expected: list[tuple[str, list[str]]]) -> None:
    found = only(f"each: agent\nmust: false\n{ladder}", "shipcheck: 1\nagents: {a: {title: A}}")
    assert (str(found.severity), grounds(found)) == (severity, expected)


TWO = """
    shipcheck: 1
    agents: {a: {calls: [pay, look]}}
    actions: {pay: {sensitivity: high}, look: {sensitivity: low, effects: []}}
"""


def test_a_ladder_of_a_path_reads_both_ends() -> None:
    policy = (
        "each: agent\nmust_not_reach: action\nalong: calls\nseverity:\n  - error when to.sensitivity == high and from.entry\n"
    )
    policy += "  - note"
    found = findings(policy, TWO)
    assert {one.target: str(one.severity) for one in found} == {"action:pay": "error", "action:look": "note"}


def test_a_ladder_of_a_link_reads_its_ends() -> None:
    policy = "each: link calls\nmust: false\nseverity:\n  - error when to.sensitivity == high\n  - note"
    found = findings(policy, TWO)
    assert {one.subject: str(one.severity) for one in found} == {
        "agent:a calls action:pay": "error",
        "agent:a calls action:look": "note",
    }


@pytest.mark.parametrize(
    ("raised", "stage", "severity", "text"),
    [
        (Severity.ERROR, "candidate", "error", "error because settings or packs raise it"),
        (Severity.ERROR, "pilot", "error", "error because settings or packs raise it"),
        (Severity.ERROR, "production", "error", "error because stage is production"),
    ],
)
def test_settings_raise_what_the_ladder_says_and_never_lower_it(raised: Severity, stage: str, severity: str, text: str) -> None:
    setting = SeveritySetting(f"{PACK}/the-rule", raised, Location("worktree", ".shipcheck/settings.yaml", 1, 1, 1, 2))
    lines = "\n".join(f"    {line}" for line in NO_WAY.splitlines())
    plan = plan_of(f"policies:\n  - id: the-rule\n    title: A\n    why: B\n{lines}\n", settings=Settings(severities=(setting,)))
    found = Evaluator(graph_of(world(stage)), vocabulary(), TODAY).evaluate(plan.policies[0]).findings
    assert [(str(one.severity), one.grounds[0].text) for one in found] == [(severity, text)]


def test_a_derived_value_that_makes_a_subject_is_told_with_its_chain() -> None:
    policy = "each: agent where sees >= confidential and tainted\nmust: false"
    found = only(
        policy,
        """
        shipcheck: 1
        agents: {a: {calls: [ask], reads: [mail], untrusted_input: false}}
        actions: {ask: {reads: [files]}}
        datasets: {files: {classification: secret}, mail: {classification: public, untrusted: true}}
        """,
    )
    assert grounds(found) == [
        (
            "the highest classification in reach of a is secret",
            ["action:ask reads dataset:files (shipcheck.yaml:4:25)", "agent:a can call action:ask (shipcheck.yaml:3:22)"],
        ),
        ("a has untrusted input in reach", ["agent:a reads dataset:mail (shipcheck.yaml:3:36)"]),
    ]
