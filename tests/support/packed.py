"""A pack of a platform team, and repositories that have it committed."""

from collections.abc import Mapping
from pathlib import Path

from shipcheck.model.lock import Lock, LockedPack
from shipcheck.packs.digest import tree_digest
from shipcheck.packs.store import place

NAME = "acme/agents-base"
HEAD = """pack: acme/agents-base
version: 1.2.0
description: What every agent at Acme keeps to.
namespace: platform
requires: {shipcheck: ">=0.1,<1"}
maintainers: [platform]
params:
  least: {type: number, default: 3, may: increase, may_soften: true}
policies:
  - id: titled
    title: Every agent has a title
    why: A title tells what it is.
    each: agent
    must: title is set
    message: "{subject} has no title"
    severity: warning
    may_soften: [severity, drop]
"""
COMPONENTS = """shipcheck: 1
defaults: {owner: governance}
gates:
  four-eyes:
    decided_by: human
    timing: before
    decisions: [approve, reject]
    approvers: [approvers]
    covers: [payments, communication]
    on_timeout: deny
    on_unavailable: deny
    fires_in: [interactive]
    asker_may_approve: false
    bound_to: [arguments, version, single_use, expiry]
    audited_by: [ledger]
audit_sinks:
  ledger: {purpose: audit, retention_days: 400, tamper_evident: true, on_failure: stop}
teams:
  governance: {contact: "#governance"}
  approvers: {contact: "#approvers", members: [ann, bob]}
"""
FILES: Mapping[str, bytes] = {
    "pack.yaml": HEAD.encode(),
    "components/shared.yaml": COMPONENTS.encode(),
    "docs/titled.md": b"# titled\n",
}
SETTINGS = f'shipcheck: 1\npacks: [core, {{name: {NAME}, version: ">=1.2,<2"}}]\n'
MANIFEST = """shipcheck: 1
defaults: {owner: payables}
agents:
  desk:
    title: Answers letters
    unattended: false
    credentials: {identity: own, scope: needed}
    calls: [{to: pay, through: [platform/four-eyes]}]
    audited_by: [platform/ledger]
actions:
  pay: {sensitivity: high, effects: [payments], reversible: false, audited_by: [platform/ledger]}
teams:
  payables: {contact: "#payables"}
"""


def changed(files: Mapping[str, bytes], **texts: str) -> dict[str, bytes]:
    """Files of a pack with other contents; `head` stands for pack.yaml, `components` for its components."""
    names = {"head": "pack.yaml", "components": "components/shared.yaml"}
    return {**files, **{names[key]: text.encode() for key, text in texts.items()}}


def locked(files: Mapping[str, bytes], name: str = NAME, version: str = "1.2.0", signer: str = "") -> LockedPack:
    """What the lock says of a pack with these files."""
    return LockedPack(name, version, f"path:../{name}", "0" * 40, tree_digest(files), signer)


def commit_pack(root: Path, files: Mapping[str, bytes] = FILES, version: str = "1.2.0", tool: str = "0.1.0") -> LockedPack:
    """Write a pack and the lock as `shipcheck pack add` does."""
    pack = locked(files, version=version)
    place(root, Lock(tool), pack, files)
    return pack
