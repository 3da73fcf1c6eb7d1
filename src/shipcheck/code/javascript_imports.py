"""Which file or package an import of TypeScript or JavaScript names."""

import json
from collections.abc import Iterator
from posixpath import normpath

from shipcheck.code.repository import Patterns, Repository

_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_SOURCES = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
_CONFIGS = ("tsconfig.json", "jsconfig.json")


def find_javascript(repository: Repository, importer: str, module: str) -> tuple[str, ...]:
    """The file that an import means; empty if it is of a package, or outside the repository."""
    folder = importer.rpartition("/")[0]
    key = (folder, module, 0)
    found = repository.import_targets.get(key)
    if found is None:
        found = repository.import_targets[key] = _find(repository, folder, module)
    return found


def _find(repository: Repository, folder: str, module: str) -> tuple[str, ...]:
    if module.startswith("."):
        found = _at(repository, normpath(f"{folder}/{module}" if folder else module))
        return (found,) if found else ()
    aliased = tuple(found for target in _aliases(repository, folder, module) if (found := _at(repository, target)))
    return aliased or _workspace(repository, module)


def _at(repository: Repository, base: str) -> str:
    if base.startswith("../") or base == "..":
        return ""
    base = "" if base == "." else base
    if base in repository.paths:
        return base
    for ending, sources in _SOURCES.items():
        if base.endswith(ending):
            for source in sources:
                if base.removesuffix(ending) + source in repository.paths:
                    return base.removesuffix(ending) + source
    for ending in _ENDINGS:
        for candidate in (base + ending, f"{base}/index{ending}" if base else f"index{ending}"):
            if candidate in repository.paths:
                return candidate
    return ""


def _aliases(repository: Repository, folder: str, module: str) -> Iterator[str]:
    """The paths that the nearest configuration of the compiler gives a name."""
    for base, patterns in _configured(repository, folder):
        for pattern, targets in patterns:
            head, star, tail = pattern.partition("*")
            if not star and module != pattern:
                continue
            if star and not (module.startswith(head) and module.endswith(tail) and len(module) >= len(head) + len(tail)):
                continue
            inner = module[len(head) : len(module) - len(tail)] if star else ""
            for target in targets:
                yield normpath(f"{base}/{target.replace('*', inner)}" if base else target.replace("*", inner))


def _configured(repository: Repository, folder: str) -> Iterator[tuple[str, Patterns]]:
    while True:
        for name in _CONFIGS:
            path = f"{folder}/{name}" if folder else name
            if path in repository.paths:
                if path not in repository.aliases:
                    repository.aliases[path] = _paths_of(repository.read(path) or b"")
                found = repository.aliases[path]
                if found is not None:
                    base, patterns = found
                    yield normpath(f"{folder}/{base}" if folder else base).removeprefix("./"), patterns
        if not folder:
            return
        folder = folder.rpartition("/")[0]


def _paths_of(content: bytes) -> tuple[str, Patterns] | None:
    """The base folder and the aliases of a configuration; None if it has none."""
    try:
        data = json.loads(_without_comments(content.decode("utf-8-sig", "replace")))
    except (ValueError, RecursionError):
        return None
    options = data.get("compilerOptions") if isinstance(data, dict) else None
    if not isinstance(options, dict):
        return None
    base = options.get("baseUrl")
    named = options.get("paths")
    patterns = [
        (str(key), tuple(str(target) for target in targets))
        for key, targets in (named.items() if isinstance(named, dict) else ())
        if isinstance(targets, list)
    ]
    if isinstance(base, str):
        patterns.append(("*", ("*",)))
    return (base if isinstance(base, str) else ".", tuple(patterns)) if patterns else None


def _without_comments(text: str) -> str:
    """JSON without the comments and trailing commas that configurations may have."""
    kept: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == '"':
            end = _text_end(text, at)
            kept.append(text[at:end])
            at = end
        elif text.startswith("//", at):
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif text.startswith("/*", at):
            end = text.find("*/", at + 2)
            at = len(text) if end < 0 else end + 2
        else:
            if char in "]}":
                _drop_comma(kept)
            kept.append(char)
            at += 1
    return "".join(kept)


def _text_end(text: str, start: int) -> int:
    at = start + 1
    while at < len(text) and text[at] != '"':
        at += 2 if text[at] == "\\" else 1
    return at + 1


def _drop_comma(kept: list[str]) -> None:
    while kept and kept[-1].isspace():
        kept.pop()
    if kept and kept[-1] == ",":
        kept.pop()


def _workspace(repository: Repository, module: str) -> tuple[str, ...]:
    """A package of the same repository, by the name in its `package.json`."""
    parts = module.split("/")
    count = 2 if module.startswith("@") else 1
    name, rest = "/".join(parts[:count]), "/".join(parts[count:])
    folder = _packages(repository).get(name)
    if folder is None:
        return ()
    bases = (f"src/{rest}", rest, f"{rest}/src") if rest else ("src/index", "index", "src/main", "lib/index", "src")
    for base in bases:
        found = _at(repository, f"{folder}/{base}" if folder else base)
        if found:
            return (found,)
    return ()


def _packages(repository: Repository) -> dict[str, str]:
    if repository.package_folders is not None:
        return repository.package_folders
    found: dict[str, str] = {}
    for path in sorted(repository.paths):
        if path == "package.json" or path.endswith("/package.json"):
            try:
                data = json.loads((repository.read(path) or b"").decode("utf-8-sig", "replace"))
            except (ValueError, RecursionError):
                continue
            name = data.get("name") if isinstance(data, dict) else None
            if isinstance(name, str) and name:
                found.setdefault(name, path.rpartition("/")[0])
    repository.package_folders = found
    return found
