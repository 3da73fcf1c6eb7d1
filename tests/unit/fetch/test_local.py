"""Packs from folders and from installed packages: read, never run."""

import base64
import os
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetch import fetch
from shipcheck.fetch.fetched import Fetched, Limits
from shipcheck.fetch.source_address import parse_address

LIMITS = Limits(5, 1000, 500, 5.0)
ENTRY = "[shipcheck.packs]\nacme/base = acme_packs.base\n"


def got(source: str, root: Path) -> Fetched:
    return fetch(parse_address(source), root, LIMITS, lambda *_: None)


def refusal(source: str, root: Path) -> str:
    with pytest.raises(CannotJudgeError) as refused:
        got(source, root)
    return str(refused.value).removeprefix(f"{parse_address(source).text}: ")


def test_a_folder_is_read_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("p/pack.yaml", "p/.git/config", "p/policies/a.yaml", "p/policies/.DS_Store"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert got("path:p", tmp_path) == Fetched({"pack.yaml": b"p/pack.yaml", "policies/a.yaml": b"p/policies/a.yaml"})
    assert got(str(tmp_path / "p"), tmp_path / "elsewhere").files == got("p", tmp_path).files


def test_a_folder_with_anything_but_files_is_refused(tmp_path: Path) -> None:
    assert refusal("path:none", tmp_path).endswith("none is not a folder")
    (tmp_path / "p/inner").mkdir(parents=True)
    (tmp_path / "p/inner/a.yaml").symlink_to("/etc/passwd")
    assert refusal("path:p", tmp_path) == "inner/a.yaml is not a regular file; a pack can only contain regular files"
    (tmp_path / "p/inner/a.yaml").unlink()
    (tmp_path / "p/loop").symlink_to(tmp_path / "p")
    assert refusal("path:p", tmp_path).startswith("loop is not a regular file")
    (tmp_path / "p/loop").unlink()
    os.mkfifo(tmp_path / "p/pipe")
    assert refusal("path:p", tmp_path).startswith("pipe is not a regular file")


def test_a_folder_with_too_much_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(bytes(501))
    assert refusal(".", tmp_path) == "a.yaml has 501 bytes, but a file of a pack can have at most 500"
    (tmp_path / "a.yaml").write_bytes(bytes(400))
    for number in range(5):
        (tmp_path / f"b{number}.yaml").write_bytes(bytes(1))
    assert refusal(".", tmp_path) == "b4.yaml exceeds the limit of 5 files in a pack"
    (tmp_path / "b0.yaml").write_bytes(bytes(500))
    (tmp_path / "b1.yaml").write_bytes(bytes(200))
    assert refusal(".", tmp_path) == "b1.yaml exceeds the limit of 1,000 bytes in a pack"


def install(site: Path, entries: str = ENTRY, **changed: bytes) -> None:
    """A package as pip leaves it, whose code says that it ran; `changed` files are other than the package's list says."""
    files = {
        "acme_packs/__init__.py": b"raise SystemExit('code of a pack ran')\n",
        "acme_packs/base/__init__.py": b"raise SystemExit('code of a pack ran')\n",
        "acme_packs/base/pack.yaml": b"pack: acme/base\n",
        "acme_packs/base/policies/a.yaml": b"policies: []\n",
        "acme_packs/other.yaml": b"",
        "acme_packs-1.2.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: acme-packs\nVersion: 1.2.0\n",
        "acme_packs-1.2.0.dist-info/entry_points.txt": entries.encode(),
    }
    record = []
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(changed.get(Path(name).stem, content))
        record.append(f"{name},sha256={base64.urlsafe_b64encode(sha256(content).digest()).rstrip(b'=').decode()},{len(content)}")
    record += ["acme_packs/base/__pycache__/__init__.cpython-311.pyc,,", "acme_packs-1.2.0.dist-info/RECORD,,"]
    (site / "acme_packs-1.2.0.dist-info/RECORD").write_text("\n".join(record) + "\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return tmp_path / "site"


def test_an_installed_package_is_read_and_its_code_not_run(site: Path) -> None:
    install(site)
    expected = Fetched({"pack.yaml": b"pack: acme/base\n", "policies/a.yaml": b"policies: []\n"}, "acme-packs==1.2.0")
    assert got("pypi:acme-packs", site) == expected
    assert got("pypi:acme_packs#acme/base", site) == expected
    assert "acme_packs" not in sys.modules


def test_a_package_without_such_a_pack_is_refused(site: Path) -> None:
    assert (
        refusal("pypi:acme-packs", site)
        == "package 'acme-packs' is not installed; install it with pip into the environment of shipcheck"
    )
    install(site, "[console_scripts]\na = b:c\n")
    assert "no entry point in the group shipcheck.packs" in refusal("pypi:acme-packs", site)
    install(site, ENTRY + "acme/more = acme_packs.more\n")
    choice = "write pypi:acme-packs#acme/base or pypi:acme-packs#acme/more"
    assert refusal("pypi:acme-packs", site) == f"package 'acme-packs' has several packs; {choice}"
    assert refusal("pypi:acme-packs#acme/x", site) == f"package 'acme-packs' has no such pack; {choice}"
    assert "lists no files below acme_packs/more/" in refusal("pypi:acme-packs#acme/more", site)


def test_files_that_are_not_those_of_the_package_are_refused(site: Path) -> None:
    install(site, pack=b"pack: acme/evil\n")
    assert refusal("pypi:acme-packs", site) == "pack.yaml was changed after installation; reinstall the package"
    install(site)
    (site / "acme_packs/base/pack.yaml").unlink()
    (site / "acme_packs/base/pack.yaml").symlink_to(site / "acme_packs/other.yaml")
    assert refusal("pypi:acme-packs", site).startswith("pack.yaml is not a regular file")
    install(site, "[shipcheck.packs]\nacme/base = ..etc\n")
    assert "lists no files below" in refusal("pypi:acme-packs", site)


def test_a_package_whose_list_leads_out_is_refused(site: Path) -> None:
    install(site)
    record = site / "acme_packs-1.2.0.dist-info/RECORD"
    record.write_text(record.read_text() + "acme_packs/base/../../secret.yaml,sha256=x,1\n")
    assert refusal("pypi:acme-packs", site) == "../../secret.yaml is not a regular file; a pack can only contain regular files"
