"""Sources that are written to be hard: each ends with an answer or a reason within its fuel, and never with an exception."""

from collections.abc import Callable

import pytest
from tests.support.values import AT_END, repository_of, shown

from shipcheck.code.form import Call, Class, Function, Name
from shipcheck.code.possible_values import Routine
from shipcheck.code.resolver import FUEL, Resolver
from shipcheck.code.sites import Lines, Words, sites_in
from shipcheck.code.walk import visits

MOST_SHOWN = 100_000
COUNTS = (300, 2_500)
NESTED: dict[str, tuple[str, Callable[[int], str]]] = {
    "elif": ("a.py", lambda n: "def f(a):\n if a: return 0\n" + " elif a == 1: return 1\n" * n + "x = f(1)\n"),
    "else if": ("a.ts", lambda n: "function f(a) { if (a) return 0;" + "\nelse if (a) return 1;" * n + "}\nconst x = f(1);"),
    "sum": ("a.py", lambda n: "x = f(a" + "\n+ a" * n + ")"),
    "sum of TypeScript": ("a.ts", lambda n: "const x = f(a" + "\n+ a" * n + ");"),
    "members": ("a.py", lambda n: "x = f(a" + "\n.b" * n + ")"),
    "calls": ("a.py", lambda n: "x = (f()" + "\n.b()" * n + ")"),
    "calls of TypeScript": ("a.ts", lambda n: "const x = f()" + "\n.b()" * n + ";"),
    "choices": ("a.py", lambda n: "x = f(" + "a if b\n else " * n + "c)"),
    "choices of TypeScript": ("a.ts", lambda n: "const x = f(" + "a ? b\n : " * n + "c);"),
    "not": ("a.py", lambda n: "x = f(" + "not\n " * n + "c)"),
    "lambdas": ("a.py", lambda n: "x = f(" + "lambda:\n" * n + "c)"),
    "arrows": ("a.ts", lambda n: "const x = f(" + "a =>\n" * n + "c);"),
    "assignments": ("a.ts", lambda n: "const x = f(" + "a =\n" * n + "c);"),
    "branches": ("a.ts", lambda n: "if (a)\n" * n + "f();"),
    "loops": ("a.ts", lambda n: "for (;;)\n" * n + "f();"),
    "labels": ("a.ts", lambda n: "a:\n" * n + "f();"),
    "new": ("a.ts", lambda n: "const x = " + "new\n" * n + "f();"),
}
WIDE: dict[str, str] = {
    "list": "x = f([\n" + "1,\n" * 100_000 + "])\n",
    "alternatives": "".join(f"if q{n}:\n    x = {n}\n" for n in range(4_000)) + "f(x)\n",
    "branches": "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(4_000)) + "x = f(q)\n",
    "changes": "x = []\n" + "x.append(f)\n" * 4_000,
    "doubling": "x = [1]\n" + "x = x + x\n" * 60 + "f(x)\n",
    "doubling calls": "".join(f"def f{n}(a):\n    return f{n + 1}([a, a]) + f{n + 1}(a)\n" for n in range(30))
    + "x = f = f0\nf(1)\n",
    "rounds": "x = [f(a, b, c) for a in y for b in y for c in y]\n" + "y = [" + "1, " * 300 + "]\n",
    "loops": "x = []\ny = [" + "1, " * 300 + "]\nfor a in y:\n  for b in y:\n    for c in y:\n      x.append(f(a, b, c))\n",
    "factories": "def f(a):\n    return g([a])\ndef g(a):\n    return f({'k': a})\nx = f(1)\n",
    "growing": "def f(a):\n    return f(a + a)\nx = f([1])\n",
    "itself": "x = []\nx.append(x)\nx.extend(x)\nx += x\nf(x)\n",
    "lineage": "".join(f"class A{n}(A{n + 1}, A{n + 2}):\n    pass\n" for n in range(200)) + "x = A0().b\nf(x)\n",
    "names": "class self:\n    __class__ = constructor = f = 1\nx = {'?': self().__class__, 'self': 1, '*': 2}['?']\nf(x)\n",
    "own keys": "import global_ as x\nx.builtins.__import__.f(*x, **x)\n",
    "receivers": "class f:\n    def f(f):\n        return f.f\nx = f().f().f()\n",
}


def asked(path: str, source: str) -> int:
    """Ask everything that can be asked about a file; how many sites it has."""
    repository = repository_of({path: source})
    resolver, form, scope = Resolver(repository), repository.form(path), repository.top(path)
    if form is None or scope is None:
        assert repository.unparsed[path].reason
        return 0
    count = 0
    for site in sites_in(scope, form.body, Lines(source.encode(), Words({"f"})), resolver.rounds):
        count += 1
        match site.node:
            case Call(callee=callee):
                resolver.ask(callee, site.scope)
                resolver.ask(site.node, site.scope)
            case Function() | Class():
                assert site.scope.inside(site.node).table is not None
    assert len(shown(resolver.ask(Name("x", AT_END), scope))[:MOST_SHOWN]) > 0
    for item in resolver.ask(Name("f", AT_END), scope):
        if isinstance(item.value, Routine):
            count += sum(1 for _ in visits(resolver, item.value))
    return count


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", NESTED)
def test_nested(name: str, count: int) -> None:
    path, source = NESTED[name]
    asked(path, source(count))


@pytest.mark.parametrize("name", WIDE)
def test_wide(name: str) -> None:
    assert asked("a.py", WIDE[name]) > 0


def test_what_is_nested_too_deeply_is_known() -> None:
    path, source = NESTED["branches"]
    repository = repository_of({path: source(2_500)})
    form, scope = repository.form(path), repository.top(path)
    assert form is not None
    assert scope is not None
    assert list(sites_in(scope, form.body, Lines(source(2_500).encode(), Words({"f"})), Resolver(repository).rounds)) == []
    assert list(repository.too_deep) == [path]


def test_modules_that_import_each_other_end() -> None:
    files = {f"m{n}.py": f"from m{(n + 1) % 300} import *\nfrom m{(n + 2) % 300} import x as y\n" for n in range(300)}
    repository = repository_of(files)
    scope = repository.top("m0.py")
    assert scope is not None
    assert shown(Resolver(repository).ask(Name("x", AT_END), scope))


def test_a_question_takes_no_more_than_its_fuel() -> None:
    repository = repository_of({"a.py": WIDE["doubling calls"]})
    resolver, scope = Resolver(repository, fuel=50), repository.top("a.py")
    assert scope is not None
    resolver.ask(Name("x", AT_END), scope)
    assert FUEL > 50
