"""Which finding asks for an undeclared field, and which findings wait for that field."""

from collections.abc import Iterable

from shipcheck.model.finding import Finding


def asked_fields(finding: Finding) -> tuple[str, ...]:
    """The fields that a finding asks for; none unless undeclared fields of its own subject are all that is wrong.

    A finding that is uncertain for another reason asks for nothing: it waits.
    """
    fields = tuple(dict.fromkeys(reason.field for reason in finding.reasons))
    own = f"{finding.subject}."
    if not fields or finding.target is not None or finding.witness:
        return ()
    if not all(reason.missing and reason.field.startswith(own) for reason in finding.reasons):
        return ()
    return fields if set(finding.waits_for) <= set(fields) else ()


class Asks:
    """The finding that asks for each field: of several the first, in the order in which they are given."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_field: dict[str, Finding] = {}
        for finding in findings:
            for field in asked_fields(finding):
                self._by_field.setdefault(field, finding)

    def decides(self, finding: Finding) -> Finding | None:
        """The finding below which another is shown, itself if it asks for a field first; None if nobody asks for its fields.

        One that asks for several fields is shown below another only if that one asks for them all.
        """
        fields = asked_fields(finding)
        if fields:
            askers = [self._by_field[field] for field in fields]
            return askers[0] if all(asker is askers[0] for asker in askers) else finding
        return next((self._by_field[field] for field in finding.waits_for if field in self._by_field), None)
