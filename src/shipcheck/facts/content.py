"""What the file or symbol that a manifest names as code holds: code, a document, a test, or nothing that runs."""

from pathlib import PurePosixPath
from typing import NamedTuple

from shipcheck.facts.python_content import Held, content_of, contents_of
from shipcheck.facts.symbols import Symbols, is_python

_DOCUMENTS = frozenset(
    {"md", "mdx", "markdown", "rst", "txt", "adoc", "asciidoc", "org", "pdf", "doc", "docx", "odt", "rtf", "html"}
)
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "drawio", "csv", "tsv", "xlsx"})
_DOCUMENT_NAMES = frozenset(
    {"readme", "license", "licence", "copying", "notice", "authors", "changelog", "contributing", "codeowners"}
)
_TEST_FOLDERS = frozenset({"test", "tests", "__tests__", "testdata", "fixtures"})
_TEST_STARTS = ("test_", "test-")
_TEST_ENDS = ("_test", "-test", ".test", "_spec", ".spec")


def content_by_path(path: str) -> str | None:
    """A document or a test, where the path alone shows it; else None."""
    file = PurePosixPath(path.lower())
    ending = file.suffix.removeprefix(".")
    if ending in _DOCUMENTS | _PICTURES or (not ending and file.name in _DOCUMENT_NAMES):
        return "document"
    in_tests = not _TEST_FOLDERS.isdisjoint(file.parent.parts)
    if in_tests or file.stem == "conftest" or file.stem.startswith(_TEST_STARTS) or file.stem.endswith(_TEST_ENDS):
        return "test"
    return None


class CodeFile(NamedTuple):
    """What facts keep of a file once it is read. `python` is None where it is not Python, or could not be parsed."""

    path: str
    symbols: Symbols
    python: Held | None
    is_blank: bool

    def content(self, symbol: str) -> str | None:
        """What is under a symbol, or without one in the file, by what the file contains; None where that is unknown."""
        if self.is_blank:
            return "empty"
        if self.path.endswith(".pyi"):
            return "unreachable"
        return content_of(self.python, symbol) if self.python is not None else None


def code_file(path: str, content: bytes) -> CodeFile:
    """A file that a manifest names as code."""
    python = contents_of(content) if is_python(path) else None
    return CodeFile(path, Symbols(path, content), python, not content.strip())
