"""The files that were written, and what to do next."""

from shipcheck.model.policy_new import WrittenPolicy
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(written: WrittenPolicy, _style: Style = PLAIN) -> str:
    """One line for each file, then the next step."""
    lines = [f"changed {written.changed}"] if written.changed else []
    lines += [f"wrote {path}" for path in written.files]
    lines.append(f"next  write the title, why, message and fix, then run 'shipcheck policy test {written.pack}'")
    return "\n".join(visible(line) for line in lines) + "\n"
