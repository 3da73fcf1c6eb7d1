"""What code outside of tests, examples and vendored folders reaches in them: by an import, or by a name that it computes."""

import re
from collections.abc import Iterable, Mapping

from shipcheck.code.form import Export, Import
from shipcheck.code.javascript_imports import find_javascript
from shipcheck.code.python_imports import find_python, submodule
from shipcheck.code.repository import ECOSYSTEMS, PYPI, Repository, extension_of
from shipcheck.discover.aside import aside_folder

# One text without escapes, and nothing behind it that changes it.
_WHOLE_TEXT = rb"""(?:"[^"\\\n]*+"|'[^'\\\n]*+')\s*+[,)]"""
# Loading a module whose name is not written in the code.
_COMPUTED = {
    "pypi": re.compile(rb"\b(?:import_module|__import__)\(\s*+(?![rbu]?" + _WHOLE_TEXT + rb")"),
    "npm": re.compile(rb"\b(?:require|import)\(\s*+(?![/)]|" + _WHOLE_TEXT + rb")"),
}


def reached(repository: Repository) -> frozenset[str]:
    """The files aside that files elsewhere import, directly or through others; of files that were read."""
    pending = [path for path in repository.forms if not aside_folder(path)]
    found: set[str] = set()
    while pending:
        for target in _imported(repository, pending.pop()):
            if target not in found and aside_folder(target):
                found.add(target)
                pending.append(target)
    return frozenset(found)


def loads_by_name(contents: Mapping[str, bytes]) -> bool:
    """Whether code that is not aside loads a module by a name that it computes, so that any file may be one."""
    return any(
        _COMPUTED[ECOSYSTEMS[extension_of(path)]].search(content) for path, content in contents.items() if not aside_folder(path)
    )


def _imported(repository: Repository, path: str) -> Iterable[str]:
    form = repository.forms.get(path)
    for statement in form.body.statements if form is not None else ():
        if not isinstance(statement, Import | Export) or (not statement.module and isinstance(statement, Export)):
            continue
        if ECOSYSTEMS[extension_of(path)] != PYPI:
            yield from find_javascript(repository, path, statement.module)
        elif isinstance(statement, Import):
            for target in find_python(repository, path, statement.loads or statement.module, statement.level):
                yield target
                yield from (inner for name in statement.names if (inner := submodule(repository, target, name.name)))
