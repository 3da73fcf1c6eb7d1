"""The nine goals that attackers of an update system have, as TUF lists them, against a server that the attacker holds.

Out of scope, and said in docs/publishing-packs.md: a server that keeps silent about new versions for ever (there is no clock in a
pack), and whoever holds a key that is still trusted.
"""

from collections.abc import Iterator, Mapping
from contextlib import chdir
from datetime import date
from pathlib import Path

import pytest
from tests.support.packs import NAME, Key, consumer, make_key, pack, signed
from tests.support.servers import Handler, Server, web

from shipcheck.app.check import CheckRequest, check
from shipcheck.app.pack_add import pack_add, pack_update
from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.pack_archive import pack_archive
from shipcheck.model.pack_add import AddedPack
from shipcheck.model.trust import SIGNATURE

DAY = date(2026, 11, 22)
KEY, THEIRS, SECOND = make_key(1), make_key(2), make_key(3)
TRUST = f"{{packs: acme/*, keys: [{KEY.trusted}]}}"
GOOD = signed(pack("1.2.0"), KEY)


def version(number: str, key: Key = KEY, **policies: str) -> dict[str, bytes]:
    return signed(pack(number, {id_.replace("_", "-"): severity for id_, severity in policies.items()}), key, number)


class World:
    """A repository that has added the pack from a server, which from then on is the attacker's."""

    def __init__(self, root: Path, server: Server) -> None:
        self.root = root
        self.server = server
        self.source = server.url("/base.tar.gz")

    def serve(self, files: Mapping[str, bytes]) -> None:
        """Answer with these files from now on."""
        archive = pack_archive(files)
        self.server.answers["/base.tar.gz"] = lambda handler: handler.reply(archive)

    def add(self) -> AddedPack:
        """What `pack add` does."""
        return pack_add(self.source, self.root, DAY)

    def update(self) -> AddedPack:
        """What `pack update` does."""
        return pack_update((), self.root, DAY)[0]

    def held(self) -> dict[str, bytes]:
        """Every file of the repository."""
        return {str(path.relative_to(self.root)): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def refusal(self) -> str:
        """Why an update is refused; nothing is left behind by it."""
        before, asked = self.held(), len(self.server.asked)
        with pytest.raises(CannotJudgeError) as refused:
            self.update()
        assert self.held() == before
        assert set(self.server.asked[asked:]) == {"/base.tar.gz"}
        assert str(refused.value).startswith(f"{self.source}: ")
        return str(refused.value).removeprefix(f"{self.source}: ")

    def judged(self) -> list[str]:
        """The complaints of a check."""
        return [problem.message for problem in check(CheckRequest(self.root, DAY)).judged.problems]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("NO_PROXY", "*")
    root = consumer(tmp_path / "consumer", TRUST)
    with web() as server, chdir(root):
        made = World(root, server)
        made.serve(GOOD)
        assert made.add().pack.signer == KEY.id
        assert made.judged() == []
        yield made


def test_arbitrary_installation(world: World) -> None:
    for files, reason in (
        (pack("1.3.0", {"none": "note"}), f"{SIGNATURE} is missing: {NAME} must be signed by {KEY.id}"),
        (version("1.3.0", THEIRS, none="note"), f"it is signed by {THEIRS.id}, but must be signed by {KEY.id}"),
        ({**GOOD, "policies/owners.yaml": b"policies: []\n"}, "policies/owners.yaml was changed after it was signed"),
        ({**GOOD, "policies/more.yaml": b"policies: []\n"}, "policies/more.yaml is not signed"),
    ):
        world.serve(files)
        assert reason in world.refusal()


def test_endless_data(world: World) -> None:
    def endless(handler: Handler) -> None:
        handler.reply(b"", length=0, Content_Length="")
        while not handler.server.over.is_set():
            handler.wfile.write(bytes(1_000_000))

    world.server.answers["/base.tar.gz"] = endless
    assert world.refusal() == "the archive is larger than 16,777,216 bytes"


def test_extraneous_dependencies(world: World) -> None:
    files = {**pack("1.3.0"), "pack.yaml": f"pack: {NAME}\nversion: 1.3.0\nextends: [{{pack: evil/more}}]\n".encode()}
    world.serve(signed(files, KEY, "1.3.0"))
    assert "extends evil/more, which is not in use" in world.refusal()


def test_fast_forward(world: World) -> None:
    for number, reason in (("999999.0.0", "must be signed by"), ("1000000.0.0", "a version is three numbers")):
        world.serve(signed(pack(number), THEIRS, number))
        assert reason in world.refusal()


def test_indefinite_freeze_is_seen(world: World) -> None:
    again = world.update()
    assert again.is_same
    assert again.pack.version == "1.2.0"


def test_mix_and_match(world: World) -> None:
    newer = version("1.3.0", agent_owner="error", agent_review="error")
    for files in (
        {**newer, SIGNATURE: GOOD[SIGNATURE]},
        {**GOOD, SIGNATURE: newer[SIGNATURE]},
        {**newer, "policies/owners.yaml": GOOD["policies/owners.yaml"]},
    ):
        world.serve(files)
        assert SIGNATURE in world.refusal()


def test_rollback(world: World) -> None:
    world.serve(version("1.1.9"))
    assert f"{NAME}@1.1.9 is older than 1.2.0, which is in use" in world.refusal()
    world.serve(version("1.2.0", agent_owner="note"))
    assert f"{NAME}@1.2.0 has different files than when it was added" in world.refusal()


def test_key_compromise(world: World) -> None:
    both = (TRUST, f"{{packs: acme/*, keys: [{SECOND.trusted}]}}")
    consumer(world.root, *both)
    world.serve(version("1.3.0"))
    assert f"it is signed by {KEY.id}, but must be signed by {SECOND.id}" in world.refusal()
    consumer(world.root, f"{{packs: acme/*, keys: [{SECOND.trusted}]}}")
    assert f"it is signed by {KEY.id}, but must be signed by {SECOND.id}" in world.judged()[0]


def test_wrong_software(world: World) -> None:
    files = pack("1.3.0", name="acme/other")
    world.serve(signed(files, KEY, "1.3.0", "acme/other"))
    assert world.refusal() == f"the source holds pack acme/other instead of {NAME}; to switch, run 'shipcheck pack add'"
    world.serve(pack("1.3.0", name="core"))
    assert "pack.yaml names the pack 'core'; a shared pack is named PUBLISHER/NAME" in world.refusal()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"README.md": b""}, "no pack.yaml found"),
        ({"pack.yaml": b"\xff"}, "pack.yaml"),
        ({"pack.yaml": b"- a\n"}, "pack.yaml names the pack ''"),
        ({"pack.yaml": b"pack: ../x\nversion: 1.0.0\n"}, "pack.yaml names the pack '../x'"),
        ({"pack.yaml": b"pack: a/../../x\nversion: 1.0.0\n"}, "pack.yaml names the pack 'a/../../x'"),
        ({"pack.yaml": b"pack: acme/x\nversion: ../1\n"}, "a version is three numbers"),
        ({"pack.yaml": b"pack: acme/x\n"}, "pack.yaml has version ''"),
        ({**pack(), "Policies/a.yaml": b""}, "differs from"),
        ({**pack(), "caf\xc3\xa9.yaml".encode("latin-1").decode("utf-8"): b""}, "is not a relative path"),
        ({**pack(), "policies/a\u202eb.yaml": b""}, "is not a path inside the archive"),
        ({**pack(), "policies/CON.yaml": b""}, "is not a valid file name on Windows"),
        ({**pack(), "policies/more.yaml": b"policies:\n  - id: x\n"}, "policies/more.yaml:2"),
    ],
)
def test_what_is_no_pack_is_refused_and_leaves_nothing(tmp_path: Path, files: dict[str, bytes], reason: str) -> None:
    root = consumer(tmp_path / "consumer")
    before = sorted(root.rglob("*"))
    with web() as server:
        world = World(root, server)
        world.serve(files)
        with pytest.raises(CannotJudgeError) as refused:
            world.add()
    assert reason in str(refused.value)
    assert sorted(root.rglob("*")) == before
