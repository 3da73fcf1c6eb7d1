"""Plurals, lists and hints, as all messages write them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Synonyms: TypeAlias = Mapping[str, str]
"""Words, each with others that people write for it, separated by spaces."""
_NO_SYNONYMS: Synonyms = {}


def nearest(word: str, candidates: Iterable[str], synonyms: Synonyms = _NO_SYNONYMS) -> str | None:
    """The candidate that `word` was most likely meant to be, or None if none is close.

    `synonyms` has other words for some of the candidates; the first that fits wins over similar spelling.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - loaded only when something is wrong

    known = sorted(candidates)
    plain = word.lower().replace("-", "_").replace(" ", "_")
    meant = next((name for name, others in synonyms.items() if name in known and plain in others.split()), None)
    if meant:
        return meant
    matches = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return matches[0] if matches else None


def nearest_names(word: str, candidates: Iterable[str], most: int = 3) -> list[str]:
    """Up to `most` candidates that are close to `word`, the closest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - loaded only when something is wrong

    return get_close_matches(word, candidates, n=most, cutoff=0.6)


def did_you_mean(word: str, candidates: Iterable[str], synonyms: Synonyms = _NO_SYNONYMS) -> str:
    """A clause such as `; did you mean 'owner'?`, or an empty text."""
    match = nearest(word, candidates, synonyms)
    return f"; did you mean '{match}'?" if match else ""


def listed(words: Sequence[str], last: str = "or") -> str:
    """Words as an English list: `a`, `a or b`, `a, b or c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun: `1 finding`, `3 findings`."""
    return f"{count} {noun}" if count == 1 else f"{count} {plural or noun + 's'}"


def article(noun: str) -> str:
    """The noun with `a` or `an` before it."""
    return f"{'an' if noun[:1] in 'aeiou' and not noun.startswith('use') else 'a'} {noun}"


def keys_missing(names: Sequence[str]) -> str:
    """The message for missing keys, with the next step; for the version of a file, also how it is written."""
    named = listed([f"'{name}'" for name in names], "and")
    advice = "are missing; add them" if len(names) > 1 else "is missing; add it"
    return f"{named} {advice}" + (" as 'shipcheck: 1'" if list(names) == ["shipcheck"] else "")
