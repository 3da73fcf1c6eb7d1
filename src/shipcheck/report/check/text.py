"""A report for people at a terminal: the verdict and the causes on one screen, then findings with source lines, path and fix.

It is the default. It opens with at most 25 lines: the verdict and what it rests on, the causes, the three most severe findings
and what to do first. Causes that the change introduces come first, those about safety before those about process, and notes
last. Below are the findings in full, one for each cause, with a line for each that shares it: with a base the introduced ones
and those whose waiver no longer covers them, else those that fail the check and those about safety. `--full` shows all.

A finding that waits for an undeclared field is counted below the one that asks for that field, under `also decides`. A fix is
text to paste: what is in capitals, or a choice such as `true | false`, is yours to decide, and refused until you have. The
report is in color on a terminal, unless `--color`, `NO_COLOR` or `FORCE_COLOR` say otherwise.
"""

from collections.abc import Sequence

from shipcheck.model.finding import Finding, Fix, Ground
from shipcheck.model.policy import PROCESS, Severity
from shipcheck.model.report import Report
from shipcheck.model.screen import Block, Cause
from shipcheck.report.check.by_control import control_blocks
from shipcheck.report.check.cause_lines import decided, is_old, place_of, told, word_of
from shipcheck.report.check.changes import change_list
from shipcheck.report.check.first_screen import MOST_CAUSES, MOST_PROBLEMS, screen_lines
from shipcheck.report.check.summary import basis, closing, root_line
from shipcheck.report.check.waived import waiver_blocks
from shipcheck.report.encode import folded, visible
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.underlines import marks_of

MOST_BLOCKS = 8
MOST_OTHERS = 8
SHORT_NOTE = 60
DECLARE = "and declare it, with your values for what is in capitals or a choice:"
WRAP = 100


def render(report: Report, style: Style = PLAIN) -> str:
    """The first screen, every problem, the findings in full, and what was judged."""
    excerpts = Excerpts(report.inputs.texts, style)
    details = [*problem_blocks(report.judged.problems, excerpts, style), *_details(report, excerpts, style)]
    details += change_list(report, style)
    pieces = ["\n".join(screen_lines(report, style)), *details, *waiver_blocks(report, style)]
    pieces += control_blocks(report.judged.controls, style) if report.judged.controls is not None else ()
    return "\n\n".join(_ended(pieces, report, style, has_details=bool(details))) + "\n"


def _ended(pieces: list[str], report: Report, style: Style, *, has_details: bool) -> list[str]:
    """The pieces and, as the last line, the root; a long report has its verdict there once more."""
    root = root_line(report)
    if len(pieces) == 1 and not report.screen.causes:
        return [f"{pieces[0]}\n{root}"]
    few_problems = 0 < len(report.judged.problems) <= MOST_PROBLEMS and not report.screen.causes
    if len(pieces) == 1 or few_problems:
        return [*pieces, root]
    return [*pieces, "\n".join(closing(report, style) if has_details else [*basis(report), root])]


def _details(report: Report, excerpts: Excerpts, style: Style) -> list[str]:
    """The findings in full, all of them or those that matter most, and a line for each cause that is not on the screen."""
    causes = report.screen.causes
    if report.full:
        return finding_blocks(report, excerpts, style)
    shown = _shown_in_full(report, causes)
    blocks = [_block(_merged(cause), excerpts, style) for cause in shown]
    left = [cause for cause in causes[MOST_CAUSES - 1 :] if cause not in shown] if len(causes) > MOST_CAUSES else []
    if left:
        blocks.append("\n".join([style.paint("strong", "More causes"), *(_line(cause, style) for cause in left)]))
    return blocks


def _line(cause: Cause, style: Style) -> str:
    """A cause on a line, with the policy of its first finding."""
    text = visible(f"{told(cause)} ({place_of(cause.head)})")
    return f"  {style.paint(str(cause.severity), word_of(cause))}: {text}    {style.paint('faint', visible(cause.head.policy))}"


def _shown_in_full(report: Report, causes: Sequence[Cause]) -> list[Cause]:
    """With a base what is new or no longer waived, else what fails the check or is not about process; never notes.

    Where a check without a base passes, it is the first cause alone.
    """
    fresh = [cause for cause in causes if not is_old(cause) and cause.severity > Severity.NOTE]
    if report.inputs.against is not None:
        return [cause for cause in causes if cause in fresh or _is_no_longer_waived(cause)][:MOST_BLOCKS]
    if report.verdict == "pass":
        return fresh[:1]
    failing = [cause for cause in fresh if cause.severity >= report.fail_on]
    others = [cause for cause in fresh if cause not in failing and cause.concern != PROCESS]
    most = {id(cause) for cause in (*failing, *others)[:MOST_BLOCKS]}
    return [cause for cause in fresh if id(cause) in most]


def _is_no_longer_waived(cause: Cause) -> bool:
    """Whether a waiver of one of its findings has ended, or does not cover what the finding has become."""
    return any(finding.waiver for finding in cause.findings)


def _merged(cause: Cause) -> Block:
    """The first block of a cause, with the findings of its other blocks among those that share it."""
    first, *rest = cause.blocks
    heads = tuple(block.head for block in rest)
    others = (*heads, *first.others, *(finding for block in rest for finding in block.others))
    return Block(first.head, others, tuple(finding for block in cause.blocks for finding in block.waiting), first.declare)


def finding_blocks(report: Report, excerpts: Excerpts, style: Style) -> list[str]:
    """Every finding that is not waived, with those that share its block."""
    return [_block(block, excerpts, style, most=None) for cause in report.screen.causes for block in cause.blocks]


def _block(block: Block, excerpts: Excerpts, style: Style, most: int | None = MOST_OTHERS) -> str:
    finding = block.head
    # A finding about a whole file has no line to show.
    excerpt = excerpts.render(marks_of(finding)) or [f"  {visible(finding.location.spot)}"]
    lines = [_head(finding, style), "", *excerpt, ""]
    lines += [line for ground in finding.grounds for line in _ground(ground)]
    if finding.members:
        lines.append(f"  {style.paint('strong', 'group')}  {visible(', '.join(finding.members))}")
    lines += _others(block, style, most)
    lines += _waiting(block, style, is_full=most is None)
    if finding.waiver:
        word = next((word for word in ("waiver", "consent") if finding.waiver.startswith(f"the {word} ")), "later")
        lines.append(f"  {style.paint('strong', word.ljust(6))} {visible(finding.waiver)}")
    lines += _fix(block, style)
    if finding.owner:
        lines.append(f"  {style.paint('strong', 'owner')}  {visible(f'{finding.owner} ({finding.owner_of})')}")
    lines.append(f"  {style.paint('strong', 'more')}   shipcheck explain {finding.policy}")
    return "\n".join(lines)


def _head(finding: Finding, style: Style) -> str:
    severity = str(finding.severity)
    change = f", {finding.change}" if finding.change else ""
    return style.head(severity, severity, finding.headline, finding.policy + change)


def _ground(ground: Ground) -> list[str]:
    """Why a derived value is what it is: on one line with up to one hop, else on one line for each hop."""
    hops = [visible(f"{hop.says} ({hop.location.spot})") for hop in ground.chain]
    text = visible(ground.text)
    if len(hops) <= 1:
        return [f"  {text}{': ' if hops else ''}{''.join(hops)}"]
    return [f"  {text}:", *(f"         {hop}" for hop in hops)]


def _others(block: Block, style: Style, most: int | None) -> list[str]:
    """One line for each finding with the same cause; a long list is cut, and says so."""
    if not block.others:
        return []
    listed = block.others if most is None or len(block.others) <= most else block.others[: most - 1]
    lines = [f"  {style.paint('strong', 'also')}   {_other(listed[0], block.head, style)}"]
    lines += [f"         {_other(finding, block.head, style)}" for finding in listed[1:]]
    left = len(block.others) - len(listed)
    if left:
        lines.append(f"         and {left} more with the same cause; --full shows them all")
    return lines


def _other(finding: Finding, head: Finding, style: Style) -> str:
    severity = "" if finding.severity == head.severity else f"{style.paint(str(finding.severity), str(finding.severity))}: "
    policy = "" if finding.policy == head.policy else f", {style.paint('faint', finding.policy)}"
    change = "" if finding.change == head.change else f", {finding.change}"
    return f"{severity}{visible(finding.message)} ({visible(finding.location.spot)}){policy}{change}"


def _waiting(block: Block, style: Style, *, is_full: bool) -> list[str]:
    """What the missing fields also decide: counts by policy, or which subject each finding is about."""
    if not block.waiting:
        return []
    lead = f"  {style.paint('strong', 'also decides:')} "
    if not is_full:
        first, *rest = decided(block.waiting)
        return [f"{lead}{visible(first)}", *(f"         {visible(line)}" for line in rest)]
    lines = [
        f"{finding.severity} {finding.policy}: {finding.subject}{f' to {finding.target}' if finding.target else ''} "
        f"({finding.location.spot})"
        for finding in block.waiting
    ]
    return [f"{lead}{visible(lines[0])}", *(f"         {visible(line)}" for line in lines[1:])]


def _fix(block: Block, style: Style) -> list[str]:
    """The computed fix; where it is uncertain that there is a finding, what to declare first."""
    if block.declare:
        return [f"  {style.paint('strong', 'fix')}    {visible(block.declare)} first; whether this is a finding depends on it"]
    fix = block.head.fix
    if not fix.text:
        return []
    clears = f" (fixes {fix.clears} findings of this policy)" if fix.clears > 1 else ""
    text = f"{fix.text.removesuffix('.')}{clears}:" if fix.snippet else fix.text
    lines = [f"  {style.paint('strong', 'fix')}    {visible(text)}"]
    written = [f"             {visible(line)}" for line in fix.snippet.splitlines()]
    if fix.declare:
        return lines + written + _declared(fix) + _otherwise(fix, style)
    if fix.note and len(written) == 1 and len(fix.note) <= SHORT_NOTE:
        written[0] += f"    {visible(fix.note)}"
    elif fix.note:
        written += [f"         {line}" for line in folded(fix.note, WRAP)]
    return lines + written + _otherwise(fix, style)


def _otherwise(fix: Fix, style: Style) -> list[str]:
    """What else would clear the finding, in the words of the policy."""
    if not fix.otherwise:
        return []
    first, *rest = folded(fix.otherwise, WRAP)
    return [f"  {style.paint('strong', 'or')}     {first}", *(f"         {line}" for line in rest)]


def _declared(fix: Fix) -> list[str]:
    """A component to paste, and what else it has to meet."""
    lines = [f"         {DECLARE}", *(f"             {visible(line)}" for line in fix.declare.splitlines())]
    return lines + [f"         {line}" for line in folded(f"such that {'; '.join(fix.beyond)}", WRAP)] if fix.beyond else lines
