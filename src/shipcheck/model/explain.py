"""A policy in plain English: its sentences, and the other parts of an explanation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from shipcheck.model.change import Rule
from shipcheck.model.policy import Parameter, Policy
from shipcheck.model.policy_check import Cost
from shipcheck.model.problem import Problem


class Line(NamedTuple):
    """One line of an explanation; lines of depth 1 and more are the list that the line above them introduces."""

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
class Reading:
    """One policy in plain English.

    `asks` is the requirement, `means` the definitions of the named selectors in it, `severity` the severity of a finding, and
    `unknown` the effect of values that are not declared. `words` are the words of choices that occur, each with its meaning.
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


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases of a policy's tests make it fail, pass and find nothing to judge, and their files."""

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

    reading: Reading
    tested: CaseCounts | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One policy with its source in the pack and an example that fails and one that passes, each empty if the pack has none."""

    reading: Reading
    source: tuple[str, ...]
    fails: str
    passes: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What `shipcheck explain` prints: the policy or built-in rule that was named, else a list of the policies in use.

    With problems there is nothing else; `misused` says that the settings are wrong.
    """

    policies: tuple[Policy, ...]
    explanation: Explanation | Rule | None
    problems: tuple[Problem, ...] = ()
    texts: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    misused: bool = False
