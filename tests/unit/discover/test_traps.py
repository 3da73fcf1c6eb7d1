"""The traps that a prototype met: gates, effects of bodies, calls that are no agents, and names that only look like something."""

import pytest
from tests.support.discovered import Files, answered, discovered

AGENT = "from agents import Agent, function_tool\n"
TOOL = (
    "import os, shutil, tempfile, json, math, subprocess\nimport requests\nimport helper\nimport unlisted\n"
    f"{AGENT}\n@function_tool\n"
)
HELPER = (
    "import requests\n"
    "def send(url, verb):\n    forward(url, verb)\n"
    "def forward(url, verb):\n    requests.request(verb, url)\n"
    "def one(x):\n    two(x)\n"
    "def two(x):\n    three(x)\n"
    "def three(x):\n    four(x)\n"
    "def four(x):\n    requests.delete(x)\n"
    "def again(x):\n    again(x)\n"
)

# ---- effects: each body is in line 9

EFFECTS: dict[str, tuple[str, list[str]]] = {
    "none": ("    return math.sqrt(len(json.dumps(x)))\n", ["pay none"]),
    "an empty body": ("    ...\n", ["pay none"]),
    "its own types": ("    words = x.strip() if isinstance(x, str) else []\n    return [len(w) for w in sorted(words)]\n", []),
    "an unlisted call": ("    return unlisted.go(x)\n", ["pay unknown: unlisted.go is in no table of effects"]),
    "an argument": ("    x.go()\n", ["pay unknown: a call of 'go' on the parameter 'x' of pay"]),
    "destruction": ("    shutil.rmtree(x)\n", ["pay data_destruction app.py:9"]),
    "destruction and something unlisted": (
        "    shutil.rmtree(x)\n    unlisted.go()\n",
        ["pay data_destruction app.py:9", "pay unknown: unlisted.go is in no table of effects"],
    ),
    "a verb that is bound two calls away": (
        "    helper.send(x, 'DELETE')\n",
        [
            "pay data_destruction helper.py:5 via send app.py:9 via forward helper.py:3",
            "pay egress helper.py:5 via send app.py:9 via forward helper.py:3",
        ],
    ),
    "another verb in the same call": (
        "    helper.send(x, 'GET')\n",
        ["pay egress helper.py:5 via send app.py:9 via forward helper.py:3"],
    ),
    "three calls away": (
        "    helper.two(x)\n",
        ["pay data_destruction helper.py:13 via two app.py:9 via three helper.py:9 via four helper.py:11"],
    ),
    "four calls away": ("    helper.one(x)\n", ["pay unknown: calls that are followed no further"]),
    "a call of itself": ("    helper.again(x)\n", ["pay none"]),
    "reading a file": ("    return open(x).read()\n", ["pay none"]),
    "a shell": ("    subprocess.run(x, shell=True)\n", ["pay code_execution app.py:9"]),
}


@pytest.mark.parametrize(("body", "effects"), EFFECTS.values(), ids=EFFECTS)
def test_a_body_has_its_effects_with_line_and_chain(body: str, effects: list[str]) -> None:
    found = discovered({"helper.py": HELPER, "app.py": f"{TOOL}def pay(x):\n{body}"}).effects
    if effects:
        assert found == effects
    else:
        assert found == ["pay none"] or all("unknown" in line for line in found)


HOLDERS = (
    "import shutil\n"
    "class Holder:\n"
    "    @property\n"
    "    def gone(self):\n        shutil.rmtree('x')\n"
    "    def __enter__(self):\n        return self\n"
    "    def __exit__(self, *_):\n        shutil.rmtree('x')\n"
    "class Runner:\n"
    "    def __call__(self):\n        shutil.rmtree('x')\n"
)
# Bodies of which no table says all that they do: none of them has no effects.
NOT_NONE = {
    "a name that is defined nowhere": "    return send_everything(x)\n",
    "a member by its name": "    return getattr(x, 'delete_all')()\n",
    "what a built-in function gives": "    return next(iter(x)).run()\n",
    "a function under a key": "    return {'a': unlisted.go}[x](x)\n",
    "a client of a model": "    import openai\n    return openai.OpenAI().embeddings.create(input=x)\n",
    "a tool of a framework": "    from langgraph.prebuilt import Strange\n    return Strange().invoke(x)\n",
    "a text that is called": "    f = 'x'\n    return f()\n",
    "more than is followed": "".join(f"    len('{n}')\n" for n in range(2_100)),
    "a function called often, of which one call differs": (
        "    helper.send(x, 'GET')\n    helper.send(x, 'GET')\n    helper.send(x, 'GET')\n    helper.send(x, 'DELETE')\n"
    ),
}


@pytest.mark.parametrize("body", NOT_NONE.values(), ids=NOT_NONE)
def test_a_body_that_is_not_known_as_a_whole_is_never_none(body: str) -> None:
    found = discovered({"helper.py": HELPER, "app.py": f"{TOOL}def pay(x):\n{body}"}).effects
    assert any("unknown" in line for line in found), found


@pytest.mark.parametrize(
    "body",
    [
        "    return holders.Holder().gone\n",
        "    with holders.Holder() as h:\n        return 'x'\n",
        "    return holders.Runner()()\n",
        "    run = holders.Runner()\n    return run()\n",
    ],
)
def test_what_runs_without_a_call_of_its_name_is_followed(body: str) -> None:
    found = discovered({"holders.py": HOLDERS, "app.py": f"import holders\n{TOOL}def pay(x):\n{body}"}).effects
    assert [line for line in found if line.startswith("pay data_destruction holders.py:")], found


@pytest.mark.parametrize(
    "body",
    [
        "    f = tempfile.NamedTemporaryFile(delete=False)\n    os.unlink(f.name)\n",
        "    d = tempfile.mkdtemp()\n    shutil.rmtree(d)\n",
        "    with tempfile.TemporaryDirectory() as d:\n        shutil.rmtree(d)\n",
    ],
)
def test_a_temporary_file_of_ones_own_is_no_destruction(body: str) -> None:
    found = discovered({"app.py": f"{TOOL}def pay(x):\n{body}"}).effects
    assert not [line for line in found if "data_destruction" in line]


@pytest.mark.xfail(strict=True, reason="what is listed but for its own temporary files is said to be in no table")
def test_removing_a_temporary_file_is_harmless() -> None:
    body = "    d = tempfile.mkdtemp()\n    shutil.rmtree(d)\n"
    assert discovered({"app.py": f"{TOOL}def pay(x):\n{body}"}).effects == ["pay none"]


def test_effects_of_typescript_have_line_and_chain() -> None:
    files = {
        "helper.ts": "import { rm } from 'node:fs/promises';\nexport async function wipe(path: string) {\n  await rm(path);\n}\n",
        "app.ts": "import { tool } from '@openai/agents';\nimport { wipe } from './helper';\nimport { go } from 'unlisted';\n"
        "export const a = tool({ name: 'a', execute: async ({ path }) => wipe(path) });\n"
        "export const b = tool({ name: 'b', execute: async () => go() });\n"
        "export const c = tool({ name: 'c', execute: async ({ x }) => JSON.stringify(x) });\n",
    }
    assert discovered(files).effects == [
        "a data_destruction helper.ts:3 via wipe app.ts:4",
        "b unknown: unlisted:go is in no table of effects",
        "c none",
    ]


# ---- gates

GATES = {
    "True": "pay: pay human true on - pay",
    "False": "pay: pay human false on - pay",
    "ON": "pay: pay human true on - pay",
    "not ON": "pay: pay human false on - pay",
    "ask": "pay: ask human conditional on - pay",
    "os.environ['ASK']": "pay: pay human unknown [environment] (the variable ASK of the environment) on - pay",
    "True if BIG else False": "pay: pay human conditional on - pay",
    "unlisted.flag()": "pay: pay human true on - pay",
}


@pytest.mark.parametrize(("value", "gate"), [each for each in GATES.items() if "unlisted" not in each[0]], ids=str)
def test_a_gate_is_true_false_conditional_or_unknown(value: str, gate: str) -> None:
    code = (
        f"import os\n{AGENT}ON = True\ndef ask(a, b, c):\n    return True\n"
        f"@function_tool(needs_approval={value})\ndef pay(x):\n    return x\n"
    )
    assert discovered({"app.py": code}).gates == [gate]


@pytest.mark.xfail(strict=True, reason="the result of a call of a package counts as true")
def test_the_result_of_a_call_is_not_true() -> None:
    code = f"import unlisted\n{AGENT}@function_tool(needs_approval=unlisted.flag())\ndef pay(x):\n    return x\n"
    assert [line.split()[3] for line in discovered({"app.py": code}).gates] == ["unknown"]


def test_the_result_of_a_call_here_is_what_it_returns() -> None:
    code = (
        f"import random\n{AGENT}def on():\n    return random.random() > 1\n"
        "@function_tool(needs_approval=on())\ndef pay(x):\n    return x\n"
    )
    assert [line.split()[3] for line in discovered({"app.py": code}).gates] == ["unknown"]


@pytest.mark.parametrize(
    ("value", "answer"),
    [("true", "true"), ("false", "false"), ("async () => big", "conditional"), ("process.env.ASK", "unknown")],
)
def test_a_gate_in_typescript(value: str, answer: str) -> None:
    code = (
        f"import {{ tool }} from '@openai/agents';\n"
        f"const a = tool({{ name: 'a', needsApproval: {value}, execute: async () => 1 }});\n"
    )
    assert [line.split()[3] for line in discovered({"app.ts": code}).gates] == [answer]


BYPASSES: dict[str, Files] = {
    "a mode in Python": {
        "app.py": "from claude_agent_sdk import ClaudeAgentOptions, query\nasync def main():\n"
        "    async for m in query(prompt='x', options=ClaudeAgentOptions(permission_mode='bypassPermissions')):\n        pass\n"
    },
    "a mode in TypeScript": {
        "app.ts": "import { query } from '@anthropic-ai/claude-agent-sdk';\n"
        "export const run = () => query({ prompt: 'x', options: { permissionMode: 'bypassPermissions' } });\n"
    },
}


@pytest.mark.parametrize("files", BYPASSES.values(), ids=BYPASSES)
def test_a_mode_that_takes_gates_away_is_one(files: Files) -> None:
    found = discovered(files).gates
    assert len(found) == 1
    assert " permission true bypass on " in found[0]


def test_settings_that_take_gates_away_are_bypasses() -> None:
    settings = '{"permissions": {"allow": ["Bash(git push:*)"], "defaultMode": "bypassPermissions"}}'
    found = discovered({".claude/settings.json": settings})
    assert found.of("gate") == [
        "gate permissions.allow .claude/settings.json:1",
        "gate permissions.defaultMode .claude/settings.json:1",
    ]
    assert found.fields("bypass") == ["true", "true"]


# ---- calls that are no agents, models, and names


def test_a_call_without_tools_is_a_model_call_and_one_with_tools_an_agent() -> None:
    code = (
        "import { streamText, tool } from 'ai';\nimport { openai } from '@ai-sdk/openai';\n"
        "export async function desk(messages) {\n"
        "  return streamText({ model: openai('gpt-4o'), messages, tools: { look: tool({ execute: async () => 1 }) } });\n}\n"
        "export async function title(messages) {\n  return streamText({ model: openai('gpt-4o-mini'), messages });\n}\n"
    )
    found = discovered({"app.ts": code})
    assert found.of("agent", "action") == ["action look app.ts:4", "agent desk app.ts:4"]
    assert found.of("model") == ["model gpt-4o app.ts:4", "model gpt-4o-mini app.ts:7"]


def test_a_model_is_one_where_its_literal_is() -> None:
    code = f"{AGENT}MODEL = 'gpt-4.1'\na = Agent(name='A', model=MODEL)\nb = Agent(name='B', model=MODEL)\n"
    found = discovered({"app.py": code})
    assert found.of("model") == ["model gpt-4.1 app.py:2"]
    assert found.links == ["A runs_on gpt-4.1", "B runs_on gpt-4.1"]


def test_a_comprehension_sees_what_its_caller_gives() -> None:
    code = (
        f"{AGENT}def team(names):\n    return Agent(name='Boss', handoffs=[Agent(name=n) for n in names])\nx = team(['A', 'B'])\n"
    )
    assert discovered({"app.py": code}).link("delegates_to") == ["Boss delegates_to A", "Boss delegates_to B"]


def test_the_name_is_the_argument_before_the_variable_before_the_function() -> None:
    code = (
        f"import os\n{AGENT}one = Agent(name='Title')\ntwo = Agent(name=os.environ['N'])\n"
        "def three():\n    return Agent(instructions='x')\n"
    )
    assert discovered({"app.py": code}).of("agent") == ["agent Title app.py:3", "agent three app.py:6", "agent two app.py:4"]


def test_hand_offs_that_are_assigned_later_are_links() -> None:
    code = f"{AGENT}a = Agent(name='A')\nb = Agent(name='B')\na.handoffs = [b]\nb.handoffs.append(a)\n"
    assert discovered({"app.py": code}).links == ["A delegates_to B", "B delegates_to A"]


def test_the_same_name_in_two_branches_is_two_with_a_choice_between_them() -> None:
    code = (
        f"{AGENT}if TESTING:\n    x = Agent(name='X')\nelse:\n"
        "    x = Agent(name='X', model='gpt-4.1')\nboss = Agent(name='Boss', handoffs=[x])\n"
    )
    found = discovered({"app.py": code})
    assert found.of("agent") == ["agent Boss app.py:6", "agent X app.py:3", "agent X app.py:5"]
    assert found.keys[1:3] == ["agent:app.py#x", "agent:app.py#x~2"]
    assert found.link("delegates_to") == ["Boss delegates_to X if TESTING", "Boss delegates_to X if not (TESTING)"]


def test_mutual_factories_end() -> None:
    code = f"{AGENT}def a(n):\n    return b(n)\ndef b(n):\n    return a(n) or Agent(name=n)\nx = a('X')\n"
    assert discovered({"app.py": code}).of("agent")


def test_a_whole_library_is_not_read_for_one_import() -> None:
    library = {f"lib/m{number}.py": f"from lib import m{number + 1}\n" for number in range(30)}
    files = {**library, "lib/__init__.py": "", "app.py": f"{AGENT}from lib import m0\nx = Agent(name='X')\n"}
    assert discovered(files).names == ["agent X app.py:3"]


@pytest.mark.parametrize(
    "syntax", ["export default tool({0});", "export const t = {{ ...tool({0}) }}.t ?? tool({0});", "register(tool({0}));"]
)
def test_tools_in_places_where_no_variable_holds_them(syntax: str) -> None:
    code = "import { tool } from '@openai/agents';\n" + syntax.format("{ name: 'look', async execute() { return 1; } }") + "\n"
    assert set(discovered({"app.ts": code}).names) == {"action look app.ts:2"}


@pytest.mark.parametrize("path", ["AGENTS.md", "CLAUDE.md", "agents/README.md"])
def test_a_text_for_coding_agents_is_no_agent(path: str) -> None:
    assert discovered({path: "# Agents\nYou are an agent. from agents import Agent\n"}).names == []


@pytest.mark.parametrize(
    "code", ["# from agents import Agent\n", "'''\nfrom agents import Agent\nx = Agent(name='X')\n'''\n", "agents = 'Agent'\n"]
)
def test_words_in_comments_and_texts_are_nothing(code: str) -> None:
    assert discovered({"app.py": code}).names == []


def test_a_package_that_is_called_itself_is_not_known() -> None:
    code = "import * as go from 'unlisted';\nimport { tool } from '@openai/agents';\n"
    found = discovered({"app.ts": f"{code}export const pay = tool({{name: 'pay', execute: async () => go()}});\n"}).effects
    assert any("unknown" in line for line in found), found


# ---- limits: what is more than is followed is said


def test_as_many_agents_are_found_as_a_list_has_names() -> None:
    names = ", ".join(f"'a{number}'" for number in range(45))
    found = discovered({"app.py": f"{AGENT}bots = [Agent(name=n) for n in [{names}]]\n"})
    assert len(found.of("agent")) == 45


def test_more_alternatives_than_are_followed_leave_a_doubt() -> None:
    tools = "".join(f"@function_tool\ndef t{number}(): ...\n" for number in range(40))
    choice = "def pick(x):\n" + "".join(f"    if x == {number}:\n        return t{number}\n" for number in range(40))
    found = discovered({"app.py": f"{AGENT}import sys\n{tools}{choice}bot = Agent(name='bot', tools=[pick(sys.argv)])\n"})
    assert "bot calls [unknown] (more alternatives than are followed)" in found.links


@pytest.mark.parametrize("deep", ["new Agent({name: 'a'})" + ".f(1)" * 700, "[" * 70 + "new Agent({name: 'a'})" + "]" * 70])
def test_what_is_nested_too_deeply_is_not_silent(deep: str) -> None:
    discovery = answered({"app.ts": f"import {{ Agent }} from '@openai/agents';\nexport const y = {deep};\n"})
    assert discovery.coverage.broken or discovery.coverage.unparsed or discovery.components
