"""Whether a printed walk is the one to print: the first of the shortest open walks, by link and name from the start on."""

from tests.oracle.naive import Hop

Step = tuple[str, str, str]


def accepts(steps: list[Step], hops: list[Hop], fit: frozenset[str], ends: tuple[str, str], *, last_hop: bool) -> bool:
    """Whether the steps, as (from, link, to), are declared hops from end to end, past no gate that counts, and come first."""
    # The first of the walks of one length to each component; a shortest walk comes nowhere twice.
    front: dict[str, list[Step]] = {ends[0]: []}
    seen: set[str] = set()
    while front:
        found: dict[str, list[Step]] = {}
        last: list[list[Step]] = []
        for node, walk in front.items():
            for hop in (hop for hop in hops if hop.source == node):
                longer = [*walk, (node, hop.link, hop.target)]
                is_open = not fit & set(hop.gates) and not (walk and node in fit)
                last += [longer] if is_open and hop.target == ends[1] else []
                if hop.target not in seen and (is_open or last_hop):
                    found[hop.target] = min(longer, found.get(hop.target, longer), key=_order)
        if last:
            return steps == min(last, key=_order)
        seen |= set(found)
        front = found
    return False


def _order(walk: list[Step]) -> list[tuple[str, str]]:
    return [(link, target) for _, link, target in walk]


def is_declared(steps: list[Step], hops: list[Hop], start: str) -> bool:
    """Whether the steps are declared hops, each from where the one before came to."""
    declared = {(hop.source, hop.link, hop.target) for hop in hops}
    return all(
        step in declared and step[0] == came for step, came in zip(steps, [start, *(step[2] for step in steps)], strict=False)
    )


def never_meets(steps: list[Step], hops: list[Hop], start: str, targets: set[str]) -> bool:
    """Whether the steps lead past no target to where nothing leads on, or once round a loop that nothing leaves."""
    end = steps[-1][2] if steps else start
    onward = {hop.target for hop in hops if hop.source == end}
    visited = [start, *(step[2] for step in steps)]
    reached, front = {end}, [end]
    for node in front:
        more = {hop.target for hop in hops if hop.source == node} - reached
        reached |= more
        front += sorted(more)
    closed = visited.count(end) == 2 and not reached & targets and all(_leads(hops, node, end) for node in reached)
    return is_declared(steps, hops, start) and not targets & set(visited[1:]) and (not onward or closed)


def is_circle(steps: list[Step], hops: list[Hop], members: set[str]) -> bool:
    """Whether the steps lead over members from the first of them, and no shorter way, back to it."""
    start = steps[0][0]
    inside = [hop for hop in hops if {hop.source, hop.target} <= members]
    front, length = {start}, 0
    while length == 0 or start not in front:
        front, length = {hop.target for hop in inside if hop.source in front}, length + 1
    return is_declared(steps, inside, start) and steps[-1][2] == start and len(steps) == length


def _leads(hops: list[Hop], start: str, end: str) -> bool:
    seen, front = {start}, [start]
    for node in front:
        more = {hop.target for hop in hops if hop.source == node} - seen
        seen |= more
        front += sorted(more)
    return end in seen
