"""Edits of the waivers file: the result means the old file with the one change, or nothing is written."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shipcheck.app.check import Examined
from shipcheck.edit.lists import CannotEditError, quoted
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.files import replace_file
from shipcheck.model.consent import Consent
from shipcheck.model.document import Document, File
from shipcheck.model.finding import Finding
from shipcheck.model.location import HEAD
from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import plain
from shipcheck.model.waiver import WAIVERS, Waiver
from shipcheck.pipeline.apply_waivers import invalid_waivers
from shipcheck.pipeline.roots import refuse_below_top
from shipcheck.presence import exists, is_link
from shipcheck.read.decode import decode
from shipcheck.read.parse import parse
from shipcheck.waivers.read_waivers import read_waivers

HEAD_COMMENT = (
    "# Waived findings: by whom, why and until when. Add one with 'shipcheck waive', list them with 'shipcheck waivers list'."
)
_MARK = b"\xef\xbb\xbf"
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WaiversFile:
    """The file as it was judged; where there is none, an empty one. `content` None means that there is none."""

    path: Path
    content: bytes | None
    document: Document
    waivers: tuple[Waiver, ...]
    consents: tuple[Consent, ...]

    @property
    def text(self) -> str:
        """The text without a byte order mark."""
        return _text(self.document.file)

    @property
    def data(self) -> Data:
        """A copy of its data."""
        data: Any = deepcopy(plain(self.document.root))
        return dict(data)


def opened(examined: Examined) -> WaiversFile:
    """The file that a check has read, which had no problems.

    Raises:
        UsageError: the root is below the top of its repository, where the file is.
    """
    refuse_below_top(examined.prepared, "waivers")
    report = examined.report
    content = report.inputs.texts.get((HEAD, WAIVERS))
    shown = content if content is not None else f"{HEAD_COMMENT}\nshipcheck: 1\n".encode()
    document = _document(shown)
    return WaiversFile(examined.prepared.root / WAIVERS, content, document, examined.prepared.waivers, examined.prepared.consents)


def edited(file: WaiversFile, change: Callable[[str, Document], str], expected: Data) -> WaiversFile:
    """The file with a change, read again and compared with `expected`; nothing is written yet.

    Raises:
        CannotJudgeError: the file cannot be edited in place, or the result has another meaning.
    """
    try:
        text = change(file.text, file.document)
    except CannotEditError as error:
        raise CannotJudgeError(f"{WAIVERS} cannot be edited: {error}") from error
    mark = _MARK if file.document.file.content.startswith(_MARK) else b""
    document = _document(mark + text.encode("utf-8", "surrogatepass"))
    entries = read_waivers(document)
    problems = [item.message for item in entries if isinstance(item, Problem)]
    if plain(document.root) != expected or problems:
        why = problems[0] if problems else "the result would have another meaning"
        raise CannotJudgeError(f"{WAIVERS} cannot be edited, so nothing is written: {why}; edit it by hand")
    waivers = tuple(item for item in entries if isinstance(item, Waiver))
    consents = tuple(item for item in entries if isinstance(item, Consent))
    return WaiversFile(file.path, file.content, document, waivers, consents)


def save(file: WaiversFile, examined: Examined) -> None:
    """Write an edited file, if the one on disk is still the one that was judged.

    Raises:
        UsageError: its waivers are not valid.
        CannotJudgeError: it cannot be written, or has changed.
    """
    if examined.graph is not None:
        prepared, as_of = examined.prepared, examined.report.as_of
        problems = invalid_waivers(prepared, None, examined.graph, as_of, file.waivers, file.consents)
        if problems:
            raise UsageError(f"nothing is written: {problems[0].message}")
    try:
        there = file.path.read_bytes() if exists(file.path) else None
        if there != file.content or is_link(file.path):
            raise CannotJudgeError(f"{WAIVERS} was changed by another process; run the command again")
        file.path.parent.mkdir(exist_ok=True)
        replace_file(file.path, file.document.file.content)
    except OSError as error:
        raise CannotJudgeError(f"{WAIVERS} cannot be written: {error.strerror}") from error


def finding_data(finding: Finding, up_to: Severity) -> Data:
    """The keys by which a waiver names a finding."""
    data: Data = {"policy": finding.policy, "subject": finding.subject}
    if finding.target is not None:
        data["target"] = finding.target
    if finding.members:
        data["members"] = list(dict.fromkeys(finding.members))
    data["up_to"] = str(max(up_to, Severity.WARNING))
    return data


def item_lines(data: Data) -> list[str]:
    """A map as lines of YAML; a list in it has a line for each item."""
    lines: list[str] = []
    for key, value in data.items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {quoted(item)}" for item in value)]
        else:
            lines.append(f"{key}: {written(key, value)}")
    return lines


def item_line(data: Data) -> str:
    """A map on one line."""
    parts = []
    for key, value in data.items():
        shown = f"[{', '.join(map(quoted, value))}]" if isinstance(value, list) else quoted(value)
        parts.append(f"{key}: {shown}")
    return f"{{{', '.join(parts)}}}"


def written(key: str, value: str) -> str:
    """A value as YAML: a date is plain, as people write it."""
    return value if key == "until" else quoted(value)


def _document(content: bytes) -> Document:
    document = parse(File(HEAD, WAIVERS, content))
    if not isinstance(document, Document):
        raise CannotJudgeError(f"{WAIVERS} cannot be edited, so nothing is written: {document[0].message}")
    return document


def _text(file: File) -> str:
    text = decode(file)
    if isinstance(text, Problem):  # pragma: no cover - it was read before
        raise CannotJudgeError(text.message)
    return text
