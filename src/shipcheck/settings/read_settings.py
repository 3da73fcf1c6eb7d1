"""The settings document to Settings, validated against its schema."""

from collections.abc import Mapping as AnyMapping
from itertools import islice
from typing import Any

from shipcheck.model.document import Document, Mapping, Node, Scalar, Sequence, below
from shipcheck.model.location import Location
from shipcheck.model.policy import SEVERITIES
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import plain
from shipcheck.model.settings import CodeSetting, PackSetting, ParameterSetting, Pattern, Settings, SeveritySetting
from shipcheck.model.trust import TrustedKey, TrustSetting
from shipcheck.settings.shape import shape_problems

# Validating a shape takes quadratic time in places; no repository needs this many.
MAX_VALUES = 2_000
# A folder is a path, not a pattern.
_SIGNS = frozenset("*?\\")


def read_settings(document: Document, schema: AnyMapping[str, Any]) -> Settings | tuple[Problem, ...]:
    """The settings, or every reason why the file is not valid."""
    surplus = next(islice(below(document.root), MAX_VALUES, None), None)
    if surplus:
        message = f"the settings have more than {MAX_VALUES} keys and values; shorten them"
        return (Problem(document.locate(surplus), "settings-shape", message),)
    problems = shape_problems(document, plain(document.root), schema)
    if problems or not isinstance(document.root, Mapping):
        return problems
    reader = _Reader(document, document.root)
    wrong = (*reader.doubled_packs(), *reader.wrong_folders())
    if wrong:
        return wrong
    defaults = Settings()
    fail_on = reader.scalar("fail_on")
    return Settings(
        packs=reader.packs() or defaults.packs,
        parameters=reader.parameters(),
        severities=reader.severities(),
        also=reader.patterns("manifests", "also"),
        ignore=reader.patterns("manifests", "ignore"),
        fail_on=SEVERITIES[fail_on.text] if fail_on else defaults.fail_on,
        fail_on_at=document.locate(fail_on) if fail_on else None,
        trust=reader.trust(),
        roots=reader.patterns("roots"),
        branches=reader.patterns("branches"),
        code=reader.code(),
    )


class _Reader:
    """Reads a document whose shape is known to be valid."""

    def __init__(self, document: Document, root: Mapping) -> None:
        self._document = document
        self._root = root

    def scalar(self, key: str) -> Scalar | None:
        entry = self._root.find(key)
        return entry[1] if entry and isinstance(entry[1], Scalar) else None

    def packs(self) -> tuple[PackSetting, ...]:
        return tuple(self._pack(item) for item in _items(self._root, "packs"))

    def _pack(self, item: Node) -> PackSetting:
        name, version = item, None
        if isinstance(item, Mapping):
            named, pinned = item.find("name"), item.find("version")
            name, version = (named[1] if named else item), (pinned[1] if pinned else None)
        text = name.text if isinstance(name, Scalar) else ""
        return PackSetting(text, version.text if isinstance(version, Scalar) else None, self._place(item))

    def doubled_packs(self) -> tuple[Problem, ...]:
        """Packs that are listed by their name and again with a version."""
        first: dict[str, Location] = {}
        problems = []
        for item, pack in zip(_items(self._root, "packs"), self.packs(), strict=True):
            place = self._place(item)
            known = first.setdefault(pack.name, place)
            if known is not place:
                message = f"pack '{pack.name}' is in the list twice; keep one"
                problems.append(Problem(place, "settings-shape", message, ((known, "first given here"),)))
        return tuple(problems)

    def parameters(self) -> tuple[ParameterSetting, ...]:
        return tuple(
            ParameterSetting(pack.text, name.text, value.text, self._place(value))
            for pack, values in _entries(self._root, "parameters")
            if isinstance(values, Mapping)
            for name, value in values.entries
            if isinstance(value, Scalar)
        )

    def severities(self) -> tuple[SeveritySetting, ...]:
        return tuple(
            SeveritySetting(policy.text, SEVERITIES[value.text], self._place(value))
            for policy, value in _entries(self._root, "severities")
            if isinstance(value, Scalar)
        )

    def patterns(self, key: str, inner: str = "") -> tuple[Pattern, ...]:
        """The patterns in the list below these keys."""
        entry = self._root.find(key) if inner else None
        holder = (entry[1] if entry and isinstance(entry[1], Mapping) else None) if inner else self._root
        items = _items(holder, inner or key) if holder else ()
        return tuple(Pattern(item.text, self._place(item)) for item in items if isinstance(item, Scalar))

    def trust(self) -> tuple[TrustSetting, ...]:
        return tuple(
            TrustSetting(_text(item, "packs"), _keys(item), self._place(item))
            for item in _items(self._root, "trust")
            if isinstance(item, Mapping)
        )

    def code(self) -> tuple[CodeSetting, ...]:
        entry = self._root.find("code")
        if entry is None or not isinstance(entry[1], Mapping):
            return ()
        lists = [("", _items(entry[1], "fail"))]
        lists += [(key.text, value.items) for key, value in _entries(entry[1], "folders") if isinstance(value, Sequence)]
        return tuple(
            CodeSetting(item.text, "/".join(_parts(folder)), self._place(item))
            for folder, items in lists
            for item in items
            if isinstance(item, Scalar)
        )

    def wrong_folders(self) -> tuple[Problem, ...]:
        """Folders that are not paths from the root."""
        entry = self._root.find("code")
        folders = _entries(entry[1], "folders") if entry and isinstance(entry[1], Mapping) else ()
        return tuple(
            Problem(self._place(key), "settings-shape", f"'{key.text}' is not a folder below the root; write a path such as src")
            for key, _ in folders
            if not _parts(key.text) or ".." in _parts(key.text) or key.text.startswith("/") or _SIGNS.intersection(key.text)
        )

    def _place(self, node: Node) -> Location:
        return self._document.locate(node)


def _parts(folder: str) -> list[str]:
    return [part for part in folder.split("/") if part not in {"", "."}]


def _items(root: Mapping, key: str) -> tuple[Node, ...]:
    entry = root.find(key)
    return entry[1].items if entry and isinstance(entry[1], Sequence) else ()


def _keys(item: Mapping) -> tuple[TrustedKey, ...]:
    keys = (key for key in _items(item, "keys") if isinstance(key, Mapping))
    return tuple(TrustedKey(_text(key, "id"), _text(key, "ed25519")) for key in keys)


def _text(item: Mapping, key: str) -> str:
    entry = item.find(key)
    return entry[1].text if entry and isinstance(entry[1], Scalar) else ""


def _entries(root: Mapping, key: str) -> tuple[tuple[Scalar, Node], ...]:
    entry = root.find(key)
    return entry[1].entries if entry and isinstance(entry[1], Mapping) else ()
