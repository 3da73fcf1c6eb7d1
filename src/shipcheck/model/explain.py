"""A policy in plain English, and what else its readers ask about."""

from dataclasses import dataclass, field
from typing import NamedTuple

from shipcheck.model.change import Rule
from shipcheck.model.location import Texts
from shipcheck.model.policy import Parameter, Policy
from shipcheck.model.policy_check import Cost
from shipcheck.model.problem import Problem


class Line(NamedTuple):
    """One line of an explanation. `depth` is how deep it is indented, from 0; a deeper line belongs to the one above it."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Reads:
    """What a policy reads: fields, derived values and facts as `kind.field`, and links by their names."""

    fields: tuple[str, ...]
    links: tuple[str, ...]
    derived: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyInEnglish:
    """One policy in plain English.

    `asks` says what is asked of what, `means` what the named selectors in it mean, `severity` how severe a finding is, and
    `unknown` what happens to undeclared values. `words` are the words of choices that occur, each with its meaning; `own_fields`
    are the fields of packs that it reads, each with its description.
    """

    policy: Policy
    asks: tuple[Line, ...]
    means: tuple[Line, ...]
    severity: str
    unknown: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    parameters: tuple[Parameter, ...]
    cost: Cost
    reads: Reads
    own_fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases of a policy's tests fail it, pass it and have nothing to judge, and their files."""

    fails: int
    passes: int
    not_applicable: int
    files: tuple[str, ...]

    @property
    def cases(self) -> int:
        """The number of all cases."""
        return self.fails + self.passes + self.not_applicable


@dataclass(frozen=True, slots=True)
class ExplainedPolicy:
    """One policy in full; `tested` is None if the tests of its pack are malformed."""

    reading: PolicyInEnglish
    tested: CaseCounts | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One policy with its source in the pack and an example that fails and one that passes, each empty if the pack has none."""

    reading: PolicyInEnglish
    source: tuple[str, ...]
    fails: str
    passes: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What `shipcheck explain` prints: the policy or built-in rule that was named, else a list of the policies in use.

    With problems there is nothing else; `settings_invalid` says that the settings are wrong.
    """

    policies: tuple[Policy, ...]
    explanation: Explanation | Rule | None
    problems: tuple[Problem, ...] = ()
    texts: Texts = field(default_factory=dict)
    settings_invalid: bool = False
