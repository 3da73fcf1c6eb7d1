"""Repositories that are wired well, one for each CI service: what the tests change in one place at a time."""

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OWNERS = {"CODEOWNERS": "* @org/team\n"}
GITHUB = f"""\
name: check
on:
  pull_request:
    types: [opened, synchronize, reopened, edited]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@{COMMIT}
        with:
          fetch-depth: 0
      - run: pip install shipcheck-ai==1.0.0
      - run: |
          set -x
          shipcheck check --base auto
"""
ACTION = f"""\
on: {{pull_request: {{types: [opened, synchronize, reopened, edited]}}}}
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@{COMMIT}
        with: {{fetch-depth: 0}}
      - uses: shipcheck/shipcheck@{COMMIT}
        with:
          args: --color never
"""
GITLAB = """\
default:
  before_script: [cd .]
check:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables: {GIT_DEPTH: "0"}
  script:
    - pip install shipcheck-ai==1.0.0
    - shipcheck check --base auto
"""
COMPONENT = """\
include:
  - component: gitlab.com/shipcheck/shipcheck/shipcheck@1.0.0
    inputs: {stage: test}
"""
AZURE = """\
pool: {vmImage: ubuntu-latest}
jobs:
  - job: check
    steps:
      - checkout: self
        fetchDepth: 0
      - bash: pip install shipcheck-ai==1.0.0
      - bash: shipcheck check --base auto
"""
TEMPLATE = """\
resources:
  repositories:
    - {repository: tool, type: github, name: shipcheck/shipcheck, ref: refs/tags/v1.0.0}
steps:
  - template: hooks/azure/steps.yml@tool
    parameters: {args: --color never}
"""
HOOKS = """\
repos:
  - repo: https://example.com/shipcheck/shipcheck
    rev: v1.0.0
    hooks:
      - id: shipcheck
"""
LOCAL = """\
repos:
  - repo: local
    hooks:
      - id: shipcheck
        name: shipcheck
        language: system
        entry: shipcheck check --from index
        always_run: true
        pass_filenames: false
"""
PREK = """\
[[repos]]
repo = "https://example.com/shipcheck/shipcheck"
rev = "v1.0.0"
hooks = [{id = "shipcheck"}]
"""
PLACES = {
    "github": (".github/workflows/check.yml", GITHUB),
    "action": (".github/workflows/check.yml", ACTION),
    "gitlab": (".gitlab-ci.yml", GITLAB),
    "component": (".gitlab-ci.yml", COMPONENT),
    "azure": ("azure-pipelines.yml", AZURE),
    "template": ("azure-pipelines.yml", TEMPLATE),
    "hooks": (".pre-commit-config.yaml", HOOKS),
    "prek": ("prek.toml", PREK),
    "local": (".pre-commit-config.yaml", LOCAL),
}


def well_wired(name: str) -> dict[str, str]:
    """The files of a repository in order; hooks stand beside a workflow, since they are not enough by themselves."""
    path, text = PLACES[name]
    beside = {PLACES["github"][0]: GITHUB} if name in {"hooks", "local", "prek"} else {}
    return {**OWNERS, **beside, path: text}
