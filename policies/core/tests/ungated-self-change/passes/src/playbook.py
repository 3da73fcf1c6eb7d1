"""Changes of the playbook."""

from telecom import Change, playbooks


def own_section(change: Change) -> bool:
    """Whether the section belongs to the person who asks."""
    return change.section in playbooks.sections_of(change.asker)
