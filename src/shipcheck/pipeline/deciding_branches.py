"""Which branches decide over the changes that target them: the default one, and those that its settings name."""

from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.model.location import BASE
from shipcheck.model.settings import Settings
from shipcheck.pipeline.prepare import settings_in
from shipcheck.sources.git import repository_top
from shipcheck.sources.governance_files import SETTINGS, read_settings_file
from shipcheck.sources.manifests import matches
from shipcheck.sources.objects import list_revision
from shipcheck.sources.revisions import commit_of


def decides(folder: Path, default: str, branch: str) -> bool:
    """Whether the settings of the default branch, whose full name is `default`, name another `branch`.

    Raises:
        CannotJudgeError: the default branch is not in this clone, or its settings are malformed.
    """
    top = repository_top(folder.resolve()) or folder
    settings = settings_in(read_settings_file(list_revision(top, commit_of(top, default, as_base=True), BASE)))
    if not isinstance(settings, Settings):
        problem = settings[0]
        raise CannotJudgeError(
            f"{SETTINGS} of {default} does not say which branches decide: {problem.location}: {problem.message}"
        )
    return any(matches(pattern, branch) for pattern in settings.branches)
