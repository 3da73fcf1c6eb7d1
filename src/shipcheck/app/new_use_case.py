"""`shipcheck new use-case`: manifests from a pack's template, linked to what the pack provides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shipcheck.app.check import CheckRequest, check
from shipcheck.english import did_you_mean, listed
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.files import create_files
from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File
from shipcheck.model.new_use_case import NewUseCase
from shipcheck.model.problem import Problem
from shipcheck.packs.pack_files import TEMPLATE, TEMPLATES, template_names
from shipcheck.pipeline.prepare import Prepared, prepare
from shipcheck.presence import exists
from shipcheck.read.parse import parse
from shipcheck.scaffold.pack_template import NAME, Template, fill, read_template, value_problem
from shipcheck.validate.manifest import ManifestValidator

USE_CASE = "use-case"


@dataclass(frozen=True, slots=True)
class Offer:
    """A template of a pack in use, ready to be filled, in the repository that it is for."""

    prepared: Prepared
    pack: str
    template: Template


def offered(pack: str, root: Path | None, kind: str = USE_CASE) -> Offer:
    """The template of that kind that a pack in use offers.

    Raises:
        UsageError: no pack of that name is committed here, or it has no such template.
        CannotJudgeError: the packs here are not as they were added, or the template is malformed.
    """
    prepared = prepare(root)
    problems = prepared.problems
    if problems:
        raise CannotJudgeError(f"cannot read the packs in use: {problems[0].location}: {problems[0].message}")
    files = prepared.packs.committed.packs.get(pack)
    if files is None:
        known = tuple(prepared.packs.committed.packs)
        hint = did_you_mean(pack, known) or (
            f"; committed packs: {listed(known, 'and')}" if known else "; add it with 'shipcheck pack add'"
        )
        raise UsageError(f"pack '{pack}' is not committed in this repository{hint}")
    names = template_names(files)
    if kind not in names:
        what = f"; its templates: {listed(names, 'and')}" if names else ""
        raise UsageError(f"pack {pack} has no template '{kind}'{what}")
    template = template_in(files, kind)
    if isinstance(template, tuple):
        raise CannotJudgeError(f"the template is malformed: {template[0].location}: {template[0].message}")
    return Offer(prepared, pack, template)


def template_in(files: Mapping[str, File], kind: str) -> Template | tuple[Problem, ...]:
    """A template among the files of a pack, or what is wrong with it."""
    folder = f"{TEMPLATES}/{kind}/"
    document = parse(files[folder + TEMPLATE])
    if not isinstance(document, Document):
        return document
    paths = [path for path in files if path.startswith(folder) and path.endswith(".yaml") and path != folder + TEMPLATE]
    texts = {path.removeprefix(folder).removesuffix(".yaml"): files[path].content.decode("utf-8", "replace") for path in paths}
    return read_template(document, texts)


def refuse_values(template: Template, values: Mapping[str, str]) -> None:
    """Check the names that are given.

    Raises:
        UsageError: a value is not a valid name, or the template does not ask for it.
    """
    for key, value in values.items():
        if key != NAME and key not in template.keys:
            hint = did_you_mean(key, template.keys) or (f"; its keys: {listed(template.keys, 'and')}" if template.keys else "")
            raise UsageError(f"the template has no key '{key}'{hint}")
        if value_problem(value) or (key == NAME and "/" in value):
            raise UsageError(
                f"'{value}' {value_problem(value) or 'has a namespace; a use case is created in the namespace of its repository'}"
            )


def new_use_case(offer: Offer, values: Mapping[str, str], as_of: date) -> NewUseCase:
    """Write the manifests, and judge the repository with them.

    Raises:
        UsageError: a name is missing or is none, or a file is there already.
        CannotJudgeError: the template makes no manifest, or a file cannot be written.
    """
    refuse_values(offer.template, values)
    missing = [key for key in offer.template.keys if key not in values]
    if missing:
        raise UsageError(f"the template needs {listed(missing, 'and')}; give each with --set KEY=NAME")
    files = fill(offer.template, values)
    root = offer.prepared.root
    for name, text in files.items():
        _refuse_malformed(File("worktree", name, text.encode("utf-8")), offer)
        if exists(root / name):
            raise UsageError(f"{name} already exists; choose another name, or delete the file")
    create_files({root / name: text for name, text in files.items()})
    return NewUseCase(tuple(sorted(files)), offer.template.say, check(CheckRequest(root, as_of)))


def _refuse_malformed(file: File, offer: Offer) -> None:
    document = parse(file)
    outcome = ManifestValidator(offer.prepared.vocabulary).validate(document) if isinstance(document, Document) else document
    if not isinstance(outcome, Manifest):
        reason = f"{outcome[0].location}: {outcome[0].message}"
        raise CannotJudgeError(f"the template of pack {offer.pack} does not give a valid manifest: {reason}; nothing is written")
