"""Write everything that is generated, or, with --check, say what is stale.

Usage: python tools/generate.py [--check]
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from control_pages import controls_page
from doctor_files import WRAPPERS, doctor_page, wrapper
from hook_manifest import hook_manifest
from language_pages import language_page
from problem_pages import problems_page
from reference_pages import manifest_page, policies_page
from shipcheck import assets
from shipcheck.packs.pack_files import built_in_names
from shipcheck.pipeline.bundled import load_vocabulary
from shipcheck.vocabulary.json_schema import manifest_schema

ROOT = Path(__file__).parent.parent


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with the content it is to have."""
    vocabulary = load_vocabulary()
    yield ROOT / "schemas/manifest.schema.json", json.dumps(manifest_schema(vocabulary), indent=2) + "\n"
    yield ROOT / "docs/reference/manifest.md", manifest_page(vocabulary)
    for name in built_in_names(assets.policies()):
        yield ROOT / f"docs/reference/{name}.md", policies_page(name)
    yield ROOT / "docs/reference/controls.md", controls_page()
    yield ROOT / "docs/reference/language.md", language_page(vocabulary)
    yield ROOT / "docs/reference/problems.md", problems_page()
    yield ROOT / ".pre-commit-hooks.yaml", hook_manifest()
    yield ROOT / "docs/reference/doctor.md", doctor_page()
    for place, source in WRAPPERS.items():
        yield ROOT / place, wrapper(source)


def stale() -> list[Path]:
    """The generated files that do not say what they are to say."""
    return [path for path, content in generated() if not path.is_file() or path.read_text("utf-8") != content]


def main() -> int:
    """Write or check; 1 when --check finds something stale."""
    if "--check" in sys.argv[1:]:
        paths = [path.relative_to(ROOT).as_posix() for path in stale()]
        if paths:
            print(f"stale: {', '.join(paths)}; run 'python tools/generate.py'")
        return 1 if paths else 0
    for path, content in generated():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        print(f"wrote {path.relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
