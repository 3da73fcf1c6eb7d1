"""Every format of every command prints what its golden file holds, whatever the hash seed, the locale and the time zone.

SHIPCHECK_REWRITE=1 writes the files anew; then read them before committing them.
"""

import json
from pathlib import Path
from zlib import crc32

import pytest
from tests.support.golden import compare
from tests.support.invocations import INVOCATIONS, arrange, masked
from tests.support.running import run
from tests.support.schemas import validator

from shipcheck.report.formats import FORMATS, JSON

HERE = Path(__file__).parent / "outputs"
PAIRS = [(command, name) for command, forms in FORMATS.items() for name in forms]
# Without fields of packs, the schema is the one that is generated.
GENERATED = {"schema": Path(__file__).resolve().parents[2] / "schemas/manifest.schema.json"}
SUFFIXES = {JSON: "json", "sarif": "json", "gitlab": "json", "junit": "xml", "markdown": "md"}
ENVIRONMENTS = (
    {"LC_ALL": "C", "TZ": "Asia/Tokyo"},
    {"LC_ALL": "C.UTF-8", "TZ": "UTC"},
    {"LC_ALL": "POSIX", "TZ": "America/New_York"},
)


def golden(command: str, name: str) -> Path:
    suffix = SUFFIXES.get(name, "txt")
    return GENERATED.get(command) or HERE / command.replace(" ", "-") / f"{name}.{suffix}"


@pytest.mark.parametrize(("command", "name"), PAIRS)
def test_a_format_prints_what_its_file_holds(command: str, name: str, tmp_path: Path) -> None:
    assert command in INVOCATIONS, f"{command}: say in tests/support/invocations.py how it is run"
    invocation = INVOCATIONS[command]
    repository = arrange(tmp_path, invocation)
    for earlier in invocation.before:
        done = run(repository, *earlier)
        assert done.returncode == 0, done.stderr
    seed = crc32(f"{command} {name}".encode())
    asked = ("--format", name) if len(FORMATS[command]) > 1 else ()
    environment = {"PYTHONHASHSEED": str(seed), **ENVIRONMENTS[seed % len(ENVIRONMENTS)]}
    done = run(repository, *command.split(), *invocation.arguments, *asked, **environment)
    assert (done.returncode, done.stderr) == (invocation.exit_code, ""), done.stdout
    if name == JSON:
        assert list(validator(FORMATS[command][name].command).iter_errors(json.loads(done.stdout))) == []
    compare(golden(command, name), masked(done.stdout))


def test_no_golden_file_is_left_over() -> None:
    assert set(HERE.rglob("*.*")) == {golden(command, name) for command, name in PAIRS} - {*GENERATED.values()}
