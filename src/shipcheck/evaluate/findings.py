"""Findings put together: message, place, witness, reasons, cause, fix and owner."""

from collections.abc import Iterable
from dataclasses import dataclass

from shipcheck.evaluate.blame import NONE_WITH, Blame, Environment
from shipcheck.evaluate.fixes import Fixes
from shipcheck.evaluate.grounds import Grounds
from shipcheck.evaluate.paths import OpenWalk, PathSearch
from shipcheck.evaluate.shown import shown
from shipcheck.evaluate.world import World
from shipcheck.graph.graph import Edge
from shipcheck.model.expression import Expression, Path
from shipcheck.model.finding import Finding, Fix, GateVerdict, Hop, Reason
from shipcheck.model.location import Location
from shipcheck.model.policy import EachComponent, EachLink, MustNotReach, Policy
from shipcheck.wording import listed


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: how it is printed, what the names mean for it, and where it is declared."""

    text: str
    environment: Environment
    place: Location
    node: int | None


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a finding is made of besides its policy, subject and place. `doubts` are fields whose absence was read towards it."""

    reasons: tuple[Reason, ...]
    fix: Fix
    cause: str
    witness: tuple[Hop, ...] = ()
    target: int | None = None
    doubts: tuple[str, ...] = ()


class Findings:
    """Makes findings over one world."""

    def __init__(self, world: World, search: PathSearch) -> None:
        self._world = world
        self._graph = world.graph
        self._search = search
        self._blame = Blame(world)
        self._grounds = Grounds(world, self._blame)
        self._fixes = Fixes(world, search, self._blame)

    def unmet(self, policy: Policy, subject: Subject, condition: Expression) -> Finding:
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

    def dead_end(self, policy: Policy, subject: Subject) -> Finding:
        """A `must_reach` without any walk to a target."""
        doubts = self._doubted_subject(policy, subject)
        return self._finding(policy, subject, subject.place, _Parts((), Fix(policy.fix), f"{policy.id}: no walk", doubts=doubts))

    def open_walks(self, policy: Policy, verb: MustNotReach, walks: tuple[OpenWalk, ...]) -> tuple[Finding, ...]:
        """A `must_not_reach` with walks past every fit gate."""
        by_target: dict[int, list[OpenWalk]] = {}
        for walk in walks:
            by_target.setdefault(walk.target, []).append(walk)
        findings: list[Finding] = []
        for target, same in by_target.items():
            fixes = self._fixes.for_walks(policy, verb, target, same)
            findings.extend(self._open_walk(policy, verb, walk, fix) for walk, fix in zip(same, fixes, strict=True))
        return tuple(findings)

    def _open_walk(self, policy: Policy, verb: MustNotReach, walk: OpenWalk, fix: Fix) -> Finding:
        hops = tuple(self._hop(verb, walk, step) for step in walk.steps)
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
        lacking = [reason for reason in others if not reason.asked.startswith(NONE_WITH)]
        return tuple(reason for reason in lacking if reason.field and reason.location is not None)

    def _hop(self, verb: MustNotReach, walk: OpenWalk, step: tuple[int, int, int]) -> Hop:
        start, number, end = step
        edge = self._graph.edges[number]
        gates: tuple[GateVerdict, ...] = ()
        if verb.unless_through is not None:
            gates = tuple(self._gate(verb, walk, edge, end, gate) for gate in self._world.gates_of(end, number))
        declaring, named = self._graph.reference(edge.source), self._graph.reference(edge.target)
        says = f"{declaring} {self._world.vocabulary.says(declaring.kind, edge.link)} {named}"
        source, target = self._graph.reference(start), self._graph.reference(end)
        return Hop(str(source), edge.link, str(target), says, self._graph.edge_place(edge), gates)

    def _gate(self, verb: MustNotReach, walk: OpenWalk, edge: Edge, end: int, gate: int) -> GateVerdict:
        environment: Environment = {"it": gate, "from": walk.subject, "to": walk.target}
        reasons = self._blame.selector(verb.unless_through, environment) if verb.unless_through else []
        place = self._graph.gate_place(edge, gate, end)
        return GateVerdict(str(self._graph.reference(gate)), not reasons, place, tuple(reasons))

    def _doubted_subject(self, policy: Policy, subject: Subject) -> tuple[str, ...]:
        """The fields whose absence made the subject count as one, where it is not certain that it is."""
        chosen = policy.subject
        if isinstance(chosen, EachComponent) and subject.node is not None:
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
            members=tuple(str(self._graph.reference(node)) for node in members) if isinstance(members, tuple) else (),
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
