"""The policies that the oracles judge, as plain data, from which their text is made: tool and oracles read the same policy."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.oracle.conditions import Condition, text_of

Selector = list[Any]
VERBS = ("must", "must_reach", "must_not_reach", "must_not_cycle")
FORWARD = ["calls", "delegates_to", "connects_to", "offers", "starts"]
BACKWARD = ["called_by", "delegated_by", "connected_by", "offered_by", "started_by"]
AS_NODES = ["calls", "starts", "guarded_by", "guards"]
TO_SINKS = ["uses", *FORWARD, "guarded_by", "audited_by"]


@dataclass(frozen=True, eq=False)
class Rule:
    """A policy: its name here, and its keys, whose selectors are `[kinds, condition]`."""

    name: str
    data: dict[str, Any]

    @cached_property
    def verb(self) -> str:
        """Its one verb."""
        return next(verb for verb in VERBS if verb in self.data)

    @property
    def is_about_groups(self) -> bool:
        """Whether it is about what many components have in common, which two worlds in one may share."""
        return "all" in self.data and self.verb == "must"

    @property
    def text(self) -> str:
        """The policy as it is written."""
        return "\n".join(_line(key, value) for key, value in self.data.items())


def selector_text(selector: Selector) -> str:
    """A selector as it is written."""
    kinds, where = selector
    return " or ".join(kinds) + (f" where {text_of(where)}" if where is not None else "")


def _line(key: str, value: Any) -> str:
    if key == "removed":
        return f"each: {_quoted(f'removed {selector_text(value)}')}"
    if key in {"must", "link"}:
        text = text_of(value) if key == "must" else f"link {value[0]}{f' where {text_of(value[1])}' if value[1] else ''}"
        return f"{'each' if key == 'link' else key}: {_quoted(text)}"
    if key == "severity":
        return "severity:\n" + "\n".join(f"  - {_quoted(_step(*step))}" for step in value)
    if key in {"along", "per"}:
        return f"{key}: {', '.join(item.removeprefix('@it.') for item in value)}"
    if isinstance(value, list):
        return f"{key}: {_quoted(selector_text(value))}"
    return f"{key}: {str(value).lower()}"


def _step(word: str, when: Condition) -> str:
    return f"{word} when {text_of(when)}" if when is not None else word


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


AGENT: Selector = [["agent"], None]
ENTRY: Selector = [["agent"], ["yes", "@it.entry"]]
ACTION: Selector = [["action"], None]
SENSITIVE: Selector = [["action"], [">=", "@it.sensitivity", "high"]]
LIVE: Selector = [["action"], ["and", [">=", "@it.sensitivity", "high"], ["!=", "@it.state", "disabled"]]]
FINAL: Selector = [["action"], ["or", ["==", "@it.sensitivity", "critical"], ["not", ["yes", "@it.reversible"]]]]
FOREIGN: Selector = [["action"], ["!=", "@it.owner", "@from.owner"]]
ITSELF: Selector = [["agent"], ["==", "@it", "@from"]]
DURABLE: Selector = [["audit_sink"], [">=", "@it.retention_days", 183]]
USED: Selector = [["use_case"], [">=", "@it.stage", "pilot"]]

_HUMAN: Condition = ["and", ["==", "@it.decided_by", "human"], ["==", "@it.timing", "before"]]
_COVERS: Condition = ["all in", "@to.effects", "@it.covers"]
_OTHER: Condition = ["some", "t", "@it.approvers", ["!=", "@t", "@from.owner"]]
_NO_OWN: Condition = ["no", "t", "@it.approvers", ["==", "@t", "@from.owner"]]
HUMAN: Selector = [["gate"], _HUMAN]
COVERING: Selector = [["gate"], ["and", _HUMAN, _COVERS]]
INDEPENDENT: Selector = [["gate"], ["and", _HUMAN, _OTHER]]
ALL_THREE: Selector = [["gate"], ["and", _HUMAN, _COVERS, _OTHER]]
DISJOINT: Selector = [["gate"], ["and", _HUMAN, _NO_OWN]]
STAFFED: Selector = [["gate"], ["every", "t", "@it.approvers", ["yes", "@t.active"]]]
SUPERVISOR: Selector = [["agent"], ["not", ["yes", "@it.entry"]]]
LADDER = [["error", ["==", "@subject.stage", "production"]], ["warning", ["==", "@subject.stage", "pilot"]], ["note", None]]


def _not(each: Selector, target: Selector, along: list[str], gate: Selector | None = None, **more: Any) -> dict[str, Any]:
    gates = {"unless_through": gate} if gate else {}
    return {"each": each, "must_not_reach": target, "along": along, **gates, **more}


def _reach(each: Selector, target: Selector, along: list[str], **more: Any) -> dict[str, Any]:
    return {"each": each, "must_reach": target, "along": along, **more}


_LAST = {"gate_on": "last_hop"}
WALKS: dict[str, dict[str, Any]] = {
    "no gate helps": _not(ENTRY, SENSITIVE, FORWARD),
    "one gate for all": _not(ENTRY, SENSITIVE, FORWARD, HUMAN, severity=LADDER),
    "a gate for the target": _not(ENTRY, SENSITIVE, FORWARD, COVERING),
    "a gate for the subject": _not(AGENT, SENSITIVE, FORWARD, INDEPENDENT),
    "a gate for both": _not(AGENT, SENSITIVE, FORWARD, ALL_THREE),
    "on the last hop": _not(ENTRY, SENSITIVE, FORWARD, HUMAN, **_LAST),
    "on the last hop for both": _not(AGENT, SENSITIVE, FORWARD, ALL_THREE, **_LAST),
    "a target for the subject": _not(AGENT, FOREIGN, FORWARD, HUMAN),
    "back to itself": _not(AGENT, ITSELF, FORWARD, HUMAN),
    "backwards": _not(ACTION, ENTRY, BACKWARD, HUMAN),
    "through gates as nodes": _not(AGENT, SENSITIVE, AS_NODES, HUMAN),
    "through gates as nodes, on the last hop": _not(AGENT, SENSITIVE, AS_NODES, HUMAN, **_LAST),
    "to a gate": _not(AGENT, [["gate"], ["==", "@it.decided_by", "human"]], ["calls", "starts", "guarded_by"], HUMAN),
    "no own approver": _not(ENTRY, LIVE, FORWARD, DISJOINT, severity=LADDER),
    "only active approvers": _not(ENTRY, FINAL, FORWARD, STAFFED),
    "a supervisor is a gate": _not(ENTRY, SENSITIVE, FORWARD, SUPERVISOR),
    "a supervisor right before": _not(ENTRY, SENSITIVE, FORWARD, SUPERVISOR, **_LAST),
    "from gates to gates": _not([["gate"], None], HUMAN, ["guards", "starts", "calls", "guarded_by"], HUMAN),
    "from gates to gates, on the last hop": _not(
        HUMAN, [["gate"], None], ["guards", "starts", "calls", "guarded_by"], HUMAN, **_LAST
    ),
    "final, on the last hop, for the target": _not(ENTRY, FINAL, FORWARD, COVERING, **_LAST),
    "from use cases": _not(USED, LIVE, ["uses", *FORWARD], HUMAN),
    "from use cases to sinks": _not([["use_case"], None], [["audit_sink"], ["<", "@it.retention_days", 183]], TO_SINKS, HUMAN),
    "one hop": _not(AGENT, SENSITIVE, ["calls"], COVERING),
    "only agents": _not(AGENT, [["agent"], ["!=", "@it.owner", "@from.owner"]], ["delegates_to"], SUPERVISOR),
}
BOUNDED: dict[str, dict[str, Any]] = {
    "near and ungated": _not(ENTRY, SENSITIVE, FORWARD, HUMAN, within=2),
    "near, gates for the target": _not(ENTRY, SENSITIVE, FORWARD, COVERING, within=3),
    "near, on the last hop": _not(ENTRY, SENSITIVE, FORWARD, HUMAN, **_LAST, within=2),
    "near and back": _not(AGENT, ITSELF, FORWARD, within=1),
}
REACHES: dict[str, dict[str, Any]] = {
    "an agent reaches": _reach(AGENT, SENSITIVE, FORWARD),
    "an agent reaches what is not its own": _reach(AGENT, FOREIGN, FORWARD),
    "a use case reaches a durable sink": _reach(USED, DURABLE, TO_SINKS),
    "an agent has a use case": _reach(
        AGENT, [["use_case"], ["!=", "@it.stage", "retired"]], ["used_by", *BACKWARD], severity=LADDER
    ),
    "an action is behind an entry": _reach(ACTION, ENTRY, BACKWARD),
    "reaches soon": _reach(AGENT, SENSITIVE, FORWARD, within=2),
    "reaches what is not its own soon": _reach(AGENT, FOREIGN, FORWARD, within=3),
    "reaches past a human": _reach(ENTRY, SENSITIVE, FORWARD, through=HUMAN),
    "reaches past another": _reach(AGENT, SENSITIVE, FORWARD, through=[["agent"], ["yes", "@it.owner.active"]]),
    "reaches past an entry": _reach(AGENT, SENSITIVE, FORWARD, through=ENTRY),
    "reaches a sink past a final action": _reach([["use_case"], None], [["audit_sink"], None], TO_SINKS, through=FINAL),
    "reaches past an action, soon": _reach(AGENT, ACTION, FORWARD, through=SENSITIVE, within=4),
    "past a gate as a node": _reach(AGENT, [["audit_sink"], None], [*AS_NODES, "audited_by"], through=[["gate"], None]),
    "every way to an action": _reach(AGENT, ACTION, ["delegates_to", "calls"], every_way=True),
    "every way to what is harmless": _reach(
        AGENT,
        [["action"], ["<", "@it.sensitivity", "high"]],
        FORWARD,
        every_way=True,
        severity=LADDER,
    ),
    "every way back": _reach(AGENT, ITSELF, FORWARD, every_way=True),
    "every way to an entry": _reach([["action"], None], ENTRY, BACKWARD, every_way=True),
}
CYCLES: dict[str, dict[str, Any]] = {
    "no agents in a circle": {"all": AGENT, "must_not_cycle": True, "along": ["delegates_to"]},
    "no circle at all": {"all": [["agent", "action", "tool_server"], None], "must_not_cycle": True, "along": FORWARD},
    "no circle of entries": {"all": ENTRY, "must_not_cycle": True, "along": ["delegates_to"]},
    "no circle of grave actions": {
        "all": [["agent", "action"], ["or", ["missing", "@it.owner"], ["yes", "@it.owner.active"]]],
        "must_not_cycle": True,
        "along": ["calls", "starts"],
    },
}
_ALL_KINDS = ["agent", "action", "gate", "tool_server"]
MUSTS: dict[str, dict[str, Any]] = {
    "an active owner": {
        "each": [_ALL_KINDS, None], "must": ["and", ["set", "@it.owner"], ["yes", "@it.owner.active"]],
        "severity": [["error", ["yes", "@it.owner.active"]], ["note", None]],
    },
    "some durable sink": {"each": AGENT, "must": ["some", "s", "@it.audited_by", [">=", "@s.retention_days", 183]]},
    "every sink durable": {
        "each": ACTION, "must": ["every", "s", "@it.audited_by", [">=", "@s.retention_days", 183]], "severity": LADDER,
    },
    "no short sink": {"each": AGENT, "must": ["no", "s", "@it.audited_by", ["<", "@s.retention_days", 183]]},
    "live or to be": {"each": ACTION, "must": ["in", "@it.state", ["list", "live", "stub"]]},
    "few callers": {"each": SENSITIVE, "must": ["<=", ["count", "@it.called_by"], 1]},
    "few foreign callers": {
        "each": ACTION, "must": ["<=", ["count", "@it.called_by", ["!=", "@item.owner", "@item.owner"]], 0],
    },
    "duties apart": {"each": [["gate"], None], "must": ["no", "a", "@it.approvers", ["in", "@a", "@it.guards.owner"]]},
    "known effects": {"each": ACTION, "must": ["all in", "@it.effects", ["list", "payments", "egress"]]},
    "covered": {"each": [["gate"], None], "must": ["or", ["missing", "@it.covers"], ["in", "payments", "@it.covers"]]},
    "calls stay at home": {"link": ["calls", ["set", "@from.owner"]], "must": ["==", "@from.owner", "@to.owner"]},
    "delegation is gated": {"link": ["delegates_to", None], "must": [">=", ["count", "@through"], 1]},
    "a human on sensitive calls": {
        "link": ["calls", [">=", "@to.declared.sensitivity", "high"]],
        "must": ["some", "g", "@gates", ["==", "@g.decided_by", "human"]],
    },
    "selected few": {
        "all": [["use_case"], None], "per": ["@it.portfolio"],
        "must": ["or", ["<", ["count"], 2], ["<=", ["share", ["==", "@it.decision.result", "selected"]], ["percent", 50]]],
    },
    "scores differ": {
        "all": [["use_case"], ["!=", "@it.stage", "retired"]], "per": ["@it.portfolio", "@it.decision.result"],
        "must": ["or", ["<", ["count"], 2], ["unique", "@it.scorecard.value.score"]],
    },
    "worth enough on average": {
        "all": [["use_case"], None], "per": ["@it.decision.result"], "must": [">=", ["avg", "@it.scorecard.value.score"], 3],
    },
    "none worthless": {
        "all": [["use_case"], None], "per": ["@it.portfolio"], "must": [">=", ["min", "@it.scorecard.value.score"], 2],
    },
    "enough chosen": {
        "all": [["use_case"], None], "per": ["@it.portfolio"],
        "must": [">=", ["count where", ["==", "@it.decision.result", "selected"]], 1],
    },
    "an owner has several": {"all": [["action"], None], "per": ["@it.state"], "must": ["not", ["unique", "@it.owner"]]},
    "names like others": {"each": AGENT, "must": ["not", ["like", "@it.name", "*a1*"]]},
    "declared at least as sensitive as it is": {"each": ACTION, "must": [">=", "@it.declared.sensitivity", "@it.sensitivity"]},
    "at the stage that it declares": {
        "each": [["use_case"], ["set", "@it.stage"]], "must": ["==", "@it.declared.stage", "@it.stage"], "severity": LADDER,
    },
    "owners known everywhere": {"all": [["agent"], None], "must": ["unique", "@it.owner"]},
}  # fmt: skip
_KEPT = ["present", "@it.base"]
SINCE: dict[str, dict[str, Any]] = {
    "sensitivity is not lowered": {"each": [["action"], _KEPT], "must": [">=", "@it.sensitivity", "@it.base.sensitivity"]},
    "a declared sensitivity is not lowered": {
        "each": [["action"], _KEPT], "must": [">=", "@it.declared.sensitivity", "@it.base.declared.sensitivity"],
    },
    "a stage is not lowered": {"each": [["use_case"], _KEPT], "must": [">=", "@it.stage", "@it.base.stage"]},
    "an owner stays": {"each": [["agent", "action", "gate"], _KEPT], "must": ["==", "@it.owner", "@it.base.owner"]},
    "callers do not grow in number": {
        "each": [["action"], _KEPT], "must": ["<=", ["count", "@it.called_by"], ["count", "@it.base.called_by"]],
    },
    "guards stay": {"each": [["action"], _KEPT], "must": ["all in", "@it.base.guarded_by", "@it.guarded_by"]},
    "what is new has an owner": {"each": [["agent"], ["not", _KEPT]], "must": ["set", "@it.owner"]},
    "a gate goes with all that it guarded": {"removed": [["gate"], None], "must": ["no", "a", "@it.guards", ["present", "@a"]]},
    "grave actions go with their callers": {
        "removed": [["action"], [">=", "@it.declared.sensitivity", "high"]],
        "must": ["no", "c", "@it.called_by", ["present", "@c"]],
    },
    "only what is harmless goes": {"removed": [["action"], None], "must": ["<", "@it.declared.sensitivity", "high"]},
}  # fmt: skip
RULES = tuple(Rule(name, data) for name, data in {**WALKS, **BOUNDED, **REACHES, **CYCLES, **MUSTS}.items())
CHANGES = tuple(Rule(name, data) for name, data in SINCE.items())
BY_NAME = {rule.name: rule for rule in RULES}
