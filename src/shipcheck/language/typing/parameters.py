"""Parameters of a pack, and the settings that tighten them."""

import re

from shipcheck.english import did_you_mean, listed
from shipcheck.language.syntax.keys import NAME, Keys
from shipcheck.model.document import Scalar
from shipcheck.model.policy import Parameter, show_parameter
from shipcheck.model.problem import Problem
from shipcheck.model.settings import ParameterSetting
from shipcheck.model.softening import Softening

TYPES = ("number", "percent", "days")
DIRECTIONS = ("increase", "decrease", "any", "nothing")
KEYS = ("type", "default", "may", "may_soften", "min", "max", "description")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


def read_parameters(keys: Keys) -> dict[str, Parameter]:
    """The parameters that a pack declares, with their defaults."""
    parameters: dict[str, Parameter] = {}
    for key, node in keys.entries("params"):
        entry = Keys(keys.document, node, f"parameter {key.text}", keys.problems)
        entry.allow(KEYS)
        if not NAME.fullmatch(key.text):
            keys.report(key, "P001", f"'{key.text}' is not a valid parameter name; use lower-case letters, digits and '_'")
            continue
        parameter = _parameter(key, entry)
        if parameter:
            parameters[key.text] = parameter
    return parameters


def _parameter(key: Scalar, entry: Keys) -> Parameter | None:
    type_name = entry.text("type", required=True)
    may = entry.text("may") or "nothing"
    default = entry.source("default")
    for name, allowed in ((type_name, TYPES), (may, DIRECTIONS)):
        if name and name not in allowed:
            entry.report(entry.node, "P006", f"'{name}' is not one of {listed(allowed)}{did_you_mean(name, allowed)}")
            return None
    value = parse_value(type_name, default.text) if default and type_name else None
    if value is None:
        entry.report(entry.node, "P006", f"parameter {key.text} needs a default of type {type_name or 'number'}")
        return None
    least, most = _bound(entry, "min", type_name), _bound(entry, "max", type_name)
    place = entry.document.locate(key)
    description, soft = entry.text("description"), _flag(entry, "may_soften")
    parameter = Parameter(key.text, type_name, value, value, may, description, place, least, most, may_soften=soft)
    problem = _outside(parameter, value)
    if problem:
        entry.report(entry.get("default") or entry.node, "P026", f"the default of {key.text} {problem}")
    return parameter


def _bound(entry: Keys, key: str, type_name: str) -> float | None:
    source = entry.source(key)
    value = parse_value(type_name, source.text) if source else None
    if source and value is None:
        entry.report(entry.get(key) or entry.node, "P006", f"{key} of {entry.what} must be a {type_name}")
    return value


def _flag(entry: Keys, key: str) -> bool:
    text = entry.text(key) or "false"
    if text not in {"true", "false"}:
        entry.report(entry.get(key) or entry.node, "P006", f"{key} of {entry.what} must be true or false")
    return text == "true"


def _outside(parameter: Parameter, value: float) -> str:
    """How a value violates the bounds of a parameter; empty if it does not."""
    if parameter.least is not None and value < parameter.least:
        return f"is below its min, {show_parameter(parameter.type, parameter.least)}"
    if parameter.most is not None and value > parameter.most:
        return f"is above its max, {show_parameter(parameter.type, parameter.most)}"
    return ""


def parse_value(type_name: str, text: str) -> float | None:
    """A parameter's value from its text: `40%` for a percentage, plain digits otherwise; None if it is not valid."""
    if type_name == "percent":
        if not (text.endswith("%") and _NUMBER.fullmatch(text[:-1])):
            return None
        return percentage(text)
    if not _NUMBER.fullmatch(text):
        return None
    return float(text) if "." in text else int(text)


def percentage(text: str) -> float:
    """The fraction that a percentage means, as near as a number can be: `0.7%` is 7/1000."""
    whole, _, part = text.removesuffix("%").partition(".")
    return int(whole + part) / int(10 ** (len(part) + 2))


def tighten(parameter: Parameter, setting: ParameterSetting) -> float | Problem:
    """The value from settings, or the problem with it."""
    value = parse_value(parameter.type, setting.text)
    name = f"{setting.pack}.{parameter.name}"
    if value is None:
        example = show_parameter(parameter.type, parameter.default)
        return Problem(setting.location, "P006", f"'{setting.text}' is not a {parameter.type}; write a value such as {example}")
    allowed = {
        "increase": value >= parameter.default,
        "decrease": value <= parameter.default,
        "any": True,
        "nothing": value == parameter.default,
    }
    if allowed[parameter.may]:
        problem = _outside(parameter, value)
        return Problem(setting.location, "P026", f"{name} {problem}; use another value") if problem else value
    bound = {"increase": "at least", "decrease": "at most", "nothing": "exactly"}[parameter.may]
    message = f"{name} can only be tightened; write {bound} {show_parameter(parameter.type, parameter.default)}"
    return Problem(setting.location, "P026", message)


def soften(parameter: Parameter, softening: Softening) -> float | Problem:
    """The value from an extending pack, which may be looser than the default, or the problem with it."""
    value = parse_value(parameter.type, softening.to)
    if value is None:
        example = show_parameter(parameter.type, parameter.default)
        return Problem(softening.location, "P006", f"'{softening.to}' is not a {parameter.type}; write a value such as {example}")
    problem = _outside(parameter, value)
    return Problem(softening.location, "P026", f"{softening.what} {problem}; use another value") if problem else value
