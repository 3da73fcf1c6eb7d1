"""Committed packs held against the signatures that settings ask for, on every run."""

from collections.abc import Iterator, Sequence

from shipcheck.errors import CannotJudgeError
from shipcheck.model.location import whole_file
from shipcheck.model.lock import LockedPack
from shipcheck.model.problem import Problem
from shipcheck.model.trust import SIGNATURE, TrustSetting
from shipcheck.pipeline.packs.verify import Committed


def untrusted(trust: Sequence[TrustSetting], committed: Committed, origin: str) -> tuple[Problem, ...]:
    """A problem for each pack that is not signed as these settings ask; what is asked about no pack costs nothing."""
    if not trust or committed.lock is None:
        return ()
    return tuple(problem for pack in committed.lock.packs for problem in _untrusted(trust, committed, pack, origin))


def _untrusted(trust: Sequence[TrustSetting], committed: Committed, pack: LockedPack, origin: str) -> Iterator[Problem]:
    from shipcheck.trust.signatures import verify  # noqa: PLC0415 - loaded only where settings ask for signatures

    files = committed.packs.get(pack.name)
    # A pack that is not as the lock says is a problem already.
    if files is not None:
        try:
            verify(trust, pack.name, pack.version, {path: file.content for path, file in files.items()})
        except CannotJudgeError as error:
            yield Problem(whole_file(origin, f"{pack.folder}/{SIGNATURE}"), "pack-not-trusted", f"{pack.folder}/{error}")
