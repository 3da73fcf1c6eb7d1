"""The forms of verb phrases such as `is audited by` and `can call`, and of nouns."""

from shipcheck.english import listed

_ALIKE = frozenset({"may", "can", "cannot"})
_HISSING = ("ches", "shes", "sses", "xes", "zes", "oes")
_SINGULAR = ("ss", "us", "is")


def of_several(verb: str) -> str:
    """A verb phrase as several do it: `are audited by`, `can call`, `do not offer`."""
    word, rest = _split(verb)
    if word in _ALIKE:
        return verb
    return {"is": "are", "has": "have", "does": "do"}.get(word, _base(word)) + rest


def negated(verb: str) -> str:
    """A verb phrase denied: `is not audited by`, `does not offer`."""
    word, rest = _split(verb)
    denied = {"is": "is not", "may": "may not", "can": "cannot", "has": "does not have"}
    return denied.get(word, f"does not {_base(word)}") + rest


def to_be_done(verb: str) -> str:
    """A verb phrase as it follows `must` or `may`: `be audited by`, `not be declared`, `offer`."""
    if verb.startswith(("is not ", "does not ")):
        return f"not {to_be_done(verb.replace(' not', '', 1)).removeprefix('do ')}"
    word, rest = _split(verb)
    return {"is": "be", "has": "have", "may": "be able to", "can": "be able to", "does": "do"}.get(word, _base(word)) + rest


def _split(verb: str) -> tuple[str, str]:
    word, space, rest = verb.partition(" ")
    return word, space + rest


def _base(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(_HISSING):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def is_plural(noun: str) -> bool:
    """Whether a noun already names several: `effects`, but not `status`."""
    head, _ = _head(noun)
    return head.endswith("s") and not head.endswith(_SINGULAR)


def several(noun: str) -> str:
    """A noun for several: `actions`, `use cases`, `places in the code`."""
    head, rest = _head(noun)
    if is_plural(noun):
        return noun
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        head = f"{head[:-1]}ie"
    elif head.endswith(("s", "x", "ch", "sh")):
        head = f"{head}e"
    return f"{head}s{rest}"


def _head(noun: str) -> tuple[str, str]:
    """The part of a noun that says whether it names several, and what follows it."""
    ends = [at for at in (noun.find(word) for word in (" in ", " of ", " to ")) if at >= 0]
    end = min(ends, default=len(noun))
    return noun[:end], noun[end:]


def spaced(name: str) -> str:
    """A name as words: `use case`."""
    return name.replace("_", " ")


def kinds_one(kinds: tuple[str, ...]) -> str:
    """Kinds as a noun for one component: `agent or model`."""
    return listed([spaced(kind) for kind in kinds])


def kinds_many(kinds: tuple[str, ...]) -> str:
    """Kinds as a noun for several components: `agents and models`."""
    return listed([several(spaced(kind)) for kind in kinds], "and")


def joined(parts: list[str], word: str, apart: tuple[str, ...] = ("and", "or")) -> str:
    """Parts with a word between them, and commas where one of them holds one of the words in `apart` itself."""
    if len(parts) > 1 and any(f" {inner} " in part for part in parts for inner in apart):
        return f"{', '.join(parts[:-1])}, {word} {parts[-1]}"
    return listed(parts, word)
