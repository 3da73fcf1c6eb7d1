"""AI frameworks that code imports, by the lines that import them, and the list of those that are known."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.discover.frameworks import Ecosystem, Frameworks, local_modules
from shipcheck.pipeline.discovery import load_frameworks

WORDS = st.lists(st.sampled_from(["a", "b", "@c"]), min_size=1, max_size=3)
NAMES = st.builds(lambda words, sign, end: sign.join(words) + end, WORDS, st.sampled_from("./"), st.sampled_from(["", "/"]))
KNOWN = Frameworks(
    {
        "pypi": {"llama_index": "LlamaIndex", "google.genai": "Google Gen AI", "haystack": "Haystack"},
        "npm": {"llamaindex": "LlamaIndex.TS", "@genkit-ai/": "Genkit", "agents": "Cloudflare Agents"},
    }
)
PYTHON = {
    "import llama_index": ["LlamaIndex"],
    "import os, llama_index.core as core": ["LlamaIndex"],
    "from llama_index.core import (": ["LlamaIndex"],
    "    from haystack import Pipeline": ["Haystack"],
    "from google import genai": ["Google Gen AI"],
    "from google import (auth, genai as g)": ["Google Gen AI"],
    "from google.genai.types import X": ["Google Gen AI"],
    "import llama_index_other": [],
    "text = 'import haystack'": [],
    "# import haystack": [],
    "from .haystack import x": [],
    "from": [],
    "import": [],
}
NPM = {
    "import { Agent } from 'llamaindex';": ["LlamaIndex.TS"],
    'import "@genkit-ai/googleai"': ["Genkit"],
    "const a = require(`llamaindex/agent`)": ["LlamaIndex.TS"],
    "} from 'agents/mcp'": ["Cloudflare Agents"],
    "await import('llamaindex')": ["LlamaIndex.TS"],
    "import a from './agents'": [],
    "import a from 'agents-of-mine'": [],
    "const a = 'llamaindex'": [],
}


@pytest.mark.parametrize(("ecosystem", "line"), [*(("pypi", each) for each in PYTHON), *(("npm", each) for each in NPM)])
def test_a_line_imports_frameworks(ecosystem: Ecosystem, line: str) -> None:
    expected = {**PYTHON, **NPM}[line]
    assert [title for title, _ in KNOWN.imported(ecosystem, line.encode())] == expected


def test_a_framework_is_named_once_with_its_first_line() -> None:
    content = b"import os\nimport haystack\nimport haystack.nodes\nimport llama_index\n"
    assert list(KNOWN.imported("pypi", content)) == [("Haystack", 2), ("LlamaIndex", 4)]


def test_a_module_of_the_repository_may_be_meant_as_well() -> None:
    local = local_modules(["src/haystack/__init__.py", "a.py", "b.md"])
    assert local == {"src", "haystack", "__init__", "a"}
    assert [title for title, _ in KNOWN.imported("pypi", b"import haystack\n", local)] == [
        "Haystack, or a module of this repository with the same name"
    ]


def test_what_a_detector_knows_is_not_named() -> None:
    rest = KNOWN.without({"pypi": frozenset({"haystack", "google.genai.types"}), "npm": frozenset({"@genkit-ai/core"})})
    assert list(rest.imported("pypi", b"import haystack\nfrom google import genai\nimport llama_index\n")) == [("LlamaIndex", 3)]
    assert list(rest.imported("npm", b"import '@genkit-ai/core'\nimport 'agents'\n")) == [("Cloudflare Agents", 2)]


def test_hostile_lines_take_little_time() -> None:
    started = time.process_time()
    for content in (b"import haystack," * 200_000, b"from 'agents" * 100_000, b"import haystack\n" * 50_000, b"'" * 1_000_000):
        list(KNOWN.imported("pypi", content))
        list(KNOWN.imported("npm", content))
    assert time.process_time() - started < 5


def test_the_bundled_list_has_at_least_sixty_packages() -> None:
    known = load_frameworks().known
    assert set(known) == {"pypi", "npm"}
    assert sum(len(found) for found in known.values()) >= 60
    assert all(title and key == key.strip() for found in known.values() for key, title in found.items())


def belongs(inner: str, outer: str) -> bool:
    """Whether a module is another one, or in it; what ends with `/` is any that begins so."""
    return inner == outer or inner.startswith((outer,) if outer.endswith("/") else (f"{outer}.", f"{outer}/"))


@cases(200)
@given(known=st.frozensets(NAMES), modules=st.frozensets(NAMES))
def test_a_framework_is_known_to_a_detector_that_has_it_or_is_about_a_part_of_it(
    known: frozenset[str], modules: frozenset[str]
) -> None:
    left = Frameworks({"pypi": dict.fromkeys(known, "title")}).without({"pypi": modules}).known["pypi"]
    assert set(left) == {key for key in known if not any(belongs(key, each) or belongs(each, key) for each in modules)}
