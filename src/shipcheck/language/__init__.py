"""Packs to Plan: policies parsed, named, typed and checked before any manifest is judged."""
