"""What a pull request may do to the rules that would stop it. Each edits the head; the base has AGENTS, PACK and RULES."""

from collections.abc import Callable

from tests.cli.not_zero.spoiled import Spoiled
from tests.support.repository import Repository

AGENTS = "shipcheck: 1\nteams: {platform: {contact: p}, board: {contact: b}}\nagents: {desk: {title: Desk, owner: platform}}\n"
UNTITLED = AGENTS.replace("title: Desk, ", "")
AUDIT = "shipcheck: 1\naudit_sinks: {ledger: {owner: platform, purpose: audit, retention_days: 400, title: Ledger}}\n"
PACK = """pack: local
version: 1.0.0
params:
  longest: {type: number, default: 500, may: increase}
policies:
  - id: titled
    title: Every agent has a title
    why: A title tells what it is.
    each: agent
    must: title is set
    message: "{subject} has no title"
  - id: kept
    title: Audit sinks keep long enough
    why: A record that is gone proves nothing.
    each: audit_sink
    must: retention_days >= $longest
    severity: warning
    message: "{subject} does not keep long enough"
"""
RULES = """shipcheck: 1
packs: [local]
parameters: {local: {longest: 900}}
severities: {local/kept: error}
manifests: {also: [extra/*.yaml], ignore: [old/]}
"""
SETTINGS, LOCAL, EXTRA, OLD = ".shipcheck/settings.yaml", ".shipcheck/local/pack.yaml", "extra/more.yaml", "old/shipcheck.yaml"
MORE = "shipcheck: 1\nagents: {clerk: {title: Clerk}}\n"
IGNORED = "shipcheck: 1\nteams: {left: {contact: l}}\n"
WAIVER = """shipcheck: 1
waivers:
  - policy: local/titled
    subject: agent:desk
    up_to: error
    reason: it has none yet
    owner: team:platform
    approver: team:board
    until: 2027-03-01
"""
BASE = {"shipcheck.yaml": AGENTS, SETTINGS: RULES, LOCAL: PACK, EXTRA: MORE, OLD: IGNORED}
NOT_TITLED, NOT_KEPT = "desk has no title", "ledger does not keep long enough"


def _edit(name: str, files: dict[str, str]) -> Callable[[Repository], None]:
    def spoil(repository: Repository) -> None:
        repository.commit(files)

    spoil.__name__ = name
    return spoil


def no_governance_any_more(repository: Repository) -> None:
    repository.git("rm", "--quiet", "-r", ".shipcheck")
    repository.commit({"shipcheck.yaml": UNTITLED})


def no_local_pack_any_more(repository: Repository) -> None:
    repository.git("rm", "--quiet", LOCAL)
    repository.commit({"shipcheck.yaml": UNTITLED, SETTINGS: "shipcheck: 1\n"})


def moved_to_where_manifests_are_ignored(repository: Repository) -> None:
    repository.git("mv", "shipcheck.yaml", "old/agents.shipcheck.yaml")
    repository.commit({EXTRA: "shipcheck: 1\nteams: {platform: {contact: p}}\n"})


def moved_to_where_nobody_looks(repository: Repository) -> None:
    repository.git("mv", "shipcheck.yaml", "agents.yaml")
    repository.commit({EXTRA: "shipcheck: 1\nteams: {platform: {contact: p}}\n"})


def _named_twice(name: str, reference: str) -> Callable[[Repository], None]:
    """The pull request pushes a reference of its own that has the name of the base."""

    def spoil(repository: Repository) -> None:
        repository.git("update-ref", "refs/remotes/origin/main", "main")
        repository.commit({"shipcheck.yaml": UNTITLED})
        repository.git("update-ref", reference, "HEAD")

    spoil.__name__ = name
    return spoil


def moved_and_ignored(repository: Repository) -> None:
    """What only the head has, only the head can ignore; what was declared in it is missed all the same."""
    repository.git("mv", "shipcheck.yaml", "agents.yaml")
    settings = RULES.replace("[old/]", "[old/, agents.yaml]")
    repository.commit({EXTRA: "shipcheck: 1\nteams: {platform: {contact: p}}\n", SETTINGS: settings})


def ignored_wherever_it_is(repository: Repository) -> None:
    """A pattern that matches more than what is new waits for the base to have it."""
    repository.commit({"conf/agents.yaml": MORE, SETTINGS: RULES.replace("[old/]", '[old/, "**/*.yaml"]')})


def moved_into_notes(repository: Repository) -> None:
    repository.git("mv", "shipcheck.yaml", "agents.txt")
    repository.commit({EXTRA: "shipcheck: 1\nteams: {platform: {contact: p}}\n"})


def moved_to_another_ending(repository: Repository) -> None:
    repository.git("mv", "shipcheck.yaml", "shipcheck.yml")
    repository.commit({EXTRA: "shipcheck: 1\nteams: {platform: {contact: p}}\n"})


def nothing_to_declare_any_more(repository: Repository) -> None:
    repository.git("rm", "--quiet", EXTRA)
    absence = "shipcheck: 1\nnothing_to_declare: {owner: a, date: 2026-01-01, reason: none}\n"
    repository.commit({"shipcheck.yaml": absence, SETTINGS: RULES.replace("also: [extra/*.yaml], ", "")})


def no_manifest_any_more(repository: Repository) -> None:
    repository.git("rm", "--quiet", "shipcheck.yaml", EXTRA)
    repository.commit({SETTINGS: RULES.replace("also: [extra/*.yaml], ", "")})


def _soft(name: str, old: str, new: str) -> Spoiled:
    return Spoiled(_edit(name, {"shipcheck.yaml": UNTITLED, LOCAL: PACK.replace(old, new)}), 1, NOT_TITLED, ("--base", "main"))


def _lax(name: str, old: str, new: str, words: str = NOT_KEPT, files: dict[str, str] | None = None) -> Spoiled:
    edited = {SETTINGS: RULES.replace(old, new)} | (files or {"audit.shipcheck.yaml": AUDIT.replace("400", "600")})
    return Spoiled(_edit(name, edited), 1, words, ("--base", "main"))


PULLED = (
    Spoiled(_edit("a_finding_alone", {"shipcheck.yaml": UNTITLED}), 1, NOT_TITLED, ("--base", "main")),
    _soft("a_policy_that_asks_less", "must: title is set", "must: owner is set"),
    _soft("a_policy_about_less", "each: agent\n", "each: agent where not entry\n"),
    _soft("a_policy_by_another_name", "id: titled", "id: tilted"),
    _soft("a_policy_that_only_warns", 'has no title"\n', 'has no title"\n    severity: note\n'),
    Spoiled(no_governance_any_more, 1, NOT_TITLED, ("--base", "main")),
    Spoiled(no_local_pack_any_more, 1, NOT_TITLED, ("--base", "main")),
    _lax("a_pack_left_out", "packs: [local]", "packs: [core]", NOT_TITLED, {"shipcheck.yaml": UNTITLED}),
    _lax("a_parameter_loosened", "longest: 900", "longest: 500"),
    _lax("a_severity_no_longer_raised", "severities: {local/kept: error}\n", ""),
    _lax("a_manifest_ignored", "[old/]", "[old/, shipcheck.yaml]", NOT_TITLED, {"shipcheck.yaml": UNTITLED}),
    _lax("a_pattern_taken_away", "also: [extra/*.yaml], ", "", "clerk has no title", {EXTRA: MORE.replace("title: Clerk", "")}),
    Spoiled(moved_to_where_manifests_are_ignored, 1, "agent:desk is declared in old/agents.shipcheck.yaml", ("--base", "main")),
    Spoiled(moved_to_where_nobody_looks, 3, "agents.yaml begins as a manifest", ("--base", "main")),
    Spoiled(
        _named_twice("a_tag_by_the_name_of_the_base", "refs/tags/main"),
        3,
        "'main' is ambiguous: refs/heads/main is",
        ("--base", "main"),
    ),
    Spoiled(
        _named_twice("a_branch_by_the_name_of_the_base", "refs/heads/main"),
        3,
        "write the full name, for example refs/remotes/origin/main",
        ("--base", "main"),
    ),
    Spoiled(
        _named_twice("a_branch_by_the_name_of_the_remote_branch", "refs/heads/origin/main"),
        3,
        "'origin/main' is ambiguous: refs/heads/origin/main is",
        ("--base", "origin/main"),
    ),
    Spoiled(
        _named_twice("a_tag_by_the_full_name_of_the_base", "refs/tags/refs/remotes/origin/next"),
        3,
        "revision 'refs/remotes/origin/next' not found",
        ("--base", "refs/remotes/origin/next"),
    ),
    Spoiled(
        _named_twice("a_tag_by_the_name_of_an_older_one", "refs/tags/main"),
        3,
        "'main~0' is ambiguous",
        ("--base", "main~0"),
    ),
    Spoiled(moved_and_ignored, 1, "agent:desk is declared in agents.yaml", ("--base", "main")),
    Spoiled(ignored_wherever_it_is, 3, "conf/agents.yaml begins as a manifest", ("--base", "main")),
    Spoiled(moved_into_notes, 1, "agent:desk is declared in agents.txt", ("--base", "main")),
    Spoiled(moved_to_another_ending, 3, "rename it", ("--base", "main")),
    Spoiled(no_manifest_any_more, 3, "no manifest", ("--base", "main")),
    Spoiled(nothing_to_declare_any_more, 1, "nothing_to_declare", ("--base", "main", "--fail-on", "warning")),
    Spoiled(
        _edit("a_waiver_in_the_same_pull_request", {"shipcheck.yaml": UNTITLED, ".shipcheck/waivers.yaml": WAIVER}),
        1,
        NOT_TITLED,
        ("--base", "main"),
    ),
)
