"""`shipcheck policy check`: packs compiled and reviewed before they judge anything."""

from dataclasses import replace
from pathlib import Path

from shipcheck import __version__, assets
from shipcheck.english import did_you_mean, listed
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.language.compile.pack import HEAD, PackDocuments, compile_plan, with_fields
from shipcheck.language.compile.review import checked, review
from shipcheck.model.document import Document, File, Mapping, Scalar, texts_of
from shipcheck.model.policy import Plan
from shipcheck.model.policy_check import PackCheck
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.packs.pack_files import built_in_names, pack_files
from shipcheck.pipeline.bundled import load_catalogues, load_vocabulary
from shipcheck.pipeline.packs.assemble import parse_all
from shipcheck.pipeline.packs.find import find_own
from shipcheck.pipeline.packs.read import with_extended
from shipcheck.pipeline.prepare import prepare
from shipcheck.presence import is_file, is_folder
from shipcheck.vocabulary.vocabulary import Vocabulary


def check_packs(pack: str | None, root: Path | None = None, *, strict: bool) -> PackCheck:
    """Check one pack, a folder or built in, or every pack that the repository here uses.

    Raises:
        UsageError: no pack is there.
        CannotJudgeError: its files cannot be read.
    """
    return replace(_one(pack, root) if pack is not None else _in_use(root), strict=strict)


def _in_use(root: Path | None) -> PackCheck:
    prepared = prepare(root)
    problems = prepared.problems
    check = _checked(prepared.packs.documents, prepared.plan, prepared.vocabulary, problems, prepared.files)
    return replace(check, settings_invalid=bool(prepared.settings_problems))


def _one(pack: str, root: Path | None) -> PackCheck:
    files, name = _files(pack, root)
    problems: list[Problem] = []
    documents = parse_all(files, problems)
    if problems:
        return _checked((), Plan(()), load_vocabulary(), tuple(problems), files)
    packs = (PackDocuments(name or _name(documents[0], pack), documents[0], tuple(documents[1:])),)
    every = with_extended(packs[0])
    vocabulary = with_fields(load_vocabulary(), every)
    plan, compile_problems, _ = compile_plan(every, Settings(), vocabulary, catalogues=load_catalogues())
    return _checked(packs, replace(plan, packs=plan.packs[:1]), vocabulary, compile_problems, files)


def _checked(
    packs: tuple[PackDocuments, ...],
    plan: Plan,
    vocabulary: Vocabulary,
    problems: tuple[Problem, ...],
    files: tuple[File, ...],
) -> PackCheck:
    return PackCheck(
        version=__version__,
        packs=() if problems else tuple(checked(pack) for pack in plan.packs),
        problems=tuple(sorted(problems)),
        warnings=() if problems else review(packs, plan, vocabulary),
        texts=texts_of(files),
        settings_invalid=False,
        strict=False,
    )


def _files(pack: str, root: Path | None) -> tuple[tuple[File, ...], str]:
    """The files of a pack, and its name if it is not given by its folder."""
    names = built_in_names(assets.policies())
    if pack in names:
        return pack_files(assets.policies() / pack, pack, f"{pack}@built-in"), pack
    folder = Path(pack)
    if not is_folder(folder):
        if own := find_own(pack, root):
            return pack_files(own.folder, own.name, own.prefix), own.name
        hint = did_you_mean(pack, names) or f"; built-in packs: {listed(names, 'and')}"
        raise UsageError(f"{pack} is neither a folder nor a built-in pack{hint}")
    if not is_file(folder / HEAD):
        raise UsageError(f"{pack} has no {HEAD}; give the folder of a pack")
    try:
        return pack_files(folder, pack, folder.as_posix()), ""
    except OSError as error:
        raise CannotJudgeError(f"{pack} cannot be read: {error.strerror}") from error


def _name(head: Document, pack: str) -> str:
    """The name in pack.yaml, or that of the folder."""
    entry = head.root.find("pack") if isinstance(head.root, Mapping) else None
    own = entry[1].text if entry and isinstance(entry[1], Scalar) else ""
    return own or Path(pack).resolve().name
