"""What begins as a manifest does, and what does not, by its first bytes."""

import pytest

from shipcheck.read.beginning import begins_as_manifest

YES = [
    b"shipcheck: 1\n",
    b"shipcheck: 1",
    b"shipcheck: 2\nagents: {}\n",
    b"\xef\xbb\xbfshipcheck: 1\r\nagents: {}\r\n",
    b"# who\n\n---\n# why\nshipcheck: 1\n",
    b"%YAML 1.2\n---\nshipcheck: 1\n",
    b"---\n---\nshipcheck: 1\n",
    b"'shipcheck' : 1\n",
    b'"ship\\x63heck": "1"\n',
    b"{shipcheck: 1, agents: {}}",
    b'{\n  "shipcheck": 1\n}',
    b"? shipcheck\n: 1\n",
    b"&a !!map\nshipcheck: 1\n",
    b"shipcheck: 1\nname: \xff\n",
    b"shipcheck: 1\nagents:\n  helper: {description: 'cut o",
]
NO = [
    b"name: shipcheck\n",
    b"shipcheck:\n  script: shipcheck check\n",
    b"shipcheck: {enabled: true}\n",
    b"shipcheck: yes\n",
    b"tools:\n  shipcheck: 1\n",
    b"- shipcheck: 1\n",
    b"text: |\n  shipcheck: 1\n",
    b"# shipcheck: 1\nname: a\n",
    b"shipcheck: 0.1.0\n",
    b"just shipcheck\n",
]
OPEN = [b"", b"# licence\n", b"---\n", b"# shipcheck\n", b"# a \\ b\n\n"]


@pytest.mark.parametrize("content", YES)
def test_these_begin_as_a_manifest(content: bytes) -> None:
    assert begins_as_manifest(content) is True


@pytest.mark.parametrize("content", NO)
def test_these_do_not(content: bytes) -> None:
    assert begins_as_manifest(content) is False


@pytest.mark.parametrize("content", OPEN)
def test_of_these_too_little_is_there(content: bytes) -> None:
    assert begins_as_manifest(content) is None
