"""AI frameworks that code imports and no detector knows, by the lines that import them.

Only what a line begins with, or what is in quotes behind `from`, `import` and `require`, is looked at: a file without a word of a
detector is never parsed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Ecosystem = Literal["pypi", "npm"]
_OR_LOCAL = ", or a module of this repository with the same name"
# Each part is possessive, so that no text takes long. An import that continues on the next line is read up to its first.
_PYTHON = re.compile(rb"\n[ \t]*+((?:from|import)[ \t][^\n]{1,2000}+)")
_NPM = re.compile(rb"(?:from|import|require)[ \t]*+\(?[ \t]*+([\"'`])([^\"'`\n]{1,214}+)\1")


@dataclass(frozen=True, slots=True)
class Frameworks:
    """The frameworks by their import, for each ecosystem, without those that a detector knows."""

    known: Mapping[str, Mapping[str, str]]

    def without(self, modules: Mapping[str, frozenset[str]]) -> "Frameworks":
        """Those that none of the modules belongs to, which detectors are about, by ecosystem."""
        return Frameworks({name: _without(found, modules.get(name, frozenset())) for name, found in self.known.items()})

    def imported(self, ecosystem: Ecosystem, content: bytes, local: frozenset[str] = frozenset()) -> Iterator[tuple[str, int]]:
        """The frameworks that a file imports, each with its first line.

        `local` are the modules of the repository: one of them may be meant, and the text says so.
        """
        found = self.known[ecosystem]
        sign = b"." if ecosystem == "pypi" else b"/"
        firsts = {key.encode().partition(sign)[0] for key in found}
        seen: set[str] = set()
        for name, offset in _python_modules(content) if ecosystem == "pypi" else _npm_packages(content):
            module = name.decode("utf-8", "replace") if name.partition(sign)[0] in firsts else ""
            title = _title(module, found) if module else ""
            if title and title not in seen:
                seen.add(title)
                line = content.count(b"\n", 0, offset) + 1
                yield f"{title}{_OR_LOCAL}" if module.partition(".")[0] in local else title, line


def local_modules(paths: Iterable[str]) -> frozenset[str]:
    """The names that Python may import from the repository itself: its Python files, and the folders that hold any."""
    found: set[str] = set()
    for path in paths:
        if path.endswith(".py"):
            *folders, name = path.split("/")
            found.add(name.removesuffix(".py"))
            found.update(folders)
    return frozenset(found)


def _without(found: Mapping[str, str], modules: frozenset[str]) -> dict[str, str]:
    """The imports that are none of the modules, are in none and hold none. One that ends with `/` is any that begins so."""
    inside = {begin for module in modules for begin in _begins(module)}
    return {key: title for key, title in found.items() if key not in inside and modules.isdisjoint(_begins(key))}


def _begins(module: str) -> Iterator[str]:
    """A module and all that it is in: `@a/b` is in `@a` and in `@a/`, `a.b` in `a`."""
    yield module
    for at, letter in enumerate(module):
        if letter in "./":
            yield module[:at]
        if letter == "/":
            yield module[: at + 1]


def _title(module: str, found: Mapping[str, str]) -> str:
    """The framework of a module, by its whole name or the names that it begins with."""
    sign = "/" if "/" in module or module.startswith("@") else "."
    parts = module.split(sign)[:8]
    for size in range(len(parts), 0, -1):
        key = sign.join(parts[:size])
        title = found.get(key) or found.get(f"{key}/")
        if title:
            return title
    return ""


def _python_modules(content: bytes) -> Iterator[tuple[bytes, int]]:
    """The modules that lines import, each with the offset of a byte of its line."""
    # A pattern that begins with a line break is ten times as fast as one that may begin with the text.
    for match in _PYTHON.finditer(b"\n" + content):
        for module in _modules_of(match[1]):
            yield module, match.start(1) - 1


def _modules_of(line: bytes) -> Iterator[bytes]:
    words = line.split(None, 2)
    if words[0] == b"from" and len(words) > 1:
        # `from google import genai` imports `google.genai`.
        names = words[2].removeprefix(b"import").replace(b"(", b" ").split(b",") if len(words) > 2 else []
        yield words[1]
        yield from (words[1] + b"." + name.split()[0] for name in names if name.split())
    elif words[0] == b"import":
        yield from (name.split()[0] for name in b" ".join(words[1:]).split(b",") if name.split())


def _npm_packages(content: bytes) -> Iterator[tuple[bytes, int]]:
    """What is in quotes directly behind a word that imports, in comments too: naming one too many does no harm."""
    for match in _NPM.finditer(content):
        yield match[2], match.start(2)
