"""Small repositories for the pages of the rules that are part of the tool: the base, a change that fails and one that passes."""

from collections.abc import Mapping
from typing import NamedTuple

from shipcheck.compare.rules import DECISION, GONE, HIDDEN, POLICY, SCORE, SETTINGS, WEAKENED


class Example(NamedTuple):
    """The files of a repository, by path, in three states; `base` is None if there is nothing to compare with."""

    base: Mapping[str, str] | None
    fails: Mapping[str, str]
    passes: Mapping[str, str]


_MANIFEST = "shipcheck.yaml"
_SETTINGS = ".shipcheck/settings.yaml"
_PACK = ".shipcheck/local/pack.yaml"
_OWNED = """\
shipcheck: 1
defaults: {owner: payables}
agents:
  desk: {}
teams:
  payables: {contact: "#payables"}
"""
_GATED = """\
shipcheck: 1
defaults: {owner: payables}
use_cases:
  disputes: {stage: production, uses: [desk]}
agents:
  desk: {calls: [pay], untrusted_input: true}
actions:
  pay: {sensitivity: high, guarded_by: [supervisor]}
gates:
  supervisor: {decided_by: human}
teams:
  payables: {contact: "#payables"}
"""
_LEGACY = """\
shipcheck: 1
defaults: {owner: payables}
agents:
  old-desk: {}
"""
_IGNORED = """\
shipcheck: 1
manifests: {ignore: ["legacy/**"]}
"""


_SELECTED = "{result: selected, date: 2026-06-01, by: board}"
_REJECTED = "{result: rejected, date: 2026-09-01, by: board}"
_LOW = "{value: {score: 2}, scored_by: board, scored_on: 2026-05-01}"
_HIGH = "{value: {score: 5}, scored_by: board, scored_on: 2026-10-01}"


def _recorded(field: str, value: str) -> str:
    return f"""\
shipcheck: 1
defaults: {{owner: payables}}
use_cases:
  disputes:
    stage: candidate
    {field}: {value}
teams:
  payables: {{contact: "#payables"}}
  board: {{contact: "#board"}}
"""


def _days(days: int) -> str:
    return f"""\
shipcheck: 1
parameters:
  core: {{waiver_days: {days}}}
"""


def _policy(severity: str) -> str:
    return f"""\
pack: local
version: 1.0.0
policies:
  - id: agent-described
    title: Every agent says what it does
    why: Reviewers need to know what an agent is for.
    each: agent
    must: description is set
    severity: {severity}
"""


# The severities of findings, for a rule that gives some of them another severity than its own.
RULE_SEVERITIES = dict.fromkeys((WEAKENED.id, GONE.id, DECISION.id, SCORE.id, HIDDEN.id), "error, warning")
RULE_EXAMPLES = {
    WEAKENED.id: Example(
        base={_MANIFEST: _GATED},
        fails={_MANIFEST: _GATED.replace("untrusted_input: true", "untrusted_input: false")},
        passes={_MANIFEST: _GATED.replace("untrusted_input: true", "untrusted_input: true, title: Desk")},
    ),
    GONE.id: Example(
        base={_MANIFEST: _GATED},
        fails={_MANIFEST: _GATED.replace("desk", "counter")},
        passes={_MANIFEST: _GATED.replace("desk", "counter").replace("{calls", "{was: desk, calls")},
    ),
    DECISION.id: Example(
        base={_MANIFEST: _recorded("decision", _SELECTED)},
        fails={_MANIFEST: _recorded("decision", _SELECTED.replace("selected", "rejected"))},
        passes={_MANIFEST: _recorded("decision", f"[{_SELECTED}, {_REJECTED}]")},
    ),
    SCORE.id: Example(
        base={_MANIFEST: _recorded("scorecard", _LOW)},
        fails={_MANIFEST: _recorded("scorecard", _LOW.replace("score: 2", "score: 5"))},
        passes={_MANIFEST: _recorded("scorecard", f"[{_LOW}, {_HIGH}]")},
    ),
    SETTINGS.id: Example(
        base={_MANIFEST: _OWNED, _SETTINGS: _days(90)},
        fails={_MANIFEST: _OWNED, _SETTINGS: _days(180)},
        passes={_MANIFEST: _OWNED, _SETTINGS: _days(30)},
    ),
    POLICY.id: Example(
        base={_MANIFEST: _OWNED, _PACK: _policy("error")},
        fails={_MANIFEST: _OWNED, _PACK: _policy("note")},
        passes={_MANIFEST: _OWNED, _PACK: _policy("error").replace("to know", "to see")},
    ),
    HIDDEN.id: Example(
        base={_MANIFEST: _OWNED, f"legacy/{_MANIFEST}": _LEGACY},
        fails={_MANIFEST: _OWNED, f"legacy/{_MANIFEST}": _LEGACY, _SETTINGS: _IGNORED},
        passes={_MANIFEST: _OWNED},
    ),
}
