"""The source files of a repository as modules: each is read and parsed once, when it is first asked for."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

from shipcheck.code.bounded_parse import TooSlowError
from shipcheck.code.form import Form, Span
from shipcheck.code.limits import refusal
from shipcheck.code.scopes import Scope

Read = Callable[[str], bytes | None]
# The aliases of imports, with what each means.
Patterns = tuple[tuple[str, tuple[str, ...]], ...]
FrontEnd = Callable[[str, bytes], Form | None]
# The front ends of each extension, in the order in which they are tried: module and function.
_PYTHON = (("python_ast", "read_python"), ("python_tree", "read_python_tree"))
_JAVASCRIPT = (("javascript.front", "read_javascript"),)
_FRONT_ENDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "py": _PYTHON,
    "pyi": _PYTHON,
    **dict.fromkeys(("ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx"), _JAVASCRIPT),
}
PYPI, NPM = "pypi", "npm"
ECOSYSTEMS: Mapping[str, str] = {extension: PYPI if ends is _PYTHON else NPM for extension, ends in _FRONT_ENDS.items()}


def extension_of(path: str) -> str:
    """The extension of a file, without its dot."""
    return path.rpartition("/")[2].rpartition(".")[2].lower()


@lru_cache(maxsize=1 << 14)
def ecosystem_of(path: str) -> str:
    """Where the packages of a file of code come from."""
    return ECOSYSTEMS[extension_of(path)]


def has_front_end(path: str) -> bool:
    """Whether code of that name can be read at all."""
    return extension_of(path) in _FRONT_ENDS


@cache
def _front_end(module: str, name: str) -> FrontEnd:
    found: FrontEnd = getattr(import_module(f"shipcheck.code.{module}"), name)
    return found


def parse(path: str, content: bytes) -> Form | str:
    """A file in the form; why not, where no front end can read it."""
    reason = refusal(content)
    if reason:
        return reason
    for module, name in _FRONT_ENDS[extension_of(path)]:
        try:
            form = _front_end(module, name)(path, content)
        except (RecursionError, MemoryError):
            return "nested too deeply to read"
        except UnicodeDecodeError:
            return "not UTF-8"
        except TooSlowError:
            return "takes too long to parse"
        if form is not None:
            return form
    return "not valid source code"


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A file that could not be read, and why."""

    path: str
    reason: str


class Repository:
    """Modules by path. `paths` are the regular files of the source; `read` gives the content of one, or None."""

    def __init__(self, paths: tuple[str, ...], read: Read) -> None:
        self.paths = frozenset(paths)
        self.folders = _folders(paths)
        self.code_folders = _code_folders(paths)
        self.read = read
        self.forms: dict[str, Form] = {}
        self.unparsed: dict[str, Unparsed] = {}
        self._scopes: dict[str, Scope] = {}
        # What the finders of imports have read of configurations, and found.
        self.import_targets: dict[tuple[str, str, int], tuple[str, ...]] = {}
        self.aliases: dict[str, tuple[str, Patterns] | None] = {}
        self.package_folders: dict[str, str] | None = None

    def form(self, path: str) -> Form | None:
        """A file in the form; None if it is not one of the repository, or cannot be read: `unparsed` then says why."""
        found = self.forms.get(path)
        if found is not None or path in self.unparsed:
            return found
        if path not in self.paths or not has_front_end(path):
            return None
        content = self.read(path)
        with _kept_apart():
            read = "cannot be read" if content is None else parse(path, content)
        if isinstance(read, str):
            self.unparsed[path] = Unparsed(path, read)
            return None
        self.forms[path] = read
        return read

    @property
    def too_deep(self) -> dict[str, tuple[Span, ...]]:
        """What of files was nested too deeply to be read, so far."""
        return {path: tuple(scope.too_deep) for path, scope in sorted(self._scopes.items()) if scope.too_deep}

    def top(self, path: str) -> Scope | None:
        """The scope at the top of a module; None where the module cannot be read."""
        scope = self._scopes.get(path)
        if scope is None:
            form = self.form(path)
            if form is None:
                return None
            scope = self._scopes[path] = Scope(path, None, form.body, None)
        return scope


@contextmanager
def _kept_apart() -> Iterator[None]:
    """Keep what is made here out of the cyclic collector: trees are kept, and to look through them takes longer than to parse."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


def _code_folders(paths: tuple[str, ...]) -> frozenset[str]:
    """Folders that can be imported as modules without a file of their own: they hold Python files, or packages that do."""
    holding = {path.rpartition("/")[0] for path in paths if path.endswith((".py", ".pyi"))}
    packages = {path.rpartition("/")[0] for path in paths if path.endswith("/__init__.py")}
    return frozenset(holding | {package.rpartition("/")[0] for package in packages})


def _folders(paths: tuple[str, ...]) -> frozenset[str]:
    """Every folder that holds a file, at any depth."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(folders)
