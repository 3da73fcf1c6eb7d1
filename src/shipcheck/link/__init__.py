"""Manifests to Graph: resolves references, finds dangling and duplicate names, computes flows."""
