"""Scripts: what the shell would run, held against the shell itself, and whose exit code is that of the script."""

import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.doctor.masked_exit_code import Shell, check_words, masked_failure
from shipcheck.doctor.shell_parser import UnclearError, commands_of


def words(script: str) -> list[tuple[str, ...]]:
    return [command.texts for command in commands_of(script)]


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("a b\nc", [("a", "b"), ("c",)]),
        ("a 'b c' \"d e\" f\\ g", [("a", "b c", "d e", "f g")]),
        ("a # b\nc", [("a",), ("c",)]),
        ("a b#c", [("a", "b#c")]),
        ("a \\\n  b", [("a", "b")]),
        ("a >out 2>&1 b", [("a", "b")]),
        ("a && b || c | d; e &", [("a",), ("b",), ("c",), ("d",), ("e",)]),
        ('a "$(b c)" ${x} ${{ inputs.y }}', [("a", "$(b c)", "${x}", "${{ inputs.y }}")]),
        ("a\r\nb", [("a",), ("b",)]),
        ("", []),
    ],
)
def test_the_commands_of_a_script(script: str, found: list[tuple[str, ...]]) -> None:
    assert words(script) == found


@pytest.mark.parametrize(
    "script",
    [
        "if a; then b; fi",
        "(a)",
        "{ a; }",
        "f() { a; }",
        "a <<X",
        "trap b EXIT",
        "exit",
        "! a",
        "a 'b",
        'a "$(b "c")"',
        "$(",
        "`a",
    ],
)
def test_more_than_plain_commands_is_unclear(script: str) -> None:
    with pytest.raises(UnclearError):
        commands_of(script)


PIECES = st.sampled_from(["shipcheck check", "true", "false", "set -e", "set +e", "set -o pipefail", "set -euo pipefail", "cat"])
JOINS = st.sampled_from(["\n", "; ", " && ", " || ", " | "])


@pytest.mark.needs("bash")
@cases(60)
@given(st.lists(st.tuples(PIECES, JOINS), min_size=1, max_size=5), st.booleans())
@example(parts=[("true", " && "), ("shipcheck check", "\n"), ("true", "\n")], errexit=True)
@example(parts=[("shipcheck check", " || "), ("false", "\n"), ("true", "\n")], errexit=False)
@example(parts=[("shipcheck check", " || "), ("exit 256", "\n")], errexit=True)
@example(parts=[("shipcheck check", " || "), ("false", " || "), ("true", "\n")], errexit=True)
@example(parts=[("true", " || "), ("set -e", "\n"), ("shipcheck check", "\n"), ("true", "\n")], errexit=False)
@example(parts=[("set -e", " | "), ("cat", "\n"), ("shipcheck check", "\n"), ("true", "\n")], errexit=False)
@example(parts=[("true", " || "), ("true", " | "), ("shipcheck check", "\n")], errexit=False)
def test_a_failure_that_we_say_counts_does_count_in_the_shell(parts: list[tuple[str, str]], errexit: bool) -> None:  # noqa: FBT001
    """Where the check is the first that fails, and no fault is found in the script, bash fails as well."""
    script = "".join(f"{piece}{join}" for piece, join in parts[:-1]) + parts[-1][0]
    commands = commands_of(script)
    at = next((number for number, command in enumerate(commands) if check_words(command) is not None), None)
    if at is None or masked_failure(commands, at, Shell(errexit=errexit)):
        return
    options = ["-e"] if errexit else []
    stub = f"shipcheck() {{ return 1; }}\n{script}\n"
    done = subprocess.run(["bash", *options, "-c", stub], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode != 0, script
