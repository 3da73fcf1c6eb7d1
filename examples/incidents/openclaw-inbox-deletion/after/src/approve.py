"""Asks the desk of another team about one exact call."""

import hashlib
import json


class Refused(Exception):
    """The desk did not approve this call."""


def fingerprint(tool, arguments):
    """Return a digest of the call; an approval is worth nothing for any other call."""
    return hashlib.sha256(json.dumps([tool, arguments], sort_keys=True).encode()).hexdigest()


def ask(tool, arguments, asker, desk, seconds=900):
    """Ask the desk; raise Refused without a timely yes by someone else than the asker, for exactly this call."""
    wanted = fingerprint(tool, arguments)
    answer = desk.ask(tool=tool, arguments=arguments, fingerprint=wanted, seconds=seconds)
    if answer is None or not answer.approved:
        raise Refused(tool)
    if answer.person == asker or answer.fingerprint != wanted or answer.used:
        raise Refused(f"{tool}: approval is not for this call")
    desk.use(answer)
