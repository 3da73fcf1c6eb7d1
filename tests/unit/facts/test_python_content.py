"""What is under a name of a Python file: code, nothing that stops an action, or what never runs."""

import pytest

from shipcheck.facts.content import content_by_path
from shipcheck.facts.python_content import content_of, contents_of

EMPTY = {
    "none": "ask = None",
    "false": "ask = False",
    "text": "ask = 'yes'",
    "no list": "ask = []",
    "pass": "def ask(): pass",
    "ellipsis": "def ask(): ...",
    "a docstring": "def ask():\n    '''Asks a person.'''",
    "async": "async def ask(request): return True",
    "true": "def ask(*a, **k): return True",
    "no answer": "def ask(): return",
    "none as answer": "def ask(): return None",
    "not written": "def ask(): raise NotImplementedError('later')",
    "its argument": "def ask(request): return request",
    "a word": "def ask(request): return 'approve'",
    "a member of an enum": "def ask(request): return Decision.APPROVE",
    "a cast constant": "def ask(request): return bool(1)",
    "a pair": "def ask(request): return True, 'fine'",
    "a constant of the body": "def ask(request):\n    approved = True\n    return approved",
    "a name for itself": "def ask(request):\n    request = request\n    request = True\n    return True",
    "always true": "def ask(request): return request or True",
    "both ways": "def ask(request):\n    if request:\n        return True\n    else:\n        return True",
    "the rest is not reached": "def ask(request):\n    return True\n    return interrupt(request)",
    "never asked": "def ask(request):\n    if False:\n        return interrupt(request)\n    return True",
    "only told": "def ask(request):\n    print('approved', request)\n    logger.info('approved')\n    return True",
    "an assertion of nothing": "def ask(request):\n    assert True\n    return True",
    "a context": "@contextmanager\ndef ask(): yield",
    "a static method": "@staticmethod\ndef ask(): return True",
    "cached": "@functools.lru_cache(maxsize=1)\ndef ask(): return True",
    "an own decorator that does nothing": "def guarded(function): return function\n@guarded\ndef ask(): return True",
    "a lambda": "ask = lambda *_: True",
    "a lambda that returns its argument": "ask = lambda request: request",
    "another name": "def allow(): return True\nask = allow",
    "another name for another": "def allow(): return True\nalso = allow\nask = also",
    "in part": "from functools import partial\ndef allow(who): return True\nask = partial(allow, 'me')",
    "a double": "ask = unittest.mock.MagicMock(return_value=True)",
    "overwritten": "def ask(): return interrupt()\nask = None",
    "overwritten by a constant function": "def ask(): return interrupt()\ndef ask(): return True",
    "annotated": "ask: object = None",
    "one of several": "ask, other = None, interrupt",
    "everywhere": "try:\n    def ask(): return True\nexcept ImportError:\n    def ask(): return None",
    "a class": "class ask: pass",
    "a class of constants": "class ask:\n    '''Asks.'''\n    name = 'gate'\n    size: int",
    "a record": "@dataclass\nclass ask:\n    who: str\n    def __post_init__(self):\n        self.x = self.who",
    "a class that allows": "class ask:\n    def run(self): return True\n    def stop(self): pass",
    "a class of an object": "class ask(object):\n    def run(self): return True",
    "a class of such a class": "class Base:\n    def run(self): return True\nclass ask(Base): pass",
}
UNREACHABLE = {
    "if false": "if False:\n    def ask(): return interrupt()",
    "if zero": "if 0:\n    def ask(): return interrupt()",
    "for types": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    def ask(): return interrupt()",
    "for types of a module": "import typing\nif typing.TYPE_CHECKING:\n    def ask(): return interrupt()",
    "else of true": "if True:\n    pass\nelse:\n    def ask(): return interrupt()",
    "not true": "if not True:\n    def ask(): return interrupt()",
    "false and something": "if False and enabled():\n    def ask(): return interrupt()",
    "a switch that is off": "ENABLED = False\nif ENABLED:\n    def ask(): return interrupt()",
    "one is two": "if 1 == 2:\n    def ask(): return interrupt()",
    "while false": "while False:\n    def ask(): return interrupt()",
    "for nothing": "for _ in ():\n    def ask(): return interrupt()",
    "after the end": "import sys\nsys.exit()\ndef ask(): return interrupt()",
    "after an exception": "raise SystemExit\ndef ask(): return interrupt()",
    "after both ends": "if x:\n    raise A\nelse:\n    raise B\ndef ask(): return interrupt()",
}
CODE = {
    "it asks": "def ask(request): return interrupt(request)",
    "it asks and agrees": "def ask(request):\n    interrupt(request)\n    return True",
    "it waits": "async def ask(request): return await queue.get()",
    "it raises": "def ask(request): raise PermissionError(request)",
    "it reads a value": "def ask(request): return bool(request.approved)",
    "it decides": "def ask(request): return request.amount < 100",
    "it decides by a branch": "def ask(request):\n    if request.amount > 100:\n        return False\n    return True",
    "it decides by a variable": "def ask(request):\n    ok = True\n    if request.late:\n        ok = False\n    return ok",
    "it sometimes answers": "def ask(request):\n    if request.late:\n        return True",
    "it asserts": "def ask(request): assert request.approved",
    "it logs what it asks": "def ask(request):\n    logger.info(input())\n    return True",
    "it enters something": "def ask(request):\n    with approval():\n        pass",
    "it keeps something": "class Gate:\n    def ask(self): self.asked = True\nask = Gate.ask",
    "a decorated one that asks": "@tool\ndef ask(request): return interrupt(request)",
    "a lambda that asks": "ask = lambda request: input(request)",
    "a class that asks": "class ask:\n    def run(self): return interrupt()\n    def name(self): return 'gate'",
    "a class of one that asks": "class Base:\n    def run(self): return interrupt()\nclass ask(Base):\n    name = 'x'",
    "a protocol with code": "class ask(Protocol):\n    def run(self): return interrupt()",
    "a decorator": "def ask(function):\n    def inner(*a): return function(*a) if input() else None\n    return inner",
    "a class whose making asks": "class ask:\n    def __init__(self): self.approved = input()",
}
UNKNOWN = {
    "not there": "other = 1",
    "imported": "from gates import ask",
    "made by a call": "ask = make_gate()",
    "a tool": "ask = tool(approve, needs_approval=True)",
    "a decorator from elsewhere": "from gates import human_gate\n@human_gate\ndef ask(request): return True",
    "a decorator of this file that does something": "def asks(f):\n    return wrap(f)\n@asks\ndef ask(): return True",
    "an abstract method": "@abstractmethod\ndef ask(self): raise NotImplementedError",
    "an overload": "@overload\ndef ask(self): ...",
    "a protocol": "class ask(typing.Protocol):\n    def run(self) -> bool: ...",
    "an abstract class": "class ask(ABC):\n    @abstractmethod\n    def run(self): ...",
    "a class with a base from elsewhere": "class ask(HumanGate):\n    name = 'x'",
    "a class that is made by another": "class ask(metaclass=Registry): pass",
    "a decorated class": "@register\nclass ask: pass",
    "one of two": "if fast:\n    from fast import ask\nelse:\n    def ask(): return True",
    "one of two that asks": "try:\n    from fast import ask\nexcept ImportError:\n    def ask(): return interrupt()",
    "itself": "ask = ask",
    "a chain to itself": "ask = other\nother = ask",
    "settings of a framework": "ask = {'interrupt_on': {'pay': True}}",
}
# Symbols with dots, and files without one.
OTHERS = [
    ("class Gate:\n    ask = None", "Gate.ask", "empty"),
    ("class Gate:\n    def ask(self): return interrupt()\n    ask = None", "Gate.ask", "empty"),
    ("class Gate:\n    def ask(self): return interrupt()\nGate.ask = lambda self: True", "Gate.ask", "empty"),
    ("class Gate:\n    def ask(self): return interrupt()\nsetattr(Gate, 'ask', lambda self: True)", "Gate.ask", "empty"),
    ("class Gate(Base):\n    needs_approval = True", "Gate.needs_approval", None),
    ("class Gate(Base):\n    needs_approval = False", "Gate.needs_approval", "empty"),
    ("class Gate(Base):\n    def ask(self): return True", "Gate.ask", "empty"),
    ("class Gate(Protocol):\n    def ask(self): ...", "Gate.ask", None),
    ("class Gate:\n    class Inner:\n        def ask(self): return True", "Gate.Inner.ask", "empty"),
    ("def make():\n    def ask(): return True\n    return ask", "make.ask", "empty"),
    ("def make():\n    return 1\n    def ask(): return interrupt()", "make.ask", "unreachable"),
    ("def make():\n    def ask(): return interrupt()\n    return ask", "make.ask", "code"),
    ("class Gate:\n    ask = staticmethod(lambda: True)", "Gate.ask", "empty"),
    ("", "", "empty"),
    ("'''A gate.'''\n# Later.\n", "", "empty"),
    ("import os\nfrom typing import Any\n\ndef ask() -> Any: ...\n", "", "empty"),
    ("LIMIT = 3\n", "", "empty"),
    ("from gates import ask\n", "", None),
    ("from gates import ask\n__all__ = ['ask']\n", "", None),
    ("def ask(): return interrupt()\n", "", "code"),
    ("app = make()\n", "", None),
    ("register(ask)\n", "", None),
]
EVERY = [
    *((source, "ask", "empty") for source in EMPTY.values()),
    *((source, "ask", "unreachable") for source in UNREACHABLE.values()),
    *((source, "ask", "code") for source in CODE.values()),
    *((source, "ask", None) for source in UNKNOWN.values()),
    *OTHERS,
]


def content(source: str, symbol: str) -> str | None:
    held = contents_of(source.encode("utf-8"))
    assert held is not None, source
    return content_of(held, symbol)


@pytest.mark.parametrize(("source", "symbol", "expected"), EVERY)
def test_what_is_under_a_name(source: str, symbol: str, expected: str | None) -> None:
    assert content(source, symbol) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README.md", "document"),
        ("docs/GATE.MD", "document"),
        ("LICENSE", "document"),
        ("docs/gate.pdf", "document"),
        ("docs/gate.png", "document"),
        ("tests/gate.py", "test"),
        ("src/tests/gate.py", "test"),
        ("web/__tests__/gate.ts", "test"),
        ("src/test_gate.py", "test"),
        ("src/gate_test.go", "test"),
        ("src/gate.test.ts", "test"),
        ("src/gate.spec.ts", "test"),
        ("conftest.py", "test"),
        ("src/gate.py", None),
        ("src/latest/gate.py", None),
        ("src/attestation.py", None),
        ("src/contest.py", None),
        ("src/gate.ts", None),
        ("deploy/gate.yaml", None),
        ("Makefile", None),
        ("src/readme.py", None),
    ],
)
def test_what_a_path_tells(path: str, expected: str | None) -> None:
    assert content_by_path(path) == expected


def test_a_deep_chain_is_unknown_and_not_a_crash() -> None:
    source = "".join(f"a{number} = a{number + 1}\n" for number in range(20000)) + "a20000 = None\n"
    assert contents_of(source[: 250 * 1024].rpartition("\n")[0].encode()) is None


@pytest.mark.parametrize(
    "source",
    [b"def gate(:", b"def gate(): ...\n\0", b"# coding: latin-1\ndef gate(): ...", b"def gate(): ...\n" + b"#" * 256 * 1024],
    ids=range(4),
)
def test_a_file_that_cannot_be_understood_tells_nothing(source: bytes) -> None:
    assert contents_of(source) is None
