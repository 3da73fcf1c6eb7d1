from telecom import playbooks


def own_section(change):
    return change.section in playbooks.sections_of(change.asker)
