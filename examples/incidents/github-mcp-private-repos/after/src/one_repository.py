"""One repository for each run of the agent."""


class Refused(Exception):
    """The call is about another repository than the run."""


def only_this_repository(run, repository):
    """Bind the run to the first repository it touches; raise Refused for any other one."""
    if run.repository is None:
        run.bind(repository)
    if run.repository != repository:
        raise Refused(f"{repository}: this run is about {run.repository}")
