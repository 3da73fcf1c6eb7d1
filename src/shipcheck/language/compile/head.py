"""What a pack.yaml says about the pack as a whole: who it is, what it needs, what it builds on and what it changes there."""

import re

from shipcheck.language.compile.softenings import read_softenings
from shipcheck.language.syntax.keys import Fields
from shipcheck.model.document import Document, Mapping, Scalar
from shipcheck.model.location import Location
from shipcheck.model.pack_head import Extension, PackHead
from shipcheck.model.policy import SEVERITIES
from shipcheck.model.settings import ParameterSetting, SeveritySetting
from shipcheck.versions import PACK_VERSION, is_range
from shipcheck.vocabulary.names import NAME, name_fault

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
    "extends",
    "parameters",
    "severities",
    "soften",
    "params",
    "catalogues",
    "select",
    "policies",
)
PACK_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:/[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?")
LONGEST_NAME = 127
DEFAULT_NAMESPACE = "default"


def peek(document: Document) -> PackHead:
    """What a head says as far as it can be read; whoever compiles the pack complains about the rest."""
    return read_head(Fields(document, document.root, "pack.yaml", []))


def read_head(fields: Fields) -> PackHead:
    """What a head says; complaints go to its fields."""
    name = fields.text("pack", required=True)
    _check_name(fields, name)
    return PackHead(
        name=name,
        version=_version(fields),
        description=fields.text("description"),
        namespace=_namespace(fields),
        requires=_requires(fields),
        requires_at=_place(fields, "requires"),
        license=fields.text("license"),
        homepage=fields.text("homepage"),
        maintainers=fields.texts("maintainers"),
        changelog=_changelog(fields),
        extends=_extends(fields),
        parameters=_parameters(fields),
        severities=_severities(fields),
        softenings=read_softenings(fields, name),
    )


def _check_name(fields: Fields, name: str) -> None:
    if name and not (PACK_NAME.fullmatch(name) and len(name) <= LONGEST_NAME):
        rule = "a pack is called NAME or PUBLISHER/NAME, of lower-case letters, digits and '-'"
        fields.complain(fields.get("pack") or fields.node, "P031", f"'{name}' is no name of a pack; {rule}")


def _version(fields: Fields) -> str:
    version = fields.text("version", required=True)
    if version and not PACK_VERSION.fullmatch(version):
        message = f"'{version}' is no version of a pack; write three numbers, such as 1.2.0"
        fields.complain(fields.get("version") or fields.node, "P031", message)
    return version


def _namespace(fields: Fields) -> str:
    namespace = fields.text("namespace")
    if namespace and (namespace == DEFAULT_NAMESPACE or not NAME.fullmatch(namespace)):
        why = "it is the namespace of those who say none" if namespace == DEFAULT_NAMESPACE else name_fault(namespace)
        fields.complain(fields.get("namespace") or fields.node, "P031", f"'{namespace}' cannot be a pack's namespace: {why}")
        return ""
    return namespace


def _requires(fields: Fields) -> str:
    """The versions of shipcheck that the pack needs."""
    node = fields.get("requires")
    if node is None:
        return ""
    entry = Fields(fields.document, node, "requires", fields.problems)
    entry.allow(("shipcheck",))
    return _range(entry, "shipcheck", required=True)


def _range(fields: Fields, key: str, *, required: bool = False) -> str:
    text = fields.text(key, required=required)
    if text and not is_range(text):
        message = f"'{text}' is no range of versions; write one such as '>=1.2,<2'"
        fields.complain(fields.get(key) or fields.node, "P031", message)
        return ""
    return text


def _changelog(fields: Fields) -> tuple[tuple[str, str], ...]:
    """What each version changed, as a map from versions to texts."""
    found = []
    for key, node in fields.entries("changelog"):
        if not PACK_VERSION.fullmatch(key.text):
            fields.complain(key, "P031", f"'{key.text}' is no version of a pack; write three numbers, such as 1.2.0")
        elif isinstance(node, Scalar) and node.text.strip():
            found.append((key.text, " ".join(node.text.split())))
        else:
            fields.complain(node, "P001", "what a version changed is text")
    return tuple(found)


def _extends(fields: Fields) -> tuple[Extension, ...]:
    found: dict[str, Extension] = {}
    for node in fields.items("extends"):
        entry = Fields(fields.document, node, "an item of extends", fields.problems)
        entry.allow(("pack", "version"))
        name, place = entry.text("pack", required=True), fields.document.locate(node)
        if name in found:
            fields.complain(node, "P032", f"pack {name} is extended twice; keep one")
        elif name:
            found[name] = Extension(name, _range(entry, "version"), place)
    return tuple(found.values())


def _parameters(fields: Fields) -> tuple[ParameterSetting, ...]:
    found = []
    for pack, values in fields.entries("parameters"):
        if not isinstance(values, Mapping):
            fields.complain(values, "P001", "parameters are written as {PACK: {NAME: value}}")
            continue
        for name, value in values.entries:
            if isinstance(value, Scalar) and value.text:
                found.append(ParameterSetting(pack.text, name.text, value.text, fields.document.locate(value)))
            else:
                fields.complain(value, "P001", "a parameter's value is a number or a percentage")
    return tuple(found)


def _severities(fields: Fields) -> tuple[SeveritySetting, ...]:
    found = []
    for policy, value in fields.entries("severities"):
        if isinstance(value, Scalar) and value.text in SEVERITIES:
            found.append(SeveritySetting(policy.text, SEVERITIES[value.text], fields.document.locate(value)))
        else:
            fields.complain(value, "P016", f"a severity is {', '.join(SEVERITIES)}")
    return tuple(found)


def _place(fields: Fields, key: str) -> Location | None:
    node = fields.get(key)
    return fields.document.locate(node) if node else None
