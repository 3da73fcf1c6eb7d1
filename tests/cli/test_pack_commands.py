"""Packs between a platform team and its repositories: what is left to whom, what the base says, and the commands for packs."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.support.packed import COMPONENTS, FILES, HEAD, MANIFEST, NAME, SETTINGS, changed, commit_pack, locked
from tests.support.repository import DAY, Repository, create
from tests.support.running import run
from tests.support.running import write as write_files

from shipcheck.app.pack_lint import pack_lint
from shipcheck.errors import CannotJudgeError
from shipcheck.model.lock import LOCK, Lock
from shipcheck.packs import store
from shipcheck.packs.store import lock_text

pytestmark = pytest.mark.needs("git")

LATER = HEAD.replace("1.2.0", "1.3.0")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/platform-pack/agents-base"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the pack committed on main, and another branch to change it on."""
    made = create(tmp_path_factory.mktemp("packs") / "r", {"shipcheck.yaml": MANIFEST, ".shipcheck/settings.yaml": SETTINGS})
    commit_pack(made.top)
    made.commit()
    made.git("checkout", "--quiet", "-b", "next")
    return made.top


@pytest.fixture
def repository(pristine: Path, tmp_path: Path) -> Repository:
    """A copy of it."""
    return Repository(shutil.copytree(pristine, tmp_path / "r"))


def places(report: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((finding["policy"], finding["subject"]) for finding in report["findings"])


def codes(report: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in report["problems"]]


def test_what_fails_in_the_pack_alone_is_left_to_its_makers(repository: Repository) -> None:
    report = repository.judged()
    assert not [subject for _, subject in places(report) if "platform/" in subject]
    assert report["counts"]["left_to_packs"] == 3
    assert report["counts"]["components"] == 3


LIVE = """use_cases:
  launch: {{stage: {stage}, owner: payables, uses: [desk]}}
"""


@pytest.mark.parametrize(("stage", "here"), [("production", True), ("pilot", True), ("candidate", False), ("retired", True)])
def test_what_a_live_use_case_reaches_in_a_pack_is_judged_here(repository: Repository, stage: str, here: bool) -> None:  # noqa: FBT001 - a case
    repository.write({"live.shipcheck.yaml": f"shipcheck: 1\n{LIVE.format(stage=stage)}"})
    report = repository.judged()
    found = {subject for _, subject in places(report) if "platform/" in subject}
    left = {finding["subject"] for finding in report["pack_findings"]}
    assert (found != set(), left == set()) == (here, here)
    assert report["counts"]["left_to_packs"] == len(report["pack_findings"])


def test_the_files_of_a_pack_of_this_repository_are_no_manifests_of_it(tmp_path: Path) -> None:
    """Once the lock names the folder that the pack comes from; until then they only look like manifests."""
    files = {f"own/{path}": content.decode() for path, content in FILES.items()}
    made = create(tmp_path / "r", {"shipcheck.yaml": MANIFEST, ".shipcheck/settings.yaml": SETTINGS, **files})
    pack = replace(locked(FILES), source="path:own")
    store.place(made.top, Lock("0.1.0"), pack, FILES)
    made.commit()
    assert codes(made.judged()) == []
    made.commit({"own/shared.yaml": COMPONENTS})
    assert codes(made.judged(base="HEAD~1")) == ["unread-file"]


def test_what_another_policy_says_of_a_pack_is_said_here(repository: Repository) -> None:
    own = """pack: local
version: 1.0.0
policies:
  - id: two-approvals
    title: A gate asks two people
    why: Two see more than one.
    each: gate
    must: approvals >= 2
    message: "{subject} asks one person only"
"""
    repository.write({".shipcheck/local/pack.yaml": own})
    assert ("local/two-approvals", "gate:platform/four-eyes") in places(repository.judged())


def test_a_gate_of_a_pack_that_does_not_fit_is_a_finding_of_who_leans_on_it(repository: Repository) -> None:
    commit_pack(repository.top, changed(FILES, components=COMPONENTS.replace("decided_by: human", "decided_by: rule")))
    report = repository.judged()
    assert report["verdict"] == "fail"
    assert ("core/ungated-sensitive-action", "agent:desk") in places(report)


def test_a_gate_that_a_pack_weakens_is_a_change_here(repository: Repository) -> None:
    files = changed(FILES, head=LATER, components=COMPONENTS.replace("on_timeout: deny", "on_timeout: allow"))
    commit_pack(repository.top, files, "1.3.0")
    repository.commit()
    report = repository.judged(base="main")
    assert ("core/change-gate-weakened", "gate:platform/four-eyes") in places(report)
    assert {"agents-base 1.2.0", "agents-base 1.3.0"} & {item["version"] for item in report["packs"]} == set()


def test_the_base_judges_by_its_own_version_of_a_pack(repository: Repository) -> None:
    repository.write({"shipcheck.yaml": MANIFEST.replace("    title: Answers letters\n", "")})
    files = changed(FILES, head=LATER.replace("must: title is set", "must: entry"))
    commit_pack(repository.top, files, "1.3.0")
    repository.commit()
    report = repository.judged(base="main")
    assert (f"{NAME}/titled", "agent:desk") in places(report)
    assert ("core/change-policy", f"policy[{NAME}/titled]") in places(report)


@pytest.mark.parametrize(("version", "head"), [("1.1.0", HEAD.replace("1.2.0", "1.1.0")), ("1.2.0", HEAD + "# remade\n")])
def test_the_lock_never_goes_back(repository: Repository, version: str, head: str) -> None:
    repository.write({".shipcheck/settings.yaml": SETTINGS.replace(">=1.2", ">=1.1")})
    commit_pack(repository.top, changed(FILES, head=head), version)
    repository.commit()
    report = repository.judged(base="main")
    assert report["verdict"] == "incomplete"
    assert codes(report) == ["pack-rollback" if version == "1.1.0" else "pack-remade"]
    assert LOCK in report["problems"][0]["message"]


def test_a_branch_behind_a_base_that_has_moved_on_goes_back_nowhere(repository: Repository) -> None:
    repository.write({"docs.md": "x"})
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    commit_pack(repository.top, changed(FILES, head=LATER), "1.3.0")
    repository.commit()
    repository.git("checkout", "--quiet", "next")
    assert repository.judged(base="main")["verdict"] == "pass"


def test_a_pack_that_is_tampered_with_in_the_base_stops_the_check(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.write({f".shipcheck/packs/{NAME}@1.2.0/pack.yaml": HEAD.replace("warning", "note")})
    repository.commit()
    repository.git("checkout", "--quiet", "next")
    assert codes(repository.judged(base="main")) == ["pack-drift"]


def test_softening_in_the_pull_request_that_it_would_help_helps_nobody(repository: Repository) -> None:
    local = f"""pack: local
version: 1.0.0
extends: [{{pack: {NAME}}}]
soften: [{{policy: {NAME}/titled, drop: true, reason: Later., approver: platform, until: 2099-01-01}}]
"""
    repository.write(
        {"shipcheck.yaml": MANIFEST.replace("    title: Answers letters\n", ""), ".shipcheck/local/pack.yaml": local}
    )
    repository.commit()
    assert (f"{NAME}/titled", "agent:desk") not in places(repository.judged("HEAD"))
    report = repository.judged(base="main")
    assert (f"{NAME}/titled", "agent:desk") in places(report)
    assert ("core/change-policy", f"policy[{NAME}/titled]") in places(report)
    assert [item["what"] for item in report["softened"]] == [f"{NAME}/titled"]


def test_severities_softened_against_the_base_are_told(repository: Repository) -> None:
    local = f"""pack: local
version: 1.0.0
extends: [{{pack: {NAME}}}]
soften: [{{policy: {NAME}/titled, severity: note, reason: Later., approver: platform, until: 2099-01-01}}]
"""
    repository.commit({".shipcheck/local/pack.yaml": local})
    report = repository.judged(base="main")
    assert ("core/change-settings", f"settings[severities.{NAME}/titled]") in places(report)


@pytest.mark.parametrize("number", range(1, 12))
def test_a_pack_is_placed_whole_or_the_check_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The n-th call that writes fails; what is there then is either clean, by the old lock or the new, or named by the check."""
    made = Repository(tmp_path / "r")
    made.write({"shipcheck.yaml": MANIFEST, ".shipcheck/settings.yaml": SETTINGS})
    commit_pack(made.top)
    before = (made.top / LOCK).read_bytes()
    files = changed(FILES, head=LATER)
    calls = 0

    def counting(original: Any) -> Any:
        def called(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == number:
                raise OSError(28, "No space left on device", "x")
            return original(*arguments, **named)

        return called

    for place, name in ((Path, "write_bytes"), (Path, "rename"), (Path, "mkdir"), (store, "replace_file")):
        monkeypatch.setattr(place, name, counting(getattr(place, name)))
    failed = False
    try:
        store.place(made.top, Lock("0.1.0", (locked(FILES),)), locked(files, version="1.3.0"), files)
    except CannotJudgeError:
        failed = True
    monkeypatch.undo()
    after = (made.top / LOCK).read_bytes()
    new = lock_text(Lock("0.1.0", (locked(files, version="1.3.0"),))).encode()
    assert failed == (calls >= number)
    assert after in {before, new}
    report = made.judged()
    assert report["verdict"] == "pass" or set(codes(report)) <= {"pack-unlisted"}
    assert not list((made.top / ".shipcheck").rglob("*.tmp"))


@pytest.mark.parametrize("link", [".shipcheck/packs", ".shipcheck/packs/acme", f".shipcheck/packs/{NAME}@1.2.0"])
def test_no_pack_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    place = tmp_path / "r" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(outside)
    with pytest.raises(CannotJudgeError, match="is not a folder"):
        commit_pack(tmp_path / "r")
    assert list(outside.iterdir()) == []


def test_a_pack_that_is_removed_leaves_nothing(repository: Repository) -> None:
    store.remove(repository.top, Lock("0.1.0", (locked(FILES),)), NAME)
    assert [path.name for path in (repository.top / ".shipcheck/packs").iterdir()] == [".gitattributes"]
    assert "acme" not in (repository.top / LOCK).read_text("utf-8")


def test_verify_names_what_is_not_as_it_was_added(repository: Repository) -> None:
    done = run(repository.top, "pack", "verify")
    assert (done.returncode, done.stdout.startswith(f"verified {NAME}@1.2.0: 3 files, h1:")) == (0, True)
    repository.write({f".shipcheck/packs/{NAME}@1.2.0/docs/titled.md": "x"})
    done = run(repository.top, "pack", "verify")
    assert done.returncode == 3
    assert f"{NAME}@1.2.0/docs/titled.md was changed since" in done.stdout


def test_a_pack_in_use_is_shown_and_listed(repository: Repository) -> None:
    shown = json.loads(run(repository.top, "pack", "show", NAME, "--format", "json").stdout)
    assert shown == json.loads(run(repository.top, "pack", "list", "--format", "json").stdout)[1:]
    assert shown[0]["provides"] == [
        "gate:platform/four-eyes",
        "audit_sink:platform/ledger",
        "team:platform/governance",
        "team:platform/approvers",
    ]
    done = run(repository.top, "pack", "show", "acme/agents-bse")
    assert (done.returncode, done.stderr.count("unknown pack 'acme/agents-bse'")) == (2, 1)


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Two versions of the pack as folders, `old` and `new`; the new one is as the old one."""
    for name in ("old", "new"):
        write_files(tmp_path / name, {path: content.decode() for path, content in FILES.items()})
    return tmp_path


def test_the_diff_of_a_pack_with_itself_is_empty(folders: Path, repository: Repository) -> None:
    done = run(folders, "pack", "diff", "old", "new", "--against", str(repository.top), "--format", "json")
    data = json.loads(done.stdout)
    assert (done.returncode, data["changes"]) == (0, [])
    assert [(item["appear"], item["vanish"], item["problems"]) for item in data["repositories"]] == [([], [], [])]


def test_a_diff_says_what_appears_vanishes_and_is_taken_away(folders: Path, repository: Repository) -> None:
    repository.write({"shipcheck.yaml": MANIFEST.replace("    title: Answers letters\n", "")})
    new = changed(
        FILES,
        head=LATER.replace("must: title is set", "must: description is set").replace("id: titled", "id: described"),
        components=COMPONENTS.replace("timing: before", "timing: after").replace(
            "  governance: ", "  board: {contact: b}\n  governance: "
        ),
    )
    write_files(folders / "new", {path: content.decode() for path, content in new.items()})
    data = json.loads(run(folders, "pack", "diff", "old", "new", "--against", str(repository.top), "--format", "json").stdout)
    assert data["changes"] == [
        f"policy {NAME}/described is added",
        f"policy {NAME}/titled was removed",
        "team:platform/board is provided",
        "platform/four-eyes is weaker than in 1.2.0",
    ]
    found = data["repositories"][0]
    assert [item["policy"] for item in found["vanish"]] == [f"{NAME}/titled"]
    assert {f"{NAME}/described", "core/ungated-sensitive-action"} <= {item["policy"] for item in found["appear"]}


def test_a_diff_of_a_repository_that_would_break_says_why(folders: Path, repository: Repository) -> None:
    new = COMPONENTS.replace("  ledger:", "  book:").replace("[ledger]", "[book]")
    (folders / "new/components/shared.yaml").write_text(new, "utf-8")
    done = run(folders, "pack", "diff", "old", "new", "--against", str(repository.top))
    assert done.returncode == 3
    assert "audit_sink 'platform/ledger' not found" in done.stdout


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (HEAD.replace(f"pack: {NAME}", "pack: base"), "pack 'base' has no publisher"),
        (HEAD.replace("maintainers: [platform]\n", ""), "pack.yaml has no maintainers"),
        (HEAD, "the changelog has no entry for version 1.2.0"),
        (HEAD, "titled has no tests"),
        (HEAD, "unused parameter 'least'"),
        (HEAD, "warning core/audit-record-incomplete"),
    ],
)
def test_lint_says_what_users_would_miss(folders: Path, monkeypatch: pytest.MonkeyPatch, head: str, fault: str) -> None:
    (folders / "new/pack.yaml").write_text(head, "utf-8")
    monkeypatch.chdir(folders)
    assert any(found.message.startswith(fault) for found in pack_lint("new", None, DAY).errors)


@pytest.mark.parametrize(
    ("version", "old", "new", "needs"),
    [
        ("1.3.0", "severity: warning", "severity: note", "a new major version"),
        ("1.2.1", "severity: warning", "severity: error", "titled is stricter than in 1.2.0"),
        ("1.3.0", "severity: warning", "severity: error", ""),
        ("1.2.1", "must: title is set", "must: title is set and owner is set", "a new minor version"),
        ("1.3.0", "must: title is set", "must: title is set and owner is set", ""),
        ("1.3.0", "must: title is set", "must: owner is set", "a new major version"),
        ("1.3.0", "each: agent", "each: agent where entry", "a new major version"),
        ("1.2.1", "default: 3", "default: 4", "parameter acme/agents-base.least is 4, was 3 in 1.2.0"),
        ("1.3.0", "default: 3", "default: 4", ""),
        ("1.3.0", "default: 3", "default: 2", "a new major version"),
        ("2.0.0", "default: 3", "default: 2", ""),
        (
            "1.2.1",
            "  - id: titled",
            "  - {id: other, title: A, why: B, each: agent, must: owner is set}\n  - id: titled",
            "minor",
        ),
        ("1.3.0", "  - id: titled", "  - {id: other, title: A, why: B, each: agent, must: owner is set}\n  - id: titled", ""),
        ("1.1.0", "agent at Acme", "agent there", "is lower than 1.2.0"),
        ("1.2.1", "agent at Acme", "agent there", ""),
    ],
)
def test_lint_asks_for_the_number_that_says_what_changes(
    folders: Path, monkeypatch: pytest.MonkeyPatch, version: str, old: str, new: str, needs: str
) -> None:
    (folders / "new/pack.yaml").write_text(HEAD.replace("1.2.0", version).replace(old, new), "utf-8")
    monkeypatch.chdir(folders)
    found = [fault.message for fault in pack_lint("new", "old", DAY).errors if fault.code == "pack-version"]
    assert len(found) == bool(needs)
    assert needs in "".join(found)


def lint_messages(folders: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> list[str]:
    monkeypatch.chdir(folders)
    return [fault.message for fault in pack_lint("new", None, DAY).errors if fault.code == code]


def test_lint_refuses_the_texts_that_policy_new_leaves(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(folders, "policy", "new", "agent-owned", "--pack", "new", "--as-of", "2026-11-22").returncode == 0
    assert lint_messages(folders, monkeypatch, "pack-placeholder") == [
        "agent-owned still has the title, why, fix and message of 'shipcheck policy new'; write your own"
    ]
    file = next(path for path in (folders / "new").rglob("*.yaml") if "breaks the rule" in path.read_text("utf-8"))
    text = file.read_text("utf-8")
    for left, own in (
        ("State the rule in one sentence", "Every agent has an owner"),
        ("Explain what goes wrong when the rule is broken.", "Somebody has to answer."),
        ("breaks the rule", "has no owner"),
        ("Explain what to change, and where.", "Set the owner."),
    ):
        text = text.replace(left, own)
    file.write_text(text, "utf-8")
    assert lint_messages(folders, monkeypatch, "pack-placeholder") == [
        "docs/agent-owned.md still has the texts of 'shipcheck policy new'; write your own"
    ]


CODE = "def ask(order):\n    return desk.wait_for(order)\n"


@pytest.mark.parametrize(
    ("gate", "files", "found"),
    [
        ("implemented_by: [{file: gate.py, symbol: ask}]", {"gate.py": CODE}, []),
        ("implemented_by: [{file: gate.py, symbol: ask}]", {}, ["core/gate-not-in-code"]),
        ("implemented_by: [{file: gate.py, symbol: gone}]", {"gate.py": CODE}, ["core/gate-not-in-code"]),
        (
            "implemented_by: [{file: gate.py, symbol: ask}]",
            {"gate.py": "def ask(order): return True\n"},
            ["core/gate-code-not-code"],
        ),
        ("implemented_by: [{file: docs/gate.md}]", {"docs/gate.md": "A gate.\n"}, ["core/gate-code-not-code"]),
        ("enforced_in: gateway", {}, []),
    ],
)
def test_lint_looks_for_the_code_of_gates_in_the_pack(
    folders: Path, monkeypatch: pytest.MonkeyPatch, gate: str, files: dict[str, str], found: list[str]
) -> None:
    new = COMPONENTS.replace("    timing: before\n", f"    timing: before\n    {gate}\n")
    system = "" if "enforced_in" not in gate else "systems:\n  gateway: {owner: board, external: false}\n"
    new = new.replace("teams:\n", f"{system}teams:\n  board: {{contact: b}}\n")
    write_files(folders / "new", {"components/shared.yaml": new, **files})
    told = lint_messages(folders, monkeypatch, "pack-component")
    assert [
        policy for policy in ("core/gate-not-in-code", "core/gate-code-not-code") if any(policy in text for text in told)
    ] == found
    assert not any("core/control-declared-only" in text for text in told)


def test_lint_names_files_that_no_pack_may_hold(folders: Path) -> None:
    write_files(folders / "new", {"Docs/x.md": "x", "docs/.hidden": "x"})
    (folders / "new/link.md").symlink_to("pack.yaml")
    printed = run(folders, "pack", "lint", "new").stdout
    for said in ("docs/.hidden is not a relative path", "differs from", "link.md is a symbolic link"):
        assert said in printed


def test_the_example_is_ready_to_be_released() -> None:
    assert run(EXAMPLE, "pack", "lint", ".").returncode == 0
    assert run(EXAMPLE, "pack", "test", ".").returncode == 0


@pytest.fixture(scope="module")
def example_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the example's pack."""
    made = create(
        tmp_path_factory.mktemp("example") / "shop", {"shipcheck.yaml": "shipcheck: 1\nteams: {claims: {contact: c}}\n"}
    )
    assert run(made.top, "pack", "add", str(EXAMPLE)).returncode == 0
    return made.top


@pytest.fixture
def shop(example_shop: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(example_shop, tmp_path / "shop"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("letters", "--pack", "acme/other"), "pack 'acme/other' is not committed in this repository"),
        (("letters", "--pack", "acme/agents-base"), "the template needs owner"),
        (("letters", "--pack", "acme/agents-base", "--set", "owner"), "'owner' is not KEY=NAME"),
        (("letters", "--pack", "acme/agents-base", "--set", "ownr=claims"), "has no key 'ownr'; did you mean 'owner'?"),
        (("letters", "--pack", "acme/agents-base", "--set", "owner=a b"), "'a b' is not a valid name"),
        (("letters", "--pack", "acme/agents-base", "--set", "owner=claims}"), "'claims}' is not a valid name"),
        (("../letters", "--pack", "acme/agents-base", "--set", "owner=claims"), "'../letters' is not a valid name"),
        (("a/letters", "--pack", "acme/agents-base", "--set", "owner=claims"), "has a namespace"),
        (("letters", "--pack", "acme/agents-base", "--template", "other"), "has no template 'other'; its templates: use-case"),
    ],
)
def test_a_use_case_that_cannot_be_made_says_why(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(shop, "new", "use-case", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not list(shop.glob("*letters*"))


def test_a_use_case_is_made_once(shop: Path) -> None:
    arguments = ("new", "use-case", "letters", "--pack", "acme/agents-base", "--set", "owner=claims")
    assert run(shop, *arguments).returncode == 0
    text = (shop / "letters.shipcheck.yaml").read_text("utf-8")
    done = run(shop, *arguments)
    assert (done.returncode, "already exists" in done.stderr) == (2, True)
    assert (shop / "letters.shipcheck.yaml").read_text("utf-8") == text
