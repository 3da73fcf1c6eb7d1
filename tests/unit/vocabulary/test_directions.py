"""The vocabulary is refused where something does not say which change of it weakens what is governed."""

import copy
from typing import Any

import pytest
import yaml

from shipcheck import assets
from shipcheck.vocabulary.build import build

DATA: dict[str, Any] = yaml.safe_load((assets.schemas() / "vocabulary.yaml").read_bytes())
CHANGES: dict[str, tuple[str, Any, str]] = {
    "a field without": ("kinds.agent.fields.autonomy.weaker", None, "autonomy: 'weaker' must be one of"),
    "a field of all kinds without": ("common.title.weaker", None, "title: 'weaker' must be one of"),
    "a field of a record without": ("records.score.fields.score.weaker", None, "score: 'weaker' must be one of"),
    "a link without": ("kinds.agent.links.calls.weaker", None, "calls: 'weaker' must be one of"),
    "a derived value without": ("flows.sees.weaker", None, "sees: 'weaker' must be one of"),
    "a kind that may go": ("kinds.gate.gone", None, "gate: 'gone' must be one of finding, links, none"),
    "an unknown word": ("kinds.agent.fields.autonomy.weaker", "less", "not 'less'"),
    "an order of lists": ("kinds.action.fields.effects.weaker", "lower", "needs values that have an order"),
    "an order of texts": ("kinds.gate.fields.condition.weaker", "higher", "needs values that have an order"),
    "elements of a single value": ("kinds.agent.fields.autonomy.weaker", "fewer", "needs a list"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_vocabulary_is_refused(name: str) -> None:
    path, value, message = CHANGES[name]
    data = copy.deepcopy(DATA)
    *above, last = path.split(".")
    holder: Any = data
    for key in above:
        holder = holder[key]
    if value is None:
        del holder[last]
    else:
        holder[last] = value
    with pytest.raises(ValueError, match=message):
        build(data)


def test_one_derived_value_decides_how_grave_a_weakening_is() -> None:
    assert [name for name, flow in build(DATA).flows.items() if flow.severe] == ["stage"]
