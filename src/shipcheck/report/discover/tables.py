"""A discovery as tables: components, gate candidates, effects and coverage, in the order to print."""

from collections.abc import Iterator

from shipcheck.english import counted
from shipcheck.model.discover import DiscoverReport
from shipcheck.model.location import Location
from shipcheck.model.observed import Coverage, NotRead, Observed
from shipcheck.model.table import Cell, Column, Row, Table
from shipcheck.report.discover.values import details, files, gate_value, headed, names_of, some

# Kinds in the order in which a reader asks about them; others follow by name.
_ORDER = ("agent", "action", "tool_server", "model", "prompt", "gate", "dataset", "audit_sink", "system")
_COMPONENTS = (Column("component", "Component"), Column("place", "Place"), Column("details", "What is known"))
_GATES = (
    Column("gate", "Gate candidate"),
    Column("class", "Class"),
    Column("value", "Value"),
    Column("on", "On"),
    Column("place", "Place"),
)
_EFFECTS = (
    Column("of", "Of"),
    Column("effect", "Effect"),
    Column("call", "Call"),
    Column("place", "Place"),
    Column("through", "Through"),
)
_COVERAGE = (Column("what", "What"), Column("why", "Why"), Column("files", "Files"))


def ordered(report: DiscoverReport) -> tuple[Observed, ...]:
    """The components that are shown, by kind, file and line."""
    ranks = {kind: number for number, kind in enumerate(_ORDER)}
    return tuple(
        sorted(report.shown, key=lambda each: (ranks.get(each.kind, len(ranks)), each.kind, each.place, each.name, each.key))
    )


def component_tables(report: DiscoverReport) -> tuple[Table, ...]:
    """A table for each kind, with one row a component."""
    names = names_of(report.discovery)
    by_kind: dict[str, list[Row]] = {}
    for each in ordered(report):
        cells = (Cell(headed(each, report.discovery), each.place), _place(each.place), Cell(details(each, names)))
        by_kind.setdefault(each.kind, []).append(Row(cells, each.place))
    return tuple(Table(kind, _COMPONENTS, tuple(rows)) for kind, rows in by_kind.items())


def _place(place: Location) -> Cell:
    return Cell(place.spot, place)


def gate_table(report: DiscoverReport) -> Table:
    """The gate candidates of the components that are shown, each once."""
    names = names_of(report.discovery)
    found = {gate: None for each in ordered(report) for gate in each.gates}
    rows = []
    for gate in sorted(found, key=lambda gate: (gate.place, gate.name, gate.agent, gate.action)):
        parts = (names.get(gate.action, gate.action), names.get(gate.agent, gate.agent))
        on = " for ".join(part for part in parts if part)
        cells = (Cell(gate.name), Cell(gate.kind_of.replace("_", " ")), Cell(gate_value(gate)), Cell(on), _place(gate.place))
        rows.append(Row(cells, gate.place))
    return Table("gate candidates", _GATES, tuple(rows))


def effect_table(report: DiscoverReport) -> Table:
    """The effects of the components that are shown, and for each why some may be missing."""
    rows = []
    for each in ordered(report):
        for effect in sorted(each.effects or (), key=lambda effect: (effect.place, effect.effect)):
            through = ", ".join(f"{step.name} ({step.place.spot})" for step in effect.chain)
            cells = (Cell(each.name, each.place), Cell(effect.effect), Cell(effect.callable), _place(effect.place), Cell(through))
            rows.append(Row(cells, effect.place))
        for unknown in each.unknown_effects:
            place = _place(unknown.place) if unknown.place else Cell("")
            cells = (Cell(each.name, each.place), Cell("unknown"), Cell(unknown.why or unknown.value), place, Cell(""))
            rows.append(Row(cells, unknown.place or each.place))
    return Table("effects", _EFFECTS, tuple(rows))


def coverage_table(coverage: Coverage, most: int = 3) -> Table:
    """What was not looked into, or not completely, with at most so many files by name."""
    rows = tuple(Row(tuple(Cell(text) for text in texts)) for texts in _coverage(coverage, most))
    return Table("coverage", _COVERAGE, rows)


def _coverage(coverage: Coverage, most: int) -> Iterator[tuple[str, str, str]]:
    def of(what: str, lines: tuple[NotRead, ...]) -> Iterator[tuple[str, str, str]]:
        return ((what, line.detail, files(line.paths, most)) for line in lines)

    yield from of("not analysed", coverage.not_analysed)
    yield from of("unparsed", coverage.unparsed)
    if coverage.broken:
        yield "partly parsed", "not valid in its language", some((place.spot for place in coverage.broken), most)
    if coverage.cut:
        yield "given up", "too much to follow", some((f"{path} ({count})" for path, count in coverage.cut), most)
    for title, place in coverage.unknown_frameworks:
        yield "imported", f"{title}, which no detector knows", place.spot
    if coverage.aside:
        total = counted(sum(count for _, count in coverage.aside), "component")
        folders = some((f"{folder} ({count})" for folder, count in coverage.aside), 2 * most)
        yield "aside", f"{total} of tests, examples, documents or vendored code", folders
    yield from of("of these", coverage.of_these)


def counts_of(coverage: Coverage) -> str:
    """The sum that every run shows: what was seen is what was parsed, skipped, unparsed and not analysed."""
    unparsed, other = (sum(len(line.paths) for line in lines) for lines in (coverage.unparsed, coverage.not_analysed))
    return (
        f"{counted(coverage.seen, 'file')}: {coverage.parsed} parsed, {coverage.skipped} without anything that a detector looks "
        f"for, {unparsed} unparsed, {other} not analysed"
    )


def summary_of(report: DiscoverReport) -> str:
    """What was found, in one sentence; that a language is not analysed is said where nothing was found."""
    counts: dict[str, int] = {}
    for each in ordered(report):
        counts[each.kind.replace("_", " ")] = counts.get(each.kind.replace("_", " "), 0) + 1
    where = f"{report.root}/{report.only}" if report.only else report.root
    state = f"{report.source} {report.revision[:12]}".rstrip()
    if counts:
        return f"Found {some((counted(count, kind) for kind, count in counts.items()), len(counts))} in {where} ({state})."
    coverage = report.discovery.coverage
    left = sum(len(line.paths) for line in (*coverage.unparsed, *coverage.not_analysed))
    rest = f"; {counted(left, 'file was', 'files were')} not analysed, see below" if left else ""
    return f"Found no AI component in what was analysed of {where} ({state}){rest}."
