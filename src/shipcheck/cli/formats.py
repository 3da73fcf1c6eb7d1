"""The formats of the report of a check; each is loaded when it is asked for, since imports are most of a small run."""

from collections.abc import Callable

from shipcheck.model.report import Report
from shipcheck.report.style import Style

# A format gets the report, the exit code of the run, and whether to colour.
Renderer = Callable[[Report, int, Style], str]


def _text(report: Report, _code: int, style: Style) -> str:
    from shipcheck.report.check.text import render_text  # noqa: PLC0415 - loaded when asked for, and so below

    return render_text(report, style)


def _concise(report: Report, _code: int, style: Style) -> str:
    from shipcheck.report.check.concise import render_concise  # noqa: PLC0415

    return render_concise(report, style)


def _json(report: Report, code: int, _style: Style) -> str:
    from shipcheck.report.check.json import render_json  # noqa: PLC0415

    return render_json(report, code)


def _sarif(report: Report, code: int, _style: Style) -> str:
    from shipcheck.report.check.sarif import render_sarif  # noqa: PLC0415

    return render_sarif(report, code)


def _junit(report: Report, _code: int, _style: Style) -> str:
    from shipcheck.report.check.junit import render_judged_junit  # noqa: PLC0415

    return render_judged_junit(report)


def _github(report: Report, _code: int, _style: Style) -> str:
    from shipcheck.report.check.github import render_github  # noqa: PLC0415

    return render_github(report)


def _gitlab(report: Report, _code: int, _style: Style) -> str:
    from shipcheck.report.check.gitlab import render_gitlab  # noqa: PLC0415

    return render_gitlab(report)


def _azure(report: Report, _code: int, _style: Style) -> str:
    from shipcheck.report.check.azure import render_azure  # noqa: PLC0415

    return render_azure(report)


def _markdown(report: Report, _code: int, _style: Style) -> str:
    from shipcheck.report.check.markdown import render_markdown  # noqa: PLC0415

    return render_markdown(report)


FORMATS: dict[str, Renderer] = {
    "text": _text,
    "concise": _concise,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "azure": _azure,
    "markdown": _markdown,
}
# Their lines are commands to the runner, which reads them wherever they stand in the log.
BESIDE_ANOTHER = frozenset({"github", "azure"})
