"""Signatures on every check, keys in files of their own, and no network where nothing is got."""

import json
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.support.packs import MANIFEST, NAME, consumer, make_key, pack, put, signed
from tests.support.repository import Repository, create
from tests.support.running import PROGRAM, environment, run

from shipcheck.app.check import CheckRequest, check
from shipcheck.app.pack_add import pack_add
from shipcheck.model.trust import SIGNATURE

DAY = date(2026, 11, 22)
KEY, OTHER = make_key(1), make_key(2)
TRUST = f"{{packs: acme/*, keys: [{KEY.trusted}]}}"
SIGNED = signed(pack(), KEY)
FOLDER = f".shipcheck/packs/{NAME}@1.2.0"


def added(tmp_path: Path, *trust: str) -> Path:
    """A repository that uses the signed pack."""
    put(tmp_path / "base", SIGNED)
    root = consumer(tmp_path / "consumer", *trust)
    pack_add(str(tmp_path / "base"), root, DAY)
    return root


def problems(root: Path) -> list[tuple[str, str]]:
    """The files complained about, and the complaints."""
    return [(problem.location.path, problem.message) for problem in check(CheckRequest(root, DAY)).judged.problems]


def test_a_signed_pack_judges_and_the_lock_says_who_signed(tmp_path: Path) -> None:
    root = added(tmp_path, TRUST)
    assert problems(root) == []
    assert f'signer: "{KEY.id}"' in (root / ".shipcheck/lock.yaml").read_text()


def test_settings_that_ask_for_another_signer_refuse_the_committed_pack(tmp_path: Path) -> None:
    root = added(tmp_path)
    consumer(root, f"{{packs: {NAME}, keys: [{OTHER.trusted}]}}")
    place, message = problems(root)[0]
    assert place == f"{FOLDER}/{SIGNATURE}"
    asked = f"must be signed by {OTHER.id} (.shipcheck/settings.yaml:4:5)"
    assert message == f"{FOLDER}/{SIGNATURE}: it is signed by {KEY.id}, but {asked}"
    done = run(root, "check")
    assert done.returncode == 3
    assert f"{FOLDER}/{SIGNATURE}" in done.stdout


def test_without_the_extra_nothing_that_must_be_signed_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = added(tmp_path, TRUST)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert "signatures need an extra: pip install 'shipcheck-ai[sign]'" in problems(root)[0][1]
    consumer(root)
    assert problems(root) == []


def commit_consumer(tmp_path: Path) -> Repository:
    repository = create(tmp_path / "consumer", {"shipcheck.yaml": MANIFEST})
    put(tmp_path / "base", SIGNED)
    consumer(repository.top, TRUST)
    pack_add(str(tmp_path / "base"), repository.top, DAY)
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "change")
    return repository


@pytest.mark.needs("git")
def test_what_the_base_asks_counts_for_the_packs_of_the_head(tmp_path: Path) -> None:
    repository = commit_consumer(tmp_path)
    consumer(repository.top)
    put(tmp_path / "base", pack("1.3.0"))
    pack_add(str(tmp_path / "base"), repository.top, DAY)
    repository.commit()
    assert repository.judged()["problems"] == []
    report = repository.judged(base="main")
    assert report["verdict"] == "incomplete"
    assert f"{SIGNATURE} is missing: {NAME} must be signed by {KEY.id}" in report["problems"][0]["message"]
    assert report["problems"][0]["location"]["path"] == f".shipcheck/packs/{NAME}@1.3.0/{SIGNATURE}"


@pytest.mark.needs("git")
@pytest.mark.parametrize("trust", [(), (f"{{packs: acme/*, keys: [{KEY.trusted}, {OTHER.trusted}]}}",)])
def test_asking_for_fewer_signatures_is_a_governance_change(tmp_path: Path, trust: tuple[str, ...]) -> None:
    repository = commit_consumer(tmp_path)
    consumer(repository.top, *trust)
    repository.commit()
    told = [item["message"] for item in repository.judged(base="main")["findings"] if item["policy"] == "core/change-settings"]
    assert told == ["packs that match 'acme/*' no longer need a signature by the keys of the base"]


@pytest.mark.needs("git")
def test_asking_for_more_is_no_change_to_complain_about(tmp_path: Path) -> None:
    repository = commit_consumer(tmp_path)
    consumer(repository.top, TRUST, f"{{packs: other/*, keys: [{OTHER.trusted}]}}")
    repository.commit()
    report = repository.judged(base="main")
    assert (report["verdict"], [item for item in report["findings"] if "settings" in item["policy"]]) == ("pass", [])


def test_keygen_writes_a_file_for_its_owner_alone_and_sign_uses_it(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    made = run(tmp_path, "pack", "keygen", "--out", "key.pem")
    assert made.returncode == 0, made.stderr
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    again = run(tmp_path, "pack", "keygen", "--out", "key.pem")
    assert (again.returncode, again.stderr) == (3, "shipcheck: key.pem already exists; give a new file name\n")
    item = made.stdout.partition("keys: [")[2].partition("]")[0]
    put(tmp_path / "base", pack())
    done = run(tmp_path, "pack", "sign", "base", "--key", "key.pem")
    assert done.stdout == f"signed {NAME}@1.2.0\n  by {item.partition('id: ')[2].partition(',')[0]}\n"
    root = consumer(tmp_path / "consumer", f"{{packs: '*', keys: [{item}]}}")
    assert run(root, "pack", "add", "../base").returncode == 0
    assert run(root, "check").returncode == 0
    assert not list(root.rglob("*.pem"))


def test_a_key_that_others_could_have_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "repository/.git").mkdir(parents=True)
    put(tmp_path / "base", pack())
    for place, mode, code, reason in (
        ("repository/key.pem", 0o600, 2, "is inside a git repository"),
        ("base/key.pem", 0o600, 2, "is inside the pack"),
        ("key.pem", 0o640, 3, "is readable by other users"),
        ("none.pem", 0o600, 3, "cannot be read"),
    ):
        if "none" not in place:
            (tmp_path / place).write_bytes(KEY.pem)
            (tmp_path / place).chmod(mode)
        done = run(tmp_path, "pack", "sign", "base", "--key", place)
        assert (done.returncode, reason in done.stderr) == (code, True), done.stderr
        (tmp_path / place).unlink(missing_ok=True)
    assert not (tmp_path / "base" / SIGNATURE).exists()
    done = run(tmp_path, "pack", "keygen", "--out", "repository/key.pem")
    assert (done.returncode, (tmp_path / "repository/key.pem").exists()) == (2, False)


WATCHED = """
import os, sys
def watch(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        os.write(2, f"{event} {arguments}".encode())
        os._exit(99)
sys.addaudithook(watch)
import json
from shipcheck.cli.entry import main
leave = os._exit
def told(code):
    names = sorted(name for name in sys.modules if name.startswith(("shipcheck.fetch", "oras", "requests", "urllib.request")))
    print("LOADED" + json.dumps(names), flush=True)
    leave(code)
os._exit = told
main()
"""


@pytest.mark.needs("git")
def test_a_check_opens_no_socket_and_loads_nothing_that_could(tmp_path: Path) -> None:
    repository = commit_consumer(tmp_path)
    for arguments in (("check",), ("check", "--base", "main"), ("check", "--from", "index", "--format", "json")):
        command = [sys.executable, "-c", WATCHED, *arguments]
        done = subprocess.run(command, cwd=repository.top, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        loaded = json.loads(done.stdout.partition("LOADED")[2])
        assert loaded == []


@pytest.mark.needs("git")
@pytest.mark.needs("strace")
def test_a_check_asks_the_system_for_no_network(tmp_path: Path) -> None:
    repository = commit_consumer(tmp_path)
    told = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=network", "-o", str(told), PROGRAM, "check", "--base", "main"]
    done = subprocess.run(command, cwd=repository.top, env={**environment(), "LC_ALL": "C"}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    calls = [line for line in told.read_text().splitlines() if "AF_INET" in line or "connect(" in line]
    assert calls == []
    assert told.stat().st_size
