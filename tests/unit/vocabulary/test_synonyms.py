"""Words of other tools and of everyday speech lead to the words of the vocabulary."""

import pytest
from tests.support.reading import said, validate

from shipcheck.english import nearest
from shipcheck.pipeline.bundled import load_vocabulary

VOCABULARY = load_vocabulary()
KINDS = tuple(VOCABULARY.kinds.values())
RECORDS = tuple(VOCABULARY.records.values())
CHOICES = tuple(VOCABULARY.choices.values())
FIELDS = {name for kind in KINDS for name in (*kind.fields, *kind.links)} | {name for spec in RECORDS for name in spec.declared}
WORDS = {word for choice in CHOICES for word in choice.words}
HEADER = {"namespace", "defaults", "nothing_to_declare"}


def test_every_synonym_leads_to_a_word_of_the_vocabulary() -> None:
    assert set(KINDS[0].synonyms) - FIELDS == set()
    assert set(CHOICES[0].synonyms) - WORDS == set()
    assert set(VOCABULARY.synonyms) - {*VOCABULARY.sections, *HEADER} == set()


def test_a_synonym_is_written_as_it_is_looked_up_and_once() -> None:
    for table in (KINDS[0].synonyms, CHOICES[0].synonyms, VOCABULARY.synonyms):
        for word, others in table.items():
            assert others == others.lower().replace("-", "_"), word
            assert len(others.split()) == len(set(others.split())), word
            assert word not in others.split(), word


def test_a_synonym_wins_over_similar_spelling_but_only_where_its_word_fits() -> None:
    synonyms = {"calls": "tools", "offers": "tools actions"}
    assert nearest("tools", ("tool", "calls", "offers"), synonyms) == "calls"
    assert nearest("Tools", ("tool", "offers"), synonyms) == "offers"
    assert nearest("tools", ("tool",), synonyms) == "tool"
    assert nearest("zebra", ("tool", "calls"), synonyms) is None


KEYS = {
    "agents: {x: {tools: [a]}}": "calls",
    "agents: {x: {model: a}}": "runs_on",
    "agents: {x: {llm: a}}": "runs_on",
    "agents: {x: {mcp_servers: [a]}}": "connects_to",
    "agents: {x: {mcpServers: [a]}}": "connects_to",
    "agents: {x: {handoffs: [a]}}": "delegates_to",
    "agents: {x: {system-prompt: a}}": "prompted_by",
    "agents: {x: {team: a}}": "owner",
    "agents: {x: {name: a}}": "title",
    "actions: {x: {risk: high}}": "sensitivity",
    "actions: {x: {needs_approval: true}}": "guarded_by",
    "gates: {x: {approver: a}}": "approvers",
    "gates: {x: {reviewers: [a]}}": "approvers",
    "gates: {x: {timeout: deny}}": "on_timeout",
    "audit_sinks: {x: {retention: 90}}": "retention_days",
    "datasets: {x: {pii: true}}": "personal_data",
    "tool_servers: {x: {endpoint: a}}": "url",
    "teams: {x: {email: a}}": "contact",
    "teams: {x: {slack: a}}": "contact",
    "use_cases: {x: {status: a}}": "stage",
    "agents: {x: {implemented_by: [{path: a}]}}": "file",
    "agents: {x: {implemented_by: [{file: a, function: b}]}}": "symbol",
    "use_cases: {x: {decision: {decider: a}}}": "by",
    "tools: {}": "actions",
    "mcp_servers: {}": "tool_servers",
    "llms: {}": "models",
    "approvals: {}": "gates",
    "services: {}": "systems",
}
VALUES = {
    "use_cases: {x: {stage: prod}}": "production",
    "use_cases: {x: {stage: live}}": "production",
    "use_cases: {x: {stage: dev}}": "candidate",
    "use_cases: {x: {stage: Staging}}": "pilot",
    "use_cases: {x: {stage: deprecated}}": "retired",
    "actions: {x: {effects: [payment]}}": "payments",
    "actions: {x: {effects: [email]}}": "communication",
    "actions: {x: {effects: [slack]}}": "communication",
    "actions: {x: {effects: [write]}}": "data_change",
    "actions: {x: {effects: [delete]}}": "data_destruction",
    "actions: {x: {state: mock}}": "stub",
    "gates: {x: {decided_by: humans}}": "human",
    "gates: {x: {decisions: ['yes']}}": "approve",
    "gates: {x: {on_timeout: reject}}": "deny",
    "audit_sinks: {x: {purpose: logging}}": "log",
    "datasets: {x: {classification: restricted}}": "confidential",
    "models: {x: {hosting: saas}}": "vendor",
    "integrations: {x: {status: done}}": "implemented",
    "teams: {x: {type: users}}": "end_users",
}


@pytest.mark.parametrize(("text", "word"), [*KEYS.items(), *VALUES.items()])
def test_what_people_write_leads_to_the_word_to_write(text: str, word: str) -> None:
    [complaint] = said(validate(f"shipcheck: 1\n{text}\n"))
    assert complaint.code == ("unknown-key" if text in KEYS else "unknown-word")
    assert complaint.message.endswith(f"; did you mean '{word}'?")
