"""The catalogues of controls that come with the tool."""

from shipcheck import assets
from shipcheck.language.compile.catalogues import read_catalogue_file
from shipcheck.model.control import Catalogue
from shipcheck.model.document import Document, File
from shipcheck.model.problem import Problem
from shipcheck.read.parse import parse


def load_catalogues() -> tuple[Catalogue, ...]:
    """Every catalogue that comes with the tool, by name."""
    problems: list[Problem] = []
    found = []
    for entry in sorted((assets.policies() / "controls").iterdir(), key=lambda item: item.name):
        document = parse(File("controls", entry.name, entry.read_bytes()))
        if not isinstance(document, Document):  # pragma: no cover - the files are ours and tested
            raise TypeError(f"a bundled catalogue is broken: {document}")
        found.append(read_catalogue_file(document, problems))
    if problems:  # pragma: no cover - as above
        raise TypeError(f"a bundled catalogue is broken: {problems}")
    return tuple(found)
