"""One policy: its subject, its verb, its severity and its words."""

from shipcheck.english import listed
from shipcheck.language.compile.catalogues import Numbers, check_control
from shipcheck.language.compile.ladder import read_ladder
from shipcheck.language.compile.subject import Read, read_subject
from shipcheck.language.compile.verbs import GOES_WITH, VERBS, read_verb
from shipcheck.language.syntax.keys import ID, Fields
from shipcheck.language.typing.message import parse_message
from shipcheck.language.typing.reader import Reader
from shipcheck.language.typing.scope import Scope, lost_scope
from shipcheck.model.document import Scalar
from shipcheck.model.expression import Expression
from shipcheck.model.policy import Group, Policy, Rung, Severity
from shipcheck.model.softening import DROP
from shipcheck.model.types import Type, component

WORDS = ("id", "title", "why", "fix", "controls", "severity", "message", "cost", "may_soften")
KEYS = (*WORDS, "each", "all", "per", *VERBS, *GOES_WITH)
SOFT = ("severity", DROP)


class PolicyReader:
    """Reads the policies of one pack; everything wrong with them goes to the problems of its reader.

    `controls` are those that policies may name; without them any may be named.
    """

    def __init__(self, pack: str, reader: Reader, controls: Numbers | None = None) -> None:
        self._pack = pack
        self._known = controls
        self._terms = reader.terms
        self._problems = reader.problems
        self._reader = reader

    def read(self, fields: Fields) -> Policy | None:
        """One policy, or None after complaining."""
        before = len(self._problems)
        fields.allow(KEYS)
        name = self._id(fields)
        self._terms.used.clear()
        read = read_subject(self._reader, fields)
        verb = read_verb(self._reader, fields, read)
        title, why = self._title(fields), fields.text("why", required=True)
        severity, message = self._outcome(fields, read)
        controls, fix = self._controls(fields), fields.text("fix")
        may_soften = self._may_soften(fields)
        self._check_cost(fields)
        if name is None or read.subject is None or verb is None or len(self._problems) > before:
            return None
        return Policy(
            pack=self._pack,
            id=name.text,
            title=title,
            why=why,
            fix=fix,
            controls=controls,
            subject=read.subject,
            verb=verb,
            severity=severity,
            at_least=Severity.NOTE,
            message=message or (title,),
            parameters=tuple(sorted(self._terms.parameters_used())),
            location=fields.document.locate(name),
            may_soften=may_soften,
        )

    def _id(self, fields: Fields) -> Scalar | None:
        node = fields.get("id")
        if isinstance(node, Scalar) and ID.fullmatch(node.text):
            return node
        message = "an id is a kebab-case name such as ungated-action" if node else "the policy has no id; write one"
        fields.complain(node or fields.node, "P001", message)
        return None

    def _title(self, fields: Fields) -> str:
        title = fields.text("title", required=True)
        if "{" in title:
            message = "a title is plain text; put expressions in braces into message"
            fields.complain(fields.get("title") or fields.node, "P027", message)
        return title

    def _controls(self, fields: Fields) -> tuple[str, ...]:
        controls = fields.texts("controls")
        for item in fields.items("controls") if controls else ():
            if isinstance(item, Scalar):
                check_control(fields, item, self._known)
        return controls

    def _may_soften(self, fields: Fields) -> tuple[str, ...]:
        """What a pack that extends this one may ask less of."""
        for item in fields.items("may_soften"):
            if not isinstance(item, Scalar) or item.text not in SOFT:
                fields.complain(item, "P001", f"may_soften is a list of {listed(SOFT, 'and')}")
        return fields.texts("may_soften") if fields.has("may_soften") else ()

    def _check_cost(self, fields: Fields) -> None:
        if fields.has("cost") and fields.text("cost") != "accepted":
            message = "cost is accepted, or is left out; it says that the policy may cost more than one pass over the graph"
            fields.complain(fields.get("cost") or fields.node, "P015", message)

    def _outcome(self, fields: Fields, read: Read) -> tuple[tuple[Rung, ...], tuple[str | Expression, ...]]:
        """What a finding of the policy weighs, and what it says."""
        scope = self._spoken(fields, read)
        severity = read_ladder(self._reader, fields, None if read.form == "all" else scope)
        written = fields.written("message")
        message = self._reader.attempt(lambda: parse_message(written, scope, self._terms)) if written else None
        return severity, message or ()

    def _spoken(self, fields: Fields, read: Read) -> Scope:
        """What severity ladders and messages may name."""
        if read.form == "all":
            return self._spoken_of_group(fields, read)
        return self._spoken_of_walk(fields, read) if read.form == "each" and read.kinds else read.scope

    def _spoken_of_group(self, fields: Fields, read: Read) -> Scope:
        """What a policy about groups may name: what their members share, or the smallest member of a cycle."""
        if not isinstance(read.subject, Group):
            return lost_scope(group=True)
        if fields.has("must_not_cycle"):
            return Scope({"subject": component(*read.kinds)})
        names: dict[str, Type] = {path.text.replace(".", "_"): path.type for path in read.subject.per if path.steps}
        return Scope({**read.scope.names, **names}, read.scope.implicit, group=True, bound=frozenset(names))

    def _spoken_of_walk(self, fields: Fields, read: Read) -> Scope:
        """What a policy about walks may name besides: its subject as `from`, and the end of a walk that must not be as `to`."""
        if fields.has("must_reach"):
            return read.scope.bind("from", component(*read.kinds))
        written = fields.written("must_not_reach") if fields.has("must_not_reach") else None
        if written is None:
            return read.scope
        scope = read.scope.bind("from", component(*read.kinds))
        ends = self._reader.kinds(written)
        if ends:
            return scope.bind("to", component(*ends))
        return Scope(scope.names, scope.implicit, lost=frozenset({"to"}))
