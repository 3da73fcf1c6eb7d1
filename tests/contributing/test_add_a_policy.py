"""The recipe "Add a policy": the files that change are few and known.

The page has the commands; what a contributor writes between them is here.
"""

import pytest
from tests.support.recipes import Copy, recipe

RECIPE = recipe("Add a policy")
POLICY = "tool-server-without-url"
FAMILY = "policies/core/safety.yaml"
TESTS = f"policies/core/tests/{POLICY}"
# What `shipcheck policy new` leaves to the contributor in the policy.
WORDS = {
    '    message: "{subject} breaks the rule"\n    fix: "Explain what to change, and where."\n': (
        '    message: "{subject} has no address"\n    fix: Set url.\n    controls: [owasp-asi/asi04]\n'
    )
}
MANIFEST = """\
# shipcheck-test: tool-server-without-url, as of 2026-11-22
shipcheck: 1
defaults: {owner: branch-tools}
agents:
  branch-assistant:
    connects_to: [appointment-server]
tool_servers:
  # MARK: tool-server-without-url
  appointment-server:
    transport: http
    url: https://appointments.bank.example/mcp
    pinned: true
    tools: listed
    offers: [book-appointment]
actions:
  book-appointment: {sensitivity: low, effects: [scheduling], reversible: true}
teams:
  branch-tools: {contact: branch-tools@bank.example}
"""
CASES = """\
# A passing fixture, and the result of single edits to it.
test: tool-server-without-url
as_of: 2026-11-22
world: passes
cases:
  - name: the fixture passes
    expect: []
  - name: a server without an address is found
    edit: {unset: tool_server:appointment-server.url}
    expect: [{subject: tool_server:appointment-server, severity: warning}]
  - name: a server that does not say how it is reached needs an address
    edit: {unset: [tool_server:appointment-server.url, tool_server:appointment-server.transport]}
    expect: [{subject: tool_server:appointment-server, severity: warning}]
  - name: a server on the same machine needs none
    edit: {set: {tool_server:appointment-server.transport: stdio}, unset: tool_server:appointment-server.url}
    expect: not_applicable
"""
TEST_FILES = {
    "fails/shipcheck.yaml": MANIFEST.replace("MARK", "expect").replace("    url: https://appointments.bank.example/mcp\n", ""),
    "passes/shipcheck.yaml": MANIFEST.replace("MARK", "ok"),
    "cases.yaml": CASES,
}
BY_HAND = {FAMILY, *(f"{TESTS}/{name}" for name in TEST_FILES)}
WRITTEN = {
    "docs/reference/core.md",
    f"docs/policies/core/{POLICY}.md",
    "docs/reference/controls.md",
    "README.md",
    "tests/golden/core.txt",
    # The tool server of this system has no address either.
    "tests/golden/screens/agents-starter/screen.md",
    "tests/golden/screens/agents-starter/screen.txt",
}
# The tests that write files which could show policies of core; then those of each policy of core.
REWRITING = "(golden or readme_counts) and not whatever_changes_a_policy"
JUDGING = " ".join(f"tests/policies/test_{name}.py" for name in ("core_worlds", "wording", "controls"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the project with the policy; its own tests pass before anything else is written."""
    checkout = Copy(tmp_path_factory.mktemp("copy") / "checkout")
    new, test, generate, rewrite = RECIPE.commands()
    checkout.run(new)
    family = checkout.path / FAMILY
    for old, text in WORDS.items():
        assert old in family.read_text("utf-8")
        family.write_text(family.read_text("utf-8").replace(old, text), "utf-8")
    for name, text in TEST_FILES.items():
        assert (checkout.path / TESTS / name).is_file()
        (checkout.path / TESTS / name).write_text(text, "utf-8")
    assert f"pass  {POLICY}  " in checkout.run(test)
    checkout.run(generate)
    checkout.run(f"{rewrite} -k '{REWRITING}'")
    return checkout


def test_a_policy_changes_its_own_files_its_pages_the_readme_and_what_core_prints(copy: Copy) -> None:
    assert copy.changed() == BY_HAND | WRITTEN


def test_at_most_six_files_are_written_by_hand() -> None:
    assert len(BY_HAND) <= 6


def test_the_policy_passes_the_tests_of_core(copy: Copy) -> None:
    copy.run(f"pytest {JUDGING} -k {POLICY}")
