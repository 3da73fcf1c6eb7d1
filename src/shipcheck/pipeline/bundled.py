"""The vocabulary that every verb speaks."""

from shipcheck import assets
from shipcheck.model.document import Document, File
from shipcheck.model.scalars import plain
from shipcheck.read.parse import parse
from shipcheck.vocabulary.build import build
from shipcheck.vocabulary.vocabulary import Vocabulary


def load_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the tool."""
    content = (assets.schemas() / "vocabulary.yaml").read_bytes()
    document = parse(File("vocabulary", "vocabulary.yaml", content))
    if not isinstance(document, Document):  # pragma: no cover - the file is ours and tested
        raise TypeError(f"the bundled vocabulary is broken: {document}")
    return build(plain(document.root))
