"""The address of a repository holds no secret, and is never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipcheck.sources.remote_address import plain_address


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("https://github.com/org/name.git", "https://github.com/org/name"),
        ("https://user:secret@github.com/org/name", "https://github.com/org/name"),
        ("https://oauth2:secret@git.example.com:8443/org/name.git?x=1#y", "https://git.example.com:8443/org/name.git"),
        ("git@github.com:org/name.git", "https://github.com/org/name"),
        ("ssh://git@gitlab.com/org/group/name.git", "https://gitlab.com/org/group/name"),
        ("ssh://git@git.example.com:2222/org/name.git", "ssh://git.example.com:2222/org/name.git"),
        ("git@git.example.com:org/name.git", "ssh://git.example.com/org/name.git"),
        ("work:org/name.git", ""),
        ("/home/me/name", ""),
        ("../name", ""),
        ("file:///home/me/name", ""),
        ("C:/Users/me/name", ""),
        ("https://git.example.com/", ""),
        ("https://git.example.com:port/name", ""),
        ("https://[::1/name", ""),
        ("ext::sh -c true", ""),
        ("", ""),
    ],
)
def test_an_address_as_it_may_be_written_into_a_report(written: str, plain: str) -> None:
    assert plain_address(written) == plain


@given(st.text(max_size=20), st.text(st.characters(exclude_characters="/@:?#[]"), min_size=5, max_size=20))
def test_a_password_is_never_told(user: str, password: str) -> None:
    for text in (f"https://{user}:{password}@example.com/o/n", f"ssh://{user}:{password}@example.com/o/n"):
        assert plain_address(text) in {"", text[: text.index("//")] + "//example.com/o/n"}
