"""Pull requests judged in this process, from files in memory: the whole run of a check with a base, without git.

What many cases share is made once: the compiled packs, and all of a base.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.support.repository import DAY

from shipcheck.app import check as app
from shipcheck.app.check import CheckRequest, check
from shipcheck.language.compile.pack import compile_plan
from shipcheck.model.document import File
from shipcheck.model.location import BASE, HEAD
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.pipeline import base as pipeline_base
from shipcheck.pipeline import prepare as pipeline_prepare
from shipcheck.pipeline.load import declared
from shipcheck.sources.source import BEGINNING, Source

Files = Mapping[str, str]
_ROOT = Path("/repository")
_COMMIT, _HEAD = "b" * 40, "a" * 40
_plans: dict[str, Any] = {}


class Memory(Source):
    """A revision whose files are these texts."""

    def __init__(self, files: Files, revision: str, origin: str) -> None:
        super().__init__("revision", tuple(sorted(files)), revision, origin)
        self.files = files

    def file(self, path: str) -> File | Problem:
        """The file."""
        return File(self.origin, path, self.files[path].encode("utf-8"))

    def holds(self, path: str) -> bool | None:
        """Whether it is one of them."""
        return path in self.files

    def beginnings(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | Problem | None]]:
        """The beginnings of these files."""
        for path in paths:
            yield path, self.files[path].encode("utf-8")[:BEGINNING]


def judged(base: Files, head: Files) -> Report:
    """The report on a pull request that makes the files of the base those of the head."""
    changed = frozenset(path for path in base.keys() | head.keys() if base.get(path) != head.get(path))
    tip = _tip(tuple(sorted(base.items())))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline_prepare, "compile_plan", _compiled_once)
        patch.setattr(app, "prepare", lambda *_, **__: pipeline_prepare.prepare_source(_ROOT, Memory(head, _HEAD, HEAD), DAY))
        patch.setattr(app, "in_repository", lambda _: True)
        patch.setattr(app, "root_of", lambda _: _ROOT)
        patch.setattr(pipeline_base, "commit_of", lambda *_, **__: _COMMIT)
        patch.setattr(pipeline_base, "merge_base", lambda *_: _COMMIT)
        patch.setattr(pipeline_base, "merge_bases", lambda *_: (_COMMIT,))
        patch.setattr(pipeline_base, "list_revision", lambda *_: None)
        patch.setattr(pipeline_base, "prepare_source", lambda *_: tip[0])
        patch.setattr(pipeline_base, "declared", lambda *_: tip[1])
        patch.setattr(pipeline_base, "changed_paths", lambda *_: changed)
        return check(CheckRequest(None, DAY, base="main"))


def introduced(report: Report) -> set[tuple[str, str]]:
    """The policy and the subject of every finding that the pull request brings."""
    return {(found.policy, found.subject) for found in report.findings if found.change == "introduced"}


@cache
def _tip(files: tuple[tuple[str, str], ...]) -> tuple[Any, Any]:
    """All that is made of a base before the head is looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline_prepare, "compile_plan", _compiled_once)
        prepared = pipeline_prepare.prepare_source(_ROOT, Memory(dict(files), _COMMIT, BASE), DAY)
    return prepared, declared(prepared, pipeline_prepare.no_progress)


def _compiled_once(packs: Any, settings: Any, *rest: Any) -> Any:
    """The packs compiled, the very same ones for every revision that has the same packs and settings."""
    written = [(pack.name, *(file.file.content for file in (pack.head, *pack.families))) for pack in packs]
    key = repr((written, settings.parameters, settings.severities, settings.packs))
    if key not in _plans:
        _plans[key] = compile_plan(packs, settings, *rest)
    return _plans[key]
