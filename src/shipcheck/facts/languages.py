"""What the weaker rule for languages other than Python must know about each; see definitions.py.

`opaque` is what is not code: comments, strings and the like. `doubt` is what this reading cannot be sure about, such as a quote
that `opaque` did not match, a here-document or disabled code: a file with any of it yields no facts. `definitions` begin at the
start of a line and name what they define in the group `name`, and the type that it belongs to, if written, in `owner`. `types`
can have members. `headed` matches functions without a keyword, `words before name(...) {`.

Every repetition is possessive or matches only what its successor cannot start with, so that no text takes long.
"""

from dataclasses import dataclass

_LINE = r"(?m:^)[ \t]*+"
_NAME = r"(?P<name>\w++)"
_SLASHES = r"//[^\n]*+"
_BLOCK = r"/\*(?:[^*]|\*(?!/))*+\*/"
# For languages with nested block comments: one that contains another is left to `doubt`.
_FLAT_BLOCK = r"/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/"
_TEXT = r'"(?:[^"\\\n]|\\.)*+"'
_CHARACTER = r"'(?:[^'\\\n]|\\[^\n][^'\\\n]{0,8}+)'"
_THREE_QUOTES = r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*+"""'
_STRAY = r"[\"'`]|/\*|\*/"


@dataclass(frozen=True, slots=True)
class Headed:
    """A function without a keyword. Of the words before its name, all are `allowed`, if given, and none `barred`.

    At least `least` words precede the name; `ending` follows the brackets.
    """

    ending: str
    least: int = 0
    allowed: frozenset[str] | None = None
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Language:
    """One language. With `nests`, a member of a type is somewhere in the file that defines the type."""

    opaque: tuple[str, ...]
    doubt: tuple[str, ...]
    definitions: tuple[str, ...]
    types: tuple[str, ...]
    headed: Headed | None = None
    nests: bool = True
    separators: tuple[str, ...] = (".",)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _announced(before: str, words: str, after: str = "") -> str:
    """A definition with one of `words` as keyword, and any of the words `before` in front of it."""
    return rf"{_LINE}(?:(?:{before})[ \t]++)*+(?:{words})[ \t]++{_NAME}{after}"


def _javascript(colon: str) -> Language:
    before = "export|default|abstract|async"
    before_pattern = r"(?:[(,=:\[!&|?;+*%~^]|\b(?:return|typeof|case|in|of))[ \t]*+"
    value = r"(?:async[ \t]++)?(?:function\b|\([^()]*+\)[^\n=;{}]*+=>|\w++[ \t]*+=>)"
    return Language(
        opaque=(
            _SLASHES,
            _BLOCK,
            _TEXT,
            r"'(?:[^'\\\n]|\\.)*+'",
            r"`(?:[^`\\$]|\\[\s\S]|\$(?!\{)|\$\{(?:[^`{}]|\{[^`{}]*+\})*+\})*+`",
            rf"(?P<kept>{before_pattern})/(?![*/>])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++/",
        ),
        doubt=(_STRAY, rf"(?:\n[ \t]*+|{before_pattern})/(?![*/>])"),
        definitions=(
            rf"{_LINE}(?:(?:{before})[ \t]++)*+function\b[ \t]*+\*?[ \t]*+{_NAME}",
            _announced(before, "const|let|var", r"[ \t]*+(?::[^\n;=]*+)?=(?![=>])"),
            rf"{_LINE}(?:(?:public|private|protected|static|override|readonly)[ \t]++)*+#?{_NAME}[ \t]*+{colon}[ \t]*+{value}",
        ),
        types=(_announced(before, "class|namespace"), _announced(before, "const|let|var", r"[ \t]*+=[ \t]*+\{")),
        headed=Headed(r"[ \t]*+(?::[^\n{};]*+)?\{", 0, _words("public private protected static async override get set *")),
    )


_JAVA_BARRED = _words("return new else throw case assert do yield")
_JAVA_BEFORE = "public|protected|private|static|final|abstract|sealed|non-sealed|strictfp|partial|internal|readonly|ref|unsafe"
_GO_TYPE = r"(?P<owner>\w++)(?:\[[^\]\n]*+\])?"
_KOTLIN_BEFORE = (
    "public|private|protected|internal|open|abstract|final|sealed|data|inline|suspend|override|operator|infix|tailrec|enum|"
    "annotation|value|inner|companion|const|lateinit"
)
_RUST_BEFORE = r"pub(?:\([^()\n]*+\))?|async|const|unsafe|default"


_JAVA_TYPES = _announced(_JAVA_BEFORE, "class|interface|enum|record|struct|namespace")
_LANGUAGES = {
    "javascript": _javascript("[:=]"),
    "typescript": _javascript(r"(?::[^\n;=]*+)?="),
    "java": Language(
        opaque=(_SLASHES, _BLOCK, _THREE_QUOTES, _TEXT, _CHARACTER),
        doubt=(_STRAY, r"\\u"),
        definitions=(),
        types=(_JAVA_TYPES,),
        headed=Headed(r"\s*+(?:throws[^;{}()]*+)?\{", 0, None, _JAVA_BARRED),
    ),
    "csharp": Language(
        opaque=(
            _SLASHES,
            _BLOCK,
            r'@"(?:[^"]|"")*+"',
            r'(?<![$@"])' + _TEXT,
            _CHARACTER,
            r'\$"(?:[^"\\\n{]|\\.|\{[^"{}\n]*+\})*+"',
        ),
        doubt=(_STRAY, r'\$@"|@\$"', r"(?m:^)[ \t]*+#[ \t]*+if\b", r"\\u"),
        definitions=(),
        types=(_JAVA_TYPES,),
        headed=Headed(r"\s*+(?:where[^;{}()]*+)?(?:\{|=>)", 1, None, _JAVA_BARRED | _words("await is as in not and or goto")),
    ),
    "go": Language(
        opaque=(_SLASHES, _BLOCK, _TEXT, r"`[^`]*+`", _CHARACTER),
        doubt=(_STRAY,),
        definitions=(
            rf"{_LINE}func[ \t]++{_NAME}[ \t]*+[\[(]",
            rf"{_LINE}func[ \t]*+\([ \t]*+(?:\w++[ \t]++)?\*?[ \t]*+{_GO_TYPE}[ \t]*+\)[ \t]*+{_NAME}[ \t]*+\(",
            rf"{_LINE}(?:var|const)[ \t]++{_NAME}[^\n=]*+=",
        ),
        types=(rf"{_LINE}type[ \t]++{_NAME}",),
        nests=False,
    ),
    "kotlin": Language(
        opaque=(
            _SLASHES,
            _FLAT_BLOCK,
            r'"""(?:[^"]|"(?!""))*+"""',
            r'"(?:[^"\\\n$]|\\.|\$(?!\{)|\$\{[^"{}\n]*+\})*+"',
            _CHARACTER,
        ),
        doubt=(_STRAY,),
        definitions=(
            rf"{_LINE}(?:(?:{_KOTLIN_BEFORE})[ \t]++)*+fun[ \t]++(?:<[^>\n]*+>[ \t]*+)?{_NAME}[ \t]*+\(",
            rf"{_LINE}(?:(?:{_KOTLIN_BEFORE})[ \t]++)*+fun[ \t]++(?:<[^>\n]*+>[ \t]*+)?(?P<owner>\w++)\.{_NAME}[ \t]*+\(",
            _announced(_KOTLIN_BEFORE, "val|var", r"[ \t]*+(?::[^\n=]*+)?="),
        ),
        types=(_announced(_KOTLIN_BEFORE, "class|interface|object"),),
    ),
    "rust": Language(
        opaque=(
            _SLASHES,
            _FLAT_BLOCK,
            r'\bb?r"[^"]*+"',
            r'\bb?r#"(?:[^"]|"(?!#))*+"#',
            r'"(?:[^"\\]|\\[\s\S])*+"',
            _CHARACTER,
            r"'[^\W\d]\w*+(?!')",
        ),
        doubt=(_STRAY, r"\bmacro_rules\b", r'\bb?r#++"'),
        definitions=(
            _announced(_RUST_BEFORE, "fn"),
            _announced("pub(?:\\([^()\\n]*+\\))?", "const|static", r"[ \t]*+:[^\n=]*+="),
        ),
        types=(
            _announced(_RUST_BEFORE, "struct|enum|trait|mod|union"),
            rf"{_LINE}impl\b(?:<[^>\n]*+>)?[ \t]++{_NAME}",
            rf"{_LINE}impl\b(?:<[^>\n]*+>)?[ \t]++[\w:]++(?:<[^>\n]*+>)?[ \t]++for[ \t]++{_NAME}",
        ),
        separators=("::", "."),
    ),
    "ruby": Language(
        opaque=(
            r"(?m:^)=begin\b(?:[^\n]|\n(?!=end\b))*+\n=end\b",
            r"(?m:^)__END__(?m:$)(?s:.*+)",
            r'"(?:[^"\\#]|\\[\s\S]|#(?!\{)|#\{[^"{}]*+\})*+"',
            r"'(?:[^'\\]|\\[\s\S])*+'",
            r"(?:(?<=\s)|(?m:^))#[^\n]*+",
            r"(?P<kept>(?:[(,=:\[!&|~]|\b(?:if|unless|when|and|or|return|while))[ \t]*+)/(?:[^/\\\n#]|\\.|#(?!\{))*+/",
        ),
        doubt=(
            _STRAY,
            r"#",
            r"<<[~-]?[\"'`]?[^\W\d]",
            r"%[qQwWiIrsx]?[^\w\s=]",
            r"[?$][\"'`#]",
            r"(?:[(,=:\[!&|~\n]|\b(?:if|unless|when|and|or|return|while))[ \t]*+/",
            r"\w[ \t]++/(?=[^\s=/])",
            r"(?m:^)=begin",
        ),
        definitions=(
            rf"{_LINE}(?:(?:private|protected|public|private_class_method)[ \t]++)?def[ \t]++(?:self\.)?(?P<name>\w++[?!]?+)",
            rf"{_LINE}(?P<name>[A-Z]\w*+)[ \t]*+=(?![=~>])",
        ),
        types=(rf"{_LINE}(?:class|module)[ \t]++(?:\w++::)*+{_NAME}",),
        separators=("::", ".", "#"),
    ),
}
_EXTENSIONS = {
    "js": "javascript", "mjs": "javascript", "cjs": "javascript", "jsx": "javascript",
    "ts": "typescript", "mts": "typescript", "cts": "typescript", "tsx": "typescript",
    "java": "java", "cs": "csharp", "go": "go", "kt": "kotlin", "kts": "kotlin", "rs": "rust", "rb": "ruby",
}  # fmt: skip


def language_of(path: str) -> Language | None:
    """The language of a file, by its name; None for one that is not supported, and for files that only declare."""
    name = path.rpartition("/")[2]
    stem, _, extension = name.rpartition(".")
    if not stem or stem.endswith(".d"):
        return None
    return _LANGUAGES.get(_EXTENSIONS.get(extension, ""))
