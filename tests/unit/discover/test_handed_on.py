"""What code hands on: a file without any word of a detector is read where it uses what another module made of one."""

import pytest
from tests.support.discovered import Files, discovered
from tests.support.factories import APPENDED, FACTORY, FACTORY_TS, SUBCLASSES, TOOLS

AGENT = "from agents import Agent, function_tool\n"
TS = "import { Agent, tool } from '@openai/agents';\n"

CLERK_PY = "Clerk app.py:2"
CLERK_TS = "Clerk app.ts:2"
HANDED_ON: dict[str, tuple[Files, str]] = {
    "a subclass of a subclass": (SUBCLASSES, CLERK_PY),
    "a re-export of a re-export": (
        {
            "lib/__init__.py": "from .things import Worker\n",
            "lib/things/__init__.py": "from .deep import Agent as Worker\n",
            "lib/things/deep.py": "from agents import Agent\n",
            "app.py": "from lib import Worker\nx = Worker(name='Clerk')\n",
        },
        CLERK_PY,
    ),
    "dots alone": (
        {
            "lib/__init__.py": "from agents import Agent as Worker\n",
            "lib/app.py": "from . import Worker\nx = Worker(name='Clerk')\n",
        },
        "Clerk lib/app.py:2",
    ),
    "another name, twice": (
        {
            "kit.py": "import agents\nWorker = agents.Agent\n",
            "more.py": "from kit import Worker\nHelper = Worker\n",
            "app.py": "import more\nx = more.Helper(name='Clerk')\n",
        },
        CLERK_PY,
    ),
    "arguments given before": (
        {
            "kit.py": "from functools import partial\nfrom agents import Agent\nfast = partial(Agent, model='x')\n",
            "more.py": "from kit import fast\nquick = fast\n",
            "app.py": "from more import quick\nx = quick(name='Clerk')\n",
        },
        CLERK_PY,
    ),
    "a function that gives the class": (
        {
            "kit.py": "def get():\n    from agents import Agent\n    return Agent\n",
            "more.py": "from kit import get\n\ndef again():\n    return get()\n",
            "app.py": "from more import again\nx = again()(name='Clerk')\n",
        },
        CLERK_PY,
    ),
    "a choice at import": (
        {
            "kit.py": "try:\n    from agents import Agent as Worker\nexcept ImportError:\n    Worker = None\n",
            "app.py": "from kit import Worker\nx = Worker(name='Clerk')\n",
        },
        CLERK_PY,
    ),
    "a subclass of a subclass in TypeScript": (
        {
            "base.ts": "import { Agent } from '@openai/agents';\nexport class Base extends Agent {}\n",
            "mid.ts": "import { Base } from './base';\nexport class Mid extends Base {}\n",
            "app.ts": "import { Mid } from './mid';\nconst x = new Mid({ name: 'Clerk' });\n",
        },
        CLERK_TS,
    ),
    "barrels": (
        {
            "lib/index.ts": "export * from './things';\n",
            "lib/things/index.ts": "export { Agent as Worker } from './deep';\n",
            "lib/things/deep.ts": "export { Agent } from '@openai/agents';\n",
            "app.ts": "import { Worker } from './lib';\nconst x = new Worker({ name: 'Clerk' });\n",
        },
        CLERK_TS,
    ),
    "a barrel above": (
        {
            "lib/index.ts": "export { Agent as Worker } from '@openai/agents';\n",
            "lib/in/app.ts": "import { Worker } from '..';\nconst x = new Worker({ name: 'Clerk' });\n",
        },
        "Clerk lib/in/app.ts:2",
    ),
    "a package of the same repository": (
        {
            "packages/kit/package.json": '{"name": "@acme/things"}',
            "packages/kit/src/index.ts": "export { Agent as Worker } from '@openai/agents';\n",
            "app.ts": "import { Worker } from '@acme/things';\nconst x = new Worker({ name: 'Clerk' });\n",
        },
        CLERK_TS,
    ),
    "another name in TypeScript": (
        {
            "kit.ts": "import { Agent } from '@openai/agents';\nexport const Worker = Agent;\n",
            "more.ts": "export { Worker as Helper } from './kit';\n",
            "app.ts": "import * as more from './more';\nconst x = new more.Helper({ name: 'Clerk' });\n",
        },
        CLERK_TS,
    ),
    "a default": (
        {
            "kit.ts": "import { Agent } from '@openai/agents';\nexport default class extends Agent {}\n",
            "more.ts": "export { default } from './kit';\n",
            "app.ts": "import Thing from './more';\nconst x = new Thing({ name: 'Clerk' });\n",
        },
        CLERK_TS,
    ),
    "a module that is required": (
        {
            "kit.js": "const { Agent } = require('@openai/agents');\nmodule.exports = { Worker: Agent };\n",
            "app.js": "const kit = require('./kit');\nconst x = new kit.Worker({ name: 'Clerk' });\n",
        },
        "Clerk app.js:2",
    ),
}


@pytest.mark.parametrize(("files", "agent"), HANDED_ON.values(), ids=HANDED_ON)
def test_what_is_handed_on_is_found_where_it_is_used(files: Files, agent: str) -> None:
    assert discovered(files).of("agent") == [f"agent {agent}"]


def test_a_factory_two_modules_away_makes_one_for_each_call_and_its_template_is_none() -> None:
    found = discovered(FACTORY)
    assert found.of("agent") == ["agent One core/base.py:4", "agent Two core/base.py:4"]
    assert found.links == ["One calls refund"]
    assert discovered(FACTORY_TS).names == ["agent One core/base.ts:3", "agent Two core/base.ts:3"]


def test_a_factory_that_nothing_calls_is_a_component_of_its_own() -> None:
    files = {path: FACTORY[path] for path in ("core/base.py", "core/kit.py")}
    assert discovered(files).names == ["agent build core/base.py:4"]
    assert discovered(files).link("calls") == ["build calls [caller] (the parameter 'tools' of desk)"]


def test_a_factory_that_a_loop_calls_makes_one_for_each_round() -> None:
    app = "from core.kit import desk\nall = [desk(name) for name in ('One', 'Two')]\n"
    assert discovered({**FACTORY, "app.py": app}).names == ["agent One core/base.py:4", "agent Two core/base.py:4"]


@pytest.mark.parametrize("files", APPENDED.values(), ids=APPENDED)
def test_a_tool_that_another_module_adds_is_a_tool_of_the_agent(files: Files) -> None:
    assert discovered(files).links == ["Desk calls refund"]


def test_the_condition_of_another_module_is_kept() -> None:
    more = f"import os\nfrom tools import TOOLS\n{TOOLS}if os.getenv('PAY'):\n    TOOLS.append(refund)\n"
    assert discovered({**APPENDED["to a list"], "more.py": more}).links == ['Desk calls refund if os.getenv("…")']


def test_decorators_that_a_function_here_makes_are_followed_with_their_arguments() -> None:
    kit = f"{AGENT}def asked(**kw):\n    return function_tool(needs_approval=True, **kw)\n"
    kit += "also = function_tool(needs_approval=True)\n"
    app = "from kit import asked, also\n@asked()\ndef refund(x):\n    return x\n@also\ndef wipe(x):\n    return x\n"
    found = discovered({"kit.py": kit, "app.py": app})
    assert found.names == ["action refund app.py:3", "action wipe app.py:6"]
    assert found.gates == ["refund: refund human true on - refund", "wipe: wipe human true on - wipe"]


@pytest.mark.xfail(strict=True, reason="the call in the function itself stays as a component of its own")
def test_the_template_of_a_decorator_is_no_component() -> None:
    kit = f"{AGENT}def bare(function):\n    return function_tool(function)\n"
    app = "from kit import bare\n@bare\ndef refund(x):\n    return x\n"
    assert discovered({"kit.py": kit, "app.py": app}).names == ["action refund app.py:3"]


@pytest.mark.xfail(strict=True, reason="a record that a caller gives and that is unpacked does not make a function a factory")
def test_a_factory_that_unpacks_what_it_is_given() -> None:
    kit = f"{TS}export const asked = (o: any) => tool({{ needsApproval: true, ...o }});\n"
    app = "import { asked } from './kit';\nexport const x = asked({ name: 'refund', execute: async () => 1 });\n"
    assert discovered({"kit.ts": kit, "app.ts": app}).names == ["action refund kit.ts:2"]


@pytest.mark.xfail(strict=True, reason="what `partial` gives to a class of a package is not among the arguments of its calls")
def test_arguments_given_before_have_their_links() -> None:
    kit = "from functools import partial\nfrom agents import Agent\nfast = partial(Agent, model='gpt-4.1')\n"
    app = "from kit import fast\nx = fast(name='Clerk')\n"
    assert discovered({"kit.py": kit, "app.py": app}).links == ["Clerk runs_on gpt-4.1"]


@pytest.mark.xfail(strict=True, reason="a list that is unpacked into another one is not known as the list that grows elsewhere")
def test_a_list_that_is_unpacked_grows_too() -> None:
    app = "from agents import Agent\nfrom tools import TOOLS\nx = Agent(name='Desk', tools=[*TOOLS])\n"
    assert discovered({**APPENDED["to a list"], "app.py": app}).links == ["Desk calls refund"]


@pytest.mark.xfail(strict=True, reason="a pattern takes nothing out of a module of the repository that is required")
def test_a_part_of_a_module_that_is_required_is_found() -> None:
    kit = "const { Agent } = require('@openai/agents');\nmodule.exports = { Worker: Agent };\n"
    app = "const { Worker } = require('./kit');\nconst x = new Worker({ name: 'Clerk' });\n"
    assert discovered({"kit.js": kit, "app.js": app}).names == ["agent Clerk app.js:2"]


@pytest.mark.xfail(strict=True, reason="`import *` of a module of the repository does not give what that imports from a package")
def test_everything_of_a_module_is_handed_on() -> None:
    lib = {"lib/__init__.py": "from .things import *\n", "lib/things.py": "from agents import Agent as Worker\n"}
    assert discovered({**lib, "app.py": "from lib import Worker\nx = Worker(name='Clerk')\n"}).names == [f"agent {CLERK_PY}"]
