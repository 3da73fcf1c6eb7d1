"""Warnings about packs that compile: `policy check` prints them, and `check` never computes them."""

from collections.abc import Hashable, Iterator, Sequence

from shipcheck.describe.cost import cost_of
from shipcheck.english import listed
from shipcheck.language.analysis.constant_conditions import Conditions, doubtful_conditions
from shipcheck.language.analysis.normal import NormalForms
from shipcheck.language.analysis.optional_fields import opt_outs
from shipcheck.language.analysis.possible import Effort
from shipcheck.language.analysis.reachable_kinds import can_pass
from shipcheck.language.compile.pack import PackDocuments
from shipcheck.language.compile.usage import unused
from shipcheck.language.syntax.keys import Keys
from shipcheck.model.document import Mapping, Scalar
from shipcheck.model.policy import EachComponent, MustNotReach, MustReach, Pack, Plan, Policy
from shipcheck.model.policy_check import CheckedPack
from shipcheck.model.problem import Problem
from shipcheck.vocabulary.vocabulary import Vocabulary


def review(packs: Sequence[PackDocuments], plan: Plan, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Every warning about `packs`, which were compiled into `plan` without a problem, in order of place."""
    keys_of = {documents.name: _PackKeys(documents) for documents in packs}
    warnings: list[Problem] = []
    for pack in plan.packs:
        texts, effort = keys_of[pack.name], Effort()
        warnings += unused(pack, texts.files, texts.policies.values())
        warnings += _of_selectors(pack, texts, vocabulary, effort)
        for policy in pack.policies:
            keys = texts.policies[policy.id]
            warnings += doubtful_conditions(policy, keys, vocabulary, effort)
            warnings += _useless_gates(policy, keys, vocabulary)
            warnings += _costly(policy, keys)
    named = [(policy, keys_of[policy.pack].policies[policy.id]) for policy in plan.policies]
    return tuple(sorted([*warnings, *_doubled(plan.policies), *opt_outs(named, vocabulary)]))


def checked(pack: Pack) -> CheckedPack:
    """The contents of a pack and the cost of its policies."""
    costs = tuple((policy.name, cost_of(policy)) for policy in pack.policies)
    return CheckedPack(pack.name, pack.version, len(pack.parameters), len(pack.selectors), costs)


class _PackKeys:
    """The files of a pack, and each of its policies as written."""

    def __init__(self, documents: PackDocuments) -> None:
        self.files = [Keys(document, document.root, "a file", []) for document in (documents.head, *documents.families)]
        self.policies = {name: keys for file in self.files for name, keys in _policies(file)}


def _policies(file: Keys) -> Iterator[tuple[str, Keys]]:
    for node in file.items("policies"):
        entry = node.find("id") if isinstance(node, Mapping) else None
        if entry and isinstance(entry[1], Scalar):
            yield entry[1].text, Keys(file.document, node, entry[1].text, [])


def _of_selectors(pack: Pack, texts: _PackKeys, vocabulary: Vocabulary, effort: Effort) -> Iterator[Problem]:
    """Parts of named selectors that exclude nothing."""
    places = {key.text: (file, node) for file in texts.files for key, node in file.entries("select")}
    for item in pack.selectors:
        if item.selector.where is not None:
            file, node = places[item.name]
            conditions = Conditions(file, vocabulary, {"it": item.selector.kinds}, effort)
            yield from conditions.always(node, item.selector.where, "so it excludes nothing")


def _useless_gates(policy: Policy, keys: Keys, vocabulary: Vocabulary) -> Iterator[Problem]:
    verb = policy.verb
    if not isinstance(verb, MustReach | MustNotReach) or not isinstance(policy.subject, EachComponent):
        return
    key, passed = ("through", verb.through) if isinstance(verb, MustReach) else ("unless_through", verb.unless_through)
    if passed is None or can_pass(passed.kinds, policy.subject.selector.kinds, verb.target.kinds, verb.along, vocabulary):
        return
    source = keys.source(key)
    if source is not None:
        path = f"a path along {listed(verb.along)}"
        message = f"{listed(passed.kinds)} can never be on {path}, guard its target, or be named by its hops"
        yield source.problem("P021", message)


def _costly(policy: Policy, keys: Keys) -> Iterator[Problem]:
    cost = cost_of(policy)
    if cost.kind == "each" and not keys.has("cost"):
        message = f"the policy needs {cost.shown}; read a field of it instead, or write 'cost: accepted'"
        yield Problem(policy.location, "P030", message)


def _doubled(policies: Sequence[Policy]) -> Iterator[Problem]:
    """Policies that are equivalent to an earlier one."""
    forms = NormalForms()
    first: dict[Hashable, Policy] = {}
    for policy in policies:
        before = first.setdefault(forms.policy(policy), policy)
        if before is not policy:
            message = f"{policy.name} is equivalent to {before.name}; keep one"
            yield Problem(policy.location, "P024", message, ((before.location, "first declared here"),))
