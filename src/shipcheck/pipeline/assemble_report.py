"""What a check has read and judged, put together as the report that every output prints."""

from dataclasses import dataclass, replace
from datetime import date

from shipcheck import __version__
from shipcheck.graph.graph import Graph
from shipcheck.model.consent import JudgedConsent
from shipcheck.model.control import JudgedCatalogue
from shipcheck.model.document import File, texts_of
from shipcheck.model.location import TOPS
from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Counts, Inputs, Judged, Place, Report
from shipcheck.model.screen import NO_SCREEN
from shipcheck.model.waiver import JudgedWaiver
from shipcheck.pipeline.bundled import load_catalogues
from shipcheck.pipeline.comparison import Base, Compared, fail_on, plans_in_force
from shipcheck.pipeline.load import Loaded
from shipcheck.pipeline.prepare import Prepared
from shipcheck.pipeline.since import not_yet
from shipcheck.sources.git import below_top
from shipcheck.sources.governance_files import SETTINGS
from shipcheck.sources.remote_address import repository_address
from shipcheck.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Read:
    """What a check reads: the head without its manifests, the base if there is one, and the manifests of the head."""

    head: Prepared
    base: Base | None
    loaded: Loaded


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check comes to: how far it judged, the state of each waiver and consent, and the problems at which it stopped."""

    compared: Compared
    waivers: tuple[JudgedWaiver, ...] = ()
    consents: tuple[JudgedConsent, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Extras:
    """What a report has only on request.

    `threshold` is the minimum severity that fails the check, None for that of the settings. `every_policy` is false where the
    command names some policies.
    """

    as_of: date
    threshold: Severity | None = None
    every_policy: bool = True
    by_control: bool = False
    address: bool = False


def report_of(read: Read, outcome: Outcome, extras: Extras) -> Report:
    """The report of a check: what was `read`, the `outcome` of judging it, and the `extras` that the command asks for."""
    head, base = read.head, read.base
    compared = outcome.compared
    report = Report(
        version=__version__,
        as_of=extras.as_of,
        fail_on=extras.threshold or fail_on(head, base),
        inputs=_inputs(read, compared),
        judged=Judged(
            results=compared.results,
            problems=tuple(sorted(outcome.problems)),
            policies=compared.judged,
            every_policy=extras.every_policy,
            changes=compared.changes,
            waivers=outcome.waivers,
            consents=outcome.consents,
            controls=_controls(read, outcome, extras.as_of) if extras.by_control else None,
        ),
        place=Place(
            root=head.root.name,
            prefix=below_top(head.root),
            repository=repository_address(head.root) if extras.address else "",
            changed=base.changed if base else frozenset(),
        ),
    )
    return by_cause(report)


def by_cause(report: Report) -> Report:
    """The report with its findings put together by cause, where there are any."""
    if not any(result.findings for result in report.judged.results):
        return replace(report, screen=NO_SCREEN)
    # Only what is found needs this.
    from shipcheck.causes.first_screen import with_screen  # noqa: PLC0415

    return with_screen(report)


def _inputs(read: Read, compared: Compared) -> Inputs:
    head, base, loaded = read.head, read.base, read.loaded
    plans = plans_in_force(head, base)
    return Inputs(
        source=head.source.kind,
        packs=tuple({pack.name: pack.version for plan in plans for pack in plan.packs}.items()),
        counts=Counts(
            files=len(loaded.files) - len(_unreadable(loaded)),
            components=loaded.declared.components if loaded.graph is not None else 0,
            links=loaded.links,
            policies=len(compared.results) or len(compared.judged),
        ),
        texts=texts_of((*head.files, *loaded.files, *compared.files, *(base.files if base else ()))),
        revision=head.source.revision,
        against=base.against if base else None,
        declared_absence=loaded.declared.absence,
        softened=tuple(dict.fromkeys(item for plan in plans for item in plan.softened)),
        expired=tuple(dict.fromkeys(item for plan in plans for item in plan.expired)),
        unsigned=_unsigned(head, base),
        not_yet=_not_yet(head, base),
        settings_invalid=bool(head.settings_problems),
        settings=tuple(_from_top(file, head) for file in head.files if file.path == SETTINGS),
        ignored=loaded.declared.ignored,
        warnings=loaded.declared.warnings,
        declared_only=_declared_only(loaded.graph, head.vocabulary) if loaded.graph is not None else (),
    )


def _from_top(file: File, head: Prepared) -> str:
    """The path of a file of governance from the top of the repository."""
    return file.path if file.origin in TOPS else f"{below_top(head.root)}{file.path}"


def _unreadable(loaded: Loaded) -> set[str]:
    """The files that were set aside."""
    return {file.path for file in loaded.files} & {problem.location.path for problem in loaded.declared.aside}


def _unsigned(head: Prepared, base: Base | None) -> tuple[str, ...]:
    """The committed packs in use whose lock entry names no signer."""
    in_use = {pack.name for plan in plans_in_force(head, base) for pack in plan.packs}
    locked = head.lock.packs if head.lock is not None else ()
    return tuple(pack.label for pack in locked if pack.name in in_use and not pack.signer)


def _not_yet(head: Prepared, base: Base | None) -> tuple[str, ...]:
    """The built-in policies that are too new to apply: in head and base, where the base has authority."""
    later = not_yet(head)
    return tuple(sorted(later & not_yet(base.tip) if later and base is not None and base.decides else later))


def _declared_only(graph: Graph, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The components that say that something is kept in another system instead of naming it."""
    fields = [(kind.name, spec) for kind in vocabulary.kinds.values() for spec in kind.fields.values() if spec.instead_of]
    return tuple(
        str(graph.reference(node))
        for kind, spec in fields
        for node in graph.kinds.get(kind, ())
        if spec.name in graph.values[node] and not graph.values[node].get(spec.instead_of)
    )


def _controls(read: Read, outcome: Outcome, as_of: date) -> tuple[JudgedCatalogue, ...]:
    """The state of each control that a policy in use maps to, whether or not the command named that policy.

    A run with problems has judged nothing. Where head and base bring the same catalogue, that of the base counts.
    """
    # Loaded only for a report by control.
    from shipcheck.evaluate.basis import observed  # noqa: PLC0415
    from shipcheck.evaluate.controls import judge_controls  # noqa: PLC0415

    plans = tuple(reversed(plans_in_force(read.head, read.base)))
    brought = {catalogue.name: catalogue for plan in plans for pack in plan.packs for catalogue in pack.catalogues}
    policies = [*(policy for plan in plans for policy in plan.policies), *outcome.compared.judged]
    results = () if outcome.problems else outcome.compared.results
    is_observed = observed(policies, outcome.compared.graphs, read.head.vocabulary, as_of)
    return judge_controls((*load_catalogues(), *brought.values()), policies, results, is_observed)
