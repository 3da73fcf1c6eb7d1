"""The example policies of the language judged: for each a world that passes it, and one that fails it with what is found."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.support.worlds import PACK, TODAY, document, graph_of, vocabulary

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult
from shipcheck.model.settings import Settings

TEXT = (Path(__file__).parents[1] / "language" / "eighteen.yaml").read_text("utf-8")


class Found(NamedTuple):
    """What is to be found: the subject, the target, how grave it is, and the hops of the witness or, without any, the reasons."""

    subject: str
    target: str | None
    severity: str
    shown: tuple[str, ...]


class World(NamedTuple):
    """A world, the world before it, if one is given, and everything that the policy finds there."""

    policy: str
    text: str
    found: tuple[Found, ...] = ()
    before: str = ""


@cache
def policies() -> dict[str, Policy]:
    plan, faults, _ = compile_plan([PackDocuments(PACK, document(TEXT, "pack.yaml", PACK), ())], Settings(), vocabulary())
    assert faults == ()
    return {policy.id: policy for policy in plan.policies}


def result(world: World) -> PolicyResult:
    before = graph_of(f"shipcheck: 1\n{world.before}") if world.before else None
    evaluator = Evaluator(graph_of(f"shipcheck: 1\n{world.text}"), vocabulary(), TODAY, before)
    return evaluator.evaluate(policies()[world.policy])


def found(judged: PolicyResult) -> tuple[Found, ...]:
    return tuple(
        Found(
            finding.subject,
            finding.target,
            str(finding.severity),
            tuple(hop.says for hop in finding.witness) or tuple(reason.text for reason in finding.reasons),
        )
        for finding in judged.findings
    )


OWNED = "agents: {a: {owner: t}}\nteams: {t: {}}"
AUDITED = "use_cases: {u: {stage: production, uses: [a]}}\nagents: {a: {audited_by: [s]}}\n"
CALLS = "use_cases: {u: {stage: pilot, audience: staff, uses: [a]}}\nagents: {a: {owner: desk, calls: [pay]}}\n"
SENSITIVE = "actions: {pay: {sensitivity: high, writes_to: [box], guarded_by: [g]}}\nsystems: {box: {environment: test}}\n"
REACHES = "use_cases: {u: {stage: production, uses: [a]}}\nagents: {a: {calls: [pay]}}\n"
ESCALATES = "use_cases: {u: {stage: pilot, uses: [a]}}\nagents: {a: {delegates_to: [b]}, b: {"
TOUCHES = "use_cases: {u: {stage: pilot, touches: [erp]}}\nsystems: {erp: {external: true}}\nteams: {it: {}}\n"
SCORED = "scorecard: {value: {score: %s}, data_readiness: {score: 3}, integration_cost: {score: 4}}"
SELECTED = "use_cases: {u: {decision: {result: selected}, %s}}"
READS = "agents: {a: {reads: [d], %s}}\ndatasets: {d: {classification: secret}}\naudit_sinks: {s: {retention_days: 200}}\n"
GATED = "gates: {g: {}}\nactions: {pay: {guarded_by: [g]}, look: {}}\n"

PASS = [
    World("own-1", OWNED),
    World("aud-1", AUDITED + "audit_sinks: {s: {retention_days: 180}}"),
    World("gate-1", CALLS + SENSITIVE + "gates: {g: {decided_by: human, approvers: [risk]}}\nteams: {desk: {}, risk: {}}"),
    World("aud-2", REACHES + "actions: {pay: {audited_by: [s]}}\naudit_sinks: {s: {retention_days: 400}}"),
    World("esc-1", ESCALATES + "escalates_to: [t]}}\nteams: {t: {}}"),
    World("fan-1", "agents: {a: {calls: [x]}, b: {calls: [x]}, c: {calls: [x]}}\nactions: {x: {sensitivity: high}}"),
    World("cyc-1", "agents: {a: {delegates_to: [b, c]}, b: {delegates_to: [c]}, c: {}}"),
    World("lay-1", "agents: {a: {autonomy: acts, delegates_to: [b]}, b: {autonomy: asks}}"),
    World("uni-1", "portfolios: {p: {}, q: {}}\nuse_cases: {u: {portfolio: p, title: T}, v: {portfolio: q, title: T}}"),
    World(
        "sod-1",
        CALLS + SENSITIVE + "gates: {g: {approvers: [risk]}}\nteams: {desk: {members: [ann]}, risk: {members: [bob]}}",
    ),
    World("int-1", "integrations: {i: {status: planned, due: 2026-11-22}}"),
    World("rev-1", "use_cases: {u: {stage: pilot, review_due: 2027-05-21}}"),
    World("int-2", TOUCHES + "integrations: {i: {use_cases: [u], system: erp, owner: it, status: in_progress}}"),
    World("sel-1", "portfolios: {p: {}}\nuse_cases: {u: {stage: candidate, portfolio: p}}"),
    World("sel-2", SELECTED % (SCORED % 4)),
    World("evi-1", "gates: {g: {implemented_by: [{file: a.py, symbol: A.b}]}}"),
    World("chg-1", "actions: {x: {sensitivity: high}}", before="actions: {x: {sensitivity: medium}}"),
    World("chg-2", "actions: {look: {}}", before=GATED),
    World(
        "gate-2",
        "agents: {a: {calls: [pay]}}\nactions: {pay: {reversible: false, guarded_by: [g]}}\n"
        "gates: {g: {decided_by: human, approvers: [t]}}\nteams: {t: {}}",
        before="teams: {t: {}}",
    ),
    World("red-1", READS % "calls: [r]" + "actions: {r: {title: Redact names, audited_by: [s]}}"),
]

FAIL = [
    World(
        "own-1",
        "agents: {a: {}, b: {owner: gone}}\nteams: {gone: {active: false}}",
        (
            Found("agent:a", None, "error", ("owner is not declared", "owner.active is not declared")),
            Found("agent:b", None, "error", ("owner.active is false",)),
        ),
    ),
    World(
        "aud-1",
        AUDITED + "audit_sinks: {s: {retention_days: 179}}",
        (Found("agent:a", None, "error", ("audited_by is [s]", "s's retention_days is 179")),),
    ),
    World(
        "gate-1",
        CALLS + SENSITIVE + "gates: {g: {decided_by: human, approvers: [desk]}}\nteams: {desk: {}}",
        (Found("agent:a", "action:pay", "warning", ("agent:a can call action:pay",)),),
    ),
    World(
        "aud-2",
        REACHES + "actions: {pay: {audited_by: [s]}}\naudit_sinks: {s: {retention_days: 30}}",
        (Found("use_case:u", None, "error", ("retention_days is 30",)),),
    ),
    World(
        "esc-1",
        ESCALATES + "}}",
        (
            Found("agent:a", None, "error", ("agent:a delegates to agent:b",)),
            Found("agent:b", None, "error", ("the path to agent:b ends without reaching one",)),
        ),
    ),
    World(
        "fan-1",
        "agents: {a: {calls: [x]}, b: {calls: [x]}, c: {calls: [x]}, d: {calls: [x]}}\nactions: {x: {sensitivity: high}}",
        (Found("action:x", None, "warning", ("the number of called_by is 4: [a, b, c, d]",)),),
    ),
    World(
        "cyc-1",
        "agents: {a: {delegates_to: [b]}, b: {delegates_to: [a]}, c: {delegates_to: [a]}}",
        (Found("agent:a", None, "error", ("agent:a delegates to agent:b", "agent:b delegates to agent:a")),),
    ),
    World(
        "lay-1",
        "agents: {a: {autonomy: asks, delegates_to: [b]}, b: {autonomy: acts}}",
        (Found("agent:a delegates_to agent:b", None, "error", ("from.autonomy is asks",)),),
    ),
    World(
        "uni-1",
        "portfolios: {p: {}}\nuse_cases: {u: {portfolio: p, title: T}, v: {portfolio: p, title: T}}",
        (Found("portfolio:p", None, "error", ("two of the members have the same title",)),),
    ),
    World(
        "sod-1",
        CALLS + SENSITIVE + "gates: {g: {approvers: [risk]}}\nteams: {desk: {members: [ann]}, risk: {members: [ann, bob]}}",
        (Found("action:pay", None, "error", ("ann is one of guarded_by.approvers.members",)),),
    ),
    World(
        "int-1",
        "integrations: {i: {status: planned, due: 2026-11-21}, j: {status: verified}, l: {status: planned}}",
        (
            Found("integration:i", None, "error", ("due is 2026-11-21",)),
            Found("integration:l", None, "error", ("due is not declared",)),
        ),
    ),
    World(
        "rev-1",
        "use_cases: {u: {stage: pilot, review_due: 2027-05-22}, v: {stage: production, review_due: 2026-11-21}}",
        (
            Found("use_case:u", None, "error", ("review_due is 2027-05-22",)),
            Found("use_case:v", None, "error", ("review_due is 2026-11-21",)),
        ),
    ),
    World(
        "int-2",
        TOUCHES + "integrations: {i: {use_cases: [u], system: erp, owner: it, status: planned}}",
        (Found("use_case:u", "system:erp", "error", ("use_case:u touches system:erp",)),),
    ),
    World(
        "sel-1",
        "portfolios: {p: {}}\nuse_cases:\n"
        + "".join(
            f"  u{n}: {{stage: candidate, portfolio: p, decision: {{result: {'selected' if n < 3 else 'rejected'}}}, "
            f"scorecard: {{value: {{score: 3}}}}}}\n"
            for n in range(5)
        ),
        (
            Found(
                "portfolio:p",
                None,
                "error",
                ("the number of members is 5", "the share of members whose decision.result is selected is 60%"),
            ),
        ),
    ),
    World(
        "sel-2",
        SELECTED % (SCORED % 3),
        (Found("use_case:u", None, "error", ("3 * 2 + 3 - 4 is 5",)),),
    ),
    World(
        "evi-1",
        "gates: {g: {implemented_by: [{file: a.py, symbol: A.b}, {file: b.go, symbol: B}]}, h: {implemented_by: []}}",
        (
            Found("gate:g", None, "error", ("place.file is b.go",)),
            Found("gate:h", None, "error", ("implemented_by is empty",)),
        ),
    ),
    World(
        "chg-1",
        "actions: {x: {sensitivity: medium, effects: []}, z: {sensitivity: low}}",
        (Found("action:x", None, "error", ("sensitivity is medium",)),),
        before="actions: {x: {sensitivity: high}}",
    ),
    World(
        "chg-2",
        "actions: {pay: {}, look: {}}",
        (Found("gate:g", None, "error", ("pay is one of guards",)),),
        before=GATED,
    ),
    World(
        "gate-2",
        "agents: {a: {calls: [pay]}, b: {calls: [pay]}}\nactions: {pay: {reversible: false}}",
        (Found("agent:b", "action:pay", "error", ("agent:b can call action:pay",)),),
        before="agents: {a: {}}",
    ),
    World(
        "red-1",
        READS % "calls: [r]" + "actions: {r: {title: Send names, audited_by: [s]}}",
        (Found("agent:a", None, "error", ()),),
    ),
]


@pytest.mark.parametrize("world", PASS, ids=lambda world: world.policy)
def test_a_world_passes(world: World) -> None:
    judged = result(world)
    assert (judged.result, found(judged)) == ("pass", ())
    assert judged.subjects > 0


@pytest.mark.parametrize("world", FAIL, ids=lambda world: world.policy)
def test_a_world_fails(world: World) -> None:
    judged = result(world)
    assert found(judged) == world.found
    assert judged.result == "fail"


@pytest.mark.parametrize("policy", ["chg-1", "chg-2", "gate-2"])
def test_without_a_base_there_is_nothing_to_judge(policy: str) -> None:
    worlds = [world for world in (*PASS, *FAIL) if world.policy == policy]
    assert {result(world._replace(before="")).result for world in worlds} == {"not_applicable"}


def test_every_policy_has_both_worlds() -> None:
    assert {world.policy for world in PASS} == {world.policy for world in FAIL} == set(policies())
