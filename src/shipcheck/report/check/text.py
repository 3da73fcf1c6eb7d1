"""A report for people at a terminal: each finding with its source lines, its path and a fix. This is the default.

Findings with the same cause are printed together. It is in color on a terminal, unless `--color`, `NO_COLOR` or `FORCE_COLOR` say
otherwise.
"""

from shipcheck.model.finding import Finding, Ground
from shipcheck.model.report import Report
from shipcheck.report.check.by_cause import Block, blocks
from shipcheck.report.check.by_control import control_blocks
from shipcheck.report.check.changes import change_block
from shipcheck.report.check.summary import summary
from shipcheck.report.check.waived import waiver_blocks
from shipcheck.report.encode import folded, visible
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import PLAIN, Style
from shipcheck.report.underlines import marks_of

MOST_OTHERS = 8
MISSING = " is not declared"
SHORT_NOTE = 60
WRAP = 100


def render(report: Report, style: Style = PLAIN) -> str:
    """Every problem and every finding with its excerpt, then what was judged."""
    excerpts = Excerpts(report.inputs.texts, style)
    pieces = [*change_block(report, style), *problem_blocks(report.judged.problems, excerpts, style)]
    pieces += finding_blocks(report, excerpts, style)
    pieces += waiver_blocks(report, style)
    pieces += control_blocks(report.judged.controls, style) if report.judged.controls is not None else ()
    pieces.append(summary(report, style))
    return "\n\n".join(pieces) + "\n"


def finding_blocks(report: Report, excerpts: Excerpts, style: Style) -> list[str]:
    """Every finding that is not waived, with those that share its cause."""
    return [_block(block, excerpts, style) for block in blocks(report) if not block.head.is_accepted]


def _block(block: Block, excerpts: Excerpts, style: Style) -> str:
    finding = block.head
    lines = [_head(finding, style), "", *excerpts.render(marks_of(finding)), ""]
    lines += [line for ground in finding.grounds for line in _ground(ground)]
    if finding.members:
        lines.append(f"  {style.paint('strong', 'group')}  {visible(', '.join(finding.members))}")
    lines += _others(block, style)
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
    hops = [visible(f"{hop.says} ({hop.location.path}:{hop.location.line})") for hop in ground.chain]
    text = visible(ground.text)
    if len(hops) <= 1:
        return [f"  {text}{': ' if hops else ''}{''.join(hops)}"]
    return [f"  {text}:", *(f"         {hop}" for hop in hops)]


def _others(block: Block, style: Style) -> list[str]:
    """One line for each finding with the same cause; a long list is cut, and says so."""
    if not block.others:
        return []
    listed = block.others if len(block.others) <= MOST_OTHERS else block.others[: MOST_OTHERS - 1]
    lines = [f"  {style.paint('strong', 'also')}   {_other(listed[0], block.head, style)}"]
    lines += [f"         {_other(finding, block.head, style)}" for finding in listed[1:]]
    left = len(block.others) - len(listed)
    if left:
        lines.append(f"         and {left} more with the same cause; --format concise lists them all")
    return lines


def _other(finding: Finding, head: Finding, style: Style) -> str:
    severity = "" if finding.severity == head.severity else f"{style.paint(str(finding.severity), str(finding.severity))}: "
    policy = "" if finding.policy == head.policy else f", {style.paint('faint', finding.policy)}"
    return f"{severity}{visible(finding.message)} ({visible(finding.location.path)}:{finding.location.line}){policy}"


def _fix(block: Block, style: Style) -> list[str]:
    """The computed fix; where several policies wait for one missing field, that field comes first."""
    fix = block.head.fix
    policies = {finding.policy for finding in (block.head, *block.others)}
    if len(policies) > 1 and block.head.cause.endswith(MISSING):
        field = block.head.cause.removesuffix(MISSING)
        return [f"  {style.paint('strong', 'fix')}    declare {visible(field)} first; the result of these policies depends on it"]
    if not fix.text:
        return []
    clears = f" (fixes {fix.clears} findings of this policy)" if fix.clears > 1 else ""
    text = f"{fix.text.removesuffix('.')}{clears}:" if fix.snippet else fix.text
    lines = [f"  {style.paint('strong', 'fix')}    {visible(text)}"]
    written = [f"             {visible(line)}" for line in fix.snippet.splitlines()]
    if fix.note and len(written) == 1 and len(fix.note) <= SHORT_NOTE:
        written[0] += f"    {visible(fix.note)}"
    elif fix.note:
        written += [f"         {line}" for line in folded(fix.note, WRAP)]
    return lines + written
