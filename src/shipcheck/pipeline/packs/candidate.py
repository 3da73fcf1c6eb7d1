"""The files of a pack that is not in use yet: its head, and whether it compiles with the packs in use."""

from collections.abc import Mapping
from datetime import date

from shipcheck import assets
from shipcheck.errors import CannotJudgeError
from shipcheck.language.compile.head import LONGEST_NAME, PACK_NAME, peek
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.model.document import File
from shipcheck.model.lock import labelled
from shipcheck.model.pack_head import PackHead
from shipcheck.model.policy import Pack
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.packs.pack_files import HEAD, built_in_names, component_files, files_of, pack_files
from shipcheck.packs.tree_limits import LARGEST, MOST_BYTES, MOST_FILES, tree_problems
from shipcheck.pipeline.bundled import load_catalogues, load_vocabulary
from shipcheck.pipeline.packs.assemble import parse_all
from shipcheck.pipeline.prepare import Prepared
from shipcheck.versions import PACK_VERSION

# Files, bytes in all and bytes in one: a pack that is got has the limits of one that is kept.
LIMITS = (MOST_FILES, MOST_BYTES, LARGEST)


def head_of(files: Mapping[str, bytes]) -> PackHead:
    """The head of the pack: its name, version and what it extends.

    Raises:
        CannotJudgeError: these files are not a pack, or its name or version is not valid.
    """
    if HEAD not in files:
        raise CannotJudgeError(f"no {HEAD} found; give the pack's folder, after '//' if the source has several")
    invalid_files = tree_problems({path: len(content) for path, content in files.items()})
    if invalid_files:
        raise CannotJudgeError(f"{invalid_files[0].path} {invalid_files[0].reason}")
    problems: list[Problem] = []
    documents = parse_all((File("pack", HEAD, files[HEAD]),), problems)
    if problems:
        raise CannotJudgeError(_formatted(problems[0]))
    head = peek(documents[0])
    if "/" not in head.name or len(head.name) > LONGEST_NAME or not PACK_NAME.fullmatch(head.name):
        raise CannotJudgeError(f"{HEAD} names the pack '{head.name}'; a shared pack is named PUBLISHER/NAME")
    if not PACK_VERSION.fullmatch(head.version):
        raise CannotJudgeError(f"{HEAD} has version '{head.version}'; a version is three numbers, such as 1.2.0")
    return head


def compiled(files: Mapping[str, bytes], head: PackHead, prepared: Prepared, as_of: date) -> Pack:
    """The pack with these `files`, by their paths in it, compiled together with the packs in use of `prepared`.

    Raises:
        CannotJudgeError: it is malformed, or extends a pack that is not in use.
    """
    problems: list[Problem] = []
    own = _documents(files, head, problems)
    others = [pack for pack in prepared.packs.documents if pack.name != head.name]
    known = {pack.name for pack in others}
    missing = [extension.pack for extension in head.extends if extension.pack not in known]
    others.extend(_built_in(name, problems) for name in missing if name in built_in_names(assets.policies()))
    if own is not None:
        plan, compile_problems, _ = compile_plan([own, *others], Settings(), load_vocabulary(), as_of, load_catalogues())
        label = labelled(head.name, head.version)
        problems.extend(problem for problem in compile_problems if problem.location.path.startswith(f"{label}/"))
    if own is None or problems:
        raise CannotJudgeError(_formatted(problems[0]))
    return next(pack for pack in plan.packs if pack.name == head.name)


def _documents(files: Mapping[str, bytes], head: PackHead, problems: list[Problem]) -> PackDocuments | None:
    label = labelled(head.name, head.version)
    files_by_path = {path: File(head.name, path, content) for path, content in files.items()}
    policies = parse_all(files_of(files_by_path, head.name, label), problems)
    components = parse_all(component_files(files_by_path, head.name, label), problems)
    return None if problems else PackDocuments(head.name, policies[0], tuple(policies[1:]), tuple(components))


def _built_in(name: str, problems: list[Problem]) -> PackDocuments:
    documents = parse_all(pack_files(assets.policies() / name, name, f"{name}@built-in"), problems)
    return PackDocuments(name, documents[0], tuple(documents[1:]))


def _formatted(problem: Problem) -> str:
    return f"{problem.location}: {problem.message}"
