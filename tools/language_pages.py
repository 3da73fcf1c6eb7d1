"""The generated reference of the policy language: what can be combined with what, from the compiler's tables."""

from collections.abc import Iterator

from reference_pages import NOTICE
from shipcheck.language.compile.catalogues import CATALOGUE_KEYS, CONTROL_KEYS
from shipcheck.language.compile.head import HEAD_KEYS
from shipcheck.language.compile.pack import FAMILY_KEYS, MAX_DEPTH, MAX_USES
from shipcheck.language.compile.policies import WORDS
from shipcheck.language.compile.verbs import GOES_WITH, MOST_HOPS, VERBS
from shipcheck.language.syntax.grammar import KEYWORDS, MAX_NESTING, QUANTIFIERS
from shipcheck.language.syntax.keys import MAX_LENGTH
from shipcheck.language.syntax.tokens import MAX_DIGITS
from shipcheck.language.typing.checker import ORDERED
from shipcheck.language.typing.elements import MAX_QUANTIFIERS, TAKES
from shipcheck.language.typing.parameters import DIRECTIONS, TYPES
from shipcheck.language.typing.parameters import KEYS as PARAMETER_KEYS
from shipcheck.language.typing.typer import ARITHMETIC
from shipcheck.model.operators import COMPARISONS
from shipcheck.vocabulary.vocabulary import Vocabulary


def language_page(vocabulary: Vocabulary) -> str:
    """Keys, verbs, operators, aggregates, types and limits of the language."""
    parts = (_keys(), _verbs(), _comparisons(), _arithmetic(), _aggregates(), _parameters(), _links(vocabulary), _limits())
    head = [
        NOTICE.format(source="src/shipcheck/language"),
        "# Reference of the policy language",
        "",
        "[Writing policies](../policies.md) explains the language; these tables list what it accepts.",
        "",
    ]
    return "\n".join([*head, *(line for part in parts for line in (*part, ""))]).rstrip("\n") + "\n"


def _code(names: object) -> str:
    listed = names if isinstance(names, tuple | list) else sorted(names) if isinstance(names, set | frozenset) else [names]
    return ", ".join(f"`{name}`" for name in listed)


def _keys() -> Iterator[str]:
    yield from ("## Keys", "", "| of | keys |", "|---|---|")
    yield f"| `pack.yaml` | {_code(HEAD_KEYS)} |"
    yield f"| a catalogue, under `catalogues` | {_code(CATALOGUE_KEYS)} |"
    yield f"| a control of it | {_code(CONTROL_KEYS)} |"
    yield f"| the other files of a pack | {_code(FAMILY_KEYS)} |"
    yield f"| a policy, texts | {_code(WORDS)} |"
    yield f"| a policy, its subject | {_code(('each', 'all', 'per'))} |"
    yield f"| a policy, its verb | {_code(VERBS)} |"
    yield f"| a policy, with its verb | {_code(tuple(GOES_WITH))} |"
    yield f"| a parameter | {_code(PARAMETER_KEYS)} |"


def _verbs() -> Iterator[str]:
    yield from ("## Verbs", "", "| key | used with |", "|---|---|")
    for key, verbs in GOES_WITH.items():
        yield f"| `{key}` | {_code(verbs)} |"


def _comparisons() -> Iterator[str]:
    yield from ("## Operators and keywords", "", "| | |", "|---|---|")
    yield f"| comparisons | {_code(set(COMPARISONS))} |"
    yield f"| ordered types | ordered choices, {', '.join(sorted(f'{name}s' for name in ORDERED))} |"
    yield f"| quantifiers | {_code(QUANTIFIERS)} |"
    yield f"| keywords | {_code(KEYWORDS)} |"


def _arithmetic() -> Iterator[str]:
    yield from ("## Arithmetic", "", "| left | | right | gives |", "|---|---|---|---|")
    for (left, operator, right), result in ARITHMETIC.items():
        yield f"| {left} | `{operator}` | {right} | {result} |"


def _aggregates() -> Iterator[str]:
    gives = {"unique": "boolean", "share": "percent"}
    yield from ("## Aggregates", "", "| aggregate | takes | gives |", "|---|---|---|")
    yield "| `count` | a list under `each`, with `where` only what satisfies it; a condition, or nothing, under `all` | number |"
    for word, takes in TAKES.items():
        yield f"| `{word}` | {takes} | {gives.get(word, 'the type of its items')} |"


def _parameters() -> Iterator[str]:
    yield from ("## Parameters", "", "| | |", "|---|---|")
    yield f"| types | {_code(TYPES)} |"
    yield f"| `may` | {_code(DIRECTIONS)} |"


def _links(vocabulary: Vocabulary) -> Iterator[str]:
    yield from (
        "## Links",
        "",
        "The links that `along` can follow from each kind, in both directions.",
        "",
        "| from | forwards | backwards |",
        "|---|---|---|",
    )
    for kind in vocabulary.kinds.values():
        forwards = ", ".join(f"`{name}`" for name in kind.links)
        backwards = ", ".join(f"`{name}`" for name in vocabulary.backward if vocabulary.targets(kind.name, name))
        yield f"| {kind.name} | {forwards} | {backwards} |"


def _limits() -> Iterator[str]:
    yield from ("## Limits", "", "| limit | at most |", "|---|---|")
    yield f"| characters in one text | {MAX_LENGTH} |"
    yield f"| digits in a number | {MAX_DIGITS} |"
    yield f"| nesting of brackets, `not`, sums and lists | {MAX_NESTING} |"
    yield f"| nesting of quantifiers and counts | {MAX_QUANTIFIERS} |"
    yield f"| nesting of selectors that name selectors, with their conditions | {MAX_DEPTH} |"
    yield f"| selectors that one selector uses, directly or indirectly | {MAX_USES} |"
    yield f"| hops in `within` | {MOST_HOPS} |"
