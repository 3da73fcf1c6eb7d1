"""Components that are missing from the manifests but are still declared in files that are not read."""

from collections.abc import Collection, Iterable

from shipcheck.compare.rules import HIDDEN, Difference, result
from shipcheck.english import counted
from shipcheck.model.component import Manifest, Reference
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult


def hidden(
    missing: Collection[Reference], unread: Iterable[Manifest], emptied: Location | None, severity: Severity
) -> PolicyResult:
    """The missing components that are declared in manifests that are not read.

    `emptied` is the place of the head's nothing_to_declare, if any, which has this severity.
    """
    moved: dict[Reference, Difference] = {}
    for manifest in unread:
        for component in manifest.components:
            reference = component.reference
            if reference in missing and reference not in moved:
                path = manifest.source.file.path
                message = f"{reference} is declared in {path}, which is not read"
                moved[reference] = Difference(str(reference), message, manifest.source.locate(component.key), Severity.ERROR)
    differences = [moved[reference] for reference in sorted(moved)]
    if missing and emptied is not None:
        text = f"the base declares {counted(len(missing), 'component')}, but the head declares nothing_to_declare"
        differences.append(Difference("nothing_to_declare", text, emptied, severity))
    return result(HIDDEN, differences, len(missing))
