"""`shipcheck policy example`: the smallest manifests that fail and pass a policy, generated from the policy."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from shipcheck.english import listed
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.model.document import File, texts_of
from shipcheck.model.expression import Alternative, Literal_, Not, Selector
from shipcheck.model.location import Texts
from shipcheck.model.policy import Must, MustNotReach, MustReach, Policy, Rung, Severity
from shipcheck.model.policy_example import PolicyExample
from shipcheck.model.problem import Problem
from shipcheck.model.types import YES_NO
from shipcheck.pipeline.fixtures import Fixtures
from shipcheck.pipeline.lookup import find_policy
from shipcheck.pipeline.prepare import prepare
from shipcheck.scaffold.draft import Draft, manifest
from shipcheck.scaffold.example_builder import Examples
from shipcheck.scaffold.shrink import shrunk
from shipcheck.vocabulary.vocabulary import Vocabulary

MANIFEST = "shipcheck.yaml"
MOST_TRIED = 400


@dataclass(frozen=True, slots=True)
class Exampled:
    """The examples, or the problems that prevent it; `settings_invalid` means that the settings are malformed."""

    example: PolicyExample | None
    problems: tuple[Problem, ...]
    settings_invalid: bool
    texts: Texts


def policy_example(name: str, root: Path | None, as_of: date) -> Exampled:
    """The examples of a policy that is in use.

    Raises:
        UsageError: no policy has that name.
        CannotJudgeError: the files cannot be listed.
    """
    prepared = prepare(root)
    problems = prepared.problems
    texts = texts_of(prepared.files)
    if problems:
        return Exampled(None, problems, bool(prepared.settings_problems), texts)
    policy = find_policy(prepared.plan, name)
    return Exampled(examples_of(policy, prepared.vocabulary, as_of), (), settings_invalid=False, texts=texts)


def examples_of(policy: Policy, vocabulary: Vocabulary, as_of: date) -> PolicyExample:
    """The smallest manifests found, each judged by the policy."""
    judge = _Judge(policy, vocabulary, as_of)
    examples = Examples(policy, vocabulary, as_of)
    fails, passes = (judge.first(examples, outcome) for outcome in ("fail", "pass"))
    unsolved = examples.unsolved if not (fails and passes) else ()
    return PolicyExample(policy, fails, passes, unsolved)


def why_not(example: PolicyExample) -> str:
    """Why an example is missing, as a sentence."""
    missing = listed([word for word, text in (("failing", example.fails), ("passing", example.passes)) if not text], "and")
    because = (
        f"cannot generate {listed(example.unsolved, 'and')}"
        if example.unsolved
        else "none of the generated manifests gives that result"
    )
    return f"cannot build a {missing} example of {example.policy.name}: {because}; write one by hand as a test"


class _Judge:
    """Judges drafts by one policy."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary, as_of: date) -> None:
        # A severity that is not known would count as assumed, and no example is about severities.
        self._policy = replace(policy, severity=(Rung(Severity.ERROR, None),), message=())
        self._opposite = _opposite(self._policy)
        self._vocabulary = vocabulary
        self._fixtures = Fixtures(vocabulary)
        self._as_of = as_of

    def first(self, examples: Examples, outcome: str) -> str:
        """The first manifest with the wanted result, reduced as far as possible; empty where there is none."""
        for draft in islice(examples.drafts(fails=outcome == "fail"), MOST_TRIED):
            if self._comes_out(draft, outcome):
                small = shrunk(draft, lambda smaller: self._comes_out(smaller, outcome))
                return manifest(small, self._vocabulary)
        return ""

    def _comes_out(self, draft: Draft, outcome: str) -> bool:
        file = File("example", MANIFEST, manifest(draft, self._vocabulary).encode("utf-8"))
        evaluator = self._fixtures.evaluator((file,), self._as_of)
        if not isinstance(evaluator, Evaluator):
            return False
        if evaluator.evaluate(self._policy).result != outcome:
            return False
        opposite = evaluator.evaluate(self._policy if outcome == "fail" else self._opposite)
        return bool(opposite.findings) and not any(finding.assumed for finding in opposite.findings)


def _opposite(policy: Policy) -> Policy:
    """A policy that fails where this one passes: without the gate, or with the condition negated.

    So a passing example shows a certain subject, and why it passes.
    """
    verb = policy.verb
    if isinstance(verb, Must):
        return replace(policy, verb=Must(Not(YES_NO, verb.condition.text, verb.condition)))
    if isinstance(verb, MustReach):
        return replace(policy, verb=MustNotReach(verb.target, verb.along, None, last_hop=False))
    if isinstance(verb, MustNotReach) and verb.unless_through is not None:
        return replace(policy, verb=replace(verb, unless_through=None, last_hop=False))
    if isinstance(verb, MustNotReach):
        target = Selector((Alternative(verb.target.kinds, None),), None, verb.target.text)
        return replace(policy, verb=replace(verb, target=target))
    return replace(policy, verb=Must(Literal_(YES_NO, "false", value=False)))
