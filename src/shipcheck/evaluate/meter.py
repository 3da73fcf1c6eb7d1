"""How much work one policy may be: hostile manifests can ask for more than anyone would wait for."""

from shipcheck.errors import CannotJudgeError
from shipcheck.graph.graph import Node

# A policy over an honest graph of tens of thousands of components stays far below these, which are seconds of work.
_FEWEST_STEPS = 20_000_000
_STEPS_A_COMPONENT = 100
_FEWEST_ELEMENTS = 20_000_000
_ELEMENTS_A_COMPONENT = 100
# What explanations may take before they become shorter.
_HOPS_SHOWN = 20_000
_GATES_TRIED = 200_000
_LISTING_STEPS = 5_000_000
_EXPLAINING_STEPS = 2_000_000


class SpentError(CannotJudgeError):
    """The work of a policy is spent; the text says on what, and what to do about it. `WorkLimitError` adds policy and place."""


class Meter:
    """Counts down the work that is left to one policy; `size` is the number of components and links of the graph.

    Judging has budgets of its own, so that no explanation and no other policy takes from them. `at` is the component that is
    being judged, None before the first.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self.reset()

    def reset(self) -> None:
        """Full budgets, for the next policy."""
        self.at: Node | None = None
        self._steps = _FEWEST_STEPS + _STEPS_A_COMPONENT * self._size
        self._hops = _HOPS_SHOWN
        self._gates = _GATES_TRIED
        self._listing = _LISTING_STEPS + self._size
        self._explaining = _EXPLAINING_STEPS + self._size
        self.renew_elements()

    def renew_elements(self) -> None:
        """The full budget of elements, for what comes after judging."""
        self._elements = _FEWEST_ELEMENTS + _ELEMENTS_A_COMPONENT * self._size

    @property
    def steps_left(self) -> int:
        """How many steps of searches are left."""
        return self._steps

    @property
    def listing_left(self) -> int:
        """How many steps are left for finding out which subject reaches which target."""
        return self._listing

    def spend_steps(self, steps: int) -> None:
        """Spend `steps` of searches, each about one hop visited.

        Raises:
            SpentError: none are left.
        """
        self._steps -= steps
        if self._steps < 0:
            raise SpentError(
                "its paths need too many searches, one for each combination of the values that its gates and targets read; "
                "give these components fewer different values, or split the repository"
            )

    def spend_elements(self, elements: int) -> None:
        """Spend `elements` of lists that a condition reads.

        Raises:
            SpentError: none are left.
        """
        self._elements -= elements
        if self._elements < 0:
            raise SpentError(
                "its lists are too long, as it compares many components with many others; link fewer components to each other, "
                "or split the repository"
            )

    def can_show(self, hops: int) -> bool:
        """Whether `hops` more may be shown; they are spent if so."""
        if hops > self._hops:
            return False
        self._hops -= hops
        return True

    def can_list(self, steps: int) -> bool:
        """Spend `steps` on finding out which subject reaches which target; whether any are left."""
        self._listing -= steps
        return self._listing > 0

    def can_explain(self, steps: int) -> bool:
        """Spend `steps` on how a subject misses its targets; whether any are left."""
        self._explaining -= steps
        return self._explaining > 0

    def can_try(self, gates: int) -> bool:
        """Whether `gates` more may be tried for a fix; they are spent if so."""
        if gates > self._gates:
            return False
        self._gates -= gates
        return True
