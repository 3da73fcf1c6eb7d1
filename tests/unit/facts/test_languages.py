"""What counts as a definition in languages other than Python: every line says which names it defines, and which it does not."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipcheck.facts.symbols import symbols_of

# For each language a file, the symbols that it defines, and some that it does not.
FILES: dict[str, tuple[str, str, str]] = {
    "approvals.ts": (
        r"""
export class Approvals {
  private async requireSupervisor(
    request: Request,
    limit: number,
  ): Promise<void> {
    requireOther(request)
    caller(() => {
    });
    if (limit) { return later(limit); }
  }
  onApprove = async (x) => { }
  typed: Handler = (x: string): void => { }
  #hidden(x) { }
  get state() { return 1 }
  declared(x): void;
  member!: string;
}
export const gate = (a: string) => a;
const limits = {
  check(x) { },
}
export async function* run<T>(x: T) {}
export default function main() {}
declare function ambient(x): void;
// function inComment() {}
/* function inBlock() {
function inBlockToo() {}
*/
const s = `
function inTemplate() {} ${limits.check({a: 1})}`;
const pattern = /["'`]/, other = 'function inText() {';
type Handler = (x) => void
export type Shape = { named: (x) => void }
let unset: string;
""",
        """
Approvals Approvals.requireSupervisor requireSupervisor Approvals.onApprove Approvals.typed Approvals.hidden Approvals.state gate
limits limits.check run main s pattern
""",
        """
requireOther caller later if declared member ambient inComment inBlock inBlockToo inTemplate inText Handler Shape named unset
Other.requireSupervisor approvals
""",
    ),
    "approvals.js": (
        """
module.exports = {
  gate: function (x) {
  },
  other(x) {
  },
  third: async (a) => 1,
};
const ratio = a / b / c;
const element = <Desk
  open
/>;
exports.named = function () {};
fourth(x)
{ }
""",
        "gate other third ratio element",
        "named fourth exports a",
    ),
    "Approvals.java": (
        '''
@Service
public final class Approvals {
  @Override
  public CompletableFuture<Map<String, List<Request>>> requireSupervisor(final Request r, int n) throws IOException, Denied {
    if (n > 0) { return new Anonymous(n) { }; }
    check(r);
  }
  Approvals(int n)
  {
  }
  abstract void later(int n);
  private int limit = 3;
  // void inComment() {}
  String s = "void inText() {";
  String block = """
  void inBlock() {
  """;
  char quote = '"';
}
record Decision(String by) { }
''',
        "Approvals Approvals.requireSupervisor Decision",
        "Anonymous check later limit inComment inText inBlock Other.requireSupervisor if",
    ),
    "Approvals.cs": (
        """
namespace Bank.Disputes;
public sealed class Approvals : IApprovals
{
    public async Task<bool> RequireSupervisor<T>(Request r, CancellationToken c = default)
        where T : class
    {
        await Check(r);
        var x = new Anonymous(r) { };
        return state switch { Open(1) => 2 };
    }
    public int Half(int x) => x / 2;
    void IApprovals.Explicit(int x) { }
    // void InComment() { }
    string s = @"
    void InText() {
    ";
}
""",
        "Approvals Approvals.RequireSupervisor Half",
        "Check Anonymous InComment InText Open",
    ),
    "approvals.go": (
        """
package approvals
type Approvals struct{}
func (a *Approvals) RequireSupervisor(x int) error {
	return other(x)
}
func (Desk) Next() {}
func (g Generic[T]) Each() {}
func Free[T any](x T) {}
var limit = 3
const Most int = 4
// func InComment() {}
var s = `
func InText() {}
`
""",
        "Approvals Approvals.RequireSupervisor RequireSupervisor Desk.Next Generic.Each Free limit Most",
        "Approvals.Next Approvals.Free other InComment InText Desk.RequireSupervisor",
    ),
    "Approvals.kt": (
        """
class Approvals(private val x: Int) {
    suspend fun requireSupervisor(x: Int): Boolean { check(x) }
    private val limit: Int = 3
}
fun Request.approve() {}
object Gate
data class Decision(val by: String)
fun <T> generic(x: T) = 1
// fun inComment() {}
/* fun inBlock() {} */
val s = "${x} fun inText() {"
val t = \"\"\"
fun inBlockText() {}
\"\"\"
""",
        "Approvals Approvals.requireSupervisor Approvals.limit Request.approve Gate Decision generic",
        "check inComment inBlock inText inBlockText Desk.approve",
    ),
    "approvals.rs": (
        """
pub struct Approvals;
impl Approvals {
    pub async fn require_supervisor<'a>(&'a self, c: char) -> bool {
        let q = '"'; let s = r#"
fn in_raw() "#;
        check(c)
    }
}
impl fmt::Display for Shown {
    fn fmt(&self) {}
}
pub(crate) const LIMIT: u32 = 3;
// fn in_comment() {}
/* fn in_block() {} */
let t = "
fn in_text() {}
";
""",
        "Approvals Approvals.require_supervisor Approvals::require_supervisor Shown::fmt LIMIT",
        "check in_raw in_comment in_block in_text Other::require_supervisor",
    ),
    "approvals.rb": (
        """
module Bank
  class Approvals
    LIMIT = 3
    def require_supervisor(x) # def in_comment
      check(x)
    end
    private def self.ok?(x)
    end
  end
end
=begin
def in_block
=end
s = "#{x}
def in_text
"
r = /["']/
__END__
def after_the_end
""",
        "Bank Bank::Approvals Bank::Approvals#require_supervisor Bank.Approvals.require_supervisor Approvals::LIMIT ok?",
        "check in_comment in_block in_text after_the_end s Other#require_supervisor",
    ),
}

# Files that this reading of them cannot be sure of.
DOUBTFUL: dict[str, str | bytes] = {
    "nested.js": "const s = `a${`b`}`\nfunction gate() {}\n",
    "open.ts": "const s = `\nfunction gate() {}\n",
    "text.tsx": "const a = <p>don't</p>\nfunction gate() {}\n",
    "regex.js": "const a = (/[/\nfunction gate() {}\n",
    "open.java": "/* class A {\nvoid gate() {}\n",
    "escape.java": "class A { \\u002f* \nvoid gate() {}\n",
    "raw.cs": 'var s = """\nvoid gate() {}\n""";\n',
    "off.cs": "#if NEVER\nvoid gate() {}\n#endif\n",
    "both.cs": 'var s = $@"{a["b"]}";\nvoid gate() {}\n',
    "nested.kt": "/* /* */\nfun gate() {}\n*/\n",
    "inner.kt": 'val s = "${"a"}"\nfun gate() {}\n',
    "nested.rs": "/* /* */\nfn gate() {}\n*/\n",
    "raw.rs": 'let s = r##"\nfn gate() {}\n"##;\n',
    "macro.rs": "macro_rules! m { () => {\nfn gate() {}\n} }\n",
    "here.rb": "s = <<~TEXT\ndef gate\nTEXT\n",
    "percent.rb": "s = %q(\ndef gate\n)\n",
    "slash.rb": "match /it's/\ndef gate\nx = 'a'\n",
    "inner.rb": 's = "#{"a"}"\ndef gate\nend\n',
    "back.go": "var s = `\nfunc gate() {}\n",
    "latin.go": b"// \xe9\nfunc gate() {}\n",
    "null.go": "// \0\nfunc gate() {}\n",
    "types.d.ts": "export class gate {}\n",
    "stub.pyi": "def gate(): ...\n",
    "gate.c": "void gate() {}\n",
    "gate": "gate",
    "gate.PY": "def gate(): ...\n",
}


def cases(which: int) -> Iterator[Any]:
    for path, entry in FILES.items():
        for symbol in entry[which].split():
            yield pytest.param(path, symbol, id=f"{path}-{symbol}")


@pytest.mark.parametrize(("path", "symbol"), [*cases(1)])
def test_what_is_defined_is_found(path: str, symbol: str) -> None:
    assert symbols_of(f"src/{path}", FILES[path][0].encode())(symbol) is True


@pytest.mark.parametrize(("path", "symbol"), [*cases(2)])
def test_what_is_not_defined_is_never_found(path: str, symbol: str) -> None:
    assert symbols_of(f"src/{path}", FILES[path][0].encode())(symbol) is not True


OBJECT = """
export const tools = {
  // approve: tool({}),
  calculate: tool({ description: "Adds.", needsApproval: async ({ a }) => a > 9, execute }),
  "quoted-name": tool({}),
  "quoted": tool({}),
};
exports.named = tool({});
registry.add('registered', () => 1);
"""
# fmt: off
SURE: dict[str, tuple[str, str, str]] = {
    # A file, the symbols that cannot be determined, and those that it certainly does not define.
    "tools.ts": (
        OBJECT,
        "calculate tools.calculate needsApproval execute quoted named registered",
        "approve description.approve Adds other",
    ),
    "tools.js": (OBJECT, "needsApproval tools.needsApproval quoted named", "approve tools.approve other.calculate"),
    "Gate.java": (
        "class Gate { boolean ready = true; Gate() { check(); } }\n",
        "ready Gate.ready check",
        "open Gate.open Door.ready",
    ),
    "gate.go": ("package x\n\ntype Gate struct {\n\tAsk func()\n}\n", "Ask Gate.Ask", "Deny Gate.Deny"),
    "gate.rb": (
        "class Gate\n  attr_reader :ask\n  define_method('deny') { 1 }\nend\n",
        "ask Gate.ask deny Gate#deny ask?",
        "allow",
    ),
    "gate.rs": ("handlers! { ask }\n", "ask", "deny Gate::ask"),
}
# fmt: on


@pytest.mark.parametrize("path", SURE)
def test_only_a_name_that_the_code_does_not_have_is_certainly_not_defined(path: str) -> None:
    text, unsure, sure = SURE[path]
    lookup = symbols_of(path, text.encode())
    assert {symbol: lookup(symbol) for symbol in unsure.split()} == dict.fromkeys(unsure.split())
    assert {symbol: lookup(symbol) for symbol in sure.split()} == dict.fromkeys(sure.split(), False)


@pytest.mark.parametrize("path", DOUBTFUL)
def test_a_file_in_doubt_tells_nothing(path: str) -> None:
    text = DOUBTFUL[path]
    assert symbols_of(path, text if isinstance(text, bytes) else text.encode())("gate") is None


EXTENSIONS = ["js", "ts", "java", "cs", "go", "kt", "rs", "rb"]
FORMS = [
    "function gate() {",
    "gate() {",
    "void gate() {",
    "func gate() {",
    "fun gate() {",
    "fn gate() {",
    "def gate",
    "class gate {",
]
COMMENTED = {"rb": ("# {}", "=begin\n{}\n=end")}


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=4), st.booleans())
def test_nothing_in_comments_is_ever_found(extension: str, forms: list[str], block: bool) -> None:  # noqa: FBT001 - drawn
    line, lines = COMMENTED.get(extension, ("// {}", "/*\n{}\n*/"))
    text = lines.format("\n".join(forms)) if block else "\n".join(line.format(form) for form in forms)
    assert symbols_of(f"gate.{extension}", f"{text}\n".encode())("gate") is False


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=4))
def test_nothing_in_text_is_ever_found(extension: str, forms: list[str]) -> None:
    text = "\n".join(f'x = "{form}"' for form in forms)
    assert symbols_of(f"gate.{extension}", f"{text}\n".encode())("gate") is False


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize(
    "piece", ["(", "a(", "f(x) {\n", "=/[", "'", '"', "`", "/*", "const a: b ", "impl<", 'r#"', "return /a", "\\", "#{", "<"]
)
def test_texts_made_to_be_slow_are_not(extension: str, piece: str) -> None:
    """What would be quadratic takes minutes here; nothing is timed."""
    assert symbols_of(f"gate.{extension}", (piece * (300_000 // len(piece))).encode())("gate") is not True
