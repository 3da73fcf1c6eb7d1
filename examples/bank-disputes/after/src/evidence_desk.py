"""The evidence desk: a person who reads what a merchant gets to see."""


class EvidenceDesk:
    """Requests that wait for a reader."""

    def wait_for_reader(self, request: str) -> str:
        """The request as the reader lets it go out."""
        raise NotImplementedError(request)
