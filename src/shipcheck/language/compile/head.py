"""The head of a pack, its pack.yaml: name, requirements, the packs that it extends and what it overrides there."""

import re

from shipcheck.language.compile.read_fields import read_fields
from shipcheck.language.compile.softenings import read_softenings
from shipcheck.language.syntax.keys import Keys
from shipcheck.model.document import Document, Mapping, Scalar
from shipcheck.model.location import Location
from shipcheck.model.pack_head import Extension, PackHead
from shipcheck.model.policy import SEVERITIES
from shipcheck.model.settings import ParameterSetting, SeveritySetting
from shipcheck.versions import PACK_VERSION, is_range
from shipcheck.vocabulary.names import NAME, name_problem
from shipcheck.vocabulary.vocabulary import Vocabulary

HEAD_KEYS = (
    "pack",
    "version",
    "description",
    "namespace",
    "requires",
    "license",
    "homepage",
    "maintainers",
    "changelog",
    "fields",
    "extends",
    "parameters",
    "severities",
    "soften",
    "params",
    "catalogues",
    "concern",
    "select",
    "policies",
)
PACK_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:/[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?")
LONGEST_NAME = 127
DEFAULT_NAMESPACE = "default"


def peek(document: Document) -> PackHead:
    """A head as far as it can be read; compiling the pack reports the rest."""
    return read_head(Keys(document, document.root, "pack.yaml", []))


def read_head(keys: Keys, vocabulary: Vocabulary | None = None) -> PackHead:
    """A head; problems are added to its keys. Without a vocabulary, the kinds of its fields are not checked."""
    name = keys.text("pack", required=True)
    _check_name(keys, name)
    return PackHead(
        name=name,
        version=_version(keys),
        description=keys.text("description"),
        namespace=_namespace(keys),
        requires=_requires(keys),
        requires_at=_place(keys, "requires"),
        license=keys.text("license"),
        homepage=keys.text("homepage"),
        maintainers=keys.texts("maintainers"),
        changelog=_changelog(keys),
        extends=_extends(keys),
        parameters=_parameters(keys),
        severities=_severities(keys),
        softenings=read_softenings(keys, name),
        fields=read_fields(keys, name, vocabulary),
    )


def _check_name(keys: Keys, name: str) -> None:
    if name and not (PACK_NAME.fullmatch(name) and len(name) <= LONGEST_NAME):
        rule = "write NAME or PUBLISHER/NAME, with lower-case letters, digits and '-'"
        keys.report(keys.get("pack") or keys.node, "P031", f"'{name}' is not a valid pack name; {rule}")


def _version(keys: Keys) -> str:
    version = keys.text("version", required=True)
    if version and not PACK_VERSION.fullmatch(version):
        message = f"'{version}' is not a valid version; write three numbers, such as 1.2.0"
        keys.report(keys.get("version") or keys.node, "P031", message)
    return version


def _namespace(keys: Keys) -> str:
    namespace = keys.text("namespace")
    if namespace and (namespace == DEFAULT_NAMESPACE or not NAME.fullmatch(namespace)):
        why = "it is the default namespace" if namespace == DEFAULT_NAMESPACE else name_problem(namespace)
        keys.report(keys.get("namespace") or keys.node, "P031", f"'{namespace}' cannot be a pack's namespace: {why}")
        return ""
    return namespace


def _requires(keys: Keys) -> str:
    """The versions of shipcheck that the pack needs."""
    node = keys.get("requires")
    if node is None:
        return ""
    entry = Keys(keys.document, node, "requires", keys.problems)
    entry.allow(("shipcheck",))
    return _range(entry, "shipcheck", required=True)


def _range(keys: Keys, key: str, *, required: bool = False) -> str:
    text = keys.text(key, required=required)
    if text and not is_range(text):
        message = f"'{text}' is not a valid version range; write one such as '>=1.2,<2'"
        keys.report(keys.get(key) or keys.node, "P031", message)
        return ""
    return text


def _changelog(keys: Keys) -> tuple[tuple[str, str], ...]:
    """The changes of each version, as a map from versions to texts."""
    changes = []
    for key, node in keys.entries("changelog"):
        if not PACK_VERSION.fullmatch(key.text):
            keys.report(key, "P031", f"'{key.text}' is not a valid version; write three numbers, such as 1.2.0")
        elif isinstance(node, Scalar) and node.text.strip():
            changes.append((key.text, " ".join(node.text.split())))
        else:
            keys.report(node, "P001", "the changes of a version must be a text")
    return tuple(changes)


def _extends(keys: Keys) -> tuple[Extension, ...]:
    extensions: dict[str, Extension] = {}
    for node in keys.items("extends"):
        entry = Keys(keys.document, node, "an item of extends", keys.problems)
        entry.allow(("pack", "version"))
        name, place = entry.text("pack", required=True), keys.document.locate(node)
        if name in extensions:
            keys.report(node, "P032", f"pack {name} is extended twice; keep one")
        elif name:
            extensions[name] = Extension(name, _range(entry, "version"), place)
    return tuple(extensions.values())


def _parameters(keys: Keys) -> tuple[ParameterSetting, ...]:
    settings = []
    for pack, values in keys.entries("parameters"):
        if not isinstance(values, Mapping):
            keys.report(values, "P001", "parameters must be a map {PACK: {NAME: value}}")
            continue
        for name, value in values.entries:
            if isinstance(value, Scalar) and value.text:
                settings.append(ParameterSetting(pack.text, name.text, value.text, keys.document.locate(value)))
            else:
                keys.report(value, "P001", "the value of a parameter must be a number or a percentage")
    return tuple(settings)


def _severities(keys: Keys) -> tuple[SeveritySetting, ...]:
    settings = []
    for policy, value in keys.entries("severities"):
        if isinstance(value, Scalar) and value.text in SEVERITIES:
            settings.append(SeveritySetting(policy.text, SEVERITIES[value.text], keys.document.locate(value)))
        else:
            keys.report(value, "P016", f"unknown severity; write {', '.join(SEVERITIES)}")
    return tuple(settings)


def _place(keys: Keys, key: str) -> Location | None:
    node = keys.get(key)
    return keys.document.locate(node) if node else None
