"""Addresses of packs: what each form means, and what no address may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipcheck.errors import UsageError
from shipcheck.fetch.source_address import Address, parse_address

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("path:../packs/a", Address("path", "../packs/a", "path:../packs/a", local=True)),
        ("packs/a", Address("path", "packs/a", "path:packs/a", local=True)),
        ("git+https://h.example/a.git", Address("git", "https://h.example/a.git", "git+https://h.example/a.git")),
        (
            "git+https://h.example/a.git@v1.2.0//packs/a",
            Address("git", "https://h.example/a.git", "git+https://h.example/a.git@v1.2.0//packs/a", "v1.2.0", "packs/a"),
        ),
        (
            "git+ssh://git@h.example/a.git@release/1",
            Address("git", "ssh://git@h.example/a.git", "git+ssh://git@h.example/a.git@release/1", "release/1"),
        ),
        (
            "git+file:///srv/a@main",
            Address("git", "file:///srv/a", "git+file:///srv/a@main", "main", local=True),
        ),
        (
            "git+http://localhost:8000/a@main",
            Address("git", "http://localhost:8000/a", "git+http://localhost:8000/a@main", "main", local=True),
        ),
        ("oci://h.example/acme/a:1.2.0", Address("oci", "h.example/acme/a", "oci://h.example/acme/a:1.2.0", "1.2.0")),
        (
            f"oci://127.0.0.1:5000/a@{DIGEST}",
            Address("oci", "127.0.0.1:5000/a", f"oci://127.0.0.1:5000/a@{DIGEST}", DIGEST, local=True),
        ),
        (f"oci://h.example/a:1@{DIGEST}", Address("oci", "h.example/a", f"oci://h.example/a:1@{DIGEST}", DIGEST)),
        ("https://h.example/a.tar.gz", Address("archive", "https://h.example/a.tar.gz", "https://h.example/a.tar.gz")),
        (
            "https://h.example/a.tgz//packs/a",
            Address("archive", "https://h.example/a.tgz", "https://h.example/a.tgz//packs/a", folder="packs/a"),
        ),
        ("pypi:acme-packs", Address("package", "acme-packs", "pypi:acme-packs", local=True)),
        ("pypi:acme#acme/a", Address("package", "acme", "pypi:acme#acme/a", "acme/a", local=True)),
    ],
)
def test_an_address_is_taken_apart(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("git+https://user:token@h.example/a.git", "a user name or a password"),
        ("git+https://token@h.example/a.git", "a user name or a password"),
        ("git+ssh://git:word@h.example/a.git", "a user name or a password"),
        ("https://u:p@h.example/a.tar.gz", "a user name or a password"),
        ("oci://u:p@h.example/a:1", "a user name or a password"),
        ("https://h.example/a.tar.gz?token=x", "a part after '?' or '#'"),
        ("git+https://h.example/a#x", "a part after '?' or '#'"),
        ("git+http://h.example/a.git", "is not encrypted"),
        ("http://h.example/a.tar.gz", "is not encrypted"),
        ("http://127.0.0.1.h.example/a.tar.gz", "is not encrypted"),
        ("git+ext::sh -c id", "is not a valid source"),
        ("git+ext://h.example/a", "is not a valid source"),
        ("git+git://h.example/a", "is not a valid source"),
        ("git+ftp://h.example/a", "is not a valid source"),
        ("ftp://h.example/a.tar.gz", "is not a valid source"),
        ("file:///a.tar.gz", "is not a valid source"),
        ("git+https://-oProxyCommand=id/a", "has no host"),
        ("git+ssh://-oProxyCommand=id/a", "has no host"),
        ("git+https:///a", "has no host"),
        ("git+file://h.example/a", "names another machine"),
        ("git+https://h.example:port/a", "is not a valid address"),
        ("git+https://h.example/a@-x", "'-x' is not a valid branch, tag or commit"),
        ("git+https://h.example/a@--upload-pack=id", "is not a valid branch, tag or commit"),
        ("git+https://h.example/a@a..b", "is not a valid branch, tag or commit"),
        ("git+https://h.example/a@a:b", "is not a valid branch, tag or commit"),
        ("git+https://h.example/a@+a", "is not a valid branch, tag or commit"),
        ("git+https://h.example/a@", "'' is not a valid branch, tag or commit"),
        ("git+https://h.example/a//../b", "is not a folder inside the source"),
        ("git+https://h.example/a//b/", "is not a folder inside the source"),
        ("git+https://h.example/a//:(glob)**", "is not a folder inside the source"),
        ("git+https://h.example/a//-x", "is not a folder inside the source"),
        ("oci://h.example/a", "does not name an artifact"),
        ("oci://h.example/A:1", "does not name an artifact"),
        ("oci://h.example/a@sha256:ab", "does not name an artifact"),
        ("oci://h.example/../a:1", "does not name an artifact"),
        ("https://h.example/a.zip", "does not name an archive"),
        ("https://h.example/", "does not name an archive"),
        ("pypi:", "does not name a package"),
        ("pypi:-x", "does not name a package"),
        ("pypi:a==1", "does not name a package"),
        ("a\nb", "printable characters"),
        ("a" * 2001, "at most 2000 printable characters"),
    ],
)
def test_an_address_that_cannot_be_trusted_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_address(text)
    assert reason in str(refused.value)
    assert "token@" not in str(refused.value)


@given(st.sampled_from(["", "git+", "git+https://", "oci://", "https://", "pypi:", "path:"]), st.text(max_size=40))
def test_any_text_is_an_address_or_a_reason(start: str, text: str) -> None:
    try:
        found = parse_address(start + text)
    except UsageError:
        return
    assert parse_address(found.text) == found
