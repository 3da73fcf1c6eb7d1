"""Findings put into blocks and causes."""

from collections.abc import Iterable, Sequence

from shipcheck.causes.placing import ASKS, POLICY, UNDECLARED, WAIVED, Asks, Key, Order, Placed, asked_fields, is_old, placed
from shipcheck.causes.titles import declare, title_of, undeclared
from shipcheck.model.finding import ANNOUNCED, INTRODUCED, UNCHANGED, Change, Finding
from shipcheck.model.policy import CONCERNS
from shipcheck.model.screen import Block, Cause


def live_causes(findings: Sequence[Finding], order: Order) -> tuple[Cause, ...]:
    """The causes of findings that are not waived."""
    asks = Asks(sorted(findings, key=order.rank))
    return _causes([placed(finding, asks, order) for finding in findings], order)


def waived_causes(findings: Iterable[Finding], order: Order) -> tuple[Cause, ...]:
    """The causes of waived findings: one for each policy, also of findings that wait for a field."""
    keys = ((finding, Key(WAIVED, (finding.policy,))) for finding in findings)
    return _causes([Placed(finding, key, key) for finding, key in keys], order)


def _causes(findings: Sequence[Placed], order: Order) -> tuple[Cause, ...]:
    blocks: dict[Key, list[Placed]] = {}
    for each in findings:
        blocks.setdefault(each.block, []).append(each)
    causes: dict[Key, list[Block]] = {}
    for members in blocks.values():
        block = _block(members, order)
        key = members[0].cause or Key(POLICY, (block.head.policy,), is_old(block.head))
        causes.setdefault(key, []).append(block)
    return tuple(_cause(key, made, order) for key, made in causes.items())


def _block(members: Sequence[Placed], order: Order) -> Block:
    """The newest finding comes first, and then one that asks, so that the block says what to declare."""
    newest = all(is_old(each.finding) for each in members)

    def rank(each: Placed) -> tuple[object, ...]:
        return is_old(each.finding) != newest, not each.asks, order.rank(each.finding)

    ordered = sorted(members, key=rank)
    head = ordered[0]
    others = tuple(each.finding for each in ordered[1:] if not each.waits)
    waits_for = () if asked_fields(head.finding) else head.finding.waits_for
    waiting = tuple(each.finding for each in ordered[1:] if each.waits)
    return Block(head.finding, others, waiting, declare(waits_for) if waits_for else "")


def _cause(key: Key, blocks: list[Block], order: Order) -> Cause:
    blocks.sort(key=lambda block: (is_old(block.head), order.rank(block.head)))
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


def _fields(key: Key, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The undeclared fields that a cause is about, if any."""
    if key.what == ASKS:
        asking = (finding for finding in findings if finding.policy == key.names[0])
        return tuple(dict.fromkeys(field for finding in asking for field in asked_fields(finding)))
    return tuple(dict.fromkeys(finding.waits_for[0] for finding in findings)) if key.what == UNDECLARED else ()


def _change(findings: Sequence[Finding]) -> Change | None:
    changes = {finding.change for finding in findings}
    newest_first: tuple[Change | None, ...] = (INTRODUCED, None, ANNOUNCED, UNCHANGED)
    return min(changes, key=newest_first.index)
