"""Which files are read: those with a word of a detector, and every one that uses what those make, hand on or extend."""

from collections.abc import Iterable, Iterator, Mapping

from shipcheck.discover.handed_on import ANY
from shipcheck.discover.rule import Detector

_UNNAMED = frozenset({ANY, "default"})
_STARS = (b"import *", b"export *")
# Files that are imported by the name of their folder, or from inside of it by dots alone.
_WHOLE_FOLDER: Mapping[str, tuple[str, ...]] = {
    "__init__": ("from .",),
    "index": ("'.'", '"."', "'./'", '"./"', "..'", '.."', "../'", '../"'),
}


def prefilter(detectors: Iterable[Detector]) -> tuple[bytes, ...]:
    """The words of which a starting point has one, without those that contain another of them."""
    words = {word for each in detectors for word in each.words}
    return tuple(sorted(word for word in words if not any(other != word and other in word for other in words)))


def modules_of(makers: Iterable[tuple[str, str]], packages: Mapping[str, str]) -> dict[bytes, frozenset[bytes]]:
    """The names that modules have to give, by the words with which an import may name the module.

    That is the stem of the file, or of its folder. `packages` are folders by the names of the packages that are in them.
    """
    found: dict[bytes, set[bytes]] = {}
    for path, name in makers:
        # Under which name a default or a member of everything is imported is not known.
        shown = b"" if name in _UNNAMED else name.encode()
        for word in _words_of(path, packages):
            found.setdefault(word.encode(), set()).add(shown)
    return {word: frozenset(names) for word, names in found.items() if word}


def _words_of(path: str, packages: Mapping[str, str]) -> Iterator[str]:
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    if stem not in _WHOLE_FOLDER:
        yield stem
        return
    yield from (folder.rpartition("/")[2], *_WHOLE_FOLDER[stem])
    yield from (package for package, home in packages.items() if path.startswith(f"{home}/" if home else ""))


def uses(content: bytes, modules: Mapping[bytes, frozenset[bytes]]) -> bool:
    """Whether a file has the word of a module, and a name that this one gives away, or takes all of them."""
    takes_all = any(star in content for star in _STARS)
    return any(word in content and (takes_all or any(name in content for name in names)) for word, names in modules.items())
