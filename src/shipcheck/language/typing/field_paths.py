"""Field paths: the step that each name is, and the type of the last one."""

from typing import Final

from shipcheck.english import article, did_you_mean, listed
from shipcheck.language.syntax.grammar import Name, Tree
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.syntax.tokens import ExpressionError, ReportedError
from shipcheck.language.typing.scope import Scope, Symbols
from shipcheck.model.expression import Path, Step
from shipcheck.model.pack_field import spelled
from shipcheck.model.types import DATE, NUMBER, TEXT, YES_NO, Type, component, list_of
from shipcheck.vocabulary.vocabulary import DECLARED, LABELS, FieldSpec, FlowSpec, Vocabulary, declared_record

BASE: Final = "base"
_SIMPLE = {
    "text": TEXT,
    "number": NUMBER,
    "integer": NUMBER,
    "yes_no": YES_NO,
    "date": DATE,
    "map": Type("record", record=LABELS),
}


def resolve_path(tree: Tree, scope: Scope, symbols: Symbols, source: SourceText) -> Path:
    """The typed field path that `tree` is, in `source`, with the names of `scope`.

    Raises:
        ExpressionError: a name is not a field, a link or a bound name.
        ReportedError: it begins with a name, or reads fields of a pack, whose problem is reported already.
    """
    names = tree.names
    first = names[0].word
    if scope.is_lost(first):
        raise ReportedError(source.problem("P009", f"'{first}' belongs to something that is itself wrong", tree.start, tree.end))
    if first in scope.names:
        start, names = first, names[1:]
    elif scope.implicit:
        start = scope.implicit
    else:
        hint = did_you_mean(first, scope.names) or f"; the names here are {listed(tuple(scope.names), 'and')}"
        raise ExpressionError(source.problem("P009", f"unknown name '{first}'{hint}", tree.start, tree.end))
    try:
        end, steps = _followed(scope.names[start], names, symbols.vocabulary, source)
    except ExpressionError as error:
        if any(f"{name.word}." in symbols.broken for name in names):
            raise ReportedError(error.problem) from None
        raise
    return Path(end, source.text[tree.start : tree.end], start, steps)


def is_field(word: str, scope: Scope, vocabulary: Vocabulary) -> bool:
    """Whether the bare word `word` is a bound name or a field in `scope`, and so not a word of a choice.

    The key of a pack is neither: whether a pack is in use decides over no word in the policies of others.
    """
    if word in scope.names:
        return True
    kinds = scope.names[scope.implicit].kinds if scope.implicit in scope.names else ()
    return any(_steps_of(kind, word, vocabulary) is not None and _record_of(kind, word, vocabulary) is None for kind in kinds)


def _followed(start: Type, names: tuple[Name, ...], vocabulary: Vocabulary, source: SourceText) -> tuple[Type, tuple[Step, ...]]:
    """The type that these names lead to, and the steps."""
    current = start
    steps: list[Step] = []
    records: tuple[str, ...] = ()
    for name in names:
        if name.word == BASE and any(step.source == BASE for step in steps):
            message = "only two revisions are compared, so a component of the base has no base"
            raise ExpressionError(source.problem("P003", message, name.start, name.end))
        _refuse_differing(name, records, vocabulary, source)
        step = _step(name, current, vocabulary, source)
        records = _records_of(name, current, vocabulary)
        steps.append(step)
        current = _onward(current, step.type)
    return current, tuple(steps)


def _onward(current: Type, step: Type) -> Type:
    """A step through a list gives a list, and a list of lists becomes one list."""
    if current.name != "list":
        return step
    return step if step.name == "list" else list_of(step)


def _step(name: Name, current: Type, vocabulary: Vocabulary, source: SourceText) -> Step:
    element = current.item if current.name == "list" and current.item else current
    if element.name == "record":
        return _record_step(name, element.record, vocabulary, source)
    if element.name != "component":
        message = f"{article(str(element))} has no fields, so '.{name.word}' is not valid"
        raise ExpressionError(source.problem("P003", message, name.start, name.end))
    return _component_step(name, element.kinds, vocabulary, source)


def _record_step(name: Name, record: str, vocabulary: Vocabulary, source: SourceText) -> Step:
    if record == LABELS:
        return Step(name.word, "value", TEXT, on_record=True)
    fields = vocabulary.records[record].fields
    if name.word not in fields:
        hint = did_you_mean(name.word, fields) or f"; its fields are {listed(tuple(fields), 'and')}"
        raise ExpressionError(source.problem("P003", f"unknown field '{name.word}' in {record}{hint}", name.start, name.end))
    return Step(name.word, "value", _field_type(fields[name.word]), on_record=True)


def _component_step(name: Name, kinds: tuple[str, ...], vocabulary: Vocabulary, source: SourceText) -> Step:
    steps = [(kind, _steps_of(kind, name.word, vocabulary)) for kind in kinds]
    lacking = [kind for kind, step in steps if step is None]
    if lacking:
        _refuse_minus(name, kinds, vocabulary, source)
        known = sorted({known for kind in lacking for known in _names_of(kind, vocabulary)})
        hint = did_you_mean(name.word, known) or _pack_hint(name, source)
        message = f"unknown field '{name.word}' in {listed(lacking, 'and')}{hint}"
        raise ExpressionError(source.problem("P003", message, name.start, name.end))
    present = [step for _, step in steps if step is not None]
    if all(step == present[0] for step in present) or all(_record_of(kind, name.word, vocabulary) for kind in kinds):
        return present[0]
    merged = _merged(present)
    if merged is None:
        differing = listed([f"{step.type} on {kind}" for kind, step in steps if step], "and")
        message = f"'{name.word}' is {differing}; write one policy for each"
        raise ExpressionError(source.problem("P011", message, name.start, name.end))
    return merged


def _merged(steps: list[Step]) -> Step | None:
    """One step for several kinds whose links of the same name lead to different kinds."""
    elements = [step.type.item if step.type.name == "list" else step.type for step in steps]
    same = {(step.source, step.type.name) for step in steps}
    if len(same) != 1 or any(element is None or element.name != "component" for element in elements):
        return None
    kinds = component(*{kind for element in elements if element for kind in element.kinds})
    merged = list_of(kinds) if steps[0].type.name == "list" else kinds
    return Step(steps[0].name, steps[0].source, merged)


def _refuse_minus(name: Name, kinds: tuple[str, ...], vocabulary: Vocabulary, source: SourceText) -> None:
    """Refuse the key of a pack that is written as manifests write it, with `-`."""
    keys = {spec.name for kind in kinds for spec in vocabulary.kinds[kind].fields.values() if spec.pack and "-" in spec.name}
    for key in sorted(keys):
        start = source.text.find(key)
        if start >= 0 and start <= name.start < start + len(key):
            message = f"'-' is minus here; write '{spelled(key)}' for the fields of pack {key}"
            raise ExpressionError(source.problem("P003", message, start, start + len(key)))


def _pack_hint(name: Name, source: SourceText) -> str:
    """What to do where the name is that of a pack, as the next one then is that of its field."""
    is_key = source.text[name.end : name.end + 1] == "."
    return "; the fields of a pack are known where the pack is in use, and in packs that extend it" if is_key else ""


def _record_of(kind: str, word: str, vocabulary: Vocabulary) -> FieldSpec | None:
    """The fields that a pack adds to a kind, by the key of the pack as expressions write it."""
    return next((spec for spec in vocabulary.kinds[kind].fields.values() if spec.pack and spelled(spec.name) == word), None)


def _records_of(name: Name, current: Type, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The records of fields of a pack that a name leads to, one for each kind; empty where it leads to something else."""
    element = current.item if current.name == "list" and current.item else current
    records = [_record_of(kind, name.word, vocabulary) for kind in element.kinds]
    return tuple(spec.record.name for spec in records if spec is not None and spec.record is not None)


def _refuse_differing(name: Name, records: tuple[str, ...], vocabulary: Vocabulary, source: SourceText) -> None:
    """Refuse a field of a pack that not all of the kinds have, or have with another meaning."""
    specs = [vocabulary.records[record].fields.get(name.word) for record in records]
    lacking = [record for record, spec in zip(records, specs, strict=True) if spec is None]
    if 0 < len(lacking) < len(records):
        message = f"{listed(lacking)} has no field '{name.word}'; write one policy for each kind"
        raise ExpressionError(source.problem("P003", message, name.start, name.end))
    if len({_judged_as(spec) for spec in specs if spec is not None}) > 1:
        message = f"'{name.word}' is declared differently for {listed(records, 'and')}; write one policy for each kind"
        raise ExpressionError(source.problem("P011", message, name.start, name.end))


def _judged_as(spec: FieldSpec) -> tuple[object, ...]:
    """What decides how a field of a pack is judged."""
    words = (spec.choice.words, spec.choice.ordered) if spec.choice else None
    return spec.type, spec.many, words, spec.to, spec.minimum, spec.maximum, spec.absent, spec.default


def _steps_of(kind: str, name: str, vocabulary: Vocabulary) -> Step | None:
    spec = vocabulary.kinds[kind]
    field = spec.fields.get(name) or _record_of(kind, name, vocabulary)
    if field is not None:
        return Step(field.name, "value", _field_type(field))
    if name in spec.links:
        link = spec.links[name]
        target = component(*link.to)
        return Step(name, "value", target) if link.single else Step(name, "link", list_of(target))
    if name == DECLARED and declared_record(kind) in vocabulary.records:
        return Step(name, "value", Type("record", record=declared_record(kind)))
    if (flow := vocabulary.derived(kind, name)) is not None:
        return Step(name, "value", _flow_type(flow))
    if name in vocabulary.backward and (sources := vocabulary.targets(kind, name)):
        return Step(name, "inverse", list_of(component(*sources)))
    if name == "name":
        return Step(name, "name", TEXT)
    return Step(name, BASE, component(kind)) if name == BASE else None


def _names_of(kind: str, vocabulary: Vocabulary) -> list[str]:
    spec = vocabulary.kinds[kind]
    inverses = [name for name in vocabulary.backward if vocabulary.targets(kind, name)]
    flows = [flow.name for flow in vocabulary.flows.values() if kind in flow.onto]
    declared = [DECLARED] if declared_record(kind) in vocabulary.records else []
    fields = [spelled(field.name) if field.pack else field.name for field in spec.fields.values()]
    return [*fields, *spec.links, *inverses, *flows, *declared, BASE]


def _field_type(spec: FieldSpec) -> Type:
    if spec.choice:
        one = Type("choice", words=spec.choice.words, ordered=spec.choice.ordered)
    elif spec.record:
        one = Type("record", record=spec.record.name)
    elif spec.type == "reference":
        one = component(*spec.to)
    else:
        one = _SIMPLE[spec.type]
    return list_of(one) if spec.many else one


def _flow_type(flow: FlowSpec) -> Type:
    if flow.combine == "collect":
        return list_of(component(flow.collects or ""))
    if flow.choice:
        return Type("choice", words=flow.choice.words, ordered=flow.choice.ordered)
    return YES_NO
