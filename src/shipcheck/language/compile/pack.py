"""A pack's documents to a Pack: parameters, selectors, policies, in that order."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from shipcheck.english import listed
from shipcheck.language.compile.catalogues import numbers_of, read_catalogues
from shipcheck.language.compile.extends import check_extends
from shipcheck.language.compile.head import HEAD_KEYS, peek, read_head
from shipcheck.language.compile.overrides import Overrides
from shipcheck.language.compile.policies import PolicyReader, read_concern
from shipcheck.language.compile.read_fields import FIELD_PROBLEM, check_keys
from shipcheck.language.syntax.grammar import KEYWORDS
from shipcheck.language.syntax.keys import NAME, Keys, ProblemList, TooManyProblemsError
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.typing.field_paths import BASE
from shipcheck.language.typing.parameters import read_parameters
from shipcheck.language.typing.reader import Reader
from shipcheck.language.typing.scope import Scope, Symbols
from shipcheck.model.control import Catalogue
from shipcheck.model.document import Document, Mapping, Scalar
from shipcheck.model.location import Location
from shipcheck.model.pack_field import key_of, spelled
from shipcheck.model.policy import NamedSelector, Pack, Plan, Policy
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.vocabulary.extended import extended
from shipcheck.vocabulary.vocabulary import Vocabulary

HEAD = "pack.yaml"
FAMILY_KEYS = ("concern", "select", "policies")
# Names that a selector cannot have, because a subject begins with them or every component has them.
RESERVED = KEYWORDS | {"link", "removed", BASE}
MAX_DEPTH = 40
MAX_USES = 100
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class PackDocuments:
    """The parsed files of one pack: `head` is its pack.yaml, `families` the policy files in order of path.

    `components` are the manifests of the components that it provides.
    """

    name: str
    head: Document
    families: tuple[Document, ...]
    components: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A named selector before it is typed, the names it uses, once for each use, and its depth."""

    key: Scalar
    source: SourceText
    mentions: tuple[str, ...]
    depth: int


def compile_plan(
    packs: Sequence[PackDocuments],
    settings: Settings,
    vocabulary: Vocabulary,
    as_of: date | None = None,
    catalogues: tuple[Catalogue, ...] | None = None,
) -> tuple[Plan, tuple[Problem, ...], tuple[Problem, ...]]:
    """The plan, with the problems of the packs and those of the settings that name them.

    A plan is complete only if both lists are empty. What a pack loosens in another is in effect until its date; without a date,
    never. Policies name controls of `catalogues` and of those in their own pack; without `catalogues` this is not checked, for
    packs that were checked before.
    """
    pack_problems: list[Problem] = []
    settings_problems: list[Problem] = []
    between = ProblemList()
    compiled = []
    heads = {documents.name: peek(documents.head) for documents in packs}
    vocabulary = extended(vocabulary, {name: head.fields for name, head in heads.items()})
    overrides = Overrides(tuple(heads.values()), settings, as_of, between, settings_problems)
    for documents in packs:
        own = ProblemList()
        with suppress(TooManyProblemsError):
            compiled.append(_Compiler(documents, overrides, vocabulary, own).compile(catalogues))
        pack_problems.extend(own)
    plan = Plan((), overrides.softened, overrides.expired)
    with suppress(TooManyProblemsError):
        check_extends(heads, between)
        check_keys(heads, between)
        overrides.check_names(compiled, heads)
        plan = replace(plan, packs=tuple(overrides.policies(pack) for pack in compiled))
    return plan, (*pack_problems, *between), tuple(settings_problems)


def with_fields(vocabulary: Vocabulary, packs: Sequence[PackDocuments]) -> Vocabulary:
    """The vocabulary with the fields of these packs, as far as they can be read; compiling the packs reports the rest."""
    return extended(vocabulary, {documents.name: peek(documents.head).fields for documents in packs})


class _Compiler:
    """Compiles one pack."""

    def __init__(
        self,
        documents: PackDocuments,
        overrides: Overrides,
        vocabulary: Vocabulary,
        pack_problems: list[Problem],
    ) -> None:
        self._documents = documents
        self._overrides = overrides
        self._vocabulary = vocabulary
        self._problems = pack_problems
        self._declared: dict[str, Location] = {}

    def compile(self, catalogues: tuple[Catalogue, ...] | None) -> Pack:
        """The pack, whose policies can name controls of these catalogues and of its own."""
        head = Keys(self._documents.head, self._documents.head.root, "pack.yaml", self._problems)
        head.allow(HEAD_KEYS)
        files = [head, *(self._family(document) for document in self._documents.families)]
        reported = len(self._problems)
        parsed = read_head(head, self._vocabulary)
        wrong_fields = any(problem.code == FIELD_PROBLEM for problem in self._problems[reported:])
        if parsed.name and parsed.name != self._documents.name:
            head.report(head.get("pack") or head.node, "P009", f"the pack must be named '{self._documents.name}' here")
        parameters = self._overrides.parameters(self._documents.name, read_parameters(head))
        symbols = Symbols(self._vocabulary, {}, parameters)
        symbols.broken.update({f"{spelled(key_of(self._documents.name))}."} if wrong_fields else ())
        symbols.broken.update(f"${key.text}" for key, _ in head.entries("params") if key.text not in parameters)
        reader = Reader(symbols, self._problems)
        self._selectors(files, symbols, reader)
        own = read_catalogues(head, (catalogue.name for catalogue in catalogues or ()))
        known = None if catalogues is None else numbers_of((*catalogues, *own))
        policies = self._policies(files, PolicyReader(self._documents.name, reader, known))
        return Pack(
            self._documents.name,
            parsed.version,
            parsed.description,
            tuple(parameters.values()),
            tuple(policies),
            tuple(NamedSelector(name, selector, self._declared[name]) for name, selector in symbols.selectors.items()),
            own,
            parsed.fields,
        )

    def _family(self, document: Document) -> Keys:
        family = Keys(document, document.root, document.file.path.rpartition("/")[2], self._problems)
        family.allow(FAMILY_KEYS)
        return family

    def _selectors(self, files: list[Keys], symbols: Symbols, reader: Reader) -> None:
        """Compile selectors in the order in which they name each other."""
        waiting: dict[str, _Named] = {}
        for keys in files:
            for key, node in keys.entries("select"):
                self._declare(keys, key, node, waiting, reader)
                if key.text not in waiting:
                    symbols.broken.add(key.text)
        sizes: dict[str, tuple[int, int]] = {}
        for name in _in_order(waiting):
            named = waiting.pop(name)
            sizes[name] = _size(named, sizes)
            symbols.used.clear()
            wrong = symbols.broken & set(named.mentions) or not self._is_small(named, sizes[name])
            selector = None if wrong else reader.selector(named.source, Scope({}))
            if selector is None:
                symbols.broken.add(name)
            else:
                symbols.selectors[name] = selector
                self._declared[name] = named.source.document.locate(named.key)
                symbols.reads[name] = symbols.parameters_used()
        if waiting:
            self._report_loop(waiting)
            symbols.broken.update(waiting)

    def _report_loop(self, waiting: dict[str, _Named]) -> None:
        """Follow the names from any waiting selector: they return to one, and it is in the cycle."""
        walked: dict[str, int] = {}
        name = min(waiting)
        while name not in walked:
            walked[name] = len(walked)
            name = next(mention for mention in waiting[name].mentions if mention in waiting)
        loop = list(walked)[walked[name] :]
        named = waiting[min(loop)]
        others = sorted(set(loop) - {named.key.text})
        chain = f" through {listed(others[:MOST_NAMES], 'and')}" if others else ""
        message = f"selector '{named.key.text}' is defined by itself{chain}; break the cycle"
        self._problems.append(Problem(named.source.document.locate(named.key), "P026", message))

    def _is_small(self, named: _Named, size: tuple[int, int]) -> bool:
        """Whether the selector, with all that it names, can be evaluated in bounded time; reports a problem if not."""
        depth, uses = size
        if depth <= MAX_DEPTH and uses <= MAX_USES:
            return True
        what = f"is nested deeper than {MAX_DEPTH} levels" if depth > MAX_DEPTH else f"uses more than {MAX_USES} selectors"
        message = f"selector '{named.key.text}', including the selectors that it names, {what}; simplify it"
        self._problems.append(Problem(named.source.document.locate(named.key), "P026", message))
        return False

    def _declare(self, keys: Keys, key: Scalar, node: object, waiting: dict[str, "_Named"], reader: Reader) -> None:
        if not NAME.fullmatch(key.text) or key.text in self._vocabulary.kinds or key.text in RESERVED:
            rule = "use lower-case letters, digits and '_', but not a kind or a keyword"
            keys.report(key, "P007", f"'{key.text}' is not a valid selector name; {rule}")
        elif key.text in waiting:
            keys.report(key, "P007", f"selector '{key.text}' is declared twice; keep one")
        elif not isinstance(node, Scalar):
            keys.report(key, "P007", f"selector '{key.text}' must be a text such as 'action where sensitivity >= high'")
        else:
            source = SourceText(keys.document, node)
            mentions = reader.mentions(source)
            if mentions is not None:
                waiting[key.text] = _Named(key, source, *mentions)

    def _policies(self, files: list[Keys], reader: PolicyReader) -> list[Policy]:
        policies: dict[str, Policy] = {}
        for keys in files:
            concern = read_concern(keys)
            for node in keys.items("policies"):
                named = node.find("id") if isinstance(node, Mapping) else None
                what = f"policy {named[1].text}" if named and isinstance(named[1], Scalar) else "a policy"
                policy = reader.read(Keys(keys.document, node, what, self._problems), concern)
                if policy is None:
                    continue
                if policy.id in policies:
                    related = ((policies[policy.id].location, "first declared here"),)
                    message = f"policy '{policy.id}' is declared twice; rename one"
                    self._problems.append(Problem(policy.location, "P017", message, related))
                else:
                    policies[policy.id] = policy
        return list(policies.values())


def _in_order(waiting: dict[str, _Named]) -> list[str]:
    """The selectors, each after those that it names, without those of a cycle and those that name one."""
    users: dict[str, list[str]] = {}
    missing = {name: set(named.mentions) & waiting.keys() for name, named in waiting.items()}
    for name, mentions in missing.items():
        for mention in mentions:
            users.setdefault(mention, []).append(name)
    order = [name for name, mentions in missing.items() if not mentions]
    for done in order:
        for user in users.get(done, ()):
            missing[user].discard(done)
            if not missing[user]:
                order.append(user)
    return order


def _size(named: _Named, sizes: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """How deep a selector is nested and how many selectors it uses, including those that it names."""
    inner = [sizes[name] for name in named.mentions if name in sizes]
    return named.depth + max((depth for depth, _ in inner), default=0), sum(uses + 1 for _, uses in inner)
