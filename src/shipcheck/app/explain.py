"""`shipcheck explain`: a policy in plain English, with the smallest failing and passing manifest."""

from pathlib import Path

from shipcheck.compare.rules import rule_named
from shipcheck.describe.sentences import policy_in_english
from shipcheck.model.document import texts_of
from shipcheck.model.explain import Explained, Explanation
from shipcheck.model.policy import Policy
from shipcheck.packs.test_files import example
from shipcheck.pipeline.lookup import find_policy
from shipcheck.pipeline.packs.find import source_in_use
from shipcheck.pipeline.prepare import Prepared, prepare


def explain(name: str | None, root: Path | None) -> Explained:
    """The policies of the repository, and the named one in full.

    Raises:
        UsageError: no policy has that name.
        CannotJudgeError: the files cannot be listed.
    """
    rule = rule_named(name) if name is not None else None
    if rule is not None:
        return Explained((), rule)
    prepared = prepare(root)
    if prepared.problems:
        return Explained((), None, prepared.problems, texts_of(prepared.files), settings_invalid=bool(prepared.settings_problems))
    policy = find_policy(prepared.plan, name) if name is not None else None
    return Explained(prepared.plan.policies, _explanation(prepared, policy) if policy else None)


def _explanation(prepared: Prepared, policy: Policy) -> Explanation:
    pack = next(pack for pack in prepared.plan.packs if pack.name == policy.pack)
    folder = source_in_use(policy.pack, prepared).folder
    fails, passes = example(folder, policy.id, "fails"), example(folder, policy.id, "passes")
    return Explanation(policy_in_english(policy, pack, prepared.vocabulary), source_of(prepared, policy), fails, passes)


def source_of(prepared: Prepared, policy: Policy) -> tuple[str, ...]:
    """The policy as its pack writes it."""
    place = policy.location
    content = next(file.content for file in prepared.files if (file.origin, file.path) == (place.origin, place.path))
    lines = content.decode("utf-8").splitlines()[place.line - 1 :]
    policy_lines = [lines[0]]
    for line in lines[1:]:
        if line.strip() and not line.startswith("    "):
            break
        policy_lines.append(line)
    while not policy_lines[-1].strip():
        policy_lines.pop()
    return tuple(policy_lines)
