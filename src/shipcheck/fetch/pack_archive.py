"""The files of a pack to a gzipped tar archive: the same files always give the same bytes."""

import io
import tarfile
import zlib
from collections.abc import Mapping

_MODE = 0o644
# Without a name and a time, which the gzip module of the standard library would write.
_GZIP = 16 + zlib.MAX_WBITS


def pack_archive(files: Mapping[str, bytes]) -> bytes:
    """An archive of the files, sorted, without owners and times."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(files):
            member = tarfile.TarInfo(path)
            member.size, member.mode = len(files[path]), _MODE
            archive.addfile(member, io.BytesIO(files[path]))
    packer = zlib.compressobj(9, wbits=_GZIP)
    return packer.compress(written.getvalue()) + packer.flush()
