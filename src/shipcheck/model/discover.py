"""What `shipcheck discover` answers: what was found in one state of a repository, and what of it is asked for."""

from dataclasses import dataclass

from shipcheck.model.observed import Discovery, Explained, Observed
from shipcheck.model.problem import Problem


@dataclass(frozen=True, slots=True)
class DiscoverReport:
    """A discovery, and what of it is shown.

    `shown` are the components that `only` and `kinds` leave: a path from the root, empty for all of it, and kinds, none for all.
    `aside` are those of tests, examples, documents and vendored code, which are only counted for people.
    `explained` answers for one line. `problems` make the answer incomplete: detectors that cannot be read, and gaps that the
    setting `code` does not allow. `idle` are folders of that setting in which there is no file.
    """

    version: str
    source: str
    revision: str
    root: str
    discovery: Discovery
    shown: tuple[Observed, ...]
    aside: tuple[Observed, ...] = ()
    only: str = ""
    kinds: tuple[str, ...] = ()
    explained: Explained | None = None
    problems: tuple[Problem, ...] = ()
    idle: tuple[str, ...] = ()
