"""What packs ask less of other packs, in words and as data: every report says it, whatever it finds."""

from typing import Any

from shipcheck.english import counted
from shipcheck.model.report import Report
from shipcheck.model.softening import Softening
from shipcheck.report.encode import visible


def softened_lines(report: Report) -> tuple[str, ...]:
    """A line for each softening, in force or no longer, and one for what is left to the makers of packs."""
    lines = [f"Softened until {item.until.isoformat()}: {_said(item)}" for item in report.inputs.softened]
    lines += [
        f"Softened until {item.until.isoformat()} only, so judged in full again: {_said(item)}" for item in report.inputs.lapsed
    ]
    if report.left_to_packs:
        found = counted(report.left_to_packs, "finding")
        lines.append(f"Left to the makers of packs: {found} about what packs provide, the same in the packs alone.")
    return tuple(lines)


def _said(item: Softening) -> str:
    return visible(f"{item.shown}, by pack {item.pack}, as {item.approver} has approved: {item.reason}")


def softening_json(item: Softening, *, in_force: bool) -> dict[str, Any]:
    """One softening as data."""
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
