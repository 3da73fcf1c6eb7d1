"""A template of a pack: the names it asks for, the manifests it fills in with them, and what is left to be declared."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shipcheck.english import did_you_mean, listed
from shipcheck.model.document import Document, Node, Scalar, Sequence
from shipcheck.model.document import Mapping as MappingNode
from shipcheck.model.problem import Problem
from shipcheck.vocabulary.names import NAME_PATTERN

NAME = "name"
KEYS = ("description", "ask", "say")
ASK_KEYS = ("question", "default")
MANIFEST = "manifest"
LONGEST = 1000
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_PLACE = re.compile(r"\$\{([^}]*)\}")
_VALUE = re.compile(rf"(?:{NAME_PATTERN}/)?{NAME_PATTERN}")


@dataclass(frozen=True, slots=True)
class Ask:
    """A name that the template needs: what it is called there, how to ask for it, and the default, empty where there is none."""

    key: str
    question: str
    default: str


@dataclass(frozen=True, slots=True)
class Template:
    """`say` is what only the team that uses the template can write; `files` are the texts of manifests by their stems."""

    description: str
    asks: tuple[Ask, ...]
    say: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every name that can be given, apart from the use case's own."""
        return tuple(ask.key for ask in self.asks)


def read_template(document: Document, files: Mapping[str, str]) -> Template | tuple[Problem, ...]:
    """The template, or everything that is wrong with it."""
    reader = _Reader(document)
    template = Template(reader.text(document.root, "description"), tuple(reader.asks()), tuple(reader.texts("say")), files)
    reader.check_places(template)
    return tuple(reader.problems) or template


class _Reader:
    """Takes apart a template.yaml."""

    def __init__(self, document: Document) -> None:
        self.problems: list[Problem] = []
        self._document = document
        self._allow(document.root, KEYS)

    def _complain(self, node: Node, message: str) -> None:
        self.problems.append(Problem(self._document.locate(node), "template-shape", message))

    def _allow(self, node: Node, keys: tuple[str, ...]) -> None:
        if not isinstance(node, MappingNode):
            self._complain(node, f"expected a map of {listed(keys, 'and')}")
            return
        for key, _ in node.entries:
            if key.text not in keys:
                hint = did_you_mean(key.text, keys) or f"; the keys are {listed(keys, 'and')}"
                self._complain(key, f"unknown key '{key.text}'{hint}")

    def text(self, node: Node, key: str) -> str:
        entry = node.find(key) if isinstance(node, MappingNode) else None
        if entry is None:
            return ""
        if isinstance(entry[1], Scalar) and 0 < len(entry[1].text) <= LONGEST:
            return " ".join(entry[1].text.split())
        self._complain(entry[1], f"'{key}' must be a text of at most {LONGEST} characters")
        return ""

    def texts(self, key: str) -> Iterator[str]:
        entry = self._document.root.find(key) if isinstance(self._document.root, MappingNode) else None
        if entry is None:
            return
        items = entry[1].items if isinstance(entry[1], Sequence) else ()
        if not items:
            self._complain(entry[1], f"'{key}' must be a list of texts")
        for item in items:
            if isinstance(item, Scalar) and item.text:
                yield " ".join(item.text.split())
            else:
                self._complain(item, f"'{key}' must be a list of texts")

    def asks(self) -> Iterator[Ask]:
        entry = self._document.root.find("ask") if isinstance(self._document.root, MappingNode) else None
        if entry is None:
            return
        if not isinstance(entry[1], MappingNode):
            self._complain(entry[1], "'ask' must be a map from names to {question, default}")
            return
        for key, node in entry[1].entries:
            self._allow(node, ASK_KEYS)
            default = self.text(node, "default")
            if not _KEY.fullmatch(key.text) or key.text == NAME:
                self._complain(
                    key, f"'{key.text}' is not a valid name here; use lower-case letters, digits and '_', but not '{NAME}'"
                )
            if default and value_problem(default):
                self._complain(node, f"the default '{default}' {value_problem(default)}")
            yield Ask(key.text, self.text(node, "question") or key.text, default)

    def check_places(self, template: Template) -> None:
        """Report placeholders that are not asked for, and a template without manifests."""
        known = {NAME, *template.keys}
        for stem, text in template.files.items():
            for match in _PLACE.finditer(text):
                if match[1] not in known:
                    self._complain(self._document.root, f"{stem}.yaml has a placeholder '{match[1]}' that is not under ask")
        if not template.files:
            self._complain(self._document.root, "no manifest next to template.yaml; add manifest.yaml")


def value_problem(value: str) -> str:
    """Why no name can be that, as a clause that follows it; empty where one can."""
    if _VALUE.fullmatch(value):
        return ""
    return "is not a valid name; use lower-case letters, digits and '-', with 'NAMESPACE/' before it for another namespace"


def fill(template: Template, values: Mapping[str, str]) -> dict[str, str]:
    """The manifests by the names of their files, every place filled with the name given for it."""
    name = values[NAME]
    filled = {stem: _PLACE.sub(lambda match: values[match[1]], text) for stem, text in template.files.items()}
    return {f"{name}.shipcheck.yaml" if stem == MANIFEST else f"{name}-{stem}.shipcheck.yaml": filled[stem] for stem in filled}
