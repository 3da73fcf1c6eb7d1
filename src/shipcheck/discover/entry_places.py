"""Where files say what is started: the names of files, the paths of keys in them, and how their values are meant, all as data."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from shipcheck.discover.file_kinds import kind_of
from shipcheck.discover.tree_paths import normal
from shipcheck.model.document import Mapping, Node, Scalar, Sequence

# A command; its words; a path, perhaps with an object behind a colon; a module, likewise; a file and a function, `a/b.f`.
Form = Literal["command", "words", "file", "module", "handler"]


class Place(NamedTuple):
    """A path of keys in a document, and how the values there are meant."""

    keys: tuple[str, ...]
    form: Form


def _places(form: Form, *paths: str) -> tuple[Place, ...]:
    return tuple(Place(tuple(path.split()), form) for path in paths)


_PYPROJECT = (
    *_places("module", "project scripts *", "project gui-scripts *", "project entry-points * *", "tool poetry scripts *"),
    *_places("module", "tool poetry plugins * *", "tool poetry scripts * callable", "tool poetry scripts * reference"),
    *_places("command", "tool pdm scripts *", "tool pdm scripts * cmd", "tool pdm scripts * shell", "tool poe tasks *"),
    *_places("command", "tool poe tasks * cmd", "tool poe tasks * shell", "tool hatch envs * scripts *", "tool taskipy tasks *"),
    *_places("file", "tool langgraph graphs *"),
)
_PACKAGE = (
    *_places("file", "main", "module", "browser", "bin", "bin *", "exports **"),
    *_places("command", "scripts *"),
)
_COMPOSE = _places("words", "services * command", "services * entrypoint")
_LANGGRAPH = _places("file", "graphs *", "graphs * path", "http app", "auth path", "store path", "checkpointer path")
_SERVERLESS = (
    *_places("handler", "functions * handler", "functions * * handler"),
    *_places("words", "functions * command", "functions * image command"),
)
_FUNCTIONS = (
    *_places("handler", "Resources * Properties Handler", "Globals Function Handler"),
    *_places("words", "Resources * Properties ImageConfig Command"),
)
_CONTAINERS = (
    *_places("words", "** containers * command", "** containers * args", "** initContainers * command"),
    *_places("words", "** initContainers * args"),
)
_WORKFLOW = (
    *_places("command", "jobs * steps * run", "runs steps * run"),
    *_places("file", "runs main", "runs pre", "runs post"),
)
_OTHER_CI = _places("command", "** script", "** before_script", "** after_script", "** run", "** command", "** bash", "** pwsh")
_CLIENTS = _places("words", "mcpServers * args", "servers * args", "mcpServers * command", "servers * command")
_BY_NAME = {
    "pyproject.toml": _PYPROJECT,
    "package.json": _PACKAGE,
    "langgraph.json": _LANGGRAPH,
    "deno.json": _places("command", "tasks *", "tasks * command"),
    "wrangler.toml": _places("file", "main"),
    "fly.toml": _places("command", "processes *"),
    "app.yaml": _places("command", "entrypoint"),
    "render.yaml": _places("command", "services * startCommand", "services * dockerCommand"),
    "railway.json": _places("command", "deploy startCommand"),
    "railway.toml": _places("command", "deploy startCommand"),
    "nixpacks.toml": _places("command", "start cmd"),
    "smithery.yaml": _places("file", "startCommand command"),
    ".mcp.json": _CLIENTS,
    "mcp.json": _CLIENTS,
    "claude_desktop_config.json": _CLIENTS,
    ".gitlab-ci.yml": _OTHER_CI,
    "azure-pipelines.yml": _OTHER_CI,
    "azure-pipelines.yaml": _OTHER_CI,
    "bitbucket-pipelines.yml": _OTHER_CI,
    "action.yml": _WORKFLOW,
    "action.yaml": _WORKFLOW,
}
_YAML = (".yml", ".yaml")
_COMPOSE_STARTS = ("docker-compose", "compose", "podman-compose")
_CONTAINER_WORDS = (b"apiVersion", b"ontainers")
_FUNCTION_WORDS = (b"AWS::Serverless::Function", b"AWS::Lambda::Function")
# Keys whose values are folders in which the commands next to them run.
_FOLDER_KEYS = frozenset(
    {"working-directory", "working_dir", "workingDir", "workingDirectory", "context", "build", "CodeUri", "cwd"}
)
_FOLDER_KEYS_OF_PACKAGES = frozenset({"where", "from", "package-dir"})
_MOST_FOLDERS = 30
_SHEBANG = b"#!"


def declared_places(path: str) -> tuple[Place, ...]:
    """The places of a file that has a known name; none for any other."""
    folder, _, name = path.rpartition("/")
    name = name.lower()
    known = _BY_NAME.get(name)
    if known is not None:
        return known
    if name.endswith(_YAML):
        if f"/{folder}".endswith("/.github/workflows"):
            return _WORKFLOW
        if f"/{folder}".endswith("/.circleci"):
            return _OTHER_CI
        if name.startswith(_COMPOSE_STARTS):
            return _COMPOSE
    if name.startswith("serverless.") and (name.endswith(_YAML) or name.endswith(".json")):
        return _SERVERLESS
    return ()


def may_declare(path: str) -> bool:
    """Whether a file may be one of Kubernetes or of a cloud's functions, which can have any name."""
    return path.lower().endswith((*_YAML, "template.json"))


def places_within(content: bytes) -> tuple[Place, ...]:
    """The places of such a file, by the words in it; none for one of another kind, which need not be parsed."""
    if any(word in content for word in _FUNCTION_WORDS):
        return _FUNCTIONS
    return _CONTAINERS if all(word in content for word in _CONTAINER_WORDS) else ()


def folders_in(document: Node, path: str) -> Iterator[str]:
    """The folders in which something runs or is built, as a document names them: below the folder of the file, and the root."""
    keys = _FOLDER_KEYS | (_FOLDER_KEYS_OF_PACKAGES if path.endswith(".toml") else frozenset())
    own = path.rpartition("/")[0]
    found: dict[str, None] = {}
    waiting = [document]
    while waiting and len(found) < _MOST_FOLDERS:
        node = waiting.pop()
        if isinstance(node, Mapping):
            for key, value in node.entries:
                if key.text in keys:
                    found.update(dict.fromkeys(_texts(value)))
                waiting.append(value)
        elif isinstance(node, Sequence):
            waiting += node.items
    for text in found:
        yield from (folder for base in dict.fromkeys((own, "")) if (folder := normal(base, text)) is not None)


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        yield from (item.text for item in node.items if isinstance(item, Scalar))
    else:
        yield from (value.text for _, value in node.entries if isinstance(value, Scalar))


def is_script(path: str, content: bytes) -> bool:
    """Whether a file is a script of commands: by its ending, else by the program that its first line names."""
    first = content.partition(b"\n")[0]
    return kind_of(path).word == "shell" or (first.startswith(_SHEBANG) and b"sh" in first)
