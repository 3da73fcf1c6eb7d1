"""Joins what files of configuration name with what code makes: the same component, under the name that clients use."""

from collections.abc import Callable, Iterable

from shipcheck.code.possible_values import Alternative, Literal, Spot
from shipcheck.discover.engine import Engine
from shipcheck.discover.file_rules import FileFinding, find_in_files
from shipcheck.discover.parse_files import ParseYaml
from shipcheck.discover.rule import Detector
from shipcheck.discover.sightings import Found, FoundLink
from shipcheck.model.observed import CERTAIN

Read = Callable[[str], bytes | None]


def take_files(engine: Engine, paths: Iterable[str], read: Read, parse_yaml: ParseYaml) -> dict[str, str]:
    """Add what files name to the components of the engine; the files that could not be read, and why."""
    detectors = {id(rule): each for each in engine.rules.detectors for rule in each.file_rules}
    rules = [rule for each in engine.rules.detectors for rule in each.file_rules]
    files = find_in_files(rules, paths, read, parse_yaml)
    named: dict[tuple[str, str], Found] = {}
    for finding in files.findings:
        found = _component(engine, finding, detectors[id(finding.rule)])
        named.setdefault((found.kind, finding.name), found)
    for finding in files.findings:
        found = named[(finding.kind, finding.name)]
        for link in finding.links:
            target = named.get((link.kind, link.name))
            spot = Spot(finding.path, (link.line, link.column - 1, link.line, link.column - 1))
            found.link_to(FoundLink(link.link, target, "code", "", (), spot, "" if target else link.name))
    return {each.path: each.why for each in files.unread}


def _component(engine: Engine, finding: FileFinding, detector: Detector) -> Found:
    found = _in_code(engine, finding)
    spot = Spot(finding.path, (finding.line, finding.column - 1, finding.line, finding.column - 1 + len(finding.name)))
    if found is None:
        found = Found(finding.kind, finding.name, spot, (), detector, CERTAIN, finding.rule)
        engine.finder.components.append(found)
    else:
        found.names.append(found.name)
        found.name = finding.name
        found.also.append(spot)
    for name, value in (*finding.fields, *finding.constants):
        found.fields.setdefault(name, []).append(Alternative(Literal(value, spot)))
    if finding.guards:
        found.link_to(FoundLink("guards", None, "code", "", (), spot, finding.guards))
    if finding.take.gate_class:
        found.fields.setdefault("class", []).append(Alternative(Literal(finding.take.gate_class, spot)))
        if finding.take.bypass:
            found.fields.setdefault("bypass", []).append(Alternative(Literal(value=True, spot=spot)))
        if finding.value:
            found.fields.setdefault("value", []).append(Alternative(Literal(finding.value, spot)))
    return found


def _in_code(engine: Engine, finding: FileFinding) -> Found | None:
    """The component that code makes where a file says that it is: by file and variable."""
    path, _, variable = finding.code.partition(":")
    if not variable:
        return None
    scope = engine.repository.top(path)
    for binding in scope.table.names.get(variable, []) if scope is not None else []:
        if scope is None or isinstance(binding.value, tuple | None):
            continue
        for item in engine.resolver.ask(binding.value, scope):
            found = engine.finder.observe(item.value)
            if found is not None and found.kind == finding.kind and not found.hidden:
                return found
    for found in engine.finder.components:
        if found.kind == finding.kind and found.spot.path == path and variable in {found.name, *found.names, *found.symbol}:
            return found
    return None
