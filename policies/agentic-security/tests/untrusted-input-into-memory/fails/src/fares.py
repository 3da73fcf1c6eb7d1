from travel import fares


def known_route(fare):
    return fare.route in fares.routes()
