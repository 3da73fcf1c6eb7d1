"""Policies read aloud, for people and for programs."""

from collections.abc import Iterable
from typing import Any

from shipcheck import __version__
from shipcheck.documentation import Documented, policy_page
from shipcheck.english import counted, listed
from shipcheck.model.explain import CaseCounts, ExplainedPolicy, Line, Reading, Reads
from shipcheck.model.policy import Parameter
from shipcheck.report.encode import as_json, folded, visible
from shipcheck.report.style import Style

EXPLANATION_VERSION = 1
WIDTH = 100
_CHANGES = {"increase": "settings may raise it", "decrease": "settings may lower it", "any": "settings may change it"}


def render_explained(policies: Iterable[ExplainedPolicy], style: Style) -> str:
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


def section(title: str, lines: Iterable[str], style: Style) -> str:
    """A title with indented lines below it."""
    return "\n".join([style.paint("strong", title), *(f"  {line}".rstrip() for line in lines)])


def page_section(policy: Documented, style: Style) -> list[str]:
    """The address of the policy's page, as a section of its own; no section if it has no address."""
    page = policy_page(policy)
    return [section("Documentation", [page], style)] if page else []


def reading_lines(reading: Reading) -> list[str]:
    """The sentences of a policy, and what its named selectors stand for."""
    return wrapped((*reading.asks, *reading.means))


def wrapped(lines: Iterable[Line]) -> list[str]:
    """Lines of a readable length, those that list something with a dash."""
    found: list[str] = []
    for line in lines:
        first = f"{'  ' * line.depth}- " if line.depth else ""
        found += folded(line.text, WIDTH, first=first, rest=" " * len(first))
    return found


def parameter_lines(parameters: Iterable[Parameter], pack: str) -> list[str]:
    """Each parameter with its value, who may change it, and what it means."""
    lines: list[str] = []
    for parameter in parameters:
        lines.append(f"{pack}.{parameter.name} = {parameter.shown} ({_CHANGES.get(parameter.may, 'fixed')})")
        lines.extend(f"  {line}" for line in folded(parameter.description, WIDTH - 4))
    return lines


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


def render_explained_json(policies: Iterable[ExplainedPolicy]) -> str:
    """The same for programs: ASCII only, keys in a fixed order."""
    told = {"shipcheck": __version__, "explanation": EXPLANATION_VERSION, "policies": [_json(policy) for policy in policies]}
    return as_json(told)


def _json(policy: ExplainedPolicy) -> dict[str, Any]:
    reading, tested = policy.reading, policy.tested
    told, reads, cost = reading.policy, reading.reads, reading.cost
    return {
        "policy": told.name,
        "title": told.title,
        "why": told.why,
        "asks": _lines(reading.asks),
        "means": _lines(reading.means),
        "severity": reading.severity,
        "unknown": list(reading.unknown),
        "words": dict(reading.words),
        "parameters": [_parameter(parameter, told.pack) for parameter in reading.parameters],
        "fix": told.fix,
        "cost": {"class": cost.kind, "reads": list(cost.reads), "text": cost.shown},
        "reads": {
            "fields": list(reads.fields),
            "derived": list(reads.derived),
            "facts": list(reads.facts),
            "links": list(reads.links),
        },
        "tests": None if tested is None else _tests(tested),
        "controls": list(told.controls),
        "documentation": policy_page(told) or None,
    }


def _lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{"depth": line.depth, "text": line.text} for line in lines]


def _parameter(parameter: Parameter, pack: str) -> dict[str, Any]:
    return {
        "parameter": f"{pack}.{parameter.name}",
        "type": parameter.type,
        "value": parameter.shown,
        "may": parameter.may,
        "description": parameter.description,
    }


def _tests(tested: CaseCounts) -> dict[str, Any]:
    counts = {"fails": tested.fails, "passes": tested.passes, "not_applicable": tested.not_applicable}
    return {"cases": tested.cases, **counts, "files": list(tested.files)}
