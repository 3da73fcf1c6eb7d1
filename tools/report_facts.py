"""What two runs of one command must agree on: the exit code and all of the output but its wording.

A report in JSON is compared whole. Sentences are replaced by a mark first, so that only whether there is one counts. The text
of a cause is replaced by the first of the findings that share it. A key or an item that only one side has is a difference.
Other formats are reduced to the places, codes and policies that they name.
"""

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

CODE_ONLY = "exit code only"
SENTENCE, ABSENT, PRESENT = "(sentence)", "(absent)", "(present)"
# Keys whose text is a sentence, in the reports of every command.
SENTENCES = frozenset(
    {"message", "text", "asked", "note", "label", "title", "detail", "fix", "description", "markdown", "waiver"}
    | {"scope", "cites", "shows", "hides"}
)
# The answers of a policy test, which are facts, and where a fixture is malformed its problem with its place.
ANSWERS = frozenset({"expected", "found"})
# What is written under these keys comes from a manifest.
VALUES = frozenset({"fields", "derived"})
# The keys that tell the items of a list apart. Items of other lists are compared by position.
IDENTITIES: Mapping[str, tuple[str, ...]] = {
    "findings": ("policy", "subject", "target"),
    "problems": ("code", "location.path"),
    "warnings": ("code", "location.path"),
    "policies": ("policy",),
    "packs": ("name", "pack"),
    "changes": ("change", "subject", "policy"),
    "waivers": ("policy", "subject", "target"),
    "items": ("policy", "subject", "target"),
    "softened": ("pack", "what"),
    "controls": ("catalogue", "control"),
    "components": ("component",),
    "links": ("from", "link", "to"),
    "audits": ("audit",),
    "units": ("name",),
    "failures": ("kind", "case"),
    "results": ("ruleId", "partialFingerprints"),
    "rules": ("id",),
    "": ("key", "check_name", "fingerprint"),
}
PLACE = re.compile(r"[^\s()\[\]'\"`,:%]+\.[a-z]+:\d+(?::\d+)?")
PROBLEM = re.compile(rf"({PLACE.pattern}): ")
# The lines of a built-in pack are those of the checkout's own files, and move with their wording.
BUILT_IN = re.compile(r"(@built-in/[^\s:]+):\d+(?::\d+)?")
LINES: Mapping[str, re.Pattern[str]] = {
    "github": re.compile(r"^(::\w+ .*?)::", re.MULTILINE),
    "azure": re.compile(r"^##vso\[(.*?)\]", re.MULTILINE),
    "concise": re.compile(r"^(\S+: \w+ \S+):", re.MULTILINE),
}


class Outcome(NamedTuple):
    """The exit code of a command and what it printed to standard output."""

    code: int
    output: bytes


class Difference(NamedTuple):
    """A value that two outcomes do not share. `key` names it, `item` the items of lists that it belongs to."""

    key: str
    item: str
    before: object
    after: object


def differences(form: str, before: Outcome, after: Outcome) -> Iterator[Difference]:
    """What differs between two outcomes of a command that prints this format. No format is text, `CODE_ONLY` no output."""
    if before.code != after.code:
        yield Difference("exit code", "", before.code, after.code)
    if before.output == after.output or form == CODE_ONLY:
        return
    one, other = facts(form, before.output), facts(form, after.output)
    if isinstance(one, Counter) and isinstance(other, Counter):
        changed = [fact for fact in dict.fromkeys([*one, *other]) if one[fact] != other[fact]]
        yield from (Difference(f"facts in {form or 'text'}", fact, one[fact], other[fact]) for fact in changed)
    elif not isinstance(one, Counter) and not isinstance(other, Counter):
        yield from compare(one, other)
    else:
        yield Difference("output", "", _kind(one), _kind(other))


def _kind(value: object) -> str:
    return "text" if isinstance(value, Counter) else "data"


def facts(form: str, output: bytes) -> object:
    """What must not change in an output: data, or a count of the facts that a text names."""
    text = output.decode("utf-8", "replace")
    try:
        if form in {"json", "sarif", "gitlab"}:
            return masked(json.loads(text))
        if form == "junit":
            return Counter(_test_cases(text))
    except (ValueError, ET.ParseError):
        pass
    return Counter(LINES[form].findall(text) if form in LINES else places(text))


def places(text: str) -> list[str]:
    """The places in files that a text names, without the lines of built-in packs."""
    return [BUILT_IN.sub(r"\1", place) for place in PLACE.findall(text)]


def _test_cases(text: str) -> Iterator[str]:
    """Each test case with its outcomes. A name with a space in it is a sentence."""
    for case in ET.fromstring(text).iter("testcase"):  # noqa: S314 - our own output
        name = case.get("name", "")
        outcomes = [f"{child.tag} {child.get('type', '')}".strip() for child in case]
        yield " ".join([case.get("classname", ""), SENTENCE if " " in name else name, *outcomes])


def masked(value: object, key: str = "") -> object:
    """The data without its wording."""
    if key in VALUES:
        return value
    if isinstance(value, dict):
        return _without_hashed_messages({name: masked(inner, name) for name, inner in value.items()})
    if isinstance(value, list):
        return [masked(item, key if isinstance(item, str) else "") for item in _with_shared_causes(value)]
    if isinstance(value, str) and value and key in SENTENCES:
        return SENTENCE
    if isinstance(value, str) and key == "origin":
        return sorted(places(value))
    if isinstance(value, str) and key in ANSWERS and (problem := PROBLEM.match(value)):
        return problem[1]
    return value


def _without_hashed_messages(item: dict[str, object]) -> dict[str, object]:
    """A problem without its fingerprint, which SARIF and GitLab make from its message."""
    if item.get("ruleId") == "problem":
        return item | {"partialFingerprints": SENTENCE}
    return item | {"fingerprint": SENTENCE} if item.get("severity") == "blocker" else item


def _with_shared_causes(items: list[Any]) -> list[Any]:
    """Findings with the first finding that has the same cause in place of the cause's text."""
    if not all(isinstance(item, dict) and "cause" in item and "fingerprint" in item for item in items):
        return items
    name, first = namer("findings"), dict[str, str]()
    for item in sorted(items, key=name):
        first.setdefault(item["cause"], f"shared with {name(item)}")
    return [item | {"cause": item["cause"] and first[item["cause"]]} for item in items]


def compare(before: object, after: object, key: str = "", item: str = "") -> Iterator[Difference]:
    """Where two values differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _compare_keys(before, after, key, item)
    elif isinstance(before, list) and isinstance(after, list) and _has_items(before + after):
        yield from _compare_items(before, after, key, item)
    elif type(before) is not type(after) or before != after:
        yield Difference(key, item, before, after)


def _has_items(values: list[Any]) -> bool:
    return any(isinstance(value, (dict, list)) for value in values)


def _compare_keys(before: dict[str, Any], after: dict[str, Any], key: str, item: str) -> Iterator[Difference]:
    for name in dict.fromkeys([*before, *after]):
        inner = f"{key}.{name}" if key else name
        if name in before and name in after:
            yield from compare(before[name], after[name], inner, item)
        else:
            yield Difference(inner, item, before.get(name, ABSENT), after.get(name, ABSENT))


def _compare_items(before: list[Any], after: list[Any], key: str, item: str) -> Iterator[Difference]:
    """Items are paired by what identifies them, so that one that is missing does not shift the others."""
    name = namer(key.rpartition(".")[2].removesuffix("[]"))
    one, other = _named(before, name), _named(after, name)
    for named in dict.fromkeys([*one, *other]):
        inner = f"{item}, {named}" if item else named
        if named in one and named in other:
            yield from compare(one[named], other[named], f"{key}[]", inner)
        else:
            yield Difference(f"{key}[]", inner, PRESENT if named in one else ABSENT, PRESENT if named in other else ABSENT)
    if one.keys() == other.keys() and [*one] != [*other]:
        yield Difference(f"{key} order", item, [*one], [*other])


def namer(key: str) -> Callable[[Any], str]:
    """The function that names the items of a list which stands under this key; items without a name are paired by position."""
    parts = IDENTITIES.get(key, ())

    def name(value: Any) -> str:
        values = [_part(value, part) for part in parts]
        return " ".join(str(value) for value in values if value is not None)

    return name


def _part(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _named(items: list[Any], name: Callable[[Any], str]) -> dict[str, Any]:
    seen: Counter[str] = Counter()
    named = {}
    for item in items:
        own = name(item)
        seen[own] += 1
        number = f"#{seen[own]}" if seen[own] > 1 or not own else ""
        named[f"{own}{number}"] = item
    return named
