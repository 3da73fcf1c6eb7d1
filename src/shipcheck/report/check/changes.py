"""What is different from the base, in a few lines, before anything else."""

from collections import Counter
from typing import NamedTuple

from shipcheck.english import counted, listed
from shipcheck.model.change import Against, Change
from shipcheck.model.finding import ANNOUNCED, INTRODUCED, UNCHANGED, Finding
from shipcheck.model.report import Report
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

SHORT = 12
MOST_LINES = 10
WRAP = 100
WEAKENING = "core/change-"
_WORDS = {
    "fixed": "fixed",
    "team-changed": "pending",
    "code-owners-changed": "pending",
    "component-removed": "removed",
    "component-renamed": "renamed",
    "field-changed": "changed",
    "link-removed": "removed",
    "link-added": "new",
    "setting-changed": "changed",
    "pack-changed": "changed",
    "policy-changed": "changed",
    "waiver-changed": "changed",
    "governance-changed": "changed",
    "gate-code-changed": "changed",
    "waived-code-changed": "changed",
    "not-comparable": "skipped",
}
_PROPOSED = frozenset({"waiver-proposed", "consent-proposed"})
_COUNTED = {"component-added": "component"}
# Of findings that are gone, some are enough; what the change itself does is listed whole.
_SHORTENED = frozenset({"fixed", "not-comparable"})
_WIDTH = 9


class News(NamedTuple):
    """Changes of one kind: a word for it, and a line for each; of `whole` ones, none is left out."""

    word: str
    texts: list[str]
    whole: bool = False

    @property
    def shown(self) -> list[str]:
        """The lines that are printed."""
        return self.texts if self.whole or len(self.texts) <= MOST_LINES else self.texts[: MOST_LINES - 1]

    @property
    def rest(self) -> str:
        """How many are left out; empty if none are."""
        left = len(self.texts) - len(self.shown)
        return f"and {left} more; --format json lists them all" if left else ""


def counted_changes(report: Report) -> list[str]:
    """How much is different from the base, in a line; nothing where nothing is."""
    tallies: Counter[str] = Counter()
    for news in change_news(report)[1:]:
        tallies[news.word] += len(news.texts)
    counts = [f"{count} {word}" for word, count in tallies.items() if count and word not in {"fixed", "new"}]
    return [f"Other changes: {listed(counts, 'and')}; listed below."] if counts else []


def change_list(report: Report, style: Style) -> list[str]:
    """One block of what is different from the base beyond findings, if anything is."""
    lines = [line for news in change_news(report)[1:] for line in _lines(news, style)]
    return ["\n".join([style.paint("strong", "Changes"), *lines])] if lines else []


def change_block(report: Report, style: Style) -> list[str]:
    """One block if there is a base."""
    lead = change_lead(report)
    lines = [line for news in change_news(report) for line in _lines(news, style)]
    return ["\n".join([*lead, *lines])] if lead else []


def change_lead(report: Report) -> list[str]:
    """What the report compares with, and how many findings are new; nothing where there is no base, or nothing was judged.

    A run of the default branch says why it has none.
    """
    if report.whole and report.verdict != "incomplete":
        return [f"Judged as a whole: this is a run of the default branch {visible(report.whole)}, so there is no base."]
    if report.inputs.against is None or report.verdict == "incomplete":
        return []
    return [_against(report.inputs.against), _tally(report)]


def change_news(report: Report) -> list[News]:
    """What is different from the base, what is weaker first."""
    if report.inputs.against is None or report.verdict == "incomplete":
        return []
    told = {finding.subject for finding in report.findings if finding.policy.startswith(WEAKENING)}
    changes = [change for change in report.judged.changes if f"{change.subject}[{change.field}]" not in told]
    stricter = [change for change in changes if change.direction == "stricter"]
    proposed = [_text(change) for change in changes if change.kind in _PROPOSED]
    news = [
        News("proposed", proposed, whole=True),
        News("weaker", _weakened(report), whole=True),
        News("stricter", list(map(_text, stricter)), whole=True),
    ]
    for kind, word in _WORDS.items():
        texts = [_text(change) for change in changes if change.kind == kind and change.direction != "stricter"]
        news.append(News(word, texts, kind not in _SHORTENED))
    new = Counter(change.kind for change in changes)
    added = [counted(new[kind], noun) for kind, noun in _COUNTED.items() if new[kind]]
    return [*news, News("new", [listed(added, "and")] if added else [])]


def change_count(report: Report) -> str:
    """How many changes there are, for formats that list findings alone; empty where there is no base, or nothing changed."""
    count = sum(change.kind != "fixed" for change in report.judged.changes)
    if report.inputs.against is None or report.verdict == "incomplete" or not count:
        return ""
    name = visible(report.inputs.against.name)
    return f"{counted(count, 'change')} against {name}; the text, Markdown and JSON reports list all"


def _against(against: Against) -> str:
    same = against.revision == against.merge_base
    where = "" if same else f", merge base {visible(against.merge_base[:SHORT])}"
    text = f"Compared with {visible(against.name)} ({visible(against.revision[:SHORT])}){where}."
    if against.authority == "head":
        return f"{text} The base declares nothing yet, so the settings and policies of the head apply."
    return text


def _tally(report: Report) -> str:
    marks = Counter(finding.change for finding in report.findings)
    fixed = sum(change.kind == "fixed" for change in report.judged.changes)
    announced = [f"{marks[ANNOUNCED]} announced"] if marks[ANNOUNCED] else []
    counts = [f"{marks[INTRODUCED]} introduced", *announced, f"{marks[UNCHANGED]} unchanged", f"{fixed} fixed"]
    if marks[None]:
        counts.append(f"{marks[None]} unknown")
    return f"Findings: {listed(counts, 'and')}."


def _weakened(report: Report) -> list[str]:
    return [_finding(finding) for finding in report.findings if finding.policy.startswith(WEAKENING)]


def _finding(finding: Finding) -> str:
    return f"{visible(finding.headline)} ({visible(str(finding.location))})"


def _text(change: Change) -> str:
    policy = f"  {visible(change.policy)}" if change.policy else ""
    return f"{visible(change.message)}{policy}"


def _lines(news: News, style: Style) -> list[str]:
    role = "warning" if news.word == "weaker" else "strong"
    lines = [f"  {style.paint(role, news.word.ljust(_WIDTH))}{text}" for text in news.shown]
    return [*lines, f"  {'':{_WIDTH}}{news.rest}"] if news.rest else lines
