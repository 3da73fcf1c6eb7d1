"""The inputs on which two checkouts are compared, written to a folder: every repository and pack that a checkout's tests judge.

Examples, goldens, packs and the manifests of their tests are copied from the checkout. Cases that are written in Python, and
random repositories, come from the tests beside this file. What looks at a base becomes a git repository with a branch.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import cycle, islice, product
from pathlib import Path
from random import Random

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.cli.not_zero.commands import COMMANDS
from tests.cli.not_zero.declared import DECLARED
from tests.cli.not_zero.pulled import BASE, PULLED
from tests.cli.not_zero.spoiled import FOLDERS, REPOSITORIES, Spoiled
from tests.doctor.test_audits import CHANGES as WIRING_CHANGES
from tests.doctor.worlds import PLACES, well_wired
from tests.oracle import corpus as oracle
from tests.oracle.generator import revisions
from tests.oracle.repositories import SETTINGS, files_of, world_of
from tests.oracle.rules import CHANGES, RULES, Rule
from tests.oracle.worlds import World
from tests.support.random_worlds import Data, manifest, random_world
from tests.support.repository import DAY, create
from tests.support.running import write

from command_calls import Call

MANIFEST = "shipcheck.yaml"
BASE_BRANCH = "main"
WAIVED = ("--owner", "comparison-owner"), ("--approver", "comparison-approver"), ("--until", "2026-12-31"), ("--reason", "later")
TEAMS = "shipcheck: 1\nteams:\n  comparison-owner: {contact: one}\n  comparison-approver: {contact: two}\n"

DAYS = (("--as-of", DAY.isoformat()),)
CHECK = Call("check", "json", options=DAYS)
AGAINST_BASE = Call("check", "json", options=(("--base", BASE_BRANCH),))
GRAPH = Call("graph", "json")
WAIVERS = Call("waivers list", "json", options=DAYS)
DOCTOR = Call("doctor", "json")
FORMATS = tuple(Call("check", form, options=DAYS) for form in ("text", "concise", "sarif", "junit", "github", "gitlab", "azure"))
WHOLE = (
    CHECK,
    *FORMATS,
    Call("check", "markdown", options=DAYS),
    Call("check", "json", options=DAYS, arguments=("--by-control",)),
    Call("check", "json", options=(*DAYS, ("--fail-on", "note"))),
    Call("check", "json", options=DAYS, outside=True),
    GRAPH,
    Call("graph", "dot"),
    Call("graph", "mermaid"),
    WAIVERS,
    Call("waivers check", options=DAYS),
    DOCTOR,
    Call("settings", "json", options=DAYS),
    Call("policy check", "json"),
    Call("policy explain", "json", code_only=True),
    Call("explain", code_only=True),
    Call("explain", arguments=("core/owner-missing",), code_only=True),
    Call("pack list", code_only=True),
)
WRITING = (
    Call("baseline create", options=(*DAYS, *WAIVED)),
    CHECK,
    WAIVERS,
    Call("waivers check", options=DAYS),
    Call("baseline prune", options=DAYS),
)


@dataclass(frozen=True)
class Input:
    """A folder and the commands to run there. If they write, each checkout gets a copy of the folder."""

    name: str
    folder: Path
    calls: tuple[Call, ...]
    writes: bool = False


class Corpus:
    """Writes inputs below a folder."""

    def __init__(self, source: Path, top: Path, only: str = "*") -> None:
        self._source = source
        self._top = top
        self._only = only

    def inputs(self, random: int) -> Iterator[Input]:
        """The inputs whose name matches the pattern, all of them with this many random repositories."""
        return (one for one in self._all(random) if self._wanted(one.name))

    def _wanted(self, name: str) -> bool:
        return fnmatchcase(name, self._only)

    def _all(self, random: int) -> Iterator[Input]:
        yield from self._repositories()
        yield from self._example_pairs()
        yield from self._packs()
        yield from self._pack_in_use()
        yield from self._policy_tests()
        yield from self._language_cases()
        yield from self._oracle_cases()
        yield from self._not_zero()
        yield from self._pulled()
        yield from self._wired()
        yield self._this_repository()
        yield from self._random(random)

    def _copied(self, folder: Path, name: str) -> Path:
        target = self._top / name
        shutil.copytree(folder, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", ".git", ".venv"))
        return target

    def _written(self, name: str, files: Mapping[str, str]) -> Path:
        target = self._top / name
        target.mkdir(parents=True)
        write(target, files)
        return target

    def _pair(self, name: str, base: Mapping[str, str], head: Mapping[str, str]) -> Input:
        """A git repository whose branch replaces the files of its base by those of its head."""
        repository = create(self._top / name, base)
        repository.git("checkout", "--quiet", "-b", "change")
        for path in base.keys() - head.keys():
            (repository.top / path).unlink()
        repository.commit(head)
        return Input(name, repository.top, (AGAINST_BASE,))

    def _repositories(self) -> Iterator[Input]:
        """Examples and goldens: folders of manifests that are no test of a pack. Each again with a baseline that is written."""
        for root in manifest_folders(self._source / "examples", self._source / "tests"):
            name = root.relative_to(self._source).as_posix()
            folder = self._copied(root, name)
            yield Input(name, folder, (*WHOLE, *why_calls(folder, 4)))
            waived = self._copied(root, f"with-baseline/{name}")
            write(waived, {"comparison.shipcheck.yaml": TEAMS})
            yield Input(f"with-baseline/{name}", waived, WRITING, writes=True)

    def _example_pairs(self) -> Iterator[Input]:
        for before in sorted((self._source / "examples").rglob("before")):
            name = f"pairs/{before.parent.relative_to(self._source).as_posix()}"
            one, other = texts(before), texts(before.parent / "after")
            yield self._pair(name, one, other)
            yield self._pair(f"{name}-back", other, one)

    def _packs(self) -> Iterator[Input]:
        for pack in pack_folders(self._source / "examples", self._source / "policies", self._source / "tests"):
            name = f"packs/{pack.relative_to(self._source).as_posix()}"
            folder = self._copied(pack, f"{name}/pack").parent
            commands = ("policy check", "policy test")
            yield Input(name, folder, tuple(Call(command, "json", ("./pack",)) for command in commands))

    def _pack_in_use(self) -> Iterator[Input]:
        """A repository that takes a pack into use, for every pack among the examples."""
        for pack in pack_folders(self._source / "examples"):
            name = f"in-use/{pack.name}"
            ignored = "shipcheck: 1\nmanifests: {ignore: [vendor/]}\n"
            folder = self._written(name, {MANIFEST: TEAMS, SETTINGS: ignored})
            self._copied(pack, f"{name}/vendor/pack")
            add = Call("pack add", arguments=("vendor/pack",))
            commands = (Call("pack list"), Call("pack verify"), CHECK, GRAPH, Call("settings", "json", options=DAYS))
            yield Input(name, folder, (add, *commands), writes=True)

    def _policy_tests(self) -> Iterator[Input]:
        """The manifests in the tests of the built-in packs, each judged as a repository that uses the pack."""
        for root in sorted({path.parent for path in (self._source / "policies").glob(f"*/tests/*/*/{MANIFEST}")}):
            pack, _, policy, side = root.relative_to(self._source / "policies").parts
            name = f"policy-tests/{pack}/{policy}/{side}"
            packs = {} if pack == "core" else {SETTINGS: f"shipcheck: 1\npacks: [core, {pack}]\n"}
            files = texts(root) | packs
            folder = self._written(name, files)
            yield Input(name, folder, (CHECK, *why_calls(folder, 1)))
            base = root.parent / "base"
            if base.is_dir() and side != "base":
                yield self._pair(f"pairs/{name}", texts(base) | packs, files)

    def _language_cases(self) -> Iterator[Input]:
        """The right and the wrong packs of the language's problems, by themselves and as a repository's own pack."""
        for path in sorted((self._source / "tests/unit/language").rglob("*.yaml")):
            text = path.read_text("utf-8")
            if re.match(r"pack: \S+", text):
                name = f"language/{path.parent.name}/{path.stem}"
                own = re.sub(r"\Apack: \S+", "pack: local", text)
                files = {"pack/pack.yaml": text, MANIFEST: TEAMS, ".shipcheck/local/pack.yaml": own}
                yield Input(name, self._written(name, files), (CHECK, Call("policy check", "json", ("./pack",))))

    def _oracle_cases(self) -> Iterator[Input]:
        for path in sorted((self._source / "tests/oracle/corpus").glob("*.json")):
            case, name = oracle.load(path), f"oracle/{path.stem}"
            files = files_of(case.world, [case.rule]) | {MANIFEST: case.saved["manifest"]}
            if case.base is None:
                folder = self._written(name, files)
                yield Input(name, folder, (CHECK, GRAPH, *why_calls(folder, 1)))
            else:
                yield self._pair(name, files | {MANIFEST: case.saved["base_manifest"]}, files)

    def _not_zero(self) -> Iterator[Input]:
        for number, (files, arguments, _, _) in enumerate(DECLARED.values()):
            name = f"not-zero/declared-{number:02}"
            yield Input(name, self._written(name, files), (CHECK, WAIVERS, GRAPH, *as_calls("check", arguments)))
        for number, (files, arguments, _, _) in enumerate(COMMANDS.values()):
            name = f"not-zero/command-{number:02}"
            yield Input(name, self._written(name, files), tuple(as_calls("", arguments)))
        for number, case in enumerate(FOLDERS):
            name = f"not-zero/folder-{number:02}"
            folder = self._written(f"{name}/top", {MANIFEST: DECLARED_CLEAN})
            case.spoil(folder)
            yield Input(name, folder, spoiled_calls(case))

    def _pulled(self) -> Iterator[Input]:
        for kind, cases, files in (("repository", REPOSITORIES, {MANIFEST: DECLARED_CLEAN}), ("pull", PULLED, BASE)):
            for number, case in enumerate(cases):
                name = f"not-zero/{kind}-{number:02}"
                if not self._wanted(name):
                    continue
                (self._top / name).mkdir(parents=True)
                repository = create(self._top / name / "top", files)
                if kind == "pull":
                    repository.git("checkout", "--quiet", "-b", "change")
                case.spoil(repository)
                yield Input(name, repository.top, spoiled_calls(case))

    def _wired(self) -> Iterator[Input]:
        """Repositories in order for each CI service, and every single change of them that the tests know."""
        for service, (path, text) in PLACES.items():
            changes = [("", ""), *((old, new) for old, new, _, _ in WIRING_CHANGES.get(service, ()))]
            for number, (old, new) in enumerate(changes):
                name = f"wired/{service}-{number:02}"
                files = well_wired(service) | {path: text.replace(old, new) if old else text}
                yield Input(name, self._written(name, files), (DOCTOR,))

    def _this_repository(self) -> Input:
        """The checkout itself, as far as git tracks it."""
        command = ["git", "ls-files", "-z"]
        listed = subprocess.run(command, cwd=self._source, capture_output=True, check=True, text=True).stdout  # noqa: S603
        top = self._top / "this-repository"
        for path in filter(None, listed.split("\0")):
            if (self._source / path).is_file():
                (top / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self._source / path, top / path)
        calls = (CHECK, GRAPH, DOCTOR, WAIVERS, Call("settings", "json", options=DAYS))
        return Input("this-repository", top, calls)

    def _random(self, count: int) -> Iterator[Input]:
        kinds = {"core": self._by_core, "rules": self._by_rules, "core-pair": self._core_pair, "rules-pair": self._rules_pair}
        for seed, (kind, make) in zip(range(count), cycle(kinds.items()), strict=False):
            name = f"random/{kind}-{seed:04}"
            if self._wanted(name):
                yield make(name, seed)

    def _by_core(self, name: str, seed: int) -> Input:
        folder = self._written(name, {MANIFEST: manifest(random_world(Random(seed)))})  # noqa: S311 - inputs, not secrets
        return Input(name, folder, (CHECK, GRAPH, *why_calls(folder, 1)))

    def _by_rules(self, name: str, seed: int) -> Input:
        folder = self._written(name, files_of(world_of(seed, 1 + seed % 3), RULES[seed % 3 :: 3]))
        return Input(name, folder, (CHECK, GRAPH, *why_calls(folder, 1)))

    def _core_pair(self, name: str, seed: int) -> Input:
        random = Random(seed)  # noqa: S311
        base = random_world(random)
        return self._pair(name, *({MANIFEST: manifest(data)} for data in (base, changed(random, base))))

    def _rules_pair(self, name: str, seed: int) -> Input:
        rules = (*CHANGES, *RULES[seed % 5 :: 5])
        return self._pair(name, *(both_packs(world, rules) for world in revisions(Random(seed))))  # noqa: S311


DECLARED_CLEAN = DECLARED["a policy that does not exist"][0][MANIFEST]


def both_packs(world: World, rules: Iterable[Rule]) -> dict[str, str]:
    """The files of a repository that is judged by core and by these rules."""
    return files_of(world, rules) | {SETTINGS: "shipcheck: 1\npacks: [core, local]\n"}


def changed(random: Random, data: Data) -> Data:
    """The same components, with a fifth of their fields and links dropped."""
    components = deepcopy({reference: dict(values) for reference, values in data.components.items()})
    for values in components.values():
        for name in [name for name in values if random.random() < 0.2]:
            del values[name]
    return Data(components)


def manifest_folders(*tops: Path) -> list[Path]:
    """The topmost folders that hold manifests and are neither a pack nor a test of one."""
    folders = {path.parent for top in tops for path in top.rglob(f"*{MANIFEST}")}
    packs = pack_folders(*tops)
    return sorted(
        folder for folder in folders if not folders & set(folder.parents) and not any(pack in folder.parents for pack in packs)
    )


def pack_folders(*tops: Path) -> list[Path]:
    """The folders of packs, but for the own packs of repositories."""
    return sorted(path.parent for top in tops for path in top.rglob("pack.yaml") if ".shipcheck" not in path.parts)


def texts(folder: Path) -> dict[str, str]:
    """The files below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def spoiled_calls(case: Spoiled) -> tuple[Call, ...]:
    """The check that the case asks for, and a check as JSON."""
    if case.arguments:
        return tuple(as_calls("check", case.arguments, case.environment))
    return (Call("check", "json", environment=case.environment), Call("check", environment=case.environment))


def as_calls(command: str, arguments: tuple[str, ...], environment: Mapping[str, str] | None = None) -> Iterator[Call]:
    """A command with these arguments; one that names the repository's folder does so as the checkout spells it."""
    environment = environment or {}
    if not command:
        yield Call("", arguments=arguments, environment=environment)
        return
    root = [argument for argument in arguments if argument != "--root"]
    if len(root) == 1 and not root[0].startswith("-"):
        yield Call(command, options=(("--root", root[0]),), environment=environment)
    elif arguments:
        yield Call(command, arguments=arguments, environment=environment)
        yield Call(command, arguments=(*arguments, "--format=json"), environment=environment)


def why_calls(folder: Path, most: int) -> Iterator[Call]:
    """`why`, for some pairs of an agent and an action that the manifests below a folder declare."""
    agents, actions = (sorted(names_in(folder, section)) for section in ("agents", "actions"))
    pairs = [(agent, action) for agent, action in product(agents, reversed(actions))]
    step = max(1, len(pairs) // most)
    for agent, action in islice(pairs[::step], most):
        yield Call("why", "json", (f"agent:{agent}", f"action:{action}"), DAYS)


def names_in(folder: Path, section: str) -> Iterator[str]:
    """The names in one section of every manifest that can be read."""
    for path in sorted(folder.rglob(f"*{MANIFEST}")):
        try:
            data = yaml.safe_load(path.read_text("utf-8"))
        except (OSError, ValueError, yaml.YAMLError):
            continue
        entries = data.get(section) if isinstance(data, dict) else None
        yield from (str(name) for name in (entries if isinstance(entries, dict) else ()))


def read_data(path: Path) -> object:
    """What a file that a command has written holds: the data of YAML, else its bytes."""
    content = path.read_bytes()
    try:
        return yaml.safe_load(content) if path.suffix == ".yaml" else content.hex()
    except (ValueError, yaml.YAMLError):
        return content.hex()
