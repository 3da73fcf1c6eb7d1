"""Discovery in this process, over a repository that is a few texts: what was found, as short lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.support.worlds import vocabulary

from shipcheck.code.repository import Repository
from shipcheck.discover.engine import Engine
from shipcheck.discover.publish import Publisher
from shipcheck.discover.take_files import take_files
from shipcheck.model.document import File
from shipcheck.model.location import HEAD, Location, whole_file
from shipcheck.model.observed import CERTAIN, CODE, Discovery, Known, Observed, ObservedLink
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.pipeline.detectors import link_kinds, load_detectors, parse_yaml
from shipcheck.pipeline.discovery import discover_all
from shipcheck.pipeline.prepare import PacksInUse, Prepared
from shipcheck.sources.source import BEGINNING, Source

Files = Mapping[str, str | bytes]


class Memory(Source):
    """Files in memory. `links` are paths that are no regular files; `opened` is every path that was read."""

    def __init__(self, files: Files, links: Iterable[str] = ()) -> None:
        self.links = frozenset(links)
        super().__init__("worktree", tuple(sorted({*files, *self.links})))
        self.contents = as_bytes(files)
        self.opened: list[str] = []

    def file(self, path: str) -> File | Problem:
        """The file, or that it is a link."""
        self.opened.append(path)
        if path in self.links:
            return Problem(whole_file(HEAD, path), "link", "is a symbolic link")
        return File(self.origin, path, self.contents[path])

    def holds(self, path: str) -> bool | None:
        """Whether it is one of the regular files."""
        return path in self.contents

    def beginnings(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | Problem | None]]:
        """The beginnings of these files."""
        for path in paths:
            yield path, self.contents[path][:BEGINNING]


def as_bytes(files: Files) -> dict[str, bytes]:
    """The contents of the files; texts are UTF-8."""
    return {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}


@cache
def kinds() -> dict[str, frozenset[str]]:
    """The kinds that each link may lead to."""
    return link_kinds(vocabulary())


class Found(NamedTuple):
    """What the engine found, as lines. Each list is sorted."""

    components: tuple[Observed, ...]

    @property
    def names(self) -> list[str]:
        """`kind name file:line` of each component, and the confidence where it is not certain."""
        return sorted(_component(each) for each in self.components)

    def of(self, *wanted: str) -> list[str]:
        """The names of the components of these kinds."""
        return [name for name in self.names if name.split()[0] in wanted]

    @property
    def keys(self) -> list[str]:
        """The keys of all components."""
        return sorted(each.key for each in self.components)

    @property
    def links(self) -> list[str]:
        """`name link target` of each link; `[how]` where it is not in the code, `(why)` where not known, `if` a condition."""
        named = {each.key: each.name for each in self.components}
        return sorted(_link(each, link, named) for each in self.components for link in each.links)

    def link(self, *wanted: str) -> list[str]:
        """The links with these names."""
        return [line for line in self.links if any(f" {word} " in line for word in wanted)]

    @property
    def gates(self) -> list[str]:
        """`name class value` of each gate candidate, `bypass` where it takes a gate away, with `agent` and `action` it is on."""
        return sorted(line for each in self.components for line in self._gates(each))

    def _gates(self, owner: Observed) -> Iterator[str]:
        named = {each.key: each.name for each in self.components}
        for gate in owner.gates:
            word = " bypass" if gate.bypass else ""
            yield f"{owner.name}: {gate.name} {gate.kind_of} {_known(gate.value)}{word} on {named.get(gate.agent, '-')} " + (
                named.get(gate.action, "-")
            )

    @property
    def effects(self) -> list[str]:
        """`name effect file:line via helper file:line`; `name unknown: why`; `name none` where a body does nothing."""
        return sorted(line for each in self.components if each.kind == "action" for line in _effects(each))

    def fields(self, name: str) -> list[str]:
        """The values of a field of every component, with how each is known."""
        found = (field for each in self.components for field in each.fields if field.name == name)
        return sorted(_known(value) for field in found for value in field.values)


def discovered(files: Files, order: Sequence[str] | None = None, raw: Sequence[str] = ()) -> Found:
    """What the engine finds with the built-in detectors, the paths given in an order."""
    contents = as_bytes(files)
    paths = tuple(order if order is not None else [*contents, *raw])
    repository = Repository(paths, contents.get)
    engine = Engine(repository, load_detectors(), kinds())
    engine.run()
    take_files(engine, paths, contents.get, parse_yaml)
    return Found(Publisher(contents.get, HEAD).all(engine.finder.components))


def answered(files: Files, links: Iterable[str] = ()) -> Discovery:
    """All that discovery says about a repository: with what is aside, and the coverage."""
    source = Memory(files, links)
    packs = PacksInUse()
    prepared = Prepared(Path("/repository"), vocabulary(), source, Settings(), packs, (), (), (), ())
    return discover_all(prepared)


def seen(discovery: Discovery) -> Found:
    """The components that count."""
    return Found(tuple(each for each in discovery.components if not each.aside))


def unparsed(discovery: Discovery) -> dict[str, str]:
    """The files that could not be read, and why."""
    return {path: line.reason for line in discovery.coverage.unparsed for path in line.paths}


def _at(place: Location) -> str:
    return f"{place.path}:{place.line}"


def _component(each: Observed) -> str:
    sure = "" if each.confidence == CERTAIN else f" {each.confidence}"
    return f"{each.kind} {each.name} {_at(each.place)}{sure}"


def _known(known: Known) -> str:
    how = "" if known.how == CODE else f" [{known.how}]"
    why = f" ({known.why})" if known.why else ""
    when = f" if {known.when}" if known.when else ""
    return f"{known.value}{how}{why}{when}".strip()


def _link(owner: Observed, link: ObservedLink, named: Mapping[str, str]) -> str:
    known = link.known._replace(value=named.get(link.target, link.known.value))
    return f"{owner.name} {link.link} {_known(known)}"


def _effects(each: Observed) -> Iterator[str]:
    for effect in each.effects or ():
        way = "".join(f" via {step.name} {_at(step.place)}" for step in effect.chain)
        yield f"{each.name} {effect.effect} {_at(effect.place)}{way}"
    for known in each.unknown_effects:
        yield f"{each.name} unknown: {known.why}"
    if each.effects == () and not each.unknown_effects:
        yield f"{each.name} none"
