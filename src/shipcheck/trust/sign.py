"""Creates the signature file for a pack's files."""

from collections.abc import Mapping

from shipcheck.trust.envelope import Envelope, Signature, signed_bytes, write_envelope
from shipcheck.trust.keys import key_id, public_half, read_key
from shipcheck.trust.statement import write_statement


def sign(name: str, version: str, files: Mapping[str, bytes], keys: tuple[bytes, ...]) -> bytes:
    """The signature file of a pack, by the private keys in these PEM files.

    Raises:
        CannotJudgeError: one of them is not a valid key.
    """
    payload = write_statement(name, version, files)
    signatures = []
    for pem in keys:
        key = read_key(pem)
        signatures.append(Signature(key_id(public_half(key)), key.sign(signed_bytes(payload))))
    return write_envelope(Envelope(payload, tuple(signatures)))
