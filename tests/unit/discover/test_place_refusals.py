"""Every refusal of a place, a callable and a rule about files."""

import pytest
from tests.support.detectors import FILE_EXAMPLES, HEAD, RULE, detector, refused, rule

FILE = """\
  - file: ["**/desk.json"]
    shape: {tools: map}
    take: [{kind: action, each: tools, name: key}]
"""


PLACES = [
    ("a..b", "'a..b' is not a place; write a keyword, a position or a path such as options.tools"),
    ("'a b'", "'a b' is not a place; write a keyword, a position or a path such as options.tools"),
    ("tools.*", "'tools.*' is not a place; write a keyword, a position or a path such as options.tools"),
    ("'1000'", "'1000' is not a place; write a keyword, a position or a path such as options.tools"),
    ("[]", "a list of places is empty; add one"),
    ("[[a]]", "a place is a keyword, a position, a dotted path or a list of these, not a list in a list"),
    ("{a: b}", "a place is a keyword, a position, a dotted path or a list of these, not a map"),
    ("''", "a place is a keyword, a position, a dotted path or a list of these, not nothing"),
]


@pytest.mark.parametrize(("place", "message"), PLACES)
def test_a_place_is_refused(place: str, message: str) -> None:
    assert refused(RULE + f"    name: {place}\n") == [("detector-place", message)]


CALLABLES = [
    ("''", "a callable is missing; write package.module.Name for Python, or package:Name for npm"),
    ("a..b", "'a..b' is not a callable: a name is empty; write package.module.Name for Python, or package:Name for npm"),
    ("'a:'", "'a:' is not a callable: a part is empty; write package.module.Name for Python, or package:Name for npm"),
    ("':a'", "':a' is not a callable: a part is empty; write package.module.Name for Python, or package:Name for npm"),
    ("a-b.c", "'a-b.c' is not a callable: 'a-b' cannot be a name; write package.module.Name for Python, or package:Name for npm"),
    (
        "'a/b'",
        "'a/b' is not a callable: 'a/b' cannot be a name; write package.module.Name for Python, or package:Name for npm",
    ),
    ("'a//b:c'", "'a//b:c' is not a callable: a name is empty; write package.module.Name for Python, or package:Name for npm"),
    ("'a.b**'", "'a.b**' is not a callable: '**' is a name of its own; use '*' within one"),
    ("'**.a.**.b.**.c'", "'**.a.**.b.**.c' is not a callable: it has more than 2 '**'"),
    ("'**'", "'**' is not a callable: it would match everything; name a package or a function"),
    ("'**:*'", "'**:*' is not a callable: it would match everything; name a package or a function"),
    (
        "a" * 201,
        "'" + "a" * 37 + "...' is not a callable: it has more than 200 characters",
    ),
]


@pytest.mark.parametrize(("callable_", "message"), CALLABLES)
def test_a_callable_is_refused(callable_: str, message: str) -> None:
    assert refused(f"  - kind: action\n    call: [{callable_}]\n") == [("detector-callable", message)]


@pytest.mark.parametrize("callable_", ["desk.**", "'**.bind_tools'", "lang_*.**.Chat*", "'**:a.b'", "'@a/b/**:C'", "'a:*'"])
def test_patterns_of_callables_that_are_allowed(callable_: str) -> None:
    assert len(rule(f"  - kind: action\n    call: [{callable_}]\n").callables) == 1


FILES = [
    ('"**/desk.json"', "desk.txt", "detector-glob", "only files that end with json, jsonc, yaml, yml, toml or md are read"),
    ('"**/desk.json"', '"**/a/**/b/**/c.json"', "detector-glob", "a pattern has at most 2 '**'"),
    ('"**/desk.json"', '"/a.json"', "detector-glob", "without '.', '..' and empty names"),
    ('"**/desk.json"', '"../a.json"', "detector-glob", "without '.', '..' and empty names"),
    ('"**/desk.json"', '"a**/b.json"', "detector-glob", "'**' is a name of its own"),
    ('"**/desk.json"', '"{a,b}.json"', "detector-glob", "a pattern has only the wildcards * and **, not '{'"),
    ('"**/desk.json"', '"[ab].json"', "detector-glob", "not '['"),
    ("shape: {tools: map}", "shape: {tools: maps}", "detector-word", "unknown type 'maps'; did you mean 'map'?"),
    ("shape: {tools: map}", "shape: {}", "detector-shape", "a shape is empty; add a key and its type"),
    ("    shape: {tools: map}\n", "", "detector-shape", "rule 1 has no shape; add one"),
    ("    take: [{kind: action, each: tools, name: key}]\n", "", "detector-shape", "rule 1 has no take; add one"),
    ("kind: action, ", "", "detector-shape", "'take' has no kind; add one"),
    ("each: tools", "each: tools, at: b", "detector-shape", "'take' has either 'at' or 'each'"),
    ("each: tools", "each: tools, body: b", "detector-shape", "unknown key 'body' in 'take'"),
    ("kind: action", "kind: gate", "detector-shape", "'take' has no class; add one"),
    ("name: key", "name: key, value: true", "detector-shape", "'value' is only for kind gate"),
    ("name: key", "name: 'a b'", "detector-place", "write a key or a dotted path, such as servers.*.url"),
    (
        "name: key",
        "name: env.KEY",
        "detector-place",
        "'env' is never read, because it can hold secrets; test whether it is present",
    ),
    ("name: key", "fields: {title: http_headers.a}", "detector-place", "'http_headers' is never read"),
    ("name: key", "when: {at: args, has: [a]}", "detector-place", "'args' is never read"),
    ("name: key", "code: apiToken", "detector-place", "'apiToken' is never read"),
    ("each: tools", "each: tools.*.Env", "detector-place", "'Env' is never read"),
    ("name: key", "fields: {effects: a}", "detector-shape", "effects is a list, which is not read from files"),
    ("name: key", "when: {at: a, is: [b.c]}", "detector-shape", "'is' is only for a rule about code"),
    ("name: key", "links: {writes_to: {at: a}}", "detector-shape", "link writes_to has no as; add one"),
]


@pytest.mark.parametrize(("old", "new", "code", "message"), FILES)
def test_a_rule_about_files_is_refused(old: str, new: str, code: str, message: str) -> None:
    assert old in FILE
    found = refused(FILE.replace(old, new), FILE_EXAMPLES)
    assert any(each == code and message in text for each, text in found), found


def test_a_secret_may_be_tested_for_being_present() -> None:
    text = HEAD + FILE.replace("name: key", "name: key, unless: {at: env, present: true}") + FILE_EXAMPLES
    assert detector(text).file_rules[0].takes[0].unless[0].at == (("env",),)
