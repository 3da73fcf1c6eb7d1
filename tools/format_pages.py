"""The sections of docs/outputs.md: one for each format of a check, from the docstring of its module, with an example."""

import json
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from tempfile import TemporaryDirectory

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.report import Report
from shipcheck.report.formats import FORMATS, Format

PAGE = "docs/outputs.md"
POLICY = "ungated-sensitive-action"
MOST_LINES = 30
_MANIFEST = re.compile(r"<!-- file: shipcheck.yaml -->\n```yaml\n(.*?)```\n", re.DOTALL)
_LANGUAGES = {"json": "json", "sarif": "json", "gitlab": "json", "junit": "xml", "markdown": "markdown"}


def format_sections(page: str) -> str:
    """The table of formats and a section for each; `page` holds the manifest of the examples."""
    report = _report(page)
    formats = FORMATS["check"].values()
    lines = ["| format | what it is |", "|---|---|"]
    lines += [f"| [`{form.name}`](#{form.name}) | {about(form).partition(chr(10))[0]} |" for form in formats]
    for form in formats:
        lines += ["", f"### {form.name}", "", about(form), "", *_example(form, report)]
    return "\n".join(lines) + "\n"


def about(form: Format) -> str:
    """What a format is, as its module says."""
    return cleandoc(import_module(form.module).__doc__ or "")


def _report(page: str) -> Report:
    """The report of the page's manifest."""
    found = _MANIFEST.search(page)
    if found is None:
        raise LookupError(f"{PAGE} has no manifest")
    with TemporaryDirectory() as folder:
        root = Path(folder) / "shop"
        root.mkdir()
        (root / "shipcheck.yaml").write_text(found[1], "utf-8")
        return check(CheckRequest(root, date(2026, 11, 22), (POLICY,)))


def _example(form: Format, report: Report) -> Iterator[str]:
    printed = form.render(report)
    if form.name == "sarif":
        printed = json.dumps(json.loads(printed), indent=2)
    lines = printed.splitlines()
    shown = lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], "[...]"]
    fence = "````" if any(line.startswith("```") for line in shown) else "```"
    yield from (f"{fence}{_LANGUAGES.get(form.name, 'text')}", *shown, fence)
