"""What `shipcheck new use-case` prints."""

from dataclasses import dataclass

from shipcheck.model.report import Report


@dataclass(frozen=True, slots=True)
class NewUseCase:
    """The manifests that were written, what only the team can add to them, and the report of a check with them."""

    files: tuple[str, ...]
    say: tuple[str, ...]
    report: Report
