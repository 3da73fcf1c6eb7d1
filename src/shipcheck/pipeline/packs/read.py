"""A pack read whole: its documents, what they compile to, what the pack provides, and the packs that it extends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shipcheck import assets
from shipcheck.language.compile.head import peek
from shipcheck.language.compile.pack import PackDocuments, compile_plan, with_fields
from shipcheck.model.component import Manifest
from shipcheck.model.document import File, texts_of
from shipcheck.model.location import Texts
from shipcheck.model.pack_head import PackHead
from shipcheck.model.policy import Pack, Plan
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.packs.pack_files import built_in_names, components_in, pack_files
from shipcheck.pipeline.bundled import load_catalogues, load_vocabulary
from shipcheck.pipeline.packs.assemble import parse_all
from shipcheck.pipeline.packs.find import Source, find_sources
from shipcheck.pipeline.prepare import prepare
from shipcheck.pipeline.provided import read_provided
from shipcheck.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A pack with the packs that it extends behind it in `plan` and `packs`; `pack` is None where there are problems.

    `vocabulary` has the fields of all of them.
    """

    source: Source
    packs: tuple[PackDocuments, ...]
    plan: Plan
    provided: tuple[Manifest, ...]
    namespaces: Mapping[str, str]
    problems: tuple[Problem, ...]
    texts: Texts
    vocabulary: Vocabulary

    @property
    def head(self) -> PackHead:
        """The head of the pack: its name, version and what it extends."""
        return peek(self.packs[0].head)

    @property
    def pack(self) -> Pack:
        """The pack itself."""
        return self.plan.packs[0]


def read_pack(name: str, root: Path | None = None) -> ReadPack:
    """A pack in a folder, built in, or in use where the command runs.

    Raises:
        UsageError: no such pack.
        CannotJudgeError: the files of the repository cannot be listed.
    """
    source = find_sources(name, root)[0]
    files = pack_files(source.folder, source.name, source.prefix)
    components = components_in(source.folder, source.name, source.prefix)
    texts = texts_of((*files, *components))
    problems: list[Problem] = []
    documents = _documents(source, files, components, problems)
    if documents is None:
        return ReadPack(source, (), Plan(()), (), {}, tuple(problems), texts, load_vocabulary())
    packs = with_extended(documents)
    vocabulary = with_fields(load_vocabulary(), packs)
    plan, compile_problems, _ = compile_plan(packs, Settings(), vocabulary, catalogues=load_catalogues())
    provided, namespaces, component_problems = read_provided(packs, vocabulary)
    return ReadPack(source, packs, plan, provided, namespaces, (*compile_problems, *component_problems), texts, vocabulary)


def _documents(
    source: Source, files: tuple[File, ...], components: tuple[File, ...], problems: list[Problem]
) -> PackDocuments | None:
    policies, provided = parse_all(files, problems), parse_all(components, problems)
    return None if problems else PackDocuments(source.name, policies[0], tuple(policies[1:]), tuple(provided))


def with_extended(pack: PackDocuments) -> tuple[PackDocuments, ...]:
    """The pack, followed by every available pack that it extends; compiling reports the missing ones."""
    packs = {pack.name: pack}
    waiting = [pack]
    while waiting:
        for extension in peek(waiting.pop().head).extends:
            other = packs.get(extension.pack) or next(_available(extension.pack), None)
            if other is not None and other.name not in packs:
                packs[other.name] = other
                waiting.append(other)
    return tuple(packs.values())


def _available(name: str) -> Iterator[PackDocuments]:
    if name in built_in_names(assets.policies()):
        problems: list[Problem] = []
        documents = parse_all(pack_files(assets.policies() / name, name, f"{name}@built-in"), problems)
        yield PackDocuments(name, documents[0], tuple(documents[1:]))
    elif "/" in name:
        yield from (pack for pack in prepare(None).packs.documents if pack.name == name)
