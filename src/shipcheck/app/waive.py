"""`shipcheck waive`: waive one finding, in the waivers file."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from shipcheck.app.check import CheckRequest, Examined, examine
from shipcheck.app.waivers_file import Data, WaiversFile, edited, finding_data, item_lines, opened, save, written
from shipcheck.edit.lists import with_items, with_values, without_items
from shipcheck.english import did_you_mean, listed
from shipcheck.errors import UsageError
from shipcheck.model.consent import Consent
from shipcheck.model.document import Document, Mapping
from shipcheck.model.document import Sequence as List
from shipcheck.model.edit import Edit
from shipcheck.model.finding import INTRODUCED, Finding
from shipcheck.model.policy import Severity
from shipcheck.model.report import Report
from shipcheck.model.waiver import Waiver
from shipcheck.pipeline.prepare import Progress, no_progress
from shipcheck.waivers.consent_states import keys_of
from shipcheck.waivers.read_waivers import BASELINE, CONSENTS, FINDINGS, WAIVERS, team_named

SHORTEST = 4
MOST_CHOICES = 5
_FINGERPRINT = re.compile(rf"[0-9a-f]{{{SHORTEST},32}}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The terms given on the command line; `owner` empty means the owner of the finding."""

    until: date
    reason: str
    approver: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class WaiveRequest:
    """The arguments of the command: the start of a fingerprint, or policy, subject and target.

    `up_to` None means the severity of the finding.
    """

    words: tuple[str, ...]
    check: CheckRequest
    terms: Wanted
    up_to: Severity | None = None


def waive(request: WaiveRequest, progress: Progress = no_progress) -> tuple[Report, Finding | None, tuple[Edit, ...]]:
    """Write one waiver; the finding is None where the report has problems.

    For a finding that the change introduces, write a consent to each edit that it can rest on, and return these edits.

    Raises:
        UsageError: no finding matches, several match, or the terms are not valid.
        CannotJudgeError: the files cannot be listed, or the waivers file cannot be edited or written.
    """
    examined = examine(request.check, progress)
    if examined.report.verdict == "incomplete":
        return examined.report, None, ()
    finding = find_finding(examined.report, request.words)
    terms = terms_data(request.terms, examined, finding.owner)
    if finding.change == INTRODUCED:
        return examined.report, finding, _consent(finding, terms, examined)
    up_to = finding.severity if request.up_to is None else request.up_to
    if finding.severity > up_to:
        raise UsageError(f"the finding is {finding.severity}, above --up-to {up_to}")
    data = {**finding_data(finding, up_to), **terms}
    save(_with(opened(examined), finding, data), examined)
    return examined.report, finding, ()


def _consent(finding: Finding, terms: Data, examined: Examined) -> tuple[Edit, ...]:
    file = opened(examined)
    known = {consent.edit for consent in file.consents}
    edits = tuple(edit for edit in examined.edits(finding) if edit not in known)
    if not edits:
        raise UsageError("this change introduces the finding, which a waiver does not cover, by no edit to consent to; fix it")
    new = [{**keys_of(edit), **terms} for edit in edits]
    expected = file.data
    expected[CONSENTS] = [*expected.get(CONSENTS, []), *new]
    lines = [item_lines(data) for data in new]
    save(edited(file, lambda text, document: with_items(text, document.root, (CONSENTS,), lines), expected), examined)
    return edits


def terms_data(wanted: Wanted, examined: Examined, owner: str | None) -> Data:
    """The terms as the file has them.

    Raises:
        UsageError: the date is in the past, a team name is not valid, or there is no owner.
    """
    if wanted.until < examined.report.as_of:
        raise UsageError(f"--until {wanted.until.isoformat()} is in the past; give a future date")
    if not wanted.reason.strip():
        raise UsageError("--reason is empty; explain why the finding is waived")
    named = wanted.owner or owner
    if not named:
        raise UsageError("the finding has no owner; give the team responsible for the waiver with --owner")
    answers, approves = _team("--owner", named), _team("--approver", wanted.approver)
    if answers == approves:
        raise UsageError(f"{approves} owns the waiver and cannot approve it; give another team as --approver or --owner")
    return {
        "reason": wanted.reason,
        "owner": answers,
        "approver": approves,
        "until": wanted.until.isoformat(),
    }


def find_finding(report: Report, words: Sequence[str]) -> Finding:
    """The one finding that matches and is not waived yet.

    Raises:
        UsageError: there is none, there are several, or it is waived.
    """
    matches = [finding for finding in report.findings if _is_meant(finding, words)]
    live = [finding for finding in matches if not finding.is_accepted]
    if len(live) == 1:
        return live[0]
    if live:
        more = [f"{len(live) - MOST_CHOICES} more"] if len(live) > MOST_CHOICES else []
        choices = listed([*map(label, live[:MOST_CHOICES]), *more])
        raise UsageError(f"'{' '.join(words)}' is ambiguous: {choices}; use one of these, or its fingerprint")
    if matches:
        raise UsageError(f"the finding is already waived: {matches[0].waiver}")
    if report.inputs.against is None and words[0].rpartition("/")[2].startswith("change-"):
        raise UsageError(f"no finding matches '{' '.join(words)}'; a finding about a change needs --base")
    raise UsageError(f"no finding matches '{' '.join(words)}'{_hint(report, words)}")


def _hint(report: Report, words: Sequence[str]) -> str:
    """Similar findings: those of the policy where there are any, else of a policy with a similar name."""
    policies = {name for finding in report.findings for name in (finding.policy, finding.policy.rpartition("/")[2])}
    if words[0] not in policies and (hint := did_you_mean(words[0], policies)):
        return hint
    names = {label(finding) for finding in report.findings if words[0] in {finding.policy, finding.policy.rpartition("/")[2]}}
    return did_you_mean(" ".join(words), names) or "; list them with 'shipcheck check --format concise'"


def label(finding: Finding) -> str:
    """A finding as the command accepts it."""
    return f"{finding.policy} {_word(finding.subject)}{f' {_word(finding.target)}' if finding.target else ''}"


def _word(text: str) -> str:
    return f'"{text}"' if " " in text or "[" in text else text


def _is_meant(finding: Finding, words: Sequence[str]) -> bool:
    first, *rest = words
    if not rest and _FINGERPRINT.fullmatch(first):
        return finding.fingerprint.startswith(first)
    if first not in {finding.policy, finding.policy.rpartition("/")[2]}:
        return False
    names = (finding.subject, finding.target or "")
    return all(word in {name, name.partition(":")[2]} for word, name in zip(rest, names, strict=False))


def _team(option: str, name: str) -> str:
    team = team_named(name)
    if team is None:
        raise UsageError(f"{option} '{name}' is not a valid team name; write it as in a manifest, such as platform")
    return team.removeprefix("team:")


def _with(file: WaiversFile, finding: Finding, data: Data) -> WaiversFile:
    existing = next((waiver for waiver in file.waivers if waiver.fingerprint == finding.fingerprint), None)
    if existing is not None and not existing.baseline:
        return _renewed(file, existing, data)
    if existing is not None:
        file = without(file, [existing], baseline=True)
    expected = file.data
    expected[WAIVERS] = [*expected.get(WAIVERS, []), data]
    return edited(file, lambda text, document: with_items(text, document.root, (WAIVERS,), [item_lines(data)]), expected)


def _renewed(file: WaiversFile, existing: Waiver, data: Data) -> WaiversFile:
    """The file with new terms for an existing waiver."""
    if set(data.get("members", ())) - set(existing.members):
        raise UsageError(f"a waiver for this group exists at {existing.location}; add the new members there")
    number = next(at for at, waiver in enumerate(file.waivers) if waiver is existing)
    values = {key: data[key] for key in ("up_to", "reason", "owner", "approver", "until")}
    expected = file.data
    expected[WAIVERS][number] = {**expected[WAIVERS][number], **values}

    def change(text: str, document: Document) -> str:
        entry = document.root.find(WAIVERS) if isinstance(document.root, Mapping) else None
        items = entry[1].items if entry and isinstance(entry[1], List) else ()
        return with_values(text, items[number], {key: written(key, value) for key, value in values.items()})

    return edited(file, change, expected)


def without(file: WaiversFile, gone: Sequence[Waiver], *, baseline: bool) -> WaiversFile:
    """The file without some of its waivers, all of them of the baseline or none."""
    names = {waiver.fingerprint for waiver in gone}
    listed_there = [waiver for waiver in file.waivers if waiver.baseline == baseline]
    at = frozenset(number for number, waiver in enumerate(listed_there) if waiver.fingerprint in names)
    path = (BASELINE, FINDINGS) if baseline else (WAIVERS,)
    expected = file.data
    holder = expected[BASELINE] if baseline else expected
    holder[path[-1]] = [item for number, item in enumerate(holder[path[-1]]) if number not in at]
    if not holder[path[-1]]:
        del expected[path[0]]
    return edited(file, _taking_out(path, at), expected)


def without_consents(file: WaiversFile, gone: Sequence[Consent]) -> WaiversFile:
    """The file without some of its consents."""
    edits = {consent.edit for consent in gone}
    at = frozenset(number for number, consent in enumerate(file.consents) if consent.edit in edits)
    expected = file.data
    expected[CONSENTS] = [item for number, item in enumerate(expected[CONSENTS]) if number not in at]
    if not expected[CONSENTS]:
        del expected[CONSENTS]
    return edited(file, _taking_out((CONSENTS,), at), expected)


def _taking_out(path: tuple[str, ...], at: frozenset[int]) -> Callable[[str, Document], str]:
    return lambda text, document: without_items(text, document.root, path, at)
