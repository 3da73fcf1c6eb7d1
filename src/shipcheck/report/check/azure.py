"""The issues of an Azure Pipelines run, as logging commands.

Azure knows errors and warnings only: a note is a warning that says so.
"""

from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report
from shipcheck.report.check.changes import change_count
from shipcheck.report.check.details import beyond_lists, shown, with_remedy
from shipcheck.report.check.most_severe import shortened
from shipcheck.report.encode import azure_data, azure_property
from shipcheck.report.style import PLAIN, Style

# Azure knows two levels; a note is a warning there that says so in its message.
_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "warning"}
# What a command takes without its path and its message.
_COMMAND = 200


def render(report: Report, _style: Style = PLAIN) -> str:
    """A logging command for each problem and finding."""
    report = shortened(report, lambda finding: _COMMAND + len(finding.location.path) + len(with_remedy(finding)))
    commands = [_command(report, "error", problem.location, problem.code, problem.message) for problem in report.judged.problems]
    for finding in shown(report):
        lead = "note: " if finding.severity is Severity.NOTE else ""
        text = f"{lead}{with_remedy(finding)}"
        commands.append(_command(report, _TYPES[finding.severity], finding.location, finding.policy, text))
    commands += [_command(report, _TYPES[rest.severity], rest.location, rest.policy, rest.text) for rest in beyond_lists(report)]
    changes = change_count(report)
    if changes:
        commands.append(f"##vso[task.debug]{azure_data(changes)}")
    return "".join(f"{command}\n" for command in commands)


def _command(report: Report, kind: str, place: Location, code: str, message: str) -> str:
    properties = {
        "type": kind,
        "sourcepath": report.path(place),
        "linenumber": str(place.line or 1),
        "columnnumber": str(place.column or 1),
        "code": code,
    }
    written = "".join(f"{key}={azure_property(value)};" for key, value in properties.items())
    return f"##vso[task.logissue {written}]{azure_data(message)}"
