"""What every verb needs first: the vocabulary, the files, the settings and the plan."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from shipcheck import assets
from shipcheck.errors import UsageError
from shipcheck.language.compile.pack import PackDocuments, compile_plan, with_fields
from shipcheck.model.component import Manifest
from shipcheck.model.consent import Consent
from shipcheck.model.control import Catalogue
from shipcheck.model.document import Document, File
from shipcheck.model.location import TOP
from shipcheck.model.lock import Lock
from shipcheck.model.pack_field import key_of
from shipcheck.model.policy import Plan
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.model.waiver import Waiver
from shipcheck.packs.pack_files import built_in_names
from shipcheck.pipeline.bundled import load_catalogues, load_vocabulary
from shipcheck.pipeline.packs.assemble import LOCAL_NAME, Assembly, assemble
from shipcheck.pipeline.packs.verify import Committed, untrusted
from shipcheck.pipeline.provided import read_provided
from shipcheck.pipeline.state import WORKTREE, State, open_source
from shipcheck.presence import exists, is_folder
from shipcheck.read.parse import parse
from shipcheck.settings.read_settings import read_settings
from shipcheck.sources.git import repository_top
from shipcheck.sources.governance_files import read_settings_file, read_waivers_file, stray_governance
from shipcheck.sources.source import Source
from shipcheck.vocabulary.vocabulary import Vocabulary
from shipcheck.waivers.read_waivers import read_waivers

Progress = Callable[[str, int, int], None]


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Report no progress; the numbers are how much of a stage is done, of how much."""


@dataclass(frozen=True, slots=True)
class PacksInUse:
    """The packs that judge: as they are written, and compiled to `plan`.

    `committed` are the lock and the files that it covers. `provided` is what packs declare for manifests to refer to,
    `namespaces` the pack of each namespace that belongs to one.
    """

    documents: tuple[PackDocuments, ...] = ()
    plan: Plan = field(default_factory=lambda: Plan(()))
    committed: Committed = field(default_factory=Committed)
    provided: tuple[Manifest, ...] = ()
    namespaces: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a command starts from: everything but the manifests.

    `files` are the settings, waivers and packs that were read. `settings_problems` end a run as a usage error; `other_problems`
    are those of packs and waivers. `top` is the top of the repository, where the root is a folder below it.
    """

    root: Path
    vocabulary: Vocabulary
    source: Source
    settings: Settings
    packs: PacksInUse
    waivers: tuple[Waiver, ...]
    files: tuple[File, ...]
    settings_problems: tuple[Problem, ...]
    other_problems: tuple[Problem, ...]
    consents: tuple[Consent, ...] = ()
    top: "Prepared | None" = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem that keeps this from judging anything."""
        return (*self.settings_problems, *self.other_problems)

    @property
    def plan(self) -> Plan:
        """The compiled packs in use."""
        return self.packs.plan

    @property
    def lock(self) -> Lock | None:
        """The lock, where there is one that can be read."""
        return self.packs.committed.lock


def prepare(
    path: Path | None, state: State = WORKTREE, as_of: date | None = None, *, listed: bool = True, judges: bool = True
) -> Prepared:
    """List the files below the root in one of its states, read the settings, compile the packs they name.

    `as_of` is the date on which softenings between packs must be in force; without one, none is. A root below the top of a
    repository must be `listed` there; a run with a base asks the base for that instead. A command that `judges` nothing needs no
    plan, which is then empty where it would be that of built-in packs and no settings.

    Raises:
        UsageError: the path is not a folder, or the state is one of git and there is no repository.
        CannotJudgeError: git cannot list the files, or the root is not listed.
    """
    root = root_of(path)
    source = open_source(root, state)
    top = repository_top(root)
    if top is None or top == root:
        return prepare_source(root, source, as_of, judges=judges)
    from shipcheck.pipeline.roots import prepare_below, refuse_unlisted  # noqa: PLC0415 - few repositories have roots

    prepared = prepare_below(prepare_source(top, as_top(open_source(top, state)), as_of), root, source, as_of)
    if listed:
        refuse_unlisted(prepared)
    return prepared


def as_top(source: Source) -> Source:
    """The files at the top of the repository, for a run whose root is below it."""
    source.origin = TOP[source.origin]
    return source


def prepare_source(root: Path, source: Source, as_of: date | None = None, *, judges: bool = True) -> Prepared:
    """Read settings and waivers of `source`, and compile the packs in use as of `as_of`; problems are in the result.

    See `prepare` for what `judges` means.
    """
    settings_file, waivers_file = read_settings_file(source), read_waivers_file(source)
    settings = settings_in(settings_file)
    covered, waiver_problems = waivers_in(waivers_file)
    files = tuple(file for file in (settings_file, waivers_file) if isinstance(file, File))
    prepared = Prepared(
        root=root,
        vocabulary=load_vocabulary(),
        source=source,
        settings=settings if isinstance(settings, Settings) else Settings(),
        packs=PacksInUse(),
        waivers=tuple(item for item in covered if isinstance(item, Waiver)),
        files=files,
        settings_problems=() if isinstance(settings, Settings) else settings,
        other_problems=waiver_problems,
        consents=tuple(item for item in covered if isinstance(item, Consent)),
    )
    return prepared if prepared.settings_problems else _with_packs(prepared, as_of, judges=judges)


def _with_packs(prepared: Prepared, as_of: date | None, *, judges: bool) -> Prepared:
    """Find, verify and compile the packs that the settings name."""
    source, settings = prepared.source, prepared.settings
    assembly = assemble(source, settings)
    catalogues = catalogues_for(assembly.packs)
    if judges or settings != Settings() or catalogues is not None:
        compiled = compile_plan(assembly.packs, settings, prepared.vocabulary, as_of, catalogues)
    else:  # the built-in packs are tested to compile
        compiled = Plan(()), (), ()
    plan, policy_problems, tightening_problems = compiled
    vocabulary = _vocabulary(assembly)
    provided, namespaces, provided_problems = read_provided(assembly.packs, vocabulary)
    unsigned = untrusted(settings.trust, assembly.committed, source.origin)
    pack_problems = (*assembly.pack_problems, *policy_problems, *provided_problems)
    return replace(
        prepared,
        vocabulary=vocabulary,
        packs=PacksInUse(assembly.packs, plan, assembly.committed, provided, namespaces),
        files=(*prepared.files, *assembly.files),
        settings_problems=(*stray_governance(source), *assembly.settings_problems, *tightening_problems),
        other_problems=(*pack_problems, *prepared.other_problems, *unsigned),
    )


def _vocabulary(assembly: Assembly) -> Vocabulary:
    """The vocabulary with the fields of the packs in use, which also knows the packs that are not."""
    locked = assembly.committed.lock.packs if assembly.committed.lock else ()
    used = {pack.name for pack in assembly.packs}
    names = (*built_in_names(assets.policies()), LOCAL_NAME, *(pack.name for pack in locked))
    unused = {key_of(name): name for name in names if name not in used}
    return replace(with_fields(load_vocabulary(), assembly.packs), unused=unused)


def root_of(path: Path | None) -> Path:
    """The folder that is judged.

    Raises:
        UsageError: the path is not a folder.
    """
    if path is None:
        here = Path.cwd()
        return repository_top(here) or here
    if not exists(path):
        raise UsageError(f"{path} does not exist; give a folder")
    if not is_folder(path):
        raise UsageError(f"{path} is a file; give the folder of the repository")
    return path.resolve()


def settings_in(file: File | Problem | None) -> Settings | tuple[Problem, ...]:
    """The settings of a file, those of a repository without one, or every reason why it is none."""
    if file is None:
        return Settings()
    if isinstance(file, Problem):
        return (file,)
    document = parse(file)
    return read_settings_document(document) if isinstance(document, Document) else document


def read_settings_document(document: Document) -> Settings | tuple[Problem, ...]:
    """The settings of a document, or every reason why it is none."""
    schema: dict[str, Any] = json.loads((assets.schemas() / "settings.schema.json").read_bytes())
    return read_settings(document, schema)


def waivers_in(file: File | Problem | None) -> tuple[tuple[Waiver | Consent, ...], tuple[Problem, ...]]:
    """The waivers and consents of a file, or why there are none."""
    if file is None:
        return (), ()
    document = parse(file) if isinstance(file, File) else (file,)
    if not isinstance(document, Document):
        return (), document
    read = read_waivers(document)
    problems = tuple(item for item in read if isinstance(item, Problem))
    return tuple(item for item in read if not isinstance(item, Problem)), problems


def catalogues_for(packs: Sequence[PackDocuments]) -> tuple[Catalogue, ...] | None:
    """The controls that packs may name; the built-in packs are tested to name no others, so they need not be read for these."""
    names = built_in_names(assets.policies())
    return None if all(pack.name in names for pack in packs) else load_catalogues()
