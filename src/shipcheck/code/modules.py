"""What an import gives, and what a module gives away."""

from shipcheck.code.asking import Asking, unsure
from shipcheck.code.form import Import, Imported, Name
from shipcheck.code.javascript_imports import find_javascript
from shipcheck.code.possible_values import Alternative, Module, Outside, Spot, Unsure, Values, one
from shipcheck.code.python_imports import find_python, submodule
from shipcheck.code.repository import PYPI, ecosystem_of
from shipcheck.code.scopes import Scope


def imported(asking: Asking, statement: Import, name: Imported, scope: Scope) -> Values:
    """What one name of an import is: of a module of the repository, of a package, or of either one, which is ambiguous."""
    spot = Spot(scope.path, name.span)
    return from_module(asking, statement.module, statement.level, name.name, scope.path, spot)


def from_module(asking: Asking, module: str, level: int, name: str, importer: str, spot: Spot) -> Values:
    """What a module has under a name; the module itself where the name is empty."""
    ecosystem = ecosystem_of(importer)
    if ecosystem == PYPI:
        root = module.partition(".")[0]
        targets = find_python(asking.repository, importer, module, level, is_package=root in asking.packages)
        inside = level > 0
        foreign = Outside(ecosystem, "", (*module.split("."), *((name,) if name else ())), spot)
    else:
        targets = find_javascript(asking.repository, importer, module)
        inside = module.startswith(".")
        foreign = Outside(ecosystem, module.removeprefix("node:"), (name,) if name else (), spot)
        root = package_of(module)
    local = _local(asking, targets, name, spot)
    if inside:
        return local or unsure(f"'{module}' is not found in the repository", *spot)
    if local and root in asking.packages:
        return (*local, Alternative(_ambiguous(foreign, local)))
    return local or one(foreign)


def package_of(specifier: str) -> str:
    """The package of an import of JavaScript, without the path in it."""
    parts = specifier.split("/")
    return "/".join(parts[:2] if specifier.startswith("@") else parts[:1])


def _ambiguous(foreign: Outside, local: Values) -> Outside:
    where = getattr(local[0].value, "spot", foreign.spot)
    return Outside(foreign.ecosystem, foreign.package, foreign.names, foreign.spot, ambiguous=f"{where.path}:{where.span[0]}")


def _local(asking: Asking, targets: tuple[str, ...], name: str, spot: Spot) -> Values:
    for target in targets:
        if not name:
            return one(Module(target, Spot(target, (1, 0, 1, 0))))
        found = exported(asking, target, name, spot)
        if found:
            return found
    return ()


def exported(asking: Asking, path: str, name: str, spot: Spot) -> Values:
    """What a module has under a name; empty if it has no such name."""

    def answer() -> Values:
        scope = asking.repository.top(path)
        if scope is None:
            return _submodule(asking, path, name) or (
                unsure(f"{path} cannot be read", *spot) if path in asking.repository.unparsed else ()
            )
        if ecosystem_of(path) == PYPI:
            return _of_python(asking, path, name, scope, spot)
        return _of_javascript(asking, name, scope, spot)

    return asking.once(("exported", path, name), answer, spot)


def _submodule(asking: Asking, path: str, name: str) -> Values:
    found = submodule(asking.repository, path, name)
    return one(Module(found, Spot(found, (1, 0, 1, 0)))) if found else ()


def _of_python(asking: Asking, path: str, name: str, scope: Scope, spot: Spot) -> Values:
    if name in scope.table.names:
        return asking.evaluate(Name(name, (1 << 30, 0, 1 << 30, 0)), scope)
    inner = _submodule(asking, path, name)
    if inner:
        return inner
    for star in scope.table.stars:
        found = from_module(asking, star.module, star.level, name, path, spot)
        if found and not all(isinstance(item.value, Unsure) for item in found):
            if any(isinstance(item.value, Outside) for item in found) and star.module.partition(".")[0] not in asking.packages:
                continue
            return found
    return ()


def _of_javascript(asking: Asking, name: str, scope: Scope, spot: Spot) -> Values:
    stars = []
    for export, item in scope.table.exports:
        if item.local == name:
            if export.module:
                return from_module(asking, export.module, 0, item.name if item.name != "*" else "", scope.path, spot)
            return asking.evaluate(Name(item.name, (1 << 30, 0, 1 << 30, 0)), scope)
        if item.name == "*" and not item.local:
            stars.append(export)
    for export in stars:
        found = from_module(asking, export.module, 0, name, scope.path, spot)
        if found and not all(isinstance(each.value, Unsure) for each in found):
            return found
    return ()
