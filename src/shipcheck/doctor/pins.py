"""Whether what is installed, used or included is the same tomorrow: a release, or a commit by its full name."""

import re
from collections.abc import Iterable, Sequence

from shipcheck.doctor.shell import Command
from shipcheck.model.doctor import Outcome

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_RELEASE = re.compile(r"v?\d+(?:\.\d+)+(?:[a-z0-9.+-]*)?")
_FULL_RELEASE = re.compile(r"v?\d+\.\d+\.\d+(?:[a-z0-9.+-]*)?")
_NAMED = re.compile(r"(?:--(?:from|with)=)?(shipcheck(?:\[[\w,-]*\])?)(?P<rest>(?:[=<>!~@].*)?)")
_INSTALLERS = frozenset({"pip", "pip3", "pipx", "uv", "uvx", "python", "python3", "py", "poetry", "pdm"})
_PINNED = re.compile(r"(?:===?|@)(?!latest)\d[\w.!+]*")
_GIT = re.compile(r"git\+[^@]+(?:@[^@/]+)?[^@]*@(?P<commit>[0-9a-f]{40})(?:#.*)?")

# What came out, in words, and the piece of the script that says so.
Pin = tuple[Outcome, str, str]


def is_commit(text: str) -> bool:
    """Whether that is the full name of a commit."""
    return _COMMIT.fullmatch(text) is not None


def is_release(text: str, *, full: bool = False) -> bool:
    """Whether that looks like the tag of a release, with `full` one that names three numbers."""
    return (_FULL_RELEASE if full else _RELEASE).fullmatch(text) is not None


def pin_of(commands: Iterable[Command]) -> Pin:
    """How these commands install shipcheck; the worst where they do so more than once."""
    found = [pin for command in commands if (pin := _pin(command.texts))]
    if not found:
        return "not_judged", "nothing here installs shipcheck, so its version cannot be told", ""
    order: tuple[Outcome, ...] = ("finding", "not_judged", "pass")
    return min(found, key=lambda pin: order.index(pin[0]))


def _pin(words: Sequence[str]) -> Pin | None:
    program = words[0].replace("\\", "/").rpartition("/")[2]
    if program not in _INSTALLERS:
        return None
    if "--require-hashes" in words:
        return "pass", "every package is installed by its hash", "--require-hashes"
    for word in words:
        if "shipcheck" in word and "git+" in word:
            return _git(word)
        found = _NAMED.fullmatch(word)
        if found and _installs(words, found["rest"]):
            return _named(word, found["rest"])
    return _from_file(words)


def _git(word: str) -> Pin:
    if _GIT.fullmatch(word):
        return "pass", "shipcheck is installed from one commit", word
    return "finding", "shipcheck is installed from whatever a branch or tag holds", word


def _installs(words: Sequence[str], rest: str) -> bool:
    """Whether a word that names shipcheck is to be installed, and is not only run."""
    verbs = {"install", "add", "--from", "--with"}
    return bool(rest) or bool(verbs & set(words)) or words[0].endswith("uvx") or words[:2] == ("pipx", "run")


def _named(word: str, rest: str) -> Pin:
    if _PINNED.fullmatch(rest):
        return "pass", f"{word} is one release", word
    return "finding", f"{word} is whatever release is the newest", word


def _from_file(words: Sequence[str]) -> Pin | None:
    if "install" not in words and "sync" not in words:
        return None
    if {"--locked", "--frozen"} & set(words):
        return "pass", "what is installed is locked", "sync"
    files = [word for word in words if word in {"-r", "--requirement", "sync"} or word.startswith(("-r", "--requirement="))]
    return (
        ("not_judged", "what is installed stands in a file that is not read here; add --require-hashes", files[0])
        if files
        else None
    )
