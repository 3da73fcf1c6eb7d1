"""`shipcheck pack list`, `verify` and `show`: the packs in use, and one of them in detail."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shipcheck import assets
from shipcheck.language.compile.head import peek
from shipcheck.language.compile.pack import PackDocuments
from shipcheck.model.document import texts_of
from shipcheck.model.location import Texts
from shipcheck.model.lock import LockedPack
from shipcheck.model.pack_list import ListedPack
from shipcheck.model.policy import Pack
from shipcheck.model.problem import Problem
from shipcheck.packs.pack_files import built_in_names, template_names
from shipcheck.pipeline.packs.assemble import LOCAL_NAME
from shipcheck.pipeline.packs.find import Source
from shipcheck.pipeline.packs.read import read_pack
from shipcheck.pipeline.prepare import Prepared, prepare
from shipcheck.pipeline.state import WORKTREE, State
from shipcheck.presence import is_folder
from shipcheck.sources.governance_files import LOCAL, committed_paths


@dataclass(frozen=True, slots=True)
class PacksListed:
    """The requested packs, or the problems that prevent it; `settings_invalid` means that the settings are malformed."""

    packs: tuple[ListedPack, ...]
    problems: tuple[Problem, ...]
    settings_invalid: bool
    texts: Texts


def packs_in_use(root: Path | None, as_of: date, state: State = WORKTREE) -> PacksListed:
    """Every pack that a repository uses, each committed one verified against the lock.

    Raises:
        UsageError: the path is not a folder, or no git repository has the state.
        CannotJudgeError: the files cannot be listed.
    """
    prepared = prepare(root, state, as_of)
    problems = prepared.problems
    texts = texts_of(prepared.files)
    documents = {pack.name: pack for pack in prepared.packs.documents}
    packs = () if problems else tuple(_listed(pack, documents[pack.name], prepared) for pack in prepared.plan.packs)
    return PacksListed(packs, problems, bool(prepared.settings_problems), texts)


def _listed(pack: Pack, documents: PackDocuments, prepared: Prepared) -> ListedPack:
    head = peek(documents.head)
    locked = prepared.lock.find(pack.name) if prepared.lock else None
    files = [path for path in committed_paths(prepared.source) if locked and path.startswith(f"{locked.folder}/")]
    provides = tuple(
        str(component.reference)
        for manifest in prepared.packs.provided
        for component in manifest.components
        if prepared.packs.namespaces.get(component.reference.namespace) == pack.name
    )
    templates = template_names(path.removeprefix(f"{locked.folder}/") for path in files) if locked else ()
    return ListedPack(head, pack, _source(pack.name, locked), locked, provides, templates, len(files))


def _source(name: str, locked: LockedPack | None) -> str:
    if locked is not None:
        return locked.source
    return LOCAL if name == LOCAL_NAME else "built in"


def pack_shown(name: str, root: Path | None = None) -> PacksListed:
    """One pack: a folder, a built-in one, or one that is in use here.

    Raises:
        UsageError: no such pack.
        CannotJudgeError: the files of the repository cannot be listed.
    """
    is_plain = is_folder(Path(name)) or name in built_in_names(assets.policies())
    if not is_plain:
        used = packs_in_use(root, date.max)
        packs = tuple(pack for pack in used.packs if pack.pack.name == name)
        if packs or used.problems:
            return PacksListed(packs, used.problems, used.settings_invalid, used.texts)
    read = read_pack(name, root)
    if read.problems:
        return PacksListed((), read.problems, settings_invalid=False, texts=read.texts)
    own = (item for manifest in read.provided for item in manifest.components)
    provides = tuple(str(item.reference) for item in own if read.namespaces[item.reference.namespace] == read.head.name)
    source = read.source.prefix if is_folder(Path(name)) else _source(name, None)
    listed = ListedPack(read.head, read.pack, source, None, provides, template_names(_paths(read.source)))
    return PacksListed((listed,), (), settings_invalid=False, texts=read.texts)


def _paths(source: Source) -> tuple[str, ...]:
    folder = source.folder / "templates"
    if not is_folder(folder):
        return ()
    return tuple(f"templates/{entry.name}/template.yaml" for entry in folder.iterdir() if is_folder(entry))
