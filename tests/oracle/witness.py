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
