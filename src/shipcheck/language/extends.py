"""Packs that extend each other: each is there, in the right version, and none comes back to itself."""

from collections.abc import Mapping

from shipcheck.model.pack_head import PackHead
from shipcheck.model.problem import Problem
from shipcheck.versions import fits
from shipcheck.wording import did_you_mean


def check_extends(heads: Mapping[str, PackHead], problems: list[Problem]) -> None:
    """Complain about each item of `extends` that does not fit the packs in use."""
    for name, head in heads.items():
        for item in head.extends:
            other = heads.get(item.pack)
            if other is None:
                hint = did_you_mean(item.pack, heads) or "; add it with 'shipcheck pack add'"
                problems.append(Problem(item.location, "P032", f"pack {name} extends {item.pack}, which is not here{hint}"))
            elif item.versions and not fits(other.version, item.versions):
                message = f"pack {name} extends {item.pack} {item.versions}, and version {other.version} is here"
                problems.append(Problem(item.location, "P032", message))
            elif item.pack == name or _leads_to(name, item.pack, heads):
                message = f"pack {name} extends {item.pack}, which comes back to {name}; take one out"
                problems.append(Problem(item.location, "P032", message))


def _leads_to(wanted: str, start: str, heads: Mapping[str, PackHead]) -> bool:
    """Whether packs extended from `start` on come to the one that is wanted."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name == wanted:
            return True
        if name not in seen and name in heads:
            seen.add(name)
            waiting.extend(item.pack for item in heads[name].extends)
    return False
