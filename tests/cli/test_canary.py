"""Secrets in code, in files of clients and in git never reach an output.

Each secret is planted where people leave them. A secret that could be a plain word is planted where no name is expected; where
names are shown, it has the form of a key of a service.
"""

import json
import re
from typing import Any

import pytest
from tests.support.repository import Repository, create
from tests.support.running import run

from shipcheck.app.discover import DiscoverRequest, discover
from shipcheck.pipeline.discovery import discover_all, explain_line
from shipcheck.pipeline.prepare import prepare
from shipcheck.report.formats import FORMATS

pytestmark = pytest.mark.needs("git")

SECRET = re.compile(r"(?:plain|sk-proj)-[\w-]+-zq")
PYTHON = '''\
"""The desk. Staging opens with plain-docstring-of-module-zq."""

import os

import requests
from agents import Agent, ModelSettings, RunConfig, Runner, function_tool, set_default_openai_key
from agents.mcp import MCPServerStdio, MCPServerStreamableHttp
from openai import AsyncOpenAI, OpenAI

# The old key is plain-comment-one-zq.
set_default_openai_key("plain-first-key-zq")
KEY = os.getenv("DESK_KEY", "plain-env-default-zq")
PROMPT = """Answer letters.
Sign in with plain-prompt-text-zq.
"""
client = AsyncOpenAI(
    api_key="plain-api-key-zq",
    base_url="https://desk:plain-base-user-zq@models.acme.example/v1?key=plain-base-query-zq#plain-base-fragment-zq",
    default_headers={"X-Desk": "plain-client-header-zq"},
)


@function_tool
def lookup(order: str, token: str = "plain-parameter-default-zq") -> str:
    """Look up an order, with plain-docstring-of-tool-zq."""
    headers = {"Authorization": "Bearer plain-header-zq"}
    address = "https://desk:plain-tool-user-zq@api.acme.example/orders?token=plain-tool-query-zq"
    return requests.post(address, headers=headers, json={"pin": "plain-body-zq"}).text


@function_tool(name_override="sk-proj-0123456789abcdefTool-zq", description_override="plain-description-zq")
def other(order: str) -> str:
    return getattr(client, "plain-attribute-zq")(order) or os.environ["sk-proj-0123456789abcdefEnv-zq"]


@function_tool
def third(order: str) -> str:
    return client[os.environ["sk-proj-0123456789abcdefItem-zq"]].send("plain-unlisted-zq")


@function_tool
def fourth(order: str) -> str:
    return desk.send(key="plain-unresolved-zq")


remote = MCPServerStreamableHttp(
    params={
        "url": "https://desk:plain-mcp-user-zq@mcp.acme.example/sk-proj-0123456789abcdefPath-zq/mcp?key=plain-mcp-query-zq",
        "headers": {"Authorization": "plain-mcp-header-zq"},
    },
    name="sk-proj-0123456789abcdefServer-zq",
)
local = MCPServerStdio(
    params={"command": "npx", "args": ["--token", "plain-mcp-argument-zq"], "env": {"TOKEN": "plain-mcp-env-zq"}}
)
tools = [lookup]
if (  # plain-remark-zq
    os.environ.get("MODE") == "plain-condition-one-zq"
):
    tools.append(other)
if os.environ.get("MODE") == """a "plain-condition-quoted-zq" b""" or os.environ.get("""it"s""") == "plain-condition-after-zq":
    tools.append(third)
if os.environ["MODE"] == f"{KEY}plain-condition-template-zq":  # plain-comment-behind-zq
    tools.append(fourth)

agent = Agent(
    name="desk",
    instructions="plain-prompt-word-zq",
    tools=tools,
    mcp_servers=[remote, local],
    model="sk-proj-0123456789abcdefModel-zq",
    model_settings=ModelSettings(extra_headers={"X": "plain-settings-header-zq"}),
)
second = Agent(
    name="sk-proj-0123456789abcdefName-zq",
    instructions=PROMPT,
    handoffs=[agent, Agent(name="sk-proj-0123456789abcdefInner-zq", instructions=KEY)],
    model=os.getenv("DESK_MODEL", "https://plain-model-user-zq:x@models.acme.example/gpt?key=plain-model-query-zq"),
)
table = {"sk-proj-0123456789abcdefKey-zq": Agent(instructions="x")}
Runner.run_sync(second, "plain-input-zq", run_config=RunConfig(model="plain run model plain-run-model-zq"))
answer = OpenAI(api_key="plain-second-key-zq").chat.completions.create(
    model="gpt-5", messages=[{"role": "system", "content": "plain-message-zq"}], user="plain-caller-zq"
)
'''
TYPESCRIPT = """\
// plain-script-top-zq
import { openai, createOpenAI } from "@ai-sdk/openai";
import { generateText, tool } from "ai";
import helper from "https://desk:plain-import-user-zq@esm.acme.example/helper.js?token=plain-import-query-zq";

const provider = createOpenAI({ apiKey: "plain-script-key-zq", headers: { "X-Desk": "plain-script-header-zq" } });
const pay = tool({
  description: "plain-script-description-zq",
  execute: async ({ order }) => {
    helper.send("plain-script-argument-zq");
    return fetch(`https://desk:plain-script-user-zq@api.acme.example/pay?token=plain-script-query-zq&order=${order}`, {
      headers: { Authorization: `Bearer plain-script-template-zq` },
    });
  },
});
const isKey = /plain-script-pattern-zq/.test(process.env.KEY ?? "plain-script-env-zq");
const extra = /"plain-script-quotation-zq/.test("") ? { pay } : {};
const more = process.env.MODE === `it's plain-script-mode-zq` /* plain-script-inside-zq */ ? { pay } : {};
export async function answer(prompt: string) {
  return generateText({
    model: isKey ? provider("sk-proj-0123456789abcdefScript-zq") : openai("gpt-5"),
    system: `plain-script-prompt-zq`,
    prompt,
    tools: { pay, "sk-proj-0123456789abcdefSpread-zq": pay, ...extra, ...more },
  });
}
"""
LANGCHAIN = """\
from langchain.agents import create_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware
from langchain.chat_models import init_chat_model
from langchain_core.tools import tool
from langgraph.types import interrupt


@tool("sk-proj-0123456789abcdefChain-zq")
def pay(amount: int) -> str:
    if interrupt({"question": "plain-question-zq"}) == "plain-answer-zq":
        return ""
    eval("plain-evaluated-zq")
    return exec_("plain-exec-zq")


model = init_chat_model("openai:gpt-5", api_key="plain-chain-key-zq", base_url="https://a:plain-chain-user-zq@b.example")
agent = create_agent(
    model,
    tools=[pay],
    system_prompt="plain-chain-prompt-zq",
    middleware=[HumanInTheLoopMiddleware(interrupt_on={"sk-proj-0123456789abcdefGate-zq": True, "pay": {"x": "plain-gate-zq"}})],
)
"""
SERVERS = {
    "mcpServers": {
        "orders": {
            "command": "npx",
            "args": ["-y", "orders@1", "--token", "plain-file-argument-zq"],
            "env": {"ORDERS_KEY": "plain-file-env-zq"},
            "url": "https://desk:plain-file-user-zq@mcp.acme.example/mcp?key=plain-file-query-zq",
            "headers": {"Authorization": "Bearer plain-file-header-zq"},
            "auth": {"CLIENT_SECRET": "plain-file-auth-zq"},
        },
        "sk-proj-0123456789abcdefFile-zq": {"url": "https://mcp.acme.example/sk-proj-0123456789abcdefUrl-zq"},
    }
}
CLAUDE = {
    "env": {"KEY": "plain-claude-env-zq"},
    "apiKeyHelper": "echo plain-claude-helper-zq",
    "permissions": {
        "allow": ["Bash(curl -H 'Authorization: plain-claude-rule-zq' *)", "sk-proj-0123456789abcdefRule-zq"],
        "defaultMode": "plain-claude-mode-zq",
    },
    "hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "x plain-claude-hook-zq"}]}]},
}
NOTEBOOK = {"cells": [{"cell_type": "code", "source": ["from agents import Agent\n", "Agent(name='plain-notebook-zq')\n"]}]}
FILES = {
    "src/desk.py": PYTHON,
    "src/desk.ts": TYPESCRIPT,
    "src/chain.py": LANGCHAIN,
    "src/broken.py": "from agents import Agent\nAgent(name='plain-broken-one-zq'\nx = = 'plain-broken-too-zq'\n",
    ".mcp.json": json.dumps(SERVERS, indent=2),
    ".cursor/mcp.json": '{"mcpServers": {"a": {"env": {"K": "plain-unread-one-zq" "plain-unread-too-zq"}}}}',
    "sub/.mcp.json": '{"mcpServers": {"plain-twice-zq": {}, "plain-twice-zq": {}}}',
    ".vscode/mcp.json": json.dumps({"inputs": [{"default": "plain-editor-input-zq"}], "servers": SERVERS["mcpServers"]}),
    ".claude/settings.json": json.dumps(CLAUDE, indent=2),
    ".claude/agents/desk.md": "---\nname: desk\ndescription: plain-agent-about-zq\ntools: Read\n---\nplain-agent-prompt-zq\n",
    "litellm_config.yaml": "model_list:\n"
    "  - {model_name: a, litellm_params: {model: openai/gpt-5, api_key: plain-proxy-key-zq}}\n",
    "catalog-info.yaml": "apiVersion: a/v1\nkind: Component\n"
    "metadata: {name: a, name: plain-catalog-one-zq}\n&: 'plain-catalog-too-zq\n",
    ".codex/config.toml": "[mcp_servers.a]\nenv = { K = 'plain-toml-env-zq' }\nurl = 'plain-toml-one-zq' 'x'\n",
    "notebook.ipynb": json.dumps(NOTEBOOK),
    "use-cases.csv": "use case,note\nletters,plain-table-zq\n",
    "Dockerfile": "ENV KEY=plain-image-env-zq\nCMD python src/desk.py --key plain-image-argument-zq\n",
    "compose.yaml": "services: {a: {environment: {K: plain-compose-one-zq}, command: python src/desk.py plain-compose-too-zq}}\n",
    "package.json": json.dumps(
        {"scripts": {"start": "KEY=plain-package-env-zq tsx src/desk.ts --key plain-package-argument-zq"}}
    ),
    ".github/workflows/ci.yaml": "on: push\njobs:\n  a:\n    runs-on: x\n    env: {K: plain-ci-env-zq}\n    steps:\n"
    "      - run: KEY=plain-ci-line-zq python src/desk.py --key plain-ci-argument-zq\n",
    ".env": "KEY=plain-dotenv-zq\n",
    ".shipcheck/settings.yaml": "shipcheck: 1\ncode: {fail: [unparsed, notebook, broken, unknown_frameworks]}\n",
    "shipcheck.yaml": "shipcheck: 1\ndefaults: {owner: desk}\nteams: {desk: {contact: desk@acme.example}}\n"
    "agents: {desk: {code: 'src/desk.py#agent'}}\n"
    "gates: {four-eyes: {code: 'src/chain.py#pay'}}\n",
}
SECRETS = frozenset(SECRET.findall("".join(FILES.values()))) | {"plain-remote-user-zq", "plain-remote-branch-zq"}
FORMS = {command: list(FORMATS[command]) for command in ("discover", "check", "doctor")}
EXPLAINED = ("src/desk.py:66", "src/broken.py:2")


def leaks(text: str) -> set[str]:
    """The secrets in a text, also those that lack their beginning or their end, or go over two lines."""
    joined = re.sub(r"\s+", "", text)
    return {secret for secret in SECRETS if secret[:-2] in joined or secret[2:] in joined}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with every secret in it."""
    made = create(tmp_path_factory.mktemp("canary") / "desk", FILES)
    made.git("remote", "add", "origin", "https://desk:plain-remote-user-zq@git.acme.example/desk.git")
    made.git("config", "branch.main.description", "plain-remote-branch-zq")
    return made


def test_the_planted_secrets_are_many_and_a_leak_is_seen() -> None:
    assert len(SECRETS) > 80
    for secret in SECRETS:
        assert leaks(f"x {secret} y") == {secret}
        assert leaks(f"{secret[:9]}\n{secret[9:-2]}…") == {secret}
    assert leaks("desk plain 0123456789 sk-proj- zq") == set()


def test_nothing_that_discovery_knows_has_a_secret(repository: Repository) -> None:
    found = discover(DiscoverRequest(repository.top))
    assert found.report is not None
    kinds = {each.kind for each in found.report.discovery.components}
    assert kinds >= {"agent", "action", "model", "prompt", "tool_server"}
    assert leaks(repr(found.report)) == set()


def test_no_line_that_is_explained_has_a_secret(repository: Repository) -> None:
    prepared = prepare(repository.top)
    discovery = discover_all(prepared)
    for name, text in FILES.items():
        for line in range(1, text.count("\n") + 2):
            assert leaks("\n".join(explain_line(prepared, discovery, name, line).lines)) == set()


@pytest.mark.parametrize(("command", "form"), [(command, form) for command, forms in FORMS.items() for form in forms])
def test_no_output_has_a_secret(command: str, form: str, repository: Repository) -> None:
    done = run(repository.top, command, "--format", form)
    assert done.stdout
    assert "Traceback" not in done.stderr
    assert leaks(done.stdout + done.stderr) == set()


@pytest.mark.parametrize("place", EXPLAINED)
def test_no_explanation_has_a_secret(place: str, repository: Repository) -> None:
    done = run(repository.top, "discover", "--explain", place)
    assert done.stdout
    assert leaks(done.stdout + done.stderr) == set()


def test_no_state_of_git_has_a_secret(repository: Repository) -> None:
    done = run(repository.top, "discover", "--from", "HEAD", "--format", "json")
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["components"]
    assert leaks(done.stdout + done.stderr) == set()
