"""A pack to be shared, its versions and its signatures, and a repository that uses it."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.support.running import write

from shipcheck.model.trust import SIGNATURE
from shipcheck.trust.signatures import sign
from shipcheck.trust.signing_keys import key_id

NAME = "acme/agents-base"
POLICY = """\
  - id: {id}
    title: Every agent has an owner
    why: Somebody answers for it.
    each: agent
    must: owner is set
    severity: {severity}
    message: "{{subject}} has no owner"
    fix: Set owner.
"""
MANIFEST = "shipcheck: 1\nagents:\n  helper: {owner: platform}\nteams:\n  platform: {contact: a}\n"


class Key(NamedTuple):
    """A key to sign with: its file's content, its name, and its public half."""

    pem: bytes
    id: str
    public: str

    @property
    def trusted(self) -> str:
        """The key as settings name it."""
        return f"{{id: {self.id}, ed25519: {self.public}}}"


def make_key(seed: int) -> Key:
    """The key of that number, always the same one."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    return Key(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), key_id(public), public)


def pack(version: str = "1.2.0", policies: Mapping[str, str] | None = None, name: str = NAME) -> dict[str, bytes]:
    """The files of a pack with these policies, each with its severity."""
    wanted = policies or {"agent-owner": "error"}
    text = "policies:\n" + "".join(POLICY.format(id=id_, severity=severity) for id_, severity in wanted.items())
    return {"pack.yaml": f"pack: {name}\nversion: {version}\n".encode(), "policies/owners.yaml": text.encode()}


def signed(files: Mapping[str, bytes], key: Key, version: str = "1.2.0", name: str = NAME) -> dict[str, bytes]:
    """The files with a signature over all of them."""
    return {**files, SIGNATURE: sign(name, version, files, (key.pem,))}


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files in a folder that holds nothing else."""
    for old in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else ():
        old.rmdir() if old.is_dir() else old.unlink()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def consumer(root: Path, *trust: str) -> Path:
    """A repository with settings that name the pack, and ask for these signatures."""
    asked = "trust:\n" + "".join(f"  - {item}\n" for item in trust) if trust else ""
    write(root, {"shipcheck.yaml": MANIFEST, ".shipcheck/settings.yaml": f"shipcheck: 1\npacks: [core, {NAME}]\n{asked}"})
    return root
