"""The floors of `random_worlds`, by the description in schemas/vocabulary.yaml: in these worlds nothing is read and no system written."""

from typing import Any

from tests.support.random_worlds import SENSITIVITY, STAGE, Data

GRAVE = {"payments", "deployment"}
SENT = {"communication", "egress"}


def raised(world: Data, reference: str, name: str, declared: Any) -> Any:
    """The value of a field: what is declared, or its floor where that is more."""
    kind = reference.partition(":")[0]
    if (kind, name) == ("action", "sensitivity"):
        least = _least(world.components[reference])
        return max(declared or least, least, key=SENSITIVITY.words.index)
    if (kind, name) == ("use_case", "stage"):
        return _stage(world, reference, declared)
    return declared


def _least(action: Any) -> str:
    """What does not say what it changes may change what is real."""
    effects, final = action.get("effects"), not action.get("reversible", False)
    grave, sent = (effects is None or bool(words & set(effects)) for words in (GRAVE, SENT))
    if grave:
        return "high" if final else "medium"
    return "medium" if sent and final else "low"


def _stage(world: Data, use: str, declared: Any) -> Any:
    """Nobody says who can use it, so a pilot is in production; a candidate with code, or whose plan is carried out, is a pilot."""
    if declared == "pilot":
        return "production"
    plans = [held for held in world.components.values() if any(hop.to == use for hop in held.get("use_cases", ()))]
    is_built = any(plan.get("status") in {"implemented", "verified"} for plan in plans)
    is_live = is_built or any(world.components[one].get("implemented_by") for one in _reached(world, use))
    return "pilot" if declared == STAGE.words[1] and is_live else declared


def _reached(world: Data, use: str) -> list[str]:
    found = [use]
    for one in found:
        held = world.components[one]
        hops = [hop for link in ("uses", "calls", "delegates_to", "starts") for hop in held.get(link, ())]
        found += [hop.to for hop in hops if hop.to not in found]
    return found
