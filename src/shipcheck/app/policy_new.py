"""`shipcheck policy new`: write a new policy with tests and documentation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shipcheck.app.policy_example import examples_of
from shipcheck.edit.lists import CannotEditError, with_items
from shipcheck.errors import UsageError
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.language.compile.pack import PackDocuments, compile_plan, with_fields
from shipcheck.language.syntax.keys import ID
from shipcheck.model.document import Document, File, texts_of
from shipcheck.model.finding import Finding
from shipcheck.model.location import Texts
from shipcheck.model.policy import Policy
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import plain
from shipcheck.model.settings import Settings
from shipcheck.packs.pack_files import HEAD, pack_files, policy_file
from shipcheck.pipeline.bundled import load_catalogues, load_vocabulary
from shipcheck.pipeline.fixtures import Fixtures
from shipcheck.pipeline.packs.read import with_extended
from shipcheck.presence import exists, is_file, is_folder
from shipcheck.read.parse import parse
from shipcheck.scaffold.nearby import Nearby, neighbours
from shipcheck.scaffold.policy_template import (
    cases_text,
    docs_text,
    failing_text,
    fixture_text,
    pack_text,
    policy_lines,
    policy_text,
)
from shipcheck.vocabulary.vocabulary import Vocabulary

MANIFEST = "shipcheck.yaml"
TESTS = "tests"
DOCS = "docs"
DEFAULTS: Mapping[str, str] = {
    "title": "State the rule in one sentence",
    "why": "Explain what goes wrong when the rule is broken.",
    "message": "{subject} breaks the rule",
    "fix": "Explain what to change, and where.",
}


@dataclass(frozen=True, slots=True)
class NewRequest:
    """The arguments of the command; `given` holds the keys of the policy given as options.

    `family` is the name of the file that the policy goes into, without its ending; empty leaves that to the pack's layout.
    """

    policy: str
    pack: Path
    given: Mapping[str, str]
    as_of: date
    family: str = ""


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """The files to create, by their path below the pack, and the one that gets a policy more; or why there are none."""

    files: Mapping[Path, str]
    changed: tuple[Path, str] | None
    problems: tuple[Problem, ...]
    texts: Texts


def policy_new(request: NewRequest) -> NewPolicy:
    """The files of a new policy, compiled and judged before anything is written.

    Raises:
        UsageError: the id or the family is not a name, the pack's place is taken by a file, a file of the policy exists already,
            or the file that the policy belongs in cannot be edited.
    """
    _refuse_names(request)
    given = _given(request)
    pack = _pack_at(request.pack)
    documents, problems = _parsed(pack)
    if problems:
        return _nothing(pack, problems)
    place = _place(request, documents)
    joined = documents.get(place)
    path = pack[HEAD].path.removesuffix(HEAD) + place
    pack[place] = _joined(joined, request.policy, given) if joined else _alone(path, request.policy, given)
    compiled, vocabulary = _compiled(pack, request.policy)
    if not isinstance(compiled, Policy):
        return _nothing(pack, compiled)
    return _written(request.pack, place, pack, _around(compiled, request, given, vocabulary))


def _nothing(pack: Mapping[str, File], problems: tuple[Problem, ...]) -> NewPolicy:
    return NewPolicy({}, None, problems, texts_of(pack.values()))


def _written(folder: Path, place: str, pack: Mapping[str, File], around: Mapping[Path, str]) -> NewPolicy:
    """The files to create, and the existing file that the policy joins, if there is one."""
    texts = {path: pack[path].content.decode("utf-8") for path in (HEAD, place)}
    files = {**around, **{Path(path): text for path, text in texts.items() if not is_file(folder / path)}}
    _refuse_taken(folder, files)
    changed = None if Path(place) in files else (Path(place), texts[place])
    return NewPolicy(files, changed, (), texts_of(pack.values()))


def _refuse_names(request: NewRequest) -> None:
    for name in (request.policy, request.family or "family"):
        if not ID.fullmatch(name):
            raise UsageError(f"'{name}' is not a valid policy id; use kebab-case, such as ungated-action")
    if exists(request.pack) and not is_folder(request.pack):
        raise UsageError(f"{request.pack} is a file; give the folder of a pack")


def _given(request: NewRequest) -> dict[str, str]:
    given = {key: value for key, value in request.given.items() if value}
    if not {"each", "all"} & set(given):
        given["each"] = "agent"
    if not {"must", "must_reach", "must_not_reach"} & set(given):
        given["must"] = "owner is set"
    return {**DEFAULTS, **given}


def _pack_name(folder: Path) -> str:
    name = folder.resolve().name
    if not ID.fullmatch(name):
        raise UsageError(f"'{name}' is not a valid pack name; use lower-case letters, digits and '-' in the folder's name")
    return name


def _pack_at(folder: Path) -> dict[str, File]:
    """The files of a pack by their paths below its folder, `pack.yaml` first; of a new pack only that one."""
    if not is_file(folder / HEAD):
        return {HEAD: File("pack", HEAD, pack_text(_pack_name(folder)).encode("utf-8"))}
    prefix = folder.as_posix()
    return {file.path.removeprefix(f"{prefix}/"): file for file in pack_files(folder, "pack", prefix)}


def _parsed(pack: Mapping[str, File]) -> tuple[dict[str, Document], tuple[Problem, ...]]:
    """The documents of a pack, or what is wrong with the first that is none."""
    documents: dict[str, Document] = {}
    for path, file in pack.items():
        document = parse(file)
        if not isinstance(document, Document):
            return {}, document
        documents[path] = document
    return documents, ()


def _policies(document: Document) -> list[Any]:
    """The policies that a file has, as data."""
    data = plain(document.root)
    policies = data.get("policies") if isinstance(data, dict) else None
    return policies if isinstance(policies, list) else []


def _alone(path: str, policy: str, given: Mapping[str, str]) -> File:
    return File("pack", path, policy_text(policy, given).encode("utf-8"))


def _place(request: NewRequest, documents: Mapping[str, Document]) -> str:
    """The file for the policy; only one that is named, or has all policies of the pack, may exist already."""
    place = policy_file(request.policy, request.family, [path for path, document in documents.items() if _policies(document)])
    if not request.family and place != HEAD:
        _refuse_taken(request.pack, (Path(place),))
    return place


def _joined(document: Document, policy: str, given: Mapping[str, str]) -> File:
    """A file of the pack with the policy behind the others.

    Raises:
        UsageError: the file cannot be edited in place, or the result has another meaning.
    """
    path = document.file.path
    lines = policy_lines(policy, given)
    try:
        text = with_items(document.file.content.decode("utf-8"), document.root, ("policies",), [lines], keep_gaps=True)
    except CannotEditError as error:
        raise UsageError(f"{path} cannot be edited, so nothing is written: {error}") from error
    edited = File("pack", path, text.encode("utf-8"))
    after, alone = parse(edited), parse(_alone("", policy, given))
    if isinstance(after, Document) and isinstance(alone, Document) and _policies(after) == _policies(document) + _policies(alone):
        return edited
    raise UsageError(f"{path} cannot be edited, so nothing is written: the result would have another meaning")


def _compiled(pack: Mapping[str, File], policy: str) -> tuple[Policy | tuple[Problem, ...], Vocabulary]:
    """The policy, or the problems of its pack, and the vocabulary that the pack sees."""
    documents, problems = _parsed(pack)
    if problems:
        return problems, load_vocabulary()
    head, *others = documents.values()
    packs = with_extended(PackDocuments(_written_name(head), head, tuple(others)))
    vocabulary = with_fields(load_vocabulary(), packs)
    plan, compile_problems, _ = compile_plan(packs, Settings(), vocabulary, catalogues=load_catalogues())
    if compile_problems:
        return compile_problems, vocabulary
    return next(candidate for candidate in plan.packs[0].policies if candidate.id == policy), vocabulary


def _written_name(head: Document) -> str:
    entry = getattr(head.root, "find", lambda _key: None)("pack")
    return str(getattr(entry[1], "text", "")) if entry else ""


def _refuse_taken(pack: Path, files: Iterable[Path]) -> None:
    for path in files:
        if exists(pack / path):
            raise UsageError(f"{(pack / path).as_posix()} already exists; nothing is written")


def _around(policy: Policy, request: NewRequest, given: Mapping[str, str], vocabulary: Vocabulary) -> dict[Path, str]:
    """The tests of a policy, if examples can be generated from it, and its page if the pack has pages."""
    example = examples_of(policy, vocabulary, request.as_of)
    day = request.as_of.isoformat()
    folder = Path(TESTS) / policy.id
    files: dict[Path, str] = {}
    if is_folder(request.pack / DOCS) or not is_file(request.pack / HEAD):
        files[Path(DOCS) / f"{policy.id}.md"] = docs_text(policy.id, given, example.fails, example.passes)
    judge = _Judge(policy, vocabulary, request.as_of)
    if example.fails:
        findings = judge.findings(example.fails)
        lines: dict[int, tuple[str, ...]] = {}
        for finding in findings:
            lines[finding.location.line] = (*lines.get(finding.location.line, ()), finding.target or "")
        files[folder / "fails" / MANIFEST] = failing_text(policy.id, day, example.fails, lines)
    if example.passes:
        files[folder / "passes" / MANIFEST] = fixture_text(policy.id, day, example.passes)
        files[folder / "cases.yaml"] = cases_text(policy.id, day, judge.cases(example.passes))
    return files


class _Judge:
    """Judges edited fixtures by one policy."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary, as_of: date) -> None:
        self._policy = policy
        self._vocabulary = vocabulary
        self._fixtures = Fixtures(vocabulary)
        self._as_of = as_of

    def findings(self, manifest: str) -> tuple[Finding, ...]:
        """The findings over a manifest."""
        evaluator = self._evaluator(manifest)
        return evaluator.evaluate(self._policy).findings if evaluator else ()

    def cases(self, manifest: str) -> list[tuple[str, str, str]]:
        """The cases from a passing fixture: itself, the first single edit that fails, and one without subjects."""
        cases = [("the fixture passes", "", "[]")]
        wanted = {"fail": "a single edit fails", "not_applicable": "nothing to judge"}
        for nearby in self._neighbours(manifest):
            evaluator = self._evaluator(nearby.manifest)
            result = evaluator.evaluate(self._policy) if evaluator else None
            if result is None or result.result not in wanted:
                continue
            name = wanted.pop(result.result)
            cases.append((name, nearby.edit, _expectation(result.findings)))
        return cases

    def _neighbours(self, manifest: str) -> tuple[Nearby, ...]:
        document = parse(File("example", MANIFEST, manifest.encode("utf-8")))
        return neighbours(document, self._vocabulary) if isinstance(document, Document) else ()

    def _evaluator(self, manifest: str) -> Evaluator | None:
        evaluator = self._fixtures.evaluator((File("example", MANIFEST, manifest.encode("utf-8")),), self._as_of)
        return evaluator if isinstance(evaluator, Evaluator) else None


def _expectation(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "not_applicable"
    items = [
        f"{{subject: {_quoted(finding.subject)}{f', target: {finding.target}' if finding.target else ''}, "
        f"severity: {finding.severity}}}"
        for finding in findings
    ]
    return f"[{', '.join(items)}]"


def _quoted(subject: str) -> str:
    return f'"{subject}"' if any(mark in subject for mark in "[] ,#") else subject
