"""Policies in plain English, with what they cost, what they read and how they are tested."""

from collections.abc import Iterable

from shipcheck.english import counted, listed
from shipcheck.model.explain import CaseCounts, ExplainedPolicy, Line, Reads
from shipcheck.report.encode import folded, visible
from shipcheck.report.sections import WIDTH, own_fields_section, page_section, parameter_lines, reading_lines, section, wrapped
from shipcheck.report.style import PLAIN, Style


def render(policies: Iterable[ExplainedPolicy], style: Style = PLAIN) -> str:
    """Everything about each policy, one after the other."""
    return "\n\n\n".join(_policy(policy, style) for policy in policies) + "\n"


def _policy(explained: ExplainedPolicy, style: Style) -> str:
    reading = explained.reading
    policy = reading.policy
    sections = [
        f"{style.paint('strong', policy.name)}\n{visible(policy.title)}.",
        section("Why", folded(policy.why, WIDTH), style),
        section("What it requires", reading_lines(reading), style),
        section("Severity", folded(reading.severity, WIDTH), style),
    ]
    if reading.unknown:
        unknown = [
            Line(0, "If one of these is not declared and the result depends on it, the worst is assumed:"),
            *(Line(1, text) for text in reading.unknown),
        ]
        sections.append(section("Undeclared values", wrapped(unknown), style))
    if reading.words:
        sections.append(section("Words", wrapped(Line(0, f"{word}: {meaning}") for word, meaning in reading.words), style))
    sections += own_fields_section(reading, style)
    if reading.parameters:
        sections.append(section("Parameters", parameter_lines(reading.parameters, policy.pack), style))
    if policy.fix:
        sections.append(section("Fix", folded(policy.fix, WIDTH), style))
    sections.append(
        section(
            "Cost",
            folded(f"{reading.cost.shown[0].upper()}{reading.cost.shown[1:]}.", WIDTH),
            style,
        )
    )
    sections.append(section("Reads", _reads(reading.reads), style))
    sections.append(section("Tests", _tested(explained.tested), style))
    if policy.controls:
        sections.append(section("Controls", [visible(", ".join(policy.controls))], style))
    sections += page_section(policy, style)
    return "\n\n".join(sections)


def _reads(reads: Reads) -> list[str]:
    """What the policy reads, a line for each sort."""
    sorts = [("fields", _by_kind(reads.fields)), ("derived", _by_kind(reads.derived)), ("facts", _by_kind(reads.facts))]
    parts = [*sorts, ("links", ", ".join(reads.links))]
    lines = [folded(text, WIDTH, first=f"{sort:9}", rest=" " * 9) for sort, text in parts if text]
    return [line for group in lines for line in group] or ["only which components exist"]


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
        f"{tested.fails} {'fails' if tested.fails == 1 else 'fail'}",
        f"{tested.passes} {'passes' if tested.passes == 1 else 'pass'}",
        f"{tested.not_applicable} not applicable",
    ]
    return [f"{counted(tested.cases, 'case')}: {listed(kinds, 'and')}", *(f"  {visible(file)}" for file in tested.files)]
