"""What may be asked of the other commands, so that they must not leave with 0: files, arguments, exit code, words they say."""

from tests.cli.not_zero.declared import CLEAN, LOCAL, PACK, SETTINGS, Case

BROKEN = "shipcheck: [\n"
AGENTS = CLEAN + "agents:\n  desk: {calls: [pay], owner: platform}\nactions:\n  pay: {owner: platform, sensitivity: high}\n"

COMMANDS: dict[str, Case] = {
    "no command": ({}, (), 2, "Usage"),
    "a command that does not exist": ({}, ("chekc",), 2, "did you mean 'check'"),
    "half a command": ({}, ("policy",), 2, "Usage"),
    "another half that does not exist": ({}, ("policy", "tets"), 2, "did you mean 'test'"),
    "why, of nothing": ({"shipcheck.yaml": AGENTS}, ("why",), 2, "FROM"),
    "why, from what does not exist": (
        {"shipcheck.yaml": AGENTS},
        ("why", "agent:dsk", "action:pay"),
        2,
        "did you mean 'agent:desk'",
    ),
    "why, to what does not exist": ({"shipcheck.yaml": AGENTS}, ("why", "agent:desk", "action:apy"), 2, "action:apy"),
    "why, where something is open": ({"shipcheck.yaml": AGENTS}, ("why", "agent:desk", "action:pay"), 1, "core/"),
    "why, of what cannot be read": ({"shipcheck.yaml": BROKEN}, ("why", "agent:desk", "action:pay"), 3, "shipcheck.yaml"),
    "why, by a policy that does not exist": (
        {"shipcheck.yaml": AGENTS},
        ("why", "agent:desk", "action:pay", "--policy", "ungated"),
        2,
        "unknown policy 'ungated'",
    ),
    "a graph of nothing": ({}, ("graph",), 3, "no manifest"),
    "a graph of what cannot be read": ({"shipcheck.yaml": BROKEN}, ("graph",), 3, "shipcheck.yaml"),
    "a graph in a form that does not exist": ({"shipcheck.yaml": CLEAN}, ("graph", "--format", "png"), 2, "png"),
    "an explanation of what does not exist": ({}, ("explain", "owner-mising"), 2, "did you mean"),
    "a pack that does not exist": ({}, ("policy", "check", "nowhere"), 2, "nowhere"),
    "a pack that does not compile": (
        {LOCAL: PACK.replace("title is set", "titel is set")},
        ("policy", "check"),
        3,
        "did you mean 'title'",
    ),
    "a pack that is doubtful": (
        {LOCAL: PACK.replace("title is set", "owner is set or owner is missing").replace("each: team", "each: agent")},
        ("policy", "check", ".shipcheck/local", "--strict"),
        1,
        "is always true",
    ),
    "tests of a pack that does not exist": ({}, ("policy", "test", "nowhere"), 2, "nowhere"),
    "tests of a pack that has none": ({LOCAL: PACK}, ("policy", "test", ".shipcheck/local"), 1, "titled"),
    "tests of a policy that does not exist": ({LOCAL: PACK}, ("policy", "test", ".shipcheck/local", "--policy", "x"), 2, "'x'"),
    "tests of a pack without policies": (
        {LOCAL: "pack: local\nversion: 1.0.0\n"},
        ("policy", "test", ".shipcheck/local"),
        3,
        "has no policies",
    ),
    "tests that cannot be read": (
        {LOCAL: PACK, ".shipcheck/local/tests/titled.cases.yaml": "cases: []\n"},
        ("policy", "test", ".shipcheck/local"),
        3,
        "titled.cases.yaml",
    ),
    "tests of packs that settings name wrongly": ({SETTINGS: "shipcheck: 1\npacks: [cor]\n"}, ("policy", "test"), 2, "settings"),
    "an example of a policy that does not exist": ({}, ("policy", "example", "core/owner"), 2, "core/owner"),
    "completion for a shell that does not exist": ({}, ("completion", "tcsh"), 2, "tcsh"),
}
