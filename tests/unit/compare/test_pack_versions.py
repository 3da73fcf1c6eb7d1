"""What a new version of a pack changes: a stricter policy is listed, and is no looser one."""

from tests.support.worlds import plan_of

from shipcheck.pipeline.packs.version_changes import loosened, pack_changes

BODY = """
policies:
  - id: one
    title: t
    why: w
    each: agent
    must: title is set
    severity: {severity}
    message: "{{subject}} has none"
"""


def test_a_raised_severity_is_stricter_and_nothing_is_looser() -> None:
    [old] = plan_of(BODY.format(severity="warning")).packs
    [new] = plan_of(BODY.format(severity="error")).packs
    assert tuple(loosened(old, new)) == ()
    assert pack_changes(old, new) == ("policy trial/one is stricter than in 1.0.0",)
    assert tuple(loosened(new, old)) == ("policy trial/one is looser than in 1.0.0",)
