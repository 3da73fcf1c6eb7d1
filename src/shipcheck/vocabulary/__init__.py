"""Kinds, fields, choices, links and flows, from schemas/vocabulary.yaml."""
