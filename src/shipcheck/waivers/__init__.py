"""Waivers: read, checked against their terms, and matched with findings."""
