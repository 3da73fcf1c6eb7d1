"""The card desk: a person who decides whether a card is blocked."""


class CardDesk:
    """Questions that wait for the duty officer."""

    def wait_for_answer(self, card: str) -> bool:
        """Whether the duty officer lets the card be blocked."""
        raise NotImplementedError(card)
