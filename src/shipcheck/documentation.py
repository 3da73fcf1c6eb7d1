"""The addresses of the pages of built-in policies."""

from typing import Protocol

from shipcheck import assets

# The Documentation URL of pyproject.toml, without a slash at its end: the address of the folder docs/. While it is empty, no
# output links to a page. It is repeated here because installed metadata is slow to read, and missing in a checkout.
URL = ""


class Documented(Protocol):
    """A policy, or a rule that is part of the tool."""

    @property
    def pack(self) -> str:
        """The name of its pack."""

    @property
    def id(self) -> str:
        """Its name in the pack."""


def page_path(policy: Documented) -> str:
    """The path of the policy's page below docs/."""
    return f"policies/{policy.pack}/{policy.id}.md"


def policy_page(policy: Documented) -> str:
    """The address of the policy's page; empty if the project has no Documentation URL or the pack is not built in."""
    if not URL or not (assets.policies() / policy.pack / "pack.yaml").is_file():
        return ""
    return f"{URL}/{page_path(policy)}"
