"""`shipcheck policy explain`: policies in plain English, with their cost, what they read and their tests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from shipcheck import assets
from shipcheck.describe.sentences import policy_in_english
from shipcheck.english import did_you_mean
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.model.document import texts_of
from shipcheck.model.explain import CaseCounts, ExplainedPolicy
from shipcheck.model.location import Texts
from shipcheck.model.policy import Pack, Plan, Policy
from shipcheck.model.policy_test import Case
from shipcheck.model.problem import Problem
from shipcheck.packs.pack_files import HEAD, built_in_names, pack_files
from shipcheck.packs.test_files import policy_test_files
from shipcheck.pipeline.lookup import find_policy
from shipcheck.pipeline.pack_with_tests import compile_alone, read_policy_tests
from shipcheck.pipeline.packs.find import Source, find_sources, source_in_use
from shipcheck.pipeline.prepare import prepare
from shipcheck.policy_test.requirements import fails
from shipcheck.presence import is_file
from shipcheck.vocabulary.vocabulary import Vocabulary

# Of every pack; the pack core needs a fiftieth of it.
MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class PoliciesExplained:
    """The requested policies, or the problems that prevent it; `settings_invalid` means that the settings are malformed."""

    policies: tuple[ExplainedPolicy, ...]
    problems: tuple[Problem, ...]
    settings_invalid: bool
    texts: Texts


def policy_explain(name: str | None, path: Path | None) -> PoliciesExplained:
    """One policy, those of one pack, or every policy in use; a pack that is not in use is read alone.

    Raises:
        UsageError: no policy and no pack has that name.
        CannotJudgeError: files cannot be listed, or the tests are more than the limits allow.
    """
    if name is not None and is_file(Path(name) / HEAD):
        return _alone(find_sources(name)[0])
    prepared = prepare(path)
    problems = prepared.problems
    if problems:
        texts = texts_of(prepared.files)
        return PoliciesExplained((), problems, bool(prepared.settings_problems), texts)
    packs = {pack.name: pack for pack in prepared.plan.packs}
    if name is not None and name not in packs and name in built_in_names(assets.policies()):
        return _alone(find_sources(name)[0])
    explained = [
        item
        for pack_name, policies in _chosen(name, prepared.plan).items()
        for item in _explained(source_in_use(pack_name, prepared), packs[pack_name], policies, prepared.vocabulary)
    ]
    return PoliciesExplained(tuple(explained), (), settings_invalid=False, texts={})


def _alone(source: Source) -> PoliciesExplained:
    files = pack_files(source.folder, source.name, source.prefix)
    pack, problems, vocabulary = compile_alone(source, files)
    if pack is None:
        return PoliciesExplained((), problems, settings_invalid=False, texts=texts_of(files))
    return PoliciesExplained(tuple(_explained(source, pack, pack.policies, vocabulary)), (), settings_invalid=False, texts={})


def _chosen(name: str | None, plan: Plan) -> dict[str, tuple[Policy, ...]]:
    """The policies that a name means, by pack."""
    packs = {pack.name: pack.policies for pack in sorted(plan.packs, key=lambda pack: pack.name)}
    if name is None:
        return packs
    if name in packs:
        return {name: packs[name]}
    names = {spelling for policy in plan.policies for spelling in (policy.id, policy.name)}
    if name not in names and (hint := did_you_mean(name, [*packs, *names])):
        raise UsageError(f"unknown policy or pack '{name}'{hint}")
    policy = find_policy(plan, name)
    return {policy.pack: (policy,)}


def _explained(source: Source, pack: Pack, policies: Iterable[Policy], vocabulary: Vocabulary) -> Iterator[ExplainedPolicy]:
    tests, problems = read_policy_tests(policy_test_files(source.folder, source.name, source.prefix), pack, vocabulary)
    length = 0
    for policy in policies:
        reading = policy_in_english(policy, pack, vocabulary)
        length += sum(len(line.text) for line in (*reading.asks, *reading.means))
        if length > MOST_CHARACTERS:
            hint = f"give one of its policies, such as {policy.name}"
            raise CannotJudgeError(f"pack {pack.name} needs more than {MOST_CHARACTERS:,} characters to explain; {hint}")
        yield ExplainedPolicy(reading, None if problems else _tested(policy, tests.cases))


def _tested(policy: Policy, cases: Iterable[Case]) -> CaseCounts:
    mine = [case for case in cases if policy.id in case.policies]
    failing = sum(fails(case, policy.id) for case in mine)
    idle = sum(not case.applies for case in mine)
    files = tuple(sorted({case.location.path for case in mine}))
    return CaseCounts(failing, len(mine) - failing - idle, idle, files)
