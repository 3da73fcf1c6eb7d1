"""What packs provide to their users: components in the pack's own namespace, which only the pack may add to."""

from collections.abc import Iterator, Mapping, Sequence

from shipcheck.english import article, listed
from shipcheck.language.compile.head import peek
from shipcheck.language.compile.pack import PackDocuments
from shipcheck.model.component import DEFAULT_NAMESPACE, Component, LinkItem, Manifest, Mention
from shipcheck.model.problem import Problem
from shipcheck.validate.manifest import ManifestValidator
from shipcheck.vocabulary.vocabulary import Vocabulary

# What can be shared. Components that act by themselves, and their use cases, belong to the repository that has them.
KINDS = ("audit_sink", "dataset", "gate", "model", "portfolio", "system", "team")


def read_provided(
    packs: Sequence[PackDocuments], vocabulary: Vocabulary
) -> tuple[tuple[Manifest, ...], dict[str, str], tuple[Problem, ...]]:
    """What the packs provide, the pack of each namespace, and the problems of both."""
    validator = ManifestValidator(vocabulary)
    manifests: list[Manifest] = []
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    for pack in packs:
        if not pack.components:
            continue
        namespace = peek(pack.head).namespace
        problems.extend(_wrong_namespace(pack, namespace, owners))
        owners.setdefault(namespace, pack.name)
        for document in pack.components:
            outcome = validator.validate(document)
            if isinstance(outcome, Manifest):
                problems.extend(_invalid_components(outcome, namespace, pack.name))
                manifests.append(_moved(outcome, namespace))
            else:
                problems.extend(outcome)
    problems.extend(_reaching_out(manifests, owners))
    return ((), owners, tuple(problems)) if problems else (tuple(manifests), owners, ())


def foreign_components(manifests: Sequence[Manifest], owners: Mapping[str, str]) -> tuple[Problem, ...]:
    """Components that a repository declares in the namespace of a pack."""
    return tuple(
        Problem(
            component.source.locate(component.key),
            "pack-namespace",
            f"namespace '{component.reference.namespace}' belongs to pack {owners[component.reference.namespace]}; "
            "use another namespace",
        )
        for manifest in manifests
        for component in manifest.components
        if component.reference.namespace in owners
    )


def _wrong_namespace(pack: PackDocuments, namespace: str, owners: Mapping[str, str]) -> Iterator[Problem]:
    place = pack.head.locate(pack.head.root)
    if not namespace:
        yield Problem(place, "pack-namespace", f"pack {pack.name} provides components and has no namespace; add one")
    elif namespace in owners:
        message = f"packs {owners[namespace]} and {pack.name} both have the namespace '{namespace}'; use one of them"
        yield Problem(place, "pack-namespace", message)


def _invalid_components(manifest: Manifest, namespace: str, pack: str) -> Iterator[Problem]:
    if manifest.absence is not None:
        place = manifest.source.locate(manifest.absence.place)
        yield Problem(place, "pack-component", "nothing_to_declare is for repositories; delete this file from the pack")
    for component in manifest.components:
        place, reference = component.source.locate(component.key), component.reference
        if reference.kind not in KINDS:
            message = f"pack {pack} cannot provide {article(reference.kind)}: only {listed(KINDS)} can be shared"
            yield Problem(place, "pack-component", message)
        if reference.namespace not in {DEFAULT_NAMESPACE, namespace}:
            message = f"this file has namespace '{reference.namespace}', and the pack has '{namespace}'; leave it out here"
            yield Problem(place, "pack-namespace", message)


def _moved(manifest: Manifest, namespace: str) -> Manifest:
    """The manifest with its components in the pack's namespace, where bare names resolve too."""
    moved = [item._replace(reference=item.reference._replace(namespace=namespace)) for item in manifest.components]
    return manifest._replace(components=tuple(moved))


def _reaching_out(manifests: Sequence[Manifest], owners: Mapping[str, str]) -> Iterator[Problem]:
    """References that would mean something else in each repository that uses the pack."""
    for manifest in manifests:
        for component in manifest.components:
            for mention in mentions(component):
                space, slash, _ = mention.text.rpartition(":")[2].rpartition("/")
                if slash and space not in owners:
                    message = f"'{mention.text}' is not provided by any pack; packs can only refer to packs"
                    yield Problem(component.source.locate(mention.node), "pack-reference", message)


def mentions(component: Component) -> Iterator[Mention]:
    """Every reference in the values of a component."""
    waiting: list[object] = [component.values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mention):
            yield value
        elif isinstance(value, LinkItem):
            waiting.extend((value.target, *value.through))
        elif isinstance(value, tuple):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
