"""The engine of discovery over the files of one state of a repository, and what files of configuration name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from shipcheck.code.form import Span
from shipcheck.code.repository import Repository
from shipcheck.discover.engine import Engine
from shipcheck.discover.kept_values import without_quotes
from shipcheck.discover.only_add import with_all
from shipcheck.discover.path_coverage import Reading
from shipcheck.discover.publish import Publisher
from shipcheck.discover.reach import loads_by_name, reached
from shipcheck.discover.rule import Detector
from shipcheck.discover.take_files import take_files
from shipcheck.model.location import Location
from shipcheck.model.observed import Observed
from shipcheck.model.problem import Problem
from shipcheck.pipeline.detectors import detectors_in_use, link_kinds, parse_yaml
from shipcheck.pipeline.prepare import Prepared, Progress
from shipcheck.sources.source import Source

ANALYSING = "analysing"


@dataclass(frozen=True, slots=True)
class Seen:
    """The components, how far the engine came, and the detectors that looked.

    `reached` are files of tests and examples that code elsewhere imports; with `loads_by_name` any file may be one of them.
    """

    components: tuple[Observed, ...]
    reading: Reading
    problems: tuple[Problem, ...] = ()
    detectors: tuple[Detector, ...] = ()
    reached: frozenset[str] = frozenset()
    loads_by_name: bool = False


def observe(prepared: Prepared, contents: Mapping[str, bytes], progress: Progress) -> Seen:
    """Every component in the code and the files of the state that is prepared; `contents` are the files with a front end."""
    detectors = detectors_in_use(prepared)
    source = prepared.source
    repository = Repository(source.paths, _reader(source, contents))
    engine = Engine(repository, detectors.all, link_kinds(prepared.vocabulary))
    engine.run(lambda done, total: progress(ANALYSING, done, total))
    unread = take_files(engine, source.paths, source.read, parse_yaml)
    publisher = Publisher(repository.read, source.origin)
    parsed = frozenset(repository.forms)
    unparsed = {path: each.reason for path, each in repository.unparsed.items() if path in contents}
    reading = Reading(
        parsed=parsed,
        skipped=frozenset(contents) - parsed - frozenset(unparsed),
        unparsed={path: without_quotes(why) for path, why in (unparsed | unread).items()},
        broken=tuple(_place(source, path, span) for path, span in _not_read(repository)),
        cut=tuple(sorted(engine.resolver.cut.items())),
    )
    components = publisher.all(engine.finder.components)
    if len(detectors.built_in) < len(detectors.all):
        components = with_all(_found_by_built_in(prepared, detectors.built_in, contents), components)
    return Seen(components, reading, detectors.problems, detectors.all, reached(repository), loads_by_name(contents))


def _found_by_built_in(
    prepared: Prepared, detectors: tuple[Detector, ...], contents: Mapping[str, bytes]
) -> tuple[Observed, ...]:
    """What is found without the detectors of the repository, which can only add to it."""
    source = prepared.source
    repository = Repository(source.paths, _reader(source, contents))
    engine = Engine(repository, detectors, link_kinds(prepared.vocabulary))
    engine.run()
    take_files(engine, source.paths, source.read, parse_yaml)
    return Publisher(repository.read, source.origin).all(engine.finder.components)


def _not_read(repository: Repository) -> Iterator[tuple[str, Span]]:
    """What of files could not be parsed, or is nested too deeply to be read."""
    spans = [(path, span) for path, form in repository.forms.items() for span in form.broken]
    spans += [(path, span) for path, some in repository.too_deep.items() for span in some]
    yield from sorted(set(spans))


def _reader(source: Source, contents: Mapping[str, bytes]) -> Callable[[str], bytes | None]:
    return lambda path: contents[path] if path in contents else source.read(path)


def _place(source: Source, path: str, span: Span) -> Location:
    return Location(source.origin, path, span[0], span[1] + 1, span[2], span[3] + 1)
