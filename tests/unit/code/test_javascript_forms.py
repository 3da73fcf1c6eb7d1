"""What the form of each shape of an expression, function, class or statement of TypeScript is, without places."""

import pytest
from tests.support.javascript_forms import statements


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.b.c;", "a.b.c"),
        ('a[0]["x"];', "a[0]['x']"),
        ("a?.b?.[c]?.(d);", "a.b[c](d)"),
        ("a!.b!;", "a.b"),
        ('f(1, "x", ...y);', "f(1, 'x', ...y)"),
        ("f<T>(x);", "f(x)"),
        ("f(a)(b).c(d);", "f(a)(b).c(d)"),
        ("f(/* c */ a, // d\n b);", "f(a, b)"),
        ("new Foo.Bar<T>(1);", "new Foo.Bar(1)"),
        ("new Foo;", "new Foo()"),
        ("tag`a${b}c`;", "tag(Template('a', b, 'c'))"),
        ("tag`plain`;", "tag(Template('plain'))"),
        ("this.x;", "this.x"),
        ("super.f(1);", "super.f(1)"),
        ("this.#p;", "this.#p"),
        ("import.meta.url;", "import.meta.url"),
        ("new.target;", "new.target"),
        ("(a).b;", "a.b"),
        ("a as const;", "a"),
        ("(a satisfies B).c;", "a.c"),
        ("(<T>a).c;", "a.c"),
        ("f<string>;", "f"),
    ],
)
def test_names_members_and_calls(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('require("m");', "Load(m)"),
        ('require("a", "b");', "require('a', 'b')"),
        ("require(x);", "require(x)"),
        ('require.resolve("m");', "require.resolve('m')"),
        ('import("m");', "Load(m)"),
        ("await import(`m`);", "Await(Load(m))"),
        ('import("m", {with: {type: "json"}});', "Load(m)"),
        ("import(x);", "import(x)"),
    ],
)
def test_loads(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"plain";', "'plain'"),
        ('"\\x41\\u0042\\u{1F600}\\n\\t\\0\\q\\\\";', "'AB😀\\n\\t\\x00q\\\\'"),
        ('"\\uD83D\\uDE00 \\uD800";', "'😀 �'"),
        ('"\\u{75}\\u{110000}";', "'u�'"),
        ("'a\\'b';", '"a\'b"'),
        ('"a\\\nb";', "'ab'"),
        ('"\\101\\7";', "'A\\x07'"),
        ("`a\\u{41}b`;", "'aAb'"),
        ("``;", "''"),
        ("`${a}`;", "Template(a)"),
        ("`a${b}c${d}`;", "Template('a', b, 'c', d)"),
        ('`${"x"}`;', "Template('x')"),
        ("1_000; 0xff; 0b11; 0o17; 10n; 017; 089;", "1000; 255; 3; 15; 10; 15; 89"),
        ("1e3; .5; 5.;", "1000.0; 0.5; 5.0"),
        ("true; false; null; undefined;", "True; False; None; None"),
        ("/a+/gi;", "Opaque(regex)"),
    ],
)
def test_literals(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a && b && c;", "(a and b and c)"),
        ("a || b ?? c;", "((a or b) ?? c)"),
        ("a === b; a !== b; a == b; a != b;", "(a == b); (a != b); (a == b); (a != b)"),
        ("a < b; a >= b; a in b; a instanceof B;", "(a < b); (a >= b); (a in b); (a is B)"),
        ("#x in o;", "(#x in o)"),
        ("!a;", "Not(a)"),
        ("-a; +a; ~a;", "(- a); (+ a); (~ a)"),
        ("typeof a; void 0; delete a.b;", "(typeof a); (void 0); (delete a.b)"),
        ("a + b + c;", "((a + b) + c)"),
        ("a ** b ** c;", "(a ** (b ** c))"),
        ("a - b * c;", "(a - (b * c))"),
        ("a ? b : c ? d : e;", "Choice(a, b, Choice(c, d, e))"),
        ("async () => { await a; };", "async lambda() <Await(a)>"),
        ("function* f() { yield; yield a; yield* b; }", "function f() <Yield(); Yield(a); Yield(b, all)>"),
        ("f(a = 1, b += 2, c++, --d, e ??= 3);", "f((a : 1), (b :+ 2), (c :+ 1), (d :- 1), (e :?? 3))"),
        ("f((a, b));", "f((a , b))"),
    ],
)
def test_operators(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a, ...b, [c]];", "[a, ...b, [c]]"),
        ("[a, , b, ];", "[a, None, b]"),
        ("[,];", "[None]"),
        ("[a,];", "[a]"),
        ('x = {a: 1, b, ...c, [d]: 2, "e-f": 3, 4: 5};', "x = {'a': 1, 'b': b, ...c, d: 2, 'e-f': 3, 4: 5}"),
        (
            "x = {f() {}, async g() { await a; }, *h() {}};",
            (
                "x = {'f': function f(receiver this) <>, 'g': async function g(receiver this) <Await(a)>, 'h': function "
                "h(receiver this) <>}"
            ),
        ),
        (
            "x = {get a() { return 1; }, set a(v) {}};",
            "x = {'a': @property function a(receiver this) <return 1>, 'a': @a.setter function a(receiver this, v) <>}",
        ),
    ],
)
def test_lists_and_records(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('const {a, b: c, "d": e, [f]: g} = h;', "{'a': a, 'b': c, 'd': e, f: g} = h"),
        ("const {a = 1, b: {c} = d, ...rest} = e;", "{'a': (a := 1), 'b': ({'c': c} := d), ......rest} = e"),
        ("const [a, , b = 1, ...rest] = c;", "[a, None, (b := 1), ...rest] = c"),
        ("[a.b, c[0]] = d;", "[a.b, c[0]] = d"),
        ("({a, b: c = 1, e = 2} = d);", "{'a': a, 'b': (c := 1), 'e': (e := 2)} = d"),
        ("for (const [a, {b}] of c) {}", "Loop([a, {'b': b}], c, <>)"),
    ],
)
def test_patterns(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("const a = 1, b = 2;", "a = 1; b = 2"),
        ("let a, b: T;", "a; b: T"),
        ("var a: T = 1;", "a: T = 1"),
        ("a = b = c;", "a = b = c"),
        ("a.b = c;", "a.b = c"),
        ("(a = b);", "a = b"),
        ("a += 1; a ??= b; a ||= b; a &&= b;", "a += 1; a ??= b; a or= b; a and= b"),
        ("a++; --b.c;", "a += 1; b.c -= 1"),
        ("a = 1, b();", "a = 1; b()"),
        ('"use server";', "'use server'"),
    ],
)
def test_assignments(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("function f(a, b = 1, ...c) {}", "function f(a, b = 1, rest c) <>"),
        ("async function f() {}", "async function f() <>"),
        ("function f({a, b}: {a: string} = {}, [c]) {}", "function f({'a': a, 'b': b}: Opaque(type) = {}, [c]) <>"),
        ("function f(this: T, a?: string): Promise<A> {}", "function f(receiver this: T, a: string = None): Promise[A] <>"),
        ("(a) => a.b;", "lambda(a) <return a.b>"),
        ("a => { return a; };", "lambda(a) <return a>"),
        ("async (a: A): Promise<B> => a;", "async lambda(a: A): Promise[B] <return a>"),
        ("x = function () {};", "x = function () <>"),
        ("x = async function g() {};", "x = async function g() <>"),
        ("a => b => c;", "lambda(a) <return lambda(b) <return c>>"),
    ],
)
def test_functions(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class A {}", "class A() <>"),
        ("class A<T> extends B.C<T> implements I, J {}", "class A(B.C, implements=I, implements=J) <>"),
        ("class A extends mix(B) {}", "class A(mix(B)) <>"),
        ("x = class extends A {};", "x = class (A) <>"),
        (
            'class A { a = 1; static b: T = 2; c; readonly "d" = 3; #e = 4; [f] = 5; declare g: T; }',
            "class A() <a = 1; b: T = 2; c; d = 3; #e = 4; this[f] = 5; g: T>",
        ),
        (
            "class A { f(a) { return this.b; } static g() {} static async h() {} *i() {} }",
            (
                "class A() <function f(receiver this, a) <return this.b>; function g() <>; async function h() <>; "
                "function i(receiver this) <>>"
            ),
        ),
        ("class A { f = () => this.a; }", "class A() <f = lambda() <return this.a>>"),
        (
            "class A { constructor(private readonly a: T, public b = 1, c) { super(); } }",
            "class A() <function constructor(receiver this, a: T, b = 1, c) <this.a = a; this.b = b; super()>>",
        ),
        (
            "class A { get a(): T { return 1; } set a(v) {} }",
            "class A() <@property function a(receiver this): T <return 1>; @a.setter function a(receiver this, v) <>>",
        ),
        (
            'class A { async() {} get() {} "b c"() {} [d]() {} }',
            (
                "class A() <function async(receiver this) <>; function get(receiver this) <>; function b c(receiver "
                "this) <>; function [d](receiver this) <>>"
            ),
        ),
        ("@a @b({c: 1}) class A {}", "@a @b({'c': 1}) class A() <>"),
        ("@a export class A {}", "@a class A() <>; export('', A as A)"),
        (
            "class A { @a() f() {} @b c = 1; f(@d() e) {} }",
            (
                "class A() <@a() function f(receiver this) <>; b; c = 1; @Opaque(parameter decorator, d()) function "
                "f(receiver this, e) <>>"
            ),
        ),
        (
            "abstract class A { abstract f(): void; g(): void; g() {} [key: string]: T; }",
            "class A() <Opaque(type); Opaque(type); function g(receiver this) <>; Opaque(type)>",
        ),
        ("class A { static { a(); } }", "class A() <Opaque(static block, a(), raise)>"),
        ('enum A { B, C = 4, D, E = "e", F }', "class A() <B = 0; C = 4; D = 5; E = 'e'; F>"),
        ("namespace A.B { const c = 1; }", "class A.B() <c = 1>"),
    ],
)
def test_classes(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if (a) b(); else if (c) { d(); } else e();", "Branch(a, <b()>, <Branch(c, <d()>, <e()>)>)"),
        ("while (a) b();", "Loop(a, <b()>)"),
        ("do { a(); } while (b);", "Loop(b, <a()>, first)"),
        ("for (const a of b) c();", "Loop(a, b, <c()>)"),
        ("for (a.b in c) {}", "Loop(a.b, (keys c), <>)"),
        ("async () => { for await (const a of b) {} };", "async lambda() <Loop(a, b, <>, suspends)>"),
        ("for (let i = 0, j = 1; i < 3; i++) { a(); }", "i = 0; j = 1; Loop((i < 3), <a(); i += 1>)"),
        ("for (;;) {}", "Loop(True, <>)"),
        ("for (a = 0; ; ) {}", "a = 0; Loop(True, <>)"),
        ("try { a(); } catch { b(); } finally { c(); }", "Guard(<a()>, Handler(<b()>), <c()>)"),
        ("try { a(); } catch ({message}) { b(); }", "Guard(<a()>, Handler({'message': message}, <b()>))"),
        ("try { a(); } finally { b(); }", "Guard(<a()>, <b()>)"),
        (
            (
                'switch (a) { case 1: case "b": c(); break; case 2: { return; } case 3: { d(); break; } case 4: e(); '
                "default: f(); }"
            ),
            (
                "Match(a, Case(1, <>, falls), Case('b', <c()>), Case(2, <return>), Case(3, <d()>), Case(4, <e()>, "
                "falls), Case(<f()>))"
            ),
        ),
        ("switch (a) { case b: if (c) break; d(); }", "Match(a, Case(b, <Branch(c, <break>); d()>))"),
        ("a: { b(); break a; }", "Opaque(labelled block, b(), break, raise, return, suspend)"),
        ("a: for (;;) { continue a; break a; }", "Loop(True, <continue; break>)"),
        ('throw new E("x");', "raise new E('x')"),
        ("{ a(); { b(); } }", "a(); b()"),
        ("debugger; ;", "Opaque(debugger)"),
    ],
)
def test_control_flow(source: str, expected: str) -> None:
    assert statements(source) == expected


def test_a_number_that_is_too_long_to_read_is_opaque() -> None:
    assert statements("9" * 5000) == "Opaque(number)"
