"""Values of expressions as short text, for tests of the resolver."""

from shipcheck.code.form import Name
from shipcheck.code.possible_values import (
    CODE,
    Alternative,
    Element,
    Field,
    Kind,
    Listed,
    Literal,
    Module,
    Object,
    Outside,
    Recorded,
    Routine,
    Unsure,
    Values,
    path_of,
)
from shipcheck.code.repository import Repository
from shipcheck.code.resolver import Resolver

DEEPEST = 6
AT_END = (1 << 30, 0, 1 << 30, 0)


def repository_of(files: dict[str, str]) -> Repository:
    """These files as a repository."""
    return Repository(tuple(files), lambda path: files[path].encode())


def value_of(files: dict[str, str], path: str, name: str = "x", packages: frozenset[str] = frozenset()) -> str:
    """What a name is worth at the end of a module."""
    repository = repository_of(files)
    scope = repository.top(path)
    assert scope is not None
    return shown(Resolver(repository, packages).ask(Name(name, AT_END), scope))


def shown(values: Values, deep: int = 0) -> str:
    """Alternatives with ` | ` between them; a trailing `?` for conditions, and how a value is known if it is not the code."""
    return " | ".join(_alternative(item, deep) for item in values) or "nothing"


def _alternative(item: Alternative, deep: int) -> str:
    how = "" if item.how == CODE or isinstance(item.value, Unsure) else f" by {item.how}"
    return f"{_value(item, deep) if deep < DEEPEST else '...'}{'?' * len(item.when)}{how}"


def _value(item: Alternative, deep: int) -> str:
    match item.value:
        case Listed() | Recorded() as container:
            return _container(container, deep)
        case Literal(value=value, computed=computed):
            return f"{value!r}{'~' if computed else ''}"
        case Outside(made=made) as outside:
            return f"{path_of(outside)}{'()' if made else ''}"
        case Routine(function=function):
            return f"def {function.name}"
        case Kind(definition=definition):
            return f"class {definition.name}"
        case Object(kind=Kind(definition=definition)):
            return f"a {definition.name}"
        case Module(path=path):
            return f"module {path}"
        case Unsure(how=how, why=why):
            return f"<{how}: {why}>"


def _container(value: Listed | Recorded, deep: int) -> str:
    end = ["..."] if value.open else []
    if isinstance(value, Listed):
        return f"[{', '.join([_item(each, deep) for each in value.items] + end)}]"
    return f"{{{', '.join([f'{each.key}: {_item(each, deep)}' for each in value.fields] + end)}}}"


def _item(item: Element | Field, deep: int) -> str:
    return f"{shown(item.values, deep + 1)}{'?' * len(item.when)}"
