"""The subject of a policy: components, links, removed components, or groups."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from shipcheck.english import did_you_mean
from shipcheck.language.analysis.possible import is_possible_condition
from shipcheck.language.syntax.grammar import (
    Name,
    SelectorTree,
    Tree,
    first_word,
    parse_condition,
    parse_links,
    parse_removed,
    parse_selector,
)
from shipcheck.language.syntax.keys import Keys
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.typing.reader import Reader
from shipcheck.language.typing.scope import Scope, lost_scope
from shipcheck.language.typing.typer import Typer
from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.policy import EachComponent, EachLink, EachRemoved, Group, Subject
from shipcheck.model.types import component, list_of

Form = Literal["each", "link", "removed", "all", ""]


class ParsedSubject(NamedTuple):
    """A subject as far as it could be read, and the names that the verb, the ladder and the message can use.

    `subject` is None if something about it is wrong. `form` and `kinds` are known even then, if they can be; `form` is empty if
    the subject is missing.
    """

    subject: Subject | None
    form: Form
    kinds: tuple[str, ...]
    scope: Scope


def read_subject(reader: Reader, keys: Keys) -> ParsedSubject:
    """The subject of one policy; all its problems are reported."""
    given = keys.present(("each", "all"))
    if len(given) != 1:
        keys.report(keys.node, "P015", "a policy must have exactly one subject, each or all")
        return ParsedSubject(None, "", (), lost_scope())
    if given == ["all"]:
        return _group(reader, keys)
    if keys.has("per"):
        keys.report(keys.node, "P015", "per can only be used with all")
    source = keys.source("each")
    if source is None:
        return ParsedSubject(None, "each", (), lost_scope())
    word = first_word(source)
    if word == "link":
        return _links(reader, source)
    return _components(reader, source, removed=word == "removed")


def _components(reader: Reader, source: SourceText, *, removed: bool) -> ParsedSubject:
    parse: Callable[[SourceText], SelectorTree] = parse_removed if removed else parse_selector
    form: Form = "removed" if removed else "each"
    selector = reader.selector(source, Scope({}), parse)
    kinds = selector.kinds if selector else reader.kinds(source)
    if not kinds:
        return ParsedSubject(None, form, (), lost_scope())
    kind = component(*kinds)
    scope = Scope({"it": kind, "subject": kind}, implicit="it")
    return ParsedSubject(_subject(selector, removed=removed) if selector else None, form, kinds, scope)


def _subject(selector: Selector, *, removed: bool) -> Subject:
    return EachRemoved(selector) if removed else EachComponent(selector)


def _links(reader: Reader, source: SourceText) -> ParsedSubject:
    parsed = reader.attempt(lambda: parse_links(source))
    scope = _link_scope(reader, source, parsed[0]) if parsed else None
    if parsed is None or scope is None:
        return ParsedSubject(None, "link", (), lost_scope())
    names, where = parsed
    subject = EachLink(tuple(name.word for name in names), None, source.text)
    if where is not None:
        condition = _link_condition(reader, source, where, scope)
        subject = EachLink(subject.links, condition, source.text)
        if condition is None:
            return ParsedSubject(None, "link", (), scope)
    return ParsedSubject(subject, "link", (), scope)


def _link_condition(reader: Reader, source: SourceText, where: Tree, scope: Scope) -> Expression | None:
    condition = reader.attempt(lambda: Typer(source, reader.symbols).condition(where, scope))
    names = {name: type_.kinds for name, type_ in scope.names.items()}
    if condition is None or is_possible_condition(condition, names, reader.symbols.vocabulary, reader.symbols.effort):
        return condition
    reader.report_impossible(source, where)
    return None


def _link_scope(reader: Reader, source: SourceText, names: tuple[Name, ...]) -> Scope | None:
    """The names for a subject of these links, or None after a link that no kind has is reported."""
    vocabulary = reader.symbols.vocabulary
    sources: set[str] = set()
    targets: set[str] = set()
    for tree in names:
        owners = [kind for kind in vocabulary.kinds.values() if tree.word in kind.links]
        if not owners:
            hint = did_you_mean(tree.word, vocabulary.link_names())
            message = f"unknown link '{tree.word}'{hint}"
            reader.problems.append(source.problem("P004", message, tree.start, tree.end))
            return None
        sources |= {kind.name for kind in owners}
        targets |= {target for kind in owners for target in kind.links[tree.word].to}
    gates = list_of(component("gate"))
    return Scope({"from": component(*sources), "to": component(*targets), "through": gates, "gates": gates})


def _group(reader: Reader, keys: Keys) -> ParsedSubject:
    source = keys.source("all")
    selector = reader.selector(source, Scope({})) if source else None
    kinds = selector.kinds if selector else (reader.kinds(source) if source else ())
    if not kinds:
        return ParsedSubject(None, "all", (), lost_scope(group=True))
    member = Scope({"it": component(*kinds)}, implicit="it", group=True)
    per_text = keys.source("per")
    read = [_per(reader, piece, member.member()) for piece in per_text.split()] if per_text else []
    per = tuple(path for path in read if path)
    whole = selector is not None and len(per) == len(read)
    return ParsedSubject(Group(selector, per) if selector and whole else None, "all", kinds, member)


def _per(reader: Reader, piece: SourceText, scope: Scope) -> Path | None:
    path = reader.attempt(lambda: Typer(piece, reader.symbols).expression(parse_condition(piece), scope))
    if isinstance(path, Path) and path.type.name not in {"list", "record"}:
        return path
    if path is not None:
        reader.problems.append(piece.problem("P015", "per expects fields with one value"))
    return None
