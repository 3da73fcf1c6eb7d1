"""Which files are started from outside, as files of projects, images, services and CI say it."""

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.discover.command_words import commands_of, started_in
from shipcheck.discover.entries import Entries, Readers, entries_of
from shipcheck.discover.parse_files import parse_file
from shipcheck.discover.read_json import UnreadableError
from shipcheck.discover.tree_paths import TreePaths, normal
from shipcheck.model.document import File, Node
from shipcheck.model.problem import Problem
from shipcheck.read.tolerant import parse_tolerantly


def entries(files: Mapping[str, str]) -> Entries:
    """The entries of a repository with these files."""

    def parse(path: str) -> tuple[Node, ...]:
        try:
            return parse_file(path, files[path].encode("utf-8", "surrogatepass"), yaml)
        except UnreadableError:
            return ()

    def yaml(file: File) -> tuple[Node, ...] | Problem:
        outcome = parse_tolerantly(file)
        return outcome if isinstance(outcome, Problem) else outcome.roots

    def read(path: str) -> bytes | None:
        return files[path].encode("utf-8", "surrogatepass")

    return entries_of(files, Readers(read, parse))


def found(files: Mapping[str, str]) -> dict[str, str]:
    """The entries by their paths, each with the file and line that says so."""
    return {entry.path: f"{entry.place.path}:{entry.place.line}" for entry in entries(files).found}


def code(*paths: str) -> dict[str, str]:
    return dict.fromkeys(paths, "")


CASES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "scripts of a project": (
        {"pyproject.toml": '[project.scripts]\nbot = "bot.cli:main"\n', **code("src/bot/cli.py", "src/bot/other.py")},
        {"src/bot/cli.py": "pyproject.toml:2"},
    ),
    "entry points of a project": (
        {"a/pyproject.toml": '[project.entry-points."x.y"]\np = "plug"\n', **code("a/plug/__init__.py", "plug.py")},
        {"a/plug/__init__.py": "a/pyproject.toml:2"},
    ),
    "scripts of poetry": (
        {"pyproject.toml": '[tool.poetry.scripts]\nx = "pkg.mod:f"\n', **code("lib/pkg/mod.py")},
        {"lib/pkg/mod.py": "pyproject.toml:2"},
    ),
    "setup.cfg": (
        {"setup.cfg": "[options.entry_points]\nconsole_scripts =\n    x = pkg:main\n    y = 3\n", **code("pkg/__init__.py")},
        {"pkg/__init__.py": "setup.cfg:3"},
    ),
    "a package": (
        {
            "package.json": '{"main": "./dist/index.js",\n"bin": {"x": "bin/x.js"},\n'
            '"exports": {".": {"import": "./lib/m.mjs"}},\n"scripts": {"dev": "tsx watch tests/run.ts",'
            ' "test": "vitest src/only.ts", "lint": "eslint src/only.ts"}}',
            **code("src/index.ts", "bin/x.js", "src/m.ts", "tests/run.ts", "src/only.ts"),
        },
        {
            "bin/x.js": "package.json:2",
            "src/index.ts": "package.json:1",
            "src/m.ts": "package.json:3",
            "tests/run.ts": "package.json:4",
        },
    ),
    "an image": (
        {
            "backend/Dockerfile": 'FROM python\nWORKDIR /app\nCOPY service/ /app/\nCMD ["python", \\\n  "main.py"]\n',
            **code("backend/service/main.py", "main.ts"),
        },
        {"backend/service/main.py": "backend/Dockerfile:4"},
    ),
    "an image into which a file is copied": (
        {"docker/Dockerfile.job": "COPY src/run_job.py .\nCMD python run_job.py\n", **code("src/run_job.py")},
        {"src/run_job.py": "docker/Dockerfile.job:2"},
    ),
    "a module of a package that is not here": (
        {"Procfile": "x: python -m build\ny: python -m build.x\n", **code("src/tools/build.py", "lib/build/x.py")},
        {"lib/build/x.py": "Procfile:2"},
    ),
    "an image with a path of its own": (
        {"Dockerfile": "ENTRYPOINT /usr/src/app/examples/run.py --now\n", **code("examples/run.py")},
        {"examples/run.py": "Dockerfile:1"},
    ),
    "an image that starts a script": (
        {
            "Dockerfile": 'ENTRYPOINT ["./start.sh"]\n',
            "start.sh": "#!/bin/sh\nset -e\ncd jobs\nexec python nightly.py\n",
            **code("jobs/nightly.py"),
        },
        {"jobs/nightly.py": "start.sh:4", "start.sh": "Dockerfile:1"},
    ),
    "services of compose": (
        {
            "deploy/docker-compose.yml": "services:\n  api:\n    build: {context: ../api}\n    command: uvicorn app.main:app\n"
            "  job:\n    entrypoint: [python, -m, jobs.daily]\n",
            **code("api/app/main.py", "jobs/daily.py"),
        },
        {"api/app/main.py": "deploy/docker-compose.yml:4", "jobs/daily.py": "deploy/docker-compose.yml:6"},
    ),
    "a Procfile": (
        {"Procfile": "web: gunicorn shop.wsgi:app\nworker: python tests/worker.py\n", **code("shop/wsgi.py", "tests/worker.py")},
        {"shop/wsgi.py": "Procfile:1", "tests/worker.py": "Procfile:2"},
    ),
    "a workflow": (
        {
            ".github/workflows/a.yml": "jobs:\n  a:\n    steps:\n      - run: |\n          pip install .\n"
            "          python scripts/x.py\n"
            "      - run: pytest tests/test_a.py\n      - run: python y.py\n        working-directory: tools\n",
            **code("scripts/x.py", "tests/test_a.py", "tools/y.py"),
        },
        {"scripts/x.py": ".github/workflows/a.yml:4", "tools/y.py": ".github/workflows/a.yml:8"},
    ),
    "an action": (
        {"action.yml": "runs: {using: node20, main: dist/index.js}\n", **code("src/index.ts")},
        {"src/index.ts": "action.yml:1"},
    ),
    "langgraph.json": (
        {
            "langgraph.json": '{"graphs": {"a": "./src/a.py:graph",\n"b": {"path": "./src/b.py:make"}},'
            ' "http": {"app": "./src/w.py:app"}}',
            **code("src/a.py", "src/b.py", "src/w.py"),
        },
        {"src/a.py": "langgraph.json:1", "src/b.py": "langgraph.json:2", "src/w.py": "langgraph.json:2"},
    ),
    "serverless": (
        {"x/serverless.yml": "functions:\n  a: {handler: src/h.main}\n", **code("x/src/h.ts")},
        {"x/src/h.ts": "x/serverless.yml:2"},
    ),
    "functions of a cloud": (
        {
            "infra/t.yaml": "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: ../fn/\n"
            "      Handler: app.main\n",
            **code("fn/app.py"),
        },
        {"fn/app.py": "infra/t.yaml:6"},
    ),
    "Kubernetes": (
        {
            "k8s/job.yaml": "apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n"
            "      template:\n        spec:\n          containers:\n            - command: [python, /app/jobs/a.py]\n"
            "              args: [sh, -c, 'node jobs/b.js']\n",
            **code("jobs/a.py", "jobs/b.js"),
        },
        {"jobs/a.py": "k8s/job.yaml:9", "jobs/b.js": "k8s/job.yaml:10"},
    ),
    "cron": (
        {
            "deploy/crontab": "# m h\nMAILTO=x\n5 4 * * * root python /srv/jobs/a.py\n@daily python jobs/b.py\n",
            **code("jobs/a.py", "jobs/b.py"),
        },
        {"jobs/a.py": "deploy/crontab:3", "jobs/b.py": "deploy/crontab:4"},
    ),
    "servers of an MCP client": (
        {
            ".mcp.json": '{"mcpServers": {"x": {"command": "uv", "args": ["run", "examples/server.py"]}}}',
            **code("examples/server.py"),
        },
        {"examples/server.py": ".mcp.json:1"},
    ),
    "nothing outside of the repository": (
        {"package.json": '{"main": "../../a.js", "bin": "/etc/passwd", "scripts": {"x": "node ../../../a.js"}}', **code("b.js")},
        {},
    ),
    "no data": ({"Procfile": "web: tool --config settings.json README.md\n", **code("settings.json", "README.md")}, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_says_what_is_started(name: str) -> None:
    files, expected = CASES[name]
    assert found(files) == expected


@pytest.mark.parametrize(
    "name", ["pyproject.toml", "package.json", "docker-compose.yml", ".github/workflows/a.yml", "langgraph.json"]
)
@pytest.mark.parametrize(
    "text", ["{", "\x00", "- [", "a: &a [*a]", "[" * 5000, '{"main": 3, "scripts": ["a"], "bin": [1]}', "\ud800"]
)
def test_a_file_that_cannot_be_read_names_nothing(name: str, text: str) -> None:
    assert found({name: text, "a.py": ""}) == {}


def test_a_file_that_cannot_be_read_is_reported() -> None:
    assert entries({"package.json": "{", "pyproject.toml": "x"}).unread == ("package.json", "pyproject.toml")


COMMANDS = {
    "python a.py && node b/c.js; echo d.py": ["a.py", "b/c.js"],
    "X=1 sudo -E python3 ./a.py": ["a.py"],
    "sh -c 'exec python a.py'": ["a.py"],
    "result=$(python a.py)": ["a.py"],
    "python -m pytest d.py": [],
    "uv run ruff check d.py": [],
    "python ${HOME}/a.py": ["a.py"],
    "node b/c": ["b/c.js"],
    "a.py # python d.py": ["a.py"],
    "tool --input=d.py": ["d.py"],
    "python 'a.py": ["a.py"],
    "cd b\nnode c.js": ["b/c.js"],
    "python d": [],
    "": [],
}


@pytest.mark.parametrize("script", COMMANDS)
def test_the_words_of_a_command_name_files(script: str) -> None:
    tree = TreePaths(["a.py", "b/c.js", "d.py"])
    assert list(started_in(script, tree, ("",))) == COMMANDS[script]


@given(st.text("ab'\"$`(){};|&#\\ \n./-=", max_size=60))
@cases(300)
def test_any_script_is_split_into_words_without_its_signs(script: str) -> None:
    words = [word for command in commands_of(script) for word in command]
    assert all(set(word) <= set(script) for word in words)
    list(started_in(script, TreePaths(["a", "a/b", "b.py"]), ("", "a")))


@given(st.text("ab./\\", max_size=20), st.text("ab./\\", max_size=20))
@cases(300)
def test_a_path_is_normal_or_outside(folder: str, text: str) -> None:
    path = normal(folder.replace(".", ""), text)
    assert path is None or not set(path.split("/")) & {".", ".."}
    assert path is None or not path.startswith("/")


def test_hostile_files_end_within_their_fuel() -> None:
    started = time.process_time()
    deep = "/".join(["a"] * 30)
    many = {f"{deep}/f{number}.py": "" for number in range(200)}
    script = " ".join(f"/{deep}/f{number}.js" for number in range(3000))
    result = entries({**many, **{f"{number}/Procfile": f"x: {script}" for number in range(30)}, "start.sh": "sh start.sh"})
    assert time.process_time() - started < 20
    assert len(result.found) <= 200


def test_scripts_that_start_each_other_end() -> None:
    files = {"Procfile": "x: ./a.sh\n", "a.sh": "sh b.sh\n", "b.sh": "sh a.sh\npython c.py\n", "c.py": ""}
    assert set(found(files)) == {"a.sh", "b.sh", "c.py"}
