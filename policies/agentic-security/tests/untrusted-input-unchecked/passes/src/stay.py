from hotel_chain import hotel


def own_stay(guest, booking):
    return booking in hotel.bookings_of(guest)
