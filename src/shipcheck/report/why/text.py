"""Why one component reaches another or does not, as a person reads it in a terminal."""

from collections import Counter
from dataclasses import replace

from shipcheck.english import counted, listed
from shipcheck.model.finding import Finding, GateVerdict, Hop
from shipcheck.model.report import Result
from shipcheck.model.why import Answer, Apart, GatePlace, PlacedGate, WhyReport
from shipcheck.report.encode import folded, visible
from shipcheck.report.excerpt import Excerpts, Mark
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.underlines import CONTEXT, gate_marks, marks_of

WRAP = 100
MOST_REASONS = 2
FROM, TO = "from   ", "to     "


def render(report: WhyReport, style: Style = PLAIN) -> str:
    """What fails in full, what passes with its gates, the policies that are not about the two components, and what was judged."""
    excerpts = Excerpts(report.texts, style)
    pieces = problem_blocks(report.problems, excerpts, style)
    judged = [answer for answer in report.answers if answer.result != "not_applicable"]
    shown: dict[tuple[str, ...], str] = {}
    pieces += [_block(answer, excerpts, style, shown) for answer in sorted(judged, key=lambda answer: answer.result != "fail")]
    left_out = [answer for answer in report.answers if answer.result == "not_applicable"]
    if left_out:
        pieces.append(
            "\n".join([style.paint("strong", "not about these two components"), *(_left_out(answer) for answer in left_out)])
        )
    pieces.append(_summary(report, style))
    return "\n\n".join(pieces) + "\n"


def _block(answer: Answer, excerpts: Excerpts, style: Style, shown: dict[tuple[str, ...], str]) -> str:
    """One answer; what was shown for another policy already is only referred to."""
    body = tuple({"open_walk": _open, "missed": _missed, "gates": _gates}.get(answer.because, _paths)(answer, excerpts, style))
    first = shown.setdefault(body, answer.policy)
    lines = [_head(answer, style), ""]
    lines += body if first == answer.policy else [f"  {style.paint('strong', 'same')}   as for {visible(first)}, above"]
    if answer.finding is not None and answer.finding.waiver:
        lines.append(f"  {style.paint('strong', 'waiver')} {visible(answer.finding.waiver)}")
    if answer.assumed and answer.result == "pass":
        are = "is" if len(answer.assumed) == 1 else "are"
        fields = visible(listed(answer.assumed, "and"))
        lines.append(f"  {style.paint('strong', 'note')}   {fields} {are} not declared, so the policy is assumed to apply")
    lines.append(f"  {style.paint('strong', 'more')}   shipcheck explain {visible(answer.policy)}")
    return "\n".join(lines)


def _head(answer: Answer, style: Style) -> str:
    word = str(answer.finding.severity) if answer.finding else "pass"
    role = word if answer.finding else "good"
    return style.head(role, word, answer.text, answer.policy)


def _open(answer: Answer, excerpts: Excerpts, style: Style) -> list[str]:
    """The shortest open path; for each other last hop the shortest path that ends with it; gates that are on neither."""
    if answer.finding is None:  # pragma: no cover - an open path comes with its finding
        raise TypeError(f"{answer.policy} has an open path without a finding")
    lines: list[str] = []
    seen: set[str] = set()
    total = len(answer.paths) + answer.more_paths
    for number, path in enumerate(answer.paths):
        lines += [f"  {style.paint('strong', f'path {number + 1} of {total}')}"] if number else []
        finding = replace(answer.finding, reasons=()) if number else answer.finding
        lines += [*excerpts.render(_new_marks(finding, path, seen)), ""]
        seen |= {verdict.gate for hop in path for verdict in hop.gates}
    lines += _too_long(answer, style)
    if answer.more_paths:
        lines += [f"  and {answer.more_paths}{' more' if answer.paths else ''} path{'' if answer.more_paths == 1 else 's'}", ""]
    if answer.disqualified:
        lines.append(f"  {style.paint('strong', 'on other open paths')}")
        lines += [*excerpts.render([mark for verdict in answer.disqualified for mark in gate_marks(verdict)]), ""]
    if answer.more_disqualified:
        lines += [f"  and {counted(answer.more_disqualified, 'more gate')} on open paths, none of which qualifies", ""]
    return lines


def _new_marks(finding: Finding, path: tuple[Hop, ...], seen: set[str]) -> list[Mark]:
    """The marks of an open path; a gate that was explained before is only named."""
    hops = tuple(replace(hop, gates=tuple(_new(verdict, seen) for verdict in hop.gates)) for hop in path)
    return marks_of(replace(finding, witness=hops))


def _new(verdict: GateVerdict, seen: set[str]) -> GateVerdict:
    return replace(verdict, reasons=()) if verdict.gate in seen else verdict


def _missed(answer: Answer, excerpts: Excerpts, style: Style) -> list[str]:
    """A required target that is not reached: where the path of the subject ends, and how far it gets towards this one."""
    lost = answer.finding is not None and answer.finding.witness
    lines = [*excerpts.render(marks_of(answer.finding)), ""] if answer.finding and lost else []
    lines += [*_paths(answer, excerpts, style), f"  {style.paint('strong', 'why')}    {visible(answer.detail)}"]
    return lines


def _paths(answer: Answer, excerpts: Excerpts, style: Style) -> list[str]:
    """The path between the two, or how far apart they are."""
    lines = [line for path in answer.paths for line in (*excerpts.render(_path_marks(path)), "")]
    return lines + _too_long(answer, style) + (_apart(answer.apart, style) if answer.apart else [])


def _too_long(answer: Answer, style: Style) -> list[str]:
    """The length of the shortest path, if it is too long to show."""
    if answer.paths or not answer.hops:
        return []
    return [f"  {style.paint('strong', 'path')}   the shortest has {counted(answer.hops, 'hop')}, too many to show"]


def _path_marks(path: tuple[Hop, ...]) -> list[Mark]:
    return [Mark(hop.location, hop.says, True, 1 if number else CONTEXT) for number, hop in enumerate(path)]  # noqa: FBT003


def _apart(apart: Apart, style: Style) -> list[str]:
    reached = _some(apart.reached, apart.reached_count) or "nothing"
    leading = _some(apart.leading, apart.leading_count) or "nothing"
    return [
        f"  {style.paint('strong', 'from')}   reaches {reached}",
        f"  {style.paint('strong', 'to')}     is reached from {leading}",
    ]


def _some(names: tuple[str, ...], count: int) -> str:
    if count > len(names):
        return f"{visible(', '.join(names))} and {count - len(names)} more"
    return visible(listed(names, "and"))


def _gates(answer: Answer, excerpts: Excerpts, style: Style) -> list[str]:
    """Each separating gate at the hop at which it gates a path; then other places of qualifying gates."""
    lines: list[str] = []
    for placed in answer.separating:
        lines += [*excerpts.render(_stop_marks(placed)), ""]
    elsewhere = [line for placed in answer.separating if (line := _elsewhere(placed, placed.places[1:]))]
    elsewhere += [_elsewhere(placed, placed.places) for placed in answer.others]
    if answer.more_others:
        elsewhere.append(f"and {counted(answer.more_others, 'qualifying gate')} more")
    for number, text in enumerate(elsewhere):
        first, *rest = folded(text, WRAP)
        lines.append(f"  {style.paint('strong', 'also') if not number else '    '}   {first}")
        lines += [f"         {line}" for line in rest]
    return lines


def _stop_marks(placed: PlacedGate) -> list[Mark]:
    """The path, and on it the gate, at its place on the hop that it gates."""
    marks: list[Mark] = []
    place = placed.places[0]
    without = "without it this path is open" if placed.alone else "another gate is on this path too"
    if not placed.path:
        label = f"{placed.gate} {place.text}; {without}, of {counted(placed.hops, 'hop')}, too many to show"
        return [Mark(place.location, label, True, CONTEXT)]  # noqa: FBT003
    for number, hop in enumerate(placed.path):
        stop = Mark(place.location, f"{placed.gate} {place.text}; {without}", True, 1)  # noqa: FBT003
        before = place.how == "inner"
        marks += [stop] if before and number == placed.stop else []
        marks.append(Mark(hop.location, hop.says, False, 0 if number else CONTEXT))  # noqa: FBT003
        marks += [stop] if not before and number == placed.stop else []
    return marks


def _elsewhere(placed: PlacedGate, gate_places: tuple[GatePlace, ...]) -> str:
    """Other places of a gate; empty if there are none."""
    places = [f"{place.text} ({place.location.path}:{place.location.line})" for place in gate_places]
    if placed.more_places:
        places.append(f"is in {counted(placed.more_places, 'more place')}")
    return f"{placed.gate} {listed(places, 'and')}" if places else ""


def _left_out(answer: Answer) -> str:
    """A policy on one line: why it is not about the two."""
    expected: dict[str, list[str]] = {}
    for reason in answer.reasons:
        expected.setdefault(reason.text, []).extend([reason.expected] if reason.expected and not reason.missing else [])
    why = [f"{text}; expected {listed(list(dict.fromkeys(parts)))}" if parts else text for text, parts in expected.items()]
    more = f"; and {len(why) - MOST_REASONS} more" if len(why) > MOST_REASONS else ""
    details = f": {'; '.join(why[:MOST_REASONS])}{more}" if why else ""
    return f"  {visible(f'{answer.policy}: {answer.text}{details}')}"


def _summary(report: WhyReport, style: Style) -> str:
    packs = listed([f"{name} {version}" for name, version in report.packs], "and") or "no pack"
    basis = visible(f"Judged by {packs}, as of {report.as_of.isoformat()}, with shipcheck {report.version}.")
    if report.problems:
        them = "it" if len(report.problems) == 1 else "them"
        text = f"Not judged: {counted(len(report.problems), 'problem')}. Fix {them} and run again."
        return "\n".join([style.paint("problem", text), basis])
    ends = visible(f"{report.start} to {report.end}")
    if report.verdict == "incomplete":
        return "\n".join([style.paint("problem", f"{ends}: not judged, because no policy is about these two components."), basis])
    return "\n".join([style.paint("error" if report.verdict == "fail" else "good", f"{ends}: {_tally(report)}."), basis])


def _tally(report: WhyReport) -> str:
    results = Counter(answer.result for answer in report.answers)
    words: dict[Result, str] = {"fail": "failed", "pass": "passed", "not_applicable": "not applicable"}
    return f"policies: {listed([f'{results[result]} {word}' for result, word in words.items() if results[result]], 'and')}"
