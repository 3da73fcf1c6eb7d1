"""Both front ends for Python give the same form of the files of the standard library and of installed packages."""

import sysconfig
from functools import cache
from pathlib import Path

from tests.support.cases import shards
from tests.support.python_forms import difference

from shipcheck.code.python_ast import read_python
from shipcheck.code.python_tree import read_python_tree

LARGEST = 100_000
# A prime, so that files that follow each other in the sample are of different packages.
STEP = 7_919


@cache
def files() -> tuple[Path, ...]:
    """The Python files that every interpreter brings and that this environment has, in a fixed order."""
    roots = {Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib")}
    found = {path for root in roots for path in root.rglob("*.py")}
    return tuple(sorted(path for path in found if path.stat().st_size <= LARGEST))


@shards(6, 25)
def test_both_front_ends_give_the_same_form(seeds: range) -> None:
    for seed in seeds:
        path = files()[seed * STEP % len(files())]
        content = path.read_bytes()
        form, other = read_python(str(path), content), read_python_tree(str(path), content)
        # Python refuses some files of its own tests, and the grammar refuses two ways to break a line in brackets.
        if form is not None and not other.broken:
            assert (path, difference(form.body, other.body)) == (path, None)
