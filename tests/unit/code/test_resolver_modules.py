"""What imports between files give, and what is known of functions that a package is given."""

import pytest
from tests.support.values import repository_of, shown, value_of

from shipcheck.code.form import Call
from shipcheck.code.resolver import Resolver
from shipcheck.code.sites import Lines, Words, sites_in

IMPORTS: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"a.py": "from b import y as x", "b.py": "y = 1"}, "a.py", "1"),
    ({"p/a.py": "from .b import x", "p/b.py": "x = 1", "p/__init__.py": ""}, "p/a.py", "1"),
    ({"a.py": "from p import x", "p/__init__.py": "from .b import x", "p/b.py": "x = 1"}, "a.py", "1"),
    ({"a.py": "from p import b as x", "p/__init__.py": "", "p/b.py": ""}, "a.py", "module p/b.py"),
    ({"a.py": "import p.b\nx = p.b.y", "p/__init__.py": "", "p/b.py": "y = 1"}, "a.py", "1"),
    ({"a.py": "from b import *", "b.py": "x = 1"}, "a.py", "1"),
    ({"a.py": "from b import x", "b.py": "from a import x"}, "a.py", "<unknown: a value that depends on itself>"),
    ({"a.py": "from .b import x"}, "a.py", "<unknown: 'b' is not found in the repository>"),
    ({"a.py": "from b import x", "b.py": "x = 1\0"}, "a.py", "<unknown: b.py cannot be read>"),
    ({"a.py": "from b import y\nx = y(1)", "b.py": "def y(z):\n    return [z]"}, "a.py", "[1]"),
    ({"a.ts": "import { y as x } from './b';", "b.ts": "export const y = 1;"}, "a.ts", "1"),
    ({"a.ts": "import x from './b.js';", "b.ts": "export default 1;"}, "a.ts", "1"),
    ({"a.ts": "import { x } from './b';", "b/index.ts": "export * from './c';", "b/c.ts": "export const x = 1;"}, "a.ts", "1"),
    ({"a.ts": "import * as b from './b'; const x = b.y;", "b.ts": "export const y = 1;"}, "a.ts", "1"),
    (
        {
            "a.ts": "import { x } from '@/b';",
            "src/b.ts": "export const x = 1;",
            "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
        },
        "a.ts",
        "1",
    ),
    ({"a.ts": "import { x } from 'q';", "p/package.json": '{"name": "q"}', "p/src/index.ts": "export const x = 1;"}, "a.ts", "1"),
    ({"a.ts": "import { x } from './a';"}, "a.ts", "<unknown: './a' is not found in the repository>"),
)
GIVEN: tuple[tuple[str, str, str], ...] = (
    (
        "a.ts",
        "import { step } from 'p'; step({ execute: async ({ suspend }) => suspend() });",
        "p:step.execute.0.suspend",
    ),
    ("a.ts", "import { handler } from 'p'; handler((server) => { server.suspend(); });", "p:handler.0.0.suspend"),
    ("a.py", "from p import App\nApp(on=lambda one, two: two.suspend())", "p.App.on.1.suspend"),
    ("a.py", "[1].map(lambda one: one.suspend())", "?.suspend by caller"),
    ("a.py", "def f(one):\n    one.suspend()", "?.suspend by caller"),
)


@pytest.mark.parametrize(("files", "path", "expected"), IMPORTS)
def test_imports(files: dict[str, str], path: str, expected: str) -> None:
    assert value_of(files, path) == expected


@pytest.mark.parametrize(("path", "source", "expected"), GIVEN)
def test_parameters_of_what_a_package_is_given(path: str, source: str, expected: str) -> None:
    repository = repository_of({path: source})
    resolver, scope, form = Resolver(repository), repository.top(path), repository.form(path)
    assert scope is not None
    assert form is not None
    sites = sites_in(scope, form.body, Lines(source.encode(), Words({"suspend"})), resolver.rounds)
    found = [shown(resolver.ask(each.node.callee, each.scope)) for each in sites if isinstance(each.node, Call)]
    assert found[-1] == expected


def test_a_name_of_the_repository_and_of_a_known_package_is_both() -> None:
    files = {"a.py": "from p import x", "p.py": "x = 1"}
    assert value_of(files, "a.py", packages=frozenset({"p"})) == "1 | p.x"
