"""A repository in order passes, and every single thing that is wrong with it is found, or said to be beyond judging."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.doctor.worlds import COMMIT, PLACES, well_wired
from tests.support.running import run, write

from shipcheck.app.doctor import DoctorRequest, doctor
from shipcheck.model.doctor import DoctorReport

Change = tuple[str, str, str, str]  # what is written instead of what, and the audit and outcome that this leads to

CHANGES: dict[str, list[Change]] = {
    "github": [
        ("shipcheck check", "timeout 300 shipcheck check", "check-runs", "pass"),
        ("--base auto", "--base HEAD", "base-given", "finding"),
        ("--base auto", "--base ${{ github.event.pull_request.head.sha }}", "base-given", "finding"),
        ("--base auto", '--base "$GITHUB_SHA"', "base-given", "finding"),
        ("--base auto", "--base auto --base HEAD", "base-given", "finding"),
        ("--base auto", "--base refs/remotes/origin/main", "base-given", "pass"),
        ("--base auto", "--base auto --from origin/main", "on-pull-requests", "finding"),
        ("--base auto", "--base auto --from HEAD", "on-pull-requests", "pass"),
        ("--base auto", "--base auto svc", "failure-counts", "finding"),
        ("--base auto", "--base auto --root=svc", "failure-counts", "finding"),
        ("--base auto", "--base auto .", "failure-counts", "pass"),
        ("set -x\n          shipcheck check", "cd svc && shipcheck check .", "failure-counts", "finding"),
        ("set -x\n          shipcheck check", "cd svc\n          shipcheck check", "failure-counts", "pass"),
        ("pull_request:", "push:", "on-pull-requests", "finding"),
        ("pull_request:", "pull_request_target:", "on-pull-requests", "finding"),
        ("  pull_request:", "  pull_request_target:\n  pull_request:", "on-pull-requests", "finding"),
        ("    types: [opened, synchronize, reopened, edited]\n", "", "on-pull-requests", "finding"),
        ("reopened, edited]", "reopened]", "on-pull-requests", "finding"),
        ("synchronize, reopened, edited]", "edited]", "on-pull-requests", "finding"),
        ("    types", "    branches: [develop]\n    types", "on-pull-requests", "finding"),
        ("    types", "    branches: develop\n    types", "on-pull-requests", "finding"),
        ("    types", "    branches: [main, 'release/*']\n    types", "on-pull-requests", "pass"),
        ("    types", "    branches: ['**']\n    types", "on-pull-requests", "pass"),
        ("    types", "    branches-ignore: [develop]\n    types", "on-pull-requests", "finding"),
        ("    types", "    paths: ['**.yaml']\n    types", "not-skipped", "finding"),
        ("    types", "    paths-ignore: [docs]\n    types", "not-skipped", "finding"),
        (" auto\n", " auto .\n        working-directory: svc\n", "failure-counts", "finding"),
        (" auto\n", " auto --root .\n        working-directory: svc\n", "failure-counts", "finding"),
        (" auto\n", " auto\n        working-directory: svc\n", "failure-counts", "pass"),
        (" auto\n", " auto .\n        working-directory: ./\n", "failure-counts", "pass"),
        ("--base auto", "--base auto .\n    defaults: {run: {working-directory: svc}}", "failure-counts", "finding"),
        ("set -x\n          shipcheck check", "pushd svc\n          shipcheck check .", "failure-counts", "finding"),
        ("install shipcheck", "install --index-url https://example.com shipcheck", "pinned", "finding"),
        ("install shipcheck", "install --extra-index-url=https://example.com shipcheck", "pinned", "finding"),
        ("install shipcheck", "install -i https://example.com --require-hashes -r ci.txt shipcheck", "pinned", "pass"),
        ("    runs-on", "    if: github.actor != 'bot'\n    runs-on", "not-skipped", "finding"),
        ("    runs-on", "    needs: [build]\n    runs-on", "not-skipped", "finding"),
        ("      - run: |", "      - if: false\n        run: |", "not-skipped", "finding"),
        ("    runs-on", "    continue-on-error: true\n    runs-on", "failure-counts", "finding"),
        ("    runs-on", "    continue-on-error: ${{ vars.X }}\n    runs-on", "failure-counts", "finding"),
        ("      - run: |", "      - continue-on-error: true\n        run: |", "failure-counts", "finding"),
        ("--base auto", "--base auto || true", "failure-counts", "finding"),
        ("--base auto", "--base auto | tee log", "failure-counts", "finding"),
        ("--base auto", "--base auto &", "failure-counts", "finding"),
        ("--base auto", "--base auto && true\n          true", "failure-counts", "finding"),
        ("--base auto", "--base auto --exit-zero", "failure-counts", "finding"),
        ("--base auto", "--base auto --policy owner-missing", "failure-counts", "finding"),
        ("--base auto", "--base auto --help", "failure-counts", "finding"),
        ("--base auto", "--base auto --fail-on error", "failure-counts", "finding"),
        ("--base auto", "--base auto --as-of=2020-01-01", "failure-counts", "finding"),
        ("set -x", "set +e", "failure-counts", "pass"),
        (
            "set -x\n          shipcheck check --base auto",
            "set +e\n          shipcheck check --base auto\n          true",
            "failure-counts",
            "finding",
        ),
        ("set -x", "false ||", "failure-counts", "finding"),
        ("set -x", "trap 'exit 0' EXIT", "failure-counts", "not_judged"),
        ("set -x", "if true; then", "failure-counts", "not_judged"),
        ("set -x", "exit 0", "failure-counts", "not_judged"),
        ("set -x", "cat <<END", "failure-counts", "not_judged"),
        ("--base auto", "--base auto $MORE", "failure-counts", "not_judged"),
        ("      - run: |", "      - shell: pwsh\n        run: |", "failure-counts", "not_judged"),
        ("ubuntu-latest", "windows-latest", "failure-counts", "not_judged"),
        ("shipcheck check", "python -m shipcheck check", "pinned", "finding"),
        ("shipcheck check", "python3 -s -W error -m shipcheck check", "pinned", "finding"),
        ("shipcheck check", "/opt/python -I -m shipcheck check", "pinned", "pass"),
        ("shipcheck check", "python -sIm shipcheck check", "pinned", "pass"),
        ("pip install", "python -m pip install", "pinned", "finding"),
        ("pip install", "python -I -m pip install", "pinned", "pass"),
        ("shipcheck check", "PYTHONPATH=. shipcheck check", "pinned", "finding"),
        ("set -x", 'echo "BASH_ENV=x" >> "$GITHUB_ENV"', "pinned", "finding"),
        ("jobs:", "env: {PYTHONPATH: src}\njobs:", "pinned", "finding"),
        ("    runs-on", "    env: {BASH_ENV: .ci/env}\n    runs-on", "pinned", "finding"),
        ("      - run: |", "      - env: {LD_PRELOAD: ./a.so}\n        run: |", "pinned", "finding"),
        ("      - run: |", "      - env: {TOKEN: a}\n        run: |", "pinned", "pass"),
        (" --base auto", "", "base-given", "finding"),
        ("--base auto", '--base ""', "base-given", "finding"),
        ("fetch-depth: 0", "fetch-depth: 1", "whole-history", "finding"),
        ("        with:\n          fetch-depth: 0\n", "", "whole-history", "finding"),
        ("fetch-depth: 0", "fetch-depth: 0\n          repository: a/b", "whole-history", "finding"),
        ("fetch-depth: 0", "fetch-depth: 0\n          ref: main", "on-pull-requests", "finding"),
        (
            "fetch-depth: 0",
            "fetch-depth: 0\n          ref: ${{ github.event.pull_request.head.sha }}",
            "on-pull-requests",
            "pass",
        ),
        ("shipcheck-ai==1.0.0", "shipcheck-ai", "pinned", "finding"),
        ("shipcheck-ai==1.0.0", "'shipcheck-ai>=1'", "pinned", "finding"),
        ("shipcheck-ai==1.0.0", "--require-hashes -r ci.txt", "pinned", "pass"),
        ("shipcheck-ai==1.0.0", "-r ci.txt", "pinned", "not_judged"),
        ("shipcheck-ai==1.0.0", "git+https://example.com/shipcheck@main", "pinned", "finding"),
        ("shipcheck-ai==1.0.0", f"git+https://example.com/shipcheck@{COMMIT}", "pinned", "pass"),
        ("      - run: pip install shipcheck-ai==1.0.0\n", "", "pinned", "not_judged"),
        ("shipcheck check", "uvx --from shipcheck-ai==1.0.0 shipcheck check", "pinned", "pass"),
        ("shipcheck check", "echo shipcheck check", "check-runs", "finding"),
        ("shipcheck check --base auto", "make check", "check-runs", "finding"),
        ("jobs:", "jobs: [", "check-runs", "not_judged"),
        ("name: check", "name: check\nname: other", "check-runs", "not_judged"),
    ],
    "action": [
        ("          args", "          base: ${{ github.sha }}\n          args", "base-given", "finding"),
        ("--color never", "svc", "failure-counts", "finding"),
        ("--color never", ".\n          working-directory: svc", "failure-counts", "finding"),
        ("--color never", "--color never\n          working-directory: svc", "failure-counts", "pass"),
        (f"shipcheck@{COMMIT}", "shipcheck@v1", "pinned", "finding"),
        (f"shipcheck@{COMMIT}", "shipcheck@main", "pinned", "finding"),
        ("--color never", "--exit-zero", "failure-counts", "finding"),
        ("--color never", "--color never; true", "failure-counts", "not_judged"),
        ("--color never", "${{ inputs.more }}", "failure-counts", "not_judged"),
        ("          args", "          base: ''\n          args", "base-given", "finding"),
        ("fetch-depth: 0", "fetch-depth: 2", "whole-history", "finding"),
    ],
    "gitlab": [
        ("shipcheck check", "python -m shipcheck check", "pinned", "finding"),
        ('GIT_DEPTH: "0"', 'GIT_DEPTH: "0", PYTHONPATH: src', "pinned", "finding"),
        ("default:", "variables: {BASH_ENV: x}\ndefault:", "pinned", "finding"),
        ('"merge_request_event"', '"push"', "on-pull-requests", "finding"),
        ('  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n', "", "on-pull-requests", "finding"),
        ("  variables", "      changes: [src]\n  variables", "not-skipped", "finding"),
        ("  variables", "      exists: [src]\n  variables", "not-skipped", "finding"),
        ("  variables", "      when: never\n  variables", "not-skipped", "finding"),
        ("    - if", "    - {if: $DRAFT, when: never}\n    - if", "not-skipped", "not_judged"),
        ("  variables", "      when: manual\n  variables", "not-skipped", "finding"),
        ("  variables", "      allow_failure: true\n  variables", "failure-counts", "finding"),
        ("  variables", "  when: manual\n  variables", "not-skipped", "finding"),
        ("  variables", "  extends: .elsewhere\n  variables", "not-skipped", "not_judged"),
        ("default:", ".lax: {allow_failure: true}\ndefault:", "failure-counts", "pass"),
        ("  variables", "  <<: {allow_failure: true}\n  variables", "failure-counts", "finding"),
        ("  variables", "  allow_failure: {exit_codes: 1}\n  variables", "failure-counts", "finding"),
        ("check:\n  rules", "workflow: {rules: [{if: $CI_COMMIT_TAG}]}\ncheck:\n  rules", "on-pull-requests", "finding"),
        ("[cd .]", "[set +e]", "failure-counts", "pass"),
        ("--base auto", "--base auto || true", "failure-counts", "finding"),
        ("    - pip", "    - !reference [.gone, script]\n    - pip", "failure-counts", "not_judged"),
        ('GIT_DEPTH: "0"', 'GIT_DEPTH: "20"', "whole-history", "finding"),
        (" --base auto", "", "base-given", "finding"),
        ("shipcheck-ai==1.0.0", "shipcheck-ai", "pinned", "finding"),
    ],
    "component": [
        ("@1.0.0", "@~latest", "pinned", "finding"),
        ("@1.0.0", "@1.0", "pinned", "finding"),
        ("@1.0.0", "@main", "pinned", "finding"),
        ("@1.0.0", f"@{COMMIT}", "pinned", "pass"),
        ("stage: test", "args: --exit-zero", "failure-counts", "finding"),
        ("stage: test", 'base: ""', "base-given", "finding"),
        ("    inputs", "    rules: [{if: $X}]\n    inputs", "not-skipped", "finding"),
        ("include:", "shipcheck: {allow_failure: true}\ninclude:", "failure-counts", "finding"),
        ("include:", "shipcheck: {script: [true]}\ninclude:", "failure-counts", "finding"),
        ("component: gitlab.com/shipcheck/shipcheck/shipcheck@1.0.0", "local: ci.yml", "check-runs", "not_judged"),
    ],
    "azure": [
        ("shipcheck check", "python -m shipcheck check", "pinned", "finding"),
        ("jobs:", "variables: {PYTHONPATH: src}\njobs:", "pinned", "finding"),
        ("jobs:", "variables: [{name: BASH_ENV, value: x}]\njobs:", "pinned", "finding"),
        ("pool:", "pr: none\npool:", "on-pull-requests", "finding"),
        ("pool:", "pr: [develop]\npool:", "on-pull-requests", "finding"),
        ("pool:", "pr: {branches: {include: [develop]}}\npool:", "on-pull-requests", "finding"),
        ("pool:", "pr: {branches: {include: [main]}}\npool:", "on-pull-requests", "pass"),
        ("pool:", "pr: [main]\npool:", "on-pull-requests", "pass"),
        ("--base auto", "--base auto .\n        workingDirectory: svc", "failure-counts", "finding"),
        ("pool:", "pr: {paths: {include: [src]}}\npool:", "not-skipped", "finding"),
        ("    steps:", "    condition: eq(1, 2)\n    steps:", "not-skipped", "finding"),
        ("    steps:", "    continueOnError: true\n    steps:", "failure-counts", "finding"),
        ("--base auto", "--base auto\n        enabled: false", "not-skipped", "finding"),
        ("--base auto", "--base auto\n        condition: failed()", "not-skipped", "finding"),
        ("--base auto", "--base auto\n        continueOnError: true", "failure-counts", "finding"),
        ("bash: shipcheck check --base auto", 'bash: "shipcheck check --base auto\\ntrue"', "failure-counts", "finding"),
        ("bash: shipcheck check --base auto", 'bash: "set -e\\nshipcheck check --base auto\\ntrue"', "failure-counts", "pass"),
        ("fetchDepth: 0", "fetchDepth: 1", "whole-history", "finding"),
        (" --base auto", "", "base-given", "finding"),
        ("shipcheck-ai==1.0.0", "shipcheck-ai", "pinned", "finding"),
        ("bash: shipcheck check --base auto", "template: other.yml", "check-runs", "not_judged"),
    ],
    "template": [
        ("refs/tags/v1.0.0", "refs/heads/main", "pinned", "finding"),
        (", ref: refs/tags/v1.0.0", "", "pinned", "finding"),
        ("--color never", "--exit-zero", "failure-counts", "finding"),
        ("{args: --color never}", '{base: ""}', "base-given", "finding"),
    ],
    "hooks": [
        ("rev: v1.0.0", "rev: main", "pinned", "finding"),
        ("rev: v1.0.0", f"rev: {COMMIT}", "pinned", "pass"),
        ("- id: shipcheck", "- {id: shipcheck, files: yaml$}", "hook-always-runs", "finding"),
        ("- id: shipcheck", "- {id: shipcheck, always_run: false}", "hook-always-runs", "finding"),
        ("- id: shipcheck", "- {id: shipcheck, stages: [manual]}", "hook-always-runs", "finding"),
        ("repos:", "ci: {skip: [shipcheck]}\nrepos:", "hook-always-runs", "finding"),
        ("- id: shipcheck", "- {id: shipcheck, args: [--from, worktree]}", "hook-on-index", "finding"),
        ("- id: shipcheck", "- {id: shipcheck, args: [--exit-zero]}", "hook-on-index", "finding"),
        ("- id: shipcheck", "- {id: shipcheck, entry: 'sh -c true'}", "hook-on-index", "not_judged"),
        ("- id: shipcheck", "- id: other", "hook-on-index", "not_applicable"),
    ],
    "prek": [
        ("v1.0.0", "main", "pinned", "finding"),
        ('id = "shipcheck"', 'id = "shipcheck", always_run = false', "hook-always-runs", "finding"),
        ('id = "shipcheck"', 'id = "shipcheck", args = ["--from", "worktree"]', "hook-on-index", "finding"),
        ("[[repos]]", "[[repos]", "check-runs", "not_judged"),
    ],
    "local": [
        (" --from index", "", "hook-on-index", "finding"),
        ("        always_run: true\n", "", "hook-always-runs", "finding"),
        ("        pass_filenames: false\n", "", "hook-always-runs", "finding"),
        ("repos:", "default_stages: [pre-push]\nrepos:", "hook-always-runs", "finding"),
    ],
}
ROWS = [(name, *change) for name, changes in CHANGES.items() for change in changes]


def audited(folder: Path, files: dict[str, str]) -> DoctorReport:
    write(folder, files)
    return doctor(DoctorRequest(folder))


def outcomes(report: DoctorReport, audit: str) -> set[str]:
    return {answer.outcome for answer in report.answers if answer.audit == audit}


@pytest.mark.parametrize("name", PLACES)
def test_a_repository_in_order_passes(name: str, tmp_path: Path) -> None:
    report = audited(tmp_path, well_wired(name))
    assert [(answer.audit, answer.text) for answer in report.answers if answer.outcome in {"finding", "not_judged"}] == []
    assert report.verdict == "pass"


@pytest.mark.parametrize(("name", "old", "new", "audit", "outcome"), ROWS, ids=[f"{row[0]}-{row[3]}-{row[2]!r}" for row in ROWS])
def test_one_change_and_what_is_said_of_it(name: str, old: str, new: str, audit: str, outcome: str, tmp_path: Path) -> None:
    path, text = PLACES[name]
    assert old in text
    report = audited(tmp_path, {**well_wired(name), path: text.replace(old, new)})
    assert outcome in outcomes(report, audit)
    assert (report.verdict == "pass") == (outcome in {"pass", "not_applicable"})
    if outcome in {"pass", "not_judged"}:
        assert "finding" not in outcomes(report, audit)


@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        ({}, "finding"),
        ({"CODEOWNERS": "/.shipcheck/ @org/team\n"}, "finding"),
        ({"CODEOWNERS": "/.shipcheck/settings.yaml @org/team\n/.github/ @org/team\n/CODEOWNERS @org/team\n"}, "finding"),
        ({"CODEOWNERS": "/.shipcheck/ @org/team\n/.github/ @org/team\n/CODEOWNERS @org/team\n"}, "pass"),
        ({"CODEOWNERS": "* @org/team\n/.shipcheck/\n"}, "finding"),
        ({"CODEOWNERS": "* @org/team\n/.shipcheck/local/\n"}, "finding"),
        ({"CODEOWNERS": "* @org/team\n/.github/\n"}, "finding"),
        ({"CODEOWNERS": "* nobody\n"}, "not_judged"),
        ({".github/CODEOWNERS": "* @org/team\n"}, "pass"),
        ({"CODEOWNERS": "/.shipcheck/**/ @org/team\n/.github/ @org/team\n/CODEOWNERS @org/team\n"}, "not_judged"),
        ({"CODEOWNERS": "* @org/team\n/apps/[slug]/ @org/web\n"}, "pass"),
        ({"CODEOWNERS": "* @org/team\n/.github/[ab]/ @org/web\n"}, "not_judged"),
    ],
)
def test_who_owns_what_decides(files: dict[str, str], outcome: str, tmp_path: Path) -> None:
    wired = {path: text for path, text in well_wired("github").items() if path != "CODEOWNERS"}
    assert outcomes(audited(tmp_path, {**wired, **files}), "governance-owned") == {outcome}


def test_owners_in_doubt_name_the_line(tmp_path: Path) -> None:
    owners = "* @org/team\n\n/.shipcheck/**/ @org/platform\n"
    report = audited(tmp_path, {**well_wired("github"), "CODEOWNERS": owners})
    [answer] = [answer for answer in report.answers if answer.audit == "governance-owned"]
    assert answer.text == "cannot determine the owners of .shipcheck/ from line 3 of CODEOWNERS"
    assert answer.location is not None
    assert (answer.location.path, answer.location.line) == ("CODEOWNERS", 3)
    assert report.texts[answer.location[:2]] == owners.encode()


def test_the_better_of_two_jobs_is_the_one_that_counts(tmp_path: Path) -> None:
    path, text = PLACES["github"]
    weak = text.replace("--base auto", "--exit-zero")
    both = {**well_wired("github"), ".github/workflows/a.yml": weak, path: text}
    assert audited(tmp_path, both).verdict == "pass"


def test_each_service_is_judged_by_itself(tmp_path: Path) -> None:
    files = {**well_wired("github"), ".gitlab-ci.yml": PLACES["gitlab"][1].replace("shipcheck-ai==1.0.0", "shipcheck")}
    report = audited(tmp_path, files)
    assert outcomes(report, "pinned") == {"pass", "finding"}
    assert report.verdict == "fail"


def test_an_action_of_the_repository_itself_runs_the_check(tmp_path: Path) -> None:
    path, text = PLACES["action"]
    files = {**well_wired("action"), path: re.sub(r"shipcheck/shipcheck@\w+", "./", text)}
    assert audited(tmp_path / "a", files).verdict == "fail"
    assert audited(tmp_path / "b", {**files, "action.yml": "runs: {steps: [{run: shipcheck check}]}\n"}).verdict == "pass"


def test_a_variable_that_leaves_the_hook_out_is_found(tmp_path: Path) -> None:
    path, text = PLACES["github"]
    files = {**well_wired("hooks"), path: text.replace("jobs:", "env: {SKIP: 'ruff,shipcheck'}\njobs:")}
    assert "finding" in outcomes(audited(tmp_path, files), "hook-always-runs")


@pytest.mark.parametrize("path", ["Jenkinsfile", "bitbucket-pipelines.yml", ".circleci/config.yml"])
def test_a_service_that_is_not_read_is_never_taken_for_one_that_checks(path: str, tmp_path: Path) -> None:
    report = audited(tmp_path, {"CODEOWNERS": "* @org/team\n", path: "shipcheck check\n"})
    assert (report.verdict, outcomes(report, "check-runs")) == ("incomplete", {"not_judged"})


def test_what_only_the_server_knows_is_said_with_the_place_to_look_at(tmp_path: Path) -> None:
    report = audited(tmp_path, well_wired("github"))
    (answer,) = [answer for answer in report.answers if answer.audit == "check-required"]
    assert (answer.outcome, "gh api" in answer.fix) == ("outside", True)


@pytest.mark.parametrize(("edit", "code"), [(("", ""), 0), (("--base auto", "--exit-zero"), 1), (("jobs:", "jobs: ["), 3)])
def test_the_exit_code_is_that_of_the_verdict(edit: tuple[str, str], code: int, tmp_path: Path) -> None:
    path, text = PLACES["github"]
    write(tmp_path, {**well_wired("github"), path: text.replace(*edit) if edit[0] else text})
    done = run(tmp_path, "doctor", "--root", ".")
    assert done.returncode == code, done.stdout + done.stderr


HOSTILE: dict[str, Any] = {
    "deep": "[" * 100_000,
    "aliases": "\n".join(
        [f"a0: &a0 [{','.join('x' * 9)}]", *(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]
    ),
    "merges": "\n".join(["a0: &a0 {x: 1}", *(f"a{n}: &a{n} {{<<: [{','.join([f'*a{n - 1}'] * 30)}]}}" for n in range(1, 12))]),
    "cycle": "a: &a [*a]",
    "long": "jobs: {a: {steps: [{run: '" + "shipcheck check;" * 60_000 + "'}]}}",
    "quotes": 'jobs: {a: {steps: [{run: "shipcheck check ' + "$(" * 200_000 + '"}]}}',
    "escapes": 'jobs: {"\\u001b[31m\\n::error::": {steps: [{run: shipcheck check}]}}',
    "directive": "%TAG ! a\n" * 1000 + "--- a",
    "bytes": "jobs: \x01",
    "runs": "on: push\njobs: {a: {steps: [" + "{run: shipcheck check}, " * 40_000 + "]}}",
    "parents": "".join(f"j{n}: {{extends: [{', '.join(f'j{m}' for m in range(n, n + 60))}], script: a}}\n" for n in range(450)),
    "jobs": "".join(f"j{n}: {{extends: j{n + 1}, script: shipcheck check}}\n" for n in range(20_000)),
    "references": "".join(f"j{n}: {{script: [{', '.join([f'!reference [j{n + 1}, script]'] * 40)}]}}\n" for n in range(450)),
}


@pytest.mark.parametrize("path", sorted({path for path, _ in PLACES.values()}))
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_never_passes_and_never_breaks_the_report(name: str, path: str, tmp_path: Path) -> None:
    write(tmp_path, {path: HOSTILE[name]})
    report = doctor(DoctorRequest(tmp_path))
    assert report.verdict != "pass"


@pytest.mark.parametrize("text", ["a = " + "[" * 9000, "a." * 5000 + "a = 1", "#" * 30_000, "a = 1\na = 2\n"])
def test_toml_that_cannot_be_read_is_said_to_be_so(text: str, tmp_path: Path) -> None:
    report = audited(tmp_path, {**well_wired("prek"), "prek.toml": text})
    assert (report.verdict, outcomes(report, "check-runs")) == ("incomplete", {"pass", "not_judged"})
