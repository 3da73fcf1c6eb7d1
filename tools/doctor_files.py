"""Files for CI services: the wrappers where the services look for them, and the page on the audits of `shipcheck doctor`."""

from pathlib import Path

from shipcheck.doctor.audits import AUDITS

ROOT = Path(__file__).parent.parent
NOTICE = "<!-- Generated from src/shipcheck/doctor/audits.py by tools/generate.py; do not edit. -->"
# GitHub finds an action at the top of its repository, GitLab a component under templates/.
WRAPPERS = {"action.yml": "hooks/github/action.yml", "templates/shipcheck/template.yml": "hooks/gitlab/component.yml"}


def wrapper(source: str) -> str:
    """A wrapper in the place where its service finds it."""
    return f"# Generated from {source} by tools/generate.py; do not edit.\n{(ROOT / source).read_text('utf-8')}"


def doctor_page() -> str:
    """Every audit: its question, and what can go wrong if the answer is no."""
    lines = [
        NOTICE,
        "# The audits of `shipcheck doctor`",
        "",
        "`shipcheck doctor` reads the files of GitHub Actions, GitLab CI, Azure Pipelines, pre-commit, prek and CODEOWNERS, and",
        "answers the questions below. Each answer is `pass`, `finding`, `not judged` if a file cannot be read with",
        "certainty, `not in the files` if only the server knows, or `nothing to judge`. [CI](../ci.md) has an example.",
    ]
    for audit in AUDITS:
        lines += ["", f"## {audit.id}", "", audit.asks, "", audit.why]
    return "\n".join(lines) + "\n"
