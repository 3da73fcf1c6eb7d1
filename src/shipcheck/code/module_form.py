"""The parts of the intermediate form that modules are made of: a file, and the names that it takes and gives."""

from dataclasses import dataclass

from shipcheck.code.blocks import Block, Span


@dataclass(frozen=True, slots=True)
class Imported:
    """A name that an import or export binds: `name` of the module as `local`.

    An empty name is the module itself; `*` is every name, with an empty `local`; `default` is the default export.
    """

    name: str
    local: str
    span: Span


@dataclass(frozen=True, slots=True)
class Import:
    """An import. `level` counts the leading dots of a relative one, where these are not part of the name.

    `import a.b` binds `a`, so its module is `a`, and `loads` is `a.b`.
    """

    module: str
    level: int
    names: tuple[Imported, ...]
    loads: str
    span: Span


@dataclass(frozen=True, slots=True)
class Export:
    """Names that a module gives away: `name` here as `local` elsewhere; from another module where one is named."""

    module: str
    names: tuple[Imported, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Outer:
    """Names that a function assigns outside itself."""

    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Form:
    """A file in the form. `ecosystem` is where its packages come from: pypi or npm. `broken` are spans that could not be parsed.

    `dialect` is what read it, with a version: part of what a remembered fact rests on.
    """

    path: str
    ecosystem: str
    dialect: str
    body: Block
    broken: tuple[Span, ...]
