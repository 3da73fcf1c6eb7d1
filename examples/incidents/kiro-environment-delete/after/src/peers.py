"""Two other people approve a change of production."""


class Refused(Exception):
    """The change has not been approved by two people."""


def two_people(change, asker, reviews, operators):
    """Raise Refused unless two people other than the asker approved exactly this change."""
    yes = {review.person for review in reviews.of(change.digest) if review.approved}
    if len(yes - {asker}) < 2:
        raise Refused(change.digest)
