"""The files of a repository that a command starts: its words are looked at one by one, and nothing is ever run.

A word that names a file counts wherever it is in a command, since one file too many is a component that is shown, and one too few
is one that is not. Only what examines code, such as a linter or a test runner, does not start what it is given.
"""

import re
from collections.abc import Iterator, Sequence

from shipcheck.discover.tree_paths import TreePaths, normal

# Hand-written commands have a hundredth of that.
LONGEST = 100_000
_MOST_FOLDERS = 50
_TOKEN = re.compile(
    r"""(?P<quoted>'[^']*+'?|"[^"]*+"?)|(?P<variable>\$\{[^}]*+\}?+)|(?P<blank>[ \t\r]++)|(?P<end>[\n;&|()`<>{}])"""
    r"""|(?P<rest>\$|[^\s'"$;&|()`<>{}]++|\s)"""
)
# Programs that start what the next words name, and their own words before it.
_LAUNCHERS = frozenset(
    {
        *("sudo", "exec", "env", "nohup", "time", "nice", "timeout", "tini", "dumb-init", "xvfb-run", "catchsegv", "stdbuf"),
        *(
            "cross-env",
            "dotenv",
            "dotenvx",
            "npx",
            "pnpx",
            "bunx",
            "uvx",
            "pipx",
            "concurrently",
            "if",
            "then",
            "do",
            "else",
            "!",
        ),
        *(
            "uv",
            "poetry",
            "pipenv",
            "pdm",
            "hatch",
            "rye",
            "conda",
            "npm",
            "pnpm",
            "yarn",
            "bun",
            "run",
            "exec",
            "dlx",
            "x",
            "--",
        ),
        *("coverage", "watch", "nodemon", "watchmedo", "while", "until", "command"),
    }
)
_EXAMINERS = frozenset(
    {
        *(
            "pytest",
            "py.test",
            "tox",
            "nox",
            "unittest",
            "nose2",
            "ruff",
            "black",
            "isort",
            "flake8",
            "pylint",
            "mypy",
            "pyright",
        ),
        *("basedpyright", "bandit", "autopep8", "yapf", "codespell", "pre-commit", "prek", "semgrep", "radon", "vulture"),
        *("jest", "vitest", "mocha", "ava", "playwright", "cypress", "eslint", "prettier", "biome", "tsc", "stylelint", "oxlint"),
        *("shellcheck", "shfmt", "grep", "ls", "test", "rm", "chmod", "chown", "wc", "diff", "git", "echo", "printf", "touch"),
        *("mkdir", "codecov", "sphinx-build", "py_compile", "compileall"),
    }
)
_TAKE_MODULES = frozenset(
    {
        *("uvicorn", "gunicorn", "hypercorn", "daphne", "granian", "waitress-serve", "celery", "flask", "fastapi", "arq"),
        *("dramatiq", "rq", "taskiq", "faust", "chainlit", "litestar", "quart", "saq", "functions-framework"),
    }
)
_SIGNS = ".-_/"


def commands_of(script: str) -> Iterator[list[str]]:
    """The words of each command of a script, without quotes. What is in brackets or backquotes is a command of its own."""
    words: list[str] = []
    pieces: list[str] = []
    text = script[:LONGEST].replace("\\\n", " ")
    at = 0
    while token := _TOKEN.match(text, at):
        at = token.end()
        if token["rest"] and token["rest"][0] == "#" and not pieces:
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif token.lastgroup not in {"blank", "end"}:
            pieces.append(_piece(token))
            continue
        if pieces:
            words.append("".join(pieces))
            pieces = []
        if token["end"] and words:
            yield words
            words = []
    if pieces:
        words.append("".join(pieces))
    if words:
        yield words


def _piece(token: re.Match[str]) -> str:
    """A part of a word. Of a variable only its sign is kept: what is behind it may be a path."""
    if token["variable"]:
        return "$"
    return token[0].strip(token[0][0]) if token["quoted"] else token[0]


def started_in(script: str, tree: TreePaths, folders: Sequence[str]) -> Iterator[str]:
    """The files that the commands of a script start, relative to one of the folders, or to one that the script changes to."""
    for words in commands_of(script):
        if words[0] == "cd":
            folders = _after_cd(words, tree, folders)
        else:
            yield from started_by(words, tree, folders)


def started_by_line(script: str, tree: TreePaths, folders: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The same with the line of each command; no command is looked at as a whole that has several."""
    for number, line in enumerate(script.split("\n"), 1):
        for words in commands_of(line):
            if words[0] == "cd":
                folders = _after_cd(words, tree, folders)
            else:
                yield from ((file, number) for file in started_by(words, tree, folders))


def _after_cd(words: Sequence[str], tree: TreePaths, folders: Sequence[str]) -> Sequence[str]:
    below = (path for folder in folders if (path := normal(folder, words[-1])) and tree.is_folder(path))
    return tuple(dict.fromkeys((*below, *folders)))[:_MOST_FOLDERS]


def started_by(words: Sequence[str], tree: TreePaths, folders: Sequence[str]) -> Iterator[str]:
    """The files that the words of one command start, relative to one of the folders."""
    program = _program(words)
    if program in _EXAMINERS:
        return
    for number, word in enumerate(words):
        if any(sign in word for sign in " \t\n"):
            # `sh -c "python main.py"`: a word that is a command itself.
            for inner in commands_of(word):
                yield from started_by(inner, tree, folders)
            continue
        found = _named(word, words[number - 1] if number else "", program, tree, folders)
        if found:
            yield found


def _program(words: Sequence[str]) -> str:
    """The name of the program that a command runs, behind those that only start it; of `python -m x` it is `x`."""
    after_module = False
    for word in words:
        name = word.rpartition("/")[2]
        if after_module:
            return word.partition(".")[0] if word.partition(".")[0] in _EXAMINERS else name
        if word == "-m":
            after_module = True
        elif "=" in word or word.startswith("-") or name in _LAUNCHERS or name.isdigit():
            continue
        elif not name.startswith(("python", "pypy")):
            return name
    return ""


def _named(word: str, before: str, program: str, tree: TreePaths, folders: Sequence[str]) -> str:
    """The file that a word names; empty if it names none."""
    text = word.partition("=")[2] if word.startswith("--") and "=" in word else word
    if "$" in text:
        text = text.rpartition("$")[2].partition("/")[2]
    module, colon, _ = text.partition(":")
    if colon and _is_dotted(module):
        found = tree.module(folders, module)
        if found:
            return found
    if before == "-m" or (program in _TAKE_MODULES and _is_dotted(text)):
        return tree.module(folders, text) if _is_dotted(text) else ""
    path = module if colon and "/" in module else text
    return tree.file(folders, path) if ("/" in path or "." in path) and not path.startswith("-") and path.strip(_SIGNS) else ""


def _is_dotted(text: str) -> bool:
    return bool(text) and all(part.isidentifier() for part in text.split("."))
