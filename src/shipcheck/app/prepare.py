"""What every verb needs first: the vocabulary, the files, the settings and the plan."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shipcheck import assets
from shipcheck.app.catalogues import load_catalogues
from shipcheck.app.state import WORKTREE, State, open_source
from shipcheck.app.vocabulary import load_vocabulary
from shipcheck.errors import UsageError
from shipcheck.language.pack import PackDocuments, compile_plan
from shipcheck.model.control import Catalogue
from shipcheck.model.document import Document, File, Mapping, Scalar
from shipcheck.model.policy import Plan
from shipcheck.model.problem import Problem
from shipcheck.model.settings import PackSetting, Settings
from shipcheck.model.waiver import Waiver
from shipcheck.packs.find import built_in_names, pack_files
from shipcheck.read.parse import parse
from shipcheck.settings.read import read_settings
from shipcheck.sources.git import repository_top
from shipcheck.sources.governance import LOCAL_HEAD, read_local_pack, read_settings_file, read_waivers_file, stray_governance
from shipcheck.sources.source import Source
from shipcheck.vocabulary.types import Vocabulary
from shipcheck.waivers.read import read_waivers
from shipcheck.wording import did_you_mean, listed

LOCAL_NAME = "local"
PACK_VERSION = "pack-version"
Progress = Callable[[str, int, int], None]


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a verb starts from. `packs` are the packs in use as they are written.

    `misuse` are problems of the settings, `faults` those of packs and waivers.
    """

    root: Path
    vocabulary: Vocabulary
    source: Source
    settings: Settings
    packs: tuple[PackDocuments, ...]
    plan: Plan
    files: tuple[File, ...]
    misuse: tuple[Problem, ...]
    faults: tuple[Problem, ...]
    waivers: tuple[Waiver, ...] = ()


def prepare(path: Path | None, state: State = WORKTREE) -> Prepared:
    """List the files below the root in one of its states, read the settings, compile the packs they name.

    Raises:
        UsageError: the path is not a folder, or the state is one of git and there is no repository.
        CannotJudgeError: git cannot list the files.
    """
    root = root_of(path)
    return prepare_source(root, open_source(root, state))


def prepare_source(root: Path, source: Source) -> Prepared:
    """Read the settings and waivers of a source, and compile the packs that the settings name."""
    vocabulary = load_vocabulary()
    settings_file, waivers_file = read_settings_file(source), read_waivers_file(source)
    settings = _settings(settings_file)
    waivers, unfit = waivers_in(waivers_file)
    files = [file for file in (settings_file, waivers_file) if isinstance(file, File)]
    if isinstance(settings, tuple):
        return Prepared(root, vocabulary, source, Settings(), (), Plan(()), tuple(files), settings, unfit)
    packs, pack_files_read, misuse, faults = _packs(source, settings)
    plan, more_faults, more_misuse = compile_plan(packs, settings, vocabulary, _catalogues(packs))
    return Prepared(
        root,
        vocabulary,
        source,
        settings,
        tuple(packs),
        plan,
        (*files, *pack_files_read),
        (*stray_governance(source), *misuse, *more_misuse),
        (*faults, *more_faults, *unfit),
        waivers,
    )


def root_of(path: Path | None) -> Path:
    """The folder that is judged.

    Raises:
        UsageError: the path is not a folder.
    """
    if path is None:
        here = Path.cwd()
        return repository_top(here) or here
    if not path.exists():
        raise UsageError(f"{path} does not exist; name a folder")
    if not path.is_dir():
        raise UsageError(f"{path} is a file; name the folder whose manifests are to be judged")
    return path.resolve()


def _settings(found: File | Problem | None) -> Settings | tuple[Problem, ...]:
    if found is None:
        return Settings()
    if isinstance(found, Problem):
        return (found,)
    document = parse(found)
    if not isinstance(document, Document):
        return document
    schema: dict[str, Any] = json.loads((assets.schemas() / "settings.schema.json").read_bytes())
    return read_settings(document, schema)


def waivers_in(found: File | Problem | None) -> tuple[tuple[Waiver, ...], tuple[Problem, ...]]:
    """The waivers of a file, or why there are none."""
    if found is None:
        return (), ()
    document = parse(found) if isinstance(found, File) else (found,)
    if not isinstance(document, Document):
        return (), document
    read = read_waivers(document)
    problems = tuple(item for item in read if isinstance(item, Problem))
    return tuple(item for item in read if isinstance(item, Waiver)), problems


def _packs(source: Source, settings: Settings) -> tuple[list[PackDocuments], list[File], list[Problem], list[Problem]]:
    """The documents of every pack in use, the files read, what is wrong with the settings, what is wrong with the files."""
    packs: list[PackDocuments] = []
    read: list[File] = []
    misuse: list[Problem] = []
    faults: list[Problem] = []
    wanted = [*settings.packs]
    if source.lists(LOCAL_HEAD) and all(setting.name != LOCAL_NAME for setting in wanted):
        wanted.append(PackSetting(LOCAL_NAME, None, None))
    for setting in wanted:
        found = _files_of(source, setting)
        if isinstance(found, Problem):
            misuse.append(found)
            continue
        files = tuple(item for item in found if isinstance(item, File))
        read.extend(files)
        faults.extend(item for item in found if isinstance(item, Problem))
        documents = parse_all(files, faults)
        if documents and len(documents) == len(found):
            if setting.version is not None and (clash := _version_clash(setting, documents[0])):
                misuse.append(clash)
            packs.append(PackDocuments(setting.name, documents[0], tuple(documents[1:])))
    return packs, read, misuse, faults


def _catalogues(packs: list[PackDocuments]) -> tuple[Catalogue, ...] | None:
    """The controls that packs may name; the built-in packs are tested to name no others, so they need not be read for these."""
    names = built_in_names(assets.policies())
    return None if all(pack.name in names for pack in packs) else load_catalogues()


def _files_of(source: Source, setting: PackSetting) -> tuple[File | Problem, ...] | Problem:
    if setting.name == LOCAL_NAME:
        if setting.location is not None and not source.lists(LOCAL_HEAD):
            return Problem(setting.location, "unknown-pack", f"pack '{LOCAL_NAME}' is not there; write {LOCAL_HEAD}")
        return read_local_pack(source, LOCAL_NAME)
    names = built_in_names(assets.policies())
    if setting.name in names:
        return pack_files(assets.policies() / setting.name, setting.name, f"{setting.name}@built-in")
    hint = did_you_mean(setting.name, names) or f"; the packs here are {listed(names, 'and')}"
    if setting.location is None:  # pragma: no cover - the default pack is built in
        raise UsageError(f"pack '{setting.name}' is not installed{hint}")
    return Problem(setting.location, "unknown-pack", f"pack '{setting.name}' is not installed{hint}")


def parse_all(files: tuple[File, ...], faults: list[Problem]) -> list[Document]:
    """The documents of those files that are one; what is wrong with the others goes to `faults`."""
    documents = []
    for file in files:
        document = parse(file)
        if isinstance(document, Document):
            documents.append(document)
        else:
            faults.extend(document)
    return documents


def _version_clash(setting: PackSetting, head: Document) -> Problem | None:
    entry = head.root.find("version") if isinstance(head.root, Mapping) else None
    found = entry[1].text if entry and isinstance(entry[1], Scalar) else "none"
    if found == setting.version or setting.location is None:
        return None
    message = f"pack {setting.name} is version {found} here, and the settings ask for {setting.version}"
    return Problem(setting.location, PACK_VERSION, message)
