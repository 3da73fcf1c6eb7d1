"""`shipcheck policy new`: a policy with its tests and its documentation, to begin with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shipcheck.app.policy_example import examples_of
from shipcheck.errors import UsageError
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.language.syntax.keys import ID
from shipcheck.model.document import Document, File, texts_of
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Policy
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.packs.pack_files import HEAD, pack_files
from shipcheck.pipeline.bundled import load_catalogues, load_vocabulary
from shipcheck.pipeline.fixtures import Worlds
from shipcheck.pipeline.packs.read import with_extended
from shipcheck.read.parse import parse
from shipcheck.scaffold.nearby import Nearby, neighbours
from shipcheck.scaffold.policy_template import cases_text, docs_text, failing_text, pack_text, policy_text, world_text
from shipcheck.vocabulary.vocabulary import Vocabulary

MANIFEST = "shipcheck.yaml"
DEFAULTS: Mapping[str, str] = {
    "title": "Say the rule as one true sentence",
    "why": "Say what goes wrong where this does not hold.",
    "message": "{subject} does not keep to it",
    "fix": "Say what to write, and where.",
}


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What the command line asks for; `given` holds the keys of the policy that are named there."""

    policy: str
    pack: Path
    given: Mapping[str, str]
    as_of: date


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """The files to write, by their path below the pack, or why there are none."""

    files: Mapping[Path, str]
    problems: tuple[Problem, ...]
    texts: Mapping[tuple[str, str], bytes]


def policy_new(request: NewRequest) -> NewPolicy:
    """The files of a new policy, compiled and judged before anything is written.

    Raises:
        UsageError: the id is none, the pack's place is taken by a file, or a file of the policy is there already.
    """
    if not ID.fullmatch(request.policy):
        raise UsageError(f"'{request.policy}' is no id; write a kebab-case name such as ungated-action")
    if request.pack.exists() and not request.pack.is_dir():
        raise UsageError(f"{request.pack} is a file; name the folder of a pack")
    _refuse_taken(request.pack, (Path("policies") / f"{request.policy}.yaml",))
    given = _given(request)
    body = policy_text(request.policy, given)
    has_head = (request.pack / HEAD).is_file()
    name = "" if has_head else _pack_name(request.pack)
    head = () if has_head else (File("pack", HEAD, pack_text(name).encode("utf-8")),)
    mine = File("pack", f"policies/{request.policy}.yaml", body.encode("utf-8"))
    old = pack_files(request.pack, "pack", request.pack.as_posix()) if has_head else head
    vocabulary = load_vocabulary()
    compiled = _compiled((*old, mine), request.policy, vocabulary)
    texts = texts_of((*old, mine))
    if not isinstance(compiled, Policy):
        return NewPolicy({}, compiled, texts)
    files = {Path("policies") / f"{request.policy}.yaml": body, **_around(compiled, request, given, vocabulary)}
    if not has_head:
        files[Path(HEAD)] = pack_text(name)
    _refuse_taken(request.pack, files)
    return NewPolicy(files, (), texts)


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
        raise UsageError(f"'{name}' is no name for a pack; name the folder with lower-case letters, digits and '-'")
    return name


def _compiled(files: tuple[File, ...], policy: str, vocabulary: Vocabulary) -> Policy | tuple[Problem, ...]:
    documents: list[Document] = []
    for file in files:
        document = parse(file)
        if not isinstance(document, Document):
            return document
        documents.append(document)
    name = _written_name(documents[0])
    packs = with_extended(PackDocuments(name, documents[0], tuple(documents[1:])))
    plan, faults, _ = compile_plan(packs, Settings(), vocabulary, catalogues=load_catalogues())
    if faults:
        return faults
    return next(found for found in plan.packs[0].policies if found.id == policy)


def _written_name(head: Document) -> str:
    found = getattr(head.root, "find", lambda _key: None)("pack")
    return str(getattr(found[1], "text", "")) if found else ""


def _refuse_taken(pack: Path, files: Iterable[Path]) -> None:
    for path in files:
        if (pack / path).exists():
            raise UsageError(f"{(pack / path).as_posix()} is there already; nothing is written")


def _around(policy: Policy, request: NewRequest, given: Mapping[str, str], vocabulary: Vocabulary) -> dict[Path, str]:
    """The tests and the page of a policy, as far as worlds can be built from it."""
    example = examples_of(policy, vocabulary, request.as_of)
    day = request.as_of.isoformat()
    folder = Path("tests") / policy.id
    files = {Path("docs") / f"{policy.id}.md": docs_text(policy.id, given, example.fails, example.passes)}
    judge = _Judge(policy, vocabulary, request.as_of)
    if example.fails:
        found = judge.findings(example.fails)
        lines: dict[int, tuple[str, ...]] = {}
        for finding in found:
            lines[finding.location.line] = (*lines.get(finding.location.line, ()), finding.target or "")
        files[folder / "fails" / MANIFEST] = failing_text(policy.id, day, example.fails, lines)
    if example.passes:
        files[folder / "passes" / MANIFEST] = world_text(policy.id, day, example.passes)
        files[folder / "cases.yaml"] = cases_text(policy.id, day, judge.cases(example.passes))
    return files


class _Judge:
    """Judges edited worlds by one policy."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary, as_of: date) -> None:
        self._policy = policy
        self._vocabulary = vocabulary
        self._worlds = Worlds(vocabulary)
        self._as_of = as_of

    def findings(self, manifest: str) -> tuple[Finding, ...]:
        """The findings over a manifest."""
        evaluator = self._evaluator(manifest)
        return evaluator.evaluate(self._policy).findings if evaluator else ()

    def cases(self, manifest: str) -> list[tuple[str, str, str]]:
        """The cases that a passing world gives: itself, the first single edit that fails, and one with nothing to judge."""
        cases = [("the world passes", "", "[]")]
        wanted = {"fail": "a single edit is seen", "not_applicable": "nothing to judge"}
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
        found = self._worlds.evaluator((File("example", MANIFEST, manifest.encode("utf-8")),), self._as_of)
        return found if isinstance(found, Evaluator) else None


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
