"""Whether what is installed, used or included is pinned: to a release, or to a full commit hash."""

import re
from collections.abc import Iterable, Sequence

from shipcheck.doctor.shell_parser import Command
from shipcheck.model.doctor import Outcome

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_RELEASE = re.compile(r"v?\d+(?:\.\d+)+(?:[a-z0-9.+-]*)?")
_FULL_RELEASE = re.compile(r"v?\d+\.\d+\.\d+(?:[a-z0-9.+-]*)?")
# The package index has another tool under the name without a suffix.
_NAMED = re.compile(r"(?:--(?:from|spec|with)=)?shipcheck(?P<suffix>[-_.]ai)?(?:\[[\w,-]*\])?(?P<rest>(?:[=<>!~@].*)?)")
_INSTALLERS = frozenset({"pip", "pip3", "pipx", "uv", "uvx", "python", "python3", "py", "poetry", "pdm"})
_OTHER_INDEX = frozenset({"-i", "--index-url", "--extra-index-url", "--index", "--default-index", "-f", "--find-links"})
_PINNED = re.compile(r"(?:===?|@)(?!latest)\d[\w.!+]*")
_GIT = re.compile(r"git\+[^@]+(?:@[^@/]+)?[^@]*@(?P<commit>[0-9a-f]{40})(?:#.*)?")

# The outcome, its message, and the piece of the script that it is about.
Pin = tuple[Outcome, str, str]


def is_commit(text: str) -> bool:
    """Whether the text is a full commit hash."""
    return _COMMIT.fullmatch(text) is not None


def is_release(text: str, *, full: bool = False) -> bool:
    """Whether the text looks like the tag of a release; with `full`, one of three numbers."""
    return (_FULL_RELEASE if full else _RELEASE).fullmatch(text) is not None


def pin_of(commands: Iterable[Command]) -> Pin:
    """How these commands install shipcheck; the worst answer if they do so more than once."""
    pins = [pin for command in commands if (pin := _pin(command.texts))]
    if not pins:
        return "not_judged", "nothing here installs shipcheck, so its version is unknown", ""
    order: tuple[Outcome, ...] = ("finding", "not_judged", "pass")
    return min(pins, key=lambda pin: order.index(pin[0]))


def _pin(words: Sequence[str]) -> Pin | None:
    program = words[0].replace("\\", "/").rpartition("/")[2]
    if program not in _INSTALLERS:
        return None
    if "--require-hashes" in words:
        return "pass", "every package is installed by its hash", "--require-hashes"
    if other := next((word for word in words if word.partition("=")[0] in _OTHER_INDEX), None):
        return "finding", f"{other.partition('=')[0]} installs from another index, whose files can differ", other
    for word in words:
        if "shipcheck" in word and "git+" in word:
            return _git(word)
        match = _NAMED.fullmatch(word)
        if match and _installs(words, match["rest"]):
            return _named(words, match)
    return _from_file(words)


def _git(word: str) -> Pin:
    if _GIT.fullmatch(word):
        return "pass", "shipcheck is installed from one commit", word
    return "finding", "shipcheck is installed from a branch or tag", word


def _installs(words: Sequence[str], rest: str) -> bool:
    """Whether a word that names shipcheck is to be installed, not only run."""
    verbs = {"install", "add", "--from", "--with"}
    return bool(rest) or bool(verbs & set(words)) or words[0].endswith("uvx") or words[:2] == ("pipx", "run")


def _named(words: Sequence[str], match: re.Match[str]) -> Pin:
    word, rest = match[0], match["rest"]
    is_program = not rest and any(option.startswith(("--from", "--spec")) for option in words)
    if not match["suffix"] and not is_program:
        return "finding", f"{word} is another tool; this one is installed as shipcheck-ai", word
    if _PINNED.fullmatch(rest):
        return "pass", f"{word} is an exact version", word
    return "finding", f"{word} is not pinned to a release", word


def _from_file(words: Sequence[str]) -> Pin | None:
    if "install" not in words and "sync" not in words:
        return None
    if {"--locked", "--frozen"} & set(words):
        return "pass", "the installed versions are locked", "sync"
    files = [word for word in words if word in {"-r", "--requirement", "sync"} or word.startswith(("-r", "--requirement="))]
    return (
        ("not_judged", "the versions are in a requirements file that doctor does not read; add --require-hashes", files[0])
        if files
        else None
    )
