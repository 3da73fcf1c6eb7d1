"""A pack named in the settings, with every other byte of the file as it was."""

from typing import Any

from shipcheck.edit.lists import CannotEditError, is_flow, with_flow_item, with_items
from shipcheck.errors import CannotJudgeError
from shipcheck.files import replace_file
from shipcheck.model.document import Document, File, Mapping, Sequence
from shipcheck.model.location import HEAD
from shipcheck.model.scalars import plain
from shipcheck.model.settings import Settings
from shipcheck.pipeline.prepare import Prepared, read_settings_document
from shipcheck.presence import exists, is_link
from shipcheck.read.parse import parse
from shipcheck.sources.governance_files import SETTINGS

_NEW = b"shipcheck: 1\n"


def name_pack(prepared: Prepared, name: str) -> bool:
    """Add a pack to those that the settings name; False, and nothing written, where a person has to do that.

    Raises:
        CannotJudgeError: the file cannot be written.
    """
    path = prepared.root / SETTINGS
    content = next((file.content for file in prepared.files if file.path == SETTINGS), None)
    document = parse(File(HEAD, SETTINGS, content if content is not None else _NEW))
    if not isinstance(document, Document) or is_link(path):
        return False
    names = [setting.name for setting in Settings().packs]
    new = _edited(document, names, name)
    if new is None:
        return False
    try:
        if (path.read_bytes() if exists(path) else None) != content:
            return False
        replace_file(path, new)
    except OSError as error:
        raise CannotJudgeError(f"{SETTINGS} cannot be written: {error.strerror}") from error
    return True


def _edited(document: Document, default: list[str], name: str) -> bytes | None:
    """The file with the pack in its list, if it then says that and nothing else."""
    text = document.file.content.decode("utf-8")
    entry = document.root.find("packs") if isinstance(document.root, Mapping) else None
    listed = entry[1] if entry is not None and isinstance(entry[1], Sequence) else None
    try:
        if listed is not None and is_flow(text, listed):
            changed = with_flow_item(text, listed, name)
        else:
            added = [name] if listed is not None else [*default, name]
            changed = with_items(text, document.root, ("packs",), [[item] for item in added])
    except CannotEditError:
        return None
    before: Any = plain(document.root)
    expected = {**before, "packs": [*before.get("packs", default), name]}
    read = parse(File(HEAD, SETTINGS, changed.encode("utf-8")))
    is_valid = isinstance(read, Document) and plain(read.root) == expected and isinstance(read_settings_document(read), Settings)
    return changed.encode("utf-8") if is_valid else None
