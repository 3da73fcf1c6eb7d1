"""Which commit the name of a revision means, and when it means several."""

from pathlib import Path

import pytest
from tests.support.repository import Repository, create

from shipcheck.errors import CannotJudgeError
from shipcheck.sources.revisions import commit_of

pytestmark = pytest.mark.needs("git")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two commits on main; a remote has both."""
    made = create(tmp_path / "r", {"a": "1"})
    made.commit({"a": "2"})
    made.git("update-ref", "refs/remotes/origin/main", "HEAD")
    return made


@pytest.mark.parametrize("name", ["main", "origin/main", "HEAD", "@", "main~0", "main^{commit}", "refs/heads/main", "heads/main"])
def test_names_that_agree_are_one_commit(repository: Repository, name: str) -> None:
    assert commit_of(repository.top, name, as_base=True) == repository.git("rev-parse", "HEAD")


def test_a_base_may_be_named_as_the_remote_names_it(repository: Repository) -> None:
    repository.git("update-ref", "refs/remotes/origin/release/1", "HEAD~1")
    assert commit_of(repository.top, "release/1", as_base=True) == repository.git("rev-parse", "HEAD~1")
    with pytest.raises(CannotJudgeError, match="'release/1' not found"):
        commit_of(repository.top, "release/1")


def test_an_annotated_tag_and_a_branch_of_one_commit_agree(repository: Repository) -> None:
    repository.git("tag", "--annotate", "--message=m", "main")
    assert commit_of(repository.top, "main", as_base=True) == repository.git("rev-parse", "HEAD")


@pytest.mark.parametrize("reference", ["refs/tags/main", "refs/heads/origin/main", "refs/remotes/other/main", "refs/main"])
def test_names_that_disagree_are_refused_with_both(repository: Repository, reference: str) -> None:
    repository.git("update-ref", reference, "HEAD~1")
    name = "origin/main" if "origin" in reference else "main"
    one, other = (repository.git("rev-parse", name)[:12] for name in ("HEAD", "HEAD~1"))
    with pytest.raises(CannotJudgeError, match=rf"'{name}' is ambiguous: .*; write the full name") as refused:
        commit_of(repository.top, name, as_base=True)
    assert f"{reference} is {other}" in str(refused.value)
    assert f"refs/remotes/origin/main is {one}" in str(refused.value)


def test_a_branch_by_the_name_of_a_hash_is_never_that_commit(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD~1")
    repository.git("update-ref", f"refs/tags/{first[:9]}", "HEAD")
    repository.git("update-ref", f"refs/remotes/origin/{'0' * 40}", "HEAD")
    assert commit_of(repository.top, first, as_base=True) == first
    with pytest.raises(CannotJudgeError, match=f"{first} is {first[:12]}"):
        commit_of(repository.top, first[:9], as_base=True)
    with pytest.raises(CannotJudgeError, match="not found"):
        commit_of(repository.top, "0" * 40, as_base=True)


def test_what_git_alone_knows_by_a_name_counts_too(repository: Repository) -> None:
    (repository.top / ".git/FETCH_HEAD").write_text(repository.git("rev-parse", "HEAD~1") + "\n")
    assert commit_of(repository.top, "FETCH_HEAD", as_base=True) == repository.git("rev-parse", "HEAD~1")
    repository.git("tag", "FETCH_HEAD", "HEAD")
    with pytest.raises(CannotJudgeError, match="'FETCH_HEAD' is ambiguous"):
        commit_of(repository.top, "FETCH_HEAD", as_base=True)
