"""Signs packs, and verifies the signatures that settings require; a pack cannot decide who must sign it."""

from collections.abc import Mapping, Sequence

from shipcheck.english import listed
from shipcheck.errors import CannotJudgeError
from shipcheck.model.trust import SIGNATURE, TrustedKey, TrustSetting
from shipcheck.trust.envelope import Envelope, Signature, read_envelope, signed_bytes, write_envelope
from shipcheck.trust.signing_keys import is_signed, key_id, public_half, read_key
from shipcheck.trust.statement import check_statement, write_statement


def verify(trust: Sequence[TrustSetting], name: str, version: str, files: Mapping[str, bytes]) -> str:
    """The key that signed the pack; empty if no setting requires a signature. Every setting about the pack must be met.

    Raises:
        CannotJudgeError: the pack is not signed as required, or signatures cannot be verified.
    """
    required = [setting for setting in trust if setting.covers(name)]
    if not required:
        return ""
    if SIGNATURE not in files:
        raise CannotJudgeError(f"{SIGNATURE} is missing: {name} must be signed by {_named(required[0])}")
    try:
        envelope = read_envelope(files[SIGNATURE])
        signers = [_signer(setting, envelope) for setting in required]
        check_statement(envelope.payload, name, version, files)
    except CannotJudgeError as error:
        raise CannotJudgeError(f"{SIGNATURE}: {error}") from error
    return signers[0]


def _signer(setting: TrustSetting, envelope: Envelope) -> str:
    """The first key of the setting that signed; an invalid signature in the name of one of its keys fails the pack.

    A signature without the id of its key is tried with every key, as DSSE demands, and proves nothing if none fits.
    """
    known = {key.id: key for key in setting.keys}
    signer = ""
    for signature in envelope.signatures:
        if not signature.key:
            fitting = (key.id for key in setting.keys if _is_by(key, signature.signature, envelope.payload))
            signer = signer or next(fitting, "")
            continue
        key = known.get(signature.key)
        if key is None:
            continue
        if not _is_by(key, signature.signature, envelope.payload):
            raise CannotJudgeError(f"the signature of {key.id} is not valid")
        signer = signer or key.id
    if not signer:
        names = listed(sorted({signature.key or "a key without an id" for signature in envelope.signatures}), "and")
        raise CannotJudgeError(f"it is signed by {names}, but must be signed by {_named(setting)}")
    return signer


def _is_by(key: TrustedKey, signature: bytes, payload: bytes) -> bool:
    return is_signed(key.ed25519, signature, signed_bytes(payload))


def _named(setting: TrustSetting) -> str:
    return f"{listed([key.id for key in setting.keys])} ({setting.location})"


def sign(name: str, version: str, files: Mapping[str, bytes], keys: tuple[bytes, ...]) -> bytes:
    """The signature file of a pack, by the private keys in these PEM files.

    Raises:
        CannotJudgeError: one of them is not an Ed25519 private key without a password.
    """
    payload = write_statement(name, version, files)
    signatures = []
    for pem in keys:
        key = read_key(pem)
        signatures.append(Signature(key_id(public_half(key)), key.sign(signed_bytes(payload))))
    return write_envelope(Envelope(payload, tuple(signatures)))
