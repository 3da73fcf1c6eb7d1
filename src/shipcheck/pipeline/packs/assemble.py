"""The packs in use: those that the settings name, the local one, and all that these extend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipcheck import __version__, assets
from shipcheck.english import did_you_mean, listed
from shipcheck.errors import UsageError
from shipcheck.language.compile.head import peek
from shipcheck.language.compile.pack import PackDocuments
from shipcheck.model.document import Document, File
from shipcheck.model.location import HEAD, Location, whole_file
from shipcheck.model.lock import LOCK
from shipcheck.model.pack_head import PackHead
from shipcheck.model.problem import Problem
from shipcheck.model.settings import PackSetting, Settings
from shipcheck.packs.pack_files import HEAD as PACK_HEAD
from shipcheck.packs.pack_files import built_in_names, component_files, files_of, pack_files
from shipcheck.pipeline.packs.verify import Committed, read_packs
from shipcheck.read.parse import parse
from shipcheck.sources.governance_files import LOCAL_HEAD, SETTINGS, read_local_pack
from shipcheck.sources.source import Source
from shipcheck.versions import is_range, satisfies

LOCAL_NAME = "local"
PACK_VERSION = "pack-version"
_PackFiles = tuple[tuple[File | Problem, ...], tuple[File, ...]]


@dataclass(frozen=True, slots=True)
class Assembly:
    """The documents of every pack in use, the files read, and the problems of settings and of packs."""

    packs: tuple[PackDocuments, ...]
    files: tuple[File, ...]
    settings_problems: tuple[Problem, ...]
    pack_problems: tuple[Problem, ...]
    committed: Committed


def assemble(source: Source, settings: Settings) -> Assembly:
    """Find, verify and parse the packs in use in one state of a repository."""
    assembler = _Assembler(source, settings, read_packs(source))
    assembler.assemble()
    return assembler.result()


class _Assembler:
    """Follows packs to the packs that they extend."""

    def __init__(self, source: Source, settings: Settings, committed: Committed) -> None:
        self._source = source
        self._settings = settings
        self._committed = committed
        self._packs: list[PackDocuments] = []
        self._files: list[File] = [*committed.files]
        self._settings_problems: list[Problem] = []
        self._pack_problems: list[Problem] = [*committed.problems]

    def result(self) -> Assembly:
        """The result."""
        return Assembly(
            tuple(self._packs), tuple(self._files), tuple(self._settings_problems), tuple(self._pack_problems), self._committed
        )

    def assemble(self) -> None:
        """Add each pack once, however often it is named."""
        wanted = [*self._settings.packs]
        if self._source.lists(LOCAL_HEAD) and all(setting.name != LOCAL_NAME for setting in wanted):
            wanted.append(PackSetting(LOCAL_NAME, None, None))
        known = {setting.name for setting in wanted}
        for setting in wanted:
            head = self._take(setting)
            for item in head.extends if head else ():
                if item.pack not in known and self._is_here(item.pack):
                    known.add(item.pack)
                    wanted.append(PackSetting(item.pack, None, None))
        self._pack_problems.extend(self._unused(known))

    def _take(self, setting: PackSetting) -> PackHead | None:
        """Add a pack to those in use; its head, where it can be read."""
        pack_content = self._find(setting)
        if pack_content is None:
            return None
        policies, components = pack_content
        files = tuple(item for item in policies if isinstance(item, File))
        self._files.extend((*files, *components))
        self._pack_problems.extend(item for item in policies if isinstance(item, Problem))
        documents, provided = parse_all(files, self._pack_problems), parse_all(components, self._pack_problems)
        if not documents or len(documents) != len(policies) or len(provided) != len(components):
            return None
        head = peek(documents[0])
        self._check(setting, head)
        self._packs.append(PackDocuments(setting.name, documents[0], tuple(documents[1:]), tuple(provided)))
        return head

    def _find(self, setting: PackSetting) -> _PackFiles | None:
        """A pack's policy files and the manifests of what it provides; None after reporting a problem."""
        name = setting.name
        if name == LOCAL_NAME:
            return self._local(setting)
        if name in built_in_names(assets.policies()):
            return pack_files(assets.policies() / name, name, f"{name}@built-in"), ()
        locked = self._committed.lock.find(name) if self._committed.lock else None
        if locked is None:
            self._complain_missing(setting)
            return None
        files = self._committed.packs.get(name)
        if files is None:
            return None
        origin = name if self._source.origin == HEAD else self._source.origin
        return files_of(files, origin, locked.label), component_files(files, origin, locked.label)

    def _local(self, setting: PackSetting) -> _PackFiles | None:
        if setting.location is not None and not self._source.lists(LOCAL_HEAD):
            message = f"pack '{LOCAL_NAME}' does not exist; create {LOCAL_HEAD}"
            self._settings_problems.append(Problem(setting.location, "unknown-pack", message))
            return None
        return read_local_pack(self._source, LOCAL_NAME), ()

    def _is_here(self, name: str) -> bool:
        """Whether a pack that another extends is available; if not, compiling the other one reports it."""
        lock = self._committed.lock
        return name in built_in_names(assets.policies()) or (lock is not None and lock.find(name) is not None)

    def _complain_missing(self, setting: PackSetting) -> None:
        if setting.location is None:  # pragma: no cover - the default pack is built in
            raise UsageError(f"pack '{setting.name}' is not installed")
        locked = self._committed.lock.packs if self._committed.lock else ()
        names = (*built_in_names(assets.policies()), *(pack.name for pack in locked))
        if "/" in setting.name:
            hint = did_you_mean(setting.name, names) or "; add it with 'shipcheck pack add'"
            message = f"pack '{setting.name}' is in the settings but not in {LOCK}{hint}"
            self._pack_problems.append(Problem(setting.location, "pack-not-locked", message))
        else:
            hint = did_you_mean(setting.name, names) or f"; available packs: {listed(names, 'and')}"
            self._settings_problems.append(
                Problem(setting.location, "unknown-pack", f"pack '{setting.name}' is not installed{hint}")
            )

    def _check(self, setting: PackSetting, head: PackHead) -> None:
        """Report a pack that is not the locked or required version, or that needs another shipcheck."""
        locked = self._committed.lock.find(setting.name) if self._committed.lock else None
        if locked is not None and head.version != locked.version:
            place = whole_file(self._source.origin, f"{locked.label}/{PACK_HEAD}")
            message = f"{locked.folder}/{PACK_HEAD} has version {head.version or 'none'}, but the lock has {locked.version}"
            self._pack_problems.append(Problem(place, "pack-version-drift", f"{message}; add the pack again"))
        if head.requires and head.requires_at and not satisfies(__version__, head.requires):
            message = (
                f"pack {setting.name} needs shipcheck {head.requires}, but this is {__version__}; install a matching version"
            )
            self._pack_problems.append(Problem(head.requires_at, "tool-does-not-fit", message))
        if setting.version is not None and setting.location is not None:
            self._check_range(setting.name, setting.version, setting.location, head.version)

    def _check_range(self, name: str, wanted: str, place: Location, version: str) -> None:
        message = f"pack {name} has version {version or 'none'}, but the settings require {wanted}"
        if not is_range(wanted):
            message = f"'{wanted}' is not a version range; write one such as '>=1.2,<2'"
            self._settings_problems.append(Problem(place, "settings-shape", message))
        elif satisfies(version, wanted):
            return
        elif "/" in name:
            self._pack_problems.append(
                Problem(place, "pack-range", f"{message}; update the pack with 'shipcheck pack update {name}'")
            )
        else:
            self._settings_problems.append(Problem(place, PACK_VERSION, message))

    def _unused(self, known: set[str]) -> Iterator[Problem]:
        """Packs of the lock that are not in use: they must be named in the settings, or removed."""
        for pack in self._committed.lock.packs if self._committed.lock else ():
            if pack.name not in known:
                place = pack.location or whole_file(self._source.origin, LOCK)
                message = f"pack {pack.name} is in {LOCK} but not in {SETTINGS}; add it to 'packs' there, or remove it"
                yield Problem(place, "pack-not-used", message)


def parse_all(files: Sequence[File], problems: list[Problem]) -> list[Document]:
    """The documents of the files that parse; the problems of the others are added to `problems`."""
    documents = []
    for file in files:
        document = parse(file)
        if isinstance(document, Document):
            documents.append(document)
        else:
            problems.extend(document)
    return documents
