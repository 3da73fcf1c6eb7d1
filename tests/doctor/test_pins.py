"""The distribution is shipcheck-ai; the package index has another tool under the name shipcheck."""

import pytest

from shipcheck.doctor.pins import pin_of
from shipcheck.doctor.shell_parser import commands_of


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ("pip install shipcheck-ai==1.0.0", "pass"),
        ("pip install 'shipcheck_ai[oci]==1.0.0'", "pass"),
        ("pip install shipcheck-ai", "finding"),
        ("pip install shipcheck-aide==1.0.0", "not_judged"),
        ("uvx --from shipcheck-ai==1.0.0 shipcheck check", "pass"),
        ("uvx --from shipcheck-ai shipcheck check", "finding"),
        ("uvx --from=shipcheck-ai==1.0.0 shipcheck check", "pass"),
        ("pipx run --spec shipcheck-ai==1.0.0 shipcheck check", "pass"),
        ("pipx run --spec=shipcheck-ai==1.0.0 shipcheck check", "pass"),
        ("uv run --with shipcheck-ai==1.0.0 shipcheck check", "pass"),
        ("python -m shipcheck check", "not_judged"),
    ],
)
def test_a_release_is_pinned_by_the_name_of_the_distribution(script: str, outcome: str) -> None:
    found, text, _ = pin_of(commands_of(script))
    assert found == outcome
    assert "another tool" not in text


@pytest.mark.parametrize(
    "script",
    [
        "pip install shipcheck",
        "pip install shipcheck==1.0.0",
        "pip install 'shipcheck[oci]==1.0.0'",
        "uv tool install shipcheck@1.0.0",
        "uvx shipcheck==1.0.0 check",
        "uvx --from shipcheck==1.0.0 shipcheck check",
        "pipx run shipcheck check",
    ],
)
def test_an_install_of_the_other_tool_is_a_finding(script: str) -> None:
    found, text, word = pin_of(commands_of(script))
    assert found == "finding"
    assert text == f"{word} is another tool; this one is installed as shipcheck-ai"
