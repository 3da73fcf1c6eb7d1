"""Policies in plain English, with what they cost, what they read and how they are tested."""

from collections.abc import Iterable

from shipcheck.english import counted, listed
from shipcheck.model.explain import CaseCounts, ExplainedPolicy, Line, Reads
from shipcheck.report.encode import folded, visible
from shipcheck.report.sections import WIDTH, page_section, parameter_lines, reading_lines, section, wrapped
from shipcheck.report.style import PLAIN, Style


def render(policies: Iterable[ExplainedPolicy], style: Style = PLAIN) -> str:
    """Everything about each policy, one after the other."""
    return "\n\n\n".join(_policy(policy, style) for policy in policies) + "\n"


def _policy(policy: ExplainedPolicy, style: Style) -> str:
    reading = policy.reading
    told = reading.policy
    sections = [
        f"{style.paint('strong', told.name)}\n{visible(told.title)}.",
        section("Why", folded(told.why, WIDTH), style),
        section("How it reads", reading_lines(reading), style),
        section("Severity", folded(reading.severity, WIDTH), style),
    ]
    if reading.unknown:
        unknown = [
            Line(0, "It is read towards a finding, wherever it makes a difference:"),
            *(Line(1, text) for text in reading.unknown),
        ]
        sections.append(section("What nobody declares", wrapped(unknown), style))
    if reading.words:
        sections.append(section("Words", wrapped(Line(0, f"{word}: {meaning}") for word, meaning in reading.words), style))
    if reading.parameters:
        sections.append(section("Parameters", parameter_lines(reading.parameters, told.pack), style))
    if told.fix:
        sections.append(section("Fix", folded(told.fix, WIDTH), style))
    sections.append(
        section(
            "Cost",
            folded(f"{reading.cost.shown[0].upper()}{reading.cost.shown[1:]}.", WIDTH),
            style,
        )
    )
    sections.append(section("Looks at", _reads(reading.reads), style))
    sections.append(section("Tests", _tested(policy.tested), style))
    if told.controls:
        sections.append(section("Controls", [visible(", ".join(told.controls))], style))
    sections += page_section(told, style)
    return "\n\n".join(sections)


def _reads(reads: Reads) -> list[str]:
    """What is looked at, a line for each sort."""
    sorts = [("fields", _by_kind(reads.fields)), ("derived", _by_kind(reads.derived)), ("facts", _by_kind(reads.facts))]
    told = [*sorts, ("links", ", ".join(reads.links))]
    lines = [folded(text, WIDTH, first=f"{sort:9}", rest=" " * 9) for sort, text in told if text]
    return [line for group in lines for line in group] or ["nothing but which components there are"]


def _by_kind(names: Iterable[str]) -> str:
    """Fields by kind; kinds that have the same ones share them."""
    fields: dict[str, list[str]] = {}
    for name in names:
        kind, _, field = name.partition(".")
        fields.setdefault(kind, []).append(field)
    kinds: dict[str, list[str]] = {}
    for kind, own in fields.items():
        kinds.setdefault(", ".join(own), []).append(kind)
    return "; ".join(f"{', '.join(whose)}: {own}" for own, whose in kinds.items())


def _tested(tested: CaseCounts | None) -> list[str]:
    if tested is None:
        return ["the tests of the pack are malformed; run 'shipcheck policy test'"]
    if not tested.cases:
        return ["none"]
    kinds = [
        f"{tested.fails} that {'fails' if tested.fails == 1 else 'fail'}",
        f"{tested.passes} that {'passes' if tested.passes == 1 else 'pass'}",
        f"{tested.not_applicable} with nothing to judge",
    ]
    return [f"{counted(tested.cases, 'case')}: {listed(kinds, 'and')}", *(f"  {visible(file)}" for file in tested.files)]
