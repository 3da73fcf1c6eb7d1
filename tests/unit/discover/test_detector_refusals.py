"""Every refusal of a detector, with its code, its words and its place."""

import pytest
from tests.support.detectors import EXAMPLES, MINIMAL, RULE, Refusal, outcome, refusals, refused

from shipcheck.model.problem import MAX_PROBLEMS

AGENT = "  - kind: agent\n    call: [desk.Agent]\n"


HEADS = [
    ("version: 2", "version: two", "detector-shape", "'version' must be a whole number, at least 1"),
    ("version: 2\n", "", "detector-shape", "a detector has no version; add one"),
    ("title: Home", "titel: Home", "detector-shape", "unknown key 'titel' in a detector; did you mean 'title'?"),
    (
        "detector: home-made",
        "detector: Home_made",
        "detector-shape",
        "'Home_made' is not a valid name; write one such as home-made-tools",
    ),
    (
        "detector: home-made",
        "detector: other",
        "detector-shape",
        "detector other is in home-made.yaml; name the file other.yaml",
    ),
    ("title: Home-made tools", "title: []", "detector-shape", "'title' must be a text"),
    ("title: Home-made tools", "title: 12", "detector-shape", "'12' can be read as something other than text; quote it"),
    (
        "modules: [desk]",
        "modules: [desk]\nsource: [a.b]",
        "detector-shape",
        "'a.b' is not an address; write one that begins with https://",
    ),
    ("modules: [desk]", "modules: []", "detector-shape", "'modules' is empty; add an item, or remove the key"),
    (
        "modules: [desk]",
        "modules: ['a b']",
        "detector-shape",
        "'a b' is not a module; write one such as agents or '@openai/agents'",
    ),
    (
        "modules: [desk]\n",
        "",
        "detector-shape",
        "a detector with rules about code has modules or words, which a file must contain to be read",
    ),
    (
        "modules: [desk]",
        "modules: [desk]\nfor: {pypi: desk}",
        "detector-shape",
        "a detector has no source; add one",
    ),
    (
        "modules: [desk]",
        "modules: [desk]\nsource: https://a.b\nfor: {pypi: 'desk=>2'}",
        "detector-version",
        "'desk=>2' is not a package with a version range; write one such as openai-agents>=0.0.3",
    ),
    (
        "modules: [desk]",
        "modules: [desk]\nsource: https://a.b\nfor: {cargo: desk}",
        "detector-shape",
        "unknown key 'cargo' in 'for'; the keys are pypi and npm",
    ),
    ("find:\n" + RULE + EXAMPLES, "find: []\n", "detector-shape", "'find' is empty; add an item, or remove the key"),
    ("find:\n" + RULE + EXAMPLES, "find: [a]\n", "detector-shape", "rule 1 must be a map"),
]


@pytest.mark.parametrize(("old", "new", "code", "message"), HEADS)
def test_a_head_is_refused(old: str, new: str, code: str, message: str) -> None:
    assert old in MINIMAL
    found = [(code, message) for _, code, message in refusals(MINIMAL.replace(old, new))]
    assert found[0] == (code, message)


RULES = [
    (RULE + "    naem: a\n", "detector-shape", "unknown key 'naem' in rule 1; did you mean 'name'?"),
    ("  - call: [desk.tool]\n", "detector-shape", "rule 1 has either a kind or an effect"),
    (
        "  - kind: action\n",
        "detector-shape",
        "rule 1 has exactly one of call, decorator, extends, methods_of, literal, standing and file",
    ),
    (
        RULE + "    decorator: [desk.tool]\n",
        "detector-shape",
        "rule 1 has exactly one of call, decorator, extends, methods_of, literal, standing and file",
    ),
    ("  - kind: action\n    standing: false\n", "detector-shape", "'standing' is true, or left out"),
    ("  - kind: action\n    call: []\n", "detector-shape", "'call' is empty; add an item, or remove the key"),
    (RULE.replace("action", "agents"), "detector-word", "unknown kind 'agents'; did you mean 'agent'?"),
    (
        RULE.replace("action", "[a]"),
        "detector-word",
        "the kind must be a word; use agent, action, model, prompt, tool_server, gate, audit_sink, dataset, system, team or part",
    ),
    (RULE + "    methods: [_run]\n", "detector-shape", "'methods' is only for a rule that extends a class"),
    (
        "  - kind: action\n    extends: [desk.A]\n    dispatch: {by: 0}\n",
        "detector-shape",
        "'dispatch' is only for a rule about a decorator or a call",
    ),
    (RULE + "    provider: desk\n", "detector-shape", "'provider' is only for kind model"),
    (RULE + "    class: human\n", "detector-shape", "'class' is only for kind gate"),
    (RULE + "    alone: true\n", "detector-shape", "'alone' is only for kind agent"),
    (AGENT + "    alone: maybe\n", "detector-shape", "'alone' must be true or false"),
    (RULE.replace("action", "gate"), "detector-shape", "rule 1 has no class; add one"),
    (
        RULE.replace("action", "gate") + "    class: robot\n",
        "detector-word",
        "unknown class 'robot'; use human, automated, human_input, human_after or permission",
    ),
    (
        RULE + "    fields: {naem: a}\n",
        "detector-word",
        (
            "an action has no field 'naem' that a detector can read; its fields are description, effects, owner, reversible, "
            "sensitivity, state, title and was"
        ),
    ),
    (
        RULE + "    fields: {statee: a}\n",
        "detector-word",
        "an action has no field 'statee' that a detector can read; did you mean 'state'?",
    ),
    (RULE + "    set: {state: lives}\n", "detector-word", "unknown state 'lives'; did you mean 'live'?"),
    (RULE + "    set: {reversible: often}\n", "detector-word", "reversible must be true or false"),
    (RULE + "    set: {}\n", "detector-shape", "'set' must be a map with at least one entry"),
    (
        RULE + "    links: {call: {at: a}}\n",
        "detector-word",
        "unknown link of an action 'call'; use writes_to, reads_from, reads, changes, starts, guarded_by or audited_by",
    ),
    (
        AGENT + "    links: {call: {at: a}}\n",
        "detector-word",
        "unknown link of an agent 'call'; did you mean 'calls'?",
    ),
    (AGENT + "    links: {calls: {as: action}}\n", "detector-shape", "link calls has no at; add one"),
    (
        AGENT + "    links: {calls: {at: a, as: agent}}\n",
        "detector-word",
        "link calls leads to an action, not an agent",
    ),
    (
        AGENT + "    links: {calls: {at: a, take: {name: b}}}\n",
        "detector-shape",
        "'take' needs an 'as' that says what the record is",
    ),
    (
        AGENT + "    links: {calls: {at: a, as: action, take: {body_: b}}}\n",
        "detector-shape",
        "unknown key 'body_' in 'take' of link calls; did you mean 'body'?",
    ),
    (
        AGENT + "    links: {calls: {at: a, unwrap: {'b c': self}}}\n",
        "detector-callable",
        "'b c' is not a callable: 'b c' cannot be a name; write package.module.Name for Python, or package:Name for npm",
    ),
    (RULE + "    joins: {prompted_by: self}\n", "detector-word", "link prompted_by leads to a prompt, not an action"),
    (RULE + "    joins: {offer: self}\n", "detector-word", "unknown link 'offer'; did you mean 'offers'?"),
    (
        RULE + "    gate: {class: human}\n",
        "detector-shape",
        "a gate has either 'at', or 'for_keys' for a record whose keys name tools",
    ),
    (RULE + "    gate: {at: a}\n", "detector-shape", "gate has no class; add one"),
    (RULE + "    gate: {at: a, class: humans}\n", "detector-word", "unknown class 'humans'; did you mean 'human'?"),
    (
        RULE + "    gate: {at: a, class: human, values: {always: certainly}}\n",
        "detector-word",
        "unknown value 'certainly'; use true, false, conditional or unknown",
    ),
    (RULE + "    effects: [egres]\n", "detector-word", "unknown effect 'egres'; did you mean 'egress'?"),
    (
        RULE + "    when: {at: a}\n",
        "detector-shape",
        "'when' has exactly one of in, present, starts, contains, has, shape and is",
    ),
    (RULE + "    when: {in: [a]}\n", "detector-shape", "'when' has no at; add one"),
    (RULE + "    unless: {at: a, starts: [3]}\n", "detector-shape", "'starts' must be a list of texts"),
    (RULE + "    unless: {at: a, in: []}\n", "detector-shape", "'in' is empty; add an item, or remove the key"),
    (RULE + "    unless: {at: a, in: [{b: c}]}\n", "detector-shape", "each item of 'in' must be one value, not a list or a map"),
    (RULE + "    unless: {at: a, shape: box}\n", "detector-word", "unknown shape 'box'; use text, map, list or function"),
    (RULE + "    versions: '=>2'\n", "detector-version", "'=>2' is not a version range; write one such as >=1.2,<2"),
    (AGENT + "    graph: {nodes: {method: a, name: 0}}\n", "detector-shape", "'graph' has no edges; add one"),
    (
        AGENT + "    graph: {nodes: {method: a}, edges: {method: b, from: 0, too: 1}}\n",
        "detector-shape",
        "'nodes' of 'graph' has none of name, run; add one",
    ),
    (AGENT + "    implies: {kind: agent, name: a, link: calls}\n", "detector-shape", "'implies' has no role; add one"),
    (RULE + "    decisions: {approve: [a]}\n", "detector-shape", "'decisions' is only for kind gate"),
]


@pytest.mark.parametrize(("text", "code", "message"), RULES)
def test_a_rule_is_refused(text: str, code: str, message: str) -> None:
    assert (code, message) in refused(text)


EXAMPLE_PROBLEMS = [
    ("", "detector-example", "rule 1 has no positive; add an example in which it finds something"),
    (EXAMPLES.partition("    decoy")[0], "detector-example", "rule 1 has no decoy; add an example that looks alike"),
    (
        EXAMPLES.replace("action:pay", "tool:pay"),
        "detector-word",
        "unknown kind 'tool'; use agent, action, model, prompt, tool_server, gate, audit_sink, dataset, system or team",
    ),
    (EXAMPLES.replace("action:pay", "actions:pay"), "detector-word", "unknown kind 'actions'; did you mean 'action'?"),
    (EXAMPLES.replace("action:pay", "action"), "detector-example", "'action' has no name; write action:NAME"),
    (EXAMPLES.replace("[action:pay]", "[]"), "detector-shape", "'found' is empty; add an item, or remove the key"),
    (
        EXAMPLES.replace("        found: [action:pay]\n", ""),
        "detector-example",
        "'positive' has no found; add what the rule must find in it",
    ),
    (
        EXAMPLES.replace("py: x = 2", "rb: x = 2"),
        "detector-example",
        "'decoy' has exactly one of py, ts, tsx, js and files",
    ),
    (
        EXAMPLES + "        found: [action:pay]\n",
        "detector-shape",
        "unknown key 'found' in 'decoy'; the keys are py, ts, tsx, js and files",
    ),
    (
        EXAMPLES.replace("[action:pay]", "[action:pay]\n        links: [agent:a call action:b]"),
        "detector-example",
        "'agent:a call action:b' is not KIND:NAME LINK KIND:NAME; did you mean 'calls'?",
    ),
    (
        EXAMPLES.replace("[action:pay]", "[action:pay]\n        gates: [action:a human maybe]"),
        "detector-example",
        (
            "'action:a human maybe' is not a gate candidate; write KIND:NAME CLASS VALUE; classes are human, automated, "
            "human_input, human_after and permission, values true, false, conditional and unknown"
        ),
    ),
]


@pytest.mark.parametrize(("examples", "code", "message"), EXAMPLE_PROBLEMS)
def test_an_example_is_refused(examples: str, code: str, message: str) -> None:
    assert (code, message) in refused(RULE, examples)


EFFECTS = [
    (
        "  - effect: comunication\n    call: [a.b]\n",
        "detector-word",
        "unknown effect 'comunication'; did you mean 'communication'?",
    ),
    (
        "  - effect: payments\n    call: [a.b]\n    name: c\n",
        "detector-shape",
        "'name' is only for a rule that finds a kind",
    ),
    ("  - effect: payments\n    decorator: [a.b]\n", "detector-shape", "an effect is found by 'call' alone"),
    (
        "  - effect: payments\n    call: [a.b]\n",
        "detector-word",
        (
            "unknown effect 'action'; use payments, communication, publication, data_change, data_destruction, deployment, "
            "access_control, code_execution, scheduling, instruction_change, egress or none"
        ),
    ),
]


@pytest.mark.parametrize(("text", "code", "message"), EFFECTS)
def test_an_effect_is_refused(text: str, code: str, message: str) -> None:
    assert (code, message) in refused(text)


def test_a_rule_about_an_effect_finds_effects_in_its_examples() -> None:
    examples = EXAMPLES.replace("action:pay", "payment")
    assert refused("  - effect: payments\n    call: [a.b]\n", examples) == [
        ("detector-word", "unknown effect 'payment'; did you mean 'payments'?")
    ]


def test_problems_have_the_place_of_what_is_wrong() -> None:
    text = MINIMAL.replace("call: [desk.tool]", "call: [desk.tool, 'b c', d]\n    naem: a")
    _, problems = outcome(text)
    assert [(each.location.line, each.location.column) for each in problems] == [(8, 5), (7, 23)]


def test_a_document_that_is_no_map() -> None:
    assert refusals("- a\n") == [Refusal(1, "detector-shape", "a detector must be a map")]


def test_a_hostile_detector_ends_in_a_bounded_number_of_problems() -> None:
    found = refusals(MINIMAL + "".join(f"k{number}: 1\n" for number in range(2000)))
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].code == "too-many-problems"
