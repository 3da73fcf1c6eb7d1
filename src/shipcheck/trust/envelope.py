"""Signed envelopes (DSSE 1.0): a payload with its type, and signatures over both."""

import base64
import binascii
import json
from typing import Any, NamedTuple

from shipcheck.errors import CannotJudgeError

PAYLOAD_TYPE = "application/vnd.in-toto+json"
_MOST_SIGNATURES = 20
_LONGEST_ID = 200
_URL_SAFE = frozenset("-_")
_STANDARD = frozenset("+/")


class Signature(NamedTuple):
    """A signature, with the id of its key; empty if it names none."""

    key: str
    signature: bytes


class Envelope(NamedTuple):
    """The signed payload, and the signatures."""

    payload: bytes
    signatures: tuple[Signature, ...]


def signed_bytes(payload: bytes) -> bytes:
    """The bytes that are signed: the type and the payload, each with its length, so that they cannot be confused."""
    kind = PAYLOAD_TYPE.encode("ascii")
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def write_envelope(envelope: Envelope) -> bytes:
    """The envelope as the content of a file."""
    data = {
        "payload": base64.b64encode(envelope.payload).decode("ascii"),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [
            {"keyid": signature.key, "sig": base64.b64encode(signature.signature).decode("ascii")}
            for signature in envelope.signatures
        ],
    }
    return json.dumps(data, indent=2).encode("ascii") + b"\n"


def read_envelope(content: bytes) -> Envelope:
    """The envelope in the content of a file; as DSSE demands of a verifier, fields that it does not define are ignored.

    Raises:
        CannotJudgeError: it is not valid, or has no signature.
    """
    data = read_json(content, "the signature file")
    if not isinstance(data, dict) or not {"payload", "payloadType", "signatures"} <= set(data):
        raise CannotJudgeError("the signature file is not a DSSE envelope")
    if data["payloadType"] != PAYLOAD_TYPE:
        raise CannotJudgeError(f"the signature file does not sign {PAYLOAD_TYPE}")
    signatures = data["signatures"]
    if not isinstance(signatures, list) or not 0 < len(signatures) <= _MOST_SIGNATURES:
        raise CannotJudgeError("the signature file has no signatures or too many")
    return Envelope(_decoded(data["payload"]), tuple(_signature(item) for item in signatures))


def read_json(content: bytes, what: str) -> Any:
    """JSON without duplicate keys and without NaN or infinity.

    Raises:
        CannotJudgeError: it is not valid.
    """
    try:
        return json.loads(content, object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise CannotJudgeError(f"{what} is not valid JSON, or has a duplicate key") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items = dict(pairs)
    if len(items) < len(pairs):
        raise ValueError
    return items


def _refuse(_: str) -> None:
    raise ValueError


def _signature(item: Any) -> Signature:
    if not isinstance(item, dict) or "sig" not in item:
        raise CannotJudgeError("a signature must have a sig")
    key = item.get("keyid", "")
    if not isinstance(key, str) or len(key) > _LONGEST_ID or not key.isprintable():
        raise CannotJudgeError("a signature has an invalid keyid")
    return Signature(key, _decoded(item["sig"]))


def _decoded(text: Any) -> bytes:
    """The bytes of a text in base64: in the standard alphabet or in that for URLs, but not in both."""
    if isinstance(text, str) and not _URL_SAFE.isdisjoint(text) and _STANDARD.isdisjoint(text):
        text = text.replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise CannotJudgeError("the signature file has a value that is not valid base64") from None
