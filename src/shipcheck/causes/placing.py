"""Where a finding is shown: in which block and cause, and whether it waits for a field that another finding asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from shipcheck.causes.titles import name_of, reference_of
from shipcheck.model.finding import UNCHANGED, Finding
from shipcheck.model.policy import CONCERNS, SAFETY, Concern

ASKS, UNDECLARED, PATH, POLICY, WAIVED = "asks", "undeclared", "path", "policy", "waived"
# What a cause is also about, next to undeclared fields.
MORE = "and more"


@dataclass(frozen=True, slots=True)
class Order:
    """How the policies of a report rank: what each is about, and its place among the others."""

    concerns: Mapping[str, Concern]
    places: Mapping[str, int]

    def concern(self, finding: Finding) -> Concern:
        """What the policy of a finding is about."""
        return self.concerns.get(finding.policy, SAFETY)

    def rank(self, finding: Finding) -> tuple[int, int, int]:
        """The most severe first, and of those the ones about safety, and the policy that its pack declares first."""
        concern = CONCERNS.index(self.concern(finding))
        return -finding.severity, concern, self.places.get(finding.policy, len(self.places))


class Key(NamedTuple):
    """What findings of one block, or of one cause, have in common; with `old` the base has them all."""

    what: str
    names: tuple[str, ...]
    old: bool = False

    @property
    def name(self) -> str:
        """The name of the cause."""
        first, *rest = self.names
        asked = ", ".join(rest).replace(f", {MORE}", f" {MORE}")
        text = {ASKS: f"{first}: {asked}", UNDECLARED: ".".join(self.names), WAIVED: f"{WAIVED} {first}"}
        return f"{text.get(self.what, first)}{' (in the base)' if self.old else ''}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with the keys of its block and its cause.

    Without a cause that is the policy of the block's head. `waits` says that it is only counted in its block.
    """

    finding: Finding
    block: Key
    cause: Key | None
    asks: bool = False
    waits: bool = False


class Asks:
    """The finding that asks for each field: of several the first, in the order in which they are given."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_field: dict[str, Finding] = {}
        for finding in findings:
            for field in asked_fields(finding):
                self._by_field.setdefault(field, finding)

    def decides(self, finding: Finding) -> Finding | None:
        """The finding below which another is shown, itself if it asks for a field first; None if no finding asks for its fields.

        One that asks for several fields is shown below another only if that one asks for them all.
        """
        fields = asked_fields(finding)
        if fields:
            askers = [self._by_field[field] for field in fields]
            return askers[0] if all(asker is askers[0] for asker in askers) else finding
        return next((self._by_field[field] for field in finding.waits_for if field in self._by_field), None)


def asked_fields(finding: Finding) -> tuple[str, ...]:
    """The undeclared fields of its own subject that a finding asks for.

    None where it is uncertain for another reason, or is about a path: then it waits.
    """
    own = f"{finding.subject}."
    fields = tuple(dict.fromkeys(reason.field for reason in finding.reasons if reason.missing and reason.field.startswith(own)))
    if finding.target is not None or finding.witness or not set(finding.waits_for) <= set(fields):
        return ()
    return fields


def placed(finding: Finding, asks: Asks, order: Order) -> Placed:
    """Where a finding that is not waived is shown: below one that asks for its fields, else by what makes it one."""
    asker = asks.decides(finding)
    if asker is not None:
        fields = sorted({name_of(field) for field in asked_fields(asker)})
        more = () if all(reason.missing for reason in asker.reasons) else (MORE,)
        key = Key(ASKS, (asker.policy, *fields, *more), is_old(asker))
        return Placed(finding, key, key, asks=asker is finding, waits=asker is not finding)
    if finding.waits_for:
        field = finding.waits_for[0]
        key = Key(UNDECLARED, (reference_of(field).partition(":")[0], name_of(field)))
        return Placed(finding, key, key)
    if finding.target is not None:
        return Placed(finding, Key(PATH, (order.concern(finding), finding.target)), None)
    key = Key(POLICY, (finding.policy,), is_old(finding))
    shared = finding.cause or (finding.subject if finding.witness else "")
    return Placed(finding, key._replace(names=(finding.policy, shared)), key)


def is_old(finding: Finding) -> bool:
    """Whether the base has the finding too."""
    return finding.change == UNCHANGED
