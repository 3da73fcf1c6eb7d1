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
        ("git+ext::sh -c id", "is no source of packs"),
        ("git+ext://h.example/a", "is no source of packs"),
        ("git+git://h.example/a", "is no source of packs"),
        ("git+ftp://h.example/a", "is no source of packs"),
        ("ftp://h.example/a.tar.gz", "is no source of packs"),
        ("file:///a.tar.gz", "is no source of packs"),
        ("git+https://-oProxyCommand=id/a", "names no host"),
        ("git+ssh://-oProxyCommand=id/a", "names no host"),
        ("git+https:///a", "names no host"),
        ("git+file://h.example/a", "names another machine"),
        ("git+https://h.example:port/a", "is no address"),
        ("git+https://h.example/a@-x", "'-x' is no branch, tag or commit"),
        ("git+https://h.example/a@--upload-pack=id", "is no branch, tag or commit"),
        ("git+https://h.example/a@a..b", "is no branch, tag or commit"),
        ("git+https://h.example/a@a:b", "is no branch, tag or commit"),
        ("git+https://h.example/a@+a", "is no branch, tag or commit"),
        ("git+https://h.example/a@", "'' is no branch, tag or commit"),
        ("git+https://h.example/a//../b", "is no folder inside the source"),
        ("git+https://h.example/a//b/", "is no folder inside the source"),
        ("git+https://h.example/a//:(glob)**", "is no folder inside the source"),
        ("git+https://h.example/a//-x", "is no folder inside the source"),
        ("oci://h.example/a", "names no artifact"),
        ("oci://h.example/A:1", "names no artifact"),
        ("oci://h.example/a@sha256:ab", "names no artifact"),
        ("oci://h.example/../a:1", "names no artifact"),
        ("https://h.example/a.zip", "names no archive"),
        ("https://h.example/", "names no archive"),
        ("pypi:", "names no package"),
        ("pypi:-x", "names no package"),
        ("pypi:a==1", "names no package"),
        ("a\nb", "can be printed"),
        ("a" * 2001, "at most 2000 characters"),
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
