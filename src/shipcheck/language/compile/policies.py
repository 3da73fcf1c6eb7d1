"""One policy: its subject, its verb, its severity and its texts."""

from shipcheck.english import listed
from shipcheck.language.compile.catalogues import Numbers, check_control
from shipcheck.language.compile.ladder import read_ladder
from shipcheck.language.compile.subject import ParsedSubject, read_subject
from shipcheck.language.compile.verbs import GOES_WITH, VERBS, read_verb
from shipcheck.language.syntax.keys import ID, Keys
from shipcheck.language.typing.reader import Reader, parse_message
from shipcheck.language.typing.scope import Scope, lost_scope
from shipcheck.model.document import Scalar
from shipcheck.model.expression import Expression
from shipcheck.model.policy import CONCERNS, SAFETY, Concern, Group, Policy, Rung, Severity
from shipcheck.model.softening import DROP
from shipcheck.model.types import Type, component

WORDS = ("id", "title", "why", "fix", "controls", "severity", "message", "concern", "cost", "may_soften")
KEYS = (*WORDS, "each", "all", "per", *VERBS, *GOES_WITH)
SOFT = ("severity", DROP)


class PolicyReader:
    """Reads the policies of one pack; problems are added to those of its reader.

    `controls` are those that policies can name; without them any can be named.
    """

    def __init__(self, pack: str, reader: Reader, controls: Numbers | None = None) -> None:
        self._pack = pack
        self._known = controls
        self._symbols = reader.symbols
        self._problems = reader.problems
        self._reader = reader

    def read(self, keys: Keys, concern: Concern = SAFETY) -> Policy | None:
        """One policy, or None after its problems are reported; `concern` is that of its file."""
        before = len(self._problems)
        keys.allow(KEYS)
        name = self._id(keys)
        self._symbols.used.clear()
        read = read_subject(self._reader, keys)
        verb = read_verb(self._reader, keys, read)
        title, why = self._title(keys), keys.text("why", required=True)
        severity, message = self._outcome(keys, read)
        controls, fix = self._controls(keys), keys.text("fix")
        may_soften = self._may_soften(keys)
        own_concern = read_concern(keys, concern)
        self._check_cost(keys)
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
            parameters=tuple(sorted(self._symbols.parameters_used())),
            location=keys.document.locate(name),
            may_soften=may_soften,
            concern=own_concern,
        )

    def _id(self, keys: Keys) -> Scalar | None:
        node = keys.get("id")
        if isinstance(node, Scalar) and ID.fullmatch(node.text):
            return node
        message = "an id must be a kebab-case name such as ungated-action" if node else "the policy has no id; add one"
        keys.report(node or keys.node, "P001", message)
        return None

    def _title(self, keys: Keys) -> str:
        title = keys.text("title", required=True)
        if "{" in title:
            message = "a title cannot have expressions; use them in message"
            keys.report(keys.get("title") or keys.node, "P027", message)
        return title

    def _controls(self, keys: Keys) -> tuple[str, ...]:
        controls = keys.texts("controls")
        for item in keys.items("controls") if controls else ():
            if isinstance(item, Scalar):
                check_control(keys, item, self._known)
        return controls

    def _may_soften(self, keys: Keys) -> tuple[str, ...]:
        """What a pack that extends this one can loosen."""
        for item in keys.items("may_soften"):
            if not isinstance(item, Scalar) or item.text not in SOFT:
                keys.report(item, "P001", f"may_soften must be a list of {listed(SOFT, 'and')}")
        return keys.texts("may_soften") if keys.has("may_soften") else ()

    def _check_cost(self, keys: Keys) -> None:
        if keys.has("cost") and keys.text("cost") != "accepted":
            message = "cost must be accepted or absent; it means that the policy may cost more than one pass over the graph"
            keys.report(keys.get("cost") or keys.node, "P015", message)

    def _outcome(self, keys: Keys, read: ParsedSubject) -> tuple[tuple[Rung, ...], tuple[str | Expression, ...]]:
        """The severity and the message of a finding of the policy."""
        scope = self._message_scope(keys, read)
        severity = read_ladder(self._reader, keys, None if read.form == "all" else scope)
        source = keys.source("message")
        message = self._reader.attempt(lambda: parse_message(source, scope, self._symbols)) if source else None
        return severity, message or ()

    def _message_scope(self, keys: Keys, read: ParsedSubject) -> Scope:
        """The names that severity ladders and messages can use."""
        if read.form == "all":
            return self._message_scope_of_group(keys, read)
        return self._message_scope_of_path(keys, read) if read.form == "each" and read.kinds else read.scope

    def _message_scope_of_group(self, keys: Keys, read: ParsedSubject) -> Scope:
        """The names in a policy about groups: what their members share, or the smallest member of a cycle."""
        if not isinstance(read.subject, Group):
            return lost_scope(group=True)
        if keys.has("must_not_cycle"):
            return Scope({"subject": component(*read.kinds)})
        names: dict[str, Type] = {path.text.replace(".", "_"): path.type for path in read.subject.per if path.steps}
        return Scope({**read.scope.names, **names}, read.scope.implicit, group=True, bound=frozenset(names))

    def _message_scope_of_path(self, keys: Keys, read: ParsedSubject) -> Scope:
        """More names in a policy about paths: its subject as `from`, and the end of a forbidden path as `to`."""
        if keys.has("must_reach"):
            return read.scope.bind("from", component(*read.kinds))
        source = keys.source("must_not_reach") if keys.has("must_not_reach") else None
        if source is None:
            return read.scope
        scope = read.scope.bind("from", component(*read.kinds))
        ends = self._reader.kinds(source)
        if ends:
            return scope.bind("to", component(*ends))
        return Scope(scope.names, scope.implicit, lost=frozenset({"to"}))


def read_concern(keys: Keys, otherwise: Concern = SAFETY) -> Concern:
    """What a policy, or all policies of a file, are about."""
    text = keys.text("concern") if keys.has("concern") else otherwise
    for concern in CONCERNS:
        if text == concern:
            return concern
    keys.report(keys.get("concern") or keys.node, "P001", f"concern must be one of {listed(CONCERNS)}")
    return otherwise
