"""What may stand in files, or in the command, so that a check must not be clean: files, arguments, exit code, words it says."""

CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
FINDING = "shipcheck: 1\nagents:\n  helper: {}\n"
SETTINGS = ".shipcheck/settings.yaml"
LOCAL = ".shipcheck/local/pack.yaml"
PACK = """pack: local
version: 1.0.0
policies:
  - id: titled
    title: Every team has a title
    why: A title tells what it is.
    each: team
    must: title is set
    message: "{subject} has no title"
"""
SAME = PACK[PACK.index("policies:") :]
WAIVERS = ".shipcheck/waivers.yaml"
WAIVABLE = CLEAN + "  board: {contact: b}\nagents:\n  helper: {}\n"
WAIVER = """shipcheck: 1
waivers:
  - policy: core/owner-missing
    subject: agent:helper
    up_to: error
    reason: the team is being founded
    owner: team:platform
    approver: team:board
    until: 2026-12-01
"""

Case = tuple[dict[str, str], tuple[str, ...], int, str]

DECLARED: dict[str, Case] = {
    "no manifest": ({}, (), 3, "no manifest"),
    "a manifest that declares nothing": ({"shipcheck.yaml": "shipcheck: 1\n"}, (), 3, "declare no component"),
    "empty sections": ({"shipcheck.yaml": "shipcheck: 1\nagents: {}\n"}, (), 3, "declare no component"),
    "an empty manifest": ({"shipcheck.yaml": ""}, (), 3, "empty"),
    "only comments": ({"shipcheck.yaml": "# later\n"}, (), 3, "empty"),
    "settings of a folder below": (
        {"shipcheck.yaml": CLEAN, "svc/.shipcheck/settings.yaml": "shipcheck: 1\n"},
        (),
        3,
        "svc/.shipcheck is not read",
    ),
    "a governance folder in another case": (
        {"shipcheck.yaml": CLEAN, ".Shipcheck/README.md": ""},
        (),
        3,
        ".Shipcheck is not read",
    ),
    "a manifest in a governance folder below": (
        {"shipcheck.yaml": CLEAN, "a/b/.shipcheck/shipcheck.yaml": FINDING},
        (),
        3,
        "a/b/.shipcheck is not read",
    ),
    "a manifest that is hidden": (
        {"shipcheck.yaml": CLEAN, "svc/.shipcheck.yaml": FINDING},
        (),
        3,
        "svc/.shipcheck.yaml is not read; to have it read, rename it to svc/shipcheck.yaml",
    ),
    "a manifest with its words turned round": (
        {"shipcheck.yaml": CLEAN, "ShipCheck-Prod.yml": ""},
        (),
        3,
        "rename it to prod.shipcheck.yaml",
    ),
    "a manifest among workflows": ({"shipcheck.yaml": CLEAN, ".github/workflows/a.yml": FINDING}, (), 3, "begins as a manifest"),
    "a manifest under any name": ({"shipcheck.yaml": CLEAN, "agents.YAML": FINDING}, (), 3, "agents.YAML begins as a manifest"),
    "a manifest below a long comment": (
        {"shipcheck.yaml": CLEAN, "agents.yaml": "# licence\n" * 500 + FINDING},
        (),
        3,
        "agents.yaml begins as a manifest",
    ),
    "hidden settings": ({"shipcheck.yaml": CLEAN, ".shipcheck/.settings.yaml": "shipcheck: 1\n"}, (), 2, "is not read"),
    "a typo in the file's ending": ({"shipcheck.yaml": CLEAN, "ai.shipcheck.yml": FINDING}, (), 3, "rename it"),
    "a typo in the file's case": ({"shipcheck.yaml": CLEAN, "sub/ShipCheck.yaml": FINDING}, (), 3, "rename it"),
    "one bad file among good ones": ({"shipcheck.yaml": CLEAN, "b.shipcheck.yaml": "shipcheck: [\n"}, (), 3, "b.shipcheck.yaml"),
    "an unknown version": ({"shipcheck.yaml": "shipcheck: 2\n"}, (), 3, "version"),
    "no version": ({"shipcheck.yaml": "agents: {}\n"}, (), 3, "missing version"),
    "an unknown section": ({"shipcheck.yaml": CLEAN + "agent: {}\n"}, (), 3, "sections are plural"),
    "an unknown field": ({"shipcheck.yaml": CLEAN + "agents:\n  a: {ownr: platform}\n"}, (), 3, "did you mean 'owner'"),
    "a dangling name": ({"shipcheck.yaml": CLEAN + "agents:\n  a: {owner: plattform}\n"}, (), 3, "did you mean 'platform'"),
    "the same component twice": ({"shipcheck.yaml": CLEAN, "b.shipcheck.yaml": CLEAN}, (), 3, "declared twice"),
    "a duplicate key": ({"shipcheck.yaml": CLEAN + "teams: {}\n"}, (), 3, "given twice"),
    "an anchor": ({"shipcheck.yaml": CLEAN + "agents: &a {}\n"}, (), 3, "anchor"),
    "nothing to declare, and something declared": (
        {
            "shipcheck.yaml": CLEAN,
            "b.shipcheck.yaml": "shipcheck: 1\nnothing_to_declare: {owner: a, date: 2026-01-01, reason: b}\n",
        },
        (),
        3,
        "delete one of them",
    ),
    "a policy that does not exist": ({"shipcheck.yaml": CLEAN}, ("--policy", "owner-mising"), 2, "did you mean 'owner-missing'"),
    "a policy with nothing to judge": ({"shipcheck.yaml": CLEAN}, ("--policy", "model-unpinned"), 3, "no policy has a subject"),
    "a path that does not exist": ({"shipcheck.yaml": CLEAN}, ("nowhere",), 2, "does not exist"),
    "a path that is a file": ({"shipcheck.yaml": CLEAN}, ("shipcheck.yaml",), 2, "is a file"),
    "an option that does not exist": ({"shipcheck.yaml": CLEAN}, ("--formt", "json"), 2, "--format"),
    "a day that does not exist": ({"shipcheck.yaml": CLEAN}, ("--as-of", "2026-02-30"), 2, "2026-02-30"),
    "a format that does not exist": ({"shipcheck.yaml": CLEAN}, ("--format", "xml"), 2, "xml"),
    "settings that are not YAML": ({"shipcheck.yaml": CLEAN, SETTINGS: "a: [\n"}, (), 2, "settings.yaml"),
    "a key in the settings that does not exist": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\nfail_onn: note\n"},
        (),
        2,
        "did you mean 'fail_on'",
    ),
    "a pack that does not exist": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\npacks: [cor]\n"},
        (),
        2,
        "did you mean 'core'",
    ),
    "a parameter that does not exist": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\nparameters:\n  core: {min_scor: 7}\n"},
        (),
        2,
        "did you mean 'min_score'",
    ),
    "a parameter that is loosened": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\nparameters:\n  core: {min_score: 1}\n"},
        (),
        2,
        "only be tightened",
    ),
    "a severity that is lowered": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\nseverities:\n  core/owner-missing: note\n"},
        (),
        2,
        "only raise",
    ),
    "every manifest ignored": (
        {"shipcheck.yaml": FINDING, SETTINGS: "shipcheck: 1\nmanifests:\n  ignore: [shipcheck.yaml]\n"},
        (),
        3,
        "no manifest",
    ),
    "policies in a local pack without a head": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/local/own.yaml": "policies: []\n"},
        (),
        2,
        "no pack.yaml",
    ),
    "policies where nobody reads them": (
        {
            "shipcheck.yaml": CLEAN,
            LOCAL: "pack: local\nversion: 1.0.0\n",
            ".shipcheck/local/sub/own.yaml": "policies: []\n",
        },
        (),
        2,
        "is not read",
    ),
    "a local pack with the wrong ending": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/local/pack.yml": "pack: local\nversion: 1.0.0\n"},
        (),
        2,
        "is not read",
    ),
    "settings with the wrong ending": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yml": "shipcheck: 1\n"},
        (),
        2,
        "is not read",
    ),
    "settings in the wrong case": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/Settings.yaml": "shipcheck: 1\n"},
        (),
        2,
        "is not read",
    ),
    "a file where the folder belongs": ({"shipcheck.yaml": CLEAN, ".shipcheck": "packs: []\n"}, (), 2, "not a folder"),
    "a waiver past its end": ({"shipcheck.yaml": WAIVABLE, WAIVERS: WAIVER}, ("--as-of", "2026-12-02"), 1, "helper has no owner"),
    "a waiver of something less grave": (
        {"shipcheck.yaml": WAIVABLE, WAIVERS: WAIVER.replace("error", "warning")},
        ("--as-of", "2026-11-22"),
        1,
        "helper has no owner",
    ),
    "a waiver by its own owner": (
        {"shipcheck.yaml": WAIVABLE, WAIVERS: WAIVER.replace("board", "platform")},
        ("--as-of", "2026-11-22"),
        3,
        "waivers.yaml",
    ),
    "a waiver with a key that does not exist": (
        {"shipcheck.yaml": WAIVABLE, WAIVERS: WAIVER.replace("until", "untill")},
        ("--as-of", "2026-11-22"),
        3,
        "waivers.yaml",
    ),
    "waivers of another version": ({"shipcheck.yaml": CLEAN, WAIVERS: "shipcheck: 2\n"}, (), 3, "write 1"),
    "waivers that are empty": ({"shipcheck.yaml": CLEAN, WAIVERS: ""}, (), 3, "expected a map; its keys are"),
    "a waiver that is a pattern": (
        {"shipcheck.yaml": WAIVABLE, WAIVERS: WAIVER.replace("owner-missing", "*")},
        ("--as-of", "2026-11-22"),
        3,
        "'core/*' is not a valid policy name",
    ),
    "a waiver by a team that is not there": (
        {"shipcheck.yaml": WAIVABLE, WAIVERS: WAIVER.replace("team:board", "risk")},
        ("--as-of", "2026-11-22"),
        3,
        "team:risk is not declared",
    ),
    "a waiver for ever": (
        {"shipcheck.yaml": WAIVABLE, WAIVERS: WAIVER.replace("2026-12-01", "2999-12-01")},
        ("--as-of", "2026-11-22"),
        3,
        "at most 365 are allowed",
    ),
    "waivers under another name": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/waivers.yml": "shipcheck: 1\n"},
        (),
        2,
        "is not read",
    ),
    "a local pack that is named and not there": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\npacks: [core, local]\n"},
        (),
        2,
        "does not exist",
    ),
    "a local pack that does not compile": (
        {
            "shipcheck.yaml": CLEAN,
            LOCAL: "pack: local\nversion: 1.0.0\npolicies:\n  - {id: x, eech: team}\n",
        },
        (),
        3,
        "did you mean 'each'",
    ),
    "a local pack without a name": ({"shipcheck.yaml": CLEAN, LOCAL: "version: 1.0.0\n"}, (), 3, "pack"),
    "a finding": ({"shipcheck.yaml": FINDING}, (), 1, "helper has no owner"),
    "a finding by a policy of the repository": (
        {"shipcheck.yaml": CLEAN, LOCAL: PACK},
        (),
        1,
        "local/titled",
    ),
    "a warning where warnings fail": (
        {"shipcheck.yaml": CLEAN, LOCAL: PACK + "    severity: warning\n", SETTINGS: "shipcheck: 1\nfail_on: warning\n"},
        (),
        1,
        "local/titled",
    ),
    "no policies: an empty list of packs": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\npacks: []\n"},
        (),
        2,
        "the list is empty",
    ),
    "no policies: a pack without any": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\npacks: [local]\n", LOCAL: "pack: local\nversion: 1.0.0\n"},
        (),
        3,
        "nothing",
    ),
    "an empty name of a policy": ({"shipcheck.yaml": CLEAN}, ("--policy", ""), 2, "unknown policy ''"),
    "one of two policies that does not exist": (
        {"shipcheck.yaml": FINDING},
        ("--policy", "core/owner-missing", "--policy", "core/owner"),
        2,
        "unknown policy 'core/owner'",
    ),
    "a severity that does not exist": ({"shipcheck.yaml": CLEAN}, ("--fail-on", "never"), 2, "never"),
    "a word too many": ({"shipcheck.yaml": CLEAN}, (".", "more"), 2, "more"),
    "a state outside of git": ({"shipcheck.yaml": CLEAN}, ("--from", "index"), 2, "is not in a git repository"),
    "a state without a name": ({"shipcheck.yaml": CLEAN}, ("--from", ""), 2, "''"),
    "a base outside of git": ({"shipcheck.yaml": CLEAN}, ("--base", "main"), 2, "is not in a git repository"),
    "a base without a name": ({"shipcheck.yaml": CLEAN}, ("--base", ""), 2, "--base is empty"),
    "a day together with a base": (
        {"shipcheck.yaml": CLEAN},
        ("--base", "main", "--as-of", "2026-11-22"),
        2,
        "cannot be used together",
    ),
    "a day that is a word": ({"shipcheck.yaml": CLEAN}, ("--as-of", "yesterday"), 2, "yesterday"),
    "an output without a name": ({"shipcheck.yaml": CLEAN}, ("--output", "json="), 2, "the file name is empty"),
    "an output that is a folder": ({"shipcheck.yaml": CLEAN, "out/keep": ""}, ("--output", "out"), 2, "is a directory"),
    "an output in a format that does not exist": ({"shipcheck.yaml": CLEAN}, ("--output", "sarf=a"), 2, "did you mean 'sarif'"),
    "two outputs to one file": ({"shipcheck.yaml": CLEAN}, ("--output", "json=a", "--output", "sarif=./a"), 2, "two reports"),
    "an output in a folder that is not there": ({"shipcheck.yaml": CLEAN}, ("--output", "json=gone/a.json"), 3, "gone/a.json"),
    "an output below a file": ({"shipcheck.yaml": CLEAN}, ("--output", "shipcheck.yaml/a"), 3, "cannot be written"),
    "a conflict that nobody has solved": (
        {"shipcheck.yaml": f"<<<<<<< HEAD\n{CLEAN}=======\n{FINDING}>>>>>>> side\n"},
        (),
        3,
        "unresolved merge conflict",
    ),
    "two documents": ({"shipcheck.yaml": f"{CLEAN}---\n{FINDING}"}, (), 3, "document"),
    "a tag": ({"shipcheck.yaml": CLEAN + "agents: !!map {}\n"}, (), 3, "tag"),
    "a directive": ({"shipcheck.yaml": f"%YAML 1.1\n---\n{CLEAN}"}, (), 3, "directive"),
    "a merge key": ({"shipcheck.yaml": CLEAN + "agents: {a: {<<: {}}}\n"}, (), 3, "<<"),
    "a list for a manifest": ({"shipcheck.yaml": "- shipcheck: 1\n"}, (), 3, "shipcheck.yaml:1:1"),
    "a value that YAML takes for another": ({"shipcheck.yaml": CLEAN + "agents: {a: {title: no}}\n"}, (), 3, "quote"),
    "a key with nothing": ({"shipcheck.yaml": CLEAN + "agents: {a: {owner: }}\n"}, (), 3, "owner"),
    "a word that is none of the choices": (
        {"shipcheck.yaml": CLEAN + "actions: {a: {sensitivity: hihg}}\n"},
        (),
        3,
        "did you mean 'high'",
    ),
    "a name that is none": ({"shipcheck.yaml": CLEAN + "agents: {Agent_1: {}}\n"}, (), 3, "Agent_1"),
    "a link to another kind": ({"shipcheck.yaml": CLEAN + "agents: {a: {calls: ['team:platform']}}\n"}, (), 3, "team:platform"),
    "a namespace that nobody provides": ({"shipcheck.yaml": CLEAN + "agents: {a: {owner: other/platform}}\n"}, (), 3, "other"),
    "an invisible letter in a name": (
        {"shipcheck.yaml": CLEAN + "agents: {a\u200bb: {}}\n"},
        (),
        3,
        "'a\\u{200b}b' is not a valid name",
    ),
    "settings of another version": ({"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 2\n"}, (), 2, "settings.yaml"),
    "settings that are empty": ({"shipcheck.yaml": CLEAN, SETTINGS: ""}, (), 2, "settings.yaml"),
    "settings that are a folder": ({"shipcheck.yaml": CLEAN, f"{SETTINGS}/x.yaml": "shipcheck: 1\n"}, (), 2, "is not read"),
    "settings that are the team's manifest": ({"shipcheck.yaml": CLEAN, SETTINGS: CLEAN}, (), 2, "settings.yaml:2"),
    "a severity of a policy that does not exist": (
        {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\nseverities:\n  core/owner-mising: error\n"},
        (),
        2,
        "did you mean 'core/owner-missing'",
    ),
    "a lock that says too little": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/lock.yaml": "shipcheck: 1\n"},
        (),
        3,
        "'tool' and 'packs' are missing",
    ),
    "a local pack that is not YAML": ({"shipcheck.yaml": CLEAN, LOCAL: "pack: [\n"}, (), 3, "pack.yaml"),
    "a policy file that is not YAML": (
        {"shipcheck.yaml": CLEAN, LOCAL: PACK, ".shipcheck/local/policies/more.yaml": "policies: [\n"},
        (),
        3,
        "more.yaml",
    ),
    "a policy twice": ({"shipcheck.yaml": CLEAN, LOCAL: PACK, ".shipcheck/local/more.yaml": SAME}, (), 3, "titled"),
    "a policy that can never find anything": (
        {"shipcheck.yaml": CLEAN, LOCAL: PACK.replace("title is set", "contact > 3")},
        (),
        3,
        "pack.yaml",
    ),
}
