"""What packs loosen in other packs, what is left to their authors, which are not signed, and what is only declared."""

from collections import Counter
from typing import Any

from shipcheck.english import counted, listed
from shipcheck.model.report import Report
from shipcheck.model.softening import Softening
from shipcheck.report.encode import visible

_MOST_NAMES = 3


def softened_lines(report: Report) -> tuple[str, ...]:
    """A line for each loosened value and component of a pack with findings, for unsigned packs, and for declared controls."""
    lines = [f"Loosened until {item.until.isoformat()}: {_description(item)}" for item in report.inputs.softened]
    lines += [f"No longer loosened, expired on {item.until.isoformat()}: {_description(item)}" for item in report.inputs.expired]
    for subject, count in Counter(finding.subject for finding in report.upstream).items():
        lines.append(f"Left to pack authors: {counted(count, 'finding')} in {visible(subject)}.")
    if report.inputs.unsigned:
        packs = visible(listed(report.inputs.unsigned, "and"))
        lines.append(f"Not signed: {packs}. The lock file shows that no file changed since, not who wrote it.")
    if report.inputs.declared_only:
        names = report.inputs.declared_only
        more = [f"{len(names) - _MOST_NAMES} more"] if len(names) > _MOST_NAMES else []
        controls = visible(listed([*names[:_MOST_NAMES], *more], "and"))
        lines.append(f"{counted(len(names), 'control')} in other systems: {controls}. Only the manifest says so.")
    return tuple(lines)


def _description(item: Softening) -> str:
    return visible(f"{item.shown}, by pack {item.pack}, approved by {item.approver}: {item.reason}")


def softening_json(item: Softening, *, in_force: bool) -> dict[str, Any]:
    """One loosened value as data."""
    return {
        "pack": item.pack,
        "what": item.what,
        "kind": "parameter" if item.is_parameter else "policy",
        "to": item.to,
        "reason": item.reason,
        "approver": item.approver,
        "until": item.until.isoformat(),
        "in_force": in_force,
    }
