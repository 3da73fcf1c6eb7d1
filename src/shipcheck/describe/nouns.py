"""What the paths and constants of an expression are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from shipcheck.describe.verb_forms import is_plural, kinds_many, kinds_one, of_several, several, spaced
from shipcheck.english import counted
from shipcheck.model.expression import Expression, Literal_, Path, Selector, Step
from shipcheck.model.types import TEXT, Type
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary

IN_BASE = " in the base revision"
Known = Callable[[Expression], str | None]


def nothing_known(_: Expression) -> str | None:
    """No value is known."""
    return None


class Name(NamedTuple):
    """How a bound name is called, and what it is bound to."""

    text: str
    type: Type
    plural: bool = False


class Phrase(NamedTuple):
    """A noun phrase.

    `start` is the bound name whose it is, if any. `owned` is the phrase without that name where it belongs to it: `owner`
    for `its owner`. `one` names a single element of a list: `agent that can call it`.
    """

    text: str
    plural: bool = False
    start: str = ""
    owned: str = ""
    one: str = ""

    @property
    def is_name(self) -> bool:
        """Whether the phrase is a bound name and no more."""
        return bool(self.start) and not self.owned


@dataclass(frozen=True, slots=True)
class Nouns:
    """Calls things by the nouns that the vocabulary has for them.

    `words` collects the words of choices that were said, each with its meaning, and `selectors` the named selectors.
    """

    vocabulary: Vocabulary
    names: Mapping[str, Name]
    words: dict[str, str] = field(default_factory=dict)
    selectors: dict[str, Selector] = field(default_factory=dict)
    # An ordered choice is read as the words themselves: `high or critical` for what is at least high.
    lists_words: bool = True
    absent: str = "is not declared"
    members: str = "them"

    def bind(self, name: str, called: Name) -> "Nouns":
        """These nouns with one more bound name."""
        return replace(self, names={**self.names, name: called})

    def path(self, path: Path) -> Phrase:
        """What a path leads to: `its owner`, `the agents that can call it`."""
        if path.type.name == "yes_no" and path.steps:
            subject, verb = self.yes_no(path)
            return Phrase(f"whether {subject.text} {of_several(verb) if subject.plural else verb}")
        start = self.names[path.start]
        phrase, holder, tail = Phrase(start.text, start.plural, path.start), start.type, ""
        for step in path.steps:
            if step.source == "base":
                tail = IN_BASE
                continue
            if _is_walked(step):
                phrase = self._link(phrase, step, holder)
            elif step is path.steps[-1] or not self._is_passed_over(step, holder):
                phrase = self._value(phrase, step, holder)
            holder = step.type
        return phrase._replace(text=phrase.text + tail, owned=phrase.owned + (tail if phrase.owned else ""))

    def holder(self, path: Path) -> Phrase:
        """What holds the last step of a path."""
        *before, _ = path.steps
        if before and self._is_passed_over(before[-1], before[-2].type if len(before) > 1 else self.names[path.start].type):
            before.pop()
        return self.path(Path(before[-1].type if before else TEXT, path.text, path.start, tuple(before)))

    def _is_passed_over(self, step: Step, holder: Type) -> bool:
        """Whether a step only leads to labels, or to the fields of a pack, which are called as those of the component."""
        spec = None if step.on_record or step.source != "value" else self.spec(step, holder)
        return spec is not None and (bool(spec.pack) or spec.type == "map")

    def _link(self, phrase: Phrase, step: Step, holder: Type) -> Phrase:
        kinds = (step.type.item or step.type).kinds
        says = self.says(step, holder)
        if step.source == "link":
            tail = many = f"that {phrase.text} {of_several(says) if phrase.plural else says}"
        else:
            end = {"they": "them"}.get(phrase.text, phrase.text)
            tail, many = f"that {says} {end}", f"that {of_several(says)} {end}"
        return Phrase(f"the {kinds_many(kinds)} {many}", True, one=f"{kinds_one(kinds)} {tail}")  # noqa: FBT003

    def _value(self, phrase: Phrase, step: Step, holder: Type) -> Phrase:
        noun = self._noun(step, holder)
        # Of several there is one each; a single one may have a plural name, as credentials have.
        if phrase.plural and not phrase.is_name and (holder.name == "list" or not phrase.owned):
            return Phrase(f"the {several(noun)} of {phrase.text}", True)  # noqa: FBT003
        if step.on_record and phrase.owned:
            whole, part = (_possessive(name) if phrase.plural else name for name in (phrase.text, phrase.owned))
            text, owned = f"{whole} {noun}", f"{part} {noun}"
        else:
            text = f"{_possessive(phrase.text)} {noun}"
            owned = noun if phrase.is_name else f"{_possessive(phrase.owned)} {noun}" if phrase.owned else ""
        return Phrase(text, step.type.name == "list" or is_plural(noun), phrase.start, owned)

    def _noun(self, step: Step, holder: Type) -> str:
        spec = self.spec(step, holder)
        flow = self.vocabulary.flows.get(step.name)
        _, of_pack, key = (holder.item or holder).record.partition(".")
        if spec is not None and of_pack:
            spec = replace(spec, says=f"{key} {spec.says}")
        if spec is None and flow is not None and not step.on_record:
            noun = flow.says
        else:
            noun = spec.says if spec is not None else spaced(step.name)
        return several(noun) if step.type.name == "list" else noun

    def spec(self, step: Step, holder: Type) -> FieldSpec | None:
        """The field that a step is, or None where it is a link, a derived value or a name."""
        element = holder.item or holder
        if step.on_record:
            return self.vocabulary.field_of(element.record, step.name)
        fields = (self.vocabulary.kinds[kind].fields.get(step.name) for kind in element.kinds)
        return next((spec for spec in fields if spec is not None), None)

    def says(self, step: Step, holder: Type) -> str:
        """The verb that reads a link, or a boolean field."""
        if step.source == "link":
            kinds = (holder.item or holder).kinds
            return next(self.vocabulary.says(kind, step.name) for kind in kinds if step.name in self.vocabulary.kinds[kind].links)
        if step.source == "inverse":
            links = self.vocabulary.backward[step.name]
            every = (kind.links[link] for kind in self.vocabulary.kinds.values() for link in links if link in kind.links)
            return next(link.says for link in every if link.inverse == step.name)
        spec = self.spec(step, holder)
        return spec.says if spec is not None else self.vocabulary.flows[step.name].says

    def yes_no(self, path: Path) -> tuple[Phrase, str]:
        """A boolean field path as its holder and the predicate: `it`, `is active`."""
        return self.holder(path), self.says_of_last(path)

    def says_of_last(self, path: Path) -> str:
        """The verb of the last step of a path."""
        *before, last = path.steps
        return self.says(last, before[-1].type if before else self.names[path.start].type)

    def field(self, steps: tuple[Step, ...], holder: Type) -> str:
        """A field without whose it is: `decision round`."""
        return self.bind("it", Name("it", holder)).path(Path(steps[-1].type, "", "it", steps)).owned

    def question(self, steps: tuple[Step, ...], holder: Type, whose: str) -> str:
        """A boolean field as what is asked: `whether the gate is pinned`."""
        subject, verb = self.bind("it", Name(whose, holder)).yes_no(Path(steps[-1].type, "", "it", steps))
        return f"whether {subject.text} {of_several(verb) if subject.plural else verb}"

    def literal(self, literal: Literal_) -> str:
        """A constant, with the parameter that gave it."""
        text = self._constant(literal)
        return f"{text} (parameter {literal.parameter})" if literal.parameter else text

    def _constant(self, literal: Literal_) -> str:
        value, name = literal.value, literal.type.name
        if name == "choice":
            return self.word(str(value), literal.type)
        if isinstance(value, timedelta):
            return counted(value.days, "day")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, int | float):
            return f"{value * 100:g}%" if name == "percent" else f"{value:g}"
        return str(value) if name == "date" else f'"{value}"'

    def word(self, word: str, choice: Type) -> str:
        """A word of a choice."""
        choices = [item for item in self.vocabulary.choices.values() if item.words == choice.words]
        meanings = choices[0].meanings if choices else {}
        # A pack may have a choice of the same words, which mean something else there.
        if word in meanings and all(item.meanings == meanings for item in choices if "." in item.name):
            self.words[spaced(word)] = meanings[word]
        return spaced(word)


@dataclass(frozen=True, slots=True)
class WrittenNouns(Nouns):
    """Calls things as manifests and policies write them, for those who are to change them.

    `known` gives the value of a path in words where it is known.
    """

    lists_words: bool = False
    absent: str = "is not set"
    members: str = "the members"
    known: Known = nothing_known

    def path(self, path: Path) -> Phrase:
        """A path by its own names, or its value."""
        value = self.known(path)
        if value is not None:
            return Phrase(value)
        start = self.names.get(path.start)
        owned = ".".join(step.name for step in path.steps)
        if not path.steps:
            return Phrase(start.text if start else path.start, bool(start and start.plural), path.start)
        text = owned if path.start in {"it", "subject"} else f"{path.start}.{owned}"
        return Phrase(text, path.type.name == "list", path.start, owned)

    def yes_no(self, path: Path) -> tuple[Phrase, str]:
        """A boolean field path as its subject and the predicate: in words for an element of a list, else as it is written."""
        if len(path.steps) == 1 and path.start in self.names:
            return Nouns.yes_no(self, path)
        return self.path(path), "is true"

    def says_of_last(self, path: Path) -> str:
        """The verb of the last step of a path from an element; empty for any other."""
        return Nouns.says_of_last(self, path) if path.start in self.names else ""

    def word(self, word: str, choice: Type) -> str:  # noqa: ARG002 - as it is written, of any choice
        """A word of a choice, as it is written."""
        return word


def _is_walked(step: Step) -> bool:
    """Whether a step goes over links to several; one over a link that has a single end is read like a field."""
    return step.source in {"link", "inverse"} and step.type.name == "list"


def _possessive(text: str) -> str:
    own = {"it": "its", "they": "their"}.get(text)
    return own or (f"{text}'" if text.endswith("s") else f"{text}'s")
