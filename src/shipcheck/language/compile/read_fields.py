"""The fields that a pack adds to kinds, under `fields` in its pack.yaml."""

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from typing import Literal, NamedTuple

from shipcheck.english import article, did_you_mean, listed
from shipcheck.language.syntax.grammar import KEYWORDS
from shipcheck.language.syntax.keys import NAME, Keys
from shipcheck.model.document import Mapping, Node, Scalar
from shipcheck.model.pack_field import PackField, key_of, spelled
from shipcheck.model.pack_head import PackHead
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import AMBIGUOUS, Plain, plain
from shipcheck.vocabulary.build import unfit_direction
from shipcheck.vocabulary.vocabulary import DIRECTIONS, Vocabulary

FIELDS = "fields"
FIELD_PROBLEM = "P034"
_OF_ALL = ("type", "description", "weaker", "absent", "says", "list")
_OF_TYPE = {
    "choice": ("words", "ordered"),
    "text": (),
    "number": ("minimum", "maximum"),
    "integer": ("minimum", "maximum"),
    "yes_no": (),
    "date": (),
    "reference": ("to",),
}
_WITHOUT_DEFAULT = frozenset({"date", "reference"})
# Of whom the base would not have trusted some: only the gates and sinks of the built-in vocabulary have such people.
_WEAKER = tuple(sorted(DIRECTIONS - {"people"}))
_BOUND = ("it", "subject", "from", "to", "through", "gates", "item", "name", "base", "link", "removed")


class _Absence(NamedTuple):
    """What a missing field means, and the default if it is one."""

    means: Literal["unknown", "none", "default"] = "unknown"
    value: Plain = None


def read_fields(keys: Keys, pack: str, vocabulary: Vocabulary | None = None) -> tuple[PackField, ...]:
    """The fields that can be used; problems are added to `keys`. Without a vocabulary, its names are not checked."""
    fields: list[PackField] = []
    entries = keys.entries(FIELDS)
    if entries and vocabulary is not None and not _has_free_key(keys, pack, vocabulary):
        return ()
    for kind, node in entries:
        if vocabulary is not None and kind.text not in vocabulary.kinds:
            hint = did_you_mean(kind.text, vocabulary.kinds) or f"; the kinds are {listed(tuple(vocabulary.kinds), 'and')}"
            keys.report(kind, FIELD_PROBLEM, f"unknown kind '{kind.text}'{hint}")
            continue
        of_kind = Keys(keys.document, node, f"the fields of {kind.text}", keys.problems)
        fields.extend(_of_kind(of_kind, kind.text, vocabulary))
    return tuple(fields)


def _has_free_key(keys: Keys, pack: str, vocabulary: Vocabulary) -> bool:
    """Whether the fields of a pack can be written under its name; reports a problem if not."""
    key = key_of(pack)
    taken = _meaning(spelled(key), vocabulary)
    if AMBIGUOUS.fullmatch(key):
        taken = "not a text for some YAML version"
    if not taken:
        return True
    entry = next(name for name, _ in keys.pairs() if name.text == FIELDS)
    keys.report(entry, FIELD_PROBLEM, f"fields of pack {pack} are written under '{key}', and '{key}' is {taken}; rename the pack")
    return False


def _meaning(name: str, vocabulary: Vocabulary) -> str:
    """What a name means without packs; empty if nothing."""
    kinds = vocabulary.kinds.values()
    built_in = {field for kind in kinds for field, spec in kind.fields.items() if not spec.pack}
    meanings = (
        (vocabulary.kinds, "a kind"),
        (vocabulary.sections, "a section of manifests"),
        (built_in, "a field"),
        ({link for kind in kinds for link in kind.links}, "a link"),
        (vocabulary.backward, "a link"),
        (vocabulary.flows, "a derived value"),
        (KEYWORDS | {*_BOUND}, "a word of the policy language"),
    )
    return next((meaning for names, meaning in meanings if name in names), "")


def _of_kind(keys: Keys, kind: str, vocabulary: Vocabulary | None) -> Iterator[PackField]:
    for name, node in keys.pairs():
        entry = Keys(keys.document, node, f"field {kind}.{name.text}", keys.problems)
        if _is_field_name(name, keys, vocabulary) and isinstance(node, Mapping):
            field = _field(entry, kind, name, vocabulary)
            if field is not None:
                yield field


def _is_field_name(name: Scalar, keys: Keys, vocabulary: Vocabulary | None) -> bool:
    text = name.text
    if not NAME.fullmatch(text) or text in KEYWORDS or AMBIGUOUS.fullmatch(text):
        rule = "use lower-case letters, digits and '_', but not a keyword"
        keys.report(name, FIELD_PROBLEM, f"'{text}' is not a valid field name; {rule}")
    elif vocabulary is not None and text in vocabulary.facts:
        keys.report(name, FIELD_PROBLEM, f"'{text}' is the name of a fact, which is found in the code; use another name")
    else:
        return True
    return False


def _field(keys: Keys, kind: str, name: Scalar, vocabulary: Vocabulary | None) -> PackField | None:
    """One field; None after its problems are reported."""
    reported = len(keys.problems)
    type_name = keys.text("type", required=True)
    if type_name not in _OF_TYPE:
        if type_name:
            hint = did_you_mean(type_name, _OF_TYPE) or f"; the types are {listed(tuple(_OF_TYPE), 'and')}"
            keys.report(keys.get("type") or keys.node, FIELD_PROBLEM, f"unknown type '{type_name}'{hint}")
        return None
    keys.allow((*_OF_ALL, *_OF_TYPE[type_name]))
    words = _words(keys) if type_name == "choice" else ()
    many = _flag(keys, "list")
    low, high = _bound(keys, "minimum"), _bound(keys, "maximum")
    absence = _absence(keys, type_name, tuple(word for word, _ in words), many=many)
    field = PackField(
        kind=kind,
        name=name.text,
        type=type_name,
        weaker=_weaker(keys, type_name, many=many),
        description=keys.text("description", required=True),
        location=keys.document.locate(name),
        says=keys.text("says"),
        many=many,
        words=words,
        ordered=_flag(keys, "ordered"),
        to=_kinds(keys, vocabulary) if type_name == "reference" else (),
        minimum=low,
        maximum=high,
        absent=absence.means,
        default=absence.value,
    )
    if low is not None and high is not None and low > high:
        keys.report(keys.get("maximum") or keys.node, FIELD_PROBLEM, f"maximum {high} is less than minimum {low}")
    if isinstance(field.default, int | float) and not _is_within(field.default, low, high):
        keys.report(keys.get("absent") or keys.node, FIELD_PROBLEM, f"absent {field.default} is out of range")
    return field if len(keys.problems) == reported else None


def _is_within(value: float, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _weaker(keys: Keys, type_name: str, *, many: bool) -> str:
    """Which change weakens what is governed."""
    weaker = keys.text("weaker", required=True)
    node = keys.get("weaker") or keys.node
    if weaker and weaker not in _WEAKER:
        keys.report(node, FIELD_PROBLEM, f"'{weaker}' is not a direction; write {listed(_WEAKER)}{did_you_mean(weaker, _WEAKER)}")
    elif weaker and (needed := unfit_direction(weaker, type_name, many=many)):
        keys.report(node, FIELD_PROBLEM, f"'weaker: {weaker}' {needed}")
    return weaker


def _flag(keys: Keys, name: str) -> bool:
    node = keys.get(name)
    if node is None:
        return False
    if isinstance(node, Scalar) and node.plain and node.text in {"true", "false"}:
        return node.text == "true"
    keys.report(node, FIELD_PROBLEM, f"'{name}' must be true or false")
    return False


def _bound(keys: Keys, name: str) -> int | None:
    node = keys.get(name)
    value = plain(node) if isinstance(node, Scalar) else None
    if node is not None and (not isinstance(value, int) or isinstance(value, bool)):
        keys.report(node, FIELD_PROBLEM, f"'{name}' must be a whole number")
        return None
    return value if isinstance(value, int) else None


def _words(keys: Keys) -> tuple[tuple[str, str], ...]:
    """The words of a choice with their meanings: a map, or a list without meanings."""
    node = keys.get("words")
    if node is None:
        keys.report(
            keys.node, FIELD_PROBLEM, f"{keys.what} has no words; add words: [...], or a map with the meaning of each word"
        )
        return ()
    if isinstance(node, Mapping):
        meanings = Keys(keys.document, node, "words", keys.problems)
        pairs = [(key, meanings.text(key.text)) for key, _ in node.entries]
    else:
        pairs = [(item, "") for item in keys.items("words") if isinstance(item, Scalar)]
        if len(pairs) < len(keys.items("words")):
            keys.report(node, FIELD_PROBLEM, "'words' must be a list of words, or a map with the meaning of each")
    words: dict[str, str] = {}
    for word, meaning in pairs:
        if not NAME.fullmatch(word.text) or word.text in KEYWORDS or AMBIGUOUS.fullmatch(word.text):
            rule = "use lower-case letters, digits and '_', but not a keyword"
            keys.report(word, FIELD_PROBLEM, f"'{word.text}' is not a valid word; {rule}")
        elif word.text in words:
            keys.report(word, FIELD_PROBLEM, f"'{word.text}' is in the list twice; keep one")
        words[word.text] = meaning
    if not words:
        keys.report(node, FIELD_PROBLEM, "a choice needs at least one word")
    return tuple(words.items())


def _kinds(keys: Keys, vocabulary: Vocabulary | None) -> tuple[str, ...]:
    """The kinds that a reference leads to."""
    kinds = keys.texts("to")
    if not kinds and not keys.has("to"):
        keys.report(keys.node, FIELD_PROBLEM, f"{keys.what} has no to; add to: [KIND]")
    for kind in kinds:
        if vocabulary is not None and kind not in vocabulary.kinds:
            keys.report(
                keys.get("to") or keys.node, FIELD_PROBLEM, f"unknown kind '{kind}'{did_you_mean(kind, vocabulary.kinds)}"
            )
    return tuple(dict.fromkeys(kinds))


def _absence(keys: Keys, type_name: str, words: tuple[str, ...], *, many: bool) -> _Absence:
    node = keys.get("absent")
    if node is None:
        return _Absence()
    text = node.text if isinstance(node, Scalar) else ""
    if text in {"unknown", "none"}:
        return _Absence("none" if text == "none" else "unknown")
    value = plain(node) if isinstance(node, Scalar) else None
    wanted = _wanted(type_name, words, many=many)
    if wanted and not _is_of_type(value, type_name, words, node):
        keys.report(node, FIELD_PROBLEM, f"absent must be unknown, none, or {wanted}")
    elif not wanted:
        what = "a list" if many else article(type_name)
        keys.report(node, FIELD_PROBLEM, f"{what} has no default value; absent must be unknown or none")
    return _Absence("default", value)


def _wanted(type_name: str, words: tuple[str, ...], *, many: bool) -> str:
    """The values that a default can have; empty if there is none."""
    if many or type_name in _WITHOUT_DEFAULT:
        return ""
    return {"choice": f"one of {listed(words)}", "text": "a text", "yes_no": "true or false", "integer": "a whole number"}.get(
        type_name, "a number"
    )


def _is_of_type(value: Plain, type_name: str, words: tuple[str, ...], node: Node) -> bool:
    if type_name == "choice":
        return value in words
    if type_name == "text":
        return isinstance(node, Scalar) and bool(node.text.strip()) and not (node.plain and AMBIGUOUS.fullmatch(node.text))
    if type_name == "yes_no":
        return isinstance(value, bool)
    return isinstance(value, int if type_name == "integer" else int | float) and not isinstance(value, bool)


def check_keys(heads: AnyMapping[str, PackHead], problems: list[Problem]) -> None:
    """Report each pack whose fields would be written under the same key as those of another."""
    first: dict[str, str] = {}
    for name, head in heads.items():
        other = first.setdefault(key_of(name), name) if head.fields else name
        if other != name:
            message = (
                f"fields of packs {other} and {name} are both written under '{key_of(name)}'; use only one of them, or rename one"
            )
            related = ((heads[other].fields[0].location, f"fields of {other}"),)
            problems.append(Problem(head.fields[0].location, FIELD_PROBLEM, message, related))
