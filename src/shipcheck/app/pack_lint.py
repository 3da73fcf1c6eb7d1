"""`shipcheck pack lint`: what must be fixed before a pack is released."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shipcheck.app.pack_diff import taken_away
from shipcheck.app.policy_new import DEFAULTS
from shipcheck.english import listed
from shipcheck.errors import UsageError
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.collect import collect
from shipcheck.graph.graph import Graph
from shipcheck.language.compile.review import review
from shipcheck.link.link import link
from shipcheck.model.location import Location, whole_file
from shipcheck.model.lock import labelled
from shipcheck.model.pack_lint import PackLint
from shipcheck.model.policy import Plan
from shipcheck.model.problem import Problem
from shipcheck.packs.pack_files import HEAD, file_sizes, linked_files
from shipcheck.packs.tree_limits import tree_problems
from shipcheck.pipeline.packs.read import ReadPack, read_pack
from shipcheck.pipeline.packs.version_changes import loosened, tightened
from shipcheck.pipeline.prepare import prepare
from shipcheck.pipeline.upstream_findings import CORE
from shipcheck.presence import is_file, is_folder
from shipcheck.versions import is_older

_DECLARED_ONLY = f"{CORE}/control-declared-only"


def pack_lint(name: str, previous: str | None, as_of: date, root: Path | None = None) -> PackLint:
    """Look at a pack before it is released; `previous` is the version before it, None for the one in use here, if any.

    Raises:
        UsageError: no such pack.
        CannotJudgeError: the files of the repository cannot be listed.
    """
    pack = read_pack(name, root)
    if pack.problems:
        return PackLint(name, "", tuple(sorted(pack.problems)), (), pack.texts)
    before = _previous(previous, pack.head.name, root)
    if before is not None and before.problems:
        return PackLint(name, "", before.problems, (), before.texts)
    errors = [*_of_head(pack), *_of_files(pack), *_of_policies(pack), *_of_texts(pack), *_of_components(pack, as_of)]
    errors += review(pack.packs[:1], Plan(pack.plan.packs[:1]), pack.vocabulary)
    errors += _of_version(before, pack) if before else ()
    label = labelled(pack.head.name, pack.head.version)
    return PackLint(label, before.head.version if before else "", (), tuple(sorted(errors)), pack.texts)


def _previous(written: str | None, name: str, root: Path | None) -> ReadPack | None:
    if written is not None:
        pack = read_pack(written, root)
        if not pack.problems and pack.head.name != name:
            raise UsageError(f"{written} is pack {pack.head.name}, not {name}; give a version of the same pack")
        return pack
    lock = prepare(root).lock
    return read_pack(name, root) if lock and lock.find(name) else None


def _at_head(pack: ReadPack) -> Location:
    return pack.packs[0].head.locate(pack.packs[0].head.root)


def _of_head(pack: ReadPack) -> Iterator[Problem]:
    """What the pack's head leaves out that its users need."""
    head = pack.head
    if "/" not in head.name:
        yield Problem(_at_head(pack), "pack-name", f"pack '{head.name}' has no publisher; call it PUBLISHER/{head.name}")
    for key in ("description", "requires", "maintainers"):
        if not getattr(head, key):
            yield Problem(_at_head(pack), "pack-head", f"pack.yaml has no {key}; write it")
    if head.version not in dict(head.changelog):
        message = f"the changelog has no entry for version {head.version}; describe its changes"
        yield Problem(_at_head(pack), "pack-changelog", message)


def _of_files(pack: ReadPack) -> Iterator[Problem]:
    """Files that a pack must not hold."""
    folder = Path(str(pack.source.folder))
    for path in linked_files(folder):
        place = whole_file(pack.source.name, f"{pack.source.prefix}/{path}")
        yield Problem(place, "pack-tree", f"{path} is a symbolic link; replace it with the file")
    for problem in tree_problems(file_sizes(folder)):
        place = whole_file(pack.source.name, f"{pack.source.prefix}/{problem.path}")
        yield Problem(place, "pack-tree", f"{problem.path} {problem.reason}; remove it from the pack")


def _of_policies(pack: ReadPack) -> Iterator[Problem]:
    """Policies without a test or documentation."""
    for policy in pack.pack.policies:
        if not is_folder(pack.source.folder / "tests" / policy.id):
            message = f"{policy.id} has no tests; write tests/{policy.id}/ and run 'shipcheck pack test'"
            yield Problem(policy.location, "pack-tests", message)
        if not is_file(pack.source.folder / "docs" / f"{policy.id}.md"):
            yield Problem(policy.location, "pack-docs", f"{policy.id} has no documentation; write docs/{policy.id}.md")


def _of_texts(pack: ReadPack) -> Iterator[Problem]:
    """Texts of 'policy new' that are still to be written."""
    for policy in pack.pack.policies:
        message = "".join(part for part in policy.message if isinstance(part, str))
        written = {"title": policy.title, "why": policy.why, "fix": policy.fix, "message": message}
        left = [key for key, text in written.items() if text and text == DEFAULTS[key].removeprefix("{subject}")]
        page = pack.source.folder / "docs" / f"{policy.id}.md"
        text = page.read_text("utf-8") if is_file(page) else ""
        if left:
            message = f"{policy.id} still has the {listed(left, 'and')} of 'shipcheck policy new'; write your own"
            yield Problem(policy.location, "pack-placeholder", message)
        elif DEFAULTS["why"] in text or f"{DEFAULTS['title']}." in text:
            message = f"docs/{policy.id}.md still has the texts of 'shipcheck policy new'; write your own"
            yield Problem(policy.location, "pack-placeholder", message)


class _PackCode:
    """The regular files of a pack, as the tree that facts about its components come from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = frozenset(file_sizes(folder)) - frozenset(linked_files(folder))

    def lists(self, path: str) -> bool:
        """Whether the pack has a file of that name."""
        return path in self._paths

    def holds(self, path: str) -> bool | None:
        """Whether that is a regular file of the pack."""
        return self.lists(path)

    def read(self, path: str) -> bytes | None:
        """The content of a file."""
        return (self._folder / path).read_bytes() if self.lists(path) else None

    def spelled(self, path: str) -> str:
        """The file of the pack whose path differs from this one in case alone; empty if there is none."""
        return next((known for known in sorted(self._paths) if known.casefold() == path.casefold() and known != path), "")

    def has_folder(self, folder: str) -> bool:
        """Whether the pack has a file in a folder."""
        return any(path.startswith(f"{folder}/") for path in self._paths)


def _of_components(pack: ReadPack, as_of: date) -> Iterator[Problem]:
    """What the pack provides, judged by its own policies, by those that it extends, and by the core pack's.

    Code that a component names is in the pack; a control that is declared to be in another system is not an error of the pack.
    """
    graph = link(pack.provided, pack.vocabulary)
    if not isinstance(graph, Graph):
        yield from graph
        return
    collect(graph, pack.vocabulary, _PackCode(Path(str(pack.source.folder))))
    evaluator = Evaluator(graph, pack.vocabulary, as_of)
    core = () if any(one.name == CORE for one in pack.packs) else read_pack(CORE).plan.policies
    for policy in (*pack.plan.policies, *core):
        findings = evaluator.evaluate(policy).findings
        for finding in (item for item in findings if item.policy != _DECLARED_ONLY):
            message = f"{finding.severity} {finding.policy}: {finding.headline}"
            yield Problem(finding.location, "pack-component", message)


def _of_version(before: ReadPack, pack: ReadPack) -> Iterator[Problem]:
    """A version number that is too low for what changed."""
    old, new = before.head.version, pack.head.version
    less = (*loosened(before.pack, pack.pack), *taken_away(before, pack))
    more = tuple(tightened(before.pack, pack.pack))
    place = whole_file(pack.source.name, f"{pack.source.prefix}/{HEAD}")
    if is_older(new, old):
        yield Problem(place, "pack-version", f"version {new} is lower than {old}; use a higher version")
    elif less and _major(new) == _major(old):
        reasons = "; ".join(less)
        yield Problem(place, "pack-version", f"version {new} loosens {old} and needs a new major version: {reasons}")
    elif more and new.rpartition(".")[0] == old.rpartition(".")[0]:
        reasons = "; ".join(more)
        yield Problem(place, "pack-version", f"version {new} tightens {old} and needs a new minor version: {reasons}")


def _major(version: str) -> str:
    return version.partition(".")[0]
