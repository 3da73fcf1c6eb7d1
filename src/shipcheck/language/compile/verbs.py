"""What a policy requires of its subject: a condition, a required path, a forbidden path, or no cycle."""

import re
from itertools import pairwise

from shipcheck.english import counted, did_you_mean, listed
from shipcheck.language.analysis.reachable_kinds import cyclic_kinds, reachable_kinds
from shipcheck.language.compile.subject import ParsedSubject
from shipcheck.language.syntax.grammar import tokens_of
from shipcheck.language.syntax.keys import Keys
from shipcheck.language.syntax.source_text import SourceText
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


def read_verb(reader: Reader, keys: Keys, read: ParsedSubject) -> Verb | None:
    """The verb of the policy written in `keys`, about the subject `read`; None after its problems are reported."""
    given = keys.present(VERBS)
    if len(given) != 1:
        keys.report(keys.node, "P015", f"a policy must have exactly one verb: {listed(VERBS)}")
        return None
    verb = given[0]
    _check_pairing(keys, verb)
    if verb == "must":
        source = keys.source("must")
        condition = reader.condition(source, read.scope) if source else None
        return Must(condition) if condition else None
    form_is_valid = _check_form(keys, verb, read)
    if verb == "must_not_cycle":
        return _cycle(reader, keys, read.kinds if form_is_valid else ())
    return _reaching(reader, keys, verb, read.kinds if form_is_valid else ())


def _check_pairing(keys: Keys, verb: str) -> None:
    for key, verbs in GOES_WITH.items():
        if verb not in verbs and keys.has(key):
            keys.report(keys.get(key) or keys.node, "P015", f"{key} can only be used with {listed(verbs)}")
    for key in keys.present(("through", "within")) if keys.has("every_way") else ():
        keys.report(
            keys.get(key) or keys.node, "P015", f"{key} is about one path and every_way about all paths; write two policies"
        )
    if verb in GOES_WITH["along"] and not keys.has("along"):
        keys.report(keys.node, "P015", f"{verb} needs along, the links that a path can follow")


def _check_form(keys: Keys, verb: str, read: ParsedSubject) -> bool:
    """Whether the subject has the form that a verb about paths needs; reports a problem if not."""
    wanted = "all" if verb == "must_not_cycle" else "each"
    if read.form in {wanted, ""}:
        return True
    if read.form == "removed":
        message = f"a removed component is not on any path of this revision, so {verb} cannot start there; use must"
    elif wanted == "all":
        message = "must_not_cycle is about a set of components; use all: KIND"
    else:
        message = f"{verb} starts from components; use each: KIND"
    keys.report(keys.node, "P015", message)
    return False


def _cycle(reader: Reader, keys: Keys, members: tuple[str, ...]) -> MustNotCycle | None:
    _is_true(keys, "must_not_cycle")
    if keys.has("per"):
        keys.report(keys.get("per") or keys.node, "P015", "must_not_cycle is about all members together; remove per")
    links = _along(reader, keys)
    vocabulary = reader.symbols.vocabulary
    before = len(reader.problems)
    if members:
        for link in links:
            ends = {end for kind in members for end in vocabulary.targets(kind, link.text)}
            if not ends & set(members):
                message = f"{link.text} never leads from {listed(members)} to {listed(members)}, so it cannot be in such a cycle"
                reader.problems.append(link.problem("P020", message))
        names = tuple(link.text for link in links)
        if names and len(reader.problems) == before and not cyclic_kinds(members, names, vocabulary):
            message = f"links {listed(names)} between {listed(members)} can never form a cycle"
            keys.report(keys.get("along") or keys.node, "P020", message)
    return MustNotCycle(tuple(link.text for link in links)) if links else None


def _is_true(keys: Keys, key: str) -> bool:
    """Whether a key is true; reports any other value."""
    node = keys.get(key)
    if node is None:
        return False
    if not isinstance(node, Scalar) or node.text != "true":
        keys.report(node, "P015", f"{key} must be true or absent")
        return False
    return True


def _reaching(reader: Reader, keys: Keys, verb: str, kinds: tuple[str, ...]) -> Verb | None:
    start = component(*kinds)
    subject = Scope({"from": start}) if kinds else Scope({}, lost=frozenset({"from"}))
    source = keys.source(verb)
    every_way = _is_true(keys, "every_way")
    target = reader.selector(source, subject) if source else None
    ends = target.kinds if target else (reader.kinds(source) if source else ())
    along = tuple(link.text for link in _along(reader, keys))
    within = _within(keys)
    gates = _gates(reader, keys, subject, ends)
    passed = _passed(reader, keys)
    last_hop = _last_hop(keys)
    if source and kinds and ends and along and not _can_reach(reader, source, (kinds, ends, along), within):
        return None
    wrong = (keys.has("unless_through") and gates is None) or (keys.has("through") and passed is None)
    if target is None or not along or wrong:
        return None
    if verb == "must_reach":
        return MustReach(target, along, passed, within, every_way)
    return MustNotReach(target, along, gates, last_hop, within)


def _can_reach(
    reader: Reader, source: SourceText, ends: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], within: int | None
) -> bool:
    """Whether the links can lead from the subjects to the targets at all; reports a problem if not."""
    start, targets, along = ends
    if reachable_kinds(start, along, reader.symbols.vocabulary, within) & set(targets):
        return True
    hops = (
        f" within {counted(within or 0, 'hop')}"
        if reachable_kinds(start, along, reader.symbols.vocabulary) & set(targets)
        else ""
    )
    message = f"links {listed(along)} can never lead from {listed(start)} to {listed(targets)}{hops}"
    reader.problems.append(source.problem("P020", message))
    return False


def _gates(reader: Reader, keys: Keys, subject: Scope, ends: tuple[str, ...]) -> Selector | None:
    source = keys.source("unless_through")
    if source is None:
        return None
    scope = subject.bind("to", component(*ends)) if ends else Scope(subject.names, lost=subject.lost | {"to"})
    return reader.selector(source, scope)


def _passed(reader: Reader, keys: Keys) -> Selector | None:
    """What a path must pass before its target; the same for every subject, so that one search serves all."""
    source = keys.source("through")
    if source is None:
        return None
    same = _is_same_for_all(reader, source, "through")
    return reader.selector(source, Scope({})) if same else None


def _is_same_for_all(reader: Reader, source: SourceText, key: str) -> bool:
    """Whether a selector names neither end of a path; reports a problem if it does."""
    for before, token in pairwise(reader.attempt(lambda: tokens_of(source)) or []):
        if token.kind == "name" and token.text in {"from", "to"} and before.text != ".":
            message = f"{key} is the same for every path, so it cannot name '{token.text}'; narrow the subject instead"
            reader.problems.append(source.problem("P015", message, token.start, token.end))
            return False
    return True


def _along(reader: Reader, keys: Keys) -> list[SourceText]:
    """The named links that exist, each with its place."""
    source = keys.source("along")
    if source is None:
        return []
    vocabulary = reader.symbols.vocabulary
    known = (*vocabulary.link_names(), *vocabulary.backward)
    links = []
    for piece in source.split():
        if piece.text in known:
            links.append(piece)
        else:
            hint = did_you_mean(piece.text, known)
            reader.problems.append(piece.problem("P004", f"unknown link '{piece.text}'{hint}"))
    return links


def _within(keys: Keys) -> int | None:
    node = keys.get("within")
    if node is None:
        return None
    if isinstance(node, Scalar) and _HOPS.fullmatch(node.text):
        return int(node.text)
    keys.report(node, "P015", f"within must be a whole number of hops, from 1 to {MOST_HOPS}")
    return None


def _last_hop(keys: Keys) -> bool:
    node = keys.get("gate_on")
    if node is None:
        return False
    text = keys.text("gate_on")
    if text not in {"any_hop", "last_hop"}:
        keys.report(node, "P015", "gate_on must be any_hop or last_hop")
    elif not keys.has("unless_through"):
        keys.report(node, "P015", "gate_on needs unless_through")
    return text == "last_hop"
