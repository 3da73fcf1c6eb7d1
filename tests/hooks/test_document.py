"""What docs/hooks.md says is so: its configuration is one, and it names every hook."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.hook_clients import CLIENTS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/hooks.md").read_text("utf-8")


@pytest.mark.parametrize("client", CLIENTS)
def test_the_configuration_is_one(client: str, tmp_path: Path) -> None:
    (text,) = re.findall(r"<!-- config -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    command = [str(Path(sys.executable).parent / client), "validate-config", "config.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout
    assert "warning" not in (done.stdout + done.stderr).lower()


def test_every_hook_is_named_and_no_other() -> None:
    offered = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"`(shipcheck(?:-[a-z]+)*)`", PAGE)) == set(offered)
