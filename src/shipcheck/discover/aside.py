"""Tests, examples, documents and vendored code, by their paths alone: what is found there is one counted line.

A marker in the tree never decides that, since it would be an easy place to hide something.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from shipcheck.model.observed import Observed

_FOLDERS = frozenset(
    {
        # tests
        *("test", "tests", "__tests__", "__mocks__", "__snapshots__", "testing", "testdata", "test-data", "test_data", "mocks"),
        *("spec", "specs", "e2e", "fixtures", "__fixtures__", "unittests", "cypress", "playwright"),
        # examples
        *("example", "examples", "sample", "samples", "demo", "demos", "tutorial", "tutorials", "cookbook", "cookbooks"),
        # documents
        *("doc", "docs", "documentation"),
        # vendored code, and what is built
        *("vendor", "vendored", "_vendor", "_vendored", "third_party", "third-party", "thirdparty", "node_modules"),
        *("bower_components", "jspm_packages", "site-packages", "dist-packages", "dist", "pods", ".yarn", ".venv", "venv"),
    }
)
_FOLDER_ENDS = ("_test", "-test", "_tests", "-tests", "_testing", "_examples", "-examples", "_samples", "-samples")
_PYTHON_STARTS, _PYTHON_ENDS, _PYTHON_NAMES = "test_", ("_test", "_tests"), frozenset({"conftest"})
_MIDDLES = frozenset({"test", "tests", "spec", "e2e", "cy"})
_ORDER = "0123456789-_. "


def aside_folder(path: str) -> str:
    """The folder that makes a file one of tests, examples, documents or vendored code, as `src/tests/`; else empty.

    For a file that has the name of a test it is the folder with a pattern, as `src/*.test.ts`.
    """
    *folders, name = path.split("/")
    for number, folder in enumerate(folders, 1):
        if _is_aside(folder.lower()):
            return "/".join(folders[:number]) + "/"
    pattern = _test_pattern(name)
    return "/".join([*folders, pattern]) if pattern else ""


def _is_aside(folder: str) -> bool:
    # Samples are often numbered, such as `02-samples`.
    return folder in _FOLDERS or folder.lstrip(_ORDER) in _FOLDERS or folder.endswith(_FOLDER_ENDS)


def _test_pattern(name: str) -> str:
    """The pattern of test files that a name has; empty for other names."""
    stem, _, ending = name.rpartition(".")
    if ending in {"py", "pyi"}:
        if stem in _PYTHON_NAMES:
            return name
        if stem.startswith(_PYTHON_STARTS):
            return f"{_PYTHON_STARTS}*.{ending}"
        return next((f"*{end}.{ending}" for end in _PYTHON_ENDS if stem.endswith(end)), "")
    middle = stem.rpartition(".")[2]
    return f"*.{middle}.{ending}" if "." in stem and middle in _MIDDLES else ""


def mark_aside(
    components: Iterable[Observed], kept: frozenset[str], *, loads_by_name: bool = False
) -> tuple[tuple[Observed, ...], tuple[tuple[str, int], ...]]:
    """The components, those aside marked, and how many of them each folder has, by folder.

    `kept` are files whose components always count: those that an entry starts, that code elsewhere imports, or whose components
    were elsewhere in the base. With `loads_by_name` code loads modules by a computed name, so that any file may be one of them.
    """
    marked = []
    counts: Counter[str] = Counter()
    for component in components:
        path = component.place.path
        folder = "" if loads_by_name or path in kept else aside_folder(path)
        if folder:
            counts[folder] += 1
        marked.append(replace(component, aside=bool(folder)) if component.aside != bool(folder) else component)
    return tuple(marked), tuple(sorted(counts.items()))
