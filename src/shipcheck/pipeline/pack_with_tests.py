"""A pack and its tests, read and checked."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from shipcheck import assets
from shipcheck.language.compile.pack import PackDocuments, compile_plan, with_fields
from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File, below
from shipcheck.model.policy import Pack
from shipcheck.model.policy_test import TestFile, Tests
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import plain
from shipcheck.model.settings import Settings
from shipcheck.packs.pack_files import components_in
from shipcheck.pipeline.bundled import load_catalogues, load_vocabulary
from shipcheck.pipeline.packs.find import Source
from shipcheck.pipeline.packs.read import with_extended
from shipcheck.pipeline.provided import read_provided
from shipcheck.policy_test.read_tests import collect, is_list_of_equivalents, is_read, is_table
from shipcheck.read.parse import parse
from shipcheck.settings.shape import shape_problems
from shipcheck.vocabulary.vocabulary import Vocabulary

MOST_VALUES = 20_000


class Alone(NamedTuple):
    """A pack, None where it has problems, and the vocabulary with its fields and those of the packs that it extends."""

    pack: Pack | None
    problems: tuple[Problem, ...]
    vocabulary: Vocabulary


def compile_alone(source: Source, files: tuple[File, ...]) -> Alone:
    """A pack compiled from `files`, `pack.yaml` first, with the defaults of its parameters."""
    problems: list[Problem] = []
    documents = list(_parsed(files, problems))
    if problems:
        return Alone(None, tuple(problems), load_vocabulary())
    packs = with_extended(PackDocuments(source.name, documents[0], tuple(documents[1:])))
    vocabulary = with_fields(load_vocabulary(), packs)
    plan, compile_problems, _ = compile_plan(packs, Settings(), vocabulary, catalogues=load_catalogues())
    return Alone(None if compile_problems else plan.packs[0], compile_problems, vocabulary)


def provided_by(source: Source, head: File, vocabulary: Vocabulary) -> tuple[tuple[Manifest, ...], tuple[Problem, ...]]:
    """What a pack provides, for the fixtures of its tests; `head` is its pack.yaml."""
    problems: list[Problem] = []
    documents = list(_parsed((head, *components_in(source.folder, source.name, source.prefix)), problems))
    if problems:
        return (), tuple(problems)
    pack = PackDocuments(source.name, documents[0], (), tuple(documents[1:]))
    manifests, _, component_problems = read_provided((pack,), vocabulary)
    return manifests, component_problems


def _parsed(files: tuple[File, ...], problems: list[Problem]) -> Iterator[Document]:
    for file in files:
        document = parse(file)
        if isinstance(document, Document):
            yield document
        else:
            problems.extend(document)


def read_policy_tests(files: tuple[File, ...], pack: Pack, vocabulary: Vocabulary) -> tuple[Tests, tuple[Problem, ...]]:
    """The tests in `files` for the policies of `pack`; no tests, and the problems, if a file is malformed."""
    problems: list[Problem] = []
    documents = list(_parsed(tuple(file for file in files if is_read(file.path)), problems))
    others = [file for file in files if not is_read(file.path)]
    schema: dict[str, Any] = json.loads((assets.schemas() / "policy_tests.schema.json").read_bytes())
    for document in documents:
        path = document.file.path
        if is_table(path) or is_list_of_equivalents(path):
            surplus = _surplus_value(document)
            if surplus is not None:
                problems.append(surplus)
                continue
            part = schema["definitions"]["cases" if is_table(path) else "equivalents"]
            shape = {"definitions": schema["definitions"], **part}
            problems.extend(shape_problems(document, plain(document.root), shape, "tests-shape"))
    if problems:
        return Tests((), ()), tuple(problems)
    read = [TestFile(document.file, document) for document in documents]
    return collect(read, others, tuple(policy.id for policy in pack.policies), vocabulary)


def _surplus_value(document: Document) -> Problem | None:
    """The first key or value beyond the limit of one test file; validating more against the schema takes long."""
    surplus = next(islice(below(document.root), MOST_VALUES, None), None)
    if surplus is None:
        return None
    message = f"the file holds more than {MOST_VALUES:,} keys and values; split it"
    return Problem(document.locate(surplus), "tests-shape", message)
