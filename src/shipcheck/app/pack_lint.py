"""`shipcheck pack lint`: what keeps a pack from being released."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shipcheck.app.pack_diff import taken_away
from shipcheck.errors import UsageError
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.language.compile.review import review
from shipcheck.link.link import link
from shipcheck.model.location import Location, whole_file
from shipcheck.model.lock import labelled
from shipcheck.model.pack_lint import PackLint
from shipcheck.model.policy import Plan
from shipcheck.model.problem import Problem
from shipcheck.packs.folder import file_sizes, linked_files
from shipcheck.packs.pack_files import HEAD
from shipcheck.packs.tree_limits import tree_faults
from shipcheck.pipeline.bundled import load_vocabulary
from shipcheck.pipeline.packs.changes import added_policies, asked_less
from shipcheck.pipeline.packs.read import ReadPack, read_pack
from shipcheck.pipeline.prepare import prepare
from shipcheck.pipeline.upstream import CORE, in_doubt_of_code
from shipcheck.versions import is_older


def pack_lint(name: str, previous: str | None, as_of: date, root: Path | None = None) -> PackLint:
    """Look at a pack before it is released; `previous` is the version before it, None for the one in use here, if any.

    Raises:
        UsageError: there is no such pack.
        CannotJudgeError: the files of the repository cannot be listed.
    """
    found = read_pack(name, root)
    if found.problems:
        return PackLint(name, "", tuple(sorted(found.problems)), (), found.texts)
    before = _previous(previous, found.head.name, root)
    if before is not None and before.problems:
        return PackLint(name, "", before.problems, (), before.texts)
    faults = [*_of_head(found), *_of_files(found), *_of_policies(found), *_of_components(found, as_of)]
    faults += review(found.packs[:1], Plan(found.plan.packs[:1]), load_vocabulary())
    faults += _of_version(before, found) if before else ()
    label = labelled(found.head.name, found.head.version)
    return PackLint(label, before.head.version if before else "", (), tuple(sorted(faults)), found.texts)


def _previous(written: str | None, name: str, root: Path | None) -> ReadPack | None:
    if written is not None:
        found = read_pack(written, root)
        if not found.problems and found.head.name != name:
            raise UsageError(f"{written} is pack {found.head.name}, and not {name}; name a version of the same pack")
        return found
    lock = prepare(root).lock
    return read_pack(name, root) if lock and lock.find(name) else None


def _at_head(pack: ReadPack) -> Location:
    return pack.packs[0].head.locate(pack.packs[0].head.root)


def _of_head(pack: ReadPack) -> Iterator[Problem]:
    """What a reader of the pack needs to know and is not told."""
    head = pack.head
    if "/" not in head.name:
        yield Problem(_at_head(pack), "pack-name", f"pack '{head.name}' has no publisher; call it PUBLISHER/{head.name}")
    for key in ("description", "requires", "maintainers"):
        if not getattr(head, key):
            yield Problem(_at_head(pack), "pack-head", f"pack.yaml has no {key}; write it")
    if head.version not in dict(head.changelog):
        message = f"the changelog says nothing of version {head.version}; write what it changes"
        yield Problem(_at_head(pack), "pack-changelog", message)


def _of_files(pack: ReadPack) -> Iterator[Problem]:
    """Files that no pack may hold."""
    folder = Path(str(pack.source.folder))
    for path in linked_files(folder):
        place = whole_file(pack.source.name, f"{pack.source.prefix}/{path}")
        yield Problem(place, "pack-tree", f"{path} is a symbolic link; put the file itself there")
    for fault in tree_faults(file_sizes(folder)):
        place = whole_file(pack.source.name, f"{pack.source.prefix}/{fault.path}")
        yield Problem(place, "pack-tree", f"{fault.path} {fault.reason}; no pack may hold it")


def _of_policies(pack: ReadPack) -> Iterator[Problem]:
    """Policies without a test or a page."""
    for policy in pack.pack.policies:
        if not (pack.source.folder / "tests" / policy.id).is_dir():
            message = f"{policy.id} has no tests; write tests/{policy.id}/ and run 'shipcheck pack test'"
            yield Problem(policy.location, "pack-tests", message)
        if not (pack.source.folder / "docs" / f"{policy.id}.md").is_file():
            yield Problem(policy.location, "pack-docs", f"{policy.id} has no page; write docs/{policy.id}.md")


def _of_components(pack: ReadPack, as_of: date) -> Iterator[Problem]:
    """What the pack provides, judged by its own policies, by those that it extends, and by the core pack's."""
    vocabulary = load_vocabulary()
    graph = link(pack.provided, vocabulary)
    if not isinstance(graph, Graph):
        yield from graph
        return
    evaluator = Evaluator(graph, vocabulary, as_of)
    core = () if any(one.name == CORE for one in pack.packs) else read_pack(CORE).plan.policies
    for policy in (*pack.plan.policies, *core):
        found = evaluator.evaluate_alone(policy).findings
        for finding in (item for item in found if not in_doubt_of_code(item, vocabulary)):
            message = f"{finding.severity} {finding.policy}: {finding.headline}"
            yield Problem(finding.location, "pack-component", message)


def _of_version(before: ReadPack, pack: ReadPack) -> Iterator[Problem]:
    """A version that says less than the change means to those who use the pack."""
    old, new = before.head.version, pack.head.version
    less = (*asked_less(before.pack, pack.pack), *taken_away(before, pack))
    more = tuple(added_policies(before.pack, pack.pack))
    place = whole_file(pack.source.name, f"{pack.source.prefix}/{HEAD}")
    if is_older(new, old):
        yield Problem(place, "pack-version", f"version {new} comes before {old}; release a later one")
    elif less and _major(new) == _major(old):
        told = "; ".join(less)
        yield Problem(place, "pack-version", f"version {new} asks less than {old}, so it needs a new first number: {told}")
    elif more and new.rpartition(".")[0] == old.rpartition(".")[0]:
        told = "; ".join(more)
        yield Problem(place, "pack-version", f"version {new} asks more than {old}, so it needs a new second number: {told}")


def _major(version: str) -> str:
    return version.partition(".")[0]
