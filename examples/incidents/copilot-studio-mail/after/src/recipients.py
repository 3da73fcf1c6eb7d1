"""Mail of the agent goes to consultants of the firm, to no one else."""


class Refused(Exception):
    """A recipient is not a consultant."""


def only_consultants(message, directory):
    """Raise Refused unless every recipient, hidden ones too, is in the directory of consultants."""
    people = [*message.to, *message.cc, *message.bcc]
    strangers = [person for person in people if not directory.is_consultant(person)]
    if strangers or not people:
        raise Refused(strangers)
