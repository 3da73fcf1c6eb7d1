"""How much work a run may do: hostile manifests can ask for more than anybody would wait for."""

from shipcheck.errors import CannotJudgeError

# An honest graph of a hundred thousand components stays far below these.
_FEWEST_STEPS = 700_000
_STEPS_A_COMPONENT = 20
_FEWEST_ELEMENTS = 1_000_000
_ELEMENTS_A_COMPONENT = 15
# What explanations may take before they become shorter.
_HOPS_SHOWN = 20_000
_GATES_TRIED = 200_000
_LISTING_STEPS = 300_000


class Meter:
    """Counts down what is left to spend in one run over a graph of so many components and links."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.fill()

    def fill(self) -> None:
        """Begin anew, as a run of its own would."""
        self._steps = _FEWEST_STEPS + _STEPS_A_COMPONENT * self._size
        self._elements = _FEWEST_ELEMENTS + _ELEMENTS_A_COMPONENT * self._size
        self._hops = _HOPS_SHOWN
        self._gates = _GATES_TRIED
        self._listing = _LISTING_STEPS

    def walk(self, steps: int) -> None:
        """Spend steps of a search.

        Raises:
            CannotJudgeError: none are left.
        """
        self._steps -= steps
        if self._steps < 0:
            raise CannotJudgeError(
                "the walks of this graph are too many to judge: one web of agents has too many different owners and sets of "
                "effects; check its parts one by one"
            )

    def look(self, elements: int) -> None:
        """Spend elements of lists that a condition looks through.

        Raises:
            CannotJudgeError: none are left.
        """
        self._elements -= elements
        if self._elements < 0:
            raise CannotJudgeError(
                "the lists of this graph are too long to judge: policies compare too many components with too many others; "
                "check its parts one by one"
            )

    def show(self, hops: int) -> bool:
        """Whether so many hops may still be shown; they are spent where they may."""
        if hops > self._hops:
            return False
        self._hops -= hops
        return True

    def list(self, steps: int) -> bool:
        """Spend steps on finding out which subject reaches which target; whether any are left."""
        self._listing -= steps
        return self._listing > 0

    def try_gates(self, gates: int) -> bool:
        """Whether so many gates may still be tried for a fix; they are spent where they may."""
        if gates > self._gates:
            return False
        self._gates -= gates
        return True
