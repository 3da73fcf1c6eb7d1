"""Waivers and what becomes of them, one module a format."""
