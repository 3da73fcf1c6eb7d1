"""How far one component gets towards another where no walk joins them."""

from shipcheck.evaluate.world import World
from shipcheck.model.why import Apart

MOST_NAMED = 5


def apart(world: World, along: tuple[str, ...], start: int, end: int) -> Apart:
    """What the start reaches along these links, nearest first, and what leads straight to the end."""
    hops = world.hops(along)
    seen: dict[int, None] = {}
    queue = [start]
    for node in queue:
        for target, _ in sorted(hops.onward(node)):
            if target not in seen:
                seen[target] = None
                queue.append(target)
    world.meter.walk(len(seen))
    leading = sorted({source for source, _ in hops.into.get(end, ())})
    names = [[str(world.graph.reference(node)) for node in nodes[:MOST_NAMED]] for nodes in (list(seen), leading)]
    return Apart(tuple(names[0]), len(seen), tuple(names[1]), len(leading))
