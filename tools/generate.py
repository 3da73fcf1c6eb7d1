"""Write everything that is generated, or, with --check, say what is stale.

Usage: python tools/generate.py [--check]
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from architecture_pages import PAGE as ARCHITECTURE
from architecture_pages import PICTURE, others_table, path_table, picture
from command_pages import PAGE as COMMANDS_PAGE
from command_pages import commands_page, commands_table
from control_pages import controls_page
from detector_pages import PAGE as DETECTORS_PAGE
from detector_pages import detectors_page
from doctor_files import WRAPPERS, doctor_page, wrapper
from exit_code_pages import exit_codes_page
from format_pages import PAGE as FORMATS_PAGE
from format_pages import format_sections
from hook_manifest import hook_manifest
from incident_pages import PAGE as INCIDENTS_PAGE
from incident_pages import incidents_table, left_table
from language_pages import language_page
from policy_pages import policy_pages
from problem_pages import problems_page
from reference_pages import manifest_page
from schema_pages import PAGES, schema_page
from shipcheck import assets
from shipcheck.discover.compiled import render as render_detectors
from shipcheck.packs.pack_files import built_in_names
from shipcheck.pipeline.bundled import load_vocabulary
from shipcheck.pipeline.detectors import COMPILED, read_built_in
from shipcheck.report.schema.draft07 import render as render_schema

ROOT = Path(__file__).parent.parent


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with the content it is to have."""
    vocabulary = load_vocabulary()
    yield ROOT / "schemas/manifest.schema.json", render_schema(vocabulary)
    yield ROOT / "docs/reference/manifest.md", manifest_page(vocabulary)
    for name in built_in_names(assets.policies()):
        yield from ((ROOT / "docs" / page, text) for page, text in policy_pages(name))
    yield ROOT / "docs/reference/controls.md", controls_page()
    detectors = read_built_in(vocabulary)
    yield ROOT / "detectors" / COMPILED, render_detectors(detectors)
    yield ROOT / DETECTORS_PAGE, detectors_page(detectors, vocabulary)
    yield ROOT / "docs/reference/language.md", language_page(vocabulary)
    yield ROOT / "docs/reference/problems.md", problems_page()
    for name, page in PAGES.items():
        yield ROOT / f"docs/reference/{name}.md", schema_page(page)
    yield ROOT / "docs/reference/exit-codes.md", exit_codes_page()
    yield ROOT / COMMANDS_PAGE, commands_page()
    yield ROOT / "README.md", with_blocks(ROOT / "README.md", {"commands": commands_table()})
    outputs = ROOT / FORMATS_PAGE
    yield outputs, with_blocks(outputs, {"formats": format_sections(outputs.read_text("utf-8"))})
    incidents = ROOT / INCIDENTS_PAGE
    yield incidents, with_blocks(incidents, {"incidents": incidents_table(), "left": left_table()})
    yield ARCHITECTURE, with_blocks(ARCHITECTURE, {"path": path_table(), "rooms": others_table()})
    yield PICTURE, picture()
    yield ROOT / ".pre-commit-hooks.yaml", hook_manifest()
    yield ROOT / "docs/reference/doctor.md", doctor_page()
    for place, source in WRAPPERS.items():
        yield ROOT / place, wrapper(source)


def with_blocks(page: Path, blocks: Mapping[str, str]) -> str:
    """A page that is written by hand, with texts between the two marks of their names.

    Raises:
        LookupError: the page lacks the marks of a name.
    """
    text = page.read_text("utf-8")
    for name, block in blocks.items():
        begin, end = f"<!-- generated: {name} -->\n", f"<!-- end of generated: {name} -->\n"
        before, _, rest = text.partition(begin)
        _, mark, after = rest.partition(end)
        if not mark:
            raise LookupError(f"{page} has no block '{name}'")
        text = f"{before}{begin}{block}{end}{after}"
    return text


def stale(expected: Mapping[Path, str]) -> list[Path]:
    """The generated files whose content is not the expected one."""
    return [path for path, content in expected.items() if not path.is_file() or path.read_text("utf-8") != content]


def left_over(written: Iterable[Path]) -> list[Path]:
    """The pages of policies that no longer exist; nothing but generated pages is in that folder."""
    return sorted(set((ROOT / "docs/policies").glob("*/*.md")) - set(written))


def main() -> int:
    """Write or check; 1 when --check finds something stale."""
    if "--check" in sys.argv[1:]:
        return check()
    written = []
    for path, content in generated():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        written.append(path)
        print(f"wrote {named(path)}")
    for path in left_over(written):
        path.unlink()
        print(f"deleted {named(path)}")
    return 0


def check() -> int:
    """Print the files that are stale or left over; 1 if there are any."""
    expected = dict(generated())
    paths = [named(path) for path in (*stale(expected), *left_over(expected))]
    if paths:
        print(f"stale: {', '.join(paths)}; run 'python tools/generate.py'")
    return 1 if paths else 0


def named(path: Path) -> str:
    """A file as it is printed."""
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
