"""All audits of a repository's CI setup."""

from shipcheck.model.doctor import Audit

CHECK_RUNS = Audit(
    "check-runs",
    "Does a CI service run `shipcheck check`?",
    "A policy that nothing runs has no effect: a committer can skip a hook, but not a check on the server.",
)
ON_PULL_REQUESTS = Audit(
    "on-pull-requests",
    "Does it run for every pull request, on the content of the pull request?",
    "After the merge it is too late. `pull_request_target` checks the base, not the change, under the same check name.",
)
NOT_SKIPPED = Audit(
    "not-skipped",
    "Does it run without a filter or condition that can skip it?",
    "A job that is skipped by a path filter, a condition or the failure of a job it needs counts as passed.",
)
FAILURE_COUNTS = Audit(
    "failure-counts",
    "Does a failing check fail the job, over all policies?",
    "With `continue-on-error`, `allow_failure`, `|| true` or `--exit-zero`, a finding does not block the merge.",
)
BASE_GIVEN = Audit(
    "base-given",
    "Does the check get the base that the change will be merged into?",
    "Without `--base`, a pull request is judged by its own settings, packs and owners.",
)
WHOLE_HISTORY = Audit(
    "whole-history",
    "Does the clone have the history that contains the merge base?",
    "In a shallow clone the merge base cannot be found, and the check exits with 3.",
)
PINNED = Audit(
    "pinned",
    "Is the version that runs pinned?",
    "The owner of an action can move its branches and tags, and then other code runs with the rights of this job. So does a file "
    "of the pull request that Python or the shell loads instead.",
)
HOOK_ON_INDEX = Audit(
    "hook-on-index",
    "Does the commit hook judge what is staged?",
    "The worktree can be clean while the commit is not.",
)
HOOK_ALWAYS_RUNS = Audit(
    "hook-always-runs",
    "Does the commit hook run for every commit?",
    "A commit that deletes a gate may change no file that a filter matches, and it must be checked above all.",
)
GOVERNANCE_OWNED = Audit(
    "governance-owned",
    "Do changes of settings, packs, waivers, CODEOWNERS and CI files need the approval of code owners?",
    "A change to the rules themselves bypasses every check.",
)
CHECK_REQUIRED = Audit(
    "check-required",
    "Is the check required before a merge?",
    "A failing check that is not required does not block a merge. This is a setting of the server, not of any file.",
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
# The audits that a run of the check answers, on any service.
OF_A_RUN = (ON_PULL_REQUESTS, NOT_SKIPPED, FAILURE_COUNTS, BASE_GIVEN, WHOLE_HISTORY, PINNED)
