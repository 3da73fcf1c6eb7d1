"""Packs from real git repositories: by path, by git's own server over http, and as plain files; hostile ones are refused."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.repository import Repository, create
from tests.support.servers import Handler, Server, git_backend, web

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetch import fetch
from shipcheck.fetch.fetched import Fetched, Limits
from shipcheck.fetch.source_address import parse_address

pytestmark = pytest.mark.needs("git")
LIMITS = Limits(20, 1024 * 1024, 256 * 1024, 30.0)
FILES = {"pack.yaml": "pack: top\n", ".gitignore": "x\n", "packs/a/pack.yaml": "pack: a\n", "packs/a/docs/a.md": "# A\n"}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("NO_PROXY", "*")
    return create(tmp_path / "served" / "packs", FILES)


@pytest.fixture
def server(repository: Repository) -> Iterator[Server]:
    with web({"*": git_backend(repository.top.parent)}) as running:
        yield running


def got(source: str, limits: Limits = LIMITS) -> Fetched:
    return fetch(parse_address(source), Path(), limits, lambda *_: None)


def refusal(source: str, limits: Limits = LIMITS) -> str:
    with pytest.raises(CannotJudgeError) as refused:
        got(source, limits)
    return str(refused.value).removeprefix(f"{source}: ")


def local(repository: Repository, ref: str = "") -> str:
    return f"git+file://{repository.top}{ref}"


def test_files_and_commit_are_fetched_from_gits_own_server(server: Server, repository: Repository) -> None:
    commit = repository.git("rev-parse", "HEAD")
    found = got(f"git+{server.url('/packs/.git')}@main//packs/a")
    assert found == Fetched({"pack.yaml": b"pack: a\n", "docs/a.md": b"# A\n"}, commit)
    assert set(got(f"git+{server.url('/packs/.git')}").files) == {"pack.yaml", "packs/a/pack.yaml", "packs/a/docs/a.md"}


def test_files_are_fetched_from_a_server_that_only_has_files(repository: Repository) -> None:
    repository.git("update-server-info")

    def plain(handler: Handler) -> None:
        file = repository.top / ".git" / handler.path.partition("?")[0].removeprefix("/a/")
        handler.reply(file.read_bytes(), Content_Type="text/plain") if file.is_file() else handler.reply(b"", 404)

    with web({"*": plain}) as server:
        assert got(f"git+{server.url('/a')}@main//packs/a").files["pack.yaml"] == b"pack: a\n"


def test_a_tag_a_branch_and_a_commit_mean_what_they_say(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.git("tag", "--annotate", "--message=one", "v1.0.0")
    second = repository.commit({"pack.yaml": "pack: newer\n"})
    assert got(local(repository, "@v1.0.0")).resolved == first
    assert got(local(repository, "@main")).resolved == second
    assert got(local(repository, f"@{first}")) == got(local(repository, "@v1.0.0"))
    assert got(local(repository)).files["pack.yaml"] == b"pack: newer\n"


def test_what_is_not_there_is_a_reason(repository: Repository, tmp_path: Path) -> None:
    assert "git fetch failed: fatal: couldn't find remote ref" in refusal(local(repository, "@no-such-branch"))
    assert "git fetch failed" in refusal(local(repository, f"@{'0' * 40}"))
    assert "git fetch failed" in refusal(f"git+file://{tmp_path}/nothing")
    assert got(local(repository, "@main//no/such/folder")).files == {}


def test_links_submodules_and_pointers_are_refused(repository: Repository) -> None:
    (repository.top / "packs/a/link.yaml").symlink_to("/etc/passwd")
    repository.commit()
    assert refusal(local(repository, "//packs/a")) == "link.yaml is a symbolic link; a pack can only contain regular files"
    (repository.top / "packs/a/link.yaml").unlink()
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.git('rev-parse', 'HEAD')},packs/a/inner")
    repository.git("commit", "--quiet", "--message=submodule")
    assert refusal(local(repository, "//packs/a")) == "inner is a submodule; a pack can only contain regular files"
    repository.git("rm", "--quiet", "--cached", "packs/a/inner")
    repository.commit({"packs/a/big.yaml": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"})
    assert refusal(local(repository, "//packs/a")) == "big.yaml is in Git LFS; a pack must contain its files"


def test_more_than_a_pack_may_hold_is_refused_before_it_is_read(repository: Repository) -> None:
    repository.commit({"packs/a/large.yaml": "x" * 300_000})
    assert refusal(local(repository, "//packs/a")).startswith("large.yaml has 300,000 bytes")
    many = {f"packs/b/{number}.yaml": "x" for number in range(21)}
    repository.commit(many)
    assert "more than 20 files" in refusal(local(repository, "//packs/b"))
    assert "more than 20 files or 1,048,576 bytes" in refusal(local(repository, "//packs/b"))


def test_nothing_of_the_repository_runs_and_nothing_is_left(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    script = f"#!/bin/sh\ntouch '{ran}'\nexec cat\n"
    for hook in ("post-checkout", "post-merge", "reference-transaction", "pre-upload"):
        (repository.top / ".git/hooks").mkdir(exist_ok=True)
        (repository.top / ".git/hooks" / hook).write_text(script)
        (repository.top / ".git/hooks" / hook).chmod(0o755)
    (repository.top / ".gitattributes").write_text("*.yaml filter=evil\n")
    repository.git("config", "filter.evil.smudge", f"touch '{ran}'; cat")
    repository.git("config", "uploadpack.packObjectsHook", f"touch '{ran}'; exec")
    repository.commit()
    ran.unlink(missing_ok=True)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    assert "pack.yaml" in got(local(repository)).files
    assert not ran.exists()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_redirect_of_a_git_server_is_refused(repository: Repository) -> None:
    with web({"*": git_backend(repository.top.parent)}) as other:

        def elsewhere(handler: Handler) -> None:
            handler.reply(b"", 302, Location=other.url(handler.path))

        with web({"*": elsewhere}) as server:
            assert "git fetch failed" in refusal(f"git+{server.url('/packs/.git')}@main")
        assert other.asked == []


def silent(handler: Handler) -> None:
    handler.server.over.wait()


def test_a_git_server_that_keeps_silent_is_left(repository: Repository) -> None:
    assert repository.top.is_dir()
    with web({"*": silent}) as server:
        assert refusal(f"git+{server.url('/packs/.git')}@main", LIMITS._replace(seconds=0.3)) == "git timed out"


def test_an_environment_that_points_elsewhere_changes_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = create(tmp_path / "other", {"pack.yaml": "pack: other\n"})
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.top))
    assert got(local(repository)).files["pack.yaml"] == b"pack: top\n"
