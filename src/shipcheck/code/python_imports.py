"""Which file or package a Python import names."""

import sys
from collections.abc import Iterator

from shipcheck.code.repository import Repository

_ENDINGS = (".py", "/__init__.py", ".pyi", "/__init__.pyi")


def find_python(repository: Repository, importer: str, module: str, level: int, *, is_package: bool = False) -> tuple[str, ...]:
    """The files or folders that an import may mean, the nearest first; empty if it names nothing of the repository.

    An absolute import is looked up from folders that are not packages themselves, since a package's own folder is not searched.
    Only where that finds nothing, and the name is neither of Python itself nor known as a package (`is_package`), is it looked
    up in packages too: a file that is run as a script searches its own folder.
    """
    key = (importer.rpartition("/")[0], module, level)
    found = repository.import_targets.get(key)
    if found is None:
        found = repository.import_targets[key] = _find(repository, importer, module, level, is_package)
    return found


def _find(repository: Repository, importer: str, module: str, level: int, is_package: bool) -> tuple[str, ...]:  # noqa: FBT001 - as above
    parts = module.replace(".", "/")
    if level:
        folder = importer
        for _ in range(level):
            folder = folder.rpartition("/")[0]
        near = _at(repository, _joined(folder, parts))
        return (near,) if near else ()
    found = tuple(each for root in _roots(repository, importer) if (each := _at(repository, _joined(root, parts))))
    if found or is_package or parts.partition("/")[0] in sys.stdlib_module_names:
        return found
    return tuple(each for folder in _above(importer) if (each := _at(repository, _joined(folder, parts))))


def _above(importer: str) -> Iterator[str]:
    """The folder of a file, and every one above it but the root."""
    folder = importer.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def submodule(repository: Repository, path: str, name: str) -> str:
    """The module or folder of that name in a package, by its `__init__` file or folder; empty if there is none."""
    folder = path.removesuffix("/__init__.py").removesuffix("/__init__.pyi")
    if folder == path and path.endswith((".py", ".pyi")):
        return ""
    return _at(repository, _joined(folder, name))


def _at(repository: Repository, base: str) -> str:
    for ending in _ENDINGS:
        if base + ending in repository.paths:
            return base + ending
    return base if base and base in repository.code_folders else ""


def _joined(folder: str, rest: str) -> str:
    return f"{folder}/{rest}" if folder and rest else folder or rest


def _roots(repository: Repository, importer: str) -> Iterator[str]:
    """Folders from which an absolute import of a file may be looked up: those above it that are not packages, and their `src`."""
    folder = importer.rpartition("/")[0]
    while True:
        if not folder or f"{folder}/__init__.py" not in repository.paths:
            yield folder
            source = _joined(folder, "src")
            if source in repository.folders:
                yield source
        if not folder:
            return
        folder = folder.rpartition("/")[0]
