"""What modules hand on of what detectors name: by an import, another name, a subclass, or what a function gives back.

A file that only uses such a module has no word of a detector. So each name that a module hands on counts as one.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shipcheck.code.bindings import Binding
from shipcheck.code.children import expressions_in
from shipcheck.code.form import Class, Export, Expression, Function, Import, Imported, Load, Name
from shipcheck.code.javascript_imports import find_javascript
from shipcheck.code.python_imports import find_python, submodule
from shipcheck.code.repository import PYPI, Repository, ecosystem_of
from shipcheck.code.scopes import Scope

ANY = "*"
"""A module that hands on this name may hand on any."""
_NONE: frozenset[str] = frozenset()


class _From(NamedTuple):
    """A name of other modules: each of `targets` may be the module; `is_known` where a detector is about its package."""

    local: str
    name: str
    targets: tuple[str, ...]
    is_known: bool


class _Facts(NamedTuple):
    """What one module takes from others, which names each of its own mentions, and which of them it gives away, as what."""

    taken: tuple[_From, ...]
    mentions: tuple[tuple[str, frozenset[str]], ...]
    given: tuple[tuple[str, str], ...] | None
    passed: tuple[_From, ...]


class HandedOn:
    """The names that modules hand on, of those that were looked at.

    `packages` are what detectors are about, `words` the names that these may have there.
    """

    def __init__(self, repository: Repository, packages: frozenset[str], words: frozenset[str]) -> None:
        self._repository = repository
        self._packages = packages
        self._words = words
        self._facts: dict[str, _Facts] = {}
        self._handed: dict[str, frozenset[str]] = {}

    def look_at(self, paths: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Look at more modules; every name that a module hands on, with its file."""
        for path in paths:
            scope = self._repository.top(path) if path not in self._facts else None
            if scope is not None:
                self._facts[path] = _Reader(self._repository, self._packages, scope).facts()
        changed = True
        while changed:
            changed = False
            for path, facts in self._facts.items():
                found = self._of(facts)
                if found != self._handed.get(path, _NONE):
                    self._handed[path] = found
                    changed = True
        return frozenset((path, name) for path, names in self._handed.items() for name in names)

    def is_made_there(self, path: str, name: str) -> bool:
        """Whether a module makes a name that it hands on itself, and does not only import it."""
        return any(name == own for own, _ in self._facts[path].mentions)

    def _of(self, facts: _Facts) -> frozenset[str]:
        names = {ANY, *(each.local for each in facts.taken if each.local and self._has(each))}
        names |= {name for each in facts.taken if not each.local for name in self._all_of(each)}
        names |= self._words if any(not each.local and each.is_known for each in facts.taken) else _NONE
        size = -1
        while size != len(names):
            size = len(names)
            names |= {name for name, mentioned in facts.mentions if not mentioned.isdisjoint(names)}
        names = {name for name in names if name != ANY and " " not in name}
        given = names if facts.given is None else {shown for own, shown in facts.given if own in names}
        passed = {each for one in facts.passed if not one.local for each in self._all_of(one)}
        return frozenset(given | passed | {each.local for each in facts.passed if each.local and self._has(each)})

    def _has(self, one: _From) -> bool:
        """Whether what is taken is of a package that a detector is about, or handed on by a module."""
        handed = frozenset().union(*(self._handed.get(target, _NONE) for target in one.targets))
        return one.is_known or (bool(handed) if not one.name or one.name == ANY else not handed.isdisjoint({one.name, ANY}))

    def _all_of(self, one: _From) -> frozenset[str]:
        handed = frozenset().union(*(self._handed.get(target, _NONE) for target in one.targets))
        return handed - {"default"} | ({ANY} if one.is_known else _NONE)


class _Reader:
    """Reads what one module takes and gives away."""

    def __init__(self, repository: Repository, packages: frozenset[str], scope: Scope) -> None:
        self._repository = repository
        self._packages = packages
        self._scope = scope
        self._is_python = ecosystem_of(scope.path) == PYPI
        self._loaded: list[_From] = []

    def facts(self) -> _Facts:
        taken: list[_From] = [self._from(star.module, star.level, ANY, "") for star in self._scope.table.stars]
        mentions: list[tuple[str, frozenset[str]]] = []
        for name, bindings in self._scope.table.names.items():
            for binding in bindings:
                if isinstance(binding.value, tuple):
                    taken.append(self._imported(name, *binding.value))
                else:
                    mentions.append((name, frozenset(self._mentioned(binding))))
        mentions = [each for each in mentions if each[1]]
        taken += self._loaded
        if self._is_python:
            return _Facts(tuple(taken), tuple(mentions), None, ())
        exports = self._scope.table.exports
        given = tuple((item.name, item.local) for export, item in exports if not export.module)
        return _Facts(tuple(taken), tuple(mentions), given, tuple(self._passed(exports)))

    def _imported(self, local: str, statement: Import, item: Imported) -> _From:
        return self._from(statement.loads or statement.module, statement.level, item.name, local)

    def _passed(self, exports: Iterable[tuple[Export, Imported]]) -> Iterator[_From]:
        for export, item in exports:
            if export.module:
                yield self._from(export.module, 0, item.name, item.local)

    def _from(self, module: str, level: int, name: str, local: str) -> _From:
        path = self._scope.path
        if not self._is_python:
            return _From(local, name, find_javascript(self._repository, path, module), self._is_known(module, "/"))
        targets = find_python(self._repository, path, module, level)
        inner = tuple(found for each in targets if name and (found := submodule(self._repository, each, name)))
        known = not level and (self._is_known(module, ".") or self._is_known(f"{module}.{name}", "."))
        return _From(local, "" if inner else name, (*targets, *inner), known)

    def _is_known(self, module: str, separator: str) -> bool:
        """Whether a module is of a package that a detector is about, or below it."""
        parts = module.split(separator)
        return any(separator.join(parts[:count]) in self._packages for count in range(1, len(parts) + 1))

    def _mentioned(self, binding: Binding) -> Iterator[str]:
        """The names that decide what a name is worth."""
        match binding.value:
            case Class() as definition:
                for base in definition.bases:
                    yield from self._names_in(base.value, self._scope)
            case Function() as function:
                yield from self._returned(function, self._scope)
            case None | tuple():
                return
            case value:
                yield from self._names_in(value, self._scope)

    def _returned(self, function: Function, scope: Scope) -> Iterator[str]:
        """The names in what a function gives back, and in what its own names are worth."""
        inner = scope.inside(function)
        for value, _ in inner.table.returns:
            for name in self._names_in(value, inner) if value is not None else ():
                yield name
                yield from self._of_local(inner, name)

    def _of_local(self, scope: Scope, name: str) -> Iterator[str]:
        """The names that decide what a name of a function is worth."""
        for binding in scope.table.names.get(name, []):
            if isinstance(binding.value, tuple):
                if self._imported(name, *binding.value).is_known:
                    yield ANY
            elif binding.value is not None and not isinstance(binding.value, Function):
                bases = [base.value for base in binding.value.bases] if isinstance(binding.value, Class) else [binding.value]
                yield from (each.name for base in bases for each in expressions_in(base) if isinstance(each, Name))

    def _names_in(self, value: Expression, scope: Scope) -> Iterator[str]:
        for node in expressions_in(value):
            match node:
                case Name(name=name):
                    yield name
                case Load(module=module):
                    # No variable is called so, since a name has no space.
                    self._loaded.append(self._from(module, 0, "", f"load {module}"))
                    yield f"load {module}"
                case Function():
                    yield from self._returned(node, scope)
                case Class():
                    yield from (name for base in node.bases for name in self._names_in(base.value, scope))
                case _:
                    pass
