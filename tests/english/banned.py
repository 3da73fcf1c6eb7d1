"""Words and phrases that no text of the project uses, each with what to write instead; see docs/glossary.md."""

import re
from typing import NamedTuple


class Banned(NamedTuple):
    """A phrase, as a regular expression over single-spaced text, and the advice for it."""

    pattern: re.Pattern[str]
    advice: str


def _banned(pattern: str, advice: str) -> Banned:
    return Banned(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), advice)


BANNED = (
    _banned(r"mend(?:s|ed|ing)?", "fix"),
    _banned(r"dear(?:er|est)?", "expensive, costly"),
    _banned(r"told", "reported, listed, printed"),
    _banned(r"grave(?:r|st|ly)?", "severe, more severe, highest severity"),
    _banned(r"besides?", "also; next to"),
    _banned(r"what(?:so)?ever|whoever|nobody|somebody|everybody|anybody", "name the thing or the person"),
    _banned(r"aloud", "in plain English"),
    _banned(r"circles?", "cycle"),
    _banned(r"walks?", "path"),
    _banned(r"(?:open|shut|fit|gated) ways?|ways? between|(?:a|each|every|one) way (?:in|out)", "path; entry point; exit"),
    _banned(r"excus(?:e|es|ed|ing)", "waive"),
    _banned(r"lapsed", "expired"),
    _banned(r"wiring|(?<!hard-)wired", "CI setup; set up"),
    _banned(r"misus(?:e|es|ed)(?! and Exploitation)", "error; malformed"),
    _banned(r"reckon\w*", "compute, calculate"),
    _banned(r"asks? (?:less|more)", "loosen, tighten"),
    _banned(r"(?:holds?|held)(?: \S+){0,6} against", "check, verify, compare with"),
    _banned(r"fit gates?|unfit|gates? (?:that|which) (?:fits?|do(?:es)? not fit)", "qualifying gate, a gate that qualifies"),
    _banned(r"for programs", "machine-readable"),
    _banned(r"makers? of (?:the |these )?packs?", "pack authors, upstream"),
    _banned(r"leaves? with", "exit with"),
    _banned(r"yes[- ]or[- ]no|yes/no", "true or false, boolean"),
    _banned(r"(?<!there )(?:is|are) no(?! (?:longer|more|other|later|fewer|exception)\b) [a-z]+", "is not a, is not a valid"),
    _banned(r"all the same", "still, anyway"),
    _banned(r"(?:can|could) ?not be told|cannot tell", "cannot be determined, is unknown"),
    _banned(r"stands?|stood", "is at, is in, is written"),
    _banned(r"(?<!real-)worlds?(?!:)", "fixture, example"),
    _banned(r"trials?", "policy test"),
    _banned(r"in silence|passed over", "silently, skipped"),
    _banned(r"comes to nothing|to be rid of|by rights", "rewrite plainly"),
)


def faults(text: str) -> list[str]:
    """Each banned phrase in a text, with its surroundings and the advice."""
    plain = " ".join(text.split())
    return [
        f"'{plain[max(0, match.start() - 30) : match.end() + 30]}': write {banned.advice}"
        for banned in BANNED
        for match in banned.pattern.finditer(plain)
    ]
