"""What somebody writes into a title, a message or a file name stays text in every output of every command."""

import sys
from types import ModuleType
from typing import cast

import pytest
from tests.report.naughty import NAUGHTY
from tests.report.readers import READERS, Output, read_back
from tests.report.samples import VARIANTS, sample
from tests.support.runners import Command, azure_commands, github_commands

from shipcheck.model.report import Report
from shipcheck.report.encode import folded
from shipcheck.report.formats import FORMATS, Format
from shipcheck.report.style import Style

HARMLESS = "harmless"
# Commands that print the same share their formats.
OUTPUTS = {form.module: form for formats in FORMATS.values() for form in formats.values()}


def stays_text(form: Format, texts: tuple[str, ...] = NAUGHTY) -> None:
    """Fail, and say for which text, where a format lets a text be more than that."""
    harmless = [form.render(sample(form, HARMLESS, variant)) for variant in range(VARIANTS)]
    for number, text in enumerate(texts):
        for variant in {0, number % VARIANTS}:
            printed = form.render(sample(form, text, variant))
            try:
                read_back(form, Output(text, printed, harmless[variant]))
            except AssertionError as error:
                error.add_note(f"{form.module}, variant {variant}, with the text {text[:80]!a}")
                raise


@pytest.mark.parametrize("module", OUTPUTS)
def test_text_stays_text(module: str) -> None:
    stays_text(OUTPUTS[module])


def unescaped(report: Report, _style: Style) -> str:
    """A report in the Test Anything Protocol that escapes nothing."""
    findings = report.findings
    return "".join([f"1..{len(findings)}\n", *(f"not ok {finding.headline}\n" for finding in findings)])


@pytest.fixture
def tenth(monkeypatch: pytest.MonkeyPatch) -> Format:
    """A tenth format of the check that escapes nothing, registered like the nine."""
    form = Format("check", "tap")
    module = ModuleType(form.module)
    monkeypatch.setattr(module, "render", unescaped, raising=False)
    monkeypatch.setitem(sys.modules, form.module, module)
    monkeypatch.setitem(cast("dict[str, Format]", FORMATS["check"]), form.name, form)
    return form


def test_a_format_without_a_reader_fails_by_its_name(tenth: Format) -> None:
    with pytest.raises(AssertionError, match="check --format tap: say in tests"):
        stays_text(FORMATS["check"][tenth.name])


def test_a_format_that_escapes_nothing_fails(tenth: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, tenth.name, READERS["text"])
    failing = 0
    for text in NAUGHTY:
        try:
            stays_text(tenth, (text,))
        except AssertionError:
            failing += 1
    assert failing > len(NAUGHTY) // 4


def test_the_list_is_long_and_has_no_text_twice() -> None:
    assert len(set(NAUGHTY)) == len(NAUGHTY) >= 80


def test_the_runners_of_these_tests_see_what_a_careless_output_lets_through() -> None:
    assert github_commands("  ::error file=a::b%0Ac\n") == [Command("error", {"file": "a"}, "b\nc")]
    assert github_commands("x ##[add-mask]e\r##[group]g") == [Command("add-mask", {}, "e"), Command("group", {}, "g")]
    assert azure_commands("x ##vso[task.complete result=Failed;]d") == [Command("task.complete", {"result": "Failed"}, "d")]


@pytest.mark.parametrize("columns", range(20, 60))
def test_a_text_that_is_folded_begins_no_line_with_a_command(columns: int) -> None:
    lines = folded(f"{'x' * 40}::error::forged {'y ' * 20}::error::forged", columns)
    assert len(lines) > 1
    assert github_commands("\n".join(lines)) == []
