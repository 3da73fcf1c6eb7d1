"""The results of the audits as JSON."""

from shipcheck.model.doctor import DoctorReport
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import location_json
from shipcheck.report.style import PLAIN, Style

DOCTOR_VERSION = 1


def render(report: DoctorReport, _style: Style = PLAIN) -> str:
    """All answers as JSON: ASCII only, keys in a fixed order."""
    data = {
        "shipcheck": report.version,
        "doctor": DOCTOR_VERSION,
        "verdict": report.verdict,
        "source": {"kind": report.source, "revision": report.revision or None, "root": report.root},
        "files": list(report.files),
        "audits": [
            {
                "audit": answer.audit,
                "outcome": answer.outcome,
                "message": answer.text,
                "location": location_json(answer.location) if answer.location else None,
                "fix": answer.fix or None,
            }
            for answer in report.answers
        ],
    }
    return as_json(data)
