"""Waivers: read, held against their terms, and matched with findings."""
