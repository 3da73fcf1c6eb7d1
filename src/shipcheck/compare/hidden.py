"""Components that are gone from the manifests, and are still declared where no manifest is read."""

from collections.abc import Collection, Iterable

from shipcheck.compare.rules import HIDDEN, RuleFinding, result
from shipcheck.english import counted
from shipcheck.graph.graph import Graph
from shipcheck.model.component import Manifest, Reference
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult


def gone(base: Graph, head: Graph) -> frozenset[Reference]:
    """The components that only the base declares."""
    return frozenset(base.index.keys() - head.index.keys())


def hidden(missing: Collection[Reference], unread: Iterable[Manifest], emptied: Location | None) -> PolicyResult:
    """Which of the missing components are declared in manifests that are not read.

    `emptied` is where the head says that there is nothing to declare, if it does.
    """
    found: dict[Reference, RuleFinding] = {}
    for manifest in unread:
        for component in manifest.components:
            reference = component.reference
            if reference in missing and reference not in found:
                path = manifest.source.file.path
                message = f"{reference} is declared in {path}, where no manifest is read"
                found[reference] = RuleFinding(str(reference), message, manifest.source.locate(component.key), Severity.ERROR)
    findings = [found[reference] for reference in sorted(found)]
    if missing and emptied is not None:
        text = f"the base declares {counted(len(missing), 'component')}, and now there is said to be nothing to declare"
        findings.append(RuleFinding("nothing_to_declare", text, emptied))
    return result(HIDDEN, findings, len(missing))
