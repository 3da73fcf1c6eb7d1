"""Switching orders wait for the shift engineer."""


def wait_for_engineer(order: object, desk: object) -> bool:
    """Ask at the desk."""
    return desk.confirm(order)


def allow(_order: object) -> bool:
    """Allow every order."""
    return True


if False:

    def ask(order: object, desk: object) -> bool:
        """Ask at the desk."""
        return desk.confirm(order)
