"""The settings file: what it can say, and every mistake with its place and words."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.reading import Place, Said, read, said

from shipcheck.model.document import Document
from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.model.trust import TrustedKey
from shipcheck.settings.read_settings import MAX_VALUES, read_settings

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parents[3] / "schemas" / "settings.schema.json").read_text("utf-8"))
HEAD = "shipcheck: 1\n"
KEYS = "shipcheck, packs, parameters, severities, manifests, roots, branches, code, trust and fail_on"
SHAPE = "settings-shape"
TRUSTED = "A pack's name, PUBLISHER/*, or * for every pack that is not built in."
PUBLIC = "The public half of the key: the base64 of 32 bytes, as 'shipcheck pack keygen' prints it."
WORDS = (
    "A line of coverage: unparsed, not_analysed, broken, cut, unknown_frameworks, the word of one reason such as too_large or "
    "submodule, or a language without a front end such as go."
)
PACK_NAME = "A pack's name: lower-case letters and digits, with '-' or '/' between."


def settings(text: str) -> Settings | tuple[Problem, ...]:
    document = read(text, ".shipcheck/settings.yaml")
    assert isinstance(document, Document), document
    return read_settings(document, SCHEMA)


def good(text: str) -> Settings:
    found = settings(text)
    assert isinstance(found, Settings), found
    return found


class Mistake(NamedTuple):
    """Settings and the complaints about them."""

    text: str
    complaints: list[Said]


def whole(text: str, place: Place, message: str) -> Mistake:
    return Mistake(text, [Said(SHAPE, place, message)])


def body(text: str, columns: tuple[int, int], message: str) -> Mistake:
    start, end = columns
    return Mistake(f"{HEAD}{text}\n", [Said(SHAPE, (2, start, 2, end), message)])


KEY = "A" * 42 + "E="
MISTAKES = (
    body("trust: []", (8, 10), "the list is empty; add an item, or remove the key"),
    body("trust: [{}]", (9, 11), "'packs' and 'keys' are missing; add them"),
    body("trust: [{packs: acme/*}]", (9, 24), "'keys' is missing; add it"),
    body(f"trust: [{{packs: 'acme*', keys: [{{id: a, ed25519: {KEY}}}]}}]", (17, 24), f"'acme*' is not valid here: {TRUSTED}"),
    body("trust: [{packs: '*', keys: [{id: a, ed25519: AAAA}]}]", (46, 50), f"'AAAA' is not valid here: {PUBLIC}"),
    body(
        f"trust: [{{packs: '*', keys: [{{id: '', ed25519: {KEY}}}]}}]",
        (34, 36),
        "the text is empty; write a text, or remove the key",
    ),
    body("trust: [{packs: '*', keys: []}]", (28, 30), "the list is empty; add an item, or remove the key"),
    whole("", (1, 1, 1, 1), "expected a map, found nothing"),
    whole("- a\n", (1, 1, 2, 1), "expected a map, found a list"),
    whole("packs", (1, 1, 1, 6), "expected a map, found 'packs'"),
    whole("packs: [core]\n", (1, 1, 2, 1), "'shipcheck' is missing; add it as 'shipcheck: 1'"),
    whole("shipcheck: 2\n", (1, 12, 1, 13), "unknown version '2'; write 1"),
    whole("shipcheck: '1'\n", (1, 12, 1, 15), "unknown version '1'; write 1 without quotes"),
    whole("shipcheck:\n", (1, 11, 1, 11), "unknown version nothing; write 1"),
    body("pack: [core]", (1, 5), "unknown key 'pack'; did you mean 'packs'?"),
    body("zebra: 1", (1, 6), f"unknown key 'zebra'; the keys are {KEYS}"),
    body("packs: core", (8, 12), "expected a list, found 'core'"),
    body("packs:", (7, 7), "expected a list, found nothing"),
    body("packs: []", (8, 10), "the list is empty; add an item, or remove the key"),
    body("packs: [core, core]", (8, 20), "an item is in the list twice; keep one"),
    body("packs: [Core]", (9, 13), f"'Core' is not valid here: {PACK_NAME}"),
    body("packs: [1]", (9, 10), "expected text or a map, found '1'; quote it"),
    body("packs: [[core]]", (9, 15), "expected text or a map, found a list"),
    body("packs: [{name: core, version: 1.10}]", (31, 35), "expected text, found '1.10'; quote it"),
    body("packs: [{name: core, version: ''}]", (31, 33), "the text is empty; write a text, or remove the key"),
    body("packs: [{version: 1.0.0}]", (9, 25), "'name' is missing; add it"),
    body("packs: [{name: core, verson: 1.0.0}]", (22, 28), "unknown key 'verson'; did you mean 'version'?"),
    body("parameters: 1", (13, 14), "expected a map, found '1'"),
    body("parameters: {core: 40%}", (20, 23), "expected a map, found '40%'"),
    body("parameters: {core: {audit_retention: true}}", (38, 42), "expected a number or text, found 'true'"),
    body("parameters: {core: {audit_retention: [1]}}", (38, 41), "expected a number or text, found a list"),
    body("parameters: {core: {audit_retention: }}", (38, 38), "expected a number or text, found nothing"),
    body("severities: {core/a: eror}", (22, 26), "'eror' is not one of error, warning or note; did you mean 'error'?"),
    body("severities: {core/a: off}", (22, 25), "'off' is not one of error, warning or note"),
    body("severities: {core/a: [error]}", (22, 29), "a list is not one of error, warning or note"),
    body("severities: [error]", (13, 20), "expected a map, found a list"),
    body("fail_on: never", (10, 15), "'never' is not one of error, warning or note"),
    body("fail_on: 1", (10, 11), "'1' is not one of error, warning or note"),
    body("manifests: [a]", (12, 15), "expected a map, found a list"),
    body("manifests: {als: [a]}", (13, 16), "unknown key 'als'; did you mean 'also'?"),
    body("manifests: {also: a}", (19, 20), "expected a list, found 'a'"),
    body("manifests: {also: [1]}", (20, 21), "expected text, found '1'; quote it"),
    body("manifests: {ignore: ['']}", (22, 24), "the text is empty; write a text, or remove the key"),
    body(f"manifests: {{ignore: [{'a' * 501}]}}", (22, 523), f"'{'a' * 37}...' is longer than 500 characters"),
    body("code: [go]", (7, 11), "expected a map, found a list"),
    body("code: {fial: [go]}", (8, 12), "unknown key 'fial'; did you mean 'fail'?"),
    body("code: {fail: go}", (14, 16), "expected a list, found 'go'"),
    body("code: {fail: []}", (14, 16), "the list is empty; add an item, or remove the key"),
    body("code: {fail: [unparsd]}", (15, 22), "unknown word 'unparsd'; did you mean 'unparsed'?"),
    body("code: {fail: [zzz]}", (15, 18), f"unknown word 'zzz': {WORDS}"),
    body("code: {fail: [go, go]}", (14, 22), "an item is in the list twice; keep one"),
    body("code: {folders: {src: go}}", (23, 25), "expected a list, found 'go'"),
    body("code: {folders: {../src: [go]}}", (18, 24), "'../src' is not a folder below the root; write a path such as src"),
    body("code: {folders: {/src: [go]}}", (18, 22), "'/src' is not a folder below the root; write a path such as src"),
    body("code: {folders: {'src/*': [go]}}", (18, 25), "'src/*' is not a folder below the root; write a path such as src"),
    body("code: {folders: {./: [go]}}", (18, 20), "'./' is not a folder below the root; write a path such as src"),
    Mistake(
        f"{HEAD}pack: a\nfail_on: b\nmanifests: {{also: a, ignored: []}}\n",
        [
            Said(SHAPE, (2, 1, 2, 5), "unknown key 'pack'; did you mean 'packs'?"),
            Said(SHAPE, (3, 10, 3, 11), "'b' is not one of error, warning or note"),
            Said(SHAPE, (4, 19, 4, 20), "expected a list, found 'a'"),
            Said(SHAPE, (4, 22, 4, 29), "unknown key 'ignored'; did you mean 'ignore'?"),
        ],
    ),
)


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case.text.removeprefix(HEAD).strip()[:60])
def test_a_mistake_is_a_complaint_at_its_place(case: Mistake) -> None:
    assert said(settings(case.text)) == case.complaints


def test_settings_that_say_nothing_are_the_defaults() -> None:
    assert good(HEAD) == Settings()
    assert [pack.name for pack in Settings().packs] == ["core"]
    assert Settings().fail_on == Severity.ERROR


def test_packs_are_names_or_names_with_a_version() -> None:
    found = good(f"{HEAD}packs:\n  - core\n  - {{name: acme/ai-rules, version: 1.2.0}}\n").packs
    assert [(pack.name, pack.version, str(pack.location)) for pack in found] == [
        ("core", None, ".shipcheck/settings.yaml:3:5"),
        ("acme/ai-rules", "1.2.0", ".shipcheck/settings.yaml:4:5"),
    ]


@pytest.mark.parametrize("twin", ["{name: core}", "{name: core, version: 1.0.0}", "'core'"])
def test_a_pack_that_is_listed_twice_in_two_ways_is_a_mistake(twin: str) -> None:
    [complaint] = said(settings(f"{HEAD}packs: [core, {twin}]\n"))
    assert complaint.place[:2] == ((2, 15) if twin != "'core'" else (2, 8))
    assert "twice; keep one" in complaint.message


def test_parameters_keep_the_text_as_written_and_its_place() -> None:
    found = good(f"{HEAD}parameters: {{core: {{max_selected: 40%, audit_retention: 365}}, other: {{}}}}\n").parameters
    assert [(item.pack, item.name, item.text, str(item.location)) for item in found] == [
        ("core", "max_selected", "40%", ".shipcheck/settings.yaml:2:35"),
        ("core", "audit_retention", "365", ".shipcheck/settings.yaml:2:57"),
    ]


def test_severities_are_by_full_policy_name() -> None:
    found = good(f"{HEAD}severities: {{core/a: error, core/b: note, core/c: warning}}\n").severities
    assert [(item.policy, item.severity, str(item.location)) for item in found] == [
        ("core/a", Severity.ERROR, ".shipcheck/settings.yaml:2:22"),
        ("core/b", Severity.NOTE, ".shipcheck/settings.yaml:2:37"),
        ("core/c", Severity.WARNING, ".shipcheck/settings.yaml:2:51"),
    ]


def test_patterns_keep_their_places() -> None:
    found = good(f"{HEAD}manifests:\n  also: [ai/*.yaml]\n  ignore: ['examples/', vendor/]\n")
    assert [(pattern.text, str(pattern.location)) for pattern in (*found.also, *found.ignore)] == [
        ("ai/*.yaml", ".shipcheck/settings.yaml:3:10"),
        ("examples/", ".shipcheck/settings.yaml:4:12"),
        ("vendor/", ".shipcheck/settings.yaml:4:25"),
    ]


def test_code_is_words_for_all_and_for_folders() -> None:
    found = good(f"{HEAD}code:\n  fail: [unparsed, go]\n  folders: {{src/: [cut], ./a//b: [go]}}\n").code
    assert [(item.word, item.folder, str(item.location)) for item in found] == [
        ("unparsed", "", ".shipcheck/settings.yaml:3:10"),
        ("go", "", ".shipcheck/settings.yaml:3:20"),
        ("cut", "src", ".shipcheck/settings.yaml:4:20"),
        ("go", "a/b", ".shipcheck/settings.yaml:4:35"),
    ]
    assert good(f"{HEAD}code: {{}}\n").code == ()


@pytest.mark.parametrize(
    ("word", "severity"), [("error", Severity.ERROR), ("warning", Severity.WARNING), ("note", Severity.NOTE)]
)
def test_fail_on_is_a_severity(word: str, severity: Severity) -> None:
    assert good(f"{HEAD}fail_on: {word}\n").fail_on == severity


@pytest.mark.parametrize(
    "line",
    ["  - {name: a%d}", "  - a%d", "  - {name: core}", "  - []", "  - {zebra%d: 1}", "  - {name: a%d, version: %d.5}"],
)
def test_settings_with_too_many_values_are_refused_at_once(line: str) -> None:
    text = "\n".join(line.replace("%d", str(number)) for number in range(MAX_VALUES))
    [complaint] = said(settings(f"{HEAD}packs:\n{text}\n"))
    assert complaint.message == f"the settings have more than {MAX_VALUES} keys and values; shorten them"
    assert complaint.place[0] > 2


def test_settings_at_the_limit_are_read() -> None:
    text = "\n".join(f"    - a{number}" for number in range(MAX_VALUES - 6))
    assert len(good(f"{HEAD}manifests:\n  also:\n{text}\n").also) == MAX_VALUES - 6


def test_trust_names_packs_and_keys() -> None:
    trust = good(f"{HEAD}trust:\n  - packs: acme/*\n    keys: [{{id: a, ed25519: {KEY}}}, {{id: b, ed25519: {KEY}}}]\n").trust
    assert [(item.packs, item.keys, item.location.line) for item in trust] == [
        ("acme/*", (TrustedKey("a", KEY), TrustedKey("b", KEY)), 3)
    ]
