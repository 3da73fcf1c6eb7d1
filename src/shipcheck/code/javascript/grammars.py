"""The grammars of JavaScript, TypeScript and TSX, and the numbers that each gives to its kinds of nodes and its fields.

Comparing numbers is far cheaper than comparing names, and each grammar numbers differently. A grammar is loaded when the first
file of its kind is read.
"""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tree_sitter import Language, Parser

_METADATA: Final = ".dist-info"
_GRAMMAR_OF: Final = {
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "tsx",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascript",
}
EXTENSIONS: Final = frozenset(_GRAMMAR_OF)


@dataclass(frozen=True, slots=True)
class Fields:
    """The number of each field that is asked for; 0, which no node has, where the grammar does not know it."""

    alias: int
    alternative: int
    argument: int
    arguments: int
    body: int
    condition: int
    consequence: int
    constructor: int
    declaration: int
    decorator: int
    finalizer: int
    function: int
    handler: int
    increment: int
    index: int
    initializer: int
    key: int
    label: int
    left: int
    name: int
    object: int
    operator: int
    parameter: int
    parameters: int
    pattern: int
    property: int
    return_type: int
    right: int
    source: int
    type: int
    value: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """The number of each kind of node that is asked for by itself; -1, which no node has, where the grammar lacks it."""

    assignment_expression: int
    binary_expression: int
    call_expression: int
    comment: int
    computed_property_name: int
    html_comment: int
    member_expression: int
    program: int
    spread_element: int
    statement_block: int
    subscript_expression: int
    template_string: int
    template_substitution: int
    union_type: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """One grammar. `dialect` names it with its version and that of the library that runs it."""

    name: str
    language: "Language"
    parser: "Parser"
    fields: Fields
    kinds: Kinds
    dialect: str


def grammar_name(path: str) -> str:
    """The grammar of a file, by its extension; raises `ValueError` for one that is not in `EXTENSIONS`."""
    extension = PurePosixPath(path).suffix.lower()
    if extension not in EXTENSIONS:
        raise ValueError(f"{path} is not JavaScript or TypeScript")
    return _GRAMMAR_OF[extension]


@cache
def grammar(name: str) -> Grammar:
    """The grammar with this name, loaded once."""
    import tree_sitter  # noqa: PLC0415 - loaded only where such a file is read

    package, version, pointer = _package(name)
    language = tree_sitter.Language(pointer)
    numbers = {field.name: language.field_id_for_name(field.name) or 0 for field in fields(Fields)}
    kinds = {field.name: _kind(language, field.name) for field in fields(Kinds)}
    dialect = f"{name} ({package} {version}, tree-sitter {package_version('tree-sitter', tree_sitter)})"
    return Grammar(name, language, tree_sitter.Parser(language), Fields(**numbers), Kinds(**kinds), dialect)


def _kind(language: "Language", name: str) -> int:
    number = language.id_for_node_kind(name, True)  # noqa: FBT003 - named nodes only; the library takes it by position
    return -1 if number is None else number


def _package(name: str) -> tuple[str, str, object]:
    """The package of a grammar, the version of that, and the pointer to the grammar."""
    if name == "javascript":
        import tree_sitter_javascript  # noqa: PLC0415 - loaded only where such a file is read

        package = "tree-sitter-javascript"
        return package, package_version(package, tree_sitter_javascript), tree_sitter_javascript.language()
    import tree_sitter_typescript  # noqa: PLC0415 - as above

    load = tree_sitter_typescript.language_tsx if name == "tsx" else tree_sitter_typescript.language_typescript
    package = "tree-sitter-typescript"
    return package, package_version(package, tree_sitter_typescript), load()


def package_version(name: str, module: ModuleType) -> str:
    """The version of the package `name` that `module` is the top of; raises `PackageNotFoundError` where it is not installed.

    The name of the folder of metadata next to the package has it, and is read far faster than the standard library finds it; that
    is asked where there is not exactly one such folder.
    """
    begin = f"{name.replace('-', '_')}-"
    file = getattr(module, "__file__", None)
    names = [each.name for each in Path(file).parent.parent.iterdir()] if file else []
    found = [each for each in names if each.startswith(begin) and each.endswith(_METADATA)]
    if len(found) == 1:
        return found[0].removeprefix(begin).removesuffix(_METADATA)
    from importlib.metadata import version  # noqa: PLC0415 - slow, and hardly ever needed

    return version(name)
