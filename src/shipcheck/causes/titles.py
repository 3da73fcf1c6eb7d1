"""The words for a cause."""

from collections.abc import Sequence

from shipcheck.english import counted, listed
from shipcheck.model.finding import Finding

# More fields than these are not listed in a title.
MOST_FIELDS = 4


def undeclared(fields: Sequence[str]) -> str:
    """`12 actions do not declare effects and sensitivity`, from the fields of the components that lack them."""
    components = _components(fields)
    return f"{_who(components)} {'does' if len(components) == 1 else 'do'} not declare {_names(fields)}"


def declare(fields: Sequence[str]) -> str:
    """`declare effects and sensitivity of 12 actions`: what to do about them."""
    return f"declare {_names(fields)} of {_who(_components(fields))}"


def _components(fields: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(reference_of(field) for field in fields))


def _names(fields: Sequence[str]) -> str:
    return listed(list(dict.fromkeys(name_of(field) for field in fields)), "and")


def _who(components: Sequence[str]) -> str:
    """One component by its reference, several by their number and kind."""
    if len(components) == 1:
        return components[0]
    kinds = {component.partition(":")[0] for component in components}
    return counted(len(components), kinds.pop().replace("_", " ") if len(kinds) == 1 else "component")


def alike(findings: Sequence[Finding]) -> str:
    """The first of findings of one policy in its own words, and how many there are like it."""
    others = len(findings) - 1
    return f"{findings[0].headline}, and {others} like it" if others else findings[0].headline


def title_of(findings: Sequence[Finding], fields: Sequence[str]) -> str:
    """The title for the findings of one policy that ask for these fields, or for none.

    One finding has its own words, unless they assume what a missing value is.
    """
    short = len({name_of(field) for field in fields}) <= MOST_FIELDS
    can_be_declared = all(finding.fix.snippet for finding in findings)
    own_words = (len(findings) == 1 and not findings[0].doubt) or not all(reason.missing for reason in findings[0].reasons)
    return alike(findings) if own_words or not (fields and short and can_be_declared) else undeclared(fields)


def reference_of(field: str) -> str:
    """The component of `kind:name.field`."""
    return field.partition(".")[0]


def name_of(field: str) -> str:
    """The field of `kind:name.field`."""
    return field.partition(".")[2]
