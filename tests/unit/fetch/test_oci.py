"""Packs in a real registry, and in one that misbehaves: digests decide, and nothing is overwritten."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.support.archives import member, packed
from tests.support.servers import Answer, Handler, Server, registry, web

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetch import fetch
from shipcheck.fetch.fetched import Fetched, Limits
from shipcheck.fetch.oci import LAYER, MANIFEST, PACK, publish_oci
from shipcheck.fetch.pack_archive import pack_archive
from shipcheck.fetch.source_address import parse_address

LIMITS = Limits(20, 1024 * 1024, 256 * 1024, 20.0)
FILES = {"pack.yaml": b"pack: acme/base\n", "policies/a.yaml": b"policies: []\n"}
ARCHIVE = pack_archive(FILES)


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "*")


def digest_of(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def got(source: str, limits: Limits = LIMITS) -> Fetched:
    return fetch(parse_address(source), Path(), limits, lambda *_: None)


def refusal(source: str, limits: Limits = LIMITS) -> str:
    with pytest.raises(CannotJudgeError) as refused:
        got(source, limits)
    return str(refused.value).removeprefix(f"{source}: ")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with registry(tmp_path_factory.mktemp("registry")) as place:
        yield place


def published(place: str, tag: str, archive: bytes = ARCHIVE) -> str:
    return publish_oci(parse_address(f"oci://{place}/acme/base:{tag}"), archive, {"title": "acme/base"}, 20.0)


@pytest.mark.needs("docker-registry")
def test_what_is_published_to_a_registry_comes_back_by_tag_and_by_digest(real: str) -> None:
    digest = published(real, "1.2.0")
    assert got(f"oci://{real}/acme/base:1.2.0") == Fetched(FILES, digest)
    assert got(f"oci://{real}/acme/base@{digest}") == Fetched(FILES, digest)
    assert published(real, "1.2.0") == digest


@pytest.mark.needs("docker-registry")
def test_a_published_version_is_never_replaced(real: str) -> None:
    published(real, "2.0.0")
    with pytest.raises(CannotJudgeError, match=r"2\.0\.0 is already published with different content; publish a new version"):
        published(real, "2.0.0", pack_archive({"pack.yaml": b"other"}))
    assert got(f"oci://{real}/acme/base:2.0.0").files == FILES


@pytest.mark.needs("docker-registry")
def test_what_a_registry_does_not_have_is_a_reason(real: str) -> None:
    assert refusal(f"oci://{real}/acme/base:9.9.9") == "artifact not found in the registry"
    assert refusal(f"oci://{real}/acme/none:1") == "artifact not found in the registry"


class Fake:
    """A registry with one artifact, some of whose answers are other ones."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.place = server.place
        self.layer: dict[str, Any] = {"mediaType": LAYER, "digest": digest_of(ARCHIVE), "size": len(ARCHIVE)}
        self.blob(ARCHIVE, ARCHIVE)

    def blob(self, named: bytes, content: bytes) -> None:
        """Answer with a content where the blob with another's digest is asked for."""
        self.answer(f"/v2/a/blobs/{digest_of(named)}", lambda handler: handler.reply(content))

    def answer(self, path: str, answer: Answer) -> None:
        """Answer so from now on."""
        self.server.answers[path] = answer

    def manifest(self, raw: bytes | None = None, **changed: Any) -> str:
        """Offer a manifest under the tag 1; its digest."""
        data = {"schemaVersion": 2, "mediaType": MANIFEST, "artifactType": PACK, "layers": [self.layer], **changed}
        content = json.dumps(data).encode() if raw is None else raw
        self.answer("/v2/a/manifests/1", lambda handler: handler.reply(content, Content_Type=MANIFEST))
        return digest_of(content)

    def refusal(self, limits: Limits = LIMITS) -> str:
        """Why the artifact is refused."""
        return refusal(f"oci://{self.place}/a:1", limits)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with web() as server:
        yield Fake(server)


def test_the_fake_is_a_registry(fake: Fake) -> None:
    digest = fake.manifest()
    assert got(f"oci://{fake.place}/a:1") == Fetched(FILES, digest)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"artifactType": "application/vnd.oci.image.config.v1+json"}, "the artifact is not a pack"),
        ({"artifactType": None}, "the artifact is not a pack"),
        ({"layers": []}, "the artifact is not a pack"),
        ({"layers": None}, "the artifact is not a pack"),
        ({"layers": [{}, {}]}, "the artifact is not a pack"),
        ({"layers": ["x"]}, "the artifact is not a pack"),
        ({"layers": [{"mediaType": "application/x-tar", "digest": digest_of(ARCHIVE), "size": 9}]}, "the artifact is not a pack"),
        ({"layers": [{"mediaType": LAYER, "digest": digest_of(ARCHIVE), "size": "9"}]}, "the artifact is not a pack"),
        ({"layers": [{"mediaType": LAYER, "digest": digest_of(ARCHIVE), "size": True}]}, "the artifact is not a pack"),
        ({"layers": [{"mediaType": LAYER, "digest": "md5:0", "size": 9}]}, "whose digest is not a SHA-256"),
        ({"layers": [{"mediaType": LAYER, "digest": "sha256:../../x", "size": 9}]}, "whose digest is not a SHA-256"),
        ({"layers": [{"mediaType": LAYER, "digest": digest_of(ARCHIVE), "size": 0}]}, "the archive is larger than"),
        ({"layers": [{"mediaType": LAYER, "digest": digest_of(ARCHIVE), "size": 2**40}]}, "the archive is larger than"),
        (
            {"layers": [{"mediaType": LAYER, "digest": digest_of(ARCHIVE), "size": 9}]},
            "the response of the registry is larger than 9 bytes",
        ),
        ({"layers": [{"mediaType": LAYER, "digest": digest_of(b""), "size": 9}]}, "the registry responded 404"),
    ],
)
def test_a_manifest_that_is_not_a_packs_is_refused(fake: Fake, changed: dict[str, Any], reason: str) -> None:
    fake.manifest(**changed)
    assert reason in fake.refusal()


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"[" * 60_000, b"{" * 9, b"\xff"])
def test_a_manifest_that_is_none_is_refused(fake: Fake, raw: bytes) -> None:
    fake.manifest(raw)
    assert fake.refusal() in {
        "the registry returned an invalid manifest",
        "the artifact is not a pack; publish packs with 'shipcheck pack publish'",
    }


def test_a_blob_or_manifest_of_another_digest_is_refused(fake: Fake) -> None:
    digest = fake.manifest()
    fake.answer(f"/v2/a/manifests/{digest}", lambda handler: handler.reply(b'{"schemaVersion": 2}'))
    assert refusal(f"oci://{fake.place}/a@{digest}") == f"the registry returned content that does not match {digest}"
    other = packed(member(b"pack.yaml", b"pack: evil\n"))
    fake.blob(ARCHIVE, other + bytes(len(ARCHIVE) - len(other)) if len(other) < len(ARCHIVE) else other[: len(ARCHIVE)])
    assert fake.refusal() == f"the registry returned content that does not match {digest_of(ARCHIVE)}"
    fake.blob(ARCHIVE, ARCHIVE[:-1])
    assert fake.refusal() == f"the registry returned content that does not match {digest_of(ARCHIVE)}"


def endless(handler: Handler) -> None:
    handler.reply(b"", length=0, Content_Length="")
    while not handler.server.over.is_set():
        handler.wfile.write(b"{" * 100_000)


def silent(handler: Handler) -> None:
    handler.server.over.wait()


def test_a_registry_that_misbehaves_is_refused_with_its_reason(fake: Fake) -> None:
    path = "/v2/a/manifests/1"
    for answer, reason in (
        (endless, "the response of the registry is larger than 65,536 bytes"),
        (lambda handler: handler.reply(b"", 500), "the registry responded 500"),
        (lambda handler: handler.reply(b"", 403), "the registry responded 403 Forbidden; sign in with"),
        (lambda handler: handler.reply(b"", 302, Location=path), "the registry redirects too often"),
        (lambda handler: handler.reply(b"", 302, Location="http://127.0.0.1:1/x"), "redirects to the unencrypted address"),
        (lambda handler: handler.reply(b"", 302, Location="file:///etc/passwd"), "redirects to the unencrypted address"),
        (lambda handler: handler.reply(b"x", length=9), "cannot reach the registry"),
    ):
        fake.answer(path, answer)
        assert reason in fake.refusal()
    fake.answer(path, silent)
    assert fake.refusal(LIMITS._replace(seconds=0.3)) == "timed out after 0.3 seconds"
    fake.manifest()
    fake.answer(f"/v2/a/blobs/{digest_of(ARCHIVE)}", endless)
    assert fake.refusal() == f"the response of the registry is larger than {len(ARCHIVE):,} bytes"


def test_signing_in_to_a_registry_is_bounded_and_encrypted(fake: Fake) -> None:
    def who(realm: str) -> Answer:
        header = f'Bearer realm="{realm}",service="s",scope="x"'
        return lambda handler: handler.reply(b"", 401, WWW_Authenticate=header)

    path = "/v2/a/manifests/1"
    fake.answer("/token", lambda handler: handler.reply(b'{"token": "t"}', Content_Type="application/json"))
    fake.answer(path, who(fake.server.url("/token")))
    assert "the registry responded 401 Unauthorized; sign in with" in fake.refusal()
    assert any(asked.startswith("/token?") for asked in fake.server.asked)
    fake.answer("/token", endless)
    assert "the response of the registry is larger than 65,536 bytes" in fake.refusal()
    with web({"*": lambda handler: handler.reply(b"{}")}) as other:
        fake.answer(path, who(other.url("/token")))
        assert "redirects to the unencrypted address" in fake.refusal()
        assert other.asked == []


def test_a_registry_that_is_not_there_is_a_reason() -> None:
    with web() as server:
        place = server.place
    assert refusal(f"oci://{place}/a:1").startswith("cannot reach the registry: ")


def test_without_the_extra_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "oras.container", None)
    assert refusal("oci://127.0.0.1:1/a:1") == "fetching packs from a registry needs an extra: pip install 'shipcheck-ai[oci]'"
