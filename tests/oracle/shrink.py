"""Makes a world as small as it can be and still show what it shows."""

from collections.abc import Callable, Iterator

from tests.oracle.worlds import World


def shrunk(world: World, shows: Callable[[World], bool]) -> World:
    """The world without components, links, gates and fields that it can lose, again and again until nothing more goes."""
    assert shows(world)
    while True:
        smaller = next((one for one in _smaller(world) if shows(one)), None)
        if smaller is None:
            return world
        world = smaller


def _smaller(world: World) -> Iterator[World]:
    for reference in world.things:
        yield without(world, reference)
    for reference, thing in world.things.items():
        for link, items in thing.links.items():
            for place, item in enumerate(items):
                changed = world.copy()
                changed.things[reference].links[link].pop(place)
                yield changed
                if item.through:
                    changed = world.copy()
                    changed.things[reference].links[link][place].through = item.through[1:]
                    yield changed
        for name in thing.fields:
            changed = world.copy()
            del changed.things[reference].fields[name]
            yield changed


def without(world: World, gone: str) -> World:
    """The world without a component, and without all that names it."""
    changed = World({reference: thing.copy() for reference, thing in world.things.items() if reference != gone})
    for thing in changed.things.values():
        for link, items in list(thing.links.items()):
            kept = [item for item in items if item.to != gone]
            for item in kept:
                item.through = tuple(gate for gate in item.through if gate != gone)
            thing.links[link] = kept
        for name, value in list(thing.fields.items()):
            if value == gone:
                del thing.fields[name]
            elif isinstance(value, list) and gone in value:
                thing.fields[name] = [item for item in value if item != gone]
    return changed
