"""Every page: its links lead somewhere, it names no folder of this machine, and each built-in policy has one of its own."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, count
from pathlib import Path

import pytest
from tests.support.running import write

from shipcheck import assets
from shipcheck.compare.rules import RULES
from shipcheck.documentation import page_path
from shipcheck.model.change import Rule
from shipcheck.model.policy import Policy
from shipcheck.packs.pack_files import built_in_names
from shipcheck.pipeline.prepare import prepare

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md", "benchmarks/**/*.md") for path in ROOT.glob(pattern)
)
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]*))?\)")
BLOCK = re.compile(r"^(`{3,})\w*\n.*?^\1$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# Folders of one machine, and what pytest calls those that it makes for a test.
FOLDERS = re.compile(r"/(?:tmp|home|root|work)/|\btest_a_|\bpytest-")


@cache
def anchors(page: Path) -> frozenset[str]:
    """What a link can name after `#`: the headings of a page, as GitHub spells them; a repeated one gets a number."""
    found: set[str] = set()
    for heading in HEADING.findall(BLOCK.sub("", page.read_text("utf-8"))):
        plain = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        names = chain([plain], (f"{plain}-{number}" for number in count(1)))
        found.add(next(name for name in names if name not in found))
    return frozenset(found)


def dead_links(page: Path) -> Iterator[str]:
    """The links of a page to files, or to headings, that do not exist."""
    for path, anchor in LINK.findall(BLOCK.sub("", page.read_text("utf-8"))):
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield f"{path}#{anchor}" if anchor else path


def policies(folder: Path) -> list[Policy | Rule]:
    """Every built-in policy and rule."""
    packs = ", ".join(built_in_names(assets.policies()))
    write(folder, {".shipcheck/settings.yaml": f"shipcheck: 1\npacks: [{packs}]\n"})
    return [*prepare(folder).plan.policies, *RULES]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert list(dead_links(page)) == []


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    links = "[x](b.md) [y](c.md) [z](#one-a-b) [z](#two) [w](b.md#no)"
    write(tmp_path, {"a.md": f"# One: a `b`\n{links}\n", "b.md": "```\n# no\n```\n"})
    assert list(dead_links(tmp_path / "a.md")) == ["c.md", "#two", "b.md#no"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_names_a_folder_of_one_machine(page: Path) -> None:
    assert FOLDERS.findall(page.read_text("utf-8")) == []


def test_every_policy_has_a_page_and_every_page_a_policy(tmp_path: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs/policies").rglob("*") if path.is_file()}
    assert pages == {page_path(policy) for policy in policies(tmp_path)}


def test_the_index_of_a_pack_links_to_the_page_of_each_of_its_policies(tmp_path: Path) -> None:
    for policy in policies(tmp_path):
        index = (ROOT / f"docs/reference/{policy.pack}.md").read_text("utf-8")
        assert f"| [{policy.id}](../{page_path(policy)}) | {policy.title} |" in index


def test_the_page_of_a_policy_says_everything_about_it(tmp_path: Path) -> None:
    for policy in policies(tmp_path):
        text = (ROOT / "docs" / page_path(policy)).read_text("utf-8")
        assert f"# {policy.name}\n\n{policy.title}.\n" in text
        assert f"## Why\n\n{policy.why}\n" in text
        assert f"## How to fix\n\n{policy.fix}\n" in text
        assert all(f"[{control}](" in text for control in policy.controls)
        assert {"### Fails", "### Passes"} <= set(text.splitlines())
        if isinstance(policy, Policy):
            assert {"## What it requires", "## Undeclared values", "## Source"} <= set(text.splitlines())
            assert all(f"| `{name}` |" in text for name in policy.parameters)
