"""A run of every command that prints something worth reading: what its golden files hold, in every format.

A command without one here fails the tests of outputs by its name.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.golden import PACK, SETTINGS
from tests.support.repository import Repository

ROOT = Path(__file__).resolve().parents[2]
DAY = ("--as-of", "2026-11-22")
TERMS = ("--until", "2027-01-31", "--reason", "moves in January", "--approver", "risk")
REPOSITORY = ROOT / "tests/golden/section-nine"
BASE = {
    "pack.yaml": (
        "pack: acme/base\nversion: 1.0.0\ndescription: What every team of Acme starts from.\nnamespace: acme\n"
        'requires: {shipcheck: ">=0.1"}\nmaintainers: [platform@acme.example]\nchangelog: {1.0.0: First release.}\n'
        "policies:\n  - id: agent-titled\n    title: Every agent has a title\n    why: A reader must know what it does.\n"
        "    each: agent\n    must: title is set\n    severity: note\n    fix: Add a title.\n"
    ),
    "components/shared.yaml": (
        "shipcheck: 1\ndefaults: {owner: platform}\nteams: {platform: {contact: platform@acme.example}}\n"
        "systems: {crm: {external: false, criticality: low}}\n"
    ),
    "templates/use-case/template.yaml": (
        "description: An agent that writes letters.\nask: {owner: {question: Which team owns it}}\nsay: [its description]\n"
    ),
    "templates/use-case/manifest.yaml": (
        "shipcheck: 1\ndefaults: {owner: ${owner}}\nuse_cases: {${name}: {stage: candidate, uses: [${name}-agent]}}\n"
        "agents: {${name}-agent: {entry: true}}\n"
    ),
}
NEXT = {"pack.yaml": BASE["pack.yaml"].replace("1.0.0", "2.0.0").replace("severity: note", "severity: error")}
WAIVER = "{{policy: local/{}, subject: agent:{}, up_to: warning, reason: it moves, owner: payables, approver: risk, until: {}}}"
WAIVERS = (
    "shipcheck: 1\nwaivers:\n"
    f"  - {WAIVER.format('agent-used', 'legacy', '2026-12-10')}\n"
    f"  - {WAIVER.format('agent-used', 'gone', '2027-01-31')}\n"
    "baseline:\n  reason: found at adoption\n  owner: payables\n  approver: risk\n  until: 2027-05-31\n"
    "  findings:\n    - {policy: local/owner-active, subject: agent:gone, up_to: error}\n"
)
MORE = "shipcheck: 1\nteams: {risk: {contact: a}}\nagents: {legacy: {owner: payables}}\n"
WORKFLOW = "on: pull_request\njobs: {check: {runs-on: x, steps: [{uses: actions/checkout@v4}, {run: shipcheck check}]}}\n"
STRICT = f"{SETTINGS}severities: {{local/agent-used: error}}\n"
# An agent with a tool, one that is only an example, and what no front end reads.
AGENT = """from agents import Agent, function_tool

from desk.payments import refund


@function_tool(needs_approval=True)
def issue_credit(order: str) -> str:
    return refund(order)


front_desk = Agent(name="Front desk", model="gpt-5.2", tools=[issue_credit])
"""
CODE = {
    "src/desk/agent.py": AGENT,
    "src/desk/payments.py": 'import os\n\n\ndef refund(order: str) -> str:\n    os.remove(order)\n    return "done"\n',
    "src/desk/search.py": "from llama_index.core import VectorStoreIndex\n",
    "examples/agent.py": AGENT.replace("Front desk", "Sample desk").replace("desk.payments", "payments"),
    "cmd/main.go": "package main\n",
    "notebooks/try.ipynb": "{}\n",
    "LICENCE": "text\n",
    "bin/start": "#!/usr/bin/env python3\n",
}
# With a base a run always uses today's date.
LATER = (datetime.now(UTC).date() + timedelta(days=300)).isoformat()
AFTERWARDS = ("--until", LATER, "--reason", "stricter", "--owner", "payables", "--approver", "risk")
# What no two runs have in common: a new key, and a day that is counted from today.
MASK = re.compile(rf"(?<=ed25519-)[0-9a-f]{{16}}|(?<=ed25519: )[\w+/=]{{44}}|{LATER}")


@dataclass(frozen=True)
class Invocation:
    """The arguments of a command, the runs before it, and files that differ from those of the others; an empty one is absent.

    With `base`, what these files are on the branch main.
    """

    arguments: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    exit_code: int = 0
    base: Mapping[str, str] = field(default_factory=dict)


ADD = ("pack", "add", "path:../base")
KEYGEN = ("pack", "keygen", "--out", "../key.pem")
INVOCATIONS: Mapping[str, Invocation] = {
    "check": Invocation(DAY, exit_code=1),
    "discover": Invocation((), files=CODE),
    "explain": Invocation(("local/action-gated",)),
    "why": Invocation(("front-desk", "issue-credit", *DAY), exit_code=1),
    "waive": Invocation(("action-gated", "front-desk", "issue-credit", *TERMS, *DAY)),
    "waivers list": Invocation(DAY),
    "waivers check": Invocation(DAY, exit_code=1),
    "waivers prune": Invocation(DAY),
    "baseline create": Invocation(("--owner", "payables", *TERMS, *DAY), files={".shipcheck/waivers.yaml": ""}),
    "baseline extend": Invocation(
        ("--base", "main", *AFTERWARDS),
        files={".shipcheck/settings.yaml": STRICT, ".shipcheck/waivers.yaml": ""},
        base={".shipcheck/settings.yaml": SETTINGS},
    ),
    "baseline prune": Invocation(DAY),
    "graph": Invocation(()),
    "settings": Invocation(("--origin", *DAY)),
    "schema": Invocation(()),
    "new use-case": Invocation(("letters", "--pack", "acme/base", "--set", "owner=payables", *DAY), before=(ADD,)),
    "policy explain": Invocation(("local/selection-strict",)),
    "policy check": Invocation(()),
    "policy test": Invocation((".shipcheck/local", "--policy", "selection-strict"), exit_code=1),
    "policy example": Invocation(("local/model-pinned", *DAY)),
    "policy new": Invocation(("agent-titled", "--pack", "house", "--must", "title is set", *DAY)),
    "doctor": Invocation((), exit_code=1),
    "pack add": Invocation(ADD[2:]),
    "pack update": Invocation((), before=(ADD,)),
    "pack list": Invocation((), before=(ADD,)),
    "pack show": Invocation(("acme/base",), before=(ADD,)),
    "pack verify": Invocation((), before=(ADD,)),
    "pack diff": Invocation(("../base", "../next", "--against", ".", *DAY)),
    "pack test": Invocation((".shipcheck/local", "--policy", "selection-strict"), exit_code=1),
    "pack lint": Invocation(("../next", "--previous", "../base", *DAY), exit_code=1),
    "pack publish": Invocation(("../base", "../base.tar.gz")),
    "pack sign": Invocation(("../base", "--key", "../key.pem"), before=(KEYGEN,)),
    "pack keygen": Invocation(KEYGEN[2:]),
}


def arrange(folder: Path, invocation: Invocation) -> Path:
    """The repository that a command runs in, with a pack and its next version beside it."""
    repository = folder / "repository"
    shutil.copytree(REPOSITORY, repository, ignore=shutil.ignore_patterns("*.txt", "*.json", "*.xml", "*.md"))
    shutil.copytree(PACK, repository / ".shipcheck/local")
    own = {
        ".shipcheck/settings.yaml": SETTINGS,
        ".shipcheck/waivers.yaml": WAIVERS,
        "more.shipcheck.yaml": MORE,
        ".github/workflows/check.yml": WORKFLOW,
        **invocation.files,
    }
    places = {repository: own, folder / "base": BASE, folder / "next": {**BASE, **NEXT}}
    for place, files in places.items():
        _write(place, files)
    if invocation.base:
        _write(repository, invocation.base)
        made = Repository(repository)
        made.git("init", "--quiet")
        made.commit()
        _write(repository, own)
    return repository


def _write(place: Path, files: Mapping[str, str]) -> None:
    """Files with these contents; an empty one is deleted."""
    for name, text in files.items():
        if text:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, "utf-8")
        else:
            (place / name).unlink(missing_ok=True)


def masked(printed: str) -> str:
    """What is printed, without what no two runs have in common."""
    return MASK.sub("...", printed)
