"""Conditions as clauses: a subject, and what is said of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, assert_never

from shipcheck.describe.nouns import Name, Nouns, Phrase
from shipcheck.describe.verb_forms import joined, kinds_one, negated, of_several, spaced, to_be_done
from shipcheck.english import article, listed
from shipcheck.model.expression import (
    Aggregate,
    Arithmetic,
    Both,
    Compare,
    ComponentLiteral,
    Either,
    Expression,
    Given,
    Like,
    ListLiteral,
    Literal_,
    Matches,
    Member,
    Not,
    Path,
    Present,
    Quantified,
    Step,
    Subset,
)
from shipcheck.model.operators import COMPARISONS, EQUALITIES, expected_words
from shipcheck.model.types import TEXT, YES_NO, Type
from shipcheck.vocabulary.vocabulary import DECLARED as AS_WRITTEN

_WORDS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
_AGGREGATES = {"sum": "sum", "avg": "average", "min": "minimum", "max": "maximum"}


DECLARED = "is declared"


class Clause(NamedTuple):
    """One thing said of one subject; `verb` is what a single one does."""

    subject: Phrase
    verb: str

    @property
    def text(self) -> str:
        """The clause as it is said."""
        return f"{self.subject.text} {of_several(self.verb) if self.subject.plural else self.verb}"

    @property
    def demand(self) -> str:
        """The clause as something that is asked for."""
        must = "may" if self.subject.text.startswith(("no ", "none ")) else "must"
        return f"{self.subject.text} {must} {to_be_done(self.verb)}"


class Joined(NamedTuple):
    """Several parts, with `and` or `or` between them; each is said as written, or denied where its flag is false."""

    word: str
    parts: tuple[tuple[Expression, bool], ...]


class Clauses:
    """Says conditions with one set of nouns."""

    def __init__(self, nouns: Nouns) -> None:
        self.nouns = nouns

    def say(self, expression: Expression, *, wanted: bool = True, inner: bool = False) -> str:
        """A condition as one clause, or several joined; an `inner` one that joins several gets brackets."""
        parsed = self.parse(expression, wanted=wanted)
        if isinstance(parsed, Clause):
            return parsed.text
        text = joined([self.say(part, wanted=flag, inner=True) for part, flag in parsed.parts], parsed.word)
        return f"({text})" if inner else text

    def relative(self, expression: Expression, name: str, *, wanted: bool = True, inner: bool = False) -> str:
        """A condition on what a name is bound to, as it follows a noun: `whose owner is declared`, `that is an entry`."""
        parsed = self.parse(expression, wanted=wanted)
        if isinstance(parsed, Joined):
            parts = [self.relative(part, name, wanted=flag, inner=True) for part, flag in parsed.parts]
            text = joined(parts, parsed.word, (parsed.word,))
            return f"({text})" if inner else text
        return self.follow(parsed, name)

    def follow(self, clause: Clause, name: str) -> str:
        """A clause as it follows the noun that the name means."""
        subject = clause.subject
        verb = of_several(clause.verb) if subject.plural else clause.verb
        if subject.start == name and subject.is_name:
            return f"that {verb}"
        if subject.start == name and subject.owned:
            return f"whose {subject.owned} {verb}"
        return f"for which {clause.text}"

    def parse(self, expression: Expression, *, wanted: bool) -> Clause | Joined:
        """What a condition says, or with `wanted` false what its contrary says."""
        match expression:
            case Not():
                return self.parse(expression.part, wanted=not wanted)
            case Both() | Either():
                return self._joined(expression, wanted=wanted)
            case Quantified():
                return self._quantified(expression, wanted=wanted)
            case Compare():
                parts = self._compared(expression, wanted=wanted)
            case Member():
                parts = self._member(expression, wanted=wanted)
            case Aggregate():
                parts = self._unique(expression, "no" if wanted else "at least")
            case Literal_():
                parts = Phrase("this"), "is always true" if bool(expression.value) is wanted else "is never true"
            case Given() | Present() | Matches() | Like() | Subset() | Path():
                parts = self._deniable(expression, wanted=wanted)
            case ComponentLiteral() | ListLiteral() | Arithmetic():
                parts = Phrase(" ".join(expression.text.split())), "is true" if wanted else negated("is true")
            case _:
                assert_never(expression)
        return Clause(*parts)

    def _joined(self, expression: Both | Either, *, wanted: bool) -> Clause | Joined:
        word = "and" if isinstance(expression, Both) is wanted else "or"
        parts = tuple(self._flat(expression, word, wanted=wanted))
        return Joined(word, parts) if len(parts) > 1 else self.parse(parts[0][0], wanted=parts[0][1])

    def _flat(self, expression: Expression, word: str, *, wanted: bool) -> Iterator[tuple[Expression, bool]]:
        """The parts of a condition and of the parts that are joined by the same word."""
        if isinstance(expression, Not):
            yield from self._flat(expression.part, word, wanted=not wanted)
        elif isinstance(expression, Both | Either) and (isinstance(expression, Both) is wanted) is (word == "and"):
            for part in expression.parts:
                yield from self._flat(part, word, wanted=wanted)
        else:
            yield expression, wanted

    def _deniable(self, expression: Given | Present | Matches | Like | Subset | Path, *, wanted: bool) -> tuple[Phrase, str]:
        """The subject and the verb of a condition that is denied by denying its verb."""
        subject, verb = self._plain(expression)
        if not wanted and verb == DECLARED:
            return subject, self.nouns.absent
        return subject, verb if wanted else negated(verb)

    def _plain(self, expression: Given | Present | Matches | Like | Subset | Path) -> tuple[Phrase, str]:
        match expression:
            case Given():
                return self._given(expression.part)
            case Present():
                return self.phrase(expression.part), "is in this revision"
            case Matches():
                return self.phrase(expression.part), f"is {article(self.selected(expression))}"
            case Like():
                return self.phrase(expression.left), f'matches "{expression.pattern}"'
            case Subset():
                some = isinstance(expression.left, ListLiteral)
                items = self.phrase(expression.left).text
                return self.phrase(expression.right), f"includes {items if some else f'all of {items}'}"
            case Path():
                return self.nouns.yes_no(expression) if expression.steps else (self.nouns.path(expression), "is true")
            case _:
                assert_never(expression)

    def selected(self, expression: Matches) -> str:
        """What a component is that matches: the name of the selector, as a noun."""
        if expression.name not in expression.selector.kinds:
            self.nouns.selectors[expression.name] = expression.selector
        return noun_of(expression.name, expression.selector.kinds)

    def _given(self, part: Expression) -> tuple[Phrase, str]:
        if isinstance(part, Path) and part.steps and part.steps[-1].source == "base":
            return self.nouns.holder(part), "is in the base revision"
        return self.phrase(_without_declared(part)), DECLARED

    def _compared(self, expression: Compare, *, wanted: bool) -> tuple[Phrase, str]:
        left, right = expression.left, expression.right
        operator = expression.operator if wanted else COMPARISONS[expression.operator].opposite
        if isinstance(right, Literal_) and isinstance(right.value, bool) and isinstance(left, Path) and left.steps:
            subject, verb = self.nouns.yes_no(left)
            return subject, verb if right.value is (operator == "==") else negated(verb)
        words = "not {}" if operator == "!=" else expected_words(operator, left.type.name)
        text = self._words_from(expression, operator) or words.format(self.phrase(right).text)
        return self.phrase(left), f"is {text}"

    def _words_from(self, expression: Compare, operator: str) -> str:
        """The words of an ordered choice that compare as asked with a given one; empty where they are not to be listed."""
        right, rank = expression.right, expression.rank
        if not (self.nouns.lists_words and isinstance(right, Literal_) and right.value in rank) or operator in EQUALITIES:
            return ""
        at, holds = rank.index(str(right.value)), COMPARISONS[operator].holds
        return listed([self.nouns.word(word, right.type) for place, word in enumerate(rank) if holds(place, at)])

    def _member(self, expression: Member, *, wanted: bool) -> tuple[Phrase, str]:
        left, right = expression.left, expression.right
        if isinstance(right, ListLiteral):
            choices = [self.phrase(item).text for item in right.items]
            neither = f"is not {listed(choices)}" if len(choices) > 2 else f"is neither {listed(choices, 'nor')}"
            return self.phrase(left), f"is {listed(choices)}" if wanted else neither
        if isinstance(right, Path) and right.steps and right.steps[-1].source == "link":
            holder = self.nouns.holder(right)
            says = self.nouns.says_of_last(right)
            if says.startswith("is ") and not holder.plural:
                verb = f"{says} {self.phrase(left).text}"
                return holder, verb if wanted else negated(verb)
        verb = f"includes {self.phrase(left).text}"
        if isinstance(left, Path):
            subject, verb = self.phrase(left), f"is among {self.phrase(right).text}"
        else:
            subject = self.phrase(right)
        return subject, verb if wanted else negated(verb)

    def _unique(self, expression: Aggregate, many: str) -> tuple[Phrase, str]:
        if expression.items is not None:
            return Phrase(f"{many} two of {self.phrase(expression.items).text}", plural=True), "is the same"
        part = self.phrase(expression.part) if expression.part is not None else Phrase("value")
        return Phrase(f"{many} two of {self.nouns.members}", plural=True), f"has the same {part.owned or part.text}"

    def _quantified(self, expression: Quantified, *, wanted: bool) -> Clause:
        word = {("some", False): "no", ("no", False): "some"}.get((expression.word, wanted), expression.word)
        condition = expression.condition
        doubly = word == "no" and isinstance(condition, Not)
        if doubly and isinstance(condition, Not):
            condition = condition.part
        items = self.phrase(expression.items)
        inner = self.bound(expression.name, f"the {spaced(expression.name)}", expression.items.type.item)
        if word in {"some", "no"} and not doubly and (active := self._active(expression, inner, word)):
            return active
        verb = inner.predicate(condition, expression.name)
        if doubly:
            return Clause(Phrase(_each(items, "if any")), verb)
        if word == "every" and wanted:
            return Clause(Phrase(_each(items, "at least one")), verb)
        if word == "every":
            return Clause(Phrase(f"not {_each(items, '')}"), f"{verb}, or there is none")
        some, several = ("no", "none of") if word == "no" else ("at least one", "at least one of")
        return Clause(Phrase(f"{some} {items.one}" if items.one else f"{several} {items.text}"), verb)

    def _active(self, expression: Quantified, inner: "Clauses", word: str) -> Clause | None:
        """What is said of the links of one component, by their own verb: `it is audited by at least one audit trail`."""
        items, condition = expression.items, expression.condition
        if not isinstance(items, Path) or not items.steps or items.steps[-1].source != "link":
            return None
        says, holder = self.nouns.says_of_last(items), self.nouns.holder(items)
        if not says or holder.plural:
            return None
        count = "no" if word == "no" else "at least one"
        itself = isinstance(condition, Matches) and condition.part == Path(condition.part.type, "", expression.name, ())
        if itself and isinstance(condition, Matches):
            return Clause(holder, f"{says} {count} {self.selected(condition)}")
        kinds = (items.type.item or items.type).kinds
        return Clause(holder, f"{says} {count} {kinds_one(kinds)} {inner.relative(condition, expression.name)}")

    def spread(self, expression: Expression, *, wanted: bool) -> tuple[Clause, "Clauses", Joined] | None:
        """A condition on the elements of a list that joins several conditions, in parts; None for any other expression.

        The parts are the clause that introduces them, the clauses that name an element, and the joined conditions.
        """
        if not isinstance(expression, Quantified) or isinstance(expression.condition, Not):
            return None
        called = f"the {spaced(expression.name)}"
        inner = self.bound(expression.name, called, expression.items.type.item)
        parsed = inner.parse(expression.condition, wanted=True)
        whole = self._quantified(replace(expression, condition=Literal_(YES_NO, "true", value=True)), wanted=wanted)
        if not isinstance(parsed, Joined):
            return None
        truths = "all of these are true" if parsed.word == "and" else "at least one of these is true"
        return Clause(Phrase(f"{whole.subject.text} ({called})"), f"is one for which {truths}"), inner, parsed

    def bound(self, name: str, text: str, kind: Type | None, *, plural: bool = False) -> "Clauses":
        """These clauses with `name` called `text`; `kind` is its type, None for text."""
        return Clauses(self.nouns.bind(name, Name(text, kind or TEXT, plural)))

    def predicate(self, expression: Expression, name: str, *, wanted: bool = True) -> str:
        """A condition as what is said of the one that a name is bound to: `is active`, `is one whose type is vendor`."""
        parsed = self.parse(expression, wanted=wanted)
        if isinstance(parsed, Clause) and parsed.subject.is_name and parsed.subject.start == name:
            return parsed.verb
        return f"is one {self.relative(expression, name, wanted=wanted)}"

    def phrase(self, expression: Expression) -> Phrase:
        """A value as a noun phrase."""
        match expression:
            case Path():
                return self.nouns.path(expression)
            case Literal_():
                truth = isinstance(expression.value, bool)
                text = str(expression.value).lower() if truth else self.nouns.literal(expression)
            case ComponentLiteral():
                text = expression.text.strip('"')
            case ListLiteral():
                text = listed([self.phrase(item).text for item in expression.items], "and") or "nothing"
            case Arithmetic():
                text = self._calculated(expression)
            case Aggregate() if expression.word != "unique":
                text = self._aggregate(expression)
            case Not() | Both() | Either() | Quantified() | Compare() | Member() | Subset() | Aggregate():
                text = f"whether {self.say(expression)}"
            case Given() | Present() | Like() | Matches():
                text = f"whether {self.say(expression)}"
            case _:
                assert_never(expression)
        return Phrase(text)

    def _calculated(self, expression: Arithmetic) -> str:
        tight = expression.operator in {"*", "/"}
        left, right = (self.phrase(part).text for part in (expression.left, expression.right))
        if tight and _is_loose(expression.left):
            left = f"({left})"
        if isinstance(expression.right, Arithmetic) and (tight or _is_loose(expression.right)):
            right = f"({right})"
        return f"{left} {_WORDS[expression.operator]} {right}"

    def _aggregate(self, expression: Aggregate) -> str:
        items, part = expression.items, expression.part
        if items is None and part is not None and expression.word in _AGGREGATES:
            text = self.phrase(part).text
            return f"the {_AGGREGATES[expression.word]} of {f'({text})' if isinstance(part, Arithmetic) else text}"
        them = self.nouns.members if items is None else self.phrase(items).text
        if expression.word not in _AGGREGATES:
            them = them.removeprefix("the ")
        word = _AGGREGATES.get(expression.word) or {"count": "number"}.get(expression.word, expression.word)
        if part is None:
            return f"the {word} of {them}{' that are true' if word == 'share' else ''}"
        if items is None:
            return f"the {word} of {them} {self.relative(part, 'it')}"
        inner = self.bound(expression.name, "they", items.type.item, plural=True)
        return f"the {word} of {them} {inner.relative(part, expression.name)}"


def noun_of(name: str, kinds: tuple[str, ...]) -> str:
    """What a component is called that matches a named selector: `human gate`, but `sensitive action`."""
    words = spaced(name)
    if not name or name in kinds:
        return kinds_one(kinds)
    own = {word for kind in kinds for word in kind.split("_")}
    return words if own & set(name.split("_")) else f"{words} {kinds_one(kinds)}"


def _each(items: Phrase, aside: str) -> str:
    text = f"every {items.one}" if items.one else f"each of {items.text}"
    return f"{text} ({aside})" if aside else text


def _is_loose(expression: Expression) -> bool:
    return isinstance(expression, Arithmetic) and expression.operator in {"+", "-"}


def _without_declared(part: Expression) -> Expression:
    """The field itself, for a sentence on whether it is declared, which says so once."""
    if not isinstance(part, Path):
        return part
    steps: list[Step] = []
    is_as_written = False
    for step in part.steps:
        if step.name == AS_WRITTEN and step.type.name == "record":
            is_as_written = True
            continue
        steps.append(replace(step, on_record=False) if is_as_written else step)
        is_as_written = False
    return replace(part, steps=tuple(steps))
