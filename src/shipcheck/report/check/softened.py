"""What packs loosen in other packs, what is left to their authors, and which are not signed; every report says it."""

from collections import Counter
from typing import Any

from shipcheck.english import counted, listed
from shipcheck.model.report import Report
from shipcheck.model.softening import Softening
from shipcheck.report.encode import visible


def softened_lines(report: Report) -> tuple[str, ...]:
    """A line for each loosened value, in force or expired, for each component of a pack with findings, and for unsigned packs."""
    lines = [f"Loosened until {item.until.isoformat()}: {_description(item)}" for item in report.inputs.softened]
    lines += [f"No longer loosened, expired on {item.until.isoformat()}: {_description(item)}" for item in report.inputs.expired]
    for subject, count in Counter(finding.subject for finding in report.upstream).items():
        lines.append(f"Left to pack authors: {counted(count, 'finding')} in {visible(subject)}.")
    if report.inputs.unsigned:
        packs = visible(listed(report.inputs.unsigned, "and"))
        lines.append(f"Not signed: {packs}. The lock file shows that no file changed since, not who wrote it.")
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
