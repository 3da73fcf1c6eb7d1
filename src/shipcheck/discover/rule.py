"""A detector as values: what to look for in code and files, and what it is when found."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from shipcheck.model.location import Location

# One place of a value in a call: a keyword or position, then keys into a record. `self` is the receiver.
Path: TypeAlias = tuple[str | int, ...]
# Alternatives, of which the first that is present counts.
Place: TypeAlias = tuple[Path, ...]


class Callable(NamedTuple):
    """A pattern of callables: `pypi` or `npm`, the package (empty for pypi, where it is the first names), and the path of names.

    A part may hold `*`, which stays within one name; the part `**` is any number of names. `**` as the package is any package.
    """

    ecosystem: str
    package: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        path = ".".join(self.names)
        return path if self.ecosystem == "pypi" else f"{self.package}:{path}"


class Test(NamedTuple):
    """A condition on an argument. `how`: in, present, starts, contains, has, shape, is.

    One of `values` fulfils it, for `is` one of `callables`.

    A `shape` is text, map, list or function.
    """

    at: Place
    how: str
    values: tuple[str | bool | int | None, ...]
    callables: tuple[Callable, ...] = ()


class Unwrap(NamedTuple):
    """Calls of `callable` are looked through to the value at `at`."""

    callable: Callable
    at: Place


@dataclass(frozen=True, slots=True)
class GateSpec:
    """A gate candidate on what is found. `negated` where a true value means no gate; `for_keys` where a record's keys name tools.

    `values` says what texts mean: true, false, conditional or unknown.
    """

    at: Place
    gate_class: str
    name: Place = ()
    negated: bool = False
    for_keys: bool = False
    bypass: bool = False
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """Where the targets of a link are, and what is taken from a record that is one."""

    link: str
    at: Place
    becomes: str = ""
    unwrap: tuple[Unwrap, ...] = ()
    take: "Take | None" = None


@dataclass(frozen=True, slots=True)
class Take:
    """What is read from a call or a record: name, body, fields, links, gates; under these conditions, if it is one in a link."""

    name: Place = ()
    body: Place = ()
    fields: tuple[tuple[str, Place], ...] = ()
    constants: tuple[tuple[str, str | bool], ...] = ()
    links: tuple[LinkSpec, ...] = ()
    gates: tuple[GateSpec, ...] = ()
    when: tuple[Test, ...] = ()
    unless: tuple[Test, ...] = ()


class Method(NamedTuple):
    """A method of a graph builder, and where its arguments are."""

    method: str
    places: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class GraphSpec:
    """How a builder is given nodes, edges and routes, and finished."""

    nodes: tuple[Method, ...]
    edges: tuple[Method, ...]
    routes: tuple[Method, ...]
    finish: tuple[Method, ...]


class Snippet(NamedTuple):
    """Files of an example, by path, and what must be found in them: `found`, `links` and `gates` as text."""

    files: tuple[tuple[str, str], ...]
    found: tuple[str, ...]
    links: tuple[str, ...]
    gates: tuple[str, ...]
    place: Location


class Implied(NamedTuple):
    """A component that the framework adds by itself to what is found, in a role."""

    kind: str
    name: str
    role: str
    link: str
    versions: str


class Decisions(NamedTuple):
    """The answers at `at` that approve and reject; an empty `at` is the answer itself."""

    at: Place
    approve: tuple[str | bool | int | None, ...]
    reject: tuple[str | bool | int | None, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule about code. `selector` is call, decorator, extends, methods_of, literal or standing.

    `finds` is a kind, or empty for an effect.

    It holds where every test in `when` does and none in `unless`, and finds one component for each item at `each`, if that is
    given. With kind `part` nothing is found at the call: its links belong to the component at `of`, or to that whose body holds
    the call; with `alone` only where there is such a component. A component of the same kind at `same` is what is found; what is
    not given comes from the component at `inherits`. `effects` are what it does by itself, where no body says so.
    """

    selector: str
    callables: tuple[Callable, ...]
    finds: str
    effect: str
    take: Take
    literals: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    joins: tuple[tuple[str, Place], ...] = ()
    gate_class: str = ""
    guards: Place = ()
    value: str = ""
    bypass: bool = False
    when: tuple[Test, ...] = ()
    unless: tuple[Test, ...] = ()
    graph: GraphSpec | None = None
    dispatch: Place = ()
    decisions: Decisions | None = None
    implies: tuple[Implied, ...] = ()
    each: Place = ()
    of: Place = ()
    same: Place = ()
    inherits: Place = ()
    alone: bool = False
    effects: tuple[str, ...] = ()
    versions: str = ""
    positive: tuple[Snippet, ...] = ()
    decoy: tuple[Snippet, ...] = ()
    place: Location | None = None


class FileField(NamedTuple):
    """A field that is read from a file; its type and words are those of the vocabulary."""

    name: str
    at: Place
    type: str
    words: tuple[str, ...]


class FileLink(NamedTuple):
    """Where the names of the targets of a link are; `becomes` is their kind."""

    link: str
    at: Place
    becomes: str


@dataclass(frozen=True, slots=True)
class FileTake:
    """What is read from a file: every item at `at`, as a component of `kind`.

    In `at` the part `*` is every value of a map or list, and an empty path the document. Other places are in the item, and the
    words `key` and `value` are its key and the item itself. `code` leads to a text `path:variable`. A gate has a class, and a
    value: true, false, conditional or unknown, or what is true or false at `value_at`; `guards` names what it guards.
    """

    kind: str
    at: Path
    name: Place = ()
    code: Place = ()
    fields: tuple[FileField, ...] = ()
    constants: tuple[tuple[str, str | bool], ...] = ()
    links: tuple[FileLink, ...] = ()
    when: tuple[Test, ...] = ()
    unless: tuple[Test, ...] = ()
    gate_class: str = ""
    value: str = ""
    value_at: Place = ()
    guards: Place = ()
    bypass: bool = False


@dataclass(frozen=True, slots=True)
class FileRule:
    """One rule about files: path patterns, the shapes of which a document has one, and what is taken from it.

    A shape has the types of the values at some paths: map, list, text, yes_no or any.
    """

    patterns: tuple[str, ...]
    shapes: tuple[tuple[tuple[Path, str], ...], ...]
    takes: tuple[FileTake, ...]
    each_document: bool
    positive: tuple[Snippet, ...] = ()
    decoy: tuple[Snippet, ...] = ()
    place: Location | None = None


BUILT_IN = "built in"
"""The origin of the detectors that come with the tool."""


@dataclass(frozen=True, slots=True)
class Detector:
    """One detector. `distributions` are the packages it is about: ecosystem, name, and version range, empty for any.

    A file of code with one of `words` can be a starting point.
    """

    name: str
    version: int
    title: str
    sources: tuple[str, ...]
    distributions: tuple[tuple[str, str, str], ...]
    modules: tuple[str, ...]
    words: tuple[bytes, ...]
    rules: tuple[Rule, ...]
    file_rules: tuple[FileRule, ...]
    origin: str

    @property
    def shown(self) -> str:
        """Its name and version, as reports print them."""
        return f"{self.name}@{self.version}"
