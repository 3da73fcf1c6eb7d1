"""What PATH and `--root` mean: the root that is judged, and what of it is shown."""

from pathlib import Path

from shipcheck.sources.git import repository_top


def place_of(path: Path | None, root: Path | None) -> tuple[Path | None, Path | None]:
    """The root, None for the repository that the current folder is in, and what is shown of it, None for all.

    The root is what `--root` names. Without it, it is the repository of the current folder, or outside git that of `path`;
    where `path` is in none either, it is the root itself.
    """
    if path is None or root is not None:
        return root, path
    here = Path.cwd()
    if repository_top(here) is not None:
        return None, path
    top = repository_top(path.resolve())
    return (top, path) if top is not None else (path, None)
