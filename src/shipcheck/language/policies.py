"""One policy: its subject, its verb, its severity and its words."""

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

from shipcheck.language.fields import ID, Fields
from shipcheck.language.grammar import is_about_links, parse_condition, parse_links, parse_selector
from shipcheck.language.message import parse_message
from shipcheck.language.reach import reachable_kinds
from shipcheck.language.scope import Scope, Terms
from shipcheck.language.syntax import Tree
from shipcheck.language.tokens import ExpressionError, ReportedError
from shipcheck.language.typer import Typer
from shipcheck.language.written import Written
from shipcheck.model.document import Node, Scalar, Sequence
from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.policy import (
    EachComponent,
    EachLink,
    Group,
    Must,
    MustNotReach,
    MustReach,
    Policy,
    Rung,
    Severity,
    Subject,
    Verb,
)
from shipcheck.model.problem import Problem
from shipcheck.model.types import Type, component, list_of
from shipcheck.wording import did_you_mean, listed

VERBS = ("must", "must_reach", "must_not_reach")
PATH_VERBS = ("must_reach", "must_not_reach")
WORDS = ("id", "title", "why", "fix", "controls", "severity", "message")
KEYS = (*WORDS, "each", "all", "per", *VERBS, "along", "unless_through", "gate_on")
T = TypeVar("T")
SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE}


class PolicyReader:
    """Reads the policies of one pack; everything wrong with them goes to `problems`."""

    def __init__(self, pack: str, terms: Terms, problems: list[Problem]) -> None:
        self._pack = pack
        self._terms = terms
        self._problems = problems

    def read(self, fields: Fields) -> Policy | None:
        """One policy, or None after complaining."""
        before = len(self._problems)
        fields.allow(KEYS)
        name = self._id(fields)
        self._terms.used.clear()
        subject, scope = self._subject(fields)
        verb = self._verb(fields, subject, scope)
        title, why = fields.text("title", required=True), fields.text("why", required=True)
        if subject is None or verb is None:
            return None
        spoken = _spoken_scope(subject, verb, scope)
        severity = self._severity(fields, spoken if not isinstance(subject, Group) else None)
        message = self._message(fields, spoken)
        if name is None or len(self._problems) > before:
            return None
        return Policy(
            pack=self._pack,
            id=name.text,
            title=title,
            why=why,
            fix=fields.text("fix"),
            controls=fields.texts("controls"),
            subject=subject,
            verb=verb,
            severity=severity,
            at_least=Severity.NOTE,
            message=message or (title,),
            parameters=tuple(sorted(self._terms.parameters_used())),
            location=fields.document.locate(name),
        )

    def _id(self, fields: Fields) -> Scalar | None:
        node = fields.get("id")
        if isinstance(node, Scalar) and ID.fullmatch(node.text):
            return node
        message = "an id is a kebab-case name such as ungated-action" if node else "the policy has no id; write one"
        fields.complain(node or fields.node, "P001", message)
        return None

    def _subject(self, fields: Fields) -> tuple[Subject | None, Scope]:
        given = fields.present(("each", "all"))
        if len(given) != 1:
            fields.complain(fields.node, "P015", "a policy has exactly one subject: each or all")
            return None, Scope({})
        if given == ["all"]:
            return self._group(fields)
        if fields.has("per"):
            fields.complain(fields.node, "P015", "per goes with all; each checks one by one")
        written = fields.written("each")
        if written is not None and is_about_links(written):
            links = self._attempt(lambda: parse_links(written))
            return self._links(written, *links) if links else (None, Scope({}))
        selector = self.selector(written, Scope({})) if written else None
        if selector is None:
            return None, Scope({})
        kind = component(*selector.kinds)
        return EachComponent(selector), Scope({"it": kind, "subject": kind}, implicit="it")

    def _links(self, written: Written, names: tuple[Tree, ...], where: Tree | None) -> tuple[Subject | None, Scope]:
        vocabulary = self._terms.vocabulary
        found = []
        sources: set[str] = set()
        targets: set[str] = set()
        for tree in names:
            word = tree.word
            owners = [kind for kind in vocabulary.kinds.values() if word in kind.links]
            if not owners:
                hint = did_you_mean(word, vocabulary.link_names())
                self._problems.append(written.problem("P004", f"no kind has a link '{word}'{hint}", tree.start, tree.end))
                return None, Scope({})
            found.append(word)
            sources |= {kind.name for kind in owners}
            targets |= {target for kind in owners for target in kind.links[word].to}
        gates = list_of(component("gate"))
        scope = Scope({"from": component(*sources), "to": component(*targets), "through": gates, "gates": gates})
        condition = None
        if where is not None:
            condition = self._attempt(lambda: Typer(written, self._terms).condition(where, scope))
        return EachLink(tuple(found), condition, written.text), scope

    def _group(self, fields: Fields) -> tuple[Subject | None, Scope]:
        written = fields.written("all")
        selector = self.selector(written, Scope({})) if written else None
        if selector is None:
            return None, Scope({})
        member = Scope({"it": component(*selector.kinds)}, implicit="it", group=True)
        per_text = fields.written("per")
        per: list[Path] = []
        if per_text:
            per = [path for piece in _pieces(per_text) if (path := self._per(piece, member.member()))]
        return Group(selector, tuple(per)), member

    def _per(self, piece: Written, scope: Scope) -> Path | None:
        path = self._attempt(lambda: Typer(piece, self._terms).expression(parse_condition(piece), scope))
        if isinstance(path, Path) and path.type.name not in {"list", "record"}:
            return path
        if path is not None:
            self._problems.append(piece.problem("P015", "per names fields with one value"))
        return None

    def _verb(self, fields: Fields, subject: Subject | None, scope: Scope) -> Verb | None:
        given = fields.present(VERBS)
        if len(given) != 1:
            fields.complain(fields.node, "P015", f"a policy has exactly one verb: {listed(VERBS)}")
            return None
        verb = given[0]
        self._check_pairing(fields, verb)
        if subject is None:
            self._check_target_alone(fields, verb)
            return None
        if verb == "must":
            written = fields.written("must")
            condition = self._condition(written, scope) if written else None
            return Must(condition) if condition else None
        if not isinstance(subject, EachComponent):
            fields.complain(fields.node, "P015", f"{verb} starts from components; say each: KIND")
            return None
        return self._path_verb(fields, verb, subject)

    def _check_target_alone(self, fields: Fields, verb: str) -> None:
        """Say what is wrong with a target although the subject is wrong too, where the two do not depend on each other."""
        written = fields.written(verb) if verb in PATH_VERBS else None
        if written and "from" not in written.text:
            self.selector(written, Scope({}))

    def _check_pairing(self, fields: Fields, verb: str) -> None:
        if verb not in PATH_VERBS:
            for key in fields.present(("along",)):
                fields.complain(fields.get(key) or fields.node, "P015", f"{key} goes with {listed(PATH_VERBS)}")
        elif not fields.has("along"):
            fields.complain(fields.node, "P015", f"{verb} needs along: the links a walk may take")
        if verb != "must_not_reach":
            for key in fields.present(("unless_through", "gate_on")):
                fields.complain(fields.get(key) or fields.node, "P015", f"{key} goes with must_not_reach")

    def _path_verb(self, fields: Fields, verb: str, subject: EachComponent) -> Verb | None:
        start = component(*subject.selector.kinds)
        written = fields.written(verb)
        target = self.selector(written, Scope({"from": start})) if written else None
        along = self._along(fields)
        if target is None or not along or written is None:
            return None
        reached = reachable_kinds(subject.selector.kinds, along, self._terms.vocabulary)
        if not reached & set(target.kinds):
            ends = f"from {listed(subject.selector.kinds)} to {listed(target.kinds)}"
            message = f"no chain of {listed(along)} leads {ends}, so this never happens"
            self._problems.append(written.problem("P020", message))
            return None
        if verb == "must_reach":
            return MustReach(target, along)
        gates_text = fields.written("unless_through")
        gates = self.selector(gates_text, Scope({"from": start, "to": component(*target.kinds)})) if gates_text else None
        if gates_text and gates is None:
            return None
        return MustNotReach(target, along, gates, self._last_hop(fields))

    def _along(self, fields: Fields) -> tuple[str, ...]:
        written = fields.written("along")
        if written is None:
            return ()
        vocabulary = self._terms.vocabulary
        known = (*vocabulary.link_names(), *vocabulary.backward)
        names = []
        for piece in _pieces(written):
            if piece.text in known:
                names.append(piece.text)
            else:
                hint = did_you_mean(piece.text, known)
                self._problems.append(piece.problem("P004", f"no link is named '{piece.text}'{hint}"))
        return tuple(names)

    def _last_hop(self, fields: Fields) -> bool:
        node = fields.get("gate_on")
        if node is None:
            return False
        text = fields.text("gate_on")
        if text not in {"any_hop", "last_hop"}:
            fields.complain(node, "P015", "gate_on is any_hop or last_hop")
        elif not fields.has("unless_through"):
            fields.complain(node, "P015", "gate_on says where unless_through is looked for, and there is none")
        return text == "last_hop"

    def _severity(self, fields: Fields, scope: Scope | None) -> tuple[Rung, ...]:
        node = fields.get("severity")
        if node is None:
            return (Rung(Severity.ERROR, None),)
        items = node.items if isinstance(node, Sequence) else (node,)
        if not items:
            fields.complain(node, "P016", "a severity ladder has at least one step; write error, warning or note")
        rungs = [rung for item in items if (rung := self._rung(fields, item, scope))]
        if rungs and len(rungs) == len(items):
            self._check_ladder(fields, node, rungs)
        return tuple(rungs)

    def _rung(self, fields: Fields, item: Node, scope: Scope | None) -> Rung | None:
        if not isinstance(item, Scalar):
            fields.complain(item, "P016", "a step of a severity ladder is text such as 'error when stage == production'")
            return None
        word, _, rest = item.text.partition(" ")
        if word not in SEVERITIES:
            fields.complain(
                item, "P016", f"'{word}' is not a severity{did_you_mean(word, SEVERITIES) or '; write error, warning or note'}"
            )
            return None
        if not rest:
            return Rung(SEVERITIES[word], None)
        keyword, _, condition_text = rest.strip().partition(" ")
        if keyword != "when" or not condition_text:
            fields.complain(item, "P016", f"a step with a condition is written '{word} when CONDITION'")
            return None
        if scope is None:
            fields.complain(item, "P016", "a group has many members, so its severity has no condition")
            return None
        offset = item.text.rindex(condition_text)
        piece = _piece(Written(fields.document, item), offset, len(item.text))
        condition = self._condition(piece, scope)
        return Rung(SEVERITIES[word], condition) if condition else None

    def _check_ladder(self, fields: Fields, node: Node, rungs: list[Rung]) -> None:
        if rungs[-1].when is not None or any(rung.when is None for rung in rungs[:-1]):
            fields.complain(node, "P016", "the last step of a severity ladder, and only the last, has no condition")
        levels = [rung.severity for rung in rungs]
        if any(upper <= lower for upper, lower in pairwise(levels)):
            fields.complain(node, "P016", "a severity ladder goes down: error, then warning, then note")

    def _message(self, fields: Fields, scope: Scope) -> tuple[str | Expression, ...]:
        written = fields.written("message")
        if written is None:
            return ()
        return self._attempt(lambda: parse_message(written, scope, self._terms)) or ()

    def _condition(self, written: Written, scope: Scope) -> Expression | None:
        return self._attempt(lambda: Typer(written, self._terms).condition(parse_condition(written), scope))

    def selector(self, written: Written, scope: Scope) -> Selector | None:
        """A selector, or None after complaining."""
        return self._attempt(lambda: Typer(written, self._terms).selector(parse_selector(written), scope))

    def mentions(self, written: Written) -> tuple[tuple[str, ...], int] | None:
        """The names of selectors that a selector uses, once for each use, and how deep it nests; None after complaining."""
        tree = self._attempt(lambda: parse_selector(written))
        if tree is None:
            return None
        names = tuple(name.word for name in tree.names)
        return names + (_matched(tree.where) if tree.where else ()), _depth(tree.where) if tree.where else 1

    def _attempt(self, parse: Callable[[], T]) -> T | None:
        try:
            return parse()
        except ReportedError:
            return None
        except ExpressionError as error:
            self._problems.append(error.problem)
            return None


def _matched(tree: Tree) -> tuple[str, ...]:
    """The selectors that a condition names after `is`."""
    own = (tree.word,) if tree.kind == "matches" else ()
    return own + tuple(name for part in tree.parts for name in _matched(part))


def _depth(tree: Tree) -> int:
    return 1 + max((_depth(part) for part in tree.parts), default=0)


def _spoken_scope(subject: Subject, verb: Verb, scope: Scope) -> Scope:
    """What severity ladders and messages may name."""
    if isinstance(verb, MustNotReach | MustReach) and isinstance(subject, EachComponent):
        scope = scope.bind("from", component(*subject.selector.kinds))
        if isinstance(verb, MustNotReach):
            scope = scope.bind("to", component(*verb.target.kinds))
    if isinstance(subject, Group):
        names: dict[str, Type] = {path.text.replace(".", "_"): path.type for path in subject.per if path.steps}
        return Scope({**scope.names, **names}, scope.implicit, group=True, bound=frozenset(names))
    return scope


def _pieces(written: Written) -> list[Written]:
    """The parts between commas, each with its place."""
    pieces = []
    offset = 0
    for part in written.text.split(","):
        start = offset + len(part) - len(part.lstrip())
        pieces.append(_piece(written, start, start + len(part.strip())))
        offset += len(part) + 1
    return pieces


def _piece(written: Written, start: int, end: int) -> Written:
    place = written.place(start, max(end, start + 1))
    text = written.text[start:end]
    return Written(written.document, Scalar(text, True, place.line, place.column, place.end_line, place.end_column))  # noqa: FBT003
