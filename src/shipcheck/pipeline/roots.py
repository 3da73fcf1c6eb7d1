"""A root below the top of its repository: what the top decides there, and what its own `.shipcheck/` adds.

The settings, packs and waivers at the top hold for it. It is judged by its own settings and local pack as well, so that they can
add findings and take none away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from shipcheck import assets
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.language.compile.pack import PackDocuments, compile_plan, with_fields
from shipcheck.model.document import File
from shipcheck.model.location import HEAD, TOP, whole_file
from shipcheck.model.policy import Pack, Plan
from shipcheck.model.problem import Problem
from shipcheck.model.settings import CodeSetting, Settings
from shipcheck.packs.pack_files import built_in_names
from shipcheck.pipeline.packs.assemble import LOCAL_NAME, Assembly, assemble
from shipcheck.pipeline.prepare import Prepared, catalogues_for, settings_in
from shipcheck.sources.git import below_top
from shipcheck.sources.governance_files import LOCAL, SETTINGS, read_settings_file, stray_governance
from shipcheck.sources.manifests import matches
from shipcheck.sources.source import FOLDER, Source

_CODE = "settings-shape"


def refuse_unlisted(prepared: Prepared) -> None:
    """Refuse a root that the settings at the top of its repository do not list.

    Raises:
        CannotJudgeError: they do not.
    """
    top = prepared.top
    if top is None or top.settings_problems:
        return
    folder = below_top(prepared.root).rstrip("/")
    if any(matches(pattern, folder) for pattern in top.settings.roots):
        return
    whose = "" if top.source.origin == TOP[HEAD] else " of the base"
    raise CannotJudgeError(
        f"{folder} is not a root: 'roots' in {SETTINGS} at the top of the repository{whose} does not list it; add it there, or "
        "give the folder as PATH instead of --root, to see what is found in it"
    )


def prepare_below(top: Prepared, root: Path, source: Source, as_of: date | None = None) -> Prepared:
    """The root that `source` holds, in the repository that `top` is the top of."""
    file = read_settings_file(source)
    read = settings_in(file)
    own = read if isinstance(read, Settings) else Settings()
    wrong = tuple(_only_at_top(own)) if isinstance(read, Settings) else read
    files = (*top.files, *((file,) if isinstance(file, File) else ()))
    prepared = replace(
        top,
        root=root,
        source=source,
        top=top,
        settings=_merged(top.settings, own, below_top(root).rstrip("/"), has_own=file is not None),
        files=files,
        settings_problems=(*top.settings_problems, *wrong, *_stray(source)),
    )
    adds = file is not None or source.has_folder(LOCAL)
    return _with_own_packs(prepared, own, as_of) if adds and not prepared.settings_problems else prepared


def _merged(top: Settings, own: Settings, folder: str, *, has_own: bool) -> Settings:
    """The settings of the root; what is only read at the top is left to it."""
    if not has_own:
        return replace(top, also=(), ignore=(), roots=(), branches=(), code=(*_below(top.code, folder),))
    stricter = own.fail_on < top.fail_on
    known = {setting.name for setting in top.packs}
    return replace(
        own,
        packs=(*top.packs, *(setting for setting in own.packs if setting.location and setting.name not in known)),
        parameters=(*top.parameters, *own.parameters),
        severities=(*top.severities, *own.severities),
        fail_on=own.fail_on if stricter else top.fail_on,
        fail_on_at=own.fail_on_at if stricter else top.fail_on_at,
        trust=top.trust,
        code=(*_below(top.code, folder), *own.code),
    )


def _below(code: Iterable[CodeSetting], folder: str) -> Iterator[CodeSetting]:
    """What the top asks of the coverage of the root, with paths from there."""
    for setting in code:
        if not setting.folder or f"{folder}/".startswith(f"{setting.folder}/"):
            yield replace(setting, folder="")
        elif setting.folder.startswith(f"{folder}/"):
            yield replace(setting, folder=setting.folder.removeprefix(f"{folder}/"))


def _only_at_top(own: Settings) -> Iterator[Problem]:
    """What the settings of a root below the top cannot decide."""
    for key, items in (("roots", own.roots), ("branches", own.branches), ("trust", own.trust)):
        if items:
            yield Problem(items[0].location, _CODE, f"'{key}' is read only from {SETTINGS} at the top of the repository; move it")
    names = built_in_names(assets.policies())
    for setting in own.packs:
        if setting.location and (setting.version is not None or setting.name not in {*names, LOCAL_NAME}):
            message = f"pack '{setting.name}': packs are added, and their versions chosen, at the top of the repository"
            yield Problem(setting.location, _CODE, message)


def _stray(source: Source) -> Iterator[Problem]:
    """Every file of the folder's own governance that is not read, because only that at the top is."""
    yield from stray_governance(source)
    names = (f"{FOLDER}/waivers.yaml", f"{FOLDER}/lock.yaml", f"{FOLDER}/packs/")
    for path in source.governance():
        if path.startswith(names):
            message = f"{path} is not read: waivers and packs are in {FOLDER} at the top of the repository; move it"
            yield Problem(whole_file(source.origin, path), "unread-file", message)


def _with_own_packs(prepared: Prepared, own: Settings, as_of: date | None) -> Prepared:
    """The packs at the top and those of the root, with the settings of both."""
    known = {pack.name for pack in prepared.packs.documents}
    more = tuple(
        setting for setting in own.packs if setting.location and setting.name not in known and setting.name != LOCAL_NAME
    )
    assembly = assemble(prepared.source, replace(own, packs=more))
    documents = (*_without(prepared.packs.documents, assembly), *assembly.packs)
    plan, pack_problems, settings_problems = compile_plan(
        documents, prepared.settings, prepared.vocabulary, as_of, catalogues_for(documents)
    )
    return replace(
        prepared,
        vocabulary=with_fields(prepared.vocabulary, documents),
        packs=replace(prepared.packs, documents=documents, plan=_both(prepared.packs.plan, plan)),
        files=(*prepared.files, *assembly.files),
        settings_problems=(*prepared.settings_problems, *assembly.settings_problems, *settings_problems),
        other_problems=(*prepared.other_problems, *assembly.pack_problems, *pack_problems),
    )


def _without(documents: Iterable[PackDocuments], assembly: Assembly) -> tuple[PackDocuments, ...]:
    """The packs at the top, without its local pack where the root has one of its own; the plan at the top has both."""
    replaced = {pack.name for pack in assembly.packs}
    return tuple(pack for pack in documents if pack.name not in replaced)


def _both(top: Plan, own: Plan) -> Plan:
    """Every policy of either plan; where they differ, both versions of it judge."""
    others = {pack.name: pack for pack in own.packs}
    packs = tuple(_united(pack, others.pop(pack.name, None)) for pack in top.packs)
    return Plan((*packs, *others.values()), top.softened, top.expired)


def _united(pack: Pack, own: Pack | None) -> Pack:
    if own is None:
        return pack
    more = tuple(policy for policy in own.policies if policy not in pack.policies)
    return replace(own, policies=(*pack.policies, *more)) if more or own.parameters != pack.parameters else pack


def refuse_below_top(prepared: Prepared, what: str) -> None:
    """Refuse to write what only the top of a repository has.

    Raises:
        UsageError: the root is below it.
    """
    if prepared.top is not None:
        raise UsageError(
            f"{what} of {below_top(prepared.root).rstrip('/')} are in {FOLDER} at the top of the repository; omit --root"
        )
