"""Templates of packs: names in places, and nothing else."""

import pytest
from tests.support.worlds import document

from shipcheck.scaffold.pack_template import Template, fill, read_template, value_problem

MANIFEST = "agents: {${name}: {owner: ${owner}}}\n"


def read(text: str, files: dict[str, str] | None = None) -> Template | list[str]:
    found = read_template(document(text, "template.yaml", "pack"), {"manifest": MANIFEST} if files is None else files)
    return found if isinstance(found, Template) else [problem.message for problem in found]


def test_every_place_is_filled_and_nothing_else() -> None:
    template = read(
        "ask: {owner: {question: Who, default: a-team}}\nsay: [why it is]\n", {"manifest": MANIFEST, "more": "$name {x}\n"}
    )
    assert isinstance(template, Template)
    assert fill(template, {"name": "desk", "owner": "b/c"}) == {
        "desk.shipcheck.yaml": "agents: {desk: {owner: b/c}}\n",
        "desk-more.shipcheck.yaml": "$name {x}\n",
    }
    assert (template.asks[0].default, template.say) == ("a-team", ("why it is",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ask: {owner: {}}\nsays: [x]\n", "unknown key 'says'; did you mean 'say'?"),
        ("ask: [owner]\n", "'ask' must be a map from names to {question, default}"),
        (
            "ask: {owner: {}, name: {}}\n",
            "'name' is not a valid name here; use lower-case letters, digits and '_', but not 'name'",
        ),
        ("say: []\nask: {owner: {}}\n", "'say' must be a list of texts"),
        ("description: [x]\nask: {owner: {}}\n", "'description' must be a text of at most 1000 characters"),
        ("description: x\n", "manifest.yaml has a placeholder 'owner' that is not under ask"),
        ("- x\n", "expected a map of description, ask and say"),
    ],
)
def test_a_template_that_is_wrong_says_what_is(text: str, message: str) -> None:
    found = read(text)
    assert isinstance(found, list)
    assert message in found


def test_a_template_without_a_manifest_makes_nothing() -> None:
    assert read("description: x\n", {}) == ["no manifest next to template.yaml; add manifest.yaml"]


@pytest.mark.parametrize("value", ["a", "a-1", "ns/a"])
def test_names_are_values(value: str) -> None:
    assert value_problem(value) == ""


@pytest.mark.parametrize(
    "value", ["", "A", "a b", "a: b", "a}", "a\n", "a/b/c", "../a", "no", "${name}", "agent:a", "\u0430gent"]
)
def test_nothing_but_names_is(value: str) -> None:
    assert value_problem(value)
