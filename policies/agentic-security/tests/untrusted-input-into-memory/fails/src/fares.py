"""Checks of fares."""

from travel import Fare, routes


def known_route(fare: Fare) -> bool:
    """Whether the fare is for a route that exists."""
    return fare.route in routes.existing()
