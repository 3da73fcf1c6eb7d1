"""A value for each output of each command, with one text wherever the output may print one.

The values are made from the types that the formats themselves name, so that a new field, and a new command, are among them.
"""

import sys
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from importlib import import_module
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tests.support.reports import altered, finding, place, policy, report
from tests.support.worlds import graph_of, vocabulary

from shipcheck.model.component import Reference
from shipcheck.model.finding import Finding
from shipcheck.model.location import Location
from shipcheck.model.pack_field import PackField
from shipcheck.model.policy import NamedSelector, Policy, Rung, Severity
from shipcheck.model.policy_check import Cost
from shipcheck.model.problem import Problem
from shipcheck.model.report import Report
from shipcheck.report.formats import Format
from shipcheck.report.graph.labels import LinkedGraph
from shipcheck.vocabulary.extended import extended
from shipcheck.vocabulary.vocabulary import Vocabulary

DAY = date(2026, 11, 22)
# The most alternatives that a type of a value has: each is in some variant.
VARIANTS = 8
GRAPH = """
    shipcheck: 1
    teams: {t: {contact: x}}
    agents: {end: {owner: t, title: text, entry: true, calls: [{to: subgraph, through: [click]}]}}
    actions: {subgraph: {owner: t, sensitivity: high}}
    gates: {click: {owner: t}}
    """


def sample(form: Format, text: str, variant: int = 0) -> Any:
    """A value that a format can print; variants differ in every choice that there is."""
    return _value(get_type_hints(import_module(form.module).render, include_extras=True)[_parameter(form)], text, variant)


def _parameter(form: Format) -> str:
    render = import_module(form.module).render
    return str(render.__code__.co_varnames[0])


def source_of(text: str) -> str:
    """The path of the file that all places are in."""
    return f"{text}/a{text}.shipcheck.yaml"


def _value(hint: Any, text: str, variant: int) -> Any:
    if hint in MADE:
        return MADE[hint](text, variant)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType, Literal}:
        choice = parts[variant % len(parts)]
        return choice if origin is Literal else _value(choice, text, variant)
    if origin is tuple and parts[-1] is not Ellipsis:
        return tuple(_value(part, text, variant) for part in parts)
    if origin in {tuple, Sequence, Iterable}:
        return tuple(_value(parts[0], text, variant + step) for step in range(2))
    if origin in {dict, Mapping}:
        return {_value(parts[0], text, variant): _value(parts[1], text, variant)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)[variant % len(hint)]
    return _record(hint, text, variant)


def _record(hint: Any, text: str, variant: int) -> Any:
    """A dataclass or a named tuple, with a value in each of its fields."""
    hints = get_type_hints(hint, vars(sys.modules[hint.__module__]))
    names = [each.name for each in fields(hint)] if is_dataclass(hint) else hint._fields
    return hint(**{name: _value(hints[name], text, variant) for name in names})


def _finding(text: str, variant: int) -> Finding:
    status: Literal["live", "waived", "expired"] = ("live", "waived", "expired")[variant % 3]
    return finding(f"agent:{text}", text, source_of(text), waiver=f"waiver {text}", status=status)


def _report(text: str, variant: int) -> Report:
    """A report that holds the text wherever an output prints one, at both ends of it and in names that no manifest may have."""
    path = source_of(text)
    walking = finding(f"agent:{text}", text, path, message=f"{text} x {text}", owner=f"team:{text}", doubt=text)
    # What to write is lines by its nature; no value with a line end is ever among them.
    walking = replace(walking, fix=replace(walking.fix, snippet=f"label: {' '.join(text.splitlines())}"))
    plain = finding(
        "agent:b", text, path, witness=(), fix=walking.fix, severity=Severity.WARNING, owner=None, members=(text, text)
    )
    noted = finding("agent:c", text, path, fix=walking.fix, severity=Severity.NOTE, status="waived", waiver=text)
    problems = (Problem(place(path), "some-code", text, ((place(path), text),)),)
    full = report(
        walking,
        plain,
        noted,
        problems=problems if variant % 2 == 0 else (),
        texts=_texts(text, variant),
        policies=(policy(text),),
        packs=(("trial", text),),
        root=text,
        prefix=f"{text}/",
    )
    hints = get_type_hints(type(full.judged)) | get_type_hints(type(full.inputs))
    more = {name: _value(hints[name], text, 2 * variant) for name in ("waivers", "controls", "changes", "against", "softened")}
    return altered(full, **more)


def _texts(text: str, _variant: int) -> Mapping[tuple[str, str], bytes]:
    source = f"a: {text}".replace("\n", " ").replace("\r", " ")
    return {("worktree", source_of(text)): "\n".join([source] * 6).encode("utf-8", "replace")}


def _graph(text: str, _variant: int) -> LinkedGraph:
    graph = graph_of(GRAPH)
    components = tuple(
        each._replace(reference=Reference(each.reference.kind, text, f"{text}{each.reference.name}")) for each in graph.components
    )
    values = tuple({key: text if key == "title" else value for key, value in each.items()} for each in graph.values)
    return LinkedGraph(replace(graph, components=components, values=values), vocabulary())


def _vocabulary(text: str, _variant: int) -> Vocabulary:
    field = PackField("agent", "tier", "choice", "lower", text, place("pack.yaml"), words=(("low", text), ("high", "")))
    return extended(vocabulary(), {"acme/base": (field,)})


MADE: dict[Any, Any] = {
    str: lambda text, _variant: text,
    int: lambda _text, variant: 1 + variant % 2,
    float: lambda _text, variant: 1.0 + variant % 2,
    bool: lambda _text, variant: variant % 2 == 0,
    object: lambda text, _variant: text,
    date: lambda _text, _variant: DAY,
    type(None): lambda _text, _variant: None,
    Location: lambda text, _variant: place(source_of(text)),
    Mapping[tuple[str, str], bytes]: _texts,
    dict[tuple[str, str], bytes]: _texts,
    Report: _report,
    Finding: _finding,
    Policy: lambda text, _variant: policy(text),
    Cost: lambda _text, _variant: Cost("values", ("from.stage",)),
    Rung: lambda _text, _variant: Rung(Severity.ERROR, None),
    tuple[NamedSelector, ...]: lambda _text, _variant: (),
    PackField: lambda text, _variant: PackField(text, text, text, "none", text, place(source_of(text))),
    LinkedGraph: _graph,
    Vocabulary: _vocabulary,
}
