"""Typed expressions and selectors in plain English, for those who read policies and for those who read findings."""
