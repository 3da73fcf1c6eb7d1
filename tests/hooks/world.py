"""A small repository in which everything is as the core pack asks, and ways to make it worse."""

AGENTS = """shipcheck: 1
defaults: {owner: shop-ai}
teams:
  shop-ai: {contact: "#shop-ai", members: [ana, ben]}
  payments: {contact: "#payments", members: [cem, dia]}
  board: {contact: board@shop.example}
  finance: {contact: "#finance"}
portfolios:
  service: {owner: board, purpose: work of the service desk}
use_cases:
  refund-answers:
    title: Answer refund requests
    stage: production
    portfolio: service
    scorecard:
      value: {score: 4, evidence: "https://wiki.example/value"}
      data_readiness: {score: 4, evidence: "https://wiki.example/data"}
      integration_cost: {score: 2, evidence: "https://wiki.example/systems"}
      scored_by: board
      scored_on: 2026-09-01
    decision: {result: selected, round: 2026-q3, date: 2026-09-14, by: board, reason: clear owner and outcome}
    outcome: {metric: hours to an answer, baseline: 30, target: 4, measured_by: finance}
    evaluations:
      - {what: answers of last year, result: 0.97, threshold: 0.95, date: 2026-09-02, by: finance, evidence: "https://wiki.example/tests"}
    uses: [refund-agent]
agents:
  refund-agent:
    untrusted_input: true
    unattended: false
    autonomy: acts
    credentials: {identity: own, scope: needed, expires_days: 90}
    stop: {by: payments, how: the switch of the desk, tested: 2026-11-02}
    calls: [pay-refund]
actions:
  pay-refund: {sensitivity: high, effects: [payments], reversible: false, guarded_by: [refund-desk], audited_by: [refund-ledger]}
audit_sinks:
  refund-ledger:
    owner: finance
    purpose: audit
    retention_days: 3650
    tamper_evident: true
    records: [decision, input, output, approver, time]
    on_failure: stop
"""
GATE = """shipcheck: 1
gates:
  refund-desk:
    owner: payments
    decided_by: human
    timing: before
    decisions: [approve, reject]
    approvers: [payments]
    covers: [payments]
    on_timeout: deny
    on_unavailable: deny
    fires_in: [interactive]
    asker_may_approve: false
    verifies_approver: true
    bound_to: [arguments, single_use]
    implemented_by: [{file: src/desk.py, symbol: Desk.ask}]
    audited_by: [refund-ledger]
"""
# Another gate that is as fit, and one that is not.
LIKE = GATE.replace("on_timeout: deny", "on_timeout: suspend")
WEAK = GATE.replace("human", "rule")
OPEN = AGENTS.replace("guarded_by: [refund-desk], ", "")
# The same without a gate and without any need for one.
HARMLESS = (
    OPEN.replace("high", "low")
    .replace("effects: [payments], reversible: false", "effects: [], reversible: true")
    .replace("expires_days: 90", "expires_days: 90, read_only: true")
)
# A manifest of its own, which nothing refers to.
SPARE = 'shipcheck: 1\nteams:\n  spare: {contact: "#spare"}\n'
BROKEN = "shipcheck: 1\nagent: {}\n"
FILES = {"shipcheck.yaml": AGENTS, "gates.shipcheck.yaml": GATE, "spare.shipcheck.yaml": SPARE, "README.md": "one\n"}
FILES["src/desk.py"] = "class Desk:\n    def ask(self, people, call):\n        return people.confirm(call)\n"
