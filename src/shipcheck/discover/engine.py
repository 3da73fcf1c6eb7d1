"""The path of discovery: starting points, components, links, and what uses them, to a fixpoint."""

from collections.abc import Callable, Iterable, Mapping

from shipcheck.code.form import Function, Import
from shipcheck.code.possible_values import Routine, Spot
from shipcheck.code.repository import Repository, has_front_end
from shipcheck.code.resolver import Resolver
from shipcheck.code.sites import Lines, Words
from shipcheck.discover.bodies import Bodies
from shipcheck.discover.factories import drop_templates, find_factories, merge
from shipcheck.discover.finder import Finder
from shipcheck.discover.graphs import read_graphs
from shipcheck.discover.handed_on import ANY, HandedOn
from shipcheck.discover.linker import Linker
from shipcheck.discover.model_texts import Literals
from shipcheck.discover.rule import Detector
from shipcheck.discover.rule_index import Rules
from shipcheck.discover.sightings import Found
from shipcheck.discover.starts import modules_of, prefilter, uses

# Each round reads the files that use what was found in the one before.
_ROUNDS = 20
Progress = Callable[[int, int], None]


class Engine:
    """Discovery in one repository."""

    def __init__(self, repository: Repository, detectors: Iterable[Detector], kinds: Mapping[str, frozenset[str]]) -> None:
        self.repository = repository
        self.rules = Rules(detectors)
        packages = frozenset(name for each in self.rules.detectors for name in each.modules)
        self.resolver = Resolver(repository, packages)
        self.finder = Finder(self.resolver, self.rules)
        self.linker = Linker(self.finder, kinds)
        self.handed_on = HandedOn(repository, packages, self.rules.words())
        self.contents: dict[str, bytes] = {}
        self.started: list[str] = []

    def run(self, progress: Progress = lambda _done, _all: None) -> list[Found]:
        """Every component of the repository."""
        self._starting_points()
        words = Words(self.rules.words())
        known: frozenset[tuple[str, str]] = frozenset()
        factories: frozenset[tuple[str, str]] = frozenset()
        todo = list(self.started)
        for _ in range(_ROUNDS):
            for done, path in enumerate(todo):
                progress(done, len(todo))
                self.finder.scan(path, Lines(self.contents[path], self._words(path, words)))
            self.linker.run()
            find_factories(self.finder)
            handed = self.handed_on.look_at(todo)
            makers = frozenset(self.finder.makers | self.finder.lists.holders)
            made = (makers - known) | (self.finder.factories - factories)
            if not made and handed <= known:
                break
            todo = self._users(made, handed - known - made)
            words = Words(words.names | {name for _, name in makers | handed if name != ANY})
            known, factories = known | makers | handed, factories | self.finder.factories
        else:
            # What the last round made would be looked for in these files.
            self.resolver.cut.update({path: self.resolver.cut.get(path, 0) + 1 for path in todo})
        self.linker.run()
        drop_templates(self.finder)
        read_graphs(self.finder)
        Bodies(self.finder).run()
        self.linker.run()
        self.linker.resolve_texts()
        literals = Literals(self.finder)
        for path in sorted(self.contents):
            literals.read(path, self.contents[path])
        merge(self.finder)
        return self.finder.components

    def bodies_named(self, name: str) -> list[Found]:
        """The functions of that name as if they were tools, for the examples of tables of effects."""
        found: list[Found] = []
        detector = self.rules.detectors[0]
        for path in sorted(self.repository.paths):
            scope = self.repository.top(path)
            for binding in scope.table.names.get(name, []) if scope is not None else []:
                if isinstance(binding.value, Function) and scope is not None:
                    routine = Routine(binding.value, scope, Spot(path, binding.value.span))
                    found.append(Found("action", name, routine.spot, (), detector, "certain", None, body=(routine,)))
        bodies = Bodies(self.finder)
        for each in found:
            bodies.effects_of(each)
        return found

    def _starting_points(self) -> None:
        words = prefilter(self.rules.detectors)
        for path in sorted(self.repository.paths):
            if not has_front_end(path):
                continue
            content = self.repository.read(path)
            if content is None:
                continue
            self.contents[path] = content
            if any(word in content for word in words):
                self.started.append(path)

    def _words(self, path: str, words: Words) -> Words:
        """What is looked for in a file: also under the names by which the file imports it."""
        aliases = self._aliases(path, words.names)
        return Words(words.names | aliases) if aliases - words.names else words

    def _aliases(self, path: str, words: frozenset[str]) -> frozenset[str]:
        """Local names of what a file imports under another name."""
        form = self.repository.form(path)
        if form is None:
            return frozenset()
        found: set[str] = set()
        for statement in form.body.statements:
            if isinstance(statement, Import):
                found |= {name.local for name in statement.names if name.local and (name.name in words or name.name == "default")}
        return frozenset(found)

    def _users(self, made: frozenset[tuple[str, str]], handed: frozenset[tuple[str, str]]) -> list[str]:
        """Files that use a name of what was found and import the module that has it, started or not."""
        modules = modules_of(made | handed, self.repository.package_folders or {})
        homes = {path for path, _ in made} | {path for path, name in handed if self.handed_on.is_made_there(path, name)}
        found = [path for path, content in self.contents.items() if path in homes or uses(content, modules)]
        started = set(self.started)
        self.started += [path for path in found if path not in started]
        return sorted(found)
