"""A pack from a git repository: its objects are fetched and read, nothing is ever checked out."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetched import Collection, Fetched, Limits, is_hidden
from shipcheck.fetch.source_address import Address
from shipcheck.model.document import LFS_POINTER
from shipcheck.versions import PACK_VERSION, is_older

# No hook, no pager, no helper from the other side, no other repository; and no server other than the one named.
_SAFE = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.pager=cat"),
    *("-c", "core.quotePath=false"),
    *("-c", "credential.interactive=false"),
    *("-c", "fetch.recurseSubmodules=false"),
    *("-c", "fetch.fsckObjects=true"),
    *("-c", "gc.auto=0"),
    *("-c", "http.followRedirects=false"),
    *("-c", "maintenance.auto=false"),
    *("-c", "protocol.version=2"),
)
_PLACES = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_SHALLOW_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    }
)
_FETCHED = "refs/shipcheck/fetched"
_REGULAR = frozenset({b"100644", b"100755"})
_COMMIT_LENGTHS = frozenset({40, 64})
_MOST_TAGS = 10_000
_BLINK = 0.05
_GENTLE = 2.0
# The maximum size on disk of the history around a pack while it is fetched.
_MOST_ON_DISK = 512 * 1024 * 1024


def fetch_git(address: Address, limits: Limits) -> Fetched:
    """The files below the folder at a branch, tag or commit, and the full hash of that commit.

    Raises:
        CannotJudgeError: git cannot fetch them, or they contain something that a pack cannot contain.
    """
    if shutil.which("git") is None:
        raise CannotJudgeError("git not found on the PATH; install git")
    with tempfile.TemporaryDirectory(prefix="shipcheck-", ignore_cleanup_errors=True) as name:
        git = _Git(Path(name), address, time.monotonic() + limits.seconds)
        commit = git.fetch()
        collection = Collection(limits)
        listing = git.run(
            "ls-tree", "-r", "-z", "--long", "--full-tree", commit, *(("--", address.folder) if address.folder else ())
        )
        wanted = tuple(_wanted(listing, address, collection))
        contents = _contents(git.run("cat-file", "--batch", given=b"".join(entry.name + b"\n" for entry in wanted)))
        for entry, content in zip(wanted, contents, strict=True):
            if content.startswith(LFS_POINTER):
                raise CannotJudgeError(f"{entry.path} is in Git LFS; a pack must contain its files")
            collection.add(entry.path, content)
        return Fetched(collection.files, commit)


def newer_tag(address: Address, limits: Limits) -> str:
    """The tag of the highest later version, where the address names a tag that ends in a version; empty where there is none.

    Raises:
        CannotJudgeError: git cannot list the tags.
    """
    version = _version(address.ref)
    if not version:
        return ""
    start = address.ref.removesuffix(version)
    with tempfile.TemporaryDirectory(prefix="shipcheck-", ignore_cleanup_errors=True) as name:
        listing = _Git(Path(name), address, time.monotonic() + limits.seconds).tags()
    newest = version
    for tag in listing:
        other = _version(tag)
        if other and tag == f"{start}{other}" and is_older(newest, other):
            newest = other
    return "" if newest == version else f"{start}{newest}"


def _version(ref: str) -> str:
    """The version that a name ends in, as `1.2.0` in `v1.2.0`."""
    digits = len(ref) - len(ref.rstrip("0123456789."))
    version = ref[len(ref) - digits :]
    return version if PACK_VERSION.fullmatch(version) else ""


class _Entry(NamedTuple):
    path: str
    name: bytes


class _Git:
    """A temporary repository that exists for one fetch."""

    def __init__(self, folder: Path, address: Address, until: float) -> None:
        self._folder = folder
        self._address = address
        self._until = until

    def fetch(self) -> str:
        """The commit that the address resolves to, with its contents."""
        address = self._address
        self.run("init", "--quiet", "--bare", "--template=", ".")
        wanted = f"+{address.ref or 'HEAD'}:{_FETCHED}"
        arguments = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
        try:
            self.run("fetch", "--depth=1", *arguments, "--", address.place, wanted)
        except CannotJudgeError as error:
            if "shallow" not in str(error):
                raise
            # A server of plain files does not support shallow history.
            self.run("fetch", *arguments, "--", address.place, wanted)
        commit = self.run("rev-parse", "--verify", "--end-of-options", f"{_FETCHED}^{{commit}}").decode("ascii").strip()
        if len(address.ref) in _COMMIT_LENGTHS and not address.ref.strip("0123456789abcdef") and commit != address.ref:
            raise CannotJudgeError(f"the server returned commit {commit} for {address.ref}")
        return commit

    def tags(self) -> tuple[str, ...]:
        """The tags of the repository that the address names."""
        listing = self.run("ls-remote", "--tags", "--refs", "--quiet", "--", self._address.place)
        names = (line.partition(b"\t")[2].decode("utf-8", "backslashreplace") for line in listing.splitlines()[:_MOST_TAGS])
        return tuple(name.removeprefix("refs/tags/") for name in names)

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """The output of a git command."""
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as stdin:
            stdin.write(given)
            stdin.seek(0)
            command = ["git", *_SAFE, *arguments]
            process = subprocess.Popen(  # noqa: S603 - git, and arguments that were looked at
                command, cwd=self._folder, env=self._environment(), stdin=stdin, stdout=output, stderr=errors
            )
            try:
                self._wait(process)
            finally:
                _end(process)
            output.seek(0)
            errors.seek(0)
            if process.returncode:
                raise CannotJudgeError(_reason(arguments[0], errors.read(8192)))
            return output.read()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for git, within the limits of time and size."""
        while True:
            try:
                process.wait(_BLINK)
            except subprocess.TimeoutExpired:
                if time.monotonic() > self._until:
                    raise CannotJudgeError("git timed out") from None
                if _on_disk(self._folder) > _MOST_ON_DISK:
                    raise CannotJudgeError(f"the repository is larger than {_MOST_ON_DISK:,} bytes") from None
            else:
                return

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _PLACES}
        scheme = self._address.place.partition(":")[0]
        return kept | {
            "GIT_ALLOW_PROTOCOL": scheme,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -oBatchMode=yes"),
            "LC_ALL": "C",
        }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git if it still runs, gently first, so that it ends its own helpers."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_GENTLE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _on_disk(folder: Path) -> int:
    total = 0
    for place, _, files in os.walk(folder):
        for name in files:
            with suppress(FileNotFoundError):
                total += (Path(place) / name).stat().st_size
    return total


def _reason(command: str, errors: bytes) -> str:
    lines = errors.decode("utf-8", "backslashreplace").strip().splitlines()
    message = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "no reason given")
    return f"git {command} failed: {message}"


def _wanted(listing: bytes, address: Address, collection: Collection) -> Iterator[_Entry]:
    """The regular files of the folder, each known to be within the limits."""
    start = f"{address.folder}/" if address.folder else ""
    total = 0
    for number, line in enumerate(filter(None, listing.split(b"\0"))):
        about, _, raw = line.partition(b"\t")
        mode, _, name, size = about.split()
        path = raw.decode("utf-8", "backslashreplace").removeprefix(start)
        if is_hidden(path):
            continue
        if mode not in _REGULAR:
            what = "a symbolic link" if mode == b"120000" else "a submodule"
            raise CannotJudgeError(f"{path} is {what}; a pack can only contain regular files")
        collection.expect(path, int(size))
        total += int(size)
        if number >= collection.limits.files or total > collection.limits.total:
            raise CannotJudgeError(
                f"the folder has more than {collection.limits.files:,} files or {collection.limits.total:,} bytes"
            )
        yield _Entry(path, name)


def _contents(batch: bytes) -> Iterator[bytes]:
    """The contents that `git cat-file --batch` prints in sequence."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        size = int(batch[at:end].split()[2])
        yield batch[end + 1 : end + 1 + size]
        at = end + size + 2
