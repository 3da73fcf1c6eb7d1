"""`shipcheck policy test`: run the tests of packs."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from shipcheck.english import counted, did_you_mean
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.evaluate.observe import Observer
from shipcheck.model.document import texts_of
from shipcheck.model.location import Location, Texts, whole_file
from shipcheck.model.policy import Pack, Policy
from shipcheck.model.policy_test import Case, Failure, Mutant, PackResult, Seen, Tests
from shipcheck.model.problem import Problem
from shipcheck.packs.pack_files import pack_files
from shipcheck.packs.test_files import policy_test_files
from shipcheck.pipeline.fixtures import Fixtures
from shipcheck.pipeline.pack_with_tests import compile_alone, provided_by, read_policy_tests
from shipcheck.pipeline.packs.find import find_sources
from shipcheck.pipeline.prepare import Progress, no_progress
from shipcheck.policy_test.coverage import SELECTOR, Coverage
from shipcheck.policy_test.expectations import as_expected, failures, needs_explanations
from shipcheck.policy_test.mutants import MOST_MUTANTS, mutants
from shipcheck.policy_test.policy_places import Places
from shipcheck.policy_test.requirements import lacking
from shipcheck.policy_test.tally import Run, units

# Components times mutants times cases; the core pack needs an eighth of it.
MOST_STEPS = 4_000_000


@dataclass(frozen=True, slots=True)
class TestRequest:
    """The arguments of the command: `pack` is a folder or the name of a built-in pack, None means every pack in use."""

    __test__ = False

    pack: str | None = None
    policies: tuple[str, ...] = ()
    coverage: bool = True
    mutation: bool = True
    root: Path | None = None


def policy_test(request: TestRequest, progress: Progress = no_progress) -> tuple[PackResult, ...]:
    """Run the tests of the requested packs.

    Raises:
        UsageError: there is no such pack or policy.
        CannotJudgeError: the tests are more than the limits allow.
    """
    results = []
    for source in find_sources(request.pack, request.root):
        files = pack_files(source.folder, source.name, source.prefix)
        tests = policy_test_files(source.folder, source.name, source.prefix)
        pack, problems, vocabulary = compile_alone(source, files)
        policy_tests, more = read_policy_tests(tests, pack, vocabulary) if pack else (Tests((), ()), ())
        provided, component_problems = provided_by(source, files[0], vocabulary) if pack else ((), ())
        problems = (*problems, *component_problems)
        texts = texts_of((*files, *tests))
        if pack is not None and not pack.policies:
            message = f"pack {pack.name} has no policies; write one"
            problems = (Problem(whole_file(files[0].origin, files[0].path), "no-policies", message),)
        if pack is None or problems or more:
            results.append(PackResult(source.name, "", (), 0, False, False, (*problems, *more), texts))  # noqa: FBT003
        else:
            places = Places(texts_of(files))
            run = _Run(request, pack, policy_tests, Fixtures(vocabulary, provided), places, progress)
            results.append(run.result(texts))
    return tuple(results)


class _Run:
    """One pack's tests, run in three passes: cases, clauses, mutants."""

    def __init__(
        self, request: TestRequest, pack: Pack, tests: Tests, fixtures: Fixtures, places: Places, progress: Progress
    ) -> None:
        self._request = request
        self._pack = pack
        self._vocabulary = fixtures.vocabulary
        self._places = places
        self._progress = progress
        self._policies = _selected(pack, request.policies)
        wanted = {policy.id for policy in self._policies}
        self._cases = [case for case in tests.cases if wanted & set(case.policies)]
        self._equivalents = tests.equivalents
        self._fixtures = fixtures
        self._evaluators: dict[int, Evaluator] = {}
        self._coverage = Coverage(pack)

    def result(self, texts: Texts) -> PackResult:
        """The result of all passes."""
        failed = [failure for number, case in enumerate(self._cases) for failure in self._case(number, case)]
        self._progress("cases", len(self._cases), len(self._cases))
        failed += [failure for policy in self._policies for failure in lacking(policy, self._cases)]
        clauses: list[Seen] = []
        if self._request.coverage:
            units_covered = self._units()
            every_clause = self._coverage.clauses(self._policies, self._vocabulary, self._places)
            clauses = [clause for clause in every_clause if clause.unit in units_covered]
        survived = self._mutants() if self._request.mutation else []
        equivalents = self._equivalents if self._request.mutation and not self._request.policies else ()
        run = Run(self._cases, failed, clauses, survived, equivalents)
        return PackResult(
            pack=self._pack.name,
            version=self._pack.version,
            units=units(self._units(), run),
            cases=len(self._cases),
            covered=self._request.coverage,
            mutated=self._request.mutation,
            problems=(),
            texts=texts,
        )

    def _units(self) -> dict[str, Location]:
        """The place of each policy and, where all policies are tested, of each named selector."""
        locations = {policy.id: policy.location for policy in self._policies}
        if not self._request.policies:
            locations |= {f"{SELECTOR} {named.name}": self._places.selector(named.name) for named in self._pack.selectors}
        return locations

    def _case(self, number: int, case: Case) -> list[Failure]:
        self._progress("cases", number, len(self._cases))
        evaluator = self._fixtures.evaluator(case.files, case.as_of, case.base, case.tree)
        if not isinstance(evaluator, Evaluator):
            reasons = tuple(f"{problem.location}: {problem.message}" for problem in evaluator)
            name = case.policies[0]
            return [Failure("case", name, case.name, "the fixture is malformed", case.location, (), reasons)]
        case_failures: list[Failure] = []
        for policy in self._policies:
            if policy.id not in case.policies:
                continue
            result = evaluator.evaluate(policy)
            case_failures.extend(failures(case, policy.id, result))
            if self._request.coverage:
                self._coverage.add(policy.id, Observer(evaluator.compiler.compile(policy)).observe(result))
        if not case_failures:
            self._evaluators[number] = evaluator
        return case_failures

    def _mutants(self) -> list[tuple[Mutant, bool]]:
        """Every mutant of what is tested, and whether it survives the passing cases."""
        chosen = {policy.id for policy in self._policies}
        every = list(islice(mutants(self._pack), MOST_MUTANTS + 1))
        wanted = [mutant for mutant in every if mutant.unit in chosen or not self._request.policies]
        by_policy = {name: [number for number in self._evaluators if name in self._cases[number].policies] for name in chosen}
        self._check_size(wanted, by_policy)
        survived = []
        for number, mutant in enumerate(wanted):
            self._progress("mutants", number, len(wanted))
            survived.append((mutant, not self._is_killed(mutant, by_policy)))
        self._progress("mutants", len(wanted), len(wanted))
        return survived

    def _check_size(self, wanted: list[Mutant], by_policy: dict[str, list[int]]) -> None:
        sizes = {
            name: sum(len(self._evaluators[number].view.graph.components) for number in numbers)
            for name, numbers in by_policy.items()
        }
        steps = sum(sizes.get(policy.id, 0) for mutant in wanted for policy in mutant.policies)
        if len(wanted) > MOST_MUTANTS or steps > MOST_STEPS:
            unit = counted(len(wanted), "mutant")
            raise CannotJudgeError(
                f"the tests of pack {self._pack.name} are too large to run with {unit}; use smaller fixtures, or leave "
                "mutation out with --no-mutation"
            )

    def _is_killed(self, mutant: Mutant, by_policy: dict[str, list[int]]) -> bool:
        return any(
            not self._is_as_expected(number, policy) for policy in mutant.policies for number in by_policy.get(policy.id, ())
        )

    def _is_as_expected(self, number: int, policy: Policy) -> bool:
        """Whether a policy comes out as a case expects; most of the work would be explanations, so only where they count."""
        case = self._cases[number]
        result = self._evaluators[number].evaluate(policy, None if needs_explanations(case, policy.id) else 0)
        return as_expected(case, policy.id, result)


def _selected(pack: Pack, names: tuple[str, ...]) -> tuple[Policy, ...]:
    for name in names:
        if name not in {spelling for policy in pack.policies for spelling in (policy.id, policy.name)}:
            hint = did_you_mean(name, [policy.id for policy in pack.policies])
            raise UsageError(f"pack {pack.name} has no policy '{name}'{hint}")
    return tuple(policy for policy in pack.policies if not names or {policy.id, policy.name} & set(names))
