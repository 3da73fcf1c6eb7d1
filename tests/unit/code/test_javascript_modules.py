"""What the form of imports, exports and types is, and of what only TSX, JSX or JavaScript has, without places."""

import pytest
from tests.support.javascript_forms import statements


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('import "m";', "import('m', )"),
        ('import a from "m";', "import('m', default as a)"),
        ('import {a, b as c, default as d, "e-f" as g} from "m";', "import('m', a as a, b as c, default as d, e-f as g)"),
        ('import * as a from "./m";', "import('./m', module as a)"),
        ('import a, {b} from "m";', "import('m', default as a, b as b)"),
        ('import type {A} from "m";', "import('m', A as A)"),
        ('import {type A, b} from "m";', "import('m', A as A, b as b)"),
        ('import a = require("m");', "import('m', module as a)"),
        ("import a = B.C;", "a = B.C"),
        ('import a from "m" with {type: "json"};', "import('m', default as a)"),
    ],
)
def test_imports(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('export {a, b as c, d as default, e as "f-g"};', "export('', a as a, b as c, d as default, e as f-g)"),
        ('export {a as b, default} from "m";', "export('m', a as b, default as default)"),
        ('export * from "m";', "export('m', *)"),
        ('export * as a from "m";', "export('m', module as a)"),
        ('export type {A} from "m";', "export('m', A as A)"),
        ('export type * from "m";', "export('m', *)"),
        (
            "export const a = 1, {b, c: [d, ...e]} = f;",
            "a = 1; {'b': b, 'c': [d, ...e]} = f; export('', a as a, b as b, d as d, e as e)",
        ),
        ("export function f() {}", "function f() <>; export('', f as f)"),
        ("export async function f() {}", "async function f() <>; export('', f as f)"),
        ("export class A {}", "class A() <>; export('', A as A)"),
        ("export enum A {B}", "class A() <B = 0>; export('', A as A)"),
        ("export interface A {}", "Opaque(type); export('', A as A)"),
        ("export type A = B;", "Opaque(type); export('', A as A)"),
        ("export declare function f(): void;", "Opaque(type); export('', f as f)"),
        ("export declare const a: A, b: B;", "Opaque(type); export('', a as a, b as b)"),
        ("export default a;", "default = a; export('', default as default)"),
        ("export default {a: 1};", "default = {'a': 1}; export('', default as default)"),
        ("export default function f() {}", "function f() <>; export('', f as default)"),
        ("export default function () {}", "default = function () <>; export('', default as default)"),
        ("export default class {}", "default = class () <>; export('', default as default)"),
        ("export default abstract class A {}", "class A() <>; export('', A as default)"),
        ("export default async () => {};", "default = async lambda() <>; export('', default as default)"),
        ("export default interface A {}", "Opaque(type); export('', A as default)"),
        ("export = a;", "module.exports = a; export('', a as default)"),
        ("export as namespace A;", "Opaque(type)"),
    ],
)
def test_exports(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("let a: string;", "a: string"),
        ("let a: A.B.C;", "a: A.B.C"),
        ("let a: Array<T>;", "a: Array[T]"),
        ("let a: Map<K, V[]>;", "a: Map[(K, Array[V])]"),
        ('let a: "x" | 1 | true | null | undefined;', "a: ('x' or 1 or True or None or None)"),
        ('let a: | "x" | -1;', "a: ('x' or -1)"),
        ("let a: readonly (A | B)[];", "a: Array[(A or B)]"),
        ('let a: import("m").A;', "a: Load(m).A"),
        ("let a: this;", "a: this"),
        ("let a: {b: C};", "a: Opaque(type)"),
        ("let a: (b: C) => D;", "a: Opaque(type)"),
        ("let a: A & B;", "a: Opaque(type)"),
        ("let a: typeof b;", "a: Opaque(type)"),
        (
            'let a: keyof A; let b: A["c"]; let c: [A]; let d: A extends B ? C : D;',
            "a: Opaque(type); b: Opaque(type); c: Opaque(type); d: Opaque(type)",
        ),
        ("let a: `b${C}`;", "a: Opaque(type)"),
        ("function f(a): a is B {}", "function f(a): Opaque(type) <>"),
        ("function f(a): asserts a {}", "function f(a): Opaque(type) <>"),
    ],
)
def test_annotations(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("interface A { b: C }", "Opaque(type)"),
        ("type A = B;", "Opaque(type)"),
        ('declare module "m" { export const a: A; }', "Opaque(type)"),
        ("declare global { interface A {} }", "Opaque(type)"),
        ("declare const a: A;", "Opaque(type)"),
        ("function f(a: A): void; function f(a) {}", "Opaque(type); function f(a) <>"),
    ],
)
def test_types(source: str, expected: str) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('x = <a b="c" />;', "x = Opaque(jsx)"),
        ("x = <A.B c={d} {...e}>text {f} {/* g */}<C /></A.B>;", "x = Opaque(jsx, A.B, d, e, f, C)"),
        ("x = <>{a}{...b}</>;", "x = Opaque(jsx, a, b)"),
        (
            "x = <A b={() => c()} d=<E />>{f ? <G /> : null}</A>;",
            "x = Opaque(jsx, A, lambda() <return c()>, E, Choice(f, Opaque(jsx, G), None))",
        ),
    ],
)
def test_jsx(source: str, expected: str) -> None:
    assert statements(source, "tsx") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("const f = <T,>(a: T) => a;", "f = lambda(a: T) <return a>"),
        ("x = (a as B).c;", "x = a.c"),
    ],
)
def test_tsx_has_generic_arrows_and_no_angle_assertions(source: str, expected: str) -> None:
    assert statements(source, "tsx") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#!/usr/bin/env node\na();", "a()"),
        ('const {a} = require("m");', "{'a': a} = Load(m)"),
        (
            "class A extends B { a = 1; static #b; @c d = 2; @e f() {} static g() {} }",
            "class A(B) <a = 1; #b; c; d = 2; @e function f(receiver this) <>; function g() <>>",
        ),
        ("using a = f();", "a = f()"),
        ("with (a) { return b; }", "Opaque(with, a, return b, raise, return, suspend)"),
        ("module.exports = a;", "module.exports = a; export('', a as default)"),
        (
            "module.exports = {a, b: c, d: 1};",
            (
                "module.exports = `module.exports` = {'a': a, 'b': c, 'd': 1}; export('', module.exports as default, a "
                "as a, c as b)"
            ),
        ),
        ("module.exports.a = b; exports.c = d;", "module.exports.a = b; export('', b as a); exports.c = d; export('', d as c)"),
        ("exports.a = async () => {};", "exports.a = `exports.a` = async lambda() <>; export('', exports.a as a)"),
        ("exports.a = exports.b = void 0;", "exports.a = exports.b = (void 0)"),
        ("module.exports = f({});", "module.exports = `module.exports` = f({}); export('', module.exports as default)"),
        ("function f(a = 1, {b}, ...c) {}", "function f(a = 1, {'b': b}, rest c) <>"),
    ],
)
def test_javascript(source: str, expected: str) -> None:
    assert statements(source, "js") == expected
