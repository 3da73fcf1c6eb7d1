"""Ed25519 keys: generated, read from PEM files, and used; `cryptography` is an extra."""

import base64
import binascii
from hashlib import sha256
from typing import TYPE_CHECKING

from shipcheck.errors import CannotJudgeError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

INSTALL = "signatures need an extra: pip install 'shipcheck-ai[sign]'"
_LENGTH = 32
# Points for which one signature is valid for any content: the eight of small order, and their other encodings.
_SMALL_ORDER = frozenset(
    bytes.fromhex(text)
    for text in (
        "00" * 32,
        "01" + "00" * 31,
        "01" + "00" * 30 + "80",
        "00" * 31 + "80",
        "ec" + "ff" * 30 + "7f",
        "ec" + "ff" * 31,
        "ed" + "ff" * 30 + "7f",
        "ed" + "ff" * 31,
        "ee" + "ff" * 30 + "7f",
        "ee" + "ff" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    )
)


def new_key() -> bytes:
    """A new private key, as the content of a PEM file.

    Raises:
        CannotJudgeError: the extra is not installed.
    """
    _need()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415

    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_key(pem: bytes) -> "Ed25519PrivateKey":
    """The private key of a PEM file.

    Raises:
        CannotJudgeError: the file has no such key, or one with a password, or the extra is not installed.
    """
    _need()
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotJudgeError("the key file has no Ed25519 key without a password; create one with 'shipcheck pack keygen'")
    return key


def public_half(key: "Ed25519PrivateKey") -> str:
    """The public half of a key, in base64, as settings contain it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii")


def key_id(public: str) -> str:
    """The id of a key, derived from its public half, so that no two keys share one."""
    return f"ed25519-{sha256(base64.b64decode(public)).hexdigest()[:16]}"


def is_signed(public: str, signature: bytes, content: bytes) -> bool:
    """Whether the signature over the content is by the key with that public half.

    Raises:
        CannotJudgeError: the public half is not valid, or the extra is not installed.
    """
    _need()
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        raw = base64.b64decode(public, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _LENGTH or raw in _SMALL_ORDER:
        raise CannotJudgeError(f"'{public}' is not a valid public key; use the base64 text that 'shipcheck pack keygen' prints")
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _need() -> None:
    """Report what to install if the extra is missing."""
    try:
        import cryptography  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise CannotJudgeError(INSTALL) from None
