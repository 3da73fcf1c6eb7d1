"""The results of the audits, for people: what must be fixed first, then what passes."""

from collections import Counter

from shipcheck.english import counted, listed
from shipcheck.model.doctor import Answer, DoctorReport, Outcome
from shipcheck.report.encode import folded, visible
from shipcheck.report.excerpt import Excerpts, Mark
from shipcheck.report.style import PLAIN, Style

SHORT = 12
WRAP = 100
WORDS: dict[Outcome, tuple[str, str]] = {
    "finding": ("finding", "error"),
    "not_judged": ("not judged", "problem"),
    "outside": ("not in files", "note"),
    "pass": ("pass", "good"),
    "not_applicable": ("not applicable", "faint"),
}
_TALLIES: dict[Outcome, tuple[str, str]] = {
    "finding": ("finding", "findings"),
    "not_judged": ("not judged", "not judged"),
    "pass": ("pass", "passes"),
    "outside": ("not in files", "not in files"),
    "not_applicable": ("not applicable", "not applicable"),
}
_VERDICTS = {"pass": "Passed", "fail": "Failed", "incomplete": "Incomplete"}


def render(report: DoctorReport, style: Style = PLAIN) -> str:
    """Every answer; those that pass on a line each."""
    excerpts = Excerpts(report.texts, style)
    loud: tuple[Outcome, ...] = ("finding", "not_judged", "outside")
    pieces = [_block(answer, excerpts, style) for kind in loud for answer in report.answers if answer.outcome == kind]
    quiet = [_line(answer, style) for answer in report.answers if answer.outcome not in loud]
    pieces += ["\n".join(quiet)] if quiet else []
    return "\n\n".join([*pieces, _summary(report, style)]) + "\n"


def _block(answer: Answer, excerpts: Excerpts, style: Style) -> str:
    word, role = WORDS[answer.outcome]
    head = style.head(role, word, answer.text, answer.audit)
    marks = [Mark(answer.location, "", True, 1)] if answer.location else []  # noqa: FBT003
    lines = excerpts.render(marks)
    if answer.location and not lines:
        lines = [f"  {visible(str(answer.location))}"]
    name = "look" if answer.outcome == "outside" else "fix"
    lead = f"  {style.paint('strong', name)}{' ' * (7 - len(name))}"
    fix = [f"{lead if number == 0 else ' ' * 9}{line}" for number, line in enumerate(folded(answer.fix, WRAP))]
    return "\n".join([head, *(["", *lines] if lines else []), *(["", *fix] if fix else [])])


def _line(answer: Answer, style: Style) -> str:
    word, role = WORDS[answer.outcome]
    at = f" ({visible(str(answer.location))})" if answer.location else ""
    return f"{style.paint(role, word)}: {visible(answer.text)}{at}    {style.paint('faint', visible(answer.audit))}"


def _summary(report: DoctorReport, style: Style) -> str:
    tallies = Counter(answer.outcome for answer in report.answers)
    counts = [counted(tallies[kind], *words) for kind, words in _TALLIES.items() if tallies[kind]]
    where = f"{report.source} {report.revision[:SHORT]}" if report.revision else report.source
    role = {"pass": "good", "fail": "error", "incomplete": "problem"}[report.verdict]
    first = style.paint(role, f"{_VERDICTS[report.verdict]}: {listed(counts, 'and')}.")
    files = visible(listed(report.files, "and")) or "no file"
    return f"{first}\nRead {files} ({visible(where)}), with shipcheck {visible(report.version)}."
