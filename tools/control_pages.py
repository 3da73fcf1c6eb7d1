"""The generated page of controls: what each requires, which part of it manifests can show, and which policies judge that part."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from reference_pages import NOTICE
from shipcheck import assets
from shipcheck.compare.rules import RULES
from shipcheck.documentation import page_path
from shipcheck.model.change import Rule
from shipcheck.model.control import Catalogue, Control
from shipcheck.model.policy import Policy
from shipcheck.packs.pack_files import built_in_names
from shipcheck.pipeline.bundled import load_catalogues
from shipcheck.pipeline.prepare import prepare


def controls_page() -> str:
    """Every control of every catalogue, with the policies of the built-in packs that map to it."""
    lines = [
        NOTICE.format(source="policies/controls"),
        "# Controls",
        "",
        "What the built-in packs can and cannot show about laws, standards and lists of risks.",
        "[Controls](../controls.md) explains the entries.",
        "",
    ]
    policies = _policies()
    for catalogue in load_catalogues():
        lines += _catalogue(catalogue, policies)
    return "\n".join(lines)


def _policies() -> tuple[Policy | Rule, ...]:
    with TemporaryDirectory() as folder:
        settings = Path(folder) / ".shipcheck/settings.yaml"
        settings.parent.mkdir()
        names = ", ".join(built_in_names(assets.policies()))
        settings.write_text(f"shipcheck: 1\npacks: [{names}]\n", "utf-8")
        return (*prepare(Path(folder)).plan.policies, *RULES)


def _catalogue(catalogue: Catalogue, policies: Iterable[Policy | Rule]) -> Iterator[str]:
    source = f"[{catalogue.title}]({catalogue.source})"
    yield from (f"## {catalogue.name}", "", f"{source}, of {catalogue.dated}; last compared with it on {catalogue.checked}.", "")
    yield from (catalogue.scope, "")
    for control in catalogue.controls:
        yield from _control(control, policies)


def _control(control: Control, policies: Iterable[Policy | Rule]) -> Iterator[str]:
    judged = sorted(f"[{one.name}](../{page_path(one)})" for one in policies if control.name in one.controls)
    yield from (f"### {control.name}", "", f"{control.title} ({control.cites}).", "")
    if judged:
        yield from (f"- Judged: {control.shows}", f"- Not judged: {control.hides}", f"- By: {', '.join(judged)}.", "")
    else:
        yield from (f"- Not judged at all: {control.hides}", "")
