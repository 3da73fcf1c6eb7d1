"""The meaning of scalars: the plain forms that are numbers, those that are ambiguous, and a document as plain Python data."""

import re

from shipcheck.model.document import Mapping, Node, Scalar, Sequence

INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})")
LARGEST = 2**53
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,15})?")

# YAML 1.1's resolver (booleans, sexagesimal and underscored numbers, timestamps, merge and value keys) united with the 1.2 core
# schema (0o17, .inf, null): https://yaml.org/type/ and https://yaml.org/spec/1.2.2/#103-core-schema.
AMBIGUOUS = re.compile(
    r"""
    | ~ | null | Null | NULL | << | =
    | y | Y | n | N | yes | Yes | YES | no | No | NO
    | true | True | TRUE | false | False | FALSE | on | On | ON | off | Off | OFF
    | [-+]? [0-9_]+ (?: : [0-5]?[0-9] )* (?: \. [0-9_]* )? (?: [eE] [-+]? [0-9]+ )?
    | [-+]? \. [0-9_]+ (?: [eE] [-+]? [0-9]+ )?
    | [-+]? 0 (?: b [01_]+ | o [0-7]+ | x [0-9a-fA-F_]+ )
    | [-+]? \. (?: inf | Inf | INF ) | \. (?: nan | NaN | NAN )
    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} (?: (?: [Tt] | [ \t]+ ) .* )?
    """,
    re.VERBOSE | re.ASCII,
)

Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None


def plain(node: Node) -> Plain:
    """Plain data: `true`, `false`, decimal numbers and nothing become Python values, everything else is text."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return _scalar(node)


def _scalar(node: Scalar) -> Plain:
    text = node.text
    if not node.plain:
        return text
    if text in {"true", "false"}:
        return text == "true"
    if INTEGER.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text):
        return float(text)
    return text or None
