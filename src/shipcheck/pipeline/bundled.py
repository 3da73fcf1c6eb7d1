"""What comes with the tool: the vocabulary, and the catalogues of controls."""

from functools import cache

from shipcheck import assets
from shipcheck.language.compile.catalogues import read_catalogue_file
from shipcheck.model.control import Catalogue
from shipcheck.model.document import Document, File
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import plain
from shipcheck.read.parse import parse
from shipcheck.vocabulary.build import build
from shipcheck.vocabulary.vocabulary import Vocabulary


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the tool, read once.

    Raises:
        TypeError: the bundled file is malformed, which is a bug.
    """
    content = (assets.schemas() / "vocabulary.yaml").read_bytes()
    document = parse(File("vocabulary", "vocabulary.yaml", content))
    if not isinstance(document, Document):  # pragma: no cover - the file is ours and tested
        raise TypeError(f"the bundled vocabulary is broken: {document}")
    return build(plain(document.root))


def load_catalogues() -> tuple[Catalogue, ...]:
    """Every catalogue that comes with the tool, by name.

    Raises:
        TypeError: a bundled file is malformed, which is a bug.
    """
    problems: list[Problem] = []
    catalogues = []
    for entry in sorted((assets.policies() / "controls").iterdir(), key=lambda item: item.name):
        document = parse(File("controls", entry.name, entry.read_bytes()))
        if not isinstance(document, Document):  # pragma: no cover - the files are ours and tested
            raise TypeError(f"a bundled catalogue is broken: {document}")
        catalogues.append(read_catalogue_file(document, problems))
    if problems:  # pragma: no cover - as above
        raise TypeError(f"a bundled catalogue is broken: {problems}")
    return tuple(catalogues)
