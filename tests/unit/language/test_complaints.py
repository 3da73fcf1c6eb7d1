"""Every complaint that the compiler of packs can make: its code, its place and its words."""

import re
from typing import NamedTuple

import pytest
from tests.support.worlds import HEAD, compile_pack


class Complaint(NamedTuple):
    """What is said, and where: line, column, end line, end column."""

    code: str
    place: tuple[int, int, int, int]
    message: str


class Case(NamedTuple):
    """A pack with a mistake in it."""

    name: str
    text: str
    complaints: list[Complaint]


def policy(*lines: str) -> str:
    """A pack with one policy that has these lines besides its id, title and why."""
    written = ("id: a-rule", "title: A rule", "why: Because.", *lines)
    return f"{HEAD}policies:\n" + "".join(f"{'    ' if number else '  - '}{line}\n" for number, line in enumerate(written))


def another(name: str, *lines: str) -> str:
    """One more policy, to stand behind others."""
    return policy(*lines).partition("policies:\n")[2].replace("id: a-rule", f"id: {name}")


CASES = (
    Case(
        "unknown key of a pack",
        HEAD + "polices: []\n",
        [Complaint("P001", (3, 1, 3, 8), "unknown key 'polices' in pack.yaml; did you mean 'policies'?")],
    ),
    Case(
        "unknown key of a policy",
        policy("each: agent", "must: entry", "severty: error"),
        [Complaint("P001", (9, 5, 9, 12), "unknown key 'severty' in policy a-rule; did you mean 'severity'?")],
    ),
    Case(
        "unknown key without a near name",
        policy("each: agent", "must: entry", "zzz: error"),
        [
            Complaint(
                "P001",
                (9, 5, 9, 8),
                "unknown key 'zzz' in policy a-rule; the keys are id, title, why, fix, controls, severity, message, concern, "
                "cost, may_soften, each, all, per, must, must_reach, must_not_reach, must_not_cycle, along, within, through, "
                "every_way, unless_through and gate_on",
            )
        ],
    ),
    Case(
        "a policy is a map",
        HEAD + "policies:\n  - agent where entry\n",
        [
            Complaint("P001", (4, 5, 4, 22), "a policy must be a map"),
            Complaint("P001", (4, 5, 4, 22), "the policy has no id; add one"),
            Complaint("P015", (4, 5, 4, 22), "a policy must have exactly one subject, each or all"),
            Complaint(
                "P015", (4, 5, 4, 22), "a policy must have exactly one verb: must, must_reach, must_not_reach or must_not_cycle"
            ),
            Complaint("P001", (4, 5, 4, 22), "a policy has no title; add one"),
            Complaint("P001", (4, 5, 4, 22), "a policy has no why; add one"),
        ],
    ),
    Case(
        "'policies' must be a list",
        HEAD + "policies: {each: agent}\n",
        [Complaint("P001", (3, 11, 3, 24), "'policies' must be a list")],
    ),
    Case("'select' must be a map", HEAD + "select: [sensitive]\n", [Complaint("P001", (3, 9, 3, 20), "'select' must be a map")]),
    Case(
        "text is not a list", policy("each: [agent]", "must: entry"), [Complaint("P001", (7, 11, 7, 18), "'each' must be a text")]
    ),
    Case("text is not blank", policy("each: agent", 'must: ""'), [Complaint("P001", (8, 11, 8, 13), "'must' must be a text")]),
    Case(
        "text is not endless",
        policy("each: agent", "must: " + "entry or " * 500 + "entry"),
        [Complaint("P001", (8, 11, 8, 4516), "must is longer than 4000 characters; shorten it, or split the policy")],
    ),
    Case(
        "controls are texts",
        policy("each: agent", "must: entry", "controls: [a/1, {b: c}]"),
        [Complaint("P001", (9, 21, 9, 27), "'controls' must be a list of texts")],
    ),
    Case(
        "title and why are required",
        HEAD + "policies:\n  - id: a-rule\n    each: agent\n    must: entry\n",
        [
            Complaint("P001", (4, 5, 7, 1), "policy a-rule has no title; add one"),
            Complaint("P001", (4, 5, 7, 1), "policy a-rule has no why; add one"),
        ],
    ),
    Case("version is required", "pack: trial\n", [Complaint("P001", (1, 1, 2, 1), "pack.yaml has no version; add one")]),
    Case(
        "an id is kebab-case",
        HEAD + "policies:\n  - id: A_Rule\n    title: A rule\n    why: Because.\n    each: agent\n    must: entry\n",
        [Complaint("P001", (4, 9, 4, 15), "an id must be a kebab-case name such as ungated-action")],
    ),
    Case(
        "an id is required",
        HEAD + "policies:\n  - fix: X.\n    title: A rule\n    why: Because.\n    each: agent\n    must: entry\n",
        [Complaint("P001", (4, 5, 9, 1), "the policy has no id; add one")],
    ),
    Case(
        "a parameter's name",
        HEAD + "params:\n  Least: {type: number, default: 3}\n",
        [Complaint("P001", (4, 3, 4, 8), "'Least' is not a valid parameter name; use lower-case letters, digits and '_'")],
    ),
    Case(
        "unknown kind",
        policy("each: agnet", "must: entry"),
        [Complaint("P002", (7, 11, 7, 16), "unknown kind or selector 'agnet'; did you mean 'agent'?")],
    ),
    Case(
        "unknown selector after is",
        policy("each: gate", "must: some sink in audited_by satisfies sink is audit_tral"),
        [Complaint("P002", (8, 53, 8, 63), "unknown kind or selector 'audit_tral'; did you mean 'audit_sink'?")],
    ),
    Case(
        "unknown field",
        policy("each: agent", "must: ownr is set"),
        [Complaint("P003", (8, 11, 8, 15), "unknown field 'ownr' in agent; did you mean 'owner'?")],
    ),
    Case(
        "unknown field of one of several kinds",
        policy("each: agent or action", "must: entry"),
        [Complaint("P003", (8, 11, 8, 16), "unknown field 'entry' in action")],
    ),
    Case(
        "unknown field of a record",
        policy("each: use_case", "must: decision.resul == selected"),
        [Complaint("P003", (8, 20, 8, 25), "unknown field 'resul' in decision; did you mean 'result'?")],
    ),
    Case(
        "unknown field of a record without a near name",
        policy("each: use_case", "must: decision.zzz == selected"),
        [Complaint("P003", (8, 20, 8, 23), "unknown field 'zzz' in decision; its fields are result, round, date, by and reason")],
    ),
    Case(
        "a field of something without fields",
        policy("each: agent", "must: title.length > 3"),
        [Complaint("P003", (8, 17, 8, 23), "a text has no fields, so '.length' is not valid")],
    ),
    Case(
        "unknown link of a link subject",
        policy("each: link calls, cals", "must: from.owner is set"),
        [Complaint("P004", (7, 23, 7, 27), "unknown link 'cals'; did you mean 'calls'?")],
    ),
    Case(
        "unknown link in along",
        policy("each: agent", "must_not_reach: action", "along: calls, delegates, starts"),
        [Complaint("P004", (9, 19, 9, 28), "unknown link 'delegates'; did you mean 'delegates_to'?")],
    ),
    Case(
        "unknown choice word",
        policy("each: use_case", "must: stage >= prodution"),
        [
            Complaint(
                "P005",
                (8, 20, 8, 29),
                "'prodution' is not one of retired, candidate, pilot or production; did you mean 'production'?",
            )
        ],
    ),
    Case(
        "unknown choice word in a list",
        policy("each: action", "must: sensitivity in [low, hihg]"),
        [Complaint("P005", (8, 32, 8, 36), "'hihg' is not one of low, medium, high or critical; did you mean 'high'?")],
    ),
    Case(
        "unknown parameter",
        HEAD
        + "params: {least: {type: number, default: 3}}\n"
        + policy("each: audit_sink", "must: retention_days >= $lest").removeprefix(HEAD),
        [Complaint("P006", (9, 29, 9, 34), "unknown parameter 'lest'; did you mean 'least'?")],
    ),
    Case(
        "unknown type of a parameter",
        HEAD + "params:\n  least: {type: numbr, default: 3}\n",
        [Complaint("P006", (4, 10, 4, 35), "'numbr' is not one of number, percent or days; did you mean 'number'?")],
    ),
    Case(
        "unknown direction of a parameter",
        HEAD + "params:\n  least: {type: number, default: 3, may: increse}\n",
        [
            Complaint(
                "P006", (4, 10, 4, 50), "'increse' is not one of increase, decrease, any or nothing; did you mean 'increase'?"
            )
        ],
    ),
    Case(
        "a parameter without a default",
        HEAD + "params:\n  least: {type: percent}\n",
        [Complaint("P006", (4, 10, 4, 25), "parameter least needs a default of type percent")],
    ),
    Case(
        "a parameter whose default is of another type",
        HEAD + "params:\n  least: {type: percent, default: 40}\n",
        [Complaint("P006", (4, 10, 4, 38), "parameter least needs a default of type percent")],
    ),
    Case(
        "a selector named as a kind",
        HEAD + "select:\n  action: action where reversible\n",
        [
            Complaint(
                "P007",
                (4, 3, 4, 9),
                "'action' is not a valid selector name; use lower-case letters, digits and '_', but not a kind or a keyword",
            )
        ],
    ),
    Case(
        "a selector named as a word of the language",
        HEAD + "select:\n  every: action where reversible\n",
        [
            Complaint(
                "P007",
                (4, 3, 4, 8),
                "'every' is not a valid selector name; use lower-case letters, digits and '_', but not a kind or a keyword",
            )
        ],
    ),
    Case(
        "a selector that is no text",
        HEAD + "select:\n  final: [action]\n",
        [Complaint("P007", (4, 3, 4, 8), "selector 'final' must be a text such as 'action where sensitivity >= high'")],
    ),
    Case(
        "a pack by another name",
        "pack: other\nversion: 1.0.0\n",
        [Complaint("P009", (1, 7, 1, 12), "the pack must be named 'trial' here")],
    ),
    Case(
        "a name of no scope",
        policy("each: link calls", "must: form.owner is set"),
        [Complaint("P009", (8, 11, 8, 21), "unknown name 'form'; did you mean 'from'?")],
    ),
    Case(
        "a name that means nothing near",
        policy("each: link calls", "must: zzz.owner is set"),
        [Complaint("P009", (8, 11, 8, 20), "unknown name 'zzz'; the names here are from, to, through and gates")],
    ),
    Case(
        "a bound name that is a field",
        policy("each: agent", "must: some owner in calls satisfies owner.reversible"),
        [Complaint("P009", (8, 16, 8, 21), "'owner' is already a name here; use another name")],
    ),
    Case(
        "a bound name that is bound",
        policy("each: agent", "must: some x in calls satisfies some x in x.effects satisfies x == payments"),
        [Complaint("P009", (8, 42, 8, 43), "'x' is already a name here; use another name")],
    ),
    Case(
        "a word that is a bound name too",
        policy("each: action", "must: some payments in effects satisfies payments == payments"),
        [
            Complaint(
                "P009",
                (8, 58, 8, 66),
                "'payments' is both a word of the choice and a name here; rename the bound name",
            )
        ],
    ),
    Case(
        "a character without meaning",
        policy("each: agent", "must: entry && reversible"),
        [Complaint("P010", (8, 17, 8, 18), "unexpected character '&'; write and")],
    ),
    Case(
        "a single equals sign",
        policy("each: use_case", "must: stage = pilot"),
        [Complaint("P010", (8, 17, 8, 18), "unexpected character '='; write ==")],
    ),
    Case(
        "single quotes",
        policy("each: agent", "must: title == 'x'"),
        [Complaint("P010", (8, 20, 8, 21), "unexpected character '''; write \"text in double quotes\"")],
    ),
    Case(
        "an exclamation mark",
        policy("each: agent", "must: owner is set and !entry"),
        [Complaint("P010", (8, 28, 8, 29), "unexpected character '!'; write not")],
    ),
    Case(
        "a letter of another script",
        policy("each: agent", "must: entry and ówner is set"),
        [Complaint("P010", (8, 21, 8, 22), "unexpected character 'ó'")],
    ),
    Case(
        "an unclosed bracket",
        policy("each: agent", "must: (entry or owner is set"),
        [Complaint("P010", (8, 33, 8, 34), "expected ')', to close the bracket; found the end")],
    ),
    Case(
        "an unclosed list",
        policy("each: action", "must: sensitivity in [low, high"),
        [Complaint("P010", (8, 36, 8, 37), "expected ']', to close the list; found the end")],
    ),
    Case(
        "an empty list",
        policy("each: action", "must: sensitivity in []"),
        [Complaint("P010", (8, 27, 8, 28), "expected a value, found ']'")],
    ),
    Case(
        "a missing value",
        policy("each: action", "must: sensitivity >="),
        [Complaint("P010", (8, 25, 8, 26), "expected a value, found the end")],
    ),
    Case(
        "a comparison of comparisons",
        policy("each: action", "must: low < sensitivity < high"),
        [Complaint("P010", (8, 29, 8, 30), "unexpected '<' after a complete expression; join the parts with and, or")],
    ),
    Case(
        "a missing satisfies",
        policy("each: agent", "must: some x in calls x.reversible"),
        [Complaint("P010", (8, 27, 8, 28), "expected 'satisfies', as in 'some x in LIST satisfies ...'; found 'x'")],
    ),
    Case(
        "a missing in",
        policy("each: agent", "must: every x satisfies x.reversible"),
        [
            Complaint(
                "P010",
                (8, 19, 8, 28),
                "expected 'in', as in 'every x in LIST satisfies ...'; found 'satisfies'",
            )
        ],
    ),
    Case(
        "a missing name",
        policy("each: agent", "must: no 3 in calls satisfies entry"),
        [
            Complaint(
                "P010",
                (8, 14, 8, 15),
                "expected a name for each element, as in 'no x in LIST satisfies ...', found '3'",
            )
        ],
    ),
    Case(
        "is without a word",
        policy("each: agent", "must: owner is"),
        [
            Complaint(
                "P010",
                (8, 19, 8, 20),
                "expected 'set', 'missing', 'present' or a selector after 'is', found the end",
            )
        ],
    ),
    Case(
        "is with a number",
        policy("each: agent", "must: owner is 3"),
        [Complaint("P010", (8, 20, 8, 21), "expected 'set', 'missing', 'present' or a selector after 'is', found '3'")],
    ),
    Case(
        "a path that ends in a dot",
        policy("each: agent", "must: owner. is set"),
        [Complaint("P010", (8, 21, 8, 24), "unexpected 'set' after a complete expression; join the parts with and, or")],
    ),
    Case(
        "not without in",
        policy("each: action", "must: sensitivity not high"),
        [
            Complaint(
                "P010",
                (8, 27, 8, 31),
                "expected 'in', as in 'X not in LIST' or 'X not like \"text*\"'; found 'high'",
            )
        ],
    ),
    Case(
        "all without in",
        policy("each: action", "must: effects all [payments]"),
        [Complaint("P010", (8, 23, 8, 24), "expected 'in', as in 'LIST all in LIST'; found '['")],
    ),
    Case(
        "two expressions",
        policy("each: agent", "must: entry owner is set"),
        [Complaint("P010", (8, 17, 8, 22), "unexpected 'owner' after a complete expression; join the parts with and, or")],
    ),
    Case(
        "two where",
        policy("each: agent where entry where entry", "must: entry"),
        [Complaint("P010", (7, 29, 7, 34), "unexpected 'where' after a complete expression; join the parts with and, or")],
    ),
    Case(
        "a subject that is no kind",
        policy("each: 3", "must: entry"),
        [Complaint("P010", (7, 11, 7, 12), "expected a kind or a named selector, found '3'")],
    ),
    Case(
        "link without a name",
        policy("each: link where from.owner is set", "must: from.owner is set"),
        [Complaint("P010", (7, 16, 7, 21), "expected the name of a link, found 'where'")],
    ),
    Case(
        "no day in the calendar",
        policy("each: integration", "must: due >= 2026-02-30"),
        [Complaint("P010", (8, 18, 8, 28), "2026-02-30 is not a date in the calendar")],
    ),
    Case(
        "longer than a thousand years",
        policy("each: integration", "must: due >= today - 400000d"),
        [Complaint("P010", (8, 26, 8, 33), "'400000d' is longer than a thousand years")],
    ),
    Case(
        "nested too deep in brackets",
        policy("each: agent", "must: " + "(" * 41 + "entry" + ")" * 41),
        [Complaint("P010", (8, 51, 8, 52), "the expression is nested deeper than 40 levels; define its parts as selectors")],
    ),
    Case(
        "nested too deep in not",
        policy("each: agent", "must: " + "not " * 41 + "entry"),
        [Complaint("P010", (8, 167, 8, 170), "the expression is nested deeper than 40 levels; define its parts as selectors")],
    ),
    Case(
        "nested too deep in lists",
        policy("each: agent", "must: entry in " + "[" * 41 + "true" + "]" * 41),
        [Complaint("P010", (8, 59, 8, 60), "the expression is nested deeper than 40 levels; define its parts as selectors")],
    ),
    Case(
        "nested too deep in sums",
        policy("each: agent", "must: count(calls) > " + "1 + " * 41 + "1"),
        [Complaint("P010", (8, 184, 8, 185), "the expression is nested deeper than 40 levels; define its parts as selectors")],
    ),
    Case(
        "a selector longer than 4000 characters",
        HEAD + "select:\n  many: agent where " + "entry or " * 500 + "entry\n",
        [Complaint("P010", (4, 9, 4, 4526), "the expression is longer than 4000 characters; split the policy")],
    ),
    Case(
        "no yes or no",
        policy("each: agent", "must: owner"),
        [Complaint("P011", (8, 11, 8, 16), "expected a condition, found a team; compare it with a value")],
    ),
    Case(
        "no yes or no on one side",
        policy("each: agent", "must: entry and title"),
        [Complaint("P011", (8, 21, 8, 26), "expected a condition, found a text; compare it with a value")],
    ),
    Case(
        "types that do not compare",
        policy("each: integration", "must: due >= 3"),
        [Complaint("P011", (8, 11, 8, 19), "a date and a number cannot be compared")],
    ),
    Case(
        "components that never meet",
        policy("each: agent", "must: some x in calls satisfies x == owner"),
        [Complaint("P011", (8, 37, 8, 47), "an action and a team cannot be compared")],
    ),
    Case(
        "a record compared",
        policy("each: use_case", "must: decision == outcome"),
        [Complaint("P011", (8, 11, 8, 30), "a record and a record cannot be compared")],
    ),
    Case(
        "a list of two types",
        policy("each: action", "must: sensitivity in [low, 3]"),
        [
            Complaint(
                "P011",
                (8, 32, 8, 33),
                "a list must have values of one type, found a choice of low, medium, high, critical and a number",
            )
        ],
    ),
    Case(
        "a sum without meaning",
        policy("each: integration", "must: due + 3 >= today"),
        [Complaint("P011", (8, 11, 8, 18), "'+' is not defined for a date and a number")],
    ),
    Case(
        "a product without meaning",
        policy("each: agent", "must: title * 2 == title"),
        [Complaint("P011", (8, 11, 8, 20), "'*' is not defined for a text and a number")],
    ),
    Case(
        "a component that is no component",
        policy("each: agent", 'must: owner == "payables"'),
        [Complaint("P011", (8, 20, 8, 30), 'write a component as "team:NAME"')],
    ),
    Case(
        "a component of another kind",
        policy("each: agent", 'must: owner == "agent:payables"'),
        [Complaint("P011", (8, 20, 8, 36), 'write a component as "team:NAME"')],
    ),
    Case(
        "text that matches a selector",
        policy("each: agent", "must: title is agent"),
        [Complaint("P011", (8, 11, 8, 16), "a text cannot match a selector; use a component")],
    ),
    Case(
        "a kind that is never another",
        policy("each: agent", "must: owner is gate"),
        [Complaint("P011", (8, 11, 8, 24), "a team is never a gate")],
    ),
    Case(
        "a field of two types",
        policy("each: portfolio or audit_sink", "must: purpose is set"),
        [
            Complaint(
                "P011",
                (8, 11, 8, 18),
                "'purpose' is choice of audit, trace, log, notification on audit_sink and text on portfolio; "
                "write one policy for each",
            )
        ],
    ),
    Case(
        "min of words",
        policy("all: gate", "must: max(decided_by) == human"),
        [
            Complaint(
                "P011",
                (8, 11, 8, 26),
                "max cannot aggregate a choice of human, rule, model, nobody; it expects dates, durations, numbers, percents or "
                "words with an order",
            )
        ],
    ),
    Case(
        "sum of dates",
        policy("all: integration", "must: sum(due) >= today"),
        [Complaint("P011", (8, 11, 8, 19), "sum cannot aggregate a date; it expects durations, numbers or percents")],
    ),
    Case(
        "a list for yes or no",
        policy("each: agent", "must: calls"),
        [Complaint("P012", (8, 11, 8, 16), "expected a condition, found a list; use some, every or no")],
    ),
    Case(
        "a list compared",
        policy("each: action", "must: effects == payments"),
        [Complaint("P012", (8, 11, 8, 18), "a list cannot be compared with one value; use some, every or no")],
    ),
    Case(
        "a list looked for in a list",
        policy("each: action", "must: effects in [payments, egress]"),
        [Complaint("P012", (8, 11, 8, 18), "'in' cannot search for a list; use all in, or some, every or no")],
    ),
    Case(
        "in without a list",
        policy("each: action", "must: sensitivity in reversible"),
        [Complaint("P012", (8, 26, 8, 36), "expected a list after 'in', found a boolean")],
    ),
    Case(
        "all in without a list",
        policy("each: action", "must: sensitivity all in effects"),
        [Complaint("P012", (8, 11, 8, 22), "'all in' expects lists, found a choice of low, medium, high, critical; use in")],
    ),
    Case(
        "a quantifier over one value",
        policy("each: agent", "must: some x in owner satisfies x.active"),
        [Complaint("P012", (8, 21, 8, 26), "expected a list, found a team")],
    ),
    Case(
        "count of one value",
        policy("each: agent", "must: count(owner) >= 1"),
        [Complaint("P012", (8, 17, 8, 22), "expected a list, found a team")],
    ),
    Case(
        "is set of one value for each element",
        policy("each: agent", "must: calls.owner is set"),
        [
            Complaint(
                "P012",
                (8, 11, 8, 29),
                "'calls.owner' has a value for each element of a list; use every x in ... satisfies x.... is set",
            )
        ],
    ),
    Case(
        "a field of a group",
        policy("all: use_case", "per: portfolio", "must: stage == pilot"),
        [
            Complaint(
                "P012",
                (9, 11, 9, 16),
                "'stage' has a value for each member of the group; use count, share, sum, avg, min, max or unique",
            )
        ],
    ),
    Case(
        "an order that a choice has not",
        policy("each: gate", "must: decided_by >= human"),
        [Complaint("P013", (8, 11, 8, 30), "the words human, rule, model and nobody have no order; use ==, != or in")],
    ),
    Case(
        "an order that yes and no have not",
        policy("each: agent", "must: entry > false"),
        [Complaint("P013", (8, 11, 8, 24), "a boolean has no order; use == or !=")],
    ),
    Case(
        "an aggregate outside a group",
        policy("each: use_case", "must: share(stage == pilot) <= 40%"),
        [
            Complaint(
                "P014",
                (8, 11, 8, 32),
                "with each, share expects a list, found a boolean; for the members of a group, use all",
            )
        ],
    ),
    Case(
        "count of nothing outside a group",
        policy("each: use_case", "must: count() > 3"),
        [Complaint("P014", (8, 11, 8, 18), "count() is for the members of a group; use it with all, or give it a list")],
    ),
    Case(
        "an aggregate of nothing",
        policy("all: use_case", "must: unique()"),
        [Complaint("P014", (8, 11, 8, 19), "unique(...) expects one expression over the members")],
    ),
    Case(
        "an aggregate with where",
        policy("all: use_case", "must: count(stage == pilot where title is set) > 3"),
        [Complaint("P014", (8, 11, 8, 51), "count(... where ...) is for lists; for members, join the conditions with and")],
    ),
    Case(
        "no subject",
        policy("must: entry"),
        [Complaint("P015", (4, 5, 8, 1), "a policy must have exactly one subject, each or all")],
    ),
    Case(
        "two subjects",
        policy("each: agent", "all: agent", "must: entry"),
        [Complaint("P015", (4, 5, 10, 1), "a policy must have exactly one subject, each or all")],
    ),
    Case(
        "per with each",
        policy("each: agent", "per: owner", "must: entry"),
        [Complaint("P015", (4, 5, 10, 1), "per can only be used with all")],
    ),
    Case(
        "per that is no field",
        policy("all: use_case", "per: count(uses)", "must: unique(title)"),
        [Complaint("P015", (8, 10, 8, 21), "per expects fields with one value")],
    ),
    Case(
        "per that is a list",
        policy("all: use_case", "per: portfolio, uses", "must: unique(title)"),
        [Complaint("P015", (8, 21, 8, 25), "per expects fields with one value")],
    ),
    Case(
        "no verb",
        policy("each: agent"),
        [
            Complaint(
                "P015", (4, 5, 8, 1), "a policy must have exactly one verb: must, must_reach, must_not_reach or must_not_cycle"
            )
        ],
    ),
    Case(
        "two verbs",
        policy("each: agent", "must: entry", "must_reach: action", "along: calls"),
        [
            Complaint(
                "P015", (4, 5, 11, 1), "a policy must have exactly one verb: must, must_reach, must_not_reach or must_not_cycle"
            )
        ],
    ),
    Case(
        "a path verb over a group",
        policy("all: agent", "must_not_reach: action", "along: calls"),
        [Complaint("P015", (4, 5, 10, 1), "must_not_reach starts from components; use each: KIND")],
    ),
    Case(
        "a path verb over links",
        policy("each: link calls", "must_reach: action", "along: calls"),
        [Complaint("P015", (4, 5, 10, 1), "must_reach starts from components; use each: KIND")],
    ),
    Case(
        "along with must",
        policy("each: agent", "must: entry", "along: calls"),
        [Complaint("P015", (9, 12, 9, 17), "along can only be used with must_reach, must_not_reach or must_not_cycle")],
    ),
    Case(
        "a path verb without along",
        policy("each: agent", "must_reach: action"),
        [Complaint("P015", (4, 5, 9, 1), "must_reach needs along, the links that a path can follow")],
    ),
    Case(
        "unless_through with must_reach",
        policy("each: agent", "must_reach: action", "along: calls", "unless_through: gate"),
        [Complaint("P015", (10, 21, 10, 25), "unless_through can only be used with must_not_reach")],
    ),
    Case(
        "gate_on with another word",
        policy("each: agent", "must_not_reach: action", "along: calls", "unless_through: gate", "gate_on: first_hop"),
        [Complaint("P015", (11, 14, 11, 23), "gate_on must be any_hop or last_hop")],
    ),
    Case(
        "gate_on without unless_through",
        policy("each: agent", "must_not_reach: action", "along: calls", "gate_on: last_hop"),
        [Complaint("P015", (10, 14, 10, 22), "gate_on needs unless_through")],
    ),
    Case(
        "no such severity",
        policy("each: agent", "must: entry", "severity: eror"),
        [Complaint("P016", (9, 15, 9, 19), "unknown severity 'eror'; did you mean 'error'?")],
    ),
    Case(
        "no such severity nor one near",
        policy("each: agent", "must: entry", "severity: high"),
        [Complaint("P016", (9, 15, 9, 19), "unknown severity 'high'; write error, warning or note")],
    ),
    Case(
        "a step that is no text",
        policy("each: agent", "must: entry", "severity:", "  - error when entry", "  - [note]"),
        [
            Complaint(
                "P016", (11, 9, 11, 15), "a step of a severity ladder must be a text such as 'error when stage == production'"
            )
        ],
    ),
    Case(
        "a step without when",
        policy("each: agent", "must: entry", "severity:", "  - error if entry", "  - note"),
        [Complaint("P016", (10, 9, 10, 23), "write a step with a condition as 'error when CONDITION'")],
    ),
    Case(
        "a ladder without a last step",
        policy(
            "each: agent", "must: entry", "severity:", "  - error when stage == production", "  - warning when stage == pilot"
        ),
        [Complaint("P016", (10, 7, 12, 1), "only the last step of a severity ladder has no condition")],
    ),
    Case(
        "a ladder that goes up",
        policy("each: agent", "must: entry", "severity:", "  - warning when stage == production", "  - error"),
        [Complaint("P016", (10, 7, 12, 1), "the steps of a severity ladder must descend: error, then warning, then note")],
    ),
    Case(
        "a ladder without steps",
        policy("each: agent", "must: entry", "severity: []"),
        [Complaint("P016", (9, 15, 9, 17), "the severity ladder is empty; write error, warning or note")],
    ),
    Case(
        "a ladder over a group",
        policy("all: use_case", "must: unique(title)", "severity:", "  - error when stage == pilot", "  - note"),
        [Complaint("P016", (10, 9, 10, 34), "the severity of a group policy cannot have a condition")],
    ),
    Case(
        "a mistake in a step",
        policy("each: agent", "must: entry", "severity:", "  - error when stage == prodution", "  - note"),
        [
            Complaint(
                "P005",
                (10, 29, 10, 38),
                "'prodution' is not one of retired, candidate, pilot or production; did you mean 'production'?",
            )
        ],
    ),
    Case(
        "links that never lead there",
        policy("each: dataset", "must_not_reach: gate", "along: calls"),
        [Complaint("P020", (8, 21, 8, 25), "links calls can never lead from dataset to gate")],
    ),
    Case(
        "a policy declared twice",
        policy("each: agent", "must: entry") + another("a-rule", "each: action", "must: reversible"),
        [Complaint("P017", (9, 9, 9, 15), "policy 'a-rule' is declared twice; rename one")],
    ),
    Case(
        "a selector that names itself",
        HEAD + "select:\n  final: final where reversible\n",
        [Complaint("P026", (4, 3, 4, 8), "selector 'final' is defined by itself; break the cycle")],
    ),
    Case(
        "selectors that loop",
        HEAD
        + "select:\n  above: beyond where reversible\n  beyond: action where it is below\n  below: beyond where not reversible\n",
        [Complaint("P026", (6, 3, 6, 8), "selector 'below' is defined by itself through beyond; break the cycle")],
    ),
    Case(
        "a chain of selectors that nests too deep",
        HEAD + "select:\n  s0: action where reversible\n" + "".join(f"  s{n}: s{n - 1} where reversible\n" for n in range(1, 25)),
        [
            Complaint(
                "P026",
                (24, 3, 24, 6),
                "selector 's20', including the selectors that it names, is nested deeper than 40 levels; simplify it",
            )
        ],
    ),
    Case(
        "selectors that use too many",
        HEAD + "select:\n  s0: action where reversible\n" + "".join(f"  s{n}: s{n - 1} or s{n - 1}\n" for n in range(1, 12)),
        [
            Complaint(
                "P026",
                (10, 3, 10, 5),
                "selector 's6', including the selectors that it names, uses more than 100 selectors; simplify it",
            )
        ],
    ),
    Case(
        "quantifiers nested too deep",
        policy(
            "each: agent",
            "must: >-",
            "  some a in calls satisfies some b in a.called_by satisfies",
            "  some c in b.calls satisfies some d in c.called_by satisfies d.entry",
        ),
        [Complaint("P026", (10, 35, 10, 74), "quantifiers are nested deeper than 3; define the inner part as a selector")],
    ),
    Case(
        "counts nested too deep",
        policy(
            "each: agent",
            "must: count(calls where count(called_by where count(calls where count(called_by where entry) > 0) > 0) > 0) > 0",
        ),
        [Complaint("P026", (8, 69, 8, 97), "quantifiers are nested deeper than 3; define the inner part as a selector")],
    ),
    Case(
        "a brace that is not closed",
        policy("each: agent", "must: entry", 'message: "{it has no entry"'),
        [Complaint("P027", (9, 15, 9, 16), "unclosed '{'; write {expression}")],
    ),
    Case(
        "empty braces",
        policy("each: agent", "must: entry", 'message: "see {} there"'),
        [Complaint("P027", (9, 19, 9, 21), "empty braces; write {expression}")],
    ),
    Case(
        "a mistake in braces",
        policy("each: agent", "must: entry", 'message: "{it} is owned by {ownr}"'),
        [Complaint("P027", (9, 32, 9, 38), "in {ownr}: unknown field 'ownr' in agent; did you mean 'owner'?")],
    ),
    Case(
        "a name that messages do not have",
        policy("each: agent", "must: entry", 'message: "{from} has no entry"'),
        [Complaint("P027", (9, 15, 9, 21), "in {from}: unknown field 'from' in agent")],
    ),
    Case(
        "one broken selector, used twice",
        HEAD
        + "select:\n  final: action where reversibel\n"
        + policy("each: final", "must: owner is set", 'message: "{subject}"').removeprefix(HEAD)
        + another("b-rule", "each: agent", "must_not_reach: final where it is final", "along: calls"),
        [Complaint("P003", (4, 23, 4, 33), "unknown field 'reversibel' in action; did you mean 'reversible'?")],
    ),
    Case(
        "a selector named as a subject begins",
        HEAD + "select:\n  removed: action where reversible\n",
        [
            Complaint(
                "P007",
                (4, 3, 4, 10),
                "'removed' is not a valid selector name; use lower-case letters, digits and '_', but not a kind or a keyword",
            )
        ],
    ),
    Case(
        "a control without a catalogue",
        policy("each: agent", "must: entry", "controls: [eu-ai-act/art-14, art-14]"),
        [
            Complaint(
                "P008",
                (9, 34, 9, 40),
                "'art-14' is not a valid control; write CATALOGUE/NUMBER, such as eu-ai-act/art-14",
            )
        ],
    ),
    Case(
        "the base of the base",
        policy("each: agent", "must: base.base is present"),
        [Complaint("P003", (8, 16, 8, 20), "only two revisions are compared, so a component of the base has no base")],
    ),
    Case(
        "text that is present",
        policy("each: agent", "must: title is present"),
        [
            Complaint(
                "P011",
                (8, 11, 8, 27),
                "'is present' expects a component, found a text; use is set or is missing",
            )
        ],
    ),
    Case(
        "a list that is present",
        policy("each: removed gate", "must: guards is present"),
        [Complaint("P012", (8, 11, 8, 17), "'guards' is a list; use some, every or no x in ... satisfies x is present")],
    ),
    Case(
        "like without a pattern",
        policy("each: agent", "must: title like pay"),
        [Complaint("P010", (8, 22, 8, 25), "expected a pattern in double quotes after 'like', found 'pay'")],
    ),
    Case(
        "a number like a pattern",
        policy("each: gate", 'must: approvals like "1*"'),
        [Complaint("P011", (8, 11, 8, 20), "'like' expects text, found a number")],
    ),
    Case(
        "a list like a pattern",
        policy("each: team", 'must: members like "a*"'),
        [Complaint("P012", (8, 11, 8, 18), "a list cannot be compared with a pattern; use some, every or no")],
    ),
    Case(
        "a number with too many digits",
        policy("each: agent", "must: count(calls) > 12345678.12345678"),
        [
            Complaint(
                "P010",
                (8, 26, 8, 43),
                "a number with more than 15 digits would not be exact; write fewer",
            )
        ],
    ),
    Case(
        "an aggregate of one value",
        policy("each: gate", "must: sum(approvals) > 3"),
        [
            Complaint(
                "P014",
                (8, 11, 8, 25),
                "with each, sum expects a list, found a number; for the members of a group, use all",
            )
        ],
    ),
    Case(
        "an aggregate of a list with where",
        policy("each: agent", "must: share(calls.reversible where entry) > 50%"),
        [Complaint("P014", (8, 11, 8, 46), "only count can have where; share uses all values of a list")],
    ),
    Case(
        "a share of text",
        policy("each: agent", "must: share(calls.title) > 50%"),
        [Complaint("P011", (8, 11, 8, 29), "share cannot aggregate a text; it expects booleans")],
    ),
    Case(
        "unique records",
        policy("all: use_case", "must: unique(decision)"),
        [Complaint("P011", (8, 11, 8, 27), "unique cannot aggregate a record; it expects everything but records")],
    ),
    Case(
        "a list of each member",
        policy("all: use_case", "must: max(uses) == min(uses)"),
        [
            Complaint(
                "P012",
                (8, 15, 8, 19),
                "max expects one value for each member, found a list; use its count, sum, min or max",
            )
        ],
    ),
    Case(
        "a cycle of each",
        policy("each: agent", "must_not_cycle: true", "along: delegates_to"),
        [Complaint("P015", (4, 5, 10, 1), "must_not_cycle is about a set of components; use all: KIND")],
    ),
    Case(
        "a cycle that is not true",
        policy("all: agent", "must_not_cycle: calls", "along: delegates_to"),
        [Complaint("P015", (8, 21, 8, 26), "must_not_cycle must be true or absent")],
    ),
    Case(
        "a cycle with per",
        policy("all: agent", "per: owner", "must_not_cycle: true", "along: delegates_to"),
        [Complaint("P015", (8, 10, 8, 15), "must_not_cycle is about all members together; remove per")],
    ),
    Case(
        "a cycle without along",
        policy("all: agent", "must_not_cycle: true"),
        [Complaint("P015", (4, 5, 9, 1), "must_not_cycle needs along, the links that a path can follow")],
    ),
    Case(
        "a walk from what is removed",
        policy("each: removed agent", "must_not_reach: action", "along: calls"),
        [
            Complaint(
                "P015",
                (4, 5, 10, 1),
                "a removed component is not on any path of this revision, so must_not_reach cannot start there; use must",
            )
        ],
    ),
    Case(
        "through with must_not_reach",
        policy("each: agent", "must_not_reach: action", "along: calls", "through: gate"),
        [Complaint("P015", (10, 14, 10, 18), "through can only be used with must_reach")],
    ),
    Case(
        "every way with must_not_reach",
        policy("each: agent", "must_not_reach: action", "along: calls", "every_way: true"),
        [Complaint("P015", (10, 16, 10, 20), "every_way can only be used with must_reach")],
    ),
    Case(
        "every way that is not true",
        policy("each: agent", "must_reach: action", "along: calls", "every_way: always"),
        [Complaint("P015", (10, 16, 10, 22), "every_way must be true or absent")],
    ),
    Case(
        "every way within so many hops, past something",
        policy("each: agent", "must_reach: team", "along: escalates_to", "every_way: true", "within: 2", "through: gate"),
        [
            Complaint("P015", (12, 14, 12, 18), "through is about one path and every_way about all paths; write two policies"),
            Complaint("P015", (11, 13, 11, 14), "within is about one path and every_way about all paths; write two policies"),
        ],
    ),
    Case(
        "within with must",
        policy("each: agent", "must: entry", "within: 3"),
        [Complaint("P015", (9, 13, 9, 14), "within can only be used with must_reach or must_not_reach")],
    ),
    Case(
        "within no hop",
        policy("each: agent", "must_reach: action", "along: calls", "within: 0"),
        [Complaint("P015", (10, 13, 10, 14), "within must be a whole number of hops, from 1 to 9999")],
    ),
    Case(
        "through that names the subject",
        policy("each: agent", "must_reach: action", "along: calls", "through: gate where owner != from.owner"),
        [
            Complaint(
                "P015",
                (10, 34, 10, 38),
                "through is the same for every path, so it cannot name 'from'; narrow the subject instead",
            )
        ],
    ),
    Case(
        "a cost that is not accepted",
        policy("each: agent", "must: entry", "cost: high"),
        [
            Complaint(
                "P015",
                (9, 11, 9, 15),
                "cost must be accepted or absent; it means that the policy may cost more than one pass over the graph",
            )
        ],
    ),
    Case(
        "links that lead there, but not so soon",
        policy("each: use_case", "must_reach: system", "along: uses, calls, writes_to", "within: 2"),
        [
            Complaint(
                "P020",
                (8, 17, 8, 23),
                "links uses, calls or writes_to can never lead from use_case to system within 2 hops",
            )
        ],
    ),
    Case(
        "a link that leads out of the members",
        policy("all: agent", "must_not_cycle: true", "along: delegates_to, calls"),
        [Complaint("P020", (9, 26, 9, 31), "calls never leads from agent to agent, so it cannot be in such a cycle")],
    ),
    Case(
        "links that never lead back",
        policy("all: agent or action", "must_not_cycle: true", "along: calls"),
        [
            Complaint(
                "P020",
                (9, 12, 9, 17),
                "links calls between action or agent can never form a cycle",
            )
        ],
    ),
    Case(
        "a selector that nothing can match",
        HEAD + "select:\n  odd: action where sensitivity >= high and sensitivity == low\n",
        [
            Complaint(
                "P022",
                (4, 21, 4, 63),
                "nothing can match; the parts contradict each other or the values of a field",
            )
        ],
    ),
    Case(
        "links that cannot be",
        policy("each: link calls where from == to", "must: from.entry"),
        [Complaint("P011", (7, 28, 7, 38), "an agent and an action cannot be compared")],
    ),
    Case(
        "links whose condition contradicts itself",
        policy("each: link calls where from.entry and not from.entry", "must: from.entry"),
        [
            Complaint(
                "P022",
                (7, 28, 7, 57),
                "nothing can match; the parts contradict each other or the values of a field",
            )
        ],
    ),
    Case(
        "braces in a title",
        policy("each: agent", "must: entry").replace("title: A rule", 'title: "{it} is an entry"'),
        [Complaint("P027", (5, 12, 5, 30), "a title cannot have expressions; use them in message")],
    ),
    Case(
        "a letter that only looks alike",
        policy("each: agent", 'must: owner == "team:p\u0430yments"'),
        [
            Complaint(
                "P027",
                (8, 26, 8, 34),
                "'p\u0430yments' mixes Cyrillic and Latin letters, which can look alike; use one script",
            )
        ],
    ),
    Case(
        "everything that is wrong beside a subject that is wrong",
        policy(
            "each: agent where entri",
            "must_not_reach: action where owner != from.ownr",
            "along: cals",
            "unless_through: gate where decided_by == humn",
            "severity:",
            "  - error when stag == production",
            "  - note",
            'message: "{from.ttle} {to.ttle}"',
        ),
        [
            Complaint("P003", (7, 23, 7, 28), "unknown field 'entri' in agent; did you mean 'entry'?"),
            Complaint("P003", (8, 48, 8, 52), "unknown field 'ownr' in agent; did you mean 'owner'?"),
            Complaint("P004", (9, 12, 9, 16), "unknown link 'cals'; did you mean 'calls'?"),
            Complaint(
                "P005",
                (10, 46, 10, 50),
                "'humn' is not one of human, rule, model or nobody; did you mean 'human'?",
            ),
            Complaint("P003", (12, 20, 12, 24), "unknown field 'stag' in agent; did you mean 'stage'?"),
            Complaint("P027", (14, 15, 14, 26), "in {from.ttle}: unknown field 'ttle' in agent; did you mean 'title'?"),
        ],
    ),
    Case(
        "what can be judged beside a subject that is not known",
        policy(
            "each: agnet where entri",
            "must_not_reach: action where ownr is set and from.owner == owner",
            "along: cals",
            "unless_through: gate where decided_by == humn and from.ownr is set",
            "severity:",
            "  - eror when stage == production",
            "  - note",
        ),
        [
            Complaint("P002", (7, 11, 7, 16), "unknown kind or selector 'agnet'; did you mean 'agent'?"),
            Complaint("P003", (8, 34, 8, 38), "unknown field 'ownr' in action; did you mean 'owner'?"),
            Complaint("P004", (9, 12, 9, 16), "unknown link 'cals'; did you mean 'calls'?"),
            Complaint(
                "P005",
                (10, 46, 10, 50),
                "'humn' is not one of human, rule, model or nobody; did you mean 'human'?",
            ),
            Complaint("P016", (12, 9, 12, 38), "unknown severity 'eror'; did you mean 'error'?"),
        ],
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_in_a_pack_has_its_code_its_place_and_its_words(case: Case) -> None:
    _, faults, misuse = compile_pack(case.text)
    found = [
        Complaint(fault.code, (place.line, place.column, place.end_line, place.end_column), fault.message)
        for fault in faults
        if (place := fault.location)
    ]
    assert found == case.complaints
    assert misuse == ()


def test_every_complaint_of_a_plain_scalar_underlines_what_it_is_about() -> None:
    """The words under the caret are the words in quotes in the message, where the message quotes what stands there."""
    for case in CASES:
        lines = case.text.split("\n")
        for complaint in case.complaints:
            line, column, end_line, end_column = complaint.place
            quoted = re.search(r"and '(.+)' stands here$", complaint.message)
            if quoted and line == end_line:
                assert lines[line - 1][column - 1 : end_column - 1] == quoted.group(1), case.name
