"""A pack in a folder with the packs that it extends: those that are built in, and those committed where the command runs."""

from collections.abc import Iterator

from shipcheck import assets
from shipcheck.language.compile.head import peek
from shipcheck.language.compile.pack import PackDocuments
from shipcheck.model.problem import Problem
from shipcheck.packs.pack_files import built_in_names, pack_files
from shipcheck.pipeline.packs.assemble import parse_all
from shipcheck.pipeline.prepare import prepare


def with_extended(pack: PackDocuments) -> tuple[PackDocuments, ...]:
    """The pack, and behind it every pack that it extends and that can be found; who compiles them complains of the rest."""
    found = {pack.name: pack}
    waiting = [pack]
    while waiting:
        for extension in peek(waiting.pop().head).extends:
            other = found.get(extension.pack) or next(_found(extension.pack), None)
            if other is not None and other.name not in found:
                found[other.name] = other
                waiting.append(other)
    return tuple(found.values())


def _found(name: str) -> Iterator[PackDocuments]:
    if name in built_in_names(assets.policies()):
        faults: list[Problem] = []
        documents = parse_all(pack_files(assets.policies() / name, name, f"{name}@built-in"), faults)
        yield PackDocuments(name, documents[0], tuple(documents[1:]))
    elif "/" in name:
        yield from (pack for pack in prepare(None).packs if pack.name == name)
