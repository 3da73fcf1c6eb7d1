"""Policies that can be avoided by deleting a field: a selector requires that it is set, and no policy requires it (P028)."""

from collections.abc import Iterator, Sequence

from shipcheck.english import listed
from shipcheck.language.analysis.possible import conditions_of
from shipcheck.language.syntax.keys import Keys
from shipcheck.model.document import Node, Scalar
from shipcheck.model.expression import Compare, Either, Expression, Given, Like, Member, Path, Selector, Subset
from shipcheck.model.policy import EachComponent, Group, Must, MustNotReach, Policy
from shipcheck.model.problem import Problem
from shipcheck.model.traverse import conjuncts, expressions_of
from shipcheck.vocabulary.vocabulary import Vocabulary

Field = tuple[str, ...]


def opt_outs(policies: Sequence[tuple[Policy, Keys]], vocabulary: Vocabulary) -> Iterator[Problem]:
    """A warning for each field that a policy's subject requires to be set, and that no other policy of the plan requires."""
    required = _required([policy for policy, _ in policies])
    for policy, keys in policies:
        for selector in _taking_in(policy):
            for part in _opting(selector):
                field = _field(part.part)
                free = [kind for kind in selector.kinds if not _is_required(kind, field, policy, required, vocabulary)]
                if free:
                    yield _problem(keys, part, field, free)


def _taking_in(policy: Policy) -> Iterator[Selector]:
    """The selectors that choose what a policy judges."""
    if isinstance(policy.subject, EachComponent | Group):
        yield policy.subject.selector
    if isinstance(policy.verb, MustNotReach):
        yield policy.verb.target


def _opting(selector: Selector) -> list[Given]:
    """The parts of a selector's condition that require a field to be set."""
    parts = [part for where in conditions_of(selector) for part in conjuncts(where)]
    return [part for part in parts if isinstance(part, Given) and _field(part.part)]


def _field(part: Expression) -> Field:
    """The names of a field path over values of the subject; empty for everything else, and for fields of the base."""
    own = isinstance(part, Path) and part.start in {"it", "subject"} and all(step.source == "value" for step in part.steps)
    return tuple(step.name for step in part.steps) if own and isinstance(part, Path) else ()


def _required(policies: Sequence[Policy]) -> dict[tuple[str, Field], set[str]]:
    """The policies that report a missing field, by kind and field."""
    required: dict[tuple[str, Field], set[str]] = {}
    for policy in policies:
        if isinstance(policy.subject, EachComponent) and isinstance(policy.verb, Must):
            own = {_field(part.part) for part in _opting(policy.subject.selector)}
            for part in conjuncts(policy.verb.condition):
                for field in _required_fields(part) - own:
                    for kind in policy.subject.selector.kinds:
                        required.setdefault((kind, field), set()).add(policy.name)
    return required


def _required_fields(part: Expression) -> set[Field]:
    """The fields without which a condition is not true: one that requires a field to be set, or that compares fields.

    Of alternatives that each require a field all are required: a manifest without either is reported.
    """
    if isinstance(part, Given):
        return {_field(part.part)}
    if isinstance(part, Either):
        alternatives = [_required_fields(inner) for inner in part.parts]
        return set().union(*alternatives) if all(alternatives) else set()
    if isinstance(part, Compare | Member | Subset | Like | Path):
        return {_field(path) for path in expressions_of(part) if isinstance(path, Path)}
    return set()


def _is_required(
    kind: str, field: Field, policy: Policy, required: dict[tuple[str, Field], set[str]], vocabulary: Vocabulary
) -> bool:
    spec = vocabulary.kinds[kind].fields.get(field[0])
    if len(field) == 1 and spec is not None and spec.absent in {"default", "floor"}:
        return True
    return bool(required.get((kind, field), set()) - {policy.name})


def _problem(keys: Keys, part: Given, field: Field, kinds: list[str]) -> Problem:
    name = ".".join(field)
    message = (
        f"{listed(kinds)} without {name} is not judged, and no policy requires {name}; require it, or judge those without it"
    )
    for key in ("each", "all", "must_not_reach"):
        source = keys.source(key)
        start = source.text.find(part.text) if source else -1
        if source and start >= 0:
            return source.problem("P028", message, start, start + len(part.text))
    node: Node | None = keys.get("each") or keys.get("all")
    place = keys.document.locate(node if isinstance(node, Scalar) else keys.node)
    return Problem(place, "P028", message)
