"""Detectors from text: what each part becomes."""

from tests.support.detectors import EXAMPLES, FILE_EXAMPLES, HEAD, MINIMAL, RULE, detector, rule

from shipcheck.discover.rule import Callable, Decisions, GateSpec, Implied, LinkSpec, Method, Unwrap


def pypi(path: str) -> Callable:
    return Callable("pypi", "", tuple(path.split(".")))


def test_the_head_of_a_detector() -> None:
    found = detector(
        MINIMAL.replace(
            "modules: [desk]",
            'source: https://a.b/c\nfor: {pypi: "desk>=0.1,<2", npm: ["@a/desk>=1", ai]}\n\
modules: [desk, "@a/desk", google.adk, langdesk_*]\nwords: [tool_of]',
        )
    )
    assert (found.name, found.version, found.title, found.origin) == ("home-made", 2, "Home-made tools", "built-in")
    assert found.sources == ("https://a.b/c",)
    assert found.distributions == (("pypi", "desk", ">=0.1,<2"), ("npm", "@a/desk", ">=1"), ("npm", "ai", ""))
    assert found.modules == ("desk", "@a/desk", "google.adk", "langdesk_*")
    assert found.words == (b"desk", b"@a/desk", b"adk", b"langdesk_", b"tool_of")


def test_a_short_package_counts_as_it_is_quoted() -> None:
    found = detector(MINIMAL.replace("modules: [desk]", "modules: [ai]").replace("desk.tool", "'ai:tool'"))
    assert found.words == (b'"ai"', b'"ai/', b"'ai'", b"'ai/", b"`ai`", b"`ai/")


def test_a_home_made_framework_takes_few_lines() -> None:
    text = """\
detector: home-made
version: 1
title: Our tools
modules: [desk]
find:
  - kind: action
    decorator: [desk.tool]
    positive: [{py: "from desk import tool\\n@tool\\ndef pay(): ...", found: [action:pay]}]
    decoy: [{py: "from other import tool\\n@tool\\ndef pay(): ..."}]
"""
    assert detector(text).rules[0].callables == (pypi("desk.tool"),)


def test_everything_that_a_rule_about_an_agent_says() -> None:
    found = rule("""\
  - kind: agent
    call: [desk.Agent, "@a/desk/**:Agent.*"]
    name: [name, 0, options.id]
    fields: {untrusted_input: open}
    set: {entry: true, autonomy: acts}
    links:
      calls: {at: tools, as: action, unwrap: {"*.as_tool": self, "@a/desk:wrap": [0, tool]}}
      delegates_to:
        - {at: handoffs}
        - {at: subagents, as: agent, take: {name: name, links: {runs_on: {at: model, as: model}}}}
    gate: [{at: needs_approval, class: human, not: true}, {for_keys: interrupt_on, class: permission, values: {ask: true}}]
    when: {at: mode, in: [fast, true, 3]}
    unless: [{at: old, present: true}, {at: 0, is: [desk.OLD]}, {at: sql, starts: [drop]}, {at: 1, shape: text}]
    implies: [{kind: agent, name: general, role: helper, link: delegates_to, versions: ">=1"}]
    versions: "<2"
""")
    assert found.callables == (pypi("desk.Agent"), Callable("npm", "@a/desk/**", ("Agent", "*")))
    assert found.take.name == (("name",), (0,), ("options", "id"))
    assert found.take.fields == (("untrusted_input", (("open",),)),)
    assert found.take.constants == (("entry", True), ("autonomy", "acts"))
    calls, handoffs, subagents = found.take.links
    wraps = (Unwrap(pypi("*.as_tool"), (("self",),)), Unwrap(Callable("npm", "@a/desk", ("wrap",)), ((0,), ("tool",))))
    assert calls == LinkSpec("calls", (("tools",),), "action", wraps)
    assert (handoffs.link, handoffs.becomes, handoffs.take) == ("delegates_to", "", None)
    assert subagents.take is not None
    assert subagents.take.links == (LinkSpec("runs_on", (("model",),), "model"),)
    assert found.take.gates == (
        GateSpec((("needs_approval",),), "human", negated=True),
        GateSpec((("interrupt_on",),), "permission", for_keys=True, values=(("ask", "true"),)),
    )
    assert [(test.how, test.values) for test in found.when] == [("in", ("fast", True, 3))]
    assert [test.how for test in found.unless] == ["present", "is", "starts", "shape"]
    assert found.unless[1].callables == (pypi("desk.OLD"),)
    assert found.implies == (Implied("agent", "general", "helper", "delegates_to", ">=1"),)
    assert (found.versions, found.take.when, found.take.unless) == ("<2", (), ())


def test_what_other_rules_say() -> None:
    gate = rule("""\
  - kind: gate
    decorator: [desk.guard]
    class: automated
    guards: tool
    value: true
    bypass: true
    decisions: {at: answer, approve: [accept, 1], reject: ["no"]}
""")
    assert (gate.gate_class, gate.guards, gate.value, gate.bypass) == ("automated", (("tool",),), "true", True)
    assert gate.decisions == Decisions((("answer",),), ("accept", 1), ("no",))
    model = rule("  - kind: model\n    call: [desk.Chat]\n    name: model\n    provider: desk\n")
    assert model.take.constants == (("provider", "desk"),)
    tool = rule(
        "  - kind: action\n    extends: [desk.Tool]\n    methods: [_run]\n    joins: {calls: self}\n    effects: [egress]\n"
    )
    assert (tool.selector, tool.methods, tool.effects) == ("extends", ("_run",), ("egress",))
    assert tool.joins == (("calls", (("self",),)),)
    named = rule("  - kind: action\n    decorator: [desk.server.call]\n    dispatch: {by: 0.params.name}\n")
    assert named.dispatch == ((0, "params", "name"),)
    part = rule("  - kind: part\n    call: [desk.run]\n    of: self\n    links: {delegates_to: {at: 0}, starts: {at: 1}}\n")
    assert (part.finds, part.of) == ("part", (("self",),))
    standing = rule("  - kind: action\n    standing: true\n    name: title\n")
    assert (standing.selector, standing.callables) == ("standing", ())


def test_a_graph_builder() -> None:
    found = rule("""\
  - kind: agent
    call: [desk.Graph]
    graph:
      nodes: {method: [add_node, addNode], name: 0, run: [1, 0]}
      edges: [{method: add_edge, from: 0, to: 1}, {method: set_entry, to: 0}]
      finish: {method: compile, before: [before, 1]}
""")
    assert found.graph is not None
    run = ("run", ((1,), (0,)))
    assert found.graph.nodes == (Method("add_node", (("name", ((0,),)), run)), Method("addNode", (("name", ((0,),)), run)))
    assert [method.places[0][0] for method in found.graph.edges] == ["from", "to"]
    assert found.graph.routes == ()
    assert found.graph.finish == (Method("compile", (("before", (("before",), (1,))),)),)


def test_effects() -> None:
    found = rule(
        "  - effect: communication\n    call: ['fs:a', 'node:fs/promises:b', builtins.open]\n",
        EXAMPLES.replace("action:pay", "communication"),
    )
    assert (found.finds, found.effect) == ("", "communication")
    assert [str(each) for each in found.callables] == ["fs:a", "fs/promises:b", "builtins.open"]


def test_examples() -> None:
    found = rule(
        RULE,
        """\
    positive:
      - files: {a.py: x = 1, b/c.py: y = 2}
        found: [action:pay]
        links: ["agent:Front desk delegates_to agent:Back office"]
        gates: ["action:pay human conditional"]
      - {ts: const x = 1, found: [action:a, "agent:b c"]}
    decoy: [{tsx: x = 1}, {js: y = 2}]
""",
    )
    first, second = found.positive
    assert first.files == (("a.py", "x = 1"), ("b/c.py", "y = 2"))
    assert (first.links, first.gates) == (
        ("agent:Front desk delegates_to agent:Back office",),
        ("action:pay human conditional",),
    )
    assert (second.files[0][0], second.found, second.place.line) == ("example.ts", ("action:a", "agent:b c"), 13)
    assert [snippet.files[0][0] for snippet in found.decoy] == ["example.tsx", "example.js"]


def test_a_rule_about_files() -> None:
    found = detector(
        HEAD
        + """\
  - file: [desk.json, "**/.desk/*.yaml"]
    shape: {one_of: [{"tools.*.url": text, kind: any}, {servers: map}]}
    each_document: true
    take:
      - kind: tool_server
        each: tools
        name: [title, key]
        code: [path, value]
        fields: {url: [url, links.0]}
        set: {transport: http}
        links: {offers: {at: actions, as: action}}
        when: {at: env, present: true}
        unless: {at: kind, in: [old]}
      - {kind: gate, at: ask, class: permission, value: strict, guards: value, bypass: true}
      - {kind: agent, code: [path, value]}
"""
        + FILE_EXAMPLES
    ).file_rules[0]
    assert found.patterns == ("desk.json", "**/.desk/*.yaml")
    assert found.shapes == (((("tools", "*", "url"), "text"), (("kind",), "any")), ((("servers",), "map"),))
    server, gate, agent = found.takes
    assert (server.at, server.name, server.code) == (("tools", "*"), (("title",), ("key",)), (("path",), ("value",)))
    assert [(field.name, field.at, field.type) for field in server.fields] == [("url", (("url",), ("links", 0)), "text")]
    assert (server.links[0].link, server.when[0].how, server.unless[0].values) == ("offers", "present", ("old",))
    assert (gate.at, gate.gate_class, gate.value, gate.value_at, gate.bypass) == (
        ("ask",),
        "permission",
        "",
        (("strict",),),
        True,
    )
    assert (agent.at, agent.code) == ((), (("path",), ("value",)))
