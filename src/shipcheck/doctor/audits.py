"""Everything that is asked of a repository's wiring."""

from shipcheck.model.doctor import Audit

CHECK_RUNS = Audit(
    "check-runs",
    "Does a CI service run `shipcheck check`?",
    "A rule that nothing runs is a wish: a hook can be left out by whoever commits, a check on the server cannot.",
)
ON_PULL_REQUESTS = Audit(
    "on-pull-requests",
    "Does it run for every pull request, on what the pull request holds?",
    "After the merge it is too late. `pull_request_target` looks at the base, not at the change, and its green check bears the "
    "same name.",
)
NOT_SKIPPED = Audit(
    "not-skipped",
    "Is there nothing by which a pull request gets around it?",
    "A job that is skipped by a path filter, a condition or the failure of a job that it needs is taken for one that passed.",
)
FAILURE_COUNTS = Audit(
    "failure-counts",
    "Does a failing check fail the job, over all policies?",
    "With `continue-on-error`, `allow_failure`, `|| true` or `--exit-zero` a finding is a line in a log that nobody reads.",
)
BASE_GIVEN = Audit(
    "base-given",
    "Is the check told what the change is to be merged into?",
    "Without `--base` a pull request is judged by the settings, packs and owners that it brings along itself.",
)
WHOLE_HISTORY = Audit(
    "whole-history",
    "Does the clone hold the history that the base is looked for in?",
    "In a shallow clone nobody can tell where the change parted from its base, and the check ends with exit code 3.",
)
PINNED = Audit(
    "pinned",
    "Is what runs the same tomorrow?",
    "A branch or a tag of an action is moved by whoever owns it, and then something else runs with the rights of this job.",
)
HOOK_ON_INDEX = Audit(
    "hook-on-index",
    "Does the commit hook judge what is staged?",
    "The folder can be clean while what is committed is not.",
)
HOOK_ALWAYS_RUNS = Audit(
    "hook-always-runs",
    "Does the commit hook run for every commit?",
    "Deleting a gate changes no file that a filter could match, and is what the hook is for.",
)
GOVERNANCE_OWNED = Audit(
    "governance-owned",
    "Do code owners have to agree to every change of settings, packs, waivers, CODEOWNERS and CI files?",
    "Whoever may change the rules without being seen needs no way around them.",
)
CHECK_REQUIRED = Audit(
    "check-required",
    "Is the check required before a merge?",
    "A red check that is not required stops nobody. That is a setting of the server, and stands in no file.",
)
AUDITS = (
    CHECK_RUNS,
    ON_PULL_REQUESTS,
    NOT_SKIPPED,
    FAILURE_COUNTS,
    BASE_GIVEN,
    WHOLE_HISTORY,
    PINNED,
    CHECK_REQUIRED,
    HOOK_ON_INDEX,
    HOOK_ALWAYS_RUNS,
    GOVERNANCE_OWNED,
)
# Those that a run of the check answers, whichever service runs it.
OF_A_RUN = (ON_PULL_REQUESTS, NOT_SKIPPED, FAILURE_COUNTS, BASE_GIVEN, WHOLE_HISTORY, PINNED)
