"""The wheel is the product: it is built, installed into an environment of its own, and does the main job there."""

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True, cwd=folder)
    return folder / "bin"


def test_the_wheel_carries_the_detectors_policies_and_schemas_byte_for_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if "/_bundled/" in name}
    expected = {
        f"shipcheck/_bundled/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for folder in ("detectors", "policies", "schemas")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert held == expected


def test_the_wheel_has_a_name_of_its_own_and_the_licence(wheel: Path) -> None:
    name, version = wheel.name.split("-")[:2]
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(f"{name}-{version}.dist-info/METADATA").decode()
        licence = archive.read(f"{name}-{version}.dist-info/licenses/LICENSE")
    assert "\nName: shipcheck-ai\n" in metadata
    assert licence == (ROOT / "LICENSE").read_bytes()


def test_two_builds_give_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    assert next(tmp_path.glob("*.whl")).read_bytes() == wheel.read_bytes()


def test_an_installed_wheel_judges_a_repository_outside_the_checkout(scripts: Path, tmp_path: Path) -> None:
    (tmp_path / "shipcheck.yaml").write_text("shipcheck: 1\nagents:\n  helper: {}\n")
    command = [str(scripts / "shipcheck"), "check", "--format", "json", "--as-of", "2026-11-22"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert ("core/owner-missing", "agent:helper") in {(item["policy"], item["subject"]) for item in report["findings"]}


def test_an_installed_wheel_explains_with_the_examples_it_contains(scripts: Path, tmp_path: Path) -> None:
    command = [str(scripts / "shipcheck"), "explain", "owner-missing"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert b"\nExample that fails\n" in done.stdout
    assert b"\nExample that passes\n" in done.stdout


def test_the_module_runs_as_the_script_does(scripts: Path, tmp_path: Path) -> None:
    by_script = subprocess.run([str(scripts / "shipcheck"), "--version"], cwd=tmp_path, capture_output=True, check=True)
    by_module = subprocess.run(
        [str(scripts / "python"), "-m", "shipcheck", "--version"], cwd=tmp_path, capture_output=True, check=True
    )
    assert by_script.stdout == by_module.stdout
