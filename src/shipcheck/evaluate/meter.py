"""How much work a run may do: hostile manifests can ask for more than anyone would wait for."""

from shipcheck.errors import CannotJudgeError

# An ordinary graph of a hundred thousand components stays far below these.
_FEWEST_STEPS = 700_000
_STEPS_A_COMPONENT = 20
_FEWEST_ELEMENTS = 1_000_000
_ELEMENTS_A_COMPONENT = 15
# What explanations may take before they become shorter.
_HOPS_SHOWN = 20_000
_GATES_TRIED = 200_000
_LISTING_STEPS = 300_000


class Meter:
    """Counts down the work that is left in one run; `size` is the number of components and links of the graph."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.reset()

    def reset(self) -> None:
        """Start again with full budgets, as a run of its own would."""
        self._steps = _FEWEST_STEPS + _STEPS_A_COMPONENT * self._size
        self._elements = _FEWEST_ELEMENTS + _ELEMENTS_A_COMPONENT * self._size
        self._hops = _HOPS_SHOWN
        self._gates = _GATES_TRIED
        self._listing = _LISTING_STEPS

    def spend_steps(self, steps: int) -> None:
        """Spend `steps` of searches, each about one hop visited.

        Raises:
            CannotJudgeError: none are left.
        """
        self._steps -= steps
        if self._steps < 0:
            raise CannotJudgeError(
                "too many paths to judge: agents that reach each other have too many different owners and sets of effects; "
                "check parts of the repository separately"
            )

    def spend_elements(self, elements: int) -> None:
        """Spend `elements` of lists that a condition reads.

        Raises:
            CannotJudgeError: none are left.
        """
        self._elements -= elements
        if self._elements < 0:
            raise CannotJudgeError(
                "lists too long to judge: policies compare too many components with too many others; "
                "check parts of the repository separately"
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

    def can_try(self, gates: int) -> bool:
        """Whether `gates` more may be tried for a fix; they are spent if so."""
        if gates > self._gates:
            return False
        self._gates -= gates
        return True
