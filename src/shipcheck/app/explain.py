"""`shipcheck explain`: a policy in plain English, with the smallest failing and passing manifest."""

from dataclasses import dataclass
from pathlib import Path

from shipcheck.describe.sentences import read_aloud
from shipcheck.model.document import texts_of
from shipcheck.model.explain import Reading
from shipcheck.model.policy import Plan, Policy
from shipcheck.model.problem import Problem
from shipcheck.packs.examples import example
from shipcheck.pipeline.lookup import find_policy
from shipcheck.pipeline.packs.find import source_in_use
from shipcheck.pipeline.prepare import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Explanation:
    """One policy with what a reader needs; an example is empty where the pack has none."""

    reading: Reading
    source: tuple[str, ...]
    fails: str
    passes: str


@dataclass(frozen=True, slots=True)
class Explained:
    """The policies in use and, where one was named, its explanation; or the problems that prevent it.

    `misused` means that the settings are malformed.
    """

    plan: Plan
    explanation: Explanation | None
    problems: tuple[Problem, ...]
    misused: bool
    texts: dict[tuple[str, str], bytes]


def explain(name: str | None, path: Path | None) -> Explained:
    """The policies of the repository, and the named one in full.

    Raises:
        UsageError: no policy has that name.
        CannotJudgeError: the files cannot be listed.
    """
    prepared = prepare(path)
    problems = prepared.problems
    texts = texts_of(prepared.files)
    if problems or name is None:
        return Explained(prepared.plan, None, problems, misused=bool(prepared.settings_problems), texts=texts)
    policy = find_policy(prepared.plan, name)
    return Explained(prepared.plan, _explanation(prepared, policy), (), misused=False, texts=texts)


def _explanation(prepared: Prepared, policy: Policy) -> Explanation:
    pack = next(pack for pack in prepared.plan.packs if pack.name == policy.pack)
    folder = source_in_use(policy.pack, prepared).folder
    fails, passes = example(folder, policy.id, "fails"), example(folder, policy.id, "passes")
    return Explanation(read_aloud(policy, pack, prepared.vocabulary), source_of(prepared, policy), fails, passes)


def source_of(prepared: Prepared, policy: Policy) -> tuple[str, ...]:
    """The policy as its pack writes it."""
    place = policy.location
    content = next(file.content for file in prepared.files if (file.origin, file.path) == (place.origin, place.path))
    lines = content.decode("utf-8").splitlines()[place.line - 1 :]
    found = [lines[0]]
    for line in lines[1:]:
        if line.strip() and not line.startswith("    "):
            break
        found.append(line)
    while not found[-1].strip():
        found.pop()
    return tuple(found)
