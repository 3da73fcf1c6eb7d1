"""Checks packs that extend each other: each is in use, in the right version, and none extends itself."""

from collections.abc import Mapping

from shipcheck.english import did_you_mean
from shipcheck.model.pack_head import PackHead
from shipcheck.model.problem import Problem
from shipcheck.versions import satisfies


def check_extends(heads: Mapping[str, PackHead], problems: list[Problem]) -> None:
    """Report each item of `extends` that does not match the packs in use."""
    for name, head in heads.items():
        for item in head.extends:
            other = heads.get(item.pack)
            if other is None:
                hint = did_you_mean(item.pack, heads) or "; add it with 'shipcheck pack add'"
                problems.append(Problem(item.location, "P032", f"pack {name} extends {item.pack}, which is not in use{hint}"))
            elif item.versions and not satisfies(other.version, item.versions):
                message = f"pack {name} extends {item.pack} {item.versions}, but version {other.version} is in use"
                problems.append(Problem(item.location, "P032", message))
            elif name in {item.pack, *extended_by(item.pack, heads)}:
                message = f"pack {name} extends {item.pack}, which in turn extends {name}; remove one"
                problems.append(Problem(item.location, "P032", message))


def extended_by(pack: str, heads: Mapping[str, PackHead]) -> frozenset[str]:
    """Every pack that a pack extends, directly or through others."""
    seen: set[str] = set()
    waiting = [pack]
    while waiting:
        others = [item.pack for item in heads[name].extends] if (name := waiting.pop()) in heads else []
        waiting.extend(other for other in others if other not in seen)
        seen.update(others)
    return frozenset(seen)
