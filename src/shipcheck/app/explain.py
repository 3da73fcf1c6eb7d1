"""`shipcheck explain`: a policy, its parameters, and the two smallest worlds that show it."""

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from shipcheck import assets
from shipcheck.app.prepare import LOCAL_NAME, Prepared, prepare
from shipcheck.app.select import find_policy
from shipcheck.model.policy import Parameter, Plan, Policy
from shipcheck.model.problem import Problem
from shipcheck.packs.worlds import world
from shipcheck.sources.governance import LOCAL


@dataclass(frozen=True, slots=True)
class Explanation:
    """One policy with what a reader needs; a world is empty where the pack has none."""

    policy: Policy
    source: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    fails: str
    passes: str


@dataclass(frozen=True, slots=True)
class Explained:
    """The policies in use and, where one was named, its explanation; or the problems that stand in the way.

    `misused` says that the settings are at fault.
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
    problems = (*prepared.misuse, *prepared.faults)
    texts = {(file.origin, file.path): file.content for file in prepared.files}
    if problems or name is None:
        return Explained(prepared.plan, None, problems, misused=bool(prepared.misuse), texts=texts)
    policy = find_policy(prepared.plan, name)
    return Explained(prepared.plan, _explanation(prepared, policy), (), misused=False, texts=texts)


def _explanation(prepared: Prepared, policy: Policy) -> Explanation:
    pack = next(pack for pack in prepared.plan.packs if pack.name == policy.pack)
    used = tuple(parameter for parameter in pack.parameters if parameter.name in policy.parameters)
    folder = _folder(prepared, policy.pack)
    fails, passes = world(folder, policy.id, "fails"), world(folder, policy.id, "passes")
    return Explanation(policy, _source(prepared, policy), used, fails, passes)


def _folder(prepared: Prepared, pack: str) -> Traversable:
    return prepared.root / LOCAL if pack == LOCAL_NAME else assets.policies() / pack


def _source(prepared: Prepared, policy: Policy) -> tuple[str, ...]:
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
