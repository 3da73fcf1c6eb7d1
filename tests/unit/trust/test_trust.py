"""Signed packs: only what the settings ask for counts, and every other envelope, statement or file is refused."""

import base64
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope as OtherEnvelope
from securesystemslib.signer._crypto_signer import CryptoSigner
from securesystemslib.signer._key import SSlibKey
from tests.support.cases import cases

from shipcheck.errors import CannotJudgeError
from shipcheck.model.location import Location
from shipcheck.model.trust import SIGNATURE, TrustedKey, TrustSetting
from shipcheck.trust.envelope import signed_bytes
from shipcheck.trust.signatures import sign, verify
from shipcheck.trust.signing_keys import is_signed, key_id, new_key, public_half, read_key

PLACE = Location("worktree", ".shipcheck/settings.yaml", 3, 5, 3, 9)
NAME, VERSION = "acme/agents-base", "1.2.0"
FILES = {"pack.yaml": b"pack: acme/agents-base\n", "policies/a.yaml": b"policies: []\n"}


def made(seed: int) -> tuple[bytes, str, str]:
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    public = public_half(key)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), public, key_id(public)


PEM, PUBLIC, ID = made(1)
OTHER_PEM, OTHER_PUBLIC, OTHER_ID = made(2)
TRUST = (TrustSetting("acme/*", (TrustedKey(ID, PUBLIC),), PLACE),)
SIGNED = {**FILES, SIGNATURE: sign(NAME, VERSION, FILES, (PEM,))}


def refusal(files: dict[str, bytes], trust: tuple[TrustSetting, ...] = TRUST, name: str = NAME, version: str = VERSION) -> str:
    with pytest.raises(CannotJudgeError) as refused:
        verify(trust, name, version, files)
    return str(refused.value)


def resigned(change: Callable[[dict[str, Any]], None], pem: bytes = PEM) -> dict[str, bytes]:
    """The pack with another statement, rightly signed."""
    envelope = json.loads(SIGNED[SIGNATURE])
    statement = json.loads(base64.b64decode(envelope["payload"]))
    change(statement)
    payload = json.dumps(statement).encode()
    key = read_key(pem)
    data = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": "application/vnd.in-toto+json",
        "signatures": [{"keyid": ID, "sig": base64.b64encode(key.sign(signed_bytes(payload))).decode()}],
    }
    return {**FILES, SIGNATURE: json.dumps(data).encode()}


def rewritten(change: Callable[[dict[str, Any]], None]) -> dict[str, bytes]:
    """The pack with another envelope around the same statement."""
    data = json.loads(SIGNED[SIGNATURE])
    change(data)
    return {**FILES, SIGNATURE: json.dumps(data).encode()}


def test_a_pack_signed_by_a_trusted_key_tells_the_key() -> None:
    assert verify(TRUST, NAME, VERSION, SIGNED) == ID
    both = {**FILES, SIGNATURE: sign(NAME, VERSION, FILES, (OTHER_PEM, PEM))}
    assert verify(TRUST, NAME, VERSION, both) == ID


def test_only_packs_that_a_setting_covers_have_to_be_signed() -> None:
    assert verify(TRUST, "other/pack", VERSION, FILES) == ""
    assert verify((), NAME, VERSION, FILES) == ""
    assert "must be signed" in refusal(FILES, (TrustSetting("*", TRUST[0].keys, PLACE),), "other/pack")
    assert not TRUST[0].covers("acme-evil/pack")


def test_every_setting_about_a_pack_has_to_be_met() -> None:
    more = (*TRUST, TrustSetting(NAME, (TrustedKey(OTHER_ID, OTHER_PUBLIC),), PLACE))
    assert f"it is signed by {ID}, but must be signed by {OTHER_ID}" in refusal(SIGNED, more)
    assert verify(more, NAME, VERSION, {**FILES, SIGNATURE: sign(NAME, VERSION, FILES, (PEM, OTHER_PEM))}) == ID


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        inner: Any = data
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]

    return change


def put(value: Any, *path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        inner: Any = data
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return change


ENVELOPES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "no payload": (drop("payload"), "is not a DSSE envelope"),
    "no type": (drop("payloadType"), "is not a DSSE envelope"),
    "no list of signatures": (drop("signatures"), "is not a DSSE envelope"),
    "stripped": (put([], "signatures"), "has no signatures"),
    "signatures are none": (put(None, "signatures"), "has no signatures"),
    "too many": (put([{"keyid": "a", "sig": ""}] * 21, "signatures"), "has no signatures or too many"),
    "another type": (put("application/json", "payloadType"), "does not sign"),
    "an empty type": (put("", "payloadType"), "does not sign"),
    "no type at all": (put(None, "payloadType"), "does not sign"),
    "another payload": (put(base64.b64encode(b"{}").decode(), "payload"), f"the signature of {ID} is not valid"),
    "no base64": (put("é", "payload"), "not valid base64"),
    "a payload that is no text": (put(1, "payload"), "not valid base64"),
    "a key id that is none": (put(None, "signatures", 0, "keyid"), "has an invalid keyid"),
    "a foreign key id": (put(OTHER_ID, "signatures", 0, "keyid"), f"signed by {OTHER_ID}, but must be signed by {ID}"),
    "no signature": (drop("signatures", 0, "sig"), "must have a sig"),
    "an empty signature": (put("", "signatures", 0, "sig"), f"the signature of {ID} is not valid"),
    "zeros": (put(base64.b64encode(bytes(64)).decode(), "signatures", 0, "sig"), f"the signature of {ID} is not valid"),
    "a short signature for URLs": (put("-_-_", "signatures", 0, "sig"), f"the signature of {ID} is not valid"),
    "a signature in two alphabets": (put("-_+/", "signatures", 0, "sig"), "not valid base64"),
    "a key id with a line break": (put("a\nb", "signatures", 0, "keyid"), "has an invalid keyid"),
    "a signature without a key id by none of the keys": (
        put([{"sig": base64.b64encode(bytes(64)).decode()}], "signatures"),
        f"signed by a key without an id, but must be signed by {ID}",
    ),
    "another payload without a key id": (
        lambda data: (data.update(payload=base64.b64encode(b"{}").decode()), data["signatures"][0].pop("keyid"))[0],
        f"signed by a key without an id, but must be signed by {ID}",
    ),
    "a signature that is no text": (put(1, "signatures", 0, "sig"), "not valid base64"),
}


@pytest.mark.parametrize("case", ENVELOPES)
def test_every_field_of_the_envelope_counts(case: str) -> None:
    change, reason = ENVELOPES[case]
    assert reason in refusal(rewritten(change))
    assert SIGNATURE in refusal(rewritten(change))


def for_urls(data: dict[str, Any]) -> None:
    data["payload"] = data["payload"].replace("+", "-").replace("/", "_")
    data["signatures"][0]["sig"] = data["signatures"][0]["sig"].replace("+", "-").replace("/", "_")


def with_another(data: dict[str, Any]) -> None:
    data["signatures"].insert(0, {"sig": base64.b64encode(bytes(64)).decode()})


ACCEPTED: dict[str, Callable[[dict[str, Any]], None]] = {
    "base64 for URLs": for_urls,
    "no key id": drop("signatures", 0, "keyid"),
    "an empty key id": put("", "signatures", 0, "keyid"),
    "a further field of the envelope": put("none", "alg"),
    "a further field of a signature": put({"a": [1]}, "signatures", 0, "cert"),
    "a further signature without a key id by another key": with_another,
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_dsse_lets_other_tools_write_is_accepted(case: str) -> None:
    assert verify(TRUST, NAME, VERSION, rewritten(ACCEPTED[case])) == ID


def test_a_signature_without_a_key_id_meets_only_the_setting_with_its_key() -> None:
    unnamed = rewritten(drop("signatures", 0, "keyid"))
    both = (TrustSetting("acme/*", (TrustedKey(OTHER_ID, OTHER_PUBLIC), TrustedKey(ID, PUBLIC)), PLACE),)
    assert verify(both, NAME, VERSION, unnamed) == ID
    other = (TrustSetting("acme/*", (TrustedKey(OTHER_ID, OTHER_PUBLIC),), PLACE),)
    assert f"signed by a key without an id, but must be signed by {OTHER_ID}" in refusal(unnamed, other)
    assert "pack.yaml was changed after it was signed" in refusal({**unnamed, "pack.yaml": b"pack: acme/evil\n"})


STATEMENTS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "another type": (put("https://in-toto.io/Statement/v0.1", "_type"), "is not a statement about a pack"),
    "another predicate": (put("https://slsa.dev/provenance/v1", "predicateType"), "is not a statement about a pack"),
    "no predicate": (drop("predicate"), "is about another pack or version"),
    "an older version": (put("1.1.0", "predicate", "version"), "is about another pack or version than acme/agents-base@1.2.0"),
    "another pack": (put("acme/other", "predicate", "name"), "is about another pack or version than acme/agents-base@1.2.0"),
    "one word more": (put("yes", "predicate", "latest"), "is about another pack or version"),
    "no subjects": (drop("subject"), "pack.yaml is not signed"),
    "empty subjects": (put([], "subject"), "pack.yaml is not signed"),
    "one subject less": (drop("subject", 1), "policies/a.yaml is not signed"),
    "a subject more": (lambda data: data["subject"].append(subject("x.yaml")), "x.yaml is signed but missing"),
    "a subject twice": (lambda data: data["subject"].append(subject("pack.yaml")), "does not list every file once"),
    "another digest": (put("0" * 64, "subject", 0, "digest", "sha256"), "pack.yaml was changed after it was signed"),
    "a weak digest": (put({"md5": "0" * 32}, "subject", 0, "digest"), "does not list every file once"),
    "no digest": (drop("subject", 0, "digest"), "does not list every file once"),
    "a subject that is none": (put("pack.yaml", "subject", 0), "does not list every file once"),
}


def subject(name: str) -> dict[str, Any]:
    return {"name": name, "digest": {"sha256": sha256(b"").hexdigest()}}


@pytest.mark.parametrize("case", STATEMENTS)
def test_every_field_of_a_statement_counts_even_if_rightly_signed(case: str) -> None:
    change, reason = STATEMENTS[case]
    assert reason in refusal(resigned(change))


def test_files_have_to_be_the_signed_ones() -> None:
    assert "pack.yaml was changed after it was signed" in refusal({**SIGNED, "pack.yaml": b"pack: acme/evil\n"})
    assert "policies/b.yaml is not signed" in refusal({**SIGNED, "policies/b.yaml": b""})
    assert "policies/a.yaml is signed but missing" in refusal({"pack.yaml": FILES["pack.yaml"], SIGNATURE: SIGNED[SIGNATURE]})
    assert f"{SIGNATURE} is missing: acme/agents-base must be signed by {ID}" in refusal(FILES)
    assert "is not valid JSON" in refusal({**FILES, SIGNATURE: b""})
    assert "is not valid JSON" in refusal({**FILES, SIGNATURE: b"[" * 200_000})
    assert "is not valid JSON" in refusal(
        {**FILES, SIGNATURE: SIGNED[SIGNATURE].replace(b'"payload"', b'"payload": "", "payload"')}
    )
    assert "is not valid JSON" in refusal({**FILES, SIGNATURE: b'{"payload": NaN}'})


def test_a_pack_made_again_by_another_key_is_refused() -> None:
    assert "must be signed by" in refusal({**FILES, SIGNATURE: sign(NAME, VERSION, FILES, (OTHER_PEM,))})
    forged = resigned(lambda _: None, OTHER_PEM)
    assert f"the signature of {ID} is not valid" in refusal(forged)


def test_a_signature_of_another_version_of_the_pack_is_refused() -> None:
    old = {**FILES, SIGNATURE: sign(NAME, "1.1.0", FILES, (PEM,))}
    assert "is about another pack or version" in refusal(old)
    assert "is about another pack or version" in refusal(SIGNED, name="acme/other")


def test_a_key_under_which_anything_is_signed_is_no_key() -> None:
    everything = bytes([1]) + bytes(31)
    weak = base64.b64encode(everything).decode()
    forged = bytes([1]) + bytes(63)
    with pytest.raises(CannotJudgeError, match="is not a valid public key"):
        is_signed(weak, forged, b"anything")
    with pytest.raises(CannotJudgeError, match="is not a valid public key"):
        is_signed("AAAA", forged, b"anything")


def test_a_key_file_has_to_hold_such_a_key() -> None:
    assert public_half(read_key(new_key())) != public_half(read_key(new_key()))
    for pem in (b"", b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", PUBLIC.encode()):
        with pytest.raises(CannotJudgeError, match="has no Ed25519 key"):
            read_key(pem)


def test_another_implementation_takes_our_signatures_and_we_take_its() -> None:
    data = json.loads(SIGNED[SIGNATURE])
    key = read_key(PEM)
    theirs = SSlibKey(ID, "ed25519", "ed25519", {"public": key.public_key().public_bytes_raw().hex()})
    envelope = OtherEnvelope.from_dict({**data})
    assert set(envelope.verify([theirs], 1)) == {ID}
    assert envelope.pae() == signed_bytes(envelope.payload)
    made_there = OtherEnvelope(envelope.payload, envelope.payload_type, {})
    made_there.sign(CryptoSigner(key, theirs))
    assert verify(TRUST, NAME, VERSION, {**FILES, SIGNATURE: json.dumps(made_there.to_dict()).encode()}) == ID


@given(st.data())
@cases(150)
def test_no_changed_byte_of_a_signed_pack_passes(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    at = data.draw(st.integers(0, len(FILES[path]) - 1))
    changed = bytearray(FILES[path])
    changed[at] ^= data.draw(st.integers(1, 255))
    assert f"{path} was changed after it was signed" in refusal({**SIGNED, path: bytes(changed)})


@given(st.data())
@cases(150)
def test_no_changed_byte_of_an_envelope_says_something_else(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SIGNED[SIGNATURE]) - 1))
    changed = bytearray(SIGNED[SIGNATURE])
    changed[at] ^= data.draw(st.integers(1, 255))
    try:
        signer = verify(TRUST, NAME, VERSION, {**FILES, SIGNATURE: bytes(changed)})
    except CannotJudgeError:
        return
    # White space, and what base64 leaves unused, can be anything.
    assert signer == ID
