"""What a policy is about: components, links, removed components, or groups."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from shipcheck.english import did_you_mean
from shipcheck.language.analysis.possible import is_possible_condition
from shipcheck.language.syntax.grammar import first_word, parse_condition, parse_links, parse_removed, parse_selector
from shipcheck.language.syntax.keys import Fields
from shipcheck.language.syntax.pieces import pieces
from shipcheck.language.syntax.source_text import Written
from shipcheck.language.syntax.syntax_tree import SelectorTree, Tree
from shipcheck.language.typing.reader import Reader
from shipcheck.language.typing.scope import Scope, lost_scope
from shipcheck.language.typing.typer import Typer
from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.policy import EachComponent, EachLink, EachRemoved, Group, Subject
from shipcheck.model.types import component, list_of

Form = Literal["each", "link", "removed", "all", ""]


class Read(NamedTuple):
    """A subject as far as it could be read, and what the verb, the ladder and the message may name.

    `subject` is None where something about it is wrong. `form` and `kinds` are known even then, if they can be; `form` is empty
    where there is no subject at all.
    """

    subject: Subject | None
    form: Form
    kinds: tuple[str, ...]
    scope: Scope


def read_subject(reader: Reader, fields: Fields) -> Read:
    """The subject of one policy; whatever is wrong with it is complained about."""
    given = fields.present(("each", "all"))
    if len(given) != 1:
        fields.complain(fields.node, "P015", "a policy has exactly one subject: each or all")
        return Read(None, "", (), lost_scope())
    if given == ["all"]:
        return _group(reader, fields)
    if fields.has("per"):
        fields.complain(fields.node, "P015", "per goes with all; each checks one by one")
    written = fields.written("each")
    if written is None:
        return Read(None, "each", (), lost_scope())
    word = first_word(written)
    if word == "link":
        return _links(reader, written)
    return _components(reader, written, removed=word == "removed")


def _components(reader: Reader, written: Written, *, removed: bool) -> Read:
    parse: Callable[[Written], SelectorTree] = parse_removed if removed else parse_selector
    form: Form = "removed" if removed else "each"
    selector = reader.selector(written, Scope({}), parse)
    kinds = selector.kinds if selector else reader.kinds(written)
    if not kinds:
        return Read(None, form, (), lost_scope())
    kind = component(*kinds)
    scope = Scope({"it": kind, "subject": kind}, implicit="it")
    return Read(_subject(selector, removed=removed) if selector else None, form, kinds, scope)


def _subject(selector: Selector, *, removed: bool) -> Subject:
    return EachRemoved(selector) if removed else EachComponent(selector)


def _links(reader: Reader, written: Written) -> Read:
    parsed = reader.attempt(lambda: parse_links(written))
    scope = _link_scope(reader, written, parsed[0]) if parsed else None
    if parsed is None or scope is None:
        return Read(None, "link", (), lost_scope())
    names, where = parsed
    subject = EachLink(tuple(name.word for name in names), None, written.text)
    if where is not None:
        condition = _link_condition(reader, written, where, scope)
        subject = EachLink(subject.links, condition, written.text)
        if condition is None:
            return Read(None, "link", (), scope)
    return Read(subject, "link", (), scope)


def _link_condition(reader: Reader, written: Written, where: Tree, scope: Scope) -> Expression | None:
    condition = reader.attempt(lambda: Typer(written, reader.terms).condition(where, scope))
    names = {name: held.kinds for name, held in scope.names.items()}
    if condition is None or is_possible_condition(condition, names, reader.terms.vocabulary, reader.terms.effort):
        return condition
    reader.complain_impossible(written, where)
    return None


def _link_scope(reader: Reader, written: Written, names: tuple[Tree, ...]) -> Scope | None:
    """What a subject of these links may name, or None after complaining about a link that no kind has."""
    vocabulary = reader.terms.vocabulary
    sources: set[str] = set()
    targets: set[str] = set()
    for tree in names:
        owners = [kind for kind in vocabulary.kinds.values() if tree.word in kind.links]
        if not owners:
            hint = did_you_mean(tree.word, vocabulary.link_names())
            message = f"no kind has a link '{tree.word}'{hint}"
            reader.problems.append(written.problem("P004", message, tree.start, tree.end))
            return None
        sources |= {kind.name for kind in owners}
        targets |= {target for kind in owners for target in kind.links[tree.word].to}
    gates = list_of(component("gate"))
    return Scope({"from": component(*sources), "to": component(*targets), "through": gates, "gates": gates})


def _group(reader: Reader, fields: Fields) -> Read:
    written = fields.written("all")
    selector = reader.selector(written, Scope({})) if written else None
    kinds = selector.kinds if selector else (reader.kinds(written) if written else ())
    if not kinds:
        return Read(None, "all", (), lost_scope(group=True))
    member = Scope({"it": component(*kinds)}, implicit="it", group=True)
    per_text = fields.written("per")
    read = [_per(reader, piece, member.member()) for piece in pieces(per_text)] if per_text else []
    per = tuple(path for path in read if path)
    whole = selector is not None and len(per) == len(read)
    return Read(Group(selector, per) if selector and whole else None, "all", kinds, member)


def _per(reader: Reader, piece: Written, scope: Scope) -> Path | None:
    path = reader.attempt(lambda: Typer(piece, reader.terms).expression(parse_condition(piece), scope))
    if isinstance(path, Path) and path.type.name not in {"list", "record"}:
        return path
    if path is not None:
        reader.problems.append(piece.problem("P015", "per names fields with one value"))
    return None
