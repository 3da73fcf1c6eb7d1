"""Which clauses the tests of a pack have produced as true, false and unknown."""

from collections.abc import Iterable

from shipcheck.model.expression import Expression
from shipcheck.model.location import Location
from shipcheck.model.policy import Pack, Policy
from shipcheck.model.policy_test import Seen, State
from shipcheck.policy_test.clause_list import Clause, policy_clauses, selector_clauses
from shipcheck.policy_test.policy_places import Places
from shipcheck.vocabulary.vocabulary import Vocabulary

SELECTOR = "select"
_Key = tuple[str, Expression, Expression]


class Coverage:
    """Collects observed values; a named selector's clauses are observed when a policy that uses it is tested."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._names = {
            named.selector.where: f"{SELECTOR} {named.name}" for named in pack.selectors if named.selector.where is not None
        }
        self._seen: dict[_Key, set[State]] = {}

    def add(self, policy: str, observations: Iterable[tuple[str, Expression, Expression, bool | None]]) -> None:
        """Add the values of clauses in the tests of one policy, as role, whole condition, clause and value."""
        for role, root, clause, value in observations:
            unit = self._names.get(root) or f"{policy} {role}"
            state: State = "unknown" if value is None else "true" if value else "false"
            self._seen.setdefault((unit, root, clause), set()).add(state)

    def clauses(self, policies: Iterable[Policy], vocabulary: Vocabulary, places: Places) -> list[Seen]:
        """Every clause of these policies and of the selectors that they use."""
        clauses = []
        chosen = list(policies)
        for policy in chosen:
            for clause in policy_clauses(policy, self._pack, vocabulary):
                key = (f"{policy.id} {clause.role}", clause.root, clause.clause)
                place = places.in_policy(policy, clause.clause.text)
                clauses.append(self._of(policy.id, key, clause, place))
        for name, selector in ((named.name, named.selector) for named in self._pack.selectors):
            unit = f"{SELECTOR} {name}"
            for clause in selector_clauses(selector, vocabulary):
                place = places.in_selector(name, clause.clause.text)
                clauses.append(self._of(unit, (unit, clause.root, clause.clause), clause, place))
        return clauses

    def _of(self, unit: str, key: _Key, clause: Clause, place: Location) -> Seen:
        return Seen(
            unit=unit,
            role=clause.role,
            text=" ".join(clause.clause.text.split()),
            location=place,
            possible=clause.possible,
            seen=frozenset(self._seen.get(key, ())),
        )
