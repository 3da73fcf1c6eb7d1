"""The address of a repository as it may appear in a report: without user names and passwords, or not at all."""

import re
from pathlib import Path

from shipcheck.sources.git import ask_git, repository_top

# Hosts whose addresses for ssh and for browsers differ only in the scheme.
_SAME = frozenset({"github.com", "gitlab.com", "bitbucket.org"})
_SCHEMES = frozenset({"https", "http", "ssh"})
_SHORT = re.compile(r"(?:[^@/:]+@)?(?P<host>[^@/:]+\.[^@/:]+):(?P<path>[^:]+)")
_LONG = re.compile(
    r"(?P<scheme>[a-z]+)://(?:[^/?#]*@)?(?P<host>[^@/:?#]+)(?::(?P<port>\d{1,5}))?(?P<path>/[^?#]*)(?:[?#].*)?", re.DOTALL
)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PATH = re.compile(r"/[A-Za-z0-9._~/-]+")


def repository_address(folder: Path) -> str:
    """The address that the repository of a folder is fetched from, as a URI; empty if it is unknown or not on a network.

    Raises:
        CannotJudgeError: git is not installed.
    """
    if repository_top(folder) is None:
        return ""
    return plain_address(ask_git(folder, "remote", "get-url", "origin") or "")


def plain_address(text: str) -> str:
    """The address without user, password, query and fragment; empty if it cannot be parsed reliably."""
    short = _SHORT.fullmatch(text)
    if short and "://" not in text:
        return _address("ssh", short["host"], None, f"/{short['path'].lstrip('/')}")
    long = _LONG.fullmatch(text)
    return _address(long["scheme"], long["host"], long["port"], long["path"]) if long else ""


def _address(scheme: str, host: str, port: str | None, path: str) -> str:
    if scheme not in _SCHEMES or not _HOST.fullmatch(host) or not _PATH.fullmatch(path):
        return ""
    host = host.lower()
    if host in _SAME and port is None:
        return f"https://{host}{path.rstrip('/').removesuffix('.git')}"
    return f"{scheme}://{host}{'' if port is None else f':{port}'}{path}"
