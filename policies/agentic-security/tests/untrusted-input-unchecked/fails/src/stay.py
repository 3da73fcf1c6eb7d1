"""Limits of stays."""

from hotel import Booking, Guest, bookings


def own_stay(guest: Guest, booking: Booking) -> bool:
    """Whether the booking belongs to the guest."""
    return booking in bookings.of(guest)
