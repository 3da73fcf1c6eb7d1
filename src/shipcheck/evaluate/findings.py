"""Findings put together: message, place, witness, reasons, cause, fix and owner."""

from collections.abc import Iterable
from dataclasses import dataclass

from shipcheck.english import article, listed
from shipcheck.evaluate.display import shown
from shipcheck.evaluate.failures import Failure, Judge
from shipcheck.evaluate.fixes import Fixes
from shipcheck.evaluate.hops import Hops
from shipcheck.evaluate.must_not_reach import OpenWalk
from shipcheck.evaluate.reasons import NONE_OF, Blame
from shipcheck.evaluate.severity import Grounds
from shipcheck.evaluate.subjects import Environment, Subject
from shipcheck.evaluate.world import World
from shipcheck.graph.cycles import Cycle
from shipcheck.graph.escapes import Escape
from shipcheck.model.expression import Expression, Path
from shipcheck.model.finding import Finding, Fix, Hop, Reason
from shipcheck.model.location import Location
from shipcheck.model.policy import EachComponent, EachLink, Must, MustNotReach, MustReach, Policy

# Of the links whose removal leaves no circle, so many are named.
MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a finding is made of besides its policy, subject and place. `doubts` are fields whose absence was read towards it."""

    reasons: tuple[Reason, ...]
    fix: Fix
    cause: str
    witness: tuple[Hop, ...] = ()
    target: int | None = None
    doubts: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


class Findings:
    """Makes findings over one world."""

    def __init__(self, world: World, judge: Judge) -> None:
        self._world = world
        self._graph = world.graph
        self._blame = Blame(world)
        self._grounds = Grounds(world, self._blame)
        self._hops = Hops(world, self._blame)
        self._fixes = Fixes(world, judge.paths, self._blame)

    def explain(self, policy: Policy, failures: tuple[Failure, ...]) -> tuple[Finding, ...]:
        """A finding for each failure of a policy."""
        verb = policy.verb
        if isinstance(verb, MustNotReach):
            return self._open_walks(policy, verb, failures)
        if isinstance(verb, Must):
            return tuple(self._unmet(policy, failure.subject, verb.condition) for failure in failures)
        if isinstance(verb, MustReach):
            return tuple(self._dead_end(policy, verb, failure) for failure in failures)
        return tuple(self._circle(policy, failure) for failure in failures)

    def _unmet(self, policy: Policy, subject: Subject, condition: Expression) -> Finding:
        """A `must` that is not yes for a subject."""
        reasons = tuple(self._blame.reasons(condition, subject.environment))
        unknown = self._blame.value(condition, subject.environment) is None
        shared = _cause(policy, subject, reasons)
        reasons, location = self._placed(subject, reasons)
        if isinstance(policy.subject, EachLink):
            location = subject.place
        fix = self._fixes.for_reasons(policy, subject.node, reasons)
        doubted = self._doubted_subject(policy, subject)
        doubts = (*doubted, *(_missing(reasons) if unknown else ()))
        cause = f"{doubted[0]} is not declared" if doubted else shared
        return self._finding(policy, subject, location, _Parts(reasons, fix, cause, doubts=doubts))

    def _placed(self, subject: Subject, reasons: tuple[Reason, ...]) -> tuple[tuple[Reason, ...], Location]:
        """Where a finding stands: at the field of the subject that fails where it is written, else at the subject's own place.

        A value that the file's defaults give is written for the whole file, so the finding stands at the subject and shows both.
        """
        anchor = next((reason.anchor for reason in reasons if reason.anchor is not None), None)
        component = self._graph.components[subject.node] if subject.node is not None else None
        if anchor is None or component is None:
            return reasons, anchor or subject.place
        for field, node in component.inherited.items():
            if component.source.locate(node) == anchor:
                text = f"{field} is {node.text} by the defaults of this file"
                given = Reason(text, "", f"{component.reference}.{field}", False, anchor)  # noqa: FBT003
                return (given, *(reason for reason in reasons if reason.location != anchor)), subject.place
        return reasons, anchor

    def _dead_end(self, policy: Policy, verb: MustReach, failure: Failure) -> Finding:
        """A `must_reach` without any walk to a target, or with a way out that never meets one."""
        subject, lost = failure.subject, failure.trace
        doubts = self._doubted_subject(policy, subject)
        if not isinstance(lost, Escape):
            made = _Parts(self._reached(verb, subject), Fix(policy.fix), f"{policy.id}: no walk", doubts=doubts)
            return self._finding(policy, subject, subject.place, made)
        witness = tuple(self._hops.plain(step) for step in (*lost.steps, *lost.loop))
        end = witness[len(lost.steps) - 1].target if lost.steps else subject.text
        state = "goes round for ever and never meets one" if lost.loop else "comes to an end without one"
        kinds = listed([article(kind) for kind in verb.target.kinds])
        reasons = (Reason(f"the way to {end} {state}", f"{kinds} that matches, on every way", end, False, None),)  # noqa: FBT003
        place = witness[0].location if witness else subject.place
        made = _Parts(reasons, Fix(policy.fix), f"{policy.id}: {end}", witness, doubts=doubts)
        return self._finding(policy, subject, place, made)

    def _reached(self, verb: MustReach, subject: Subject) -> tuple[Reason, ...]:
        """What the nearest candidates that a subject comes to lack."""
        if subject.node is None:  # pragma: no cover - walks start from components
            return ()
        reasons: list[Reason] = []
        for node in self._hops.nearest(subject.node, verb.along, verb.target.kinds):
            reasons.extend(self._blame.selector(verb.target, {"it": node, "from": subject.node}))
        return tuple(dict.fromkeys(reasons))

    def _circle(self, policy: Policy, failure: Failure) -> Finding:
        """A `must_not_cycle`, with a shortest circle and the fewest links found whose removal leaves none."""
        circle, subject = failure.trace, failure.subject
        if not isinstance(circle, Cycle):  # pragma: no cover - circles come with their walks
            raise TypeError(f"{policy.name} has a finding without a circle")
        witness = tuple(self._hops.plain(step) for step in circle.steps)
        cut = [self._hops.plain(step) for step in circle.cut]
        what = "1 link is" if len(cut) == 1 else f"{len(cut)} links are"
        places = "; ".join(f"{hop.says} ({hop.location.path}:{hop.location.line})" for hop in cut[:MOST_LINKS])
        fix = Fix(f"{policy.fix} No circle is left once {what} gone: {places}".strip() if cut else policy.fix)
        members = tuple(str(self._graph.reference(node)) for node in circle.members)
        doubts = self._doubted_subject(policy, subject)
        return self._finding(policy, subject, witness[0].location, _Parts((), fix, "", witness, doubts=doubts, members=members))

    def _open_walks(self, policy: Policy, verb: MustNotReach, failures: tuple[Failure, ...]) -> tuple[Finding, ...]:
        """A `must_not_reach` with walks past every fit gate."""
        walks = [failure.trace for failure in failures if isinstance(failure.trace, OpenWalk)]
        fixes = self._fixes.for_walks(policy, verb, walks)
        return tuple(self._open_walk(policy, verb, walk, fix) for walk, fix in zip(walks, fixes, strict=True))

    def _open_walk(self, policy: Policy, verb: MustNotReach, walk: OpenWalk, fix: Fix) -> Finding:
        hops = tuple(self._hops.judged(verb, walk, step) for step in walk.steps)
        environment: Environment = {"it": walk.subject, "subject": walk.subject, "from": walk.subject, "to": walk.target}
        text = str(self._graph.reference(walk.subject))
        subject = Subject(text, environment, hops[-1 if verb.last_hop else 0].location, walk.subject)
        target_environment: Environment = {"it": walk.target, "from": walk.subject}
        reasons = tuple(reason for reason in self._blame.selector(verb.target, target_environment) if reason.missing)
        missing = next((reason.field for reason in reasons), None)
        near = self._near_misses(verb, target_environment, hops[-1].target)
        last = hops[-1]
        cause = f"{missing} is not declared" if missing else f"{last.source} {last.link} {last.target}"
        doubts = (*self._doubted_subject(policy, subject), *_missing(reasons))
        return self._finding(policy, subject, subject.place, _Parts((*reasons, *near), fix, cause, hops, walk.target, doubts))

    def _near_misses(self, verb: MustNotReach, environment: Environment, target: str) -> tuple[Reason, ...]:
        """What other components lack that would have kept the target from being one, such as a plan without an owner."""
        found = self._blame.selector(verb.target, environment, wanted=False)
        others = [reason for reason in found if not (reason.field == target or reason.field.startswith(f"{target}."))]
        lacking = [reason for reason in others if not reason.asked.startswith(NONE_OF)]
        return tuple(reason for reason in lacking if reason.field and reason.location is not None)

    def _doubted_subject(self, policy: Policy, subject: Subject) -> tuple[str, ...]:
        """The fields whose absence made the subject count as one, where it is not certain that it is."""
        chosen = policy.subject
        if not isinstance(chosen, EachLink) and subject.node is not None and "it" in subject.environment:
            return _missing(self._blame.selector(chosen.selector, {"it": subject.node}))
        if isinstance(chosen, EachLink) and chosen.where is not None:
            return _missing(self._blame.reasons(chosen.where, subject.environment))
        return ()

    def _finding(self, policy: Policy, subject: Subject, location: Location, made: "_Parts") -> Finding:
        severity, ground, doubted = self._grounds.severity(policy, subject.environment)
        members = subject.environment.get("members", ())
        chosen = policy.subject
        more = (
            self._grounds.subject(chosen.selector, subject.node)
            if isinstance(chosen, EachComponent) and subject.node is not None
            else ()
        )
        owner, owner_of = self._owner(subject.node, made.target)
        return Finding(
            policy=policy.name,
            subject=subject.text,
            target=str(self._graph.reference(made.target)) if made.target is not None else None,
            severity=severity,
            doubt=_doubt(made.doubts, subject.text),
            message=self._message(policy, subject.environment),
            location=location,
            witness=made.witness,
            reasons=made.reasons,
            assumed=tuple(dict.fromkeys((*made.doubts, *doubted))),
            cause=made.cause,
            fix=made.fix,
            owner=owner,
            owner_of=owner_of,
            grounds=(*((ground,) if ground else ()), *more),
            members=made.members
            or (tuple(str(self._graph.reference(node)) for node in members) if isinstance(members, tuple) else ()),
        )

    def _owner(self, subject: int | None, target: int | None) -> tuple[str | None, str]:
        """Who can mend it: the target's owner where there is one, else the subject's."""
        for node in (target, subject):
            owner = self._graph.values[node].get("owner") if node is not None else None
            if isinstance(owner, int) and node is not None and self._graph.values[owner].get("active") is not False:
                return str(self._graph.reference(owner)), str(self._graph.reference(node))
        return None, ""

    def _message(self, policy: Policy, environment: Environment) -> str:
        return "".join(part if isinstance(part, str) else self._spoken(part, environment) for part in policy.message)

    def _spoken(self, part: Expression, environment: Environment) -> str:
        value = self._blame.value(part, environment)
        if value is None:
            return f"{part.steps[-1].name if isinstance(part, Path) and part.steps else part.text} not declared"
        return shown(self._graph, value, part.type)


def _missing(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.field for reason in reasons if reason.missing and "." in reason.field))


def _doubt(fields: tuple[str, ...], subject: str) -> str:
    """How a message leads when something that is not declared was read towards the finding."""
    if not fields:
        return ""
    names = list(dict.fromkeys(_of(field, subject) for field in fields))
    return f"{listed(names, 'and')} {'is' if len(names) == 1 else 'are'} not declared, so the worst is assumed: "


def _of(field: str, subject: str) -> str:
    """A field as the message calls it: its name, and whose it is where it is not the subject's."""
    reference, _, name = field.partition(".")
    return name if reference == subject else f"{name} of {reference}"


def _cause(policy: Policy, subject: Subject, reasons: tuple[Reason, ...]) -> str:
    """What the finding shares with others: a field elsewhere that fails, or a field that nobody declares."""
    elsewhere = [reason for reason in reasons if reason.field and not reason.field.startswith(f"{subject.text}.")]
    if elsewhere and len(elsewhere) == len(reasons):
        return f"{elsewhere[0].field}: {elsewhere[0].text}"
    fields = sorted({reason.field.removeprefix(f"{subject.text}.") for reason in reasons if reason.missing})
    return f"{policy.id}: {listed(fields, 'and')} not declared" if fields else ""
