"""Whatever a pack says, the compiler ends in problems or in a plan, and a plan can be evaluated."""

import re
from collections.abc import Callable
from string import printable

from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.worlds import HEAD, PACK, TODAY, graph_of, vocabulary, written

from shipcheck.describe.sentences import policy_in_english
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.language.compile.policies import KEYS
from shipcheck.language.compile.review import review
from shipcheck.language.syntax.grammar import parse_condition, parse_selector
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.syntax.tokens import ExpressionError
from shipcheck.model.document import Document, File
from shipcheck.model.policy import Plan
from shipcheck.model.settings import Settings
from shipcheck.read.parse import parse

QUICK = cases(500)

WORLD = graph_of(
    """
    shipcheck: 1
    agents:
      a: {owner: t, calls: [{to: pay, through: [g]}, look, pay], delegates_to: [b], audited_by: [s], reads: [d]}
      b: {calls: [pay], connects_to: [v], title: B}
    actions:
      pay: {sensitivity: high, effects: [payments], reversible: false, guarded_by: [g], starts: [b], writes_to: [erp]}
      look: {}
    gates: {g: {decided_by: human, timing: before, decisions: [approve], approvers: [t], covers: [payments]}}
    audit_sinks: {s: {purpose: audit, retention_days: 200}}
    tool_servers: {v: {offers: [look]}}
    datasets: {d: {classification: secret}}
    systems: {erp: {}}
    integrations: {i: {use_cases: [u], system: erp, due: 2026-12-01, status: planned}}
    portfolios: {p: {}}
    use_cases:
      u: {stage: pilot, uses: [a], portfolio: p, scorecard: {value: {score: 3}}, decision: {result: selected, round: r1}}
      w: {uses: [b]}
    teams: {t: {members: [ann, bob]}}
    """
)

BEFORE = graph_of(
    """
    shipcheck: 1
    agents:
      a: {owner: t, calls: [{to: pay, through: [h]}, old], title: Payer}
      z: {calls: [old], delegates_to: [a]}
    actions:
      pay: {sensitivity: critical, effects: [payments], guarded_by: [h], title: Pay}
      old: {sensitivity: low, guarded_by: [g]}
    gates: {g: {decided_by: human, approvers: [t]}, h: {}}
    teams: {t: {members: [ann]}}
    """
)

WORDS = [
    "and", "or", "not", "some", "every", "no", "in", "all", "satisfies", "where", "is", "set", "missing", "true", "false",
    "today", "x", "y", "it", "from", "to", "subject", "through", "gates", "agent", "action", "gate", "use_case",
    "audit_sink", "team", "integration", "sensitive", "human_gate", "owner", "entry", "calls", "called_by", "effects",
    "stage", "sensitivity", "status", "due", "approvers", "covers", "decision.result", "scorecard.value.score",
    "owner.members", "portfolio.candidates", "title", "reversible", "high", "low", "critical", "pilot", "production",
    "selected", "human", "before", "approve", "payments", "planned", "count(", "share(", "sum(", "avg(", "min(", "max(",
    "unique(", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "0", "1", "3", "2.5",
    "40%", "90d", "2w", "2026-11-22", "$least", "$most", '"team:t"', '"x"', '"action:pay"',
]  # fmt: skip
LINKS = ("calls", "delegates_to", "starts", "offers", "connects_to", "called_by", "uses", "guarded_by", "guards", "reads", "zzz")
SHAPES = (
    "{0} == {1}", "{0} >= {1}", "{0} in [{1}, {2}]", "{0} and {1}", "{0} or {1}", "not {0}", "{0} is set", "{0} is {1}",
    "some x in {0} satisfies {1}", "every x in {0} satisfies x == {1}", "no x in {0} satisfies ({1} or {2})", "count({0}) >= {1}",
    "count({0} where {1}) > 0", "{0} all in {1}", "({0})", "{0} + {1}", "{0} - {1} > {2}", "share({0}) <= {1}", "unique({0})",
    "max({0}) - min({1})", "x.{0}", "owner.{0}", "from.{0}", "to.{0}", "it.{0}",
)  # fmt: skip
PACK_TOP = """
params:
  least: {type: number, default: 2}
  most: {type: percent, default: 40%}
select:
  sensitive: action where sensitivity >= high
  human_gate: gate where decided_by == human and timing == before
"""

words = st.sampled_from(WORDS)
soup = st.lists(words, min_size=1, max_size=12).map(" ".join)
shaped = st.recursive(
    words,
    lambda inner: st.tuples(st.sampled_from(SHAPES), inner, inner, inner).map(lambda drawn: drawn[0].format(*drawn[1:])),
    max_leaves=6,
)
expressions = soup | shaped | st.text(printable, min_size=1, max_size=30)


def quoted(text: str) -> str:
    """The text in single quotes, where YAML reads everything printable but line breaks as it stands."""
    return "'" + "".join(character for character in text if character.isprintable()).replace("'", "''") + "'"


def compiled(text: str) -> Plan | None:
    """The plan, or None where the pack has problems; each problem and each warning lies in the pack and says something."""
    read = parse(File(PACK, "pack.yaml", text.encode("utf-8", "surrogatepass")))
    if not isinstance(read, Document):
        return None
    packs = [PackDocuments(PACK, read, ())]
    plan, faults, misuse = compile_plan(packs, Settings(), vocabulary())
    warnings = () if faults else review(packs, plan, vocabulary())
    lines = text.count("\n") + 1
    for problem in (*faults, *misuse, *warnings):
        assert problem.message
        assert re.fullmatch("P[0-9]{3}|too-many-problems", problem.code)
        assert 1 <= problem.location.line <= lines + 1
    return None if faults else plan


def evaluated(plan: Plan | None) -> None:
    """Every policy of the plan, read aloud and judged: messages, reasons, fixes and severities are made on the way."""
    if plan is not None:
        for pack in plan.packs:
            for policy in pack.policies:
                reading = policy_in_english(policy, pack, vocabulary())
                assert all(line.text for line in (*reading.asks, *reading.means))
        for base in (None, BEFORE):
            evaluator = Evaluator(WORLD, vocabulary(), TODAY, base)
            for policy in plan.policies:
                result = evaluator.evaluate(policy)
                assert result.failed <= result.subjects


def problem_of(read: Callable[[SourceText], object], text: str) -> str:
    """The code of the problem that stops the reading of a text; empty where it is read."""
    try:
        read(written(text))
    except ExpressionError as error:
        return error.problem.code
    return ""


@QUICK
@given(st.text(max_size=60) | soup)
def test_any_text_is_a_condition_or_an_error(text: str) -> None:
    for read in (parse_condition, parse_selector):
        assert problem_of(read, text) in {"", "P010"}


@QUICK
@given(
    st.sampled_from(["each: {0}", "all: {0}", "each: agent where {0}", "each: link calls where {0}"]), expressions, expressions
)
def test_any_expression_is_a_subject_or_a_problem(subject: str, first: str, second: str) -> None:
    key, _, text = subject.format(first).partition(": ")
    policy = f"policies:\n  - {{id: p, title: A, why: B, {key}: {quoted(text)}, must: {quoted(second)}}}\n"
    evaluated(compiled(HEAD + PACK_TOP + policy))


@QUICK
@given(
    st.sampled_from(["agent", "action", "gate", "use_case", "integration", "team or agent", "link calls", "link reads, calls"]),
    shaped,
    shaped,
    shaped,
)
def test_any_shaped_condition_is_judged_or_a_problem(subject: str, must: str, step: str, message: str) -> None:
    key = "all" if must.startswith(("share", "unique", "max", "count")) and not subject.startswith("link") else "each"
    per = "per: owner, " if key == "all" and len(step) % 2 else ""
    ladder = f"[{quoted('error when ' + step)}, note]"
    said = quoted("{" + message + "} and {it}")
    policy = (
        f"policies:\n  - {{id: p, title: A, why: B, {key}: {quoted(subject)}, {per}must: {quoted(must)}, "
        f"severity: {ladder}, message: {said}}}\n"
        f"  - {{id: q, title: A, why: B, {key}: {quoted(subject)}, {per}must: {quoted(must)}}}\n"
    )
    text = HEAD + PACK_TOP + policy
    evaluated(compiled(text))
    evaluated(compiled(HEAD + PACK_TOP + "policies:\n" + policy.rpartition("  - ")[1] + policy.rpartition("  - ")[2]))


@QUICK
@given(
    st.sampled_from(["agent", "agent where entry", "use_case", "action", "gate"]),
    st.sampled_from(["must_not_reach", "must_reach"]),
    st.lists(st.sampled_from(LINKS), min_size=1, max_size=4),
    st.sampled_from(["action", "sensitive", "agent", "system", "gate"]),
    shaped,
    shaped,
)
def test_any_path_policy_is_judged_or_a_problem(
    subject: str, verb: str, along: list[str], target: str, narrowed: str, gates: str
) -> None:
    unless = f", unless_through: {quoted('gate where ' + gates)}" if verb == "must_not_reach" and len(gates) % 3 else ""
    last = ", gate_on: last_hop" if unless and len(narrowed) % 2 else ""
    where = f" where {narrowed}" if len(narrowed) % 4 else ""
    policy = (
        f"policies:\n  - {{id: p, title: A, why: B, each: {quoted(subject)}, {verb}: {quoted(target + where)}, "
        f"along: {quoted(', '.join(along))}{unless}{last}}}\n"
    )
    evaluated(compiled(HEAD + PACK_TOP + policy))


nodes = st.recursive(
    st.sampled_from(
        ["agent", "must", "error", "''", "3", "true", "a-b", "[]", "{}", "calls", "'error when entry'", "number", "40%"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from([*KEYS, "type", "default", "may", "zzz"]), inner, max_size=4).map(
            lambda held: "{" + ", ".join(f"{key}: {value}" for key, value in held.items()) + "}"
        )
    ),
    max_leaves=8,
)


@QUICK
@given(
    st.dictionaries(st.sampled_from(["pack", "version", "description", "params", "select", "policies", "zzz"]), nodes, max_size=5)
)
def test_any_shape_of_a_pack_is_a_plan_or_problems(top: dict[str, str]) -> None:
    evaluated(compiled("".join(f"{key}: {value}\n" for key, value in top.items()) or "{}\n"))


@QUICK
@given(st.dictionaries(st.sampled_from(KEYS), nodes, max_size=8))
def test_any_shape_of_a_policy_is_a_plan_or_problems(held: dict[str, str]) -> None:
    policy = ", ".join(f"{key}: {value}" for key, value in held.items())
    evaluated(compiled(f"{HEAD}policies:\n  - {{{policy}}}\n"))


CHANGES = ["base", "base.sensitivity", "base.owner", "base.calls", "calls.base", "present", "like", '"Pay*"', "title", "guards"]
CHANGED = (
    "{0} is present", "{0} is not present", "base is missing", "base.{0} == {1}", "{0} >= base.{1}", '{0} like "a*b"',
    '{0} not like "*"', "sum({0})", "share({0}) > {1}", "max({0}) == {1}", "unique({0})", "avg({0}) <= {1}",
    "no x in {0} satisfies x is present", "every x in {0} satisfies x.base is present",
)  # fmt: skip
changing = st.recursive(
    st.sampled_from([*CHANGES, *WORDS]),
    lambda inner: st.tuples(st.sampled_from(CHANGED + SHAPES), inner, inner, inner).map(
        lambda drawn: drawn[0].format(*drawn[1:])
    ),
    max_leaves=6,
)


@QUICK
@given(
    st.sampled_from(["each: {0}", "each: removed {0}", "all: {0}", "each: link calls"]),
    st.sampled_from(["agent", "action", "gate", "use_case", "gate or action", "sensitive"]),
    changing,
    changing,
)
def test_any_condition_on_change_is_a_plan_or_a_problem(subject: str, kind: str, where: str, must: str) -> None:
    key, _, text = subject.format(kind).partition(": ")
    narrowed = f"{text} where {where}"
    policy = f"{key}: {quoted(narrowed)}, must: {quoted(must)}"
    evaluated(compiled(f"{HEAD}{PACK_TOP}policies:\n  - {{id: p, title: A, why: B, {policy}}}\n"))


walks = st.fixed_dictionaries(
    {},
    optional={
        "within": st.sampled_from(["1", "3", "0", "many"]),
        "every_way": st.sampled_from(["true", "false"]),
        "through": st.sampled_from(["gate", "action", "'action where title like \"R*\"'", "system", "gate where from.entry"]),
        "unless_through": st.sampled_from(["gate", "human_gate", "human_gate where from.owner == owner", "integration"]),
        "gate_on": st.sampled_from(["last_hop", "any_hop", "here"]),
        "per": st.sampled_from(["owner", "owner, stage", "calls"]),
        "cost": st.sampled_from(["accepted", "high"]),
        "message": st.sampled_from(["'{subject}'", "'{from} {to}'", "'{owner}'", "'{'"]),
        "severity": st.sampled_from(["error", "[error when stage == pilot, note]", "[note, error]"]),
    },
)


@QUICK
@given(
    st.sampled_from(
        ["each: agent", "each: removed agent", "all: agent", "all: agent or action", "each: link calls", "each: zzz"]
    ),
    st.sampled_from(
        [
            "must_reach: team",
            "must_reach: team where it == from.owner",
            "must_not_reach: sensitive",
            "must_not_cycle: 'true'",
            "must_not_cycle: true",
        ]
    ),
    st.lists(st.sampled_from(LINKS), max_size=3),
    walks,
)
def test_any_policy_about_walks_is_a_plan_or_problems(subject: str, verb: str, along: list[str], more: dict[str, str]) -> None:
    keys = [subject, verb, *(f"{key}: {value}" for key, value in more.items())]
    keys += [f"along: {quoted(', '.join(along))}"] if along else []
    evaluated(compiled(f"{HEAD}{PACK_TOP}policies:\n  - {{id: p, title: A, why: B, {', '.join(keys)}}}\n"))
