"""Packs added, checked and updated by the commands, from all five kinds of source, against real servers."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from tests.support.packs import MANIFEST, NAME, consumer, pack, put
from tests.support.repository import Repository, create
from tests.support.running import run
from tests.support.servers import git_backend, registry, web, write_certificate

from shipcheck.cli.group import group
from shipcheck.fetch.pack_archive import pack_archive

OLD = pack("1.2.0", {"agent-owner": "error", "agent-title": "warning"})
NEW = pack("1.3.0", {"agent-owner": "warning", "agent-review": "error"})
LOCAL = {"NO_PROXY": "*", "GIT_CONFIG_GLOBAL": os.devnull}


def shipcheck(root: Path, *arguments: str, **more: str) -> str:
    """What a command prints, called in this process, which saves its start."""
    with contextlib.chdir(root):
        done = CliRunner(env={**LOCAL, **more}).invoke(group, arguments, standalone_mode=False)
    assert (done.exception, done.return_value) == (None, 0), done.output
    return done.output


def add_and_check(root: Path, source: str, **more: str) -> str:
    """What `add` says, once a check has gone by the pack."""
    added = shipcheck(root, "pack", "add", source, **more)
    assert f"added {NAME}@1.2.0 from {source}" in added
    assert f"{NAME} 1.2.0" in shipcheck(root, "check")
    return added


def expect_update(said: str) -> None:
    assert f"added {NAME}@1.3.0 (was 1.2.0) from " in said
    assert f"\n  policy {NAME}/agent-review is added\n" in said
    assert f"\n  policy {NAME}/agent-title was removed\n" in said
    assert f"\n  policy {NAME}/agent-owner is looser than in 1.2.0\n" in said


def settled(root: Path) -> None:
    """Only the new version is there, as it was added, and judges."""
    assert f"verified {NAME}@1.3.0: " in shipcheck(root, "pack", "verify")
    assert f"{NAME} 1.3.0" in shipcheck(root, "check")
    assert sorted(path.name for path in (root / ".shipcheck/packs/acme").iterdir()) == [
        "agents-base@1.3.0",
        "agents-base@1.3.0.sha256",
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return consumer(tmp_path / "consumer")


def test_from_a_folder(root: Path, tmp_path: Path) -> None:
    put(tmp_path / "base", OLD)
    add_and_check(root, "path:../base")
    assert f"{NAME}@1.2.0 is unchanged at path:../base" in shipcheck(root, "pack", "update")
    put(tmp_path / "base", NEW)
    expect_update(shipcheck(root, "pack", "update", NAME))
    settled(root)


@pytest.mark.needs("git")
def test_tests_of_a_pack_of_the_repository_are_no_manifests(tmp_path: Path) -> None:
    """What the lock file names, as the base has it; a pack that is new there counts at once, and nothing else looks like one."""
    fixture = b"shipcheck: 1\nagents:\n  nobody: {}\n"
    files = {**OLD, "tests/agent-owner/fail/shipcheck.yaml": fixture}
    top = create(tmp_path / "top", {"shipcheck.yaml": MANIFEST, ".shipcheck/settings.yaml": "shipcheck: 1\npacks: [core]\n"})
    top.git("switch", "--quiet", "--create", "change")
    put(top.top / "packs/base", files)
    assert "nobody has no owner" in run(top.top, "check").stdout
    shipcheck(top.top, "pack", "add", "path:packs/base")
    assert " 1 manifest " in shipcheck(top.top, "check")
    top.commit()
    assert " 1 manifest " in run(top.top, "check", "--base", "main").stdout
    lock = top.top / ".shipcheck/lock.yaml"
    top.git("switch", "--quiet", "main")
    top.commit({"svc/pack.yaml": "", "svc/tests/shipcheck.yaml": fixture.decode()})
    top.git("switch", "--quiet", "change")
    top.git("merge", "--quiet", "main")
    lock.write_text(lock.read_text("utf-8").replace("path:packs/base", "path:svc"), "utf-8")
    top.commit()
    assert "svc/tests/shipcheck.yaml:3" in run(top.top, "check", "--base", "main", "--format", "concise").stdout


@pytest.mark.needs("git")
def test_from_a_git_server(root: Path, tmp_path: Path) -> None:
    served = create(tmp_path / "served" / "packs", {"README.md": "packs"})
    put(served.top / "base", OLD)
    first = served.commit()
    with web({"*": git_backend(served.top.parent)}) as server:
        added = add_and_check(root, f"git+{server.url('/packs/.git')}@main//base")
        assert f"  resolved  {first}\n" in added
        put(served.top / "base", NEW)
        second = served.commit()
        said = shipcheck(root, "pack", "update")
        assert f"  resolved  {second}\n" in said
        expect_update(said)
    settled(root)


@pytest.mark.needs("git")
@pytest.mark.parametrize(
    ("tags", "newest"),
    [
        (("v1.3.0", "v1.10.0", "v1.9.0", "v2.0.0-rc1", "other-9.0.0", "v1.11"), "v1.10.0"),
        (("v1.1.0",), ""),
        ((), ""),
    ],
)
def test_an_update_from_a_tag_names_a_later_one(root: Path, tmp_path: Path, tags: tuple[str, ...], newest: str) -> None:
    served = create(tmp_path / "served" / "packs", {"README.md": "packs"})
    put(served.top / "base", OLD)
    served.commit()
    for tag in ("v1.2.0", *tags):
        served.git("tag", tag)
    source = f"git+{served.top.as_uri()}@{{}}//base"
    add_and_check(root, source.format("v1.2.0"))
    said = shipcheck(root, "pack", "update")
    assert said.splitlines()[0] == f"{NAME}@1.2.0 is unchanged at {source.format('v1.2.0')}"
    expected = [f"next  a later version is there; run 'shipcheck pack add {source.format(newest)}'"] if newest else []
    assert said.splitlines()[1:] == expected


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with registry(tmp_path_factory.mktemp("registry")) as running:
        yield running


@pytest.mark.needs("docker-registry")
def test_from_a_registry(root: Path, tmp_path: Path, place: str) -> None:
    target = f"oci://{place}/acme/agents-base"
    for files in (OLD, NEW):
        put(tmp_path / "base", files)
        assert "published acme/agents-base@" in shipcheck(root, "pack", "publish", "../base", target)
    assert "  resolved  sha256:" in add_and_check(root, f"{target}:1.2.0")
    expect_update(shipcheck(root, "pack", "add", f"{target}:1.3.0"))
    settled(root)


def move(place: str, repository: str, version: str, tag: str) -> None:
    """Let a tag stand for a version, as other tools move tags about."""
    kind = {"Accept": "application/vnd.oci.image.manifest.v1+json"}
    with urlopen(Request(f"http://{place}/v2/{repository}/manifests/{version}", headers=kind)) as found:
        held = found.read()
    kind = {"Content-Type": kind["Accept"]}
    with urlopen(Request(f"http://{place}/v2/{repository}/manifests/{tag}", held, kind, method="PUT")):
        pass


@pytest.mark.needs("docker-registry")
def test_from_a_tag_that_moves(root: Path, tmp_path: Path, place: str) -> None:
    target = f"oci://{place}/acme/moving"
    for files in (OLD, NEW):
        put(tmp_path / "base", files)
        shipcheck(root, "pack", "publish", "../base", target)
    move(place, "acme/moving", "1.2.0", "stable")
    add_and_check(root, f"{target}:stable")
    assert f"{NAME}@1.2.0 is unchanged at {target}:stable" in shipcheck(root, "pack", "update")
    move(place, "acme/moving", "1.3.0", "stable")
    expect_update(shipcheck(root, "pack", "update"))
    settled(root)


@pytest.mark.needs("docker-registry")
def test_a_version_in_a_registry_stays_what_it_is(root: Path, tmp_path: Path, place: str) -> None:
    target = f"oci://{place}/acme/frozen"
    put(tmp_path / "base", OLD)
    shipcheck(root, "pack", "publish", "../base", target)
    shipcheck(root, "pack", "publish", "../base", f"{target}:1.2.0")
    put(tmp_path / "base", pack("1.2.0", {"agent-owner": "note"}))
    refused = run(root, "pack", "publish", "../base", target, **LOCAL)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "1.2.0 is already published with different content; publish a new version" in refused.stderr
    assert run(root, "pack", "publish", "../base", f"{target}:latest", **LOCAL).returncode == 2


def test_from_an_archive_over_https(root: Path, tmp_path: Path) -> None:
    certificate = write_certificate(tmp_path / "server.pem")
    put(tmp_path / "base", OLD)
    shipcheck(root, "pack", "publish", "../base", "../base.tar.gz")
    archives = {"/base.tar.gz": (tmp_path / "base.tar.gz").read_bytes()}
    assert archives["/base.tar.gz"] == pack_archive(OLD)
    with web({"*": lambda handler: handler.reply(archives[handler.path])}, certificate) as server:
        source = server.url("/base.tar.gz")
        assert "  resolved  sha256:" in add_and_check(root, source, SSL_CERT_FILE=str(certificate))
        archives["/base.tar.gz"] = pack_archive(NEW)
        expect_update(shipcheck(root, "pack", "update", SSL_CERT_FILE=str(certificate)))
    settled(root)


def test_from_an_installed_package(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "1.2.0", "1.2.0", OLD)
    monkeypatch.syspath_prepend(str(tmp_path / "1.2.0"))
    assert "  resolved  acme-packs==1.2.0\n" in add_and_check(root, "pypi:acme-packs")
    install(tmp_path / "1.3.0", "1.3.0", NEW)
    monkeypatch.syspath_prepend(str(tmp_path / "1.3.0"))
    said = shipcheck(root, "pack", "update")
    assert "  resolved  acme-packs==1.3.0\n" in said
    expect_update(said)
    settled(root)


def install(site: Path, version: str, files: dict[str, bytes]) -> None:
    """A wheel with the pack in it, installed by pip."""
    source = site.parent / f"source-{version}"
    put(source / "acme_packs" / "agents_base", files)
    (source / "acme_packs" / "__init__.py").write_text("raise SystemExit('code of a pack ran')\n")
    (source / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        f'[project]\nname = "acme-packs"\nversion = "{version}"\n'
        f'[project.entry-points."shipcheck.packs"]\n"{NAME}" = "acme_packs.agents_base"\n'
    )
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", str(site), str(source)], check=True)


def test_two_who_add_packs_at_the_same_time_can_merge(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "consumer")
    repository.top.mkdir()
    repository.git("init", "--quiet")
    consumer(repository.top)
    (repository.top / ".shipcheck/settings.yaml").write_text("shipcheck: 1\npacks: [core, a/a, m/m, z/z]\n")
    for name in ("a/a", "m/m", "z/z"):
        put(tmp_path / name.partition("/")[0], pack("1.0.0", name=name))
    shipcheck(repository.top, "pack", "add", "../m")
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "one")
    shipcheck(repository.top, "pack", "add", "../a")
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "two", "main")
    shipcheck(repository.top, "pack", "add", "../z")
    repository.commit()
    repository.git("merge", "--quiet", "--no-edit", "one")
    shipcheck(repository.top, "check")
