"""What rules about files find: raw components, each with its place."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shipcheck.discover.detector_keys import plain_value
from shipcheck.discover.globs import GlobIndex
from shipcheck.discover.items import Item, fits, holds, items_at, value_at
from shipcheck.discover.kept_values import shown_name, shown_text, shown_tool, shown_value
from shipcheck.discover.parse_files import ParseYaml, parse_file
from shipcheck.discover.read_json import UnreadableError
from shipcheck.discover.rule import FileField, FileLink, FileRule, FileTake, Place
from shipcheck.model.document import Mapping, Node, Scalar
from shipcheck.model.document import Sequence as Items

MOST_FOUND = 1_000
"""How many components of one file are kept."""
_TRUE, _FALSE, _UNKNOWN = "true", "false", "unknown"


class FoundLink(NamedTuple):
    """A link to what a file names: a component of a kind, by its name."""

    link: str
    kind: str
    name: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FileFinding:
    """A component that a file names. Lines and columns are 1-based.

    `code` is `path:variable`, with the path from the root of the repository, or the name of a module; it is empty where the file
    names no code of the repository. `value` and `guards` are those of a gate candidate, whose class is in `take`.
    """

    rule: FileRule
    take: FileTake
    kind: str
    name: str
    path: str
    line: int
    column: int
    fields: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str | bool], ...] = ()
    code: str = ""
    links: tuple[FoundLink, ...] = ()
    value: str = ""
    guards: str = ""


class Unread(NamedTuple):
    """A file that a rule is about and that was not read, or only in part, and why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class FilesFound:
    """What files hold, in the order of their paths as given. `read` are all paths that were parsed."""

    findings: tuple[FileFinding, ...]
    unread: tuple[Unread, ...]
    read: tuple[str, ...]


def find_in_files(
    rules: Iterable[FileRule], paths: Iterable[str], read: Callable[[str], bytes | None], parse_yaml: ParseYaml
) -> FilesFound:
    """What the rules find in the files with these paths. `read` gives the content of a file, or None if it cannot be read.

    A file that no pattern matches is not read. A file is parsed once for all rules; what two of them find alike counts once.
    """
    index = GlobIndex((pattern, rule) for rule in rules for pattern in rule.patterns)
    findings: list[FileFinding] = []
    unread: list[Unread] = []
    parsed: list[str] = []
    for path in paths:
        about = index.find(path)
        content = read(path) if about else None
        if about and content is None:
            unread.append(Unread(path, "cannot be read"))
        if content is None:
            continue
        try:
            documents = parse_file(path, content, parse_yaml)
        except UnreadableError as error:
            unread.append(Unread(path, str(error)))
            continue
        parsed.append(path)
        found = _in_documents(about, path, documents)
        findings += found[:MOST_FOUND]
        if len(found) > MOST_FOUND:
            unread.append(Unread(path, f"more than {MOST_FOUND:,} components; the rest is not listed"))
    return FilesFound(tuple(findings), tuple(unread), tuple(parsed))


def _in_documents(rules: Sequence[FileRule], path: str, documents: Sequence[Node]) -> list[FileFinding]:
    found: dict[tuple[object, ...], FileFinding] = {}
    for rule in rules:
        for document in documents if rule.each_document else documents[:1]:
            if not any(fits(document, shape) for shape in rule.shapes):
                continue
            for take in rule.takes:
                for item in items_at(Item((), None, document), take.at):
                    if len(found) <= MOST_FOUND and _is_meant(take, item):
                        finding = _finding(rule, take, path, item)
                        found.setdefault(_identity(finding, item), finding)
    return list(found.values())


def _is_meant(take: FileTake, item: Item) -> bool:
    return all(holds(test, item) for test in take.when) and not any(holds(test, item) for test in take.unless)


def _identity(finding: FileFinding, item: Item) -> tuple[object, ...]:
    """What makes a component one: its place, and for a gate candidate what it guards, which a list may name many times."""
    if finding.kind == "gate" and finding.guards:
        return finding.kind, finding.name, finding.guards, finding.take.gate_class, finding.take.bypass
    return finding.kind, finding.name, item.path, finding.line, finding.column


def _finding(rule: FileRule, take: FileTake, path: str, item: Item) -> FileFinding:
    named = value_at(item, take.name)
    place = _place(take, item, named)
    return FileFinding(
        rule=rule,
        take=take,
        kind=take.kind,
        name=_name(path, item, named),
        path=path,
        line=place.line,
        column=place.column,
        fields=tuple(_fields(take.fields, item)),
        constants=take.constants,
        code=_code(take, path, item),
        links=tuple(_links(take.links, item)),
        value=take.value or _gate_value(item, take.value_at),
        guards=shown_tool(_text(value_at(item, take.guards))),
    )


def _place(take: FileTake, item: Item, named: Node | None) -> Node:
    """A model is where its name is written; everything else is where its key is, if it has one."""
    if named is not None and (take.kind == "model" or item.key is None):
        return named
    return item.key or item.node


def _name(path: str, item: Item, named: Node | None) -> str:
    """The name that is written, else the keys that lead there, else the name of the file."""
    text = _text(named)
    name = shown_name(text) if named is not None and named is item.key else shown_text(text)
    if name:
        return name
    return shown_name(".".join(item.path)) or shown_name(posixpath.basename(path).rpartition(".")[0])


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) and plain_value(node) is not None else ""


def _fields(fields: Iterable[FileField], item: Item) -> Iterator[tuple[str, str]]:
    for field in fields:
        node = value_at(item, field.at)
        value = plain_value(node) if isinstance(node, Scalar) else None
        if field.type == "yes_no":
            text = _truth(node) if isinstance(value, bool) else ""
        elif field.type == "choice":
            text = value if isinstance(value, str) and value in field.words else ""
        else:
            text = shown_value(_text(node))
        if text:
            yield field.name, text


def _code(take: FileTake, path: str, item: Item) -> str:
    text = _text(value_at(item, take.code)).strip()
    file, colon, variable = text.rpartition(":")
    if not (colon and file and variable.isidentifier() and file.isprintable()):
        return ""
    if "/" not in file and not file.startswith("."):
        # A module, such as package.agent, which only the resolver can find.
        return text
    resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    return "" if resolved.startswith(("../", "/")) else f"{resolved}:{variable}"


def _links(links: Iterable[FileLink], item: Item) -> Iterator[FoundLink]:
    for link in links:
        for node in _named(value_at(item, link.at)):
            name = shown_text(node.text)
            if name:
                yield FoundLink(link.link, link.becomes, name, node.line, node.column)


def _named(node: Node | None) -> Iterator[Scalar]:
    """The names in a value: a text, the texts of a list, and the keys of a map."""
    for each in node.items if isinstance(node, Items) else (node,):
        if isinstance(each, Scalar) and plain_value(each) is not None:
            yield each
        elif isinstance(each, Mapping):
            yield from (key for key, _ in each.entries)


def _gate_value(item: Item, place: Place) -> str:
    return _truth(value_at(item, place)) if place else ""


def _truth(node: Node | None) -> str:
    """What a value says: nothing is false, and what is neither true nor false is unknown."""
    value = plain_value(node) if isinstance(node, Scalar) else None
    if node is None or value is None or value is False:
        return _FALSE if node is None or isinstance(node, Scalar) else _UNKNOWN
    return _TRUE if value is True else _UNKNOWN
