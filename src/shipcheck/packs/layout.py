"""Where a pack keeps its policies, so that a new one is written next to the others."""

from collections.abc import Collection

from shipcheck.packs.pack_files import HEAD

FOLDER = "policies/"


def policy_file(policy: str, family: str, holders: Collection[str]) -> str:
    """The file for a new policy, as a path below the pack.

    `holders` are the paths of the files that have policies now. A pack without any keeps them under `policies/`. A policy
    without a family gets its own file, or joins the others if all of them are in `pack.yaml`.
    """
    if not family and set(holders) == {HEAD}:
        return HEAD
    beside = any("/" not in path and path != HEAD for path in holders)
    folder = "" if beside and not any(path.startswith(FOLDER) for path in holders) else FOLDER
    return f"{folder}{family or policy}.yaml"
