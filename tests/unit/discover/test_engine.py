"""What the engine finds with the built-in detectors: readings, instances, conditions, keys, and the same answer always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.discovered import Files, discovered
from tests.support.factories import APPENDED, FACTORY, FACTORY_TS, SUBCLASSES, TOOLS

AGENT = "from agents import Agent, function_tool\n"

# ---- Q2: both readings

APP = "from agents import Agent\nx = Agent(name='Clerk')\n"
READINGS: dict[str, tuple[Files, list[str]]] = {
    "a module with the framework's name": (
        {"agents.py": "class Agent:\n    def __init__(self, name): ...\n", "app.py": APP},
        ["agent Clerk app.py:2 ambiguous"],
    ),
    "a copy where imports find it": (
        {"agents/__init__.py": "from .agent import Agent\n", "agents/agent.py": "class Agent: ...\n", "app.py": APP},
        ["agent Clerk app.py:2 ambiguous"],
    ),
    "the framework's own repository": (
        {"src/agents/__init__.py": "from .agent import Agent\n", "src/agents/agent.py": "class Agent: ...\n", "use/app.py": APP},
        ["agent Clerk use/app.py:2 ambiguous"],
    ),
    "a package of the same repository": (
        {
            "packages/sdk/package.json": '{"name": "@openai/agents"}',
            "packages/sdk/src/index.ts": "export class Agent {}\n",
            "app.ts": "import { Agent } from '@openai/agents';\nconst x = new Agent({ name: 'Clerk' });\n",
        },
        ["agent Clerk app.ts:2 ambiguous"],
    ),
    "a copy where imports do not find it": (
        {"vendor/agents/__init__.py": "class Agent: ...\n", "app.py": APP},
        ["agent Clerk app.py:2"],
    ),
    "a module that lacks the name": ({"agents.py": "def helper(): ...\n", "app.py": APP}, ["agent Clerk app.py:2"]),
    "a module of a package": (
        {"desk/__init__.py": "", "desk/agents.py": APP, "desk/main.py": "from desk.agents import x\n"},
        ["agent Clerk desk/agents.py:2"],
    ),
    "a folder `agents` that is a package in a package": (
        {"desk/__init__.py": "", "desk/agents/__init__.py": "", "desk/agents/agent.py": "class Agent: ...\n", "desk/app.py": APP},
        ["agent Clerk desk/app.py:2"],
    ),
    "a local class that is imported relatively": (
        {
            "desk/__init__.py": "",
            "desk/agents.py": "class Agent: ...\n",
            "desk/app.py": "from .agents import Agent\nx = Agent(name='Clerk')\n",
        },
        [],
    ),
}


@pytest.mark.parametrize(("files", "agents"), READINGS.values(), ids=READINGS)
def test_a_local_module_never_takes_a_match_away(files: Files, agents: list[str]) -> None:
    assert discovered(files).of("agent") == agents


@pytest.mark.xfail(strict=True, reason="the place of the local reading is known to the resolver and published nowhere")
def test_an_ambiguous_match_says_where_the_local_reading_is() -> None:
    found = discovered({"agents.py": "class Agent:\n    def __init__(self, name): ...\n", "app.py": APP})
    assert "agents.py" in repr(found.components)


# ---- Q16: alternatives, conditions and instances


def test_the_same_constructor_twice_is_two() -> None:
    found = discovered({"app.py": f"{AGENT}a = Agent(name='X')\nb = Agent(name='X')\n"})
    assert found.names == ["agent X app.py:2", "agent X app.py:3"]
    assert found.keys == ["agent:app.py#a", "agent:app.py#b"]


def test_a_constructor_in_a_loop_is_one_for_each_round() -> None:
    code = (
        f"{AGENT}all = []\nfor name in ['A', 'B']:\n    all.append(Agent(name=name))\nboss = Agent(name='Boss', handoffs=all)\n"
    )
    assert discovered({"app.py": code}).links == ["Boss delegates_to A", "Boss delegates_to B"]
    code = f"{AGENT}boss = Agent(name='Boss', handoffs=[Agent(name=name) for name in ['A', 'B']])\n"
    assert discovered({"app.py": code}).links == ["Boss delegates_to A", "Boss delegates_to B"]


@pytest.mark.xfail(strict=True, reason="a loop whose values reach no list is read once: only the first name is known")
def test_a_constructor_in_a_loop_that_fills_no_list() -> None:
    code = f"{AGENT}for name in ['A', 'B']:\n    x = Agent(name=name)\n"
    assert discovered({"app.py": code}).names == ["agent A app.py:3", "agent B app.py:3"]


@pytest.mark.xfail(strict=True, reason="two calls of a factory that differ in nothing are made one")
def test_a_factory_called_twice_alike_makes_two() -> None:
    code = f"{AGENT}def make(name):\n    return Agent(name=name)\na = make('X')\nb = make('X')\n"
    assert discovered({"app.py": code}).names == ["agent X app.py:3", "agent X app.py:3"]


VALUES: dict[str, tuple[str, list[str]]] = {
    "a condition around an append": (
        "tools = [look]\nif os.getenv('PAY'):\n    tools.append(refund)\nx = Agent(name='X', tools=tools)\n",
        ["X calls look", 'X calls refund if os.getenv("…")'],
    ),
    "the other branch": (
        "tools = []\nif PAY:\n    tools.append(refund)\nelse:\n    tools.append(look)\nx = Agent(name='X', tools=tools)\n",
        ["X calls look if not (PAY)", "X calls refund if PAY"],
    ),
    "a choice": (
        "def make(admin):\n    return Agent(name='X', tools=[refund] if admin else [look])\n",
        ["X calls look if not (admin)", "X calls refund if admin"],
    ),
    "a default of the environment": (
        "x = Agent(name='X', model=os.getenv('MODEL', 'gpt-4.1'))\n",
        ["X runs_on [environment] (the variable MODEL of the environment)", "X runs_on gpt-4.1 [default]"],
    ),
    "the environment without a default": (
        "x = Agent(name='X', model=os.environ['MODEL'])\n",
        ["X runs_on [environment] (the variable MODEL of the environment)"],
    ),
    "a caller": (
        "def make(model):\n    return Agent(name='X', model=model)\n",
        ["X runs_on [caller] (the parameter 'model' of make)"],
    ),
    "a default of a parameter": (
        "def make(model='gpt-4.1'):\n    return Agent(name='X', model=model)\n",
        ["X runs_on [caller] (the parameter 'model' of make)", "X runs_on gpt-4.1 [default]"],
    ),
    "code": ("MODEL = 'gpt-4.1'\nx = Agent(name='X', model=MODEL)\n", ["X runs_on gpt-4.1"]),
    "tools of a caller": (
        "def make(tools):\n    return Agent(name='X', tools=[refund, *tools])\n",
        ["X calls [unknown] (the parameter 'tools' of make)", "X calls refund"],
    ),
}


@pytest.mark.parametrize(("code", "links"), VALUES.values(), ids=VALUES)
def test_every_value_says_how_it_is_known(code: str, links: list[str]) -> None:
    found = discovered({"app.py": f"import os\n{AGENT}{TOOLS}{code}"})
    assert found.link("calls", "runs_on") == links


# ---- R25: identity


def test_a_key_stays_when_names_change_and_lines_move() -> None:
    code = f"{AGENT}{TOOLS}x = Agent(name='Clerk', tools=[refund])\n"
    changed = f"# a line\n\n{code.replace('Clerk', 'Other')}"
    before, after = discovered({"app.py": code}), discovered({"app.py": changed})
    assert before.keys == after.keys == ["action:app.py#refund", "agent:app.py#x"]
    assert before.names != after.names


def test_the_key_of_what_a_factory_makes_is_of_its_call_and_not_of_its_name() -> None:
    renamed = {**FACTORY, "app.py": FACTORY["app.py"].replace("One", "Zed")}
    before, after = (
        {each.key: each.name for each in discovered(files).components if each.kind == "agent"} for files in (FACTORY, renamed)
    )
    assert {key: name.replace("One", "Zed") for key, name in before.items()} == after


def test_two_that_share_a_name_are_two() -> None:
    found = discovered({"a.py": f"{AGENT}x = Agent(name='Same')\n", "b.py": f"{AGENT}x = Agent(name='Same')\n"})
    assert found.keys == ["agent:a.py#x", "agent:b.py#x"]
    assert found.names == ["agent Same a.py:2", "agent Same b.py:2"]


# ---- the same answer always

MANY: Files = {
    **FACTORY,
    **{f"list/{path}": text for path, text in APPENDED["to a list"].items()},
    **{f"web/{path}": text for path, text in FACTORY_TS.items()},
    **{f"sub/{path}": text for path, text in SUBCLASSES.items()},
    "langgraph.json": '{"graphs": {"desk": "./app.py:one"}}',
}


@given(st.permutations(list(MANY)))
@cases(15)
def test_the_order_of_paths_changes_nothing(order: list[str]) -> None:
    assert discovered(MANY, order) == discovered(MANY)


def test_an_answer_is_the_same_twice() -> None:
    first = discovered(MANY)
    assert discovered(MANY) == first
    assert len(first.components) > 5
