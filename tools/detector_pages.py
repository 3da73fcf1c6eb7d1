"""The generated page of the built-in detectors and of the tables of effects."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from reference_pages import NOTICE
from shipcheck.discover.read_take import KINDS, PART
from shipcheck.discover.rule import Callable, Detector
from shipcheck.vocabulary.vocabulary import Vocabulary

PAGE = "docs/reference/detectors.md"
REGISTRIES: Mapping[str, str] = {"pypi": "PyPI", "npm": "npm"}
NONE = "none"
# So many calls of an effect are shown for each registry.
_SHOWN = 3


def detectors_page(every: Sequence[Detector], vocabulary: Vocabulary) -> str:
    """Every detector with what it is about and finds, and every effect with how many calls have it."""
    tables = [each for each in every if is_table(each)]
    lines = [
        NOTICE.format(source="detectors/"),
        "# Built-in detectors",
        "",
        f"{len(every) - len(tables)} detectors say how components look in the code and files of frameworks, and",
        f"{len(tables)} tables say what calls do. [Writing detectors](../detectors.md) describes the format.",
        "",
        *_detectors([each for each in every if not is_table(each)]),
        *_effects(tables, (*vocabulary.choices["effect"].words, NONE)),
        *_tables(tables),
    ]
    return "\n".join(lines) + "\n"


def is_table(detector: Detector) -> bool:
    """Whether a detector finds effects and nothing else."""
    return not detector.file_rules and all(rule.effect for rule in detector.rules)


def kinds_of(detector: Detector) -> dict[str, int]:
    """How many rules find each kind, in the order of the vocabulary; rules that find only links count as `part`."""
    found = [rule.finds for rule in detector.rules if rule.finds]
    found += [kind for rule in detector.file_rules for kind in dict.fromkeys(take.kind for take in rule.takes)]
    return {kind: found.count(kind) for kind in (*KINDS, PART) if kind in found}


def _detectors(detectors: Iterable[Detector]) -> Iterator[str]:
    yield from (
        "## Detectors",
        "",
        "How many rules find each kind is in brackets; *links* are rules that find no component of their own. A detector without",
        "a package is about files or texts of any framework. In versions that are not named, a framework may look different.",
        "",
        "| detector | framework | packages | finds | rules | written from |",
        "|---|---|---|---|---|---|",
    )
    for each in sorted(detectors, key=lambda one: (one.title.casefold(), one.name)):
        packages = ", ".join(f"`{name}{wanted}` ({REGISTRIES[registry]})" for registry, name, wanted in each.distributions)
        kinds = ", ".join(f"{_kind(kind)} ({count})" for kind, count in kinds_of(each).items())
        rules = len(each.rules) + len(each.file_rules)
        yield f"| {each.name} | {each.title} | {packages} | {kinds} | {rules} | {_sources(each)} |"
    yield ""


def _kind(kind: str) -> str:
    return "links" if kind == PART else kind.replace("_", " ")


def _sources(detector: Detector) -> str:
    """A link to each source, by the name of its site; further ones of the same site by number."""
    seen: dict[str, int] = {}
    links = []
    for source in detector.sources:
        site = urlsplit(source).hostname or source
        seen[site] = seen.get(site, 0) + 1
        links.append(f"[{site if seen[site] == 1 else seen[site]}]({source})")
    return ", ".join(links)


def calls_by_effect(tables: Iterable[Detector]) -> dict[str, list[Callable]]:
    """The callables of each effect, each once, in the order of the tables."""
    found: dict[str, dict[Callable, None]] = {}
    for table in tables:
        for rule in table.rules:
            found.setdefault(rule.effect, {}).update(dict.fromkeys(rule.callables))
    return {effect: list(calls) for effect, calls in found.items()}


def _effects(tables: Iterable[Detector], words: Iterable[str]) -> Iterator[str]:
    yield from (
        "## Effects",
        "",
        "How many calls of packages of PyPI and npm have each effect. A call can have several, and some only with certain",
        "arguments, such as the first word of a statement of SQL. `none` are calls that are known to have no effect; what is in",
        "none of the tables is unknown.",
        "",
        "| effect | PyPI | npm | for example |",
        "|---|---|---|---|",
    )
    calls = calls_by_effect(tables)
    for effect in words:
        here = calls.get(effect, [])
        by_registry = {ecosystem: [call for call in here if call.ecosystem == ecosystem] for ecosystem in REGISTRIES}
        shown = ", ".join(f"`{call}`" for some in by_registry.values() for call in _telling(some))
        counts = " | ".join(str(len(some)) for some in by_registry.values())
        yield f"| {effect.replace('_', ' ')} | {counts} | {shown} |"
    yield ""


def _telling(calls: Iterable[Callable]) -> list[Callable]:
    """Some calls, each of another package: the first one that is written without wildcards."""
    by_package: dict[str, Callable] = {}
    for call in calls:
        if "*" not in str(call):
            by_package.setdefault(call.package.partition(":")[0] or call.names[0], call)
    return list(by_package.values())[:_SHOWN]


def _tables(tables: Iterable[Detector]) -> Iterator[str]:
    yield from ("## Tables of effects", "", "| table | about | effects | calls | written from |", "|---|---|---|---|---|")
    for table in sorted(tables, key=lambda one: one.name):
        calls = calls_by_effect([table])
        effects = ", ".join(effect.replace("_", " ") for effect in sorted(calls))
        yield f"| {table.name} | {table.title} | {effects} | {sum(map(len, calls.values()))} | {_sources(table)} |"
