"""Overrides of a pack's parameters and severities, by settings and by packs that extend it.

Every override can tighten, and the tightest one is in effect. Only an extending pack can loosen, if the pack allows it, until a
date. The order in which overrides are read does not matter; of two that contradict each other neither is in effect.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from shipcheck.english import did_you_mean
from shipcheck.language.typing.parameters import soften, tighten
from shipcheck.model.location import Location
from shipcheck.model.pack_head import PackHead
from shipcheck.model.policy import SEVERITIES, Pack, Parameter, Policy
from shipcheck.model.problem import Problem
from shipcheck.model.settings import ParameterSetting, Settings, SeveritySetting
from shipcheck.model.softening import DROP, Softening


class _Override(NamedTuple):
    """A value that settings (whose `pack` is empty) or a pack sets, and the list that collects its problems."""

    pack: str
    setting: ParameterSetting | SeveritySetting
    problems: list[Problem]

    def report(self, code: str, message: str) -> None:
        """Add a problem at the place of the override."""
        self.problems.append(Problem(self.setting.location, code, message))


class Overrides:
    """All overrides of packs that are in effect on one date; without a date nothing can be loosened.

    `pack_problems` collects the problems of packs, `settings_problems` those of the settings.
    """

    def __init__(
        self,
        heads: Sequence[PackHead],
        settings: Settings,
        as_of: date | None,
        pack_problems: list[Problem],
        settings_problems: list[Problem],
    ) -> None:
        self._problems = pack_problems
        softenings = [softening for head in heads for softening in head.softenings]
        self.softened = tuple(sorted((item for item in softenings if as_of and as_of <= item.until), key=_order))
        self.expired = tuple(sorted((item for item in softenings if as_of and as_of > item.until), key=_order))
        self._softenings = softenings
        self._parameters = [_Override("", setting, settings_problems) for setting in settings.parameters]
        self._parameters += [_Override(head.name, setting, pack_problems) for head in heads for setting in head.parameters]
        self._severities = [_Override("", setting, settings_problems) for setting in settings.severities]
        self._severities += [_Override(head.name, setting, pack_problems) for head in heads for setting in head.severities]

    def parameters(self, pack: str, declared: Mapping[str, Parameter]) -> dict[str, Parameter]:
        """The parameters of a pack with their effective values."""
        by_name: dict[str, list[_Override]] = {}
        for override in self._parameters:
            setting = override.setting
            if not isinstance(setting, ParameterSetting) or setting.pack != pack:
                continue
            if setting.name in declared:
                by_name.setdefault(setting.name, []).append(override)
            else:
                override.report(
                    "P006", f"unknown parameter '{setting.name}' in pack {pack}{did_you_mean(setting.name, declared)}"
                )
        return {name: self._parameter(pack, parameter, by_name.get(name, [])) for name, parameter in declared.items()}

    def _parameter(self, pack: str, parameter: Parameter, overrides: Sequence[_Override]) -> Parameter:
        given: list[tuple[float, Location]] = []
        for override in overrides:
            if isinstance(override.setting, ParameterSetting):
                value = tighten(parameter, override.setting)
                if isinstance(value, Problem):
                    override.problems.append(value)
                else:
                    given.append((value, override.setting.location))
        less = [item for item in self._softenings if item.is_parameter and item.what == f"{pack}.{parameter.name}"]
        tightened = _tightest(parameter, given)
        values = {value for value, _ in given}
        if parameter.may == "any" and len(values) > 1:
            self._contradict(f"{pack}.{parameter.name}", sorted(place for _, place in given))
        return self._loosened(parameter, less, [place for _, place in given]) or tightened

    def _loosened(self, parameter: Parameter, less: Sequence[Softening], places: Sequence[Location]) -> Parameter | None:
        """The parameter as packs loosen it; None if no such override is in force."""
        values: set[float] = set()
        for item in less:
            if not parameter.may_soften:
                self._refuse(item, f"pack {item.what.rpartition('.')[0]} does not allow loosening {item.what}")
                continue
            value = soften(parameter, item)
            if isinstance(value, Problem):
                self._problems.append(value)
            elif item in self.softened:
                values.add(value)
        in_force = [item.location for item in less if item in self.softened]
        if len(values) > 1 or (values and places):
            self._contradict(less[0].what, sorted([*in_force, *places]))
        elif values:
            return replace(parameter, value=values.pop(), origin=min(in_force))
        return None

    def policies(self, pack: Pack) -> Pack:
        """A pack with the overrides of its policies."""
        policies = (self._policy(policy) for policy in pack.policies)
        return replace(pack, policies=tuple(policy for policy in policies if policy is not None))

    def _policy(self, policy: Policy) -> Policy | None:
        """The policy with its overrides; None if it is dropped."""
        raised = policy
        places = []
        for override in self._severities:
            setting = override.setting
            if isinstance(setting, SeveritySetting) and setting.policy == policy.name and _is_raise(policy, override):
                places.append(setting.location)
                if raised.at_least < setting.severity or raised.origin is None:
                    raised = replace(raised, at_least=max(setting.severity, raised.at_least), origin=setting.location)
        less = [item for item in self._softenings if not item.is_parameter and item.what == policy.name]
        allowed = [item for item in less if self._may(policy, item)]
        in_force = [item for item in allowed if item in self.softened]
        if len({item.to for item in in_force}) > 1 or (in_force and places):
            self._contradict(policy.name, sorted([*(item.location for item in in_force), *places]))
            return policy
        if not in_force:
            return raised
        if in_force[0].to == DROP:
            return None
        return replace(policy, at_most=SEVERITIES[in_force[0].to], origin=in_force[0].location)

    def _may(self, policy: Policy, item: Softening) -> bool:
        kind = DROP if item.to == DROP else "severity"
        if kind not in policy.may_soften:
            what = "dropping" if kind == DROP else "lowering the severity of"
            self._refuse(item, f"pack {policy.pack} does not allow {what} {policy.name}")
            return False
        if item.to != DROP and SEVERITIES[item.to] >= policy.severity[0].severity:
            self._refuse(item, f"the highest severity of {policy.name} is already {policy.severity[0].severity}")
            return False
        return True

    def check_names(self, packs: Sequence[Pack], heads: Mapping[str, PackHead]) -> None:
        """Report each override of an unknown pack, policy or parameter, and of a pack that is not extended."""
        policies = {policy.name: policy.pack for pack in packs for policy in pack.policies}
        parameters = {f"{pack.name}.{item.name}" for pack in packs for item in pack.parameters}
        names = [pack.name for pack in packs]
        for override in (*self._parameters, *self._severities):
            _check_override(override, policies, names, heads)
        for item in self._softenings:
            known: Mapping[str, str] | set[str] = parameters if item.is_parameter else policies
            of = item.what.rpartition("." if item.is_parameter else "/")[0]
            if of not in _extended(heads, item.pack):
                self._refuse(item, f"pack {item.pack} does not extend '{of}', so it cannot loosen {item.what}", "P032")
            elif item.what not in known:
                what = "parameter" if item.is_parameter else "policy"
                self._refuse(item, f"unknown {what} '{item.what}'{did_you_mean(item.what, known)}", "P009")

    def _refuse(self, item: Softening, message: str, code: str = "P033") -> None:
        self._problems.append(Problem(item.location, code, message))

    def _contradict(self, what: str, places: Sequence[Location]) -> None:
        message = f"conflicting overrides of {what}; keep one"
        self._problems.append(Problem(places[0], "P033", message, tuple((place, "and here") for place in places[1:])))


def _order(item: Softening) -> tuple[str, str, Location]:
    return item.what, item.pack, item.location


def _tightest(parameter: Parameter, given: Sequence[tuple[float, Location]]) -> Parameter:
    if not given:
        return parameter
    values = [value for value, _ in given]
    value = min(values) if parameter.may == "decrease" else max(values)
    return replace(parameter, value=value, origin=min(place for other, place in given if other == value))


def _is_raise(policy: Policy, override: _Override) -> bool:
    """Whether the override is at least the highest severity of the policy itself; reports a problem if it is lower."""
    setting = override.setting
    highest = policy.severity[0].severity
    if not isinstance(setting, SeveritySetting) or setting.severity >= highest:
        return True
    who = f"pack {override.pack}" if override.pack else "settings"
    override.report(
        "P026", f"{who} can only raise a severity, and {policy.name} can already be {highest}; write {highest} or delete this"
    )
    return False


def _check_override(
    override: _Override, policies: Mapping[str, str], packs: Sequence[str], heads: Mapping[str, PackHead]
) -> None:
    setting = override.setting
    of = setting.pack if isinstance(setting, ParameterSetting) else policies.get(setting.policy, "")
    if isinstance(setting, ParameterSetting) and of not in packs:
        override.report("P009", f"pack '{of}' is not in use{did_you_mean(of, packs)}")
    elif isinstance(setting, SeveritySetting) and not of:
        hint = did_you_mean(setting.policy, policies) or "; list them with 'shipcheck explain'"
        override.report("P009", f"unknown policy '{setting.policy}'{hint}")
    elif override.pack and of not in _extended(heads, override.pack):
        override.report("P032", f"pack {override.pack} does not extend '{of}', so it cannot override it; add it under extends")


def _extended(heads: Mapping[str, PackHead], pack: str) -> set[str]:
    return {item.pack for item in heads[pack].extends} if pack in heads else set()
