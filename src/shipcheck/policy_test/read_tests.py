"""The tests of a pack put together: annotated fixtures, case tables and lists of equivalent mutants."""

from collections.abc import Sequence
from dataclasses import replace

from shipcheck.model.document import Document, File
from shipcheck.model.location import whole_file
from shipcheck.model.policy_test import Case, Equivalent, TestFile, Tests
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.policy_test.annotations import Annotations, Header
from shipcheck.policy_test.edits import Editor
from shipcheck.policy_test.tables import Tables, equivalents
from shipcheck.vocabulary.vocabulary import Vocabulary

MANIFEST = "shipcheck.yaml"
MANIFEST_END = ".shipcheck.yaml"
TABLE = "cases.yaml"
TABLE_END = ".cases.yaml"
EQUIVALENT = "equivalent.yaml"
MOST_CASES = 5_000
# An edit writes its whole fixture again, so a large fixture with many edits takes far more than its files.
MOST_BYTES = 1024 * 1024
BYTES_FOR_EACH = 2


def is_read(path: str) -> bool:
    """Whether a file of a pack's tests defines tests."""
    return is_manifest(path) or is_table(path) or is_list_of_equivalents(path)


def is_manifest(path: str) -> bool:
    """Whether a file of a pack's tests is a manifest of a fixture."""
    name = path.rpartition("/")[2]
    return name == MANIFEST or name.endswith(MANIFEST_END)


def is_table(path: str) -> bool:
    """Whether a file of a pack's tests is a case table."""
    name = path.rpartition("/")[2]
    return name == TABLE or name.endswith(TABLE_END)


def is_list_of_equivalents(path: str) -> bool:
    """Whether a file of a pack's tests lists mutants that no test can kill."""
    return path.rpartition("/")[2] == EQUIVALENT


def collect(
    files: Sequence[TestFile], others: Sequence[File], policies: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[Tests, tuple[Problem, ...]]:
    """The tests in files of the right shape, and everything wrong with them.

    `others` are the other files next to them, such as the code of a fixture.
    """
    problems: list[Problem] = []
    manifests = [file for file in files if is_manifest(file.file.path)]
    tables = [file.document for file in files if is_table(file.file.path)]
    fixtures = _Fixtures(manifests)
    fixtures.used.update(_folder(file.file.path) for file in manifests if Annotations.has_header(file))
    annotations = Annotations(policies, problems)
    cases: list[Case] = []
    for folder, header in _headers(manifests, annotations, problems).items():
        cases.append(annotations.case(folder, header, fixtures.below(folder)))
    budget = MOST_BYTES + BYTES_FOR_EACH * sum(len(file.file.content) for file in files)
    reader = Tables(policies, Editor(vocabulary), fixtures.named(tables), problems, budget)
    for document in tables:
        fixtures.used.update(reader.fixtures_of(document))
        cases.extend(reader.cases(document))
    problems.extend(fixtures.idle())
    problems.extend(_idle_files(others, fixtures))
    cases = [replace(case, tree=fixtures.tree(case.origin, others)) for case in cases]
    problems.extend(_too_many(cases))
    problems.extend(_same_names(cases))
    return Tests(tuple(cases), _equivalents(files)), tuple(problems)


def _headers(manifests: Sequence[TestFile], annotations: Annotations, problems: list[Problem]) -> dict[str, Header]:
    """The header of each annotated fixture, by its folder; a fixture has one."""
    headers: dict[str, Header] = {}
    for file in manifests:
        header = annotations.header(file)
        if header is None:
            continue
        folder = _folder(file.file.path)
        if folder in headers:
            related = ((headers[folder].location, "the first header of this fixture"),)
            message = "this fixture already has a header; keep one"
            problems.append(Problem(header.location, "test-comment", message, related))
        else:
            headers[folder] = header
    return headers


class _Fixtures:
    """The manifests of a pack's tests, by the folders that are fixtures."""

    def __init__(self, manifests: Sequence[TestFile]) -> None:
        self._manifests = manifests
        self.used: set[str] = set()

    def below(self, folder: str) -> tuple[TestFile, ...]:
        """The manifests in a folder and below it."""
        return tuple(file for file in self._manifests if file.file.path.startswith(f"{folder}/"))

    def named(self, tables: Sequence[Document]) -> dict[str, tuple[TestFile, ...]]:
        """The fixtures that tables can name: every folder that has manifests in or below it."""
        folders = {folder for file in self._manifests for folder in _folders_above(file.file.path)}
        return {folder: self.below(folder) for folder in folders} if tables else {}

    def tree(self, folder: str, others: Sequence[File]) -> tuple[File, ...]:
        """The files of a fixture by their paths in it; a fixture written in a table has none."""
        files = [*(file.file for file in self._manifests), *others]
        mine = [file for file in files if file.path.startswith(f"{folder}/")]
        return tuple(replace(file, path=file.path.removeprefix(f"{folder}/")) for file in mine)

    def idle(self) -> list[Problem]:
        """The manifests that no test uses."""
        idle = [file for file in self._manifests if not self.used & set(_folders_above(file.file.path))]
        header = "'# shipcheck-test: POLICY, as of YYYY-MM-DD'"
        message = f"no test uses this manifest; begin it with {header}, or use its folder as a fixture"
        return [Problem(file.document.locate(file.document.root), "idle-world", message) for file in idle]


def _idle_files(others: Sequence[File], fixtures: _Fixtures) -> list[Problem]:
    """YAML files that no test reads: the name is mistyped, or they are unnecessary."""
    names = f"{TABLE}, NAME{TABLE_END}, {EQUIVALENT} or {MANIFEST}"
    message = f"no test reads this file; a file of tests is named {names}"
    return [
        Problem(whole_file(file.origin, file.path), "idle-file", message)
        for file in others
        if file.path.endswith((".yaml", ".yml")) and not fixtures.used & set(_folders_above(file.path))
    ]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _folders_above(path: str) -> list[str]:
    folders = []
    folder = _folder(path)
    while folder:
        folders.append(folder)
        folder = _folder(folder)
    return folders


def _equivalents(files: Sequence[TestFile]) -> tuple[Equivalent, ...]:
    holding = [file for file in files if is_table(file.file.path) or is_list_of_equivalents(file.file.path)]
    return tuple(item for file in holding for item in equivalents(file.document))


def _too_many(cases: list[Case]) -> list[Problem]:
    if len(cases) <= MOST_CASES:
        return []
    message = f"the tests have {len(cases):,} cases, but at most {MOST_CASES:,} are allowed; split the pack"
    return [Problem(cases[MOST_CASES].location, "too-many-cases", message)]


def _same_names(cases: list[Case]) -> list[Problem]:
    """A case is identified by its policy and its name, so no two of a policy share one."""
    first: dict[tuple[str, str], Case] = {}
    problems = []
    for case in cases:
        for policy in case.policies:
            known = first.setdefault((policy, case.name), case)
            if known is not case:
                related = ((known.location, "first given here"),)
                message = f"{policy} has two cases named '{case.name}'; rename one"
                problems.append(Problem(case.location, "test-case", message, related))
    return problems[:MAX_PROBLEMS]
