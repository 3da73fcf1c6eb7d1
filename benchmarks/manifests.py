"""Write a repository of many manifests of about sixty lines, with few findings, for timing.

Usage: python benchmarks/manifests.py FOLDER COUNT
"""

import random
import sys
from pathlib import Path

HEAD = """\
shipcheck: 1
teams:
  platform: {contact: "#platform", members: [p-one, p-two]}
  risk: {contact: "#risk", members: [r-one, r-two]}
  board: {contact: "#board"}
  analytics: {contact: "#analytics"}
audit_sinks:
  ledger:
    owner: platform
    purpose: audit
    retention_days: 3650
    tamper_evident: true
    records: [decision, input, output, approver, time]
    on_failure: stop
models:
  large: {owner: platform, provider: vendor, version: "2026-09-01", pinned: true}
"""

UNIT = """\
shipcheck: 1
defaults: {{owner: platform}}
{portfolios}use_cases:
  case-{n}:
    title: Use case number {n}
    stage: {stage}
    portfolio: portfolio-{portfolio}
    scorecard:
      value: {{score: 4, evidence: docs/value-{n}.md}}
      data_readiness: {{score: {readiness}, evidence: docs/data-{n}.md}}
      integration_cost: {{score: 3, evidence: docs/systems-{n}.md}}
      scored_by: board
      scored_on: 2026-03-01
    decision: {{result: {result}, round: round-{round}, date: 2026-04-01, by: board, reason: clear owner and outcome}}
    review_due: 2027-04-01
    outcome: {{metric: days to resolve, baseline: 9, target: 3, measured_by: analytics}}
    uses: [front-{n}]
agents:
  front-{n}:
    entry: true
    autonomy: asks
    untrusted_input: true
    runs_on: [large]
    delegates_to: [worker-{n}]
    audited_by: [ledger]
  worker-{n}:
    entry: false
    autonomy: acts
    untrusted_input: false
    runs_on: [large]
    calls:
      - look-up-{n}
      - {{to: change-{n}, through: [approval-{n}]}}
      - notify-{n}
{extra}    reads: [records-{n}]
    audited_by: [ledger]
actions:
  look-up-{n}: {{sensitivity: low, effects: [], reversible: true, reads_from: [core-{n}]}}
  change-{n}:
    sensitivity: high
    effects: [data_change]
    reversible: false
    writes_to: [core-{n}]
    guarded_by: [approval-{n}]
    audited_by: [ledger]
  notify-{n}: {{sensitivity: low, effects: [scheduling], reversible: true}}
gates:
  approval-{n}:
    decided_by: human
    timing: before
    decisions: [approve, reject]
    approvers: [risk]
    covers: [data_change]
    on_timeout: deny
    audited_by: [ledger]
    implemented_by: [{{file: src/approvals.py, symbol: Approvals.wait_for_risk}}]
datasets:
  records-{n}: {{classification: internal, personal_data: false, hosted_in: [core-{n}]}}
systems:
  core-{n}: {{external: false, criticality: medium}}
integrations:
  plan-{n}:
    use_cases: [case-{n}]
    system: core-{n}
    status: verified
    due: 2026-06-01
    workflow_change: docs/work-{n}.md
    training: docs/training-{n}.md
    rollback: docs/rollback-{n}.md
"""

CODE = """\
class Approvals:
    def wait_for_risk(self) -> bool:
        raise NotImplementedError
"""

PORTFOLIO = """\
portfolios:
  portfolio-{n}: {{owner: board, purpose: work of one department}}
"""


def write(folder: Path, count: int) -> None:
    """Write `count` manifests; each agent also calls an action of some other manifest, so that the graph is one piece."""
    draw = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "shipcheck.yaml").write_text(HEAD, "utf-8")
    (folder / "src").mkdir()
    (folder / "src/approvals.py").write_text(CODE, "utf-8")
    for n in range(count - 1):
        part = folder / f"part-{n // 100}"
        part.mkdir(exist_ok=True)
        text = UNIT.format(
            n=n,
            stage=("pilot", "candidate", "production", "candidate")[n % 4],
            readiness=3 if n % 2 else 4 + n // 2 % 2,
            round=n // 8,
            portfolio=n // 40,
            portfolios=PORTFOLIO.format(n=n // 40) if n % 40 == 0 else "",
            result="rejected" if n % 2 else "selected",
            extra=f"      - notify-{draw.randrange(count - 1)}\n" if n % 5 == 0 else "",
        )
        (part / f"unit-{n}.shipcheck.yaml").write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
