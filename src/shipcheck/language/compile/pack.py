"""A pack's documents to a Pack: parameters, selectors, policies, in that order."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from shipcheck.english import listed
from shipcheck.language.compile.catalogues import numbers_of, read_catalogues
from shipcheck.language.compile.extends import check_extends
from shipcheck.language.compile.head import HEAD_KEYS, peek, read_head
from shipcheck.language.compile.overrides import Wishes
from shipcheck.language.compile.policies import PolicyReader
from shipcheck.language.syntax.keys import NAME, Complaints, Fields, TooManyProblemsError
from shipcheck.language.syntax.source_text import Written
from shipcheck.language.syntax.tokens import KEYWORDS
from shipcheck.language.typing.field_paths import BASE
from shipcheck.language.typing.parameters import read_parameters
from shipcheck.language.typing.reader import Reader
from shipcheck.language.typing.scope import Scope, Terms
from shipcheck.model.control import Catalogue
from shipcheck.model.document import Document, Mapping, Scalar
from shipcheck.model.location import Location
from shipcheck.model.policy import NamedSelector, Pack, Plan, Policy
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.vocabulary.vocabulary import Vocabulary

HEAD = "pack.yaml"
FAMILY_KEYS = ("select", "policies")
# What a selector cannot be called, since a subject begins with it or every component has it.
RESERVED = KEYWORDS | {"link", "removed", BASE}
MAX_DEPTH = 40
MAX_USES = 100
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class PackDocuments:
    """The parsed files of one pack: `head` is its pack.yaml, `families` the policy files in order of path.

    `components` are the manifests of what it provides.
    """

    name: str
    head: Document
    families: tuple[Document, ...]
    components: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A named selector before it is typed, the names it uses, once for each use, and how deep it nests."""

    key: Scalar
    written: Written
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

    A plan is whole only when both lists are empty. What a pack asks less of another is in force until its day; without a day,
    never. Policies name controls of `catalogues` and of those that their own pack brings; without `catalogues`, for packs that
    are known to, this is not looked at.
    """
    faults: list[Problem] = []
    misuse: list[Problem] = []
    between = Complaints()
    compiled = []
    heads = {documents.name: peek(documents.head) for documents in packs}
    wishes = Wishes(tuple(heads.values()), settings, as_of, between, misuse)
    for documents in packs:
        own = Complaints()
        with suppress(TooManyProblemsError):
            compiled.append(_Compiler(documents, wishes, vocabulary, own).compile(catalogues))
        faults.extend(own)
    plan = Plan((), wishes.softened, wishes.lapsed)
    with suppress(TooManyProblemsError):
        check_extends(heads, between)
        wishes.check_names(compiled, heads)
        plan = replace(plan, packs=tuple(wishes.policies(pack) for pack in compiled))
    return plan, (*faults, *between), tuple(misuse)


class _Compiler:
    """Compiles one pack."""

    def __init__(
        self,
        documents: PackDocuments,
        wishes: Wishes,
        vocabulary: Vocabulary,
        faults: list[Problem],
    ) -> None:
        self._documents = documents
        self._wishes = wishes
        self._vocabulary = vocabulary
        self._faults = faults
        self._declared: dict[str, Location] = {}

    def compile(self, catalogues: tuple[Catalogue, ...] | None) -> Pack:
        """The pack, whose policies may name controls of these catalogues and of its own."""
        head = Fields(self._documents.head, self._documents.head.root, "pack.yaml", self._faults)
        head.allow(HEAD_KEYS)
        files = [head, *(self._family(document) for document in self._documents.families)]
        said = read_head(head)
        if said.name and said.name != self._documents.name:
            head.complain(head.get("pack") or head.node, "P009", f"the pack is called '{self._documents.name}' here; write that")
        parameters = self._wishes.parameters(self._documents.name, read_parameters(head))
        terms = Terms(self._vocabulary, {}, parameters)
        terms.broken.update(f"${key.text}" for key, _ in head.entries("params") if key.text not in parameters)
        reader = Reader(terms, self._faults)
        self._selectors(files, terms, reader)
        own = read_catalogues(head, (catalogue.name for catalogue in catalogues or ()))
        known = None if catalogues is None else numbers_of((*catalogues, *own))
        policies = self._policies(files, PolicyReader(self._documents.name, reader, known))
        return Pack(
            self._documents.name,
            said.version,
            said.description,
            tuple(parameters.values()),
            tuple(policies),
            tuple(NamedSelector(name, selector, self._declared[name]) for name, selector in terms.selectors.items()),
            own,
        )

    def _family(self, document: Document) -> Fields:
        family = Fields(document, document.root, document.file.path.rpartition("/")[2], self._faults)
        family.allow(FAMILY_KEYS)
        return family

    def _selectors(self, files: list[Fields], terms: Terms, reader: Reader) -> None:
        """Compile selectors in the order in which they name each other."""
        waiting: dict[str, _Named] = {}
        for fields in files:
            for key, node in fields.entries("select"):
                self._declare(fields, key, node, waiting, reader)
                if key.text not in waiting:
                    terms.broken.add(key.text)
        sizes: dict[str, tuple[int, int]] = {}
        for name in _in_order(waiting):
            named = waiting.pop(name)
            sizes[name] = _size(named, sizes)
            terms.used.clear()
            wrong = terms.broken & set(named.mentions) or not self._is_small(named, sizes[name])
            selector = None if wrong else reader.selector(named.written, Scope({}))
            if selector is None:
                terms.broken.add(name)
            else:
                terms.selectors[name] = selector
                self._declared[name] = named.written.document.locate(named.key)
                terms.reads[name] = terms.parameters_used()
        if waiting:
            self._complain_loop(waiting)
            terms.broken.update(waiting)

    def _complain_loop(self, waiting: dict[str, _Named]) -> None:
        """Follow the names from any selector on that waits: they come back to one, and it is in the loop."""
        walked: dict[str, int] = {}
        name = min(waiting)
        while name not in walked:
            walked[name] = len(walked)
            name = next(mention for mention in waiting[name].mentions if mention in waiting)
        loop = list(walked)[walked[name] :]
        named = waiting[min(loop)]
        others = sorted(set(loop) - {named.key.text})
        chain = f" through {listed(others[:MOST_NAMES], 'and')}" if others else ""
        message = f"selector '{named.key.text}' is defined by itself{chain}; break the loop"
        self._faults.append(Problem(named.written.document.locate(named.key), "P026", message))

    def _is_small(self, named: _Named, size: tuple[int, int]) -> bool:
        """Whether the selector, with all that it names, can be evaluated in bounded time; complains where it cannot."""
        depth, uses = size
        if depth <= MAX_DEPTH and uses <= MAX_USES:
            return True
        what = f"nests deeper than {MAX_DEPTH} levels" if depth > MAX_DEPTH else f"uses more than {MAX_USES} selectors"
        message = f"selector '{named.key.text}', with the selectors that it names, {what}; make it simpler"
        self._faults.append(Problem(named.written.document.locate(named.key), "P026", message))
        return False

    def _declare(self, fields: Fields, key: Scalar, node: object, waiting: dict[str, "_Named"], reader: Reader) -> None:
        if not NAME.fullmatch(key.text) or key.text in self._vocabulary.kinds or key.text in RESERVED:
            rule = "use lower-case letters, digits and '_', and no kind or word of the language"
            fields.complain(key, "P007", f"'{key.text}' is not a selector's name; {rule}")
        elif key.text in waiting:
            fields.complain(key, "P007", f"selector '{key.text}' is declared twice; keep one")
        elif not isinstance(node, Scalar):
            fields.complain(key, "P007", f"selector '{key.text}' is text such as 'action where sensitivity >= high'")
        else:
            written = Written(fields.document, node)
            mentions = reader.mentions(written)
            if mentions is not None:
                waiting[key.text] = _Named(key, written, *mentions)

    def _policies(self, files: list[Fields], reader: PolicyReader) -> list[Policy]:
        found: dict[str, Policy] = {}
        for fields in files:
            for node in fields.items("policies"):
                named = node.find("id") if isinstance(node, Mapping) else None
                what = f"policy {named[1].text}" if named and isinstance(named[1], Scalar) else "a policy"
                policy = reader.read(Fields(fields.document, node, what, self._faults))
                if policy is None:
                    continue
                if policy.id in found:
                    related = ((found[policy.id].location, "first declared here"),)
                    message = f"policy '{policy.id}' is declared twice; rename one"
                    self._faults.append(Problem(policy.location, "P017", message, related))
                else:
                    found[policy.id] = policy
        return list(found.values())


def _in_order(waiting: dict[str, _Named]) -> list[str]:
    """The selectors, each behind those that it names; those of a loop, and those that name one, are left out."""
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
    """How deep a selector nests and how many selectors it uses, those that it names included."""
    inner = [sizes[name] for name in named.mentions if name in sizes]
    return named.depth + max((depth for depth, _ in inner), default=0), sum(uses + 1 for _, uses in inner)
