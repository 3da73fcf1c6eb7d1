"""Who owns a file by CODEOWNERS: the rules of both hosts, as their documentation gives them.

GitHub: docs.github.com, "About code owners". GitLab: docs.gitlab.com, "Code Owners", "Syntax of CODEOWNERS file" and "Advanced
CODEOWNERS configuration". Owners are shown as the rules give them, before it is asked which team they stand for.
"""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.trees import Files
from tests.support.worlds import graph_of

from shipcheck.facts.code_owners import CodeOwners
from shipcheck.facts.owner_patterns import Effort, TooMuchToMatchError, matches, pattern_of
from shipcheck.facts.owner_rules import Section, UnclearLineError, github_rules, gitlab_rules, owners_of

# The example of GitHub's page, with its own explanations left out.
GITHUB = """
# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
/apps/github/kept @doctocat
"""


def owned(sections: tuple[Section, ...], path: str) -> str | int:
    """The owners, or the number of the line that leaves them unclear."""
    try:
        return " ".join(owners_of(sections, path, Effort(10_000)))
    except UnclearLineError as error:
        return error.line


def github(text: str, path: str) -> str | int:
    return owned(github_rules(text), path)


def gitlab(text: str, path: str) -> str | int:
    return owned(gitlab_rules(text), path)


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("README.md", "@global-owner1 @global-owner2"),
        ("deep/down/file", "@global-owner1 @global-owner2"),
        ("app.js", "@js-owner"),
        ("src/app.js", "@js-owner"),
        ("src/app.JS", "@global-owner1 @global-owner2"),
        ("main.go", "docs@example.com"),
        ("notes.txt", "@octo-org/octocats"),
        ("build/logs/today", "@octocat"),
        ("x/build/errors", "@global-owner1 @global-owner2"),
        ("docs/getting-started.md", "@doctocat"),
        ("x/docs/getting-started.md", "@global-owner1 @global-owner2"),
        ("x/apps/any.md", "@octocat"),
        ("scripts/run", "@doctocat @octocat"),
        ("deeply/nested/logs/file", "@octocat"),
        ("apps/main.js", "@octocat"),
        ("apps/github", ""),
        ("apps/github/x/main.js", ""),
        ("apps/github/kept/x", "@doctocat"),
    ],
)
def test_the_example_of_github_reads_as_it_says(path: str, owners: str) -> None:
    assert github(GITHUB, path) == owners


@pytest.mark.parametrize(
    ("pattern", "takes_in", "leaves_out"),
    [
        ("*", ["a", "a/b/c", ".env"], []),
        ("/*", ["a"], ["a/b"]),
        ("docs/*", ["docs/a"], ["docs/a/b", "x/docs/a"]),
        ("/docs/*.md", ["docs/a.md", "docs/.md"], ["docs/a.mdx", "docs/a/b.md"]),
        ("docs", ["docs", "docs/a", "x/docs/a"], ["docsa", "adocs/a"]),
        ("docs/", ["docs/a", "x/docs/a/b"], ["docs"]),
        ("/docs", ["docs", "docs/a/b"], ["x/docs"]),
        ("/docs/", ["docs/a"], ["docs", "x/docs/a"]),
        ("src/pay", ["src/pay", "src/pay/a"], ["x/src/pay"]),
        ("**/pay", ["pay", "a/pay", "a/b/pay/c"], ["apay"]),
        ("src/**", ["src/a", "src/a/b"], ["src", "x/src/a"]),
        ("src/**/pay", ["src/pay", "src/a/b/pay"], ["pay", "src/apay"]),
        ("src/**/pay/*.py", ["src/pay/a.py", "src/x/pay/a.py"], ["src/pay/x/a.py"]),
        ("a**b", ["ab", "axxb", "x/axb"], ["a/b"]),
        ("?.py", ["a.py", "x/a.py"], [".py", "ab.py"]),
        ("a?c/*", ["abc/d"], ["a/c/d", "abbc/d"]),
        ("*a*b*c", ["abc", "xaxbxc", "aabbcc"], ["acb", "abcd", "ab"]),
        ("with\\ space", ["with space", "with space/a"], ["with"]),
        ("a\\*b", ["a*b"], ["axb"]),
        ("/", [], ["a", "a/b"]),
        ("//", [], ["a"]),
        ("/SRC/", ["SRC/a"], ["src/a"]),
    ],
)
def test_patterns_of_github(pattern: str, takes_in: list[str], leaves_out: list[str]) -> None:
    assert [path for path in takes_in if github(f"{pattern} @a", path) != "@a"] == []
    assert [path for path in leaves_out if github(f"{pattern} @a", path) != ""] == []


@pytest.mark.parametrize(
    ("line", "unclear", "clear"),
    [
        ("!src/ @a", ["src/x", "a/src/x"], ["x"]),
        ("!/src/ @a", ["src/x"], ["x", "a/src/x"]),
        ("src/[ab] @a", ["src/a", "src/[ab]", "src/a/b"], ["x", "a/src/b"]),
        ("/apps/[slug]/ @a", ["apps/[slug]/x", "apps/s/x", "apps/x"], ["x", "app", "a/apps/x"]),
        ("apps/*/[slug].ts @a", ["apps/a/s.ts"], ["apps/a", "x"]),
        ("[Section]", ["x", "a/b"], []),
        ("^[Section]", ["x", "a/b"], []),
        ("\\#file @a", ["x", "#file"], []),
        ("src/ a", ["src/x"], ["x"]),
        ("src/ @", ["src/x"], ["x"]),
        ("src/ @a/b/c", ["src/x"], ["x"]),
        ("src/ @@maintainer", ["src/x"], ["x"]),
        ("src/ @a, @b", ["src/x"], ["x"]),
        ("with space @a", ["with", "with/x"], ["x"]),
        # In git this takes in folders only, so files directly in src are in doubt.
        ("/src/**/ @a", ["src/x"], ["x"]),
        ("src/**/ @a", ["src/x"], ["x", "a/src/x"]),
        ("**/ @a", ["x"], []),
    ],
)
def test_a_line_that_github_does_not_document_is_unclear_itself(line: str, unclear: list[str], clear: list[str]) -> None:
    text = f"# about\n* @b\n{line}\n"
    assert {path: github(text, path) for path in unclear} == dict.fromkeys(unclear, 3)
    assert {path: github(text, path) for path in clear} == dict.fromkeys(clear, "@b")
    later = f"{text}* @c\n"
    assert {path: github(later, path) for path in unclear} == dict.fromkeys(unclear, "@c")


def test_folders_below_a_folder_are_owned_without_doubt() -> None:
    assert github("/src/**/ @a\n", "src/a/b") == "@a"
    assert github("x**/ @a\n", "xy/b") == "@a"


ADMIN = "* @admin\n[README Owners]\nREADME.md @user1 @user2\ninternal/README.md @user4\n[README other]\nREADME.md @user3"
DEFAULTS = """
[Documentation] @docs-team
docs/
README.md
[Database] @database-team @agarcia
model/db/
config/db/setup.md @docs-team
"""
OPTIONAL = "[Documentation][2] @docs-team\ndocs/\n^[Database] @database-team\nmodel/db/"
COMBINED = "[Documentation]\nee/docs/ @docs\n[Database]\nREADME.md @database\n[DOCUMENTATION]\nREADME.md @docs"
EXCLUDED = "* @username\n!pom.xml\n[Ruby]\n*.rb @ruby-team\n!/config/**/*.rb"
NESTED = "README @group @group/with-nested/subgroup janedoe@gitlab.com @@maintainer"


@pytest.mark.parametrize(
    ("text", "path", "owners"),
    [
        # "Sections": each has owners of its own, and the last entry of each counts.
        (ADMIN, "README.md", "@admin @user1 @user2 @user3"),
        (ADMIN, "internal/README.md", "@admin @user4 @user3"),
        # "Set default Code Owner for a section".
        (DEFAULTS, "docs/a/b", "@docs-team"),
        (DEFAULTS, "model/db/x", "@database-team @agarcia"),
        (DEFAULTS, "config/db/setup.md", "@docs-team"),
        # "Default Code Owners and optional sections": nobody needs to ask an optional section.
        (OPTIONAL, "docs/x", "@docs-team"),
        (OPTIONAL, "model/db/x", ""),
        # "If a section is duplicated, and one of them is optional and the other is not, the section is required."
        ("^[Go] @a\n*.go\n[GO] @b\n*.mod", "x.go", "@a"),
        ("^[Go] @a\n*.go\n^[go] @b\n*.mod", "x.go", ""),
        # "Sections with duplicate names" are combined, letters count alike.
        (COMBINED, "README.md", "@docs @database"),
        # "Exclusion patterns": what is left out stays out, in its section.
        (EXCLUDED, "pom.xml", ""),
        (EXCLUDED, "config/a/b.rb", "@username"),
        (EXCLUDED, "app/b.rb", "@username @ruby-team"),
        ("* @default\n!*.rb\n/special/*.rb @ruby", "special/a.rb", ""),
        # "Define Code Owners for specific files or directories": the last entry that matches.
        ("*.md @doc-team\nterms.md @legal-team", "terms.md", "@legal-team"),
        # "Zero owners".
        ("* @a\nx", "x", ""),
        # "Inline comments are unsupported. Any Code Owners listed in a comment are parsed."
        ("/docs/**/*.md @markdown-docs  # Match with @other too", "docs/a.md", "@markdown-docs @other"),
        # "Entries with spaces".
        ("path\\ with\\ spaces/*.md @owner", "path with spaces/a.md", "@owner"),
        ("\\#file.rb @owner", "#file.rb", "@owner"),
        (NESTED, "x/README", NESTED.removeprefix("README ")),
    ],
)
def test_the_rules_of_gitlab(text: str, path: str, owners: str) -> None:
    assert sorted(str(gitlab(text, path)).split()) == sorted(owners.split())


@pytest.mark.parametrize(
    ("pattern", "takes_in", "leaves_out"),
    [
        ("/README.md", ["README.md"], ["docs/README.md"]),
        ("README.md", ["README.md", "app/lib/README.md"], ["README.md/x"]),
        ("internal/README.md", ["internal/README.md", "docs/api/internal/README.md"], ["README.md"]),
        ("/docs/", ["docs/a", "docs/a/b"], ["docs", "x/docs/a"]),
        ("docs/", ["docs/a", "x/docs/a/b"], ["docs"]),
        ("/docs", ["docs"], ["docs/a"]),
        ("docs", ["docs", "x/docs"], ["docs/a"]),
        ("/docs/*.md", ["docs/a.md"], ["docs/a/b.md"]),
        ("/docs/*spec*", ["docs/qa_specs.rb", "docs/runtime.spec"], ["docs/x/spec"]),
        ("/docs/*/README.md", ["docs/api/README.md"], ["docs/README.md", "docs/a/b/README.md"]),
        ("/docs/**/index.md", ["docs/index.md", "docs/api/graphql/index.md"], ["index.md"]),
        ("**/*.rb", ["a.rb", "config/database.rb"], ["a.py"]),
        ("*", ["a", "a/b", ".env"], []),
        ("/docs/**", ["docs/a"], ["docs/a/b"]),
        ("/", ["a", "a/b"], []),
        ("?.rb", ["a.rb", "x/a.rb"], ["ab.rb"]),
    ],
)
def test_patterns_of_gitlab(pattern: str, takes_in: list[str], leaves_out: list[str]) -> None:
    assert [path for path in takes_in if gitlab(f"{pattern} @a", path) != "@a"] == []
    assert [path for path in leaves_out if gitlab(f"{pattern} @a", path) != ""] == []


@pytest.mark.parametrize(
    ("text", "line", "unclear", "clear"),
    [
        ("[Section name\ndocs/ @docs", 2, ["x", "docs/x"], []),
        ("[Docs] docs-team\ndocs/", 2, ["x", "docs/x"], []),
        ("[]\ndocs/ @a", 2, ["x", "docs/x"], []),
        ("^docs @a", 2, ["x"], []),
        ("docs/[ab] @a", 2, ["docs/a"], ["x"]),
        ("docs/[ab] @a\n* @c", 2, ["docs/a"], []),
        ("!docs/[ab]", 2, ["docs/a"], ["x"]),
        ("/path/* @group user_without_at @b", 2, ["path/x"], ["x"]),
        ("docs/ @a\nx @b\ndocs/ @c", 4, ["docs/x"], ["x"]),
        ("src/ @a//b", 2, ["src/x"], ["x"]),
    ],
)
def test_what_gitlab_would_mend_is_unclear_itself(text: str, line: int, unclear: list[str], clear: list[str]) -> None:
    assert {path: gitlab(f"* @b\n{text}\n", path) for path in unclear} == dict.fromkeys(unclear, line)
    assert {path: gitlab(f"* @b\n{text}\n", path) for path in clear} == dict.fromkeys(clear, "@b")


NAMES = st.text("ab*?", min_size=1, max_size=6)


@given(NAMES, st.text("ab", max_size=8))
def test_one_name_matches_as_the_standard_library_matches_it(pattern: str, name: str) -> None:
    assert matches(pattern_of([pattern]), (name,), Effort(100_000)) is fnmatchcase(name, pattern)


def takes_in(pattern: tuple[str | None, ...], path: tuple[str, ...]) -> bool:
    """The definition of a pattern, tried out in every way."""
    if not pattern:
        return not path
    if pattern[0] is None:
        return any(takes_in(pattern[1:], path[skipped:]) for skipped in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and takes_in(pattern[1:], path[1:])


@given(
    st.lists(st.sampled_from([None, "a", "b", "*", "a*"]), max_size=6).map(tuple),
    st.lists(st.sampled_from(["a", "b", "ab"]), max_size=6).map(tuple),
)
def test_whole_patterns_match_by_their_definition(pattern: tuple[str | None, ...], path: tuple[str, ...]) -> None:
    assert matches(pattern_of(pattern), path, Effort(100_000)) is takes_in(pattern, path)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_any_file_gives_an_answer(text: str, path: str) -> None:
    for rules in (github_rules(text), gitlab_rules(text)):
        assert isinstance(owned(rules, path), str | int)


@pytest.mark.parametrize("pattern", ["*a" * 90 + "*c*", "*" + "?a" * 50 + "c*", "**/a*/" * 8 + "c/**", "*?" * 90 + "c*"])
def test_effort_is_bounded(pattern: str) -> None:
    rules = github_rules(f"{pattern} @a\n" * 200)
    with pytest.raises(TooMuchToMatchError):
        owners_of(rules, "/".join(["a" * 200] * 15), Effort(100_000))


# --- From owners to a team ---

TEAMS = """
shipcheck: 1
teams:
  payables: {contact: payables@bank.example, members: [alice, "@bob", carol@bank.example]}
  cards: {contact: "@bank/plastic", members: [alice, dave]}
"""
SHARED = {"a.shipcheck.yaml": TEAMS, "b.shipcheck.yaml": "shipcheck: 1\nnamespace: platform\nteams: {payables: {}}\n"}


def owner(files: dict[str, str], manifests: str | dict[str, str] = TEAMS, path: str = "src/a.py") -> str | None:
    graph = graph_of(manifests)
    node = CodeOwners(Files(files), graph).team(path)
    return None if node is None else graph.reference(node).short


@pytest.mark.parametrize(
    ("owners", "team"),
    [
        ("@bank/payables", "payables"),
        ("@Bank/Payables", "payables"),
        ("payables@bank.example", "payables"),
        ("@bank/plastic", "cards"),
        ("@bank/cards", "cards"),
        ("@bob", "payables"),
        ("@bank/payables @bob carol@bank.example", "payables"),
        ("@bank/payables @alice", "payables"),
        ("@alice", None),
        ("@payables", None),
        ("@bank/payables @dave", None),
        ("@bank/payables @stranger", None),
        ("@bank/payables @bank/cards", None),
        ("@bank/strangers", None),
        ("bank/payables@x", None),
        ("", None),
    ],
)
def test_a_file_is_owned_by_the_one_team_that_all_owners_stand_for(owners: str, team: str | None) -> None:
    assert owner({".github/CODEOWNERS": f"* {owners}\n"}) == team


def test_a_group_at_the_top_of_gitlab_is_a_team() -> None:
    assert owner({".gitlab/CODEOWNERS": "* @payables\n"}) == "payables"
    assert owner({".gitlab/CODEOWNERS": "* @bank/disputes/payables\n"}) == "payables"


def test_a_name_that_two_namespaces_have_is_no_team_s() -> None:
    assert owner({".github/CODEOWNERS": "* @bank/payables\n"}, SHARED) is None
    assert owner({".github/CODEOWNERS": "* @bank/payables @bob\n"}, SHARED) == "payables"


BOTH_WAYS = "/src/ @bank/payables\n"
ONLY_GITHUB = "/src @bank/payables\n"
SECTIONS = "[Code]\n/src/ @bank/payables\n"


@pytest.mark.parametrize(
    ("files", "team"),
    [
        ({}, None),
        ({"CODEOWNERS": BOTH_WAYS}, "payables"),
        ({"docs/CODEOWNERS": BOTH_WAYS}, "payables"),
        ({"src/CODEOWNERS": BOTH_WAYS}, None),
        ({".github/codeowners": BOTH_WAYS}, None),
        # The first place of each host.
        ({".github/CODEOWNERS": BOTH_WAYS, "CODEOWNERS": "* @bank/cards"}, "payables"),
        ({".gitlab/CODEOWNERS": "* @bank/cards", "CODEOWNERS": BOTH_WAYS}, "payables"),
        ({".gitlab-ci.yml": "", "CODEOWNERS": BOTH_WAYS, "docs/CODEOWNERS": "* @bank/cards"}, "payables"),
        # The dialect: by the host's own files, else by section headings.
        ({"CODEOWNERS": ONLY_GITHUB}, "payables"),
        ({"CODEOWNERS": SECTIONS}, "payables"),
        ({"CODEOWNERS": ONLY_GITHUB, ".gitlab-ci.yml": ""}, None),
        ({"CODEOWNERS": SECTIONS, ".github/workflows/ci.yml": ""}, "payables"),
        ({"CODEOWNERS": f"{BOTH_WAYS}[Code]\n", ".github/workflows/ci.yml": ""}, None),
        # With both hosts both must say the same.
        ({"CODEOWNERS": BOTH_WAYS, ".gitlab-ci.yml": "", ".github/workflows/ci.yml": ""}, "payables"),
        ({"CODEOWNERS": ONLY_GITHUB, ".gitlab-ci.yml": "", ".github/workflows/ci.yml": ""}, None),
        ({".github/CODEOWNERS": BOTH_WAYS, ".gitlab/CODEOWNERS": "* @bank/cards"}, None),
    ],
    ids=range(16),
)  # fmt: skip
def test_which_file_is_read_and_how(files: dict[str, str], team: str | None) -> None:
    assert owner(files) == team


def test_a_file_that_cannot_be_read_is_not_passed_over_for_the_next() -> None:
    graph = graph_of(TEAMS)
    for tree in (
        Files({"CODEOWNERS": BOTH_WAYS}, links=(".github/CODEOWNERS",)),
        Files({"CODEOWNERS": BOTH_WAYS}, absent=(".github/CODEOWNERS",)),
        Files({"CODEOWNERS": BOTH_WAYS, ".github/CODEOWNERS": b"\xff"}),
    ):
        assert CodeOwners(tree, graph).team("src/a.py") is None


def test_too_many_rules_for_too_many_files_make_the_rest_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shipcheck.facts.code_owners.MOST_COMPARED", 50_000)
    tree = Files({"CODEOWNERS": "* @bank/payables\n" + "/never/*a*b* @bank/cards\n" * 500})
    owners = CodeOwners(tree, graph_of(TEAMS))
    found = [owners.team(f"never/{number}") for number in range(100)]
    assert found[0] is not None
    assert found[-1] is None
