"""A pack from a Python package that is installed in the same environment; none of the package's code is run."""

import base64
from hashlib import sha256
from importlib.metadata import Distribution, EntryPoint, PackageNotFoundError, PackagePath, distribution
from pathlib import Path

from shipcheck.english import listed
from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetched import Collection, Fetched, Limits, is_hidden
from shipcheck.presence import is_file, is_link

GROUP = "shipcheck.packs"


def fetch_package(name: str, pack: str, limits: Limits) -> Fetched:
    """The files of the folder that an entry point names; `pack` is the name of the entry point, empty if there is only one.

    Raises:
        CannotJudgeError: the package is not installed, has no such pack, or its files were changed after installation.
    """
    try:
        package = distribution(name)
    except PackageNotFoundError:
        raise CannotJudgeError(
            f"package '{name}' is not installed; install it with pip into the environment of shipcheck"
        ) from None
    entry = _entry_point(package, name, pack)
    folder = f"{entry.value.strip().replace('.', '/')}/"
    collection = Collection(limits)
    for file in package.files or ():
        path = file.as_posix()
        if path.startswith(folder) and not _is_code(inner := path.removeprefix(folder)):
            collection.add(inner, _content(file, inner, limits))
    if not collection.files:
        raise CannotJudgeError(
            f"the package lists no files below {folder}; install a wheel, because an editable installation lists none"
        )
    return Fetched(collection.files, f"{package.metadata['Name']}=={package.version}")


def _entry_point(package: Distribution, name: str, pack: str) -> EntryPoint:
    entries = sorted(package.entry_points.select(group=GROUP), key=lambda entry: entry.name)
    if not entries:
        raise CannotJudgeError(f"package '{name}' has no pack: no entry point in the group {GROUP}")
    matches = [entry for entry in entries if not pack or entry.name == pack]
    if len(matches) == 1:
        return matches[0]
    choices = listed([f"pypi:{name}#{entry.name}" for entry in entries])
    raise CannotJudgeError(f"package '{name}' has {'no such pack' if pack else 'several packs'}; write {choices}")


def _is_code(path: str) -> bool:
    """Whether a file is only there for Python: it makes the folder a package, or is compiled."""
    return path == "__init__.py" or "__pycache__" in path.split("/") or is_hidden(path)


def _content(file: PackagePath, path: str, limits: Limits) -> bytes:
    place = Path(str(file.locate()))
    if ".." in file.parts or is_link(place) or not is_file(place):
        raise CannotJudgeError(f"{path} is not a regular file; a pack can only contain regular files")
    if place.stat().st_size > limits.largest:
        raise CannotJudgeError(f"{path} has more than {limits.largest:,} bytes")
    content = place.read_bytes()
    digest = base64.urlsafe_b64encode(sha256(content).digest()).rstrip(b"=").decode("ascii")
    if file.hash is None or file.hash.mode != "sha256" or file.hash.value != digest:
        raise CannotJudgeError(f"{path} was changed after installation; reinstall the package")
    return content
