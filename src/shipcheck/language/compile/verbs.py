"""What a policy asks of its subject: a condition, a walk that there must be, one that there must not be, or no cycle."""

import re
from itertools import pairwise

from shipcheck.english import did_you_mean, listed
from shipcheck.language.analysis.reachable_kinds import cyclic_kinds, reachable_kinds
from shipcheck.language.compile.subject import Read
from shipcheck.language.syntax.keys import Fields
from shipcheck.language.syntax.pieces import pieces
from shipcheck.language.syntax.source_text import Written
from shipcheck.language.syntax.tokens import tokenize
from shipcheck.language.typing.reader import Reader
from shipcheck.language.typing.scope import Scope
from shipcheck.model.document import Scalar
from shipcheck.model.expression import Selector
from shipcheck.model.policy import Must, MustNotCycle, MustNotReach, MustReach, Verb
from shipcheck.model.types import component

VERBS = ("must", "must_reach", "must_not_reach", "must_not_cycle")
PATH_VERBS = ("must_reach", "must_not_reach")
GOES_WITH = {
    "along": ("must_reach", "must_not_reach", "must_not_cycle"),
    "within": PATH_VERBS,
    "through": ("must_reach",),
    "every_way": ("must_reach",),
    "unless_through": ("must_not_reach",),
    "gate_on": ("must_not_reach",),
}
MOST_HOPS = 9999
_HOPS = re.compile("[1-9][0-9]{0,3}")


def read_verb(reader: Reader, fields: Fields, read: Read) -> Verb | None:
    """The verb of one policy, or None; whatever is wrong with it is complained about."""
    given = fields.present(VERBS)
    if len(given) != 1:
        fields.complain(fields.node, "P015", f"a policy has exactly one verb: {listed(VERBS)}")
        return None
    verb = given[0]
    _check_pairing(fields, verb)
    if verb == "must":
        written = fields.written("must")
        condition = reader.condition(written, read.scope) if written else None
        return Must(condition) if condition else None
    fits = _check_form(fields, verb, read)
    if verb == "must_not_cycle":
        return _cycle(reader, fields, read.kinds if fits else ())
    return _walk(reader, fields, verb, read.kinds if fits else ())


def _check_pairing(fields: Fields, verb: str) -> None:
    for key, verbs in GOES_WITH.items():
        if verb not in verbs and fields.has(key):
            fields.complain(fields.get(key) or fields.node, "P015", f"{key} goes with {listed(verbs)}")
    for key in fields.present(("through", "within")) if fields.has("every_way") else ():
        fields.complain(
            fields.get(key) or fields.node, "P015", f"{key} is about one walk and every_way about all; write two policies"
        )
    if verb in GOES_WITH["along"] and not fields.has("along"):
        fields.complain(fields.node, "P015", f"{verb} needs along: the links a walk may take")


def _check_form(fields: Fields, verb: str, read: Read) -> bool:
    """Whether the subject is of the form that a verb about walks needs; complains where it is of another one."""
    wanted = "all" if verb == "must_not_cycle" else "each"
    if read.form in {wanted, ""}:
        return True
    if read.form == "removed":
        message = f"a removed component is on no walk of this revision, so {verb} cannot start there; say must"
    elif wanted == "all":
        message = "must_not_cycle looks at many components at once; say all: KIND"
    else:
        message = f"{verb} starts from components; say each: KIND"
    fields.complain(fields.node, "P015", message)
    return False


def _cycle(reader: Reader, fields: Fields, members: tuple[str, ...]) -> MustNotCycle | None:
    _is_true(fields, "must_not_cycle")
    if fields.has("per"):
        fields.complain(fields.get("per") or fields.node, "P015", "must_not_cycle looks at all members at once; leave per out")
    links = _along(reader, fields)
    vocabulary = reader.terms.vocabulary
    before = len(reader.problems)
    if members:
        for link in links:
            ends = {end for kind in members for end in vocabulary.targets(kind, link.text)}
            if not ends & set(members):
                message = f"{link.text} never leads from {listed(members)} to {listed(members)}, so it is in no such cycle"
                reader.problems.append(link.problem("P020", message))
        names = tuple(link.text for link in links)
        if names and len(reader.problems) == before and not cyclic_kinds(members, names, vocabulary):
            message = f"no chain of {listed(names)} between {listed(members)} leads back to where it began; this never happens"
            fields.complain(fields.get("along") or fields.node, "P020", message)
    return MustNotCycle(tuple(link.text for link in links)) if links else None


def _is_true(fields: Fields, key: str) -> bool:
    """Whether a key says true; complains where it says anything else."""
    node = fields.get(key)
    if node is None:
        return False
    if not isinstance(node, Scalar) or node.text != "true":
        fields.complain(node, "P015", f"{key} is true, or is left out")
        return False
    return True


def _walk(reader: Reader, fields: Fields, verb: str, kinds: tuple[str, ...]) -> Verb | None:
    start = component(*kinds)
    subject = Scope({"from": start}) if kinds else Scope({}, lost=frozenset({"from"}))
    written = fields.written(verb)
    every_way = _is_true(fields, "every_way")
    target = reader.selector(written, subject) if written else None
    ends = target.kinds if target else (reader.kinds(written) if written else ())
    along = tuple(link.text for link in _along(reader, fields))
    within = _within(fields)
    gates = _gates(reader, fields, subject, ends)
    passed = _passed(reader, fields)
    last_hop = _last_hop(fields)
    if written and kinds and ends and along and not _can_reach(reader, written, (kinds, ends, along), within):
        return None
    wrong = (fields.has("unless_through") and gates is None) or (fields.has("through") and passed is None)
    if target is None or not along or wrong:
        return None
    if verb == "must_reach":
        return MustReach(target, along, passed, within, every_way)
    return MustNotReach(target, along, gates, last_hop, within)


def _can_reach(
    reader: Reader, written: Written, ends: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], within: int | None
) -> bool:
    """Whether the links can lead from the subjects to the targets at all; complains where they cannot."""
    start, targets, along = ends
    if reachable_kinds(start, along, reader.terms.vocabulary, within) & set(targets):
        return True
    hops = f" within {within}" if reachable_kinds(start, along, reader.terms.vocabulary) & set(targets) else ""
    message = f"no chain of {listed(along)} leads from {listed(start)} to {listed(targets)}{hops}, so this never happens"
    reader.problems.append(written.problem("P020", message))
    return False


def _gates(reader: Reader, fields: Fields, subject: Scope, ends: tuple[str, ...]) -> Selector | None:
    written = fields.written("unless_through")
    if written is None:
        return None
    scope = subject.bind("to", component(*ends)) if ends else Scope(subject.names, lost=subject.lost | {"to"})
    return reader.selector(written, scope)


def _passed(reader: Reader, fields: Fields) -> Selector | None:
    """What a walk passes before its target; the same for every subject, so that one search serves all."""
    written = fields.written("through")
    if written is None:
        return None
    same = _is_same_for_all(reader, written, "through")
    return reader.selector(written, Scope({})) if same else None


def _is_same_for_all(reader: Reader, written: Written, key: str) -> bool:
    """Whether a selector names neither end of a walk; complains where it does."""
    for before, token in pairwise(reader.attempt(lambda: tokenize(written)) or []):
        if token.kind == "name" and token.text in {"from", "to"} and before.text != ".":
            message = f"{key} is the same for every walk, so it cannot name '{token.text}'; narrow the subject instead"
            reader.problems.append(written.problem("P015", message, token.start, token.end))
            return False
    return True


def _along(reader: Reader, fields: Fields) -> list[Written]:
    """The links that are named and that there are, each with its place."""
    written = fields.written("along")
    if written is None:
        return []
    vocabulary = reader.terms.vocabulary
    known = (*vocabulary.link_names(), *vocabulary.backward)
    found = []
    for piece in pieces(written):
        if piece.text in known:
            found.append(piece)
        else:
            hint = did_you_mean(piece.text, known)
            reader.problems.append(piece.problem("P004", f"no link is named '{piece.text}'{hint}"))
    return found


def _within(fields: Fields) -> int | None:
    node = fields.get("within")
    if node is None:
        return None
    if isinstance(node, Scalar) and _HOPS.fullmatch(node.text):
        return int(node.text)
    fields.complain(node, "P015", f"within is a whole number of hops, from 1 to {MOST_HOPS}")
    return None


def _last_hop(fields: Fields) -> bool:
    node = fields.get("gate_on")
    if node is None:
        return False
    text = fields.text("gate_on")
    if text not in {"any_hop", "last_hop"}:
        fields.complain(node, "P015", "gate_on is any_hop or last_hop")
    elif not fields.has("unless_through"):
        fields.complain(node, "P015", "gate_on says where unless_through is looked for, and there is none")
    return text == "last_hop"
