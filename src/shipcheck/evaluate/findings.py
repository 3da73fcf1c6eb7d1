"""Findings put together: message, place, witness, reasons, cause, fix and owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from shipcheck.english import article, counted, listed
from shipcheck.evaluate.compiled_policy import CompiledPolicy, Environment, Prohibition
from shipcheck.evaluate.display import display_value
from shipcheck.evaluate.failures import MOST_EXPLAINED, Failure, Judgement
from shipcheck.evaluate.fixes import FixFinder
from shipcheck.evaluate.floor_reasons import FloorReasons
from shipcheck.evaluate.hops import HopBuilder
from shipcheck.evaluate.meter import SpentError
from shipcheck.evaluate.must_not_reach import OpenPath, OpenPathSearch
from shipcheck.evaluate.reasons import NONE_OF, ReasonFinder
from shipcheck.evaluate.severity import SeverityFinder
from shipcheck.evaluate.subjects import Subject
from shipcheck.graph.cycles import Cycle
from shipcheck.graph.escapes import Escape
from shipcheck.graph.graph import Node
from shipcheck.model.document import below
from shipcheck.model.expression import Expression, Path
from shipcheck.model.finding import Finding, Fix, Ground, Hop, Reason
from shipcheck.model.flow_yaml import written
from shipcheck.model.location import Location
from shipcheck.model.policy import EachComponent, EachLink, Must, MustNotCycle, MustNotReach, MustReach, Policy, Severity
from shipcheck.model.traverse import paths_of

# Of the links whose removal leaves no cycle, so many are named.
MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class _Details:
    """What a finding states that its subject alone does not give. `missing` are fields whose absence counts towards it."""

    reasons: tuple[Reason, ...]
    fix: Fix
    cause: str
    witness: tuple[Hop, ...] = ()
    target: Node | None = None
    missing: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()


class FindingBuilder:
    """Builds the findings of one policy."""

    def __init__(self, compiled: CompiledPolicy, search: OpenPathSearch) -> None:
        self._compiled = compiled
        self._policy = compiled.policy
        self._graph = compiled.view.graph
        self._vocabulary = compiled.view.vocabulary
        self._reasons = ReasonFinder(compiled)
        self._floors = FloorReasons(compiled)
        self._severities = SeverityFinder(compiled, self._reasons)
        self._hops = HopBuilder(compiled, self._reasons)
        self._fixes = FixFinder(compiled, search, self._reasons)
        verb = compiled.verb
        self._ends_decide = isinstance(verb, Prohibition) and verb.verb.last_hop

    def findings(self, judgement: Judgement, most_explained: int | None = None) -> tuple[Finding, ...]:
        """A finding for each failure that is listed: the first are explained, while there is time, the others only stated.

        Raises:
            SpentError: the lists that severities and messages read are too long.
        """
        failures, meter = judgement.failures, self._compiled.view.meter
        shown = [number for number, failure in enumerate(failures) if not failure.is_cut]
        shown = shown[: MOST_EXPLAINED if most_explained is None else most_explained]
        is_whole = len(shown) == len(failures) and not judgement.unlisted
        meter.renew_elements()
        try:
            explained = dict(zip(shown, self._explained([failures[number] for number in shown], is_whole=is_whole), strict=True))
        except SpentError:
            explained = {}
        meter.renew_elements()
        return tuple(explained.get(number) or self._stated(failure) for number, failure in enumerate(failures))

    def highest_severity(self, judgement: Judgement) -> Severity:
        """The highest severity that a finding can have: what failing components decide, else the highest of the policy."""
        ladder = self._policy.severity
        nodes = () if any(paths_of(rung.when, "to") for rung in ladder) else judgement.failing
        found = {self._severities.severity({"it": node, "subject": node, "from": node}, is_explained=False)[0] for node in nodes}
        return max(found, default=self._policy.weighed(ladder[0].severity))

    def explained(self, failure: Failure) -> Finding:
        """The finding for the only failure there is."""
        return self._explained([failure], is_whole=True)[0]

    def _explained(self, failures: list[Failure], *, is_whole: bool) -> list[Finding]:
        match self._compiled.verb:
            case Prohibition() as prohibition:
                return self._open_paths(prohibition, failures, is_whole=is_whole)
            case Must() as must:
                return [self._unmet(failure.subject, must.condition) for failure in failures]
            case MustReach() as must_reach:
                return [self._missed(must_reach, failure) for failure in failures]
            case MustNotCycle():
                return [self._cycle(failure) for failure in failures]
            case _:
                assert_never(self._compiled.verb)

    def _stated(self, failure: Failure) -> Finding:
        """A finding that is not explained: it has everything that decides whether the check fails, and what a waiver names."""
        subject, trace = failure.subject, failure.trace
        target: Node | None = None
        members: tuple[str, ...] = ()
        if isinstance(trace, OpenPath):
            subject, target = self._subject_of_path(trace), trace.target
        elif isinstance(trace, Cycle):
            members = self._members(trace)
        text = "this policy has more findings, or longer paths, than are explained"
        reason = Reason(text, "", "", missing=False, location=None)
        details = _Details((reason,), Fix(self._policy.fix), f"{self._policy.id}: not explained", target=target, members=members)
        return self._finding(subject, subject.place, details, is_explained=False)

    def _unmet(self, subject: Subject, condition: Expression) -> Finding:
        """A `must` that is not true for a subject."""
        reasons = tuple(self._reasons.reasons(condition, subject.environment))
        unknown = self._compiled.value(condition, subject.environment) is None
        shared = _cause(self._policy, subject, reasons, self._vocabulary.facts)
        reasons, location = self._placed(subject, reasons)
        if isinstance(self._policy.subject, EachLink):
            location = subject.place
        fix = self._fixes.for_reasons(subject.node, reasons)
        uncertain = self._missing_of_subject(subject)
        missing = (*uncertain, *(_missing(reasons) if unknown else ()))
        cause = f"{uncertain[0]} is not declared" if uncertain else shared
        return self._finding(subject, location, _Details(reasons, fix, cause, missing=missing))

    def _placed(self, subject: Subject, reasons: tuple[Reason, ...]) -> tuple[tuple[Reason, ...], Location]:
        """Where a finding is: at the field of the subject that fails where it is written, else at the subject's own place.

        A value from the file's defaults is written for the whole file, so the finding is at the subject and shows both.
        """
        anchor = next((reason.anchor for reason in reasons if reason.anchor is not None), None)
        component = self._graph.components[subject.node] if subject.node is not None else None
        if anchor is None or component is None:
            return reasons, anchor or subject.place
        for field, node in component.inherited.items():
            if any(component.source.locate(part) == anchor for part in (node, *below(node))):
                text = f"{field} is {written(node)}, from the defaults of this file"
                given = Reason(text, "", f"{component.reference}.{field}", missing=False, location=anchor)
                return (given, *(reason for reason in reasons if reason.location != anchor)), subject.place
        return reasons, anchor

    def _missed(self, verb: MustReach, failure: Failure) -> Finding:
        """A `must_reach` without any path to a target, or with a path that never reaches one."""
        subject, escape = failure.subject, failure.trace
        missing = self._missing_of_subject(subject)
        if not isinstance(escape, Escape):
            reasons = self._nearest_candidates(verb, subject)
            details = _Details(reasons, Fix(self._policy.fix), f"{self._policy.id}: no path", missing=missing)
            return self._finding(subject, subject.place, details)
        witness = tuple(self._hops.plain(hop) for hop in (*escape.hops, *escape.loop))
        end = witness[len(escape.hops) - 1].target if escape.hops else subject.text
        state = "repeats a cycle without reaching one" if escape.loop else "ends without reaching one"
        kinds = listed([article(kind) for kind in verb.target.kinds])
        reasons = (
            Reason(f"the path to {end} {state}", f"{kinds} that matches, on every path", end, missing=False, location=None),
        )
        place = witness[0].location if witness else subject.place
        details = _Details(reasons, Fix(self._policy.fix), f"{self._policy.id}: {end}", witness, missing=missing)
        return self._finding(subject, place, details)

    def _nearest_candidates(self, verb: MustReach, subject: Subject) -> tuple[Reason, ...]:
        """Why the nearest candidates that a subject reaches are not targets."""
        if subject.node is None:  # pragma: no cover - paths start from components
            return ()
        reasons: list[Reason] = []
        for node in self._hops.nearest(subject.node, verb.along, verb.target.kinds):
            reasons.extend(self._reasons.of_selector(verb.target, {"it": node, "from": subject.node}))
        return tuple(dict.fromkeys(reasons))

    def _cycle(self, failure: Failure) -> Finding:
        """A `must_not_cycle`, with a shortest cycle and few links whose removal leaves none."""
        cycle, subject = failure.trace, failure.subject
        if not isinstance(cycle, Cycle):  # pragma: no cover - the judge gives each its cycle
            raise TypeError(f"{self._policy.name} has a finding without a cycle")
        witness = tuple(self._hops.plain(hop) for hop in cycle.hops)
        cut = [self._hops.plain(hop) for hop in cycle.cut]
        places = "; ".join(f"{hop.says} ({hop.location.path}:{hop.location.line})" for hop in cut[:MOST_LINKS])
        removal = f"Removing {counted(len(cut), 'link')} leaves no cycle: {places}"
        fix = Fix(f"{self._policy.fix} {removal}".strip() if cut else self._policy.fix)
        missing = self._missing_of_subject(subject)
        details = _Details((), fix, "", witness, missing=missing, members=self._members(cycle))
        return self._finding(subject, witness[0].location, details)

    def _members(self, cycle: Cycle) -> tuple[str, ...]:
        return tuple(str(self._graph.reference(node)) for node in cycle.members)

    def _open_paths(self, prohibition: Prohibition, failures: list[Failure], *, is_whole: bool) -> list[Finding]:
        """A `must_not_reach` with paths past every qualifying gate; `is_whole` says that these are all."""
        paths = [failure.trace for failure in failures if isinstance(failure.trace, OpenPath)]
        fixes = self._fixes.for_paths(prohibition, paths, is_whole=is_whole)
        return [self._open_path(prohibition, path, fix) for path, fix in zip(paths, fixes, strict=True)]

    def _subject_of_path(self, path: OpenPath) -> Subject:
        """The subject of an open path with its target bound, at the hop at which the path is to be closed."""
        environment: Environment = {"it": path.subject, "subject": path.subject, "from": path.subject, "to": path.target}
        _, number, _ = path.hops[-1 if self._ends_decide else 0]
        place = self._graph.edge_place(self._graph.edges[number])
        return Subject(str(self._graph.reference(path.subject)), environment, place, path.subject)

    def _open_path(self, prohibition: Prohibition, path: OpenPath, fix: Fix) -> Finding:
        verb = prohibition.verb
        hops = tuple(self._hops.with_gates(prohibition, path, hop) for hop in path.hops)
        subject = self._subject_of_path(path)
        as_target: Environment = {"it": path.target, "from": path.subject}
        reasons = tuple(reason for reason in self._reasons.of_selector(verb.target, as_target) if reason.missing)
        assumed = self._floors.undeclared(verb.target, path.target)
        missing_field = next(iter((*_missing(reasons), *assumed)), None)
        near = self._near_misses(verb, as_target, hops[-1].target)
        last = hops[-1]
        cause = f"{missing_field} is not declared" if missing_field else f"{last.source} {last.link} {last.target}"
        missing = (*self._missing_of_subject(subject), *_missing(reasons), *assumed)
        grounds = self._floors.grounds(verb.target, path.target)
        details = _Details((*reasons, *near), fix, cause, hops, path.target, missing, grounds=grounds)
        return self._finding(subject, subject.place, details)

    def _near_misses(self, verb: MustNotReach, environment: Environment, target: str) -> tuple[Reason, ...]:
        """What other components lack that would have kept the target from being one, such as a plan without an owner."""
        reasons = self._reasons.of_selector(verb.target, environment, wanted=False)
        others = [reason for reason in reasons if not (reason.field == target or reason.field.startswith(f"{target}."))]
        lacking = [reason for reason in others if not reason.expected.startswith(NONE_OF)]
        return tuple(reason for reason in lacking if reason.field and reason.location is not None)

    def _missing_of_subject(self, subject: Subject) -> tuple[str, ...]:
        """The missing fields that made the subject count as one, where it is not certain that it is."""
        chosen = self._policy.subject
        if not isinstance(chosen, EachLink) and subject.node is not None and "it" in subject.environment:
            missing = _missing(self._reasons.of_selector(chosen.selector, {"it": subject.node}))
            return (*missing, *self._floors.undeclared(chosen.selector, subject.node))
        if isinstance(chosen, EachLink) and chosen.where is not None:
            return _missing(self._reasons.reasons(chosen.where, subject.environment))
        return ()

    def _finding(self, subject: Subject, location: Location, details: _Details, *, is_explained: bool = True) -> Finding:
        severity, ground, also_missing = self._severities.severity(subject.environment, is_explained=is_explained)
        members = subject.environment.get("members", ())
        more = self._grounds_of_subject(subject.node) if subject.node is not None and is_explained else ()
        owner, owner_of = self._owner(subject.node, details.target)
        to_declare = self._that_can_be_declared(tuple(dict.fromkeys(details.missing)))
        return Finding(
            policy=self._policy.name,
            subject=subject.text,
            target=str(self._graph.reference(details.target)) if details.target is not None else None,
            severity=severity,
            doubt=_doubt(to_declare, subject.text),
            message=self._message(subject.environment),
            location=location,
            witness=details.witness,
            reasons=details.reasons,
            assumed=tuple(dict.fromkeys((*details.missing, *also_missing))),
            cause=details.cause,
            fix=details.fix,
            owner=owner,
            owner_of=owner_of,
            grounds=_once(ground, (*more, *details.grounds)),
            members=details.members
            or (tuple(str(self._graph.reference(node)) for node in members) if isinstance(members, tuple) else ()),
            waits_for=to_declare,
        )

    def _that_can_be_declared(self, fields: tuple[str, ...]) -> tuple[str, ...]:
        """Missing fields without the values that are derived, such as the stage of a gate; these if there are no others."""
        return tuple(field for field in fields if not self._is_derived(field)) or fields

    def _is_derived(self, field: str) -> bool:
        reference, _, name = field.partition(".")
        return self._vocabulary.derived(reference.partition(":")[0], name) is not None

    def _grounds_of_subject(self, node: Node) -> tuple[Ground, ...]:
        """Why a component is a subject: the derived values that made it one, and the fields that are raised to their floor."""
        chosen, verb = self._policy.subject, self._policy.verb
        also = verb.condition if isinstance(verb, Must) else None
        raised = self._floors.grounds(chosen.selector, node, also) if isinstance(chosen, EachComponent) else ()
        return (*self._severities.of_subject(node), *raised)

    def _owner(self, subject: Node | None, target: Node | None) -> tuple[str | None, str]:
        """Who can fix it, and what they own: the target's owner where it has an active one, else the subject's."""
        for node in (target, subject):
            owner = self._graph.values[node].get("owner") if node is not None else None
            if isinstance(owner, int) and node is not None and self._graph.values[owner].get("active") is not False:
                return str(self._graph.reference(owner)), str(self._graph.reference(node))
        return None, ""

    def _message(self, environment: Environment) -> str:
        return "".join(part if isinstance(part, str) else self._text_of(part, environment) for part in self._policy.message)

    def _text_of(self, part: Expression, environment: Environment) -> str:
        value = self._compiled.value(part, environment)
        if value is None:
            return f"{part.steps[-1].name if isinstance(part, Path) and part.steps else part.text} not declared"
        return display_value(self._graph, value, part.type)


def _once(first: Ground | None, others: Iterable[Ground]) -> tuple[Ground, ...]:
    """All grounds, but for those that the first one says already."""
    if first is None:
        return tuple(dict.fromkeys(others))
    return (first, *dict.fromkeys(other for other in others if other.text not in first.text))


def _missing(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.field for reason in reasons if reason.missing and "." in reason.field))


def _doubt(fields: tuple[str, ...], subject: str) -> str:
    """How a message begins where missing fields count towards the finding."""
    if not fields:
        return ""
    names = list(dict.fromkeys(_of(field, subject) for field in fields))
    return f"{listed(names, 'and')} {'is' if len(names) == 1 else 'are'} not declared, so this cannot be ruled out: "


def _of(field: str, subject: str) -> str:
    """A field as the message calls it: its name, and whose it is where it is not the subject's."""
    reference, _, name = field.partition(".")
    return name if reference == subject else f"{name} of {reference}"


def _cause(policy: Policy, subject: Subject, reasons: tuple[Reason, ...], facts: frozenset[str]) -> str:
    """What the finding shares with others: a field elsewhere that fails, a field that is missing, or a file that is."""
    if reasons and all(reason.field.rpartition(".")[2] in facts for reason in reasons):
        return reasons[0].text
    elsewhere = [reason for reason in reasons if reason.field and not reason.field.startswith(f"{subject.text}.")]
    if elsewhere and len(elsewhere) == len(reasons):
        return f"{elsewhere[0].field}: {elsewhere[0].text}"
    fields = sorted({reason.field.removeprefix(f"{subject.text}.") for reason in reasons if reason.missing})
    return f"{policy.id}: {listed(fields, 'and')} not declared" if fields else ""
