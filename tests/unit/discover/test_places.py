"""Where components count: code aside and what starts it, files that name code, and files that are not what they seem."""

import pytest
from tests.support.discovered import Files, answered, discovered, seen, unparsed

APP = "from agents import Agent\nx = Agent(name='Clerk')\n"
ASIDE = ["tests/app.py", "examples/app.py", "docs/app.py", "vendor/kit/app.py", "src/test_app.py", "web/node_modules/kit/app.py"]

# ---- R18 and Q11: aside


@pytest.mark.parametrize("path", ASIDE)
def test_code_aside_is_counted_and_no_component(path: str) -> None:
    answer = answered({path: APP, "src/main.py": "print(1)\n"})
    assert seen(answer).names == []
    assert [count for _, count in answer.coverage.aside] == [1]


STARTS: dict[str, Files] = {
    "a script of the project": {"pyproject.toml": '[project]\nname = "x"\n[project.scripts]\nrun = "examples.app:main"\n'},
    "an image": {"Dockerfile": 'FROM python\nCMD ["python", "examples/app.py"]\n'},
    "a job": {
        ".github/workflows/run.yml": "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: python examples/app.py\n"
    },
    "a process": {"Procfile": "worker: python examples/app.py\n"},
    "a deployment": {"langgraph.json": '{"graphs": {"desk": "./examples/app.py:x"}}'},
    "an import": {"src/main.py": "from examples.app import x\nprint(x)\n"},
    "an import of an import": {"src/main.py": "import examples.kit\n", "examples/kit.py": "from examples.app import x\n"},
    "a name in a variable": {"src/main.py": "import importlib\nimportlib.import_module(\n    input()\n)\n"},
    "a name that is put together": {"src/main.py": "name = input()\n__import__(f'examples.{name}')\n"},
    "a name that TypeScript puts together": {"src/main.ts": "export const load = (x: string) => import('./' + x);\n"},
    "a name that is computed": {"src/main.py": "from importlib import import_module\nimport_module('examples.' + input())\n"},
}


@pytest.mark.parametrize("files", STARTS.values(), ids=STARTS)
def test_what_is_started_counts_wherever_it_is(files: Files) -> None:
    found = seen(answered({**files, "examples/app.py": APP, "examples/__init__.py": ""}))
    assert [line.split()[-1] for line in found.of("agent")] == ["examples/app.py:2"]


@pytest.mark.parametrize(
    "files",
    [
        {"tests/main.py": "from importlib import import_module\nimport_module('examples.' + input())\n"},
        {"tests/main.py": "from examples.app import x\n"},
        {"src/main.py": "from importlib import import_module\nimport_module('json')\n"},
        {"src/main.ts": "import('./other'); require(\"./more\", 1); import(/* a name */ './third');\n"},
        {"README.md": "python examples/app.py\n"},
    ],
)
def test_what_is_aside_starts_nothing(files: Files) -> None:
    assert seen(answered({**files, "examples/app.py": APP})).of("agent") == []


@pytest.mark.xfail(strict=True, reason="only imports at the top of a module, not those in functions and in `try`, are followed")
def test_an_import_in_a_function_reaches_what_is_aside() -> None:
    main = "def run():\n    from examples.app import x\n    return x\n"
    assert seen(answered({"src/main.py": main, "examples/app.py": APP})).of("agent") == ["agent Clerk examples/app.py:2"]


# ---- Q13: files that name code

GRAPH = "from langgraph.graph import StateGraph\nb = StateGraph(dict)\nb.add_node('n', lambda s: s)\ngraph = b.compile()\n"


@pytest.mark.parametrize("path", ["./src/a.py:graph", "src/a.py:graph", "src/../src/a.py:graph", "./src/./a.py:graph"])
def test_a_file_that_names_code_gives_it_its_name(path: str) -> None:
    found = discovered({"langgraph.json": f'{{"graphs": {{"desk": "{path}"}}}}', "src/a.py": GRAPH})
    assert found.of("agent") == ["agent desk src/a.py:2"]
    assert found.fields("entry") == ["true"]


@pytest.mark.parametrize(
    "path",
    [
        "../src/a.py:graph",
        "src/../../repository/src/a.py:graph",
        "../../../../../../etc/passwd:graph",
        "/src/a.py:graph",
        "/etc/passwd:graph",
        "./src/none.py:graph",
        "./src/a.py:none",
        "./src/a.py",
        ":",
        "",
        "C:/src/a.py:graph",
        "~/src/a.py:graph",
        "file:///src/a.py:graph",
    ],
)
def test_a_path_that_leads_elsewhere_names_no_code(path: str) -> None:
    found = discovered({"langgraph.json": f'{{"graphs": {{"desk": "{path}"}}}}', "src/a.py": GRAPH})
    assert "agent desk langgraph.json:1" in found.names
    assert [line for line in found.of("agent") if line.endswith("src/a.py:2")] != ["agent desk src/a.py:2"]


def test_a_path_in_a_folder_is_from_there() -> None:
    found = discovered({"svc/langgraph.json": '{"graphs": {"desk": "../src/a.py:graph"}}', "src/a.py": GRAPH})
    assert found.of("agent") == ["agent desk src/a.py:2"]


@pytest.mark.xfail(strict=True, reason="a module that a file names with dots is never looked up")
def test_a_module_that_a_file_names_is_found() -> None:
    found = discovered({"langgraph.json": '{"graphs": {"desk": "src.a:graph"}}', "src/a.py": GRAPH})
    assert found.of("agent") == ["agent desk src/a.py:2"]


def test_a_link_is_not_followed() -> None:
    answer = answered(
        {"langgraph.json": '{"graphs": {"desk": "./link.py:graph"}}', "real/a.py": GRAPH}, links=["link.py", "loop"]
    )
    assert {reason.reason for reason in answer.coverage.not_analysed if "link.py" in reason.paths} == {"link"}
    assert "agent desk langgraph.json:1" in seen(answer).names


def test_a_module_that_is_a_link_gives_nothing_and_takes_no_match_away() -> None:
    answer = answered({"app.py": APP}, links=["agents.py"])
    assert [line.partition(" app")[0] for line in seen(answer).of("agent")] == ["agent Clerk"]


# ---- files that are not what they seem


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (APP.replace("\n", "\r\n").encode(), 2),
        (b"\xef\xbb\xbf" + APP.encode(), 2),
        (b"\xef\xbb\xbf" + APP.replace("\n", "\r\n").encode(), 2),
        (f"{APP}def broken(:\n".encode(), 2),
        (f"{APP}\n\n\tif True:\n\t\tpass\n".encode(), 2),
        (b"def f():\n\tfrom agents import Agent\n\treturn Agent(name='Clerk')\n", 3),
        (f"# {'é' * 50}\n{APP}".encode(), 3),
        (f"{APP}print 'a'\n".encode(), 2),
        (APP.encode().removesuffix(b"\n"), 2),
    ],
)
def test_a_file_of_an_odd_form_is_read(content: bytes, line: int) -> None:
    answer = answered({"app.py": content})
    assert seen(answer).of("agent") == [f"agent Clerk app.py:{line}"]


@pytest.mark.parametrize(
    "content",
    [
        APP.encode() + b"\0",
        b"# -*- coding: latin-1 -*-\n# \xe9\n" + APP.encode(),
        APP.encode() + b"s = '\xff\xfe'\n",
        APP.encode("utf-16"),
        APP.encode() + b"y = " + b"(" * 5000 + b")" * 5000,
        APP.encode() + b"y = '" + b"a" * 60_000 + b"'\n",
        APP.encode() + b"y = " + b"1+" * 5000 + b"1\n",
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be_so_or_read(content: bytes) -> None:
    answer = answered({"app.py": content, "ok.py": APP})
    assert "agent Clerk ok.py:2" in seen(answer).names
    assert unparsed(answer).keys() <= {"app.py"}
    found = [line for line in seen(answer).of("agent") if " app.py:" in line]
    assert bool(found) or "app.py" in unparsed(answer) or answer.coverage.skipped == 1


@pytest.mark.parametrize("content", ["", "\n", "\r\n", "\ufeff", " ", "\t", "#", "\\"])
@pytest.mark.parametrize("path", ["app.py", "app.ts", "app.js", "langgraph.json", ".mcp.json"])
def test_a_file_without_content_is_nothing(path: str, content: str) -> None:
    answer = answered({path: content})
    assert answer.components == ()
    assert answer.coverage.seen == 1


NAMES = ["a\\b.py", "a b/c d.py", "é/ü.py", "-x.py", "a'b\".py", "..py", "a.b.c.py", "=1+1.py", "a\nb.py", "$(x).py", "UPPER.PY"]


@pytest.mark.parametrize("path", NAMES)
def test_a_name_of_any_form_is_a_name(path: str) -> None:
    answer = answered({path: APP})
    assert [each.place.path for each in seen(answer).components] == [path]
    assert seen(answer).keys[0].endswith("#x")


@pytest.mark.parametrize("name", ["Nö", "a'b", "{x}", "Desk\\n\\x1b[31m", "a" * 300, "#~2", "agent:app.py#y"])
def test_a_name_of_an_agent_of_any_form_is_no_key(name: str) -> None:
    found = discovered({"app.py": f'from agents import Agent\nx = Agent(name="{name}")\ny = Agent(name="Y")\n'})
    assert found.keys == ["agent:app.py#x", "agent:app.py#y"]
    assert all(each.name.isprintable() and len(each.name) <= 200 for each in found.components)


@pytest.mark.parametrize(
    "code",
    ["import nothing_of_this_name as n\nn.Agent(name='X')\n", "Agent(name='X')\n", "from agents import Nothing\nNothing()\n"],
)
def test_a_name_that_no_detector_knows_is_nothing(code: str) -> None:
    assert discovered({"app.py": code}).names == []
