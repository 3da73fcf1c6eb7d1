"""Packs as OCI artifacts with one layer, the same archive as on a web server."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.archive import unpack
from shipcheck.fetch.deadline import within
from shipcheck.fetch.fetched import Fetched, Limits, Progress
from shipcheck.fetch.registry import Registry
from shipcheck.fetch.source_address import Address

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
PACK = "application/vnd.shipcheck.pack.v1"
LAYER = "application/vnd.shipcheck.pack.v1.tar+gzip"
_EMPTY_KIND, _EMPTY = "application/vnd.oci.empty.v1+json", b"{}"
_LARGEST_MANIFEST = 64 * 1024
_Result = TypeVar("_Result")


def fetch_oci(address: Address, limits: Limits, progress: Progress) -> Fetched:
    """The files of the artifact, and the digest of its manifest.

    Raises:
        CannotJudgeError: the registry does not return such an artifact in time.
    """
    return _with_registry(limits.seconds, address, progress, lambda registry: _fetch(registry, address, limits))


def publish_oci(address: Address, archive: bytes, about: Mapping[str, str], seconds: float) -> str:
    """Publish an archive under a tag, with annotations; returns the digest of the manifest.

    Publishing the same archive again is not an error.

    Raises:
        CannotJudgeError: the registry rejects it, or the tag already has other content.
    """
    return _with_registry(seconds, address, lambda *_: None, lambda registry: _publish(registry, address, archive, about))


def _with_registry(seconds: float, address: Address, progress: Progress, work: Callable[[Registry], _Result]) -> _Result:
    def request() -> _Result:
        with Registry(address, progress) as registry:
            return work(registry)

    try:
        return within(seconds, request)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        # A registry's answer reaches oras unchecked, and connection errors are OSErrors.
        raise CannotJudgeError(f"cannot reach the registry: {error}") from None


def _fetch(registry: Registry, address: Address, limits: Limits) -> Fetched:
    raw = registry.manifest(address.ref, MANIFEST, _LARGEST_MANIFEST)
    if raw is None:
        raise CannotJudgeError("artifact not found in the registry")
    digest = f"sha256:{sha256(raw).hexdigest()}"
    if address.ref.startswith("sha256:") and digest != address.ref:
        raise CannotJudgeError(f"the registry returned content that does not match {address.ref}")
    layer, size = _layer(raw, limits.total)
    return Fetched(unpack(registry.blob(layer, size), limits), digest)


def _layer(raw: bytes, most: int) -> tuple[str, int]:
    """The digest and the size of the one layer of a pack."""
    try:
        manifest = json.loads(raw)
    except (ValueError, RecursionError):
        raise CannotJudgeError("the registry returned an invalid manifest") from None
    layers = manifest.get("layers") if isinstance(manifest, dict) else None
    layer = layers[0] if isinstance(layers, list) and len(layers) == 1 and isinstance(layers[0], dict) else {}
    digest, size = layer.get("digest"), layer.get("size")
    if manifest_kind(manifest) != PACK or layer.get("mediaType") != LAYER or not isinstance(digest, str) or type(size) is not int:
        raise CannotJudgeError("the artifact is not a pack; publish packs with 'shipcheck pack publish'")
    if not digest.startswith("sha256:") or len(digest) != 71 or digest[7:].strip("0123456789abcdef"):
        raise CannotJudgeError("the artifact has a layer whose digest is not a SHA-256")
    if not 0 < size <= most:
        raise CannotJudgeError(f"the archive is larger than {most:,} bytes")
    return digest, size


def manifest_kind(manifest: Any) -> str:
    """The type that an artifact declares; empty if it declares none."""
    kind = manifest.get("artifactType") if isinstance(manifest, dict) else ""
    return kind if isinstance(kind, str) else ""


def _publish(registry: Registry, address: Address, archive: bytes, about: Mapping[str, str]) -> str:
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "artifactType": PACK,
        "config": {"mediaType": _EMPTY_KIND, "digest": f"sha256:{sha256(_EMPTY).hexdigest()}", "size": len(_EMPTY)},
        "layers": [{"mediaType": LAYER, "digest": f"sha256:{sha256(archive).hexdigest()}", "size": len(archive)}],
        "annotations": dict(sorted(about.items())),
    }
    raw = json.dumps(manifest, indent=2).encode("utf-8")
    published = registry.manifest(address.ref, MANIFEST, _LARGEST_MANIFEST)
    if published is not None and published != raw:
        raise CannotJudgeError(f"{address.ref} is already published with different content; publish a new version")
    if published is None:
        for blob in (_EMPTY, archive):
            registry.put_blob(blob)
        registry.put_manifest(address.ref, raw, MANIFEST)
    return f"sha256:{sha256(raw).hexdigest()}"
