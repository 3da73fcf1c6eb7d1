"""The texts of the project that people read: literals, docstrings and comments of the source, documents and YAML files."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/shipcheck"
_FENCE = re.compile(r"^(?P<fence>`{3,}).*?^(?P=fence)\s*$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_PLACEHOLDER = re.compile(r"\$\{\w+\}")
_COMMENT = re.compile(r"(?:^|\s)#\s(.*)$", re.MULTILINE)
# Keys whose values are expressions, names or shell commands, or quote a source.
_NOT_PROSE = frozenset(
    {"each", "all", "per", "must", "must_reach", "must_not_reach", "unless_through", "through", "along", "severity", "select"}
    | {"cites", "run", "script", "bash", "cases", "mutant", "entry", "pattern"}
)


def literals(file: Path) -> Iterator[str]:
    """The string literals of a module that hold words, without docstrings: what users can see of it."""
    tree = ast.parse(file.read_text("utf-8"))
    documentation = set(_docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value and node not in documentation:
            yield node.value


def documentation(file: Path) -> Iterator[str]:
    """The docstrings and comments of a module."""
    text = file.read_text("utf-8")
    yield from (_without_code(str(node.value)) for node in _docstrings(ast.parse(text)))
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield _without_code(token.string)


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, holders) and ast.get_docstring(node) is not None:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def prose(file: Path) -> str:
    """A Markdown document without its code, which is what the tool prints or what users write."""
    return _without_code(_FENCE.sub("", file.read_text("utf-8")))


def _without_code(text: str) -> str:
    return _INLINE.sub("", text)


def yaml_texts(file: Path) -> Iterator[str]:
    """The comments of a YAML file and its values that are prose; of a manifest the comments alone, as it speaks for a company."""
    text = file.read_text("utf-8")
    yield from (_without_code(comment) for comment in _COMMENT.findall(text))
    if not file.name.endswith("shipcheck.yaml"):
        for document in yaml.safe_load_all(_PLACEHOLDER.sub("x", text)):
            yield from _prose_in(document)


def json_descriptions(file: Path) -> Iterator[str]:
    """The titles and descriptions of a JSON Schema."""
    yield from _described(json.loads(file.read_text("utf-8")))


def _prose_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_PROSE:
                yield from _prose_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _prose_in(inner)
    elif isinstance(value, str) and " " in value:
        yield _without_code(value)


def _described(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"title", "description"} and isinstance(inner, str):
                yield _without_code(inner)
            else:
                yield from _described(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _described(inner)
