"""Case tables: one fixture, single edits of it, and the expected result of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shipcheck.english import did_you_mean
from shipcheck.model.document import Document, File, Node, Scalar, Sequence
from shipcheck.model.document import Mapping as MappingNode
from shipcheck.model.policy import SEVERITIES
from shipcheck.model.policy_test import Case, Equivalent, Expected, TestFile
from shipcheck.model.problem import Problem
from shipcheck.policy_test.edits import WORDS, Edit, EditError, Editor, manifest_text

NOT_APPLICABLE = "not_applicable"
INLINE = "shipcheck.yaml"
MOST_EXPECTED = 500
Fixtures = Mapping[str, tuple[TestFile, ...]]


@dataclass(frozen=True, slots=True)
class _Table:
    """What all cases of a table share: its fixture, as trees and as files side by side, and what it is compared with."""

    policy: str
    as_of: date
    roots: tuple[Node, ...]
    files: tuple[File, ...]
    origin: str
    base: tuple[File, ...]


class Tables:
    """Reads case tables whose shape is known to be valid; problems are added to `problems`.

    `budget` is how many bytes all edited fixtures may have together.
    """

    def __init__(
        self, policies: tuple[str, ...], editor: Editor, fixtures: Fixtures, problems: list[Problem], budget: int
    ) -> None:
        self._budget = budget
        self._policies = policies
        self._editor = editor
        self._fixtures = fixtures
        self._problems = problems

    def cases(self, document: Document) -> tuple[Case, ...]:
        """The cases of one table."""
        table = self._table(document)
        if table is None:
            return ()
        items = _items(document.root, "cases")
        self._budget -= len(items) * sum(len(file.content) for file in (*table.files, *table.base))
        if self._budget < 0:
            message = "the fixture of this table is too large for so many edits; make it smaller"
            self._report(document, document.root, message)
            return ()
        cases = [self._case(document, item, table) for item in items]
        return tuple(case for case in cases if case is not None)

    def fixtures_of(self, document: Document) -> tuple[str, ...]:
        """The folders of the fixtures that a table names; a fixture written in the table has none."""
        folder = document.file.path.rpartition("/")[0]
        nodes = (_value(document.root, key) for key in ("world", "base"))
        return tuple(f"{folder}/{node.text.strip('/')}" for node in nodes if isinstance(node, Scalar))

    def _table(self, document: Document) -> _Table | None:
        name, day = _scalar(document.root, "test"), _scalar(document.root, "as_of")
        fixture = _value(document.root, "world")
        if name is None or day is None or fixture is None:  # pragma: no cover - the schema asks for all three
            return None
        if name.text not in self._policies:
            hint = did_you_mean(name.text, self._policies)
            self._report(document, name, f"unknown policy '{name.text}'{hint}")
            return None
        try:
            as_of = date.fromisoformat(day.text)
        except ValueError:
            self._report(document, day, f"{day.text} is not a date in the calendar")
            return None
        manifests = self._fixture(document, fixture)
        base_node = _value(document.root, "base")
        base = self._fixture(document, base_node) if base_node is not None else ((), (), "")
        if manifests is None or base is None:
            return None
        roots, files, origin = manifests
        return _Table(name.text, as_of, roots, files, origin, base[1])

    def _fixture(self, document: Document, node: Node) -> tuple[tuple[Node, ...], tuple[File, ...], str] | None:
        """The manifests of a fixture, as trees and as files, and its name; None after reporting a problem."""
        folder = document.file.path.rpartition("/")[0]
        if not isinstance(node, Scalar):
            file = File(document.file.origin, f"{folder}/{INLINE}", manifest_text(node))
            return (node,), (file,), document.file.path
        named = f"{folder}/{node.text.strip('/')}"
        files = self._fixtures.get(named)
        if not files:
            self._report(document, node, f"no manifest in {named}; name the folder of a fixture, or write the fixture here")
            return None
        return tuple(file.document.root for file in files), tuple(file.file for file in files), named

    def _case(self, document: Document, item: Node, table: _Table) -> Case | None:
        name = _scalar(item, "name")
        if name is None:  # pragma: no cover - the schema asks for it
            return None
        edits = list(_edits(_value(item, "edit")))
        try:
            files = self._edited(table, edits)
        except _EditAtError as error:
            self._report(document, error.node, f"case '{name.text}': {error}")
            return None
        expect = _value(item, "expect")
        expected = tuple(_expected(document, node, table.policy) for node in _items(item, "expect"))
        if len(expected) > MOST_EXPECTED:
            self._report(
                document, name, f"case '{name.text}' expects more than {MOST_EXPECTED} findings; make its fixture smaller"
            )
            return None
        return Case(
            name=name.text,
            policies=(table.policy,),
            as_of=table.as_of,
            files=files,
            expected=expected,
            gaps=(),
            applies=not (isinstance(expect, Scalar) and expect.text == NOT_APPLICABLE),
            edits=len(edits),
            origin=table.origin,
            location=document.locate(name),
            base=table.base,
        )

    def _edited(self, table: _Table, edits: list[Edit]) -> tuple[File, ...]:
        roots = table.roots
        for edit in edits:
            try:
                roots = self._editor.apply(roots, edit)
            except EditError as error:
                raise _EditAtError(str(error), edit.written) from None
        return tuple(
            file if new is old else replace(file, content=manifest_text(new))
            for file, old, new in zip(table.files, table.roots, roots, strict=True)
        )

    def _report(self, document: Document, node: Node, message: str) -> None:
        self._problems.append(Problem(document.locate(node), "test-case", message))


class _EditAtError(Exception):
    """An edit that cannot be applied, with the node that asks for it."""

    def __init__(self, message: str, node: Scalar) -> None:
        super().__init__(message)
        self.node = node


def equivalents(document: Document) -> tuple[Equivalent, ...]:
    """The mutants that a file of tests declares equivalent; its shape is known to be valid."""
    own = _scalar(document.root, "test")
    mutants = []
    for item in _items(document.root, "equivalent"):
        policy, mutant, reason = (_scalar(item, key) for key in ("policy", "mutant", "reason"))
        named = policy or own
        if named is not None and mutant is not None and reason is not None:
            mutants.append(Equivalent(named.text, " ".join(mutant.text.split()), reason.text, document.locate(mutant)))
    return tuple(mutants)


def _edits(node: Node | None) -> Iterator[Edit]:
    for word, value in node.entries if isinstance(node, MappingNode) else ():
        if word.text not in WORDS:  # pragma: no cover - the schema allows no others
            continue
        if isinstance(value, MappingNode):
            for path, written_value in value.entries:
                yield Edit(word.text, path.text, written_value, path)
        else:
            for path_node in value.items if isinstance(value, Sequence) else (value,):
                if isinstance(path_node, Scalar):
                    yield Edit(word.text, path_node.text, None, path_node)


def _expected(document: Document, node: Node, policy: str) -> Expected:
    severity = _text(node, "severity")
    hops = _text(node, "hops")
    return Expected(
        policy,
        document.locate(node),
        on=_text(node, "subject"),
        to=_text(node, "target"),
        severity=SEVERITIES[severity] if severity else None,
        hops=int(hops) if hops else None,
        path=_texts(node, "walk"),
        assumed=_texts(node, "assumed"),
    )


def _texts(node: Node, key: str) -> tuple[str, ...] | None:
    items = _value(node, key)
    if not isinstance(items, Sequence):
        return None
    return tuple(item.text for item in items.items if isinstance(item, Scalar))


def _text(node: Node, key: str) -> str | None:
    scalar = _scalar(node, key)
    return scalar.text if scalar else None


def _scalar(node: Node, key: str) -> Scalar | None:
    value = _value(node, key)
    return value if isinstance(value, Scalar) else None


def _items(node: Node, key: str) -> tuple[Node, ...]:
    items = _value(node, key)
    return items.items if isinstance(items, Sequence) else ()


def _value(node: Node, key: str) -> Node | None:
    entry = node.find(key) if isinstance(node, MappingNode) else None
    return entry[1] if entry else None
