"""The generated page of exit codes: what each means and what to do, then its meaning for each command."""

from typing import NamedTuple

from command_pages import anchor_of, declared_commands
from reference_pages import NOTICE
from shipcheck.errors import ExitCode

# The codes whose meaning depends on the command.
_SPECIFIC = (ExitCode.PASS, ExitCode.FAIL, ExitCode.USAGE, ExitCode.NOT_JUDGED)


class Meaning(NamedTuple):
    """One code: what it means for every command, and what to do about it."""

    code: ExitCode
    meaning: str
    action: str


CODES = (
    Meaning(
        ExitCode.PASS, "Success. For a check: every manifest was read, every policy was judged, and nothing fails.", "Nothing."
    ),
    Meaning(
        ExitCode.FAIL,
        "Findings. For a check: at least one finding has a severity of `--fail-on` (default `error`) or higher.",
        "Fix the findings or [waive](../waivers.md) them. `shipcheck explain POLICY` says more about a policy.",
    ),
    Meaning(
        ExitCode.USAGE,
        "Usage error: the command line or the [settings](settings.md) are wrong.",
        "Correct what the message names. `shipcheck COMMAND --help` lists the options.",
    ),
    Meaning(
        ExitCode.NOT_JUDGED,
        "Not judged: a file is malformed, missing or unreadable, or there was nothing to judge. This is not a pass.",
        "Fix every problem that the output lists and run the command again.",
    ),
    Meaning(ExitCode.INTERNAL, "Internal error: a bug in shipcheck. Nothing was judged.", "Report the lines it printed."),
    Meaning(ExitCode.INTERRUPTED, "Interrupted, for example by Ctrl-C.", "Run the command again."),
)


def exit_codes_page() -> str:
    """The whole page."""
    lines = [
        NOTICE.format(source="tools/exit_code_pages.py or the command in src/shipcheck/cli"),
        "# Exit codes",
        "",
        "Every command uses the same codes, and only 0 means success.",
        "",
        "| code | meaning | what to do |",
        "|---|---|---|",
        *(f"| {int(item.code)} | {item.meaning} | {item.action} |" for item in CODES),
        "",
        "With `--exit-zero`, `shipcheck check` exits with 0 instead of 1. The report and every other code are unchanged.",
        "",
        "## By command",
        "",
        "What each code means for a command is also at the end of its help.",
        "",
        f"| command | {' | '.join(str(int(code)) for code in _SPECIFIC)} |",
        f"|---|{'---|' * len(_SPECIFIC)}",
    ]
    lines += [
        f"| [`shipcheck {name}`](cli.md#{anchor_of(name)}) | {' | '.join(command.exits.get(code, '') for code in _SPECIFIC)} |"
        for name, command in declared_commands()
    ]
    return "\n".join(lines) + "\n"
