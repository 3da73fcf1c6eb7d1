"""Findings put into blocks and causes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shipcheck.causes.asks import Asks, asked_fields
from shipcheck.causes.titles import name_of, reference_of, title_of, undeclared
from shipcheck.model.finding import INTRODUCED, UNCHANGED, Change, Finding
from shipcheck.model.policy import CONCERNS, SAFETY, Concern
from shipcheck.model.screen import Block, Cause

ASKS, UNDECLARED, PATH, POLICY, WAIVED = "asks", "undeclared", "path", "policy", "waived"


class _Key(NamedTuple):
    """What findings of one block, or of one cause, have in common; with `old` the base has them all."""

    what: str
    names: tuple[str, ...]
    old: bool = False

    @property
    def name(self) -> str:
        """The name of the cause."""
        first, *rest = self.names
        text = {ASKS: f"{first}: {', '.join(rest)}", UNDECLARED: ".".join(self.names), WAIVED: f"{WAIVED} {first}"}
        return f"{text.get(self.what, first)}{' (unchanged)' if self.old else ''}"


@dataclass(frozen=True, slots=True)
class Order:
    """How the policies of a report rank: what each is about, and its place among the others."""

    concerns: Mapping[str, Concern]
    places: Mapping[str, int]

    def concern(self, finding: Finding) -> Concern:
        """What the policy of a finding is about."""
        return self.concerns.get(finding.policy, SAFETY)

    def rank(self, finding: Finding) -> tuple[int, int, int]:
        """The gravest first, and of those the ones about safety, and the policy that its pack declares first."""
        concern = CONCERNS.index(self.concern(finding))
        return -finding.severity, concern, self.places.get(finding.policy, len(self.places))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A finding with the keys of its block and its cause.

    Without a cause that is the policy of the block's head. `waits` says that it is only counted in its block.
    """

    finding: Finding
    block: _Key
    cause: _Key | None
    asks: bool = False
    waits: bool = False


def live_causes(findings: Sequence[Finding], order: Order) -> tuple[Cause, ...]:
    """The causes of findings that are not waived."""
    asks = Asks(sorted(findings, key=order.rank))
    return _causes([_placed(finding, asks, order) for finding in findings], order)


def waived_causes(findings: Iterable[Finding], order: Order) -> tuple[Cause, ...]:
    """The causes of waived findings: one for each policy, whatever the findings wait for."""
    keys = ((finding, _Key(WAIVED, (finding.policy,))) for finding in findings)
    return _causes([_Placed(finding, key, key) for finding, key in keys], order)


def _placed(finding: Finding, asks: Asks, order: Order) -> _Placed:
    asker = asks.decides(finding)
    if asker is not None:
        fields = sorted({name_of(field) for field in asked_fields(asker)})
        key = _Key(ASKS, (asker.policy, *fields), _is_old(asker))
        return _Placed(finding, key, key, asks=asker is finding, waits=asker is not finding)
    if finding.waits_for:
        field = finding.waits_for[0]
        key = _Key(UNDECLARED, (reference_of(field).partition(":")[0], name_of(field)))
        return _Placed(finding, key, key)
    if finding.target is not None:
        return _Placed(finding, _Key(PATH, (order.concern(finding), finding.target)), None)
    key = _Key(POLICY, (finding.policy,), _is_old(finding))
    shared = finding.cause or (finding.subject if finding.witness else "")
    return _Placed(finding, key._replace(names=(finding.policy, shared)), key)


def _causes(placed: Sequence[_Placed], order: Order) -> tuple[Cause, ...]:
    blocks: dict[_Key, list[_Placed]] = {}
    for each in placed:
        blocks.setdefault(each.block, []).append(each)
    causes: dict[_Key, list[Block]] = {}
    for members in blocks.values():
        block = _block(members, order)
        key = members[0].cause or _Key(POLICY, (block.head.policy,), _is_old(block.head))
        causes.setdefault(key, []).append(block)
    return tuple(_cause(key, made, order) for key, made in causes.items())


def _block(members: Sequence[_Placed], order: Order) -> Block:
    """The newest finding comes first, and then one that asks, so that the block says what to declare."""
    newest = all(_is_old(each.finding) for each in members)

    def rank(each: _Placed) -> tuple[object, ...]:
        return _is_old(each.finding) != newest, not each.asks, order.rank(each.finding)

    ordered = sorted(members, key=rank)
    head = ordered[0]
    others = tuple(each.finding for each in ordered[1:] if not each.waits)
    return Block(head.finding, others, tuple(each.finding for each in ordered[1:] if each.waits))


def _is_old(finding: Finding) -> bool:
    return finding.change == UNCHANGED


def _cause(key: _Key, blocks: list[Block], order: Order) -> Cause:
    blocks.sort(key=lambda block: (_is_old(block.head), order.rank(block.head)))
    findings = [finding for block in blocks for finding in block]
    head = blocks[0].head
    fields = _fields(key, findings)
    policy = key.names[0] if key.what == ASKS else head.policy
    about = [finding for finding in findings if finding.policy == policy and (key.what != ASKS or asked_fields(finding))]
    return Cause(
        name=key.name,
        title=undeclared(fields) if key.what == UNDECLARED else title_of(about, fields),
        concern=min((order.concern(finding) for finding in findings), key=CONCERNS.index),
        severity=max(finding.severity for finding in findings),
        change=_change(findings),
        waived=key.what == WAIVED,
        alike=len(about),
        asks=fields,
        blocks=tuple(blocks),
    )


def _fields(key: _Key, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The fields that nobody declares, of a cause that is about some."""
    if key.what == ASKS:
        asking = (finding for finding in findings if finding.policy == key.names[0])
        return tuple(dict.fromkeys(field for finding in asking for field in asked_fields(finding)))
    return tuple(dict.fromkeys(finding.waits_for[0] for finding in findings)) if key.what == UNDECLARED else ()


def _change(findings: Sequence[Finding]) -> Change | None:
    changes = {finding.change for finding in findings}
    return INTRODUCED if INTRODUCED in changes else None if None in changes else UNCHANGED
