"""Validates one manifest file at a time, driven by the vocabulary."""

from collections.abc import Iterator
from dataclasses import dataclass

from shipcheck.english import did_you_mean, listed, nearest
from shipcheck.model.component import DEFAULT_NAMESPACE, Absence, Component, Manifest, Reference
from shipcheck.model.document import Document, Mapping, Node, Scalar, Sequence, Source, nothing
from shipcheck.model.problem import Problem
from shipcheck.validate.examples import entries_of
from shipcheck.validate.sheet import Sheet, SheetFullError, described, spaced
from shipcheck.validate.structures import field_check, link_check
from shipcheck.validate.values import Check, check_date, check_text, reference_check, unquoted
from shipcheck.vocabulary.names import NAME, name_problem
from shipcheck.vocabulary.vocabulary import KindSpec, Vocabulary

VERSION = "1"
OWNER = "owner"
HEADER = ("shipcheck", "namespace", "defaults", "nothing_to_declare")
_IN_USE = "add it to packs in .shipcheck/settings.yaml"
ABSENCE_FIELDS: dict[str, Check] = {"owner": check_text, "date": check_date, "reason": check_text}


Inherited = dict[str, tuple[object, Node]]
"""The defaults of a file for one kind: values with their places, by field, or by pack and field for the fields of packs."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a file sets once for all its components, by kind, and where its problems are collected."""

    sheet: Sheet
    source: Source
    namespace: str
    inherited: dict[str, Inherited]


class ManifestValidator:
    """Validates manifests. Built once from the vocabulary, with one table of checks for each kind."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._checks = {kind.name: _kind_checks(kind) for kind in vocabulary.kinds.values()}
        self._check_owner = reference_check(("team",))

    def validate(self, document: Document) -> Manifest | tuple[Problem, ...]:
        """The components of one manifest, or every problem in it."""
        sheet = Sheet(document)
        try:
            manifest = self._manifest(document, sheet)
        except SheetFullError:
            return tuple(sheet.problems)
        return tuple(sheet.problems) if sheet.problems else manifest

    def _manifest(self, document: Document, sheet: Sheet) -> Manifest:
        root = document.root
        components: list[Component] = []
        absence = None
        if not isinstance(root, Mapping):
            _complain_root(document, sheet)
        elif _check_header(root, sheet, self._vocabulary):
            absence = _read_absence(root, sheet)
            heading = _Heading(sheet, document.source, _read_namespace(root, sheet), self._read_defaults(root, sheet))
            components = [
                component
                for key, body in root.entries
                if key.text in self._vocabulary.sections
                for component in self._section(self._vocabulary.sections[key.text], body, heading)
            ]
        return Manifest(document.source, tuple(components), absence)

    def _read_defaults(self, root: Mapping, sheet: Sheet) -> dict[str, Inherited]:
        entry = root.find("defaults")
        if entry is None:
            return {}
        if not isinstance(entry[1], Mapping):
            sheet.complain(entry[1], "wrong-type", f"expected a map, found {described(entry[1])}; write {{owner: team}}")
            return {}
        sections = self._vocabulary.sections
        inherited: dict[str, Inherited] = {}
        for key, node in entry[1].entries:
            if key.text == OWNER:
                sheet.field = OWNER
                mention = self._check_owner(node, sheet)
                given = {} if mention is None else {OWNER: (mention, node)}
                for kind in self._vocabulary.kinds.values():
                    inherited[kind.name] = (given if OWNER in kind.declared else {}) | inherited.get(kind.name, {})
            elif key.text in sections:
                kind = sections[key.text]
                inherited[kind.name] = inherited.get(kind.name, {}) | dict(self._defaults_of(kind, node, sheet))
            else:
                _complain_default(key, sheet, self._vocabulary)
        return inherited

    def _defaults_of(self, kind: KindSpec, section: Node, sheet: Sheet) -> Iterator[tuple[str, tuple[object, Node]]]:
        """The defaults of one section; those for the fields of a pack one by one."""
        if not isinstance(section, Mapping):
            sheet.complain(section, "wrong-type", f"expected the fields of {kind.section}, found {described(section)}")
            return
        for key, node in section.entries:
            name, spec = key.text, kind.declared.get(key.text)
            if name in kind.links:
                sheet.complain(key, "no-default", f"'{name}' is a link, which has no default; write it on each component")
            elif spec is None:
                _complain_field(key, node, sheet, kind, self._vocabulary)
            elif name in self._vocabulary.own:
                sheet.complain(key, "no-default", f"'{name}' is of one component alone; write it there")
            else:
                sheet.field = name
                value = self._checks[kind.name][name](node, sheet)
                if spec.pack and isinstance(value, dict) and isinstance(node, Mapping):
                    yield from (
                        (f"{name}.{part.text}", (value[part.text], at)) for part, at in node.entries if part.text in value
                    )
                elif value is not None:
                    yield name, (value, node)

    def _section(self, kind: KindSpec, section: Node, heading: _Heading) -> Iterator[Component]:
        sheet = heading.sheet
        if not isinstance(section, Mapping):
            advice = _section_advice(kind, section)
            sheet.complain(section, "wrong-type", f"expected named entries, found {described(section)}; {advice}")
            return
        for key, body in section.entries:
            if not NAME.fullmatch(key.text):
                sheet.complain(key, "bad-name", f"'{key.text}' is not a valid name: {name_problem(key.text)}")
            if isinstance(body, Mapping):
                yield self._component(kind, key, body, heading)
                continue
            empty = isinstance(body, Scalar) and body.plain and not body.text
            written = spaced(body.text, self._checks[kind.name]) if isinstance(body, Scalar) and body.plain else ""
            hint = f"write '{key.text}: {{}}'" if empty else "write its fields under its name"
            hint = f"missing space after ':', write '{written}'" if written else hint
            sheet.complain(body, "wrong-type", f"expected a component, found {described(body)}; {hint}")

    def _component(self, kind: KindSpec, key: Scalar, body: Mapping, heading: _Heading) -> Component:
        checks, sheet = self._checks[kind.name], heading.sheet
        values: dict[str, object] = {}
        for field_key, node in body.entries:
            name = field_key.text
            check = checks.get(name)
            if check is None:
                _complain_field(field_key, node, sheet, kind, self._vocabulary)
                continue
            sheet.field = name
            value = check(node, sheet)
            if value is not None:
                values[name] = value
        inherited = heading.inherited.get(kind.name)
        given = _inherited(inherited, values, body) if inherited else {}
        return Component(Reference(kind.name, heading.namespace, key.text), key, kind.section, heading.source, values, given)


def _inherited(inherited: Inherited, values: dict[str, object], body: Mapping) -> dict[str, Node]:
    """Add the defaults of a file to the values of a component that does not write the field; where each is written."""
    given: dict[str, Node] = {}
    for path, (value, node) in inherited.items():
        name, _, part = path.partition(".")
        entry = body.find(name)
        if part and (entry is None or (isinstance(entry[1], Mapping) and entry[1].find(part) is None)):
            of_pack = values.get(name, {})
            if isinstance(of_pack, dict):
                values[name] = {**of_pack, part: value}
                given[path] = node
        elif not part and entry is None:
            values[name] = value
            given[path] = node
    return given


def _complain_default(key: Scalar, sheet: Sheet, vocabulary: Vocabulary) -> None:
    """Report a key of `defaults` that is neither the owner nor a section."""
    name = key.text
    kind = next((kind for kind in vocabulary.kinds.values() if name in kind.declared and name not in vocabulary.own), None)
    names = (OWNER, *vocabulary.sections)
    hint = did_you_mean(name, names) or did_you_mean(name, names, vocabulary.synonyms)
    if kind is not None:
        hint = f"; write a default for a section, such as '{kind.section}: {{{name}: ...}}'"
    elif name in vocabulary.kinds:
        hint = f"; sections are plural, write '{vocabulary.kinds[name].section}'"
    message = f"'{name}' cannot have a file-wide default{hint or '; write owner, or the fields of a section'}"
    sheet.complain(key, "unknown-key", message)


def _kind_checks(kind: KindSpec) -> dict[str, Check]:
    fields = {name: field_check(spec) for name, spec in kind.declared.items()}
    return fields | {name: link_check(spec) for name, spec in kind.links.items()}


def _section_advice(kind: KindSpec, section: Scalar | Sequence) -> str:
    """What to write for a section that is not a map of named entries."""
    entries = entries_of(section) if isinstance(section, Sequence) else ""
    spaces = spaced(section.text, {section.text.partition(":")[0]}) if isinstance(section, Scalar) else ""
    return f"missing space after ':', write '{spaces}'" if spaces else f"write {kind.section}: {entries or '{name: {}}'}"


def _complain_root(document: Document, sheet: Sheet) -> None:
    if nothing(document):
        message = "the manifest is empty; write 'shipcheck: 1' and the repository's components, or nothing_to_declare"
        sheet.complain(document.root, "empty-manifest", message)
    else:
        start = "; start the file with 'shipcheck: 1'" if isinstance(document.root, Scalar) else ""
        sheet.complain(document.root, "wrong-type", f"expected a manifest, found {described(document.root)}{start}")


def _check_header(root: Mapping, sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """Whether this tool can read the version; unknown sections are reported as well."""
    version = root.find("shipcheck")
    if version is None:
        sheet.complain(
            root.entries[0][0] if root.entries else root,
            "missing-version",
            "missing version; start the file with 'shipcheck: 1'",
        )
        return False
    node = version[1]
    if not (isinstance(node, Scalar) and node.plain and node.text == VERSION):
        reads = f"only version {VERSION} is supported; write 'shipcheck: {VERSION}'"
        quotes = unquoted(node) if isinstance(node, Scalar) else ""
        sheet.complain(node, "unknown-version", f"unknown manifest version {described(node)}; {reads}{quotes}")
        return False
    for key, _ in root.entries:
        if key.text not in HEADER and key.text not in vocabulary.sections:
            sheet.complain(key, "unknown-key", _section_hint(key.text, vocabulary))
    return True


def _section_hint(text: str, vocabulary: Vocabulary) -> str:
    if text in vocabulary.kinds:
        return f"unknown section '{text}'; sections are plural, write '{vocabulary.kinds[text].section}'"
    names = (*vocabulary.sections, *HEADER)
    if written := spaced(text, names):
        return f"unknown section '{text}'; missing space after ':', write '{written}'"
    hint = did_you_mean(text, names, vocabulary.synonyms) or f"; the sections are {listed(tuple(vocabulary.sections), 'and')}"
    return f"unknown section '{text}'{hint}"


def _read_namespace(root: Mapping, sheet: Sheet) -> str:
    entry = root.find("namespace")
    if entry is None:
        return DEFAULT_NAMESPACE
    node = entry[1]
    if isinstance(node, Scalar) and NAME.fullmatch(node.text):
        return node.text
    text = node.text if isinstance(node, Scalar) else ""
    sheet.complain(node, "bad-name", f"{described(node)} is not a valid namespace: {name_problem(text)}")
    return DEFAULT_NAMESPACE


def _read_absence(root: Mapping, sheet: Sheet) -> Absence | None:
    entry = root.find("nothing_to_declare")
    if entry is None:
        return None
    key, node = entry
    if len(root.entries) > 2:
        sheet.complain(key, "not-alone", "nothing_to_declare cannot be combined with other keys; delete it or them")
        return None
    if not isinstance(node, Mapping):
        example = "{owner: ..., date: ..., reason: ...}"
        sheet.complain(node, "wrong-type", f"expected a map, found {described(node)}; write {example}")
        return None
    return _absence_fields(node, sheet)


def _absence_fields(node: Mapping, sheet: Sheet) -> Absence | None:
    values: dict[str, str] = {}
    for key, value in node.entries:
        check = ABSENCE_FIELDS.get(key.text)
        if check is None:
            hint = did_you_mean(key.text, ABSENCE_FIELDS)
            sheet.complain(key, "unknown-key", f"unknown field '{key.text}' in nothing_to_declare{hint}")
        else:
            sheet.field = key.text
            values[key.text] = str(check(value, sheet))
    missing = [name for name in ABSENCE_FIELDS if node.find(name) is None]
    if missing:
        sheet.complain(node, "missing-key", f"nothing_to_declare also needs {listed(missing, 'and')}")
        return None
    return Absence(sheet.document.source, node, values["owner"], values["date"], values["reason"])


def _complain_field(key: Scalar, node: Node, sheet: Sheet, kind: KindSpec, vocabulary: Vocabulary) -> None:
    """Report a field that the kind does not have, in the most helpful way."""
    name = key.text
    inverse = next((link for link in vocabulary.targets(kind.name, name) if name in vocabulary.backward), None)
    if inverse:
        forward = listed([link for link in vocabulary.backward[name] if link in vocabulary.kinds[inverse].links])
        sheet.complain(key, "inverse-link", f"'{name}' is the inverse of a link; write {forward} on the {inverse} instead")
    elif name in vocabulary.flows:
        sheet.complain(key, "derived-field", f"'{name}' is derived for {kind.section} and cannot be declared; delete it")
    elif name in kind.collected:
        sheet.complain(key, "collected-field", f"'{name}' is a fact and cannot be declared; delete it")
    elif name in vocabulary.unused and name not in vocabulary.packs:
        message = f"'{name}' has the fields of pack {vocabulary.unused[name]}, which is not in use; {_IN_USE}"
        sheet.complain(key, "pack-not-in-use", message)
    elif name in vocabulary.packs:
        message = f"pack {vocabulary.packs[name]} adds no field to {kind.section}; delete '{name}'"
        sheet.complain(key, "unknown-key", message)
    else:
        names = (*kind.declared, *kind.links)
        written = spaced(name, names)
        hint = f"; missing space after ':', write '{written}'" if written else ""
        hint = hint or _holder_hint(name, kind) or did_you_mean(name, names, kind.synonyms)
        hint += _pack_hint(name, node, kind)
        hint = hint or f"; its fields are {listed(names, 'and')}"
        sheet.complain(key, "unknown-key", f"unknown field '{name}' in {kind.name}{hint}")


def _holder_hint(name: str, kind: KindSpec) -> str:
    """What to write for a field of a pack without its key; empty if it is none."""
    holders = [spec for spec in kind.fields.values() if spec.pack and spec.record and name in spec.record.fields]
    return f"; write '{holders[0].name}: {{{name}: ...}}', as it is a field of pack {holders[0].pack}" if holders else ""


def _pack_hint(name: str, node: Node, kind: KindSpec) -> str:
    """What to do if a map has the fields of a pack that is not known here; empty if a field that takes a map is meant."""
    meant = kind.declared.get(nearest(name, (*kind.declared, *kind.links), kind.synonyms) or "")
    if not isinstance(node, Mapping) or (meant is not None and meant.type in {"record", "map"}):
        return ""
    return f"; if it has fields of a pack, {_IN_USE.replace('it', 'the pack', 1)}"
