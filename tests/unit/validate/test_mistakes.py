"""Every mistake that a manifest can make: the code, the place and the exact words of the complaint."""

from typing import NamedTuple

import pytest
from tests.support.reading import Place, Said, said, validate

from shipcheck.model.component import Manifest
from shipcheck.model.problem import MAX_PROBLEMS, Problem

HEAD = "shipcheck: 1\n"
RULE = "use lower-case letters, digits and '-', starting with a letter and not ending with '-'"
LONG = "a" * 64
EFFECTS = (
    "payments, communication, publication, data_change, data_destruction, deployment, access_control, code_execution, "
    "scheduling, instruction_change or egress"
)
STAGES = "retired, candidate, pilot or production"
SECTIONS = (
    "portfolios, use_cases, agents, actions, tool_servers, gates, audit_sinks, models, datasets, prompts, systems, integrations, "
    "incidents and teams"
)
AGENT = (
    "title, description, was, owner, labels, entry, autonomy, untrusted_input, answers_to, answers_rendered, unattended, "
    "credentials, stop, implemented_by, calls, delegates_to, connects_to, runs_on, reads, prompted_by, audited_by and "
    "escalates_to"
)
TEAM = "title, description, was, labels, type, contact, members, members_in and active"
ABSENCE = "{owner: ..., date: ..., reason: ...}"
SCORECARD = "{value: ..., data_readiness: ..., integration_cost: ..., scored_by: ..., scored_on: ...}"
COLLECTED = "'{}' is a fact and cannot be declared; delete it"
EMPTY = "the manifest is empty; write 'shipcheck: 1' and the repository's components, or nothing_to_declare"
NO_VERSION = "missing version; start the file with 'shipcheck: 1'"
NOT_ALONE = "nothing_to_declare cannot be combined with other keys; delete it or them"
BLANK = "the text is blank; write a text, or remove the field"


def hash_of(field: str) -> str:
    return f"missing value of '{field}', because ' #' starts a comment; "


def unspaced(written: str) -> str:
    return f"missing space after ':', write '{written}'"


class Mistake(NamedTuple):
    """A text and the complaints about it."""

    text: str
    complaints: list[Said]


def whole(text: str, code: str, place: Place, message: str) -> Mistake:
    """A mistake of a whole file."""
    return Mistake(text, [Said(code, place, message)])


def body(text: str, code: str, columns: tuple[int, int], message: str) -> Mistake:
    """A mistake on the line after the version."""
    start, end = columns
    return Mistake(f"{HEAD}{text}\n", [Said(code, (2, start, 2, end), message)])


def other_version(shown: str, unquoted: str = "") -> str:
    return f"unknown manifest version {shown}; only version 1 is supported; write 'shipcheck: 1'{unquoted}"


def no_value(field: str, wanted: str) -> str:
    return f"missing value of '{field}'; write {wanted}, or remove the field"


def ambiguous(text: str) -> str:
    return f"'{text}' can be read as something other than text; quote it: \"{text}\""


def reserved(text: str) -> str:
    return f"YAML can read '{text}' as something other than text; use another name"


FILES = (
    whole("", "empty-manifest", (1, 1, 1, 1), EMPTY),
    whole("# only a comment\n", "empty-manifest", (1, 1, 1, 1), EMPTY),
    whole("{}", "missing-version", (1, 1, 1, 3), NO_VERSION),
    whole("[]", "wrong-type", (1, 1, 1, 3), "expected a manifest, found a list"),
    whole("- shipcheck: 1\n", "wrong-type", (1, 1, 2, 1), "expected a manifest, found a list"),
    whole("shipcheck", "wrong-type", (1, 1, 1, 10), "expected a manifest, found 'shipcheck'; start the file with 'shipcheck: 1'"),
    whole(
        "shipcheck:1", "wrong-type", (1, 1, 1, 12), "expected a manifest, found 'shipcheck:1'; start the file with 'shipcheck: 1'"
    ),
    whole("agents: {}\nteam: {}\n", "missing-version", (1, 1, 1, 7), NO_VERSION),
    whole("Shipcheck: 1\n", "missing-version", (1, 1, 1, 10), NO_VERSION),
    whole("shipcheck: 2\n", "unknown-version", (1, 12, 1, 13), other_version("'2'")),
    whole("shipcheck: v1\nagent: {}\n", "unknown-version", (1, 12, 1, 14), other_version("'v1'")),
    whole("shipcheck: '1'\n", "unknown-version", (1, 12, 1, 15), other_version("'1'", " without quotes")),
    whole("shipcheck: 1.0\n", "unknown-version", (1, 12, 1, 15), other_version("'1.0'")),
    whole("shipcheck: 01\n", "unknown-version", (1, 12, 1, 14), other_version("'01'")),
    whole("shipcheck:\n", "unknown-version", (1, 11, 1, 11), other_version("nothing")),
    whole("shipcheck: [1]\n", "unknown-version", (1, 12, 1, 15), other_version("a list")),
)
SECTION_MISTAKES = (
    body("agent: {}", "unknown-key", (1, 6), "unknown section 'agent'; sections are plural, write 'agents'"),
    body("use_case: {}", "unknown-key", (1, 9), "unknown section 'use_case'; sections are plural, write 'use_cases'"),
    body("audit_sink: {}", "unknown-key", (1, 11), "unknown section 'audit_sink'; sections are plural, write 'audit_sinks'"),
    body("Agents: {}", "unknown-key", (1, 7), "unknown section 'Agents'; did you mean 'agents'?"),
    body("use-cases: {}", "unknown-key", (1, 10), "unknown section 'use-cases'; did you mean 'use_cases'?"),
    body("default: {owner: a}", "unknown-key", (1, 8), "unknown section 'default'; did you mean 'defaults'?"),
    body(
        "nothing_to_declar: {}",
        "unknown-key",
        (1, 18),
        "unknown section 'nothing_to_declar'; did you mean 'nothing_to_declare'?",
    ),
    body("zebra: {}", "unknown-key", (1, 6), f"unknown section 'zebra'; the sections are {SECTIONS}"),
    body("agents:", "wrong-type", (8, 8), "expected named entries, found nothing; write agents: {name: {}}"),
    body("agents: []", "wrong-type", (9, 11), "expected named entries, found a list; write agents: {name: {}}"),
    body("agents: 'a'", "wrong-type", (9, 12), "expected named entries, found 'a'; write agents: {name: {}}"),
    body("agents: {x: }", "wrong-type", (13, 13), "expected a component, found nothing; write 'x: {}'"),
    body("agents: {x: []}", "wrong-type", (13, 15), "expected a component, found a list; write its fields under its name"),
    body("agents: {x: true}", "wrong-type", (13, 17), "expected a component, found 'true'; write its fields under its name"),
    body("agents: {x: ''}", "wrong-type", (13, 15), "expected a component, found ''; write its fields under its name"),
)
HEADER_MISTAKES = (
    body("namespace:", "bad-name", (11, 11), f"nothing is not a valid namespace: {RULE}"),
    body("namespace: [a]", "bad-name", (12, 15), f"a list is not a valid namespace: {RULE}"),
    body("namespace: Pay", "bad-name", (12, 15), f"'Pay' is not a valid namespace: {RULE}; write 'pay'"),
    body("namespace: a/b", "bad-name", (12, 15), f"'a/b' is not a valid namespace: {RULE}; write 'a-b'"),
    body("namespace: 1", "bad-name", (12, 13), f"'1' is not a valid namespace: {RULE}"),
    body("namespace: no", "bad-name", (12, 14), f"'no' is not a valid namespace: {reserved('no')}"),
    body(
        f"namespace: {LONG}", "bad-name", (12, 76), f"'{LONG[:37]}...' is not a valid namespace: a name has at most 63 characters"
    ),
    body("defaults:", "wrong-type", (10, 10), "expected a map, found nothing; write {owner: team}"),
    body("defaults: [owner]", "wrong-type", (11, 18), "expected a map, found a list; write {owner: team}"),
    body("defaults: {owner: }", "missing-value", (19, 19), no_value("owner", "the name of a team")),
    body("defaults: {owner: [a]}", "wrong-type", (19, 22), "expected the name of a team, found a list; write a"),
    body(
        "defaults: {owner: agent:a}", "wrong-kind", (19, 26), "'agent:a' is not the name of a team; use the prefix team: or none"
    ),
    body(
        "defaults: {owners: a}",
        "unknown-key",
        (12, 18),
        "'owners' cannot have a file-wide default; did you mean 'owner'?",
    ),
    body(
        "defaults: {stage: pilot}",
        "unknown-key",
        (12, 17),
        "'stage' cannot have a file-wide default; write a default for a section, such as 'use_cases: {stage: ...}'",
    ),
    body(
        "defaults: {gate: {}}",
        "unknown-key",
        (12, 16),
        "'gate' cannot have a file-wide default; sections are plural, write 'gates'",
    ),
    body(
        "defaults: {fields: {}}",
        "unknown-key",
        (12, 18),
        "'fields' cannot have a file-wide default; write owner, or the fields of a section",
    ),
    body("defaults: {gates: [a]}", "wrong-type", (19, 22), "expected the fields of gates, found a list"),
    body("defaults: {gates: {timng: before}}", "unknown-key", (20, 25), "unknown field 'timng' in gate; did you mean 'timing'?"),
    body(
        "defaults: {gates: {timing: befor}}",
        "unknown-word",
        (28, 33),
        "'befor' is not one of before, after or sample; did you mean 'before'?",
    ),
    body("defaults: {gates: {was: old}}", "no-default", (20, 23), "'was' is of one component alone; write it there"),
    body(
        "defaults: {gates: {audited_by: [a]}}",
        "no-default",
        (20, 30),
        "'audited_by' is a link, which has no default; write it on each component",
    ),
)
ABSENCE_MISTAKES = (
    body("nothing_to_declare:", "wrong-type", (20, 20), f"expected a map, found nothing; write {ABSENCE}"),
    body(
        "nothing_to_declare: yes",
        "wrong-type",
        (21, 24),
        "expected a map, found 'yes'; write {owner: ..., date: ..., reason: ...}",
    ),
    body("nothing_to_declare: {}", "missing-key", (21, 23), "nothing_to_declare also needs owner, date and reason"),
    body("nothing_to_declare: {owner: a}", "missing-key", (21, 31), "nothing_to_declare also needs date and reason"),
    body(
        "nothing_to_declare: {owner: a, date: soon, reason: b}", "not-a-date", (38, 42), "'soon' is not a date; write YYYY-MM-DD"
    ),
    body(
        "nothing_to_declare: {owner: a, date: 2026-02-30, reason: b}",
        "no-such-day",
        (38, 48),
        "2026-02-30 is not a date in the calendar",
    ),
    body("nothing_to_declare: {owner: no, date: 2026-01-01, reason: b}", "ambiguous-text", (29, 31), ambiguous("no")),
    body("nothing_to_declare: {owner: a, date: 2026-01-01, reason: ' '}", "blank-text", (58, 61), BLANK),
    body(
        "nothing_to_declare: {owner: a, date: 2026-01-01, reason: b, reasons: c}",
        "unknown-key",
        (61, 68),
        "unknown field 'reasons' in nothing_to_declare; did you mean 'reason'?",
    ),
    body("nothing_to_declare: {owner: a, date: 2026-01-01, reason: b}\nagents: {}", "not-alone", (1, 19), NOT_ALONE),
    body("nothing_to_declare: {owner: a, date: 2026-01-01, reason: b}\nnamespace: x", "not-alone", (1, 19), NOT_ALONE),
    body("nothing_to_declare: {owner: a, date: 2026-01-01, reason: b}\ndefaults: {}", "not-alone", (1, 19), NOT_ALONE),
)
NAME_MISTAKES = (
    body("agents: {X: {}}", "bad-name", (10, 11), f"'X' is not a valid name: {RULE}; write 'x'"),
    body("agents: {x_y: {}}", "bad-name", (10, 13), f"'x_y' is not a valid name: {RULE}; write 'x-y'"),
    body("agents: {-x: {}}", "bad-name", (10, 12), f"'-x' is not a valid name: {RULE}; write 'x'"),
    body("agents: {x-: {}}", "bad-name", (10, 12), f"'x-' is not a valid name: {RULE}; write 'x'"),
    body("agents: {1x: {}}", "bad-name", (10, 12), f"'1x' is not a valid name: {RULE}"),
    body("agents: {'': {}}", "bad-name", (10, 12), f"'' is not a valid name: {RULE}"),
    body("agents: {é: {}}", "bad-name", (10, 11), f"'é' is not a valid name: {RULE}"),
    body("agents: {x é: {}}", "bad-name", (10, 13), f"'x é' is not a valid name: {RULE}; write 'x'"),
    body("agents: {'x ': {}}", "bad-name", (10, 14), f"'x ' is not a valid name: {RULE}; write 'x'"),
    body('agents: {"x\\n": {}}', "bad-name", (10, 15), f"'x\n' is not a valid name: {RULE}; write 'x'"),
    body("agents: {x\u200b: {}}", "bad-name", (10, 12), f"'x\u200b' is not a valid name: {RULE}; write 'x'"),
    body("agents: {\u0430: {}}", "bad-name", (10, 11), f"'\u0430' is not a valid name: {RULE}"),
    body("agents: {a/b: {}}", "bad-name", (10, 13), f"'a/b' is not a valid name: {RULE}; write 'a-b'"),
    body("agents: {'agent:a': {}}", "bad-name", (10, 19), f"'agent:a' is not a valid name: {RULE}; write 'agent-a'"),
    body(f"agents: {{{LONG}: {{}}}}", "bad-name", (10, 74), f"'{LONG}' is not a valid name: a name has at most 63 characters"),
    body("agents: {'NO': {}}", "bad-name", (10, 14), f"'NO' is not a valid name: {reserved('NO')}"),
)
FIELD_MISTAKES = (
    body("agents: {x: {tittle: a}}", "unknown-key", (14, 20), "unknown field 'tittle' in agent; did you mean 'title'?"),
    body("agents: {x: {ownr: a}}", "unknown-key", (14, 18), "unknown field 'ownr' in agent; did you mean 'owner'?"),
    body("agents: {x: {Owner: a}}", "unknown-key", (14, 19), "unknown field 'Owner' in agent; did you mean 'owner'?"),
    body("agents: {x: {zebra: a}}", "unknown-key", (14, 19), f"unknown field 'zebra' in agent; its fields are {AGENT}"),
    body(
        "teams: {x: {owner: a}}",
        "unknown-key",
        (13, 18),
        f"unknown field 'owner' in team; its fields are {TEAM}",
    ),
    body(
        "agents: {x: {stage: pilot}}",
        "derived-field",
        (14, 19),
        "'stage' is derived for agents and cannot be declared; delete it",
    ),
    body(
        "agents: {x: {sees: none}}", "derived-field", (14, 18), "'sees' is derived for agents and cannot be declared; delete it"
    ),
    body(
        "agents: {x: {tainted: true}}",
        "derived-field",
        (14, 21),
        "'tainted' is derived for agents and cannot be declared; delete it",
    ),
    body(
        "use_cases: {x: {systems: []}}",
        "derived-field",
        (17, 24),
        "'systems' is derived for use_cases and cannot be declared; delete it",
    ),
    body(
        "agents: {x: {used_by: [a]}}",
        "inverse-link",
        (14, 21),
        "'used_by' is the inverse of a link; write uses on the use_case instead",
    ),
    body(
        "actions: {x: {called_by: [a]}}",
        "inverse-link",
        (15, 24),
        "'called_by' is the inverse of a link; write calls on the agent instead",
    ),
    body(
        "gates: {x: {guards: [a]}}",
        "inverse-link",
        (13, 19),
        "'guards' is the inverse of a link; write guarded_by on the action instead",
    ),
    body(
        "prompts: {x: {changed_by: [a]}}",
        "inverse-link",
        (15, 25),
        "'changed_by' is the inverse of a link; write changes on the action instead",
    ),
    body(
        "portfolios: {x: {candidates: [a]}}",
        "inverse-link",
        (18, 28),
        "'candidates' is the inverse of a link; write portfolio on the use_case instead",
    ),
)
TEXT_MISTAKES = (
    body("agents: {x: {title: }}", "missing-value", (21, 21), no_value("title", "text")),
    body("agents: {x: {title: []}}", "wrong-type", (21, 23), "expected text, found a list"),
    body("agents: {x: {title: {}}}", "wrong-type", (21, 23), "expected text, found a map"),
    body("agents: {x: {title: ''}}", "blank-text", (21, 23), BLANK),
    body('agents: {x: {title: " \\t\\n"}}', "blank-text", (21, 28), BLANK),
    body("agents: {x: {title: 1.10}}", "ambiguous-text", (21, 25), ambiguous("1.10")),
    body("models: {x: {version: 2025-04-14}}", "ambiguous-text", (23, 33), ambiguous("2025-04-14")),
    body("teams: {x: {members: [a, no]}}", "ambiguous-text", (26, 28), ambiguous("no")),
)
PLACEHOLDERS = (
    body("agents: {x: {entry: true | false}}", "placeholder", (21, 33), "'true | false' is a placeholder; write true or false"),
    body("agents: {x: {owner: TEAM}}", "placeholder", (21, 25), "'TEAM' is a placeholder; write the name of a team"),
    body(
        "agents: {x: {owner: platform, prompted_by: [PROMPT]}}",
        "placeholder",
        (45, 51),
        "'PROMPT' is a placeholder; write the name of a prompt",
    ),
    body(
        "use_cases: {x: {review_due: YYYY-MM-DD}}",
        "placeholder",
        (29, 39),
        "'YYYY-MM-DD' is a placeholder; write a date such as 2026-09-14",
    ),
    body(
        "gates: {x: {timing: before | after | sample}}",
        "placeholder",
        (21, 44),
        "'before | after | sample' is a placeholder; write one of before, after or sample",
    ),
    body(
        "audit_sinks: {x: {retention_days: NUMBER}}",
        "placeholder",
        (35, 41),
        "'NUMBER' is a placeholder; write a whole number from 0 to 36525",
    ),
)
YES_NO_MISTAKES = (
    body("agents: {x: {entry: yes}}", "not-yes-no", (21, 24), "'yes' is not true or false; write true"),
    body("agents: {x: {entry: Off}}", "not-yes-no", (21, 24), "'Off' is not true or false; write false"),
    body("agents: {x: {entry: True}}", "not-yes-no", (21, 25), "'True' is not true or false; write true"),
    body("agents: {x: {entry: n}}", "not-yes-no", (21, 22), "'n' is not true or false; write false"),
    body("agents: {x: {entry: 'true'}}", "not-yes-no", (21, 27), "'true' is not true or false; write true without quotes"),
    body('agents: {x: {entry: "no"}}', "not-yes-no", (21, 25), "'no' is not true or false; write false without quotes"),
    body("agents: {x: {entry: maybe}}", "not-yes-no", (21, 26), "'maybe' is not true or false; write true or false"),
    body("agents: {x: {entry: 1}}", "not-yes-no", (21, 22), "'1' is not true or false; write true or false"),
    body("agents: {x: {entry: }}", "missing-value", (21, 21), no_value("entry", "true or false")),
    body("agents: {x: {entry: [true]}}", "wrong-type", (21, 27), "expected true or false, found a list; write true"),
)


def due(text: str, code: str, message: str) -> Mistake:
    return body(f"use_cases: {{x: {{review_due: {text}}}}}", code, (29, 29 + len(text)), message)


DATE_MISTAKES = (
    due("2026-13-01", "no-such-day", "2026-13-01 is not a date in the calendar"),
    due("2026-00-10", "no-such-day", "2026-00-10 is not a date in the calendar"),
    due("2026-04-31", "no-such-day", "2026-04-31 is not a date in the calendar"),
    due("2025-02-29", "no-such-day", "2025-02-29 is not a date in the calendar"),
    due("0000-01-01", "no-such-day", "0000-01-01 is not a date in the calendar"),
    due("2026-1-1", "not-a-date", "'2026-1-1' is not a date; write YYYY-MM-DD"),
    due("20260101", "not-a-date", "'20260101' is not a date; write YYYY-MM-DD"),
    due("2026-W01-1", "not-a-date", "'2026-W01-1' is not a date; write YYYY-MM-DD"),
    due("01.02.2026", "not-a-date", "'01.02.2026' is not a date; write YYYY-MM-DD"),
    due("2026-01-01T00:00:00Z", "not-a-date", "'2026-01-01T00:00:00Z' is not a date; write YYYY-MM-DD"),
    due("'2026-01-01'", "not-a-date", "'2026-01-01' is not a date; write YYYY-MM-DD without quotes"),
    due("tomorrow", "not-a-date", "'tomorrow' is not a date; write YYYY-MM-DD"),
    due("\u0662\u0660\u0662\u0666-01-01", "not-a-date", "'\u0662\u0660\u0662\u0666-01-01' is not a date; write YYYY-MM-DD"),
    due("", "missing-value", no_value("review_due", "a date such as 2026-09-14")),
    due("[]", "wrong-type", "expected a date such as 2026-09-14, found a list"),
)


def score(text: str, code: str, message: str) -> Mistake:
    return body(f"use_cases: {{x: {{scorecard: {{value: {{score: {text}}}}}}}}}", code, (44, 44 + len(text)), message)


def baseline(text: str, code: str, message: str) -> Mistake:
    return body(f"use_cases: {{x: {{outcome: {{baseline: {text}}}}}}}", code, (37, 37 + len(text)), message)


WHOLE = "a whole number from 1 to 5"
NUMBER_MISTAKES = (
    score("0", "out-of-range", f"0 is out of range; write {WHOLE}"),
    score("6", "out-of-range", f"6 is out of range; write {WHOLE}"),
    score("-1", "out-of-range", f"-1 is out of range; write {WHOLE}"),
    score("3.5", "not-a-number", f"'3.5' is not {WHOLE}; write plain decimal digits"),
    score("3.0", "not-a-number", f"'3.0' is not {WHOLE}; write plain decimal digits"),
    score("03", "not-a-number", f"'03' is not {WHOLE}; write plain decimal digits"),
    score("+3", "not-a-number", f"'+3' is not {WHOLE}; write plain decimal digits"),
    score("0x3", "not-a-number", f"'0x3' is not {WHOLE}; write plain decimal digits"),
    score("1e0", "not-a-number", f"'1e0' is not {WHOLE}; write plain decimal digits"),
    score("'3'", "not-a-number", f"'3' is not {WHOLE}; write plain decimal digits without quotes"),
    score("\u0663", "not-a-number", f"'\u0663' is not {WHOLE}; write plain decimal digits"),
    score("true", "not-a-number", f"'true' is not {WHOLE}; write plain decimal digits"),
    score("", "missing-value", no_value("score", "a whole number")),
    score("[3]", "wrong-type", "expected a whole number, found a list; write 3"),
    baseline(".nan", "not-a-number", "'.nan' is not a number; write plain decimal digits"),
    baseline("-.inf", "not-a-number", "'-.inf' is not a number; write plain decimal digits"),
    baseline("1e3", "not-a-number", "'1e3' is not a number; write plain decimal digits"),
    baseline("1.0e+3", "not-a-number", "'1.0e+3' is not a number; write plain decimal digits"),
    baseline("1_000", "not-a-number", "'1_000' is not a number; write plain decimal digits"),
    baseline("1:30", "not-a-number", "'1:30' is not a number; write plain decimal digits"),
    baseline(".5", "not-a-number", "'.5' is not a number; write plain decimal digits"),
    baseline("40%", "not-a-number", "'40%' is not a number; write plain decimal digits"),
    baseline("'1,5'", "not-a-number", "'1,5' is not a number; write plain decimal digits without quotes"),
    baseline(
        "9007199254740993",
        "out-of-range",
        "9007199254740993 is out of range; write a number from -9007199254740992 to 9007199254740992",
    ),
    baseline(
        "-9007199254740993",
        "out-of-range",
        "-9007199254740993 is out of range; write a number from -9007199254740992 to 9007199254740992",
    ),
    baseline("99999999999999999", "not-a-number", "'99999999999999999' is not a number; write plain decimal digits"),
    body("gates: {x: {approvals: 0}}", "out-of-range", (24, 25), "0 is out of range; write a whole number from 1 to 99"),
    body(
        "audit_sinks: {x: {retention_days: 36526}}",
        "out-of-range",
        (35, 40),
        "36526 is out of range; write a whole number from 0 to 36525",
    ),
)
WORD_MISTAKES = (
    body("use_cases: {x: {stage: Pilot}}", "unknown-word", (24, 29), f"'Pilot' is not one of {STAGES}; did you mean 'pilot'?"),
    body(
        "use_cases: {x: {stage: prodction}}",
        "unknown-word",
        (24, 33),
        f"'prodction' is not one of {STAGES}; did you mean 'production'?",
    ),
    body("use_cases: {x: {stage: zebra}}", "unknown-word", (24, 29), f"'zebra' is not one of {STAGES}"),
    body("use_cases: {x: {stage: ''}}", "unknown-word", (24, 26), f"'' is not one of {STAGES}"),
    body("use_cases: {x: {stage: 1}}", "unknown-word", (24, 25), f"'1' is not one of {STAGES}"),
    body("use_cases: {x: {stage: }}", "missing-value", (24, 24), no_value("stage", f"one of {STAGES}")),
    body("use_cases: {x: {stage: [pilot]}}", "wrong-type", (24, 31), f"expected one of {STAGES}, found a list; write pilot"),
    body(f"use_cases: {{x: {{stage: {LONG}}}}}", "unknown-word", (24, 88), f"'{LONG[:37]}...' is not one of {STAGES}"),
    body(
        "actions: {x: {effects: [payment]}}",
        "unknown-word",
        (25, 32),
        f"'payment' is not one of {EFFECTS}; did you mean 'payments'?",
    ),
)
LIST_MISTAKES = (
    body("actions: {x: {effects: payments}}", "wrong-type", (24, 32), "expected a list, found 'payments'; write [payments]"),
    body("actions: {x: {effects: {}}}", "wrong-type", (24, 26), "expected a list, found a map; write [...]"),
    body("actions: {x: {effects: }}", "missing-value", (24, 24), no_value("effects", "a list such as [...]")),
    body(
        "actions: {x: {effects: [payments, 'payments']}}", "duplicate-item", (35, 45), "'payments' is in the list twice; keep one"
    ),
    body(
        "actions: {x: {effects: [[payments]]}}",
        "wrong-type",
        (25, 35),
        f"expected one of {EFFECTS}, found a list; write payments",
    ),
    body("use_cases: {x: {decision: []}}", "empty-list", (27, 29), "the list has no round; write one, or delete the field"),
    body(
        "use_cases: {x: {decision: [a]}}",
        "wrong-type",
        (28, 29),
        "expected a map, found 'a'; write {result: a, round: ..., date: ..., by: ..., reason: ...}",
    ),
    body(
        "use_cases: {x: {decision: [{date: 2026-09-14}, {date: 2026-09-14}]}}",
        "duplicate-round",
        (48, 66),
        "two rounds have the date 2026-09-14; the latest counts, so give each its own",
    ),
    body(
        "use_cases: {x: {scorecard: [{scored_on: 2026-09-14}, {scored_on: 2026-09-14}]}}",
        "duplicate-round",
        (54, 77),
        "two rounds have the date 2026-09-14; the latest counts, so give each its own",
    ),
    body("teams: {x: {members: [a, b, a]}}", "duplicate-item", (29, 30), "'a' is in the list twice; keep one"),
    body("gates: {x: {approvers: [a, a]}}", "duplicate-item", (28, 29), "'a' is in the list twice; keep one"),
)


def owner(text: str, code: str, message: str) -> Mistake:
    return body(f"agents: {{x: {{owner: {text}}}}}", code, (21, 21 + len(text)), message)


def bad_owner(text: str, fault: str) -> Mistake:
    shown = text.strip("'")
    return owner(text, "bad-reference", f"'{shown}' is not the name of a team: {fault}")


REFERENCE_MISTAKES = (
    owner("", "missing-value", no_value("owner", "the name of a team")),
    owner("[a]", "wrong-type", "expected the name of a team, found a list; write a"),
    owner("[a, b]", "wrong-type", "expected the name of a team, found a list"),
    owner("{name: a}", "wrong-type", "expected the name of a team, found a map; write a"),
    owner("agent:a", "wrong-kind", "'agent:a' is not the name of a team; use the prefix team: or none"),
    owner("'group:a'", "wrong-kind", "'group:a' is not the name of a team; use the prefix team: or none"),
    bad_owner("''", RULE),
    bad_owner("no", reserved("no")),
    bad_owner("'no'", reserved("no")),
    bad_owner("team:no", reserved("no")),
    bad_owner("no/a", reserved("no")),
    bad_owner("A", f"{RULE}; write 'a'"),
    bad_owner("team:A", f"{RULE}; write 'team:a'"),
    bad_owner("team:a:b", f"{RULE}; write 'team:a-b'"),
    bad_owner("Pay/a", f"{RULE}; write 'pay/a'"),
    bad_owner("team:pay/a_b", f"{RULE}; write 'team:pay/a-b'"),
    bad_owner("a/b/c", f"{RULE}; write 'a-b/c'"),
    bad_owner("/a", RULE),
    bad_owner("a/", RULE),
    bad_owner("'team:'", RULE),
    bad_owner("'@org/pay'", f"{RULE}; write 'org/pay'"),
    bad_owner("a b", f"{RULE}; write 'a-b'"),
    bad_owner("'a '", f"{RULE}; write 'a'"),
    bad_owner("1", RULE),
    bad_owner("2026-01-01", RULE),
    bad_owner(LONG, "a name has at most 63 characters"),
    bad_owner(f"team:{LONG}", "a name has at most 63 characters"),
    bad_owner(f"{LONG}/a", "a name has at most 63 characters"),
    bad_owner(f"team:{'A' * 60}", f"{RULE}; write 'team:{'a' * 60}'"),
)


def calls(text: str, code: str, columns: tuple[int, int], message: str) -> Mistake:
    return body(f"agents: {{x: {{calls: {text}}}}}", code, columns, message)


LINK_MISTAKES = (
    calls("a", "wrong-type", (21, 22), "expected a list, found 'a'; write [a]"),
    calls("", "missing-value", (21, 21), no_value("calls", "a list such as [...]")),
    calls("{to: a}", "wrong-type", (21, 28), "expected a list, found a map; write [{to: a}]"),
    calls("[{}]", "missing-key", (22, 24), "missing 'to'; a calls item is a name or {to: name}"),
    calls("[{through: [g]}]", "missing-key", (22, 36), "missing 'to'; a calls item is a name or {to: name}"),
    calls("[{to: a, though: [g]}]", "unknown-key", (30, 36), "unknown key 'though' in a calls item; did you mean 'through'?"),
    calls("[{to: a, zebra: b}]", "unknown-key", (30, 35), "unknown key 'zebra' in a calls item"),
    calls("[{to: }]", "missing-value", (27, 27), no_value("to", "the name of an action")),
    calls("[{to: [a]}]", "wrong-type", (27, 30), "expected the name of an action, found a list; write a"),
    calls("[[a]]", "wrong-type", (22, 25), "expected the name of an action, found a list; write a"),
    calls("[agent:a]", "wrong-kind", (22, 29), "'agent:a' is not the name of an action; use the prefix action: or none"),
    calls("[{to: a, through: g}]", "wrong-type", (39, 40), "expected a list, found 'g'; write [g]"),
    calls("[{to: a, through: }]", "missing-value", (39, 39), no_value("through", "a list such as [...]")),
    calls("[{to: a, through: [g, g]}]", "duplicate-item", (43, 44), "'g' is in the list twice; keep one"),
    calls(
        "[{to: a, through: [agent:g]}]",
        "wrong-kind",
        (40, 47),
        "'agent:g' is not the name of a gate; use the prefix gate: or none",
    ),
    calls("[{to: a, through: [{to: g}]}]", "wrong-type", (40, 47), "expected the name of a gate, found a map; write g"),
    body(
        "agents: {x: {reads: [{to: a, through: [g]}]}}",
        "through-not-allowed",
        (30, 37),
        "a reads hop cannot have gates; let the gate guard the action",
    ),
    body(
        "actions: {x: {guarded_by: [{to: g, through: [h]}]}}",
        "through-not-allowed",
        (36, 43),
        "a guarded_by hop cannot have gates; let the gate guard the action",
    ),
    body(
        "use_cases: {x: {uses: [team:a]}}",
        "wrong-kind",
        (24, 30),
        "'team:a' is not the name of an agent or a model; use the prefix agent: or model: or none",
    ),
    body("use_cases: {x: {portfolio: [a]}}", "wrong-type", (28, 31), "expected the name of a portfolio, found a list; write a"),
    body(
        "use_cases: {x: {portfolio: {to: a}}}", "wrong-type", (28, 35), "expected the name of a portfolio, found a map; write a"
    ),
    body("use_cases: {x: {portfolio: }}", "missing-value", (28, 28), no_value("portfolio", "the name of a portfolio")),
)
RECORD_MISTAKES = (
    body("use_cases: {x: {scorecard: }}", "missing-value", (28, 28), no_value("scorecard", f"a map such as {SCORECARD}")),
    body("use_cases: {x: {scorecard: [[]]}}", "wrong-type", (29, 31), f"expected a map, found a list; write {SCORECARD}"),
    body(
        "use_cases: {x: {scorecard: {value: 3}}}",
        "wrong-type",
        (36, 37),
        "expected a map, found '3'; write {score: 3, evidence: ...}",
    ),
    body(
        "use_cases: {x: {scorecard: {values: {}}}}",
        "unknown-key",
        (29, 35),
        "unknown field 'values' in scorecard; did you mean 'value'?",
    ),
    body(
        "use_cases: {x: {scorecard: {value: {scor: 3}}}}",
        "unknown-key",
        (37, 41),
        "unknown field 'scor' in score; did you mean 'score'?",
    ),
    body("agents: {x: {implemented_by: {file: a}}}", "wrong-type", (30, 39), "expected a list, found a map; write [{file: a}]"),
    body(
        "agents: {x: {implemented_by: [a]}}",
        "wrong-type",
        (31, 32),
        "expected a map, found 'a'; write {file: a}",
    ),
    body("agents: {x: {implemented_by: [{symbol: a}]}}", "missing-key", (31, 42), "missing file; every implementation needs it"),
    body("agents: {x: {implemented_by: [{}]}}", "missing-key", (31, 33), "missing file; every implementation needs it"),
    body("agents: {x: {implemented_by: [{file: a, found: true}]}}", "collected-field", (41, 46), COLLECTED.format("found")),
    body(
        "agents: {x: {implemented_by: [{file: a, symbol_found: true}]}}",
        "collected-field",
        (41, 53),
        COLLECTED.format("symbol_found"),
    ),
    body(
        "agents: {x: {implemented_by: [{file: a, code_owner: b}]}}", "collected-field", (41, 51), COLLECTED.format("code_owner")
    ),
    body(
        "agents: {x: {implemented_by: [{file: a, line: 3}]}}", "unknown-key", (41, 45), "unknown field 'line' in implementation"
    ),
    body("agents: {x: {labels: }}", "missing-value", (22, 22), no_value("labels", "a map such as {label: text}")),
    body("agents: {x: {labels: [a]}}", "wrong-type", (22, 25), "expected a map, found a list; write {label: text}"),
    body("agents: {x: {labels: {a: }}}", "missing-value", (26, 26), no_value("a", "text")),
    body("agents: {x: {labels: {a: 1}}}", "ambiguous-text", (26, 27), ambiguous("1")),
    body("agents: {x: {labels: {a: [b]}}}", "wrong-type", (26, 29), "expected text, found a list; write b"),
    body(
        "agents: {x: {labels: {a b: c}}}",
        "bad-label",
        (23, 26),
        "'a b' is not a valid label; use letters, digits, '.', '_', '/' and '-'",
    ),
    body(
        "agents: {x: {labels: {-a: c}}}",
        "bad-label",
        (23, 25),
        "'-a' is not a valid label; use letters, digits, '.', '_', '/' and '-'",
    ),
)


def below(text: str, code: str, place: Place, message: str) -> Mistake:
    """A mistake in the lines after the version."""
    return whole(f"{HEAD}{text}\n", code, place, message)


COMMENT_MISTAKES = (
    below("teams:\n  x:\n    contact: #pay", "missing-value", (4, 13, 4, 13), f'{hash_of("contact")}quote it: "#pay"'),
    below('teams:\n  x:\n    contact: #say "a"', "missing-value", (4, 13, 4, 13), f"{hash_of('contact')}write text"),
    below("teams:\n  x:\n    contact: # the channel", "missing-value", (4, 13, 4, 13), no_value("contact", "text")),
    below("teams:\n  x:\n    contact: ## the channel", "missing-value", (4, 13, 4, 13), no_value("contact", "text")),
    below("teams:\n  x:\n    members:\n      - #ann", "missing-value", (5, 8, 5, 8), f'{hash_of("members")}quote it: "#ann"'),
    below("agents:\n  x:\n    owner: #pay", "missing-value", (4, 11, 4, 11), f"{hash_of('owner')}write the name of a team"),
)
UNSPACED_MISTAKES = (
    body("agents: {x: {owner:pay}}", "unknown-key", (14, 23), f"unknown field 'owner:pay' in agent; {unspaced('owner: pay')}"),
    below(
        "agents:\n  x:\n    owner:pay",
        "wrong-type",
        (4, 5, 4, 14),
        f"expected a component, found 'owner:pay'; {unspaced('owner: pay')}",
    ),
    below("agents:\n  x:{}", "wrong-type", (3, 3, 3, 7), f"expected named entries, found 'x:{{}}'; {unspaced('x: {}')}"),
)


def path(text: str, advice: str) -> Mistake:
    value = f"'{text}'"
    return body(f"prompts: {{x: {{file: {value}}}}}", "bad-path", (21, 21 + len(value)), f"{value} {advice}")


def meant(path_meant: str) -> str:
    return f"is not written as a path from the root of the repository; write '{path_meant}'"


OUTSIDE = "is not a path in the repository; write a path from its root, such as 'src/tools.py'"
PATH_MISTAKES = (
    path("src\\x.py", meant("src/x.py")),
    path("./src/x.py", meant("src/x.py")),
    path("/src/x.py", meant("src/x.py")),
    path("src//x.py", meant("src/x.py")),
    path("src/", meant("src")),
    path("src/./x.py", meant("src/x.py")),
    path("lib/../src/x.py", meant("src/x.py")),
    path(".\\src\\x.py", meant("src/x.py")),
    path("../src/x.py", OUTSIDE),
    path("..", OUTSIDE),
    path(".", OUTSIDE),
    path("/", OUTSIDE),
    path("https://host.example/x.py", OUTSIDE),
    body("agents: {x: {implemented_by: [{file: ./x.py}]}}", "bad-path", (38, 44), f"'./x.py' {meant('x.py')}"),
)


def code(text: str, columns: tuple[int, int], found: str, written: str) -> Mistake:
    return body(
        f"agents: {{x: {{implemented_by: {text}}}}}", "wrong-type", columns, f"expected a list, found {found}; write {written}"
    )


SHAPE_MISTAKES = (
    code("foo.py", (30, 36), "'foo.py'", "[{file: foo.py}]"),
    code("./foo.py", (30, 38), "'./foo.py'", "[{file: foo.py}]"),
    code("'a, b.py'", (30, 39), "'a, b.py'", '[{file: "a, b.py"}]'),
    code("{file: a, symbol: b}", (30, 50), "a map", "[{file: a, symbol: b}]"),
    code(f"{{file: {'a' * 80}}}", (30, 118), "a map", "[{file: ...}]"),
    below(
        "agents:\n  x:\n    implemented_by: a.py, b.py",
        "wrong-type",
        (4, 21, 4, 31),
        "expected a list, found 'a.py, b.py'; write [{file: a.py}, {file: b.py}]",
    ),
    below("agents:\n  x:\n    calls: a, b", "wrong-type", (4, 12, 4, 16), "expected a list, found 'a, b'; write [a, b]"),
    below(
        "agents:\n  x:\n    calls:\n      a:\n      b:", "wrong-type", (5, 7, 7, 1), "expected a list, found a map; write [a, b]"
    ),
    below(
        "agents:\n  x:\n    calls:\n      to: a\n      through: [g]",
        "wrong-type",
        (5, 7, 7, 1),
        "expected a list, found a map; write [{to: a, through: [g]}]",
    ),
    below('teams:\n  x:\n    members: "@ann"', "wrong-type", (4, 14, 4, 20), "expected a list, found '@ann'; write [\"@ann\"]"),
    body(
        "use_cases: {x: {decision: selected}}",
        "wrong-type",
        (27, 35),
        "expected a map, found 'selected'; write {result: selected, round: ..., date: ..., by: ..., reason: ...}",
    ),
    body(
        "use_cases: {x: {outcome: [{metric: cost}]}}",
        "wrong-type",
        (26, 42),
        "expected a map, found a list; write {metric: cost}",
    ),
    body("use_cases: {x: {scorecard: 3}}", "wrong-type", (28, 29), f"expected a map, found '3'; write {SCORECARD}"),
    body("agents: [a, b]", "wrong-type", (9, 15), "expected named entries, found a list; write agents: {a: {}, b: {}}"),
    below(
        "agents:\n  - name: a\n    owner: b",
        "wrong-type",
        (3, 3, 5, 1),
        "expected named entries, found a list; write agents: {a: {...}}",
    ),
    body("agents: {x: {owner: {name: [{x: a}]}}}", "wrong-type", (21, 37), "expected the name of a team, found a map; write a"),
    below(
        "agents:\n  x:\n    calls: #a",
        "missing-value",
        (4, 11, 4, 11),
        f"{hash_of('calls')}write a list such as [...]",
    ),
)
SEVERAL = (
    Mistake(
        f"{HEAD}agents:\n  X: {{tittle: a, owner: no}}\n  y-: []\nagent: {{}}\n",
        [
            Said("bad-name", (3, 3, 3, 4), f"'X' is not a valid name: {RULE}; write 'x'"),
            Said("unknown-key", (3, 7, 3, 13), "unknown field 'tittle' in agent; did you mean 'title'?"),
            Said("bad-reference", (3, 25, 3, 27), f"'no' is not the name of a team: {reserved('no')}"),
            Said("bad-name", (4, 3, 4, 5), f"'y-' is not a valid name: {RULE}"),
            Said("wrong-type", (4, 7, 4, 9), "expected a component, found a list; write its fields under its name"),
            Said("unknown-key", (5, 1, 5, 6), "unknown section 'agent'; sections are plural, write 'agents'"),
        ],
    ),
    Mistake(
        f"{HEAD}agents: {{x: {{runs_on: [{{to: a, through: g, zebra: b}}]}}}}\n",
        [
            Said("through-not-allowed", (2, 32, 2, 39), "a runs_on hop cannot have gates; let the gate guard the action"),
            Said("unknown-key", (2, 44, 2, 49), "unknown key 'zebra' in a runs_on item"),
        ],
    ),
    Mistake(
        f"{HEAD}teams: {{x: {{members: [a, a, 1]}}}}\n",
        [
            Said("duplicate-item", (2, 26, 2, 27), "'a' is in the list twice; keep one"),
            Said("ambiguous-text", (2, 29, 2, 30), ambiguous("1")),
        ],
    ),
    Mistake(
        f"{HEAD}actions:\n  x:\n    effects:\n      -\n      - payments\n",
        [Said("missing-value", (5, 8, 5, 8), no_value("effects", f"one of {EFFECTS}"))],
    ),
)  # fmt: skip
SHAPES = (*FILES, *SECTION_MISTAKES, *HEADER_MISTAKES, *ABSENCE_MISTAKES, *NAME_MISTAKES, *FIELD_MISTAKES)
VALUES = (*TEXT_MISTAKES, *PLACEHOLDERS, *YES_NO_MISTAKES, *DATE_MISTAKES, *NUMBER_MISTAKES, *WORD_MISTAKES, *REFERENCE_MISTAKES)
MEANT = (*PATH_MISTAKES, *SHAPE_MISTAKES, *COMMENT_MISTAKES, *UNSPACED_MISTAKES)
ALL = (*SHAPES, *VALUES, *LIST_MISTAKES, *LINK_MISTAKES, *RECORD_MISTAKES, *MEANT, *SEVERAL)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.text.removeprefix(HEAD).strip())
def test_a_mistake_is_a_complaint_at_its_place(case: Mistake) -> None:
    assert said(validate(case.text)) == case.complaints


LEGAL = (
    "agents: {}",
    "agents: {x: {}}",
    f"agents: {{{'a' * 63}: {{}}}}",
    "agents: {a--b: {}, a1: {}, no-1: {}, nope: {}, yes-men: {}}",
    "namespace: platform\nagents: {}",
    "defaults: {}",
    "defaults: {owner: team:platform/pay}",
    "nothing_to_declare: {owner: a b, date: 2026-01-01, reason: None.}",
    "nothing_to_declare: {owner: 'no', date: 2026-01-01, reason: '1'}",
    "use_cases: {x: {review_due: 2024-02-29, stage: 'pilot', portfolio: portfolio:a/b}}",
    "use_cases: {x: {outcome: {baseline: 9007199254740992, target: -9007199254740992}}}",
    "use_cases: {x: {outcome: {baseline: 0.5, target: -0}, scorecard: {}, decision: {}}}",
    "actions: {x: {effects: [], guarded_by: [], sensitivity: 'high'}}",
    "agents: {x: {calls: [a, a, {to: a}, {to: a, through: []}, {to: a, through: [g, h]}]}}",
    "agents: {x: {reads: [{to: a}], implemented_by: [], labels: {}}}",
    "agents: {x: {implemented_by: [{file: a}, {file: a}]}}",
    "agents: {x: {labels: {a.b/c-d_e: 'no', A1: x, '1': z}}}",
    "agents: {x: {title: 'no', description: '1.10'}}",
    "agents:\n  x:\n    title: |\n      true\n",
    "gates: {x: {approvers: [team:a, a], approvals: 99}}",
    f"agents: {{x: {{owner: {'a' * 63}/{'b' * 63}}}}}",
)  # fmt: skip


@pytest.mark.parametrize("text", LEGAL)
def test_what_is_right_at_the_edge_is_accepted(text: str) -> None:
    assert isinstance(validate(f"{HEAD}{text}\n"), Manifest)


def test_a_doubled_item_shows_where_the_first_stands() -> None:
    problems = validate(f"{HEAD}actions:\n  x:\n    effects:\n      - egress\n      - egress\n")
    assert isinstance(problems, tuple)
    assert isinstance(problems[0], Problem)
    [(location, label)] = problems[0].related
    assert (str(location), label) == ("shipcheck.yaml:5:9", "first given here")


def test_a_file_with_too_many_mistakes_is_validated_no_further() -> None:
    fields = "".join(f"    k{number}: 1\n" for number in range(MAX_PROBLEMS + 50))
    complaints = said(validate(f"{HEAD}agents:\n  x:\n{fields}"))
    assert len(complaints) == MAX_PROBLEMS + 1
    assert complaints[-1] == Said(
        "too-many-problems", (MAX_PROBLEMS + 4, 5, MAX_PROBLEMS + 4, 9), "more than 200 problems in this file; fix these first"
    )


def test_a_document_that_cannot_be_read_is_never_validated() -> None:
    assert {complaint.code for complaint in said(validate("agent: {}\nagent: {}\n"))} == {"duplicate-key"}
