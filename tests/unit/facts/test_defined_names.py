"""Which names a file of Python, JavaScript or TypeScript defines."""

import ast
import symtable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipcheck.code.repository import parse
from shipcheck.facts.defined_names import Definitions, definitions_of


def defined(path: str, text: str) -> Definitions:
    form = parse(path, text.encode())
    assert not isinstance(form, str), form
    assert form.broken == ()
    return definitions_of(form)


PYTHON = '''
import os
from a import imported as renamed
limit: int = 3
declared: int
first, (second, *third) = 1, (2, 3)
short = lambda: 0
@decorated
class Approvals:
    """class Described: pass"""
    ready = True
    state: str
    async def require_supervisor(self):
        def inner():
            class Deep: ...
        local = 1
        self.field = 2
    class Nested:
        def method(self): ...
# def commented(): ...
text = "def quoted(): ..."
if os.name:
    def under_if(): ...
elif limit:
    def under_elif(): ...
else:
    def under_else(): ...
try:
    from fast import gate
except ImportError as error:
    def gate(): ...
else:
    def under_try_else(): ...
finally:
    def under_finally(): ...
match limit:
    case 1:
        def under_case(): ...
with os as opened:
    def under_with(): ...
for step in text:
    def under_for(): ...
while limit:
    def under_while(): ...
def deleted(): ...
del deleted
def overwritten(): ...
from b import overwritten
def outer():
    global elsewhere
    def elsewhere(): ...
    def kept(): ...
    kept = decorate(kept)
class Twice:
    def early(self): ...
class Twice:
    def late(self): ...
class Replaced:
    def method(self): ...
Replaced = other
limit += 1
'''
PYTHON_HAS = """
Approvals Approvals.require_supervisor Approvals.require_supervisor.inner Approvals.require_supervisor.inner.Deep
Approvals.Nested.method Approvals.ready limit first second third short text gate under_if under_elif under_else under_try_else
under_finally under_case under_with under_for under_while outer.kept Twice.late Replaced
"""
PYTHON_LACKS = """
require_supervisor approvals Approvals.inner Approvals.require_supervisor.local Approvals.field Approvals.state Described
commented quoted declared os imported renamed opened step error deleted overwritten outer.elsewhere elsewhere Twice.early
Replaced.method Approvals. .Approvals Approvals..Nested Approvals::Nested Approvals.require_supervisor()
"""
TYPESCRIPT = r"""
import { charge, refund as back } from "./payments";
import type { Request } from "./types";
import old = require("./old");
export class Approvals extends Base implements Gate {
  private async requireSupervisor(request: Request, limit: number): Promise<void> {
    caller(() => {});
    const inside = async () => {};
    const local = 1;
    function inner() { class Deep {} }
  }
  onApprove = async (x) => {};
  typed: Handler = (x: string): void => {};
  #hidden(x) {}
  static limit = 3;
  get state() { return 1; }
  "quoted-name"() {}
  static { const inBlock = 1; }
  declared(x): void;
  member!: string;
}
export const gate = (a: string) => a;
export const tools = {
  refund: tool({ execute: async () => 1 }),
  "look-up": tool({}),
  nested: { deep: () => 1, charge },
  check(x) {},
  ...others,
} as const satisfies Tools;
const short = { Approvals };
tools.later = tool({});
Approvals.prototype.added = function () {};
unknown.member = 1;
export async function* run<T>(x: T) {}
export default function main() {}
export { gate as door, charge as fee };
export { elsewhere } from "./elsewhere";
export * from "./all";
declare function ambient(x): void;
namespace Rules.Payments { export const most = 3; export function ask() {} }
namespace Approvals { export const merged = 1; }
enum Level { Low, High = "high" }
abstract class Open { abstract ask(): void; done() {} }
const [one, { two, three: [four] }] = make();
const { loaded } = require("loaded"), dynamic = await import("dynamic"), part = require("part").part;
let unset: string;
var set; set = 1;
if (set) { var underIf = 1; } else { try { function underElse() {} } finally { label: { var labelled = 1; } } }
for (const step of steps) { var underFor = 1; }
switch (set) { case 1: var underCase = 1; }
const alias = tools;
// function inComment() {}
const template = `
function inTemplate() {} ${tools.check({ a: 1 })}`;
const pattern = /["'`]/, other = 'function inText() {';
type Handler = (x) => void;
export interface Shape { named: (x) => void }
"""
TYPESCRIPT_HAS = """
Approvals Approvals.requireSupervisor Approvals.requireSupervisor.inside Approvals.requireSupervisor.inner.Deep
Approvals.onApprove Approvals.typed Approvals.hidden Approvals.#hidden Approvals.limit Approvals.state Approvals.quoted-name
Approvals.added Approvals.merged gate tools tools.refund tools.look-up tools.nested.deep tools.nested.charge tools.check
tools.later short.Approvals.state run main default door Rules.Payments.ask Rules.Payments.most Level.Low Level.High Open.done
one two four set underIf underElse labelled underFor underCase alias.refund alias.nested.deep template pattern other
"""
TYPESCRIPT_LACKS = """
requireSupervisor Approvals.requireSupervisor.local Approvals.declared Approvals.member Approvals.inBlock Approvals.Base
charge back Request old fee elsewhere all caller tools.refund.execute others tools.others execute unknown unknown.member
ambient Open.ask three loaded dynamic part unset step steps make label inComment inTemplate inText Handler Shape Shape.named
Rules.ask Payments
"""
JAVASCRIPT = """
module.exports = {
  gate: function (x) { function inner() {} },
  other(x) {},
  third: async (a) => 1,
  own,
  foreign,
};
function own() {}
const foreign = require("foreign");
exports.named = function () {};
module.exports.again = own;
exports.loaded = require("loaded");
"""
JAVASCRIPT_HAS = "gate gate.inner other third own named again default default.gate"
JAVASCRIPT_LACKS = "foreign exports module loaded x"
DEFAULTS = {
    "export default { ask() {}, rules: { limit: 3 } };": "default default.ask default.rules.limit",
    "export default class { ask() {} }": "default default.ask",
    "export default async () => { function inner() {} };": "default default.inner",
    "class Desk { ask() {} }\nexport default Desk;": "Desk.ask default.ask",
    "function desk() {}\nexport { desk as default };": "desk default",
    "class Desk {}\nexport = Desk;": "Desk default",
}
EVERY = [
    *(("a.py", PYTHON, name, True) for name in PYTHON_HAS.split()),
    *(("a.py", PYTHON, name, False) for name in ["", " ", *PYTHON_LACKS.split()]),
    *(("a.ts", TYPESCRIPT, name, True) for name in TYPESCRIPT_HAS.split()),
    *(("a.ts", TYPESCRIPT, name, False) for name in ["", " ", *TYPESCRIPT_LACKS.split()]),
    *(("a.js", JAVASCRIPT, name, True) for name in JAVASCRIPT_HAS.split()),
    *(("a.js", JAVASCRIPT, name, False) for name in JAVASCRIPT_LACKS.split()),
    *(("a.ts", text, name, True) for text, names in DEFAULTS.items() for name in names.split()),
]


@pytest.mark.parametrize(("path", "text", "symbol", "expected"), EVERY, ids=[f"{case[0]}-{case[2]}" for case in EVERY])
def test_what_is_defined(path: str, text: str, symbol: str, *, expected: bool) -> None:
    assert defined(path, text).has(symbol) is expected


def test_what_is_only_imported_is_known_with_its_line() -> None:
    assert defined(
        "a.py", "import os.path\nfrom a import b as c, d\ntry:\n    import e\nexcept ImportError:\n    e = None\n"
    ).imported == {
        "os": 1,
        "c": 2,
        "d": 2,
    }
    assert defined("a.ts", 'import a, { b as c } from "m";\nimport * as d from "m";\nconst { e } = require("m");\n').imported == {
        "a": 1,
        "c": 1,
        "d": 2,
        "e": 3,
    }


def test_a_name_of_itself_has_no_names() -> None:
    assert not defined("a.js", "const a = b, b = a, c = { c };").has("a.c")


NAMES = st.sampled_from(["gate", "desk", "Approvals", "x"])
FORMS = [
    "def {}(): ...", "async def {}(): ...", "class {}:", "def {}():", "if x:", "else:", "try:", "finally:", "{} = 1", "{}: int",
    "{}: int = 1", "import {}", "from a import {}", "del {}", "global {}", "# def {}(): ...", "'''def {}(): ...'''",
    "for {} in x:", "with x as {}:", "({} := 1)", "{} += 1", "lambda {}: 0", "return", "pass", "{}()", "[x for {} in x]",
]  # fmt: skip
LINES = st.builds(
    lambda indent, form, name: " " * indent + form.format(name), st.sampled_from([0, 0, 1, 2]), st.sampled_from(FORMS), NAMES
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_what_is_found_is_bound_by_the_interpreter_s_own_account(source: str) -> None:
    """Whatever is found is, by the compiler's symbol tables, bound in the scope that its name says."""
    try:
        ast.parse(source)
        table = symtable.symtable(source, "gate.py", "exec")
    except SyntaxError:
        return
    look = defined("gate.py", source).has
    for name in ("gate", "desk", "Approvals", "x"):
        if look(name):
            assert table.lookup(name).is_assigned()
        for inner in ("gate", "desk", "Approvals", "x"):
            if look(f"{name}.{inner}"):
                scopes = [scope for scope in table.get_children() if scope.get_name() == name]
                assert any(inner in scope.get_identifiers() and scope.lookup(inner).is_assigned() for scope in scopes)
