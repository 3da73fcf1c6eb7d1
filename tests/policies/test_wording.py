"""The texts of the built-in packs: what each policy says about itself, and in which form."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

PACKS = Path(__file__).resolve().parents[2] / "policies"
HEAD = "pack.yaml"
HEADS = sorted(PACKS.glob(f"*/{HEAD}"))
FILES = sorted(file for head in HEADS for file in head.parent.glob("*.yaml"))
FAMILIES: dict[str, list[dict[str, Any]]] = {
    f"{file.parent.name}/{file.stem}": yaml.safe_load(file.read_text("utf-8"))["policies"] for file in FILES if file.name != HEAD
}
POLICIES = [policy for policies in FAMILIES.values() for policy in policies]

# What the policies of a family are about: each names one of these words in its id, its title or what it asks.
SUBJECTS = {
    "agentic-security/behaviour": {"agent"},
    "agentic-security/input": {"untrusted"},
    "agentic-security/privilege": {"access", "approver", "gate", "action", "tools"},
    "agentic-security/supply": {"prompt", "model", "tool"},
    "core/actions": {"action", "agent"},
    "core/assurance": {"tested", "stop", "incident"},
    "core/audit": {"audit"},
    "core/changes": {"gate", "action", "audit", "stage", "agent", "decision", "scores", "team"},
    "core/gates": {"gate", "gated", "gates", "sensitive", "action", "entry"},
    "core/integration": {"plan"},
    "core/ownership": {"owner", "team"},
    "core/privilege": {"rights", "credential"},
    "core/safety": {"data", "instructions", "prompt", "tool", "model"},
    "core/selection": {"use", "score", "scores", "scorecard", "selected", "selection", "decision", "evidence", "outcome"},
    "eu-ai-act/lifecycle": {"review", "reviews"},
    "eu-ai-act/oversight": {"overseer", "overseers", "approvals"},
    "eu-ai-act/people": {"people"},
    "eu-ai-act/records": {"records", "record"},
}
ASKED = ("each", "all", "per", "must", "must_reach", "must_not_reach", "unless_through")
TEXTS = ("title", "why", "message", "fix")
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_ID = 40
LONGEST_TEXT = 130

each_policy = pytest.mark.parametrize("policy", POLICIES, ids=[str(policy.get("id")) for policy in POLICIES])


def is_one_sentence(text: str) -> bool:
    """Whether a text starts as a sentence and holds no end of another one."""
    return text[:1].isupper() and not re.search(r"[.!?] ", text)


@each_policy
def test_the_id_is_kebab_case(policy: dict[str, Any]) -> None:
    assert KEBAB.fullmatch(policy["id"])
    assert len(policy["id"]) <= LONGEST_ID


def test_ids_are_unique() -> None:
    ids = [policy["id"] for policy in POLICIES]
    assert len(set(ids)) == len(ids)


def test_no_two_policies_share_a_title_or_a_message() -> None:
    for name in ("title", "message"):
        texts = [policy[name] for policy in POLICIES]
        assert len(set(texts)) == len(texts)


@each_policy
def test_the_title_is_a_sentence_without_a_full_stop(policy: dict[str, Any]) -> None:
    title = policy["title"]
    assert is_one_sentence(title)
    assert title[-1].isalnum()
    assert not re.search(r"\b(must|should|shall|may not)\b", title), "a title says what holds, not what is wished"


@each_policy
def test_the_reason_is_a_sentence(policy: dict[str, Any]) -> None:
    why = policy["why"]
    assert why[:1].isupper()
    assert why.endswith(".")
    assert not why.endswith("..")


@each_policy
def test_the_remedy_is_one_sentence(policy: dict[str, Any]) -> None:
    fix = policy["fix"]
    assert is_one_sentence(fix)
    assert fix.endswith(".")


@each_policy
def test_the_message_names_what_it_is_about_and_is_no_sentence_of_its_own(policy: dict[str, Any]) -> None:
    message = policy["message"]
    assert re.search(r"\{[^{}]+\}", message)
    assert message.count("{") == message.count("}")
    assert message[0] == "{" or message[0].islower()
    assert message[-1] not in ".!?,;:"


@each_policy
def test_the_texts_are_plain_single_lines(policy: dict[str, Any]) -> None:
    for name in TEXTS:
        text = policy[name]
        assert isinstance(text, str)
        assert text == " ".join(text.split())
        assert len(text) <= LONGEST_TEXT


@each_policy
def test_no_control_is_named_twice(policy: dict[str, Any]) -> None:
    assert policy["controls"]
    assert len(set(policy["controls"])) == len(policy["controls"])


def test_every_family_has_a_file_and_policies() -> None:
    assert set(FAMILIES) == set(SUBJECTS)
    assert all(FAMILIES.values())


@pytest.mark.parametrize(("family", "policy"), [(name, policy["id"]) for name, found in FAMILIES.items() for policy in found])
def test_a_family_holds_what_its_name_says(family: str, policy: str) -> None:
    body = next(found for found in FAMILIES[family] if found["id"] == policy)
    said = " ".join([policy, body["title"], *(str(body.get(name, "")) for name in ASKED)])
    assert SUBJECTS[family] & set(re.findall(r"[a-z]+", said.lower()))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_the_files_are_ascii_and_family_files_hold_policies_only(file: Path) -> None:
    text = file.read_bytes().decode("ascii")
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert file.name == HEAD or set(yaml.safe_load(text)) - {"concern"} == {"policies"}


@pytest.mark.parametrize("head", HEADS, ids=lambda head: str(head.parent.name))
def test_the_head_describes_the_pack_and_every_parameter(head: Path) -> None:
    pack: dict[str, Any] = yaml.safe_load(head.read_text("utf-8"))
    assert pack["description"].endswith(".")
    for name, parameter in pack["params"].items():
        assert parameter["description"].endswith("."), name
        assert parameter["description"][:1].isupper(), name
