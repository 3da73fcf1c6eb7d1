"""Naming a pack in the settings: only what is asked for changes."""

from pathlib import Path

import pytest

from shipcheck.pipeline.prepare import prepare
from shipcheck.pipeline.settings_edit import name_pack

SETTINGS = ".shipcheck/settings.yaml"


def named(root: Path, text: str | None) -> tuple[bool, str]:
    (root / ".shipcheck").mkdir()
    if text is not None:
        (root / SETTINGS).write_bytes(text.encode())
    done = name_pack(prepare(root), "acme/base")
    return done, (root / SETTINGS).read_bytes().decode() if (root / SETTINGS).exists() else ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "shipcheck: 1\npacks:\n  - core\n  - acme/base\n"),
        ("shipcheck: 1 # a\n", "shipcheck: 1 # a\npacks:\n  - core\n  - acme/base\n"),
        ("shipcheck: 1\npacks: [core] # why\nfail_on: note\n", "shipcheck: 1\npacks: [core, acme/base] # why\nfail_on: note\n"),
        ("shipcheck: 1\r\npacks: [ 'core' ,]\r\n", "shipcheck: 1\r\npacks: [ 'core', acme/base ,]\r\n"),
        (
            "shipcheck: 1\npacks: [core, {name: core2, version: '1'}]\n",
            "shipcheck: 1\npacks: [core, {name: core2, version: '1'}, acme/base]\n",
        ),
        (
            "shipcheck: 1\npacks:\n- core # x\n# y\nfail_on: note\n",
            "shipcheck: 1\npacks:\n- core # x\n- acme/base\n# y\nfail_on: note\n",
        ),
    ],
)
def test_the_pack_is_named_and_every_other_byte_is_kept(tmp_path: Path, before: str | None, after: str) -> None:
    assert named(tmp_path, before) == (True, after)


@pytest.mark.parametrize("text", ["{shipcheck: 1, fail_on: note}\n", "shipcheck: 1\npacks: []\n", "shipcheck: [\n"])
def test_what_cannot_be_edited_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    assert named(tmp_path, text) == (False, text)


def test_a_link_is_left_to_who_made_it(tmp_path: Path) -> None:
    (tmp_path / ".shipcheck").mkdir()
    (tmp_path / "elsewhere.yaml").write_text("shipcheck: 1\n")
    (tmp_path / SETTINGS).symlink_to(tmp_path / "elsewhere.yaml")
    assert not name_pack(prepare(tmp_path), "acme/base")
    assert (tmp_path / "elsewhere.yaml").read_text() == "shipcheck: 1\n"
