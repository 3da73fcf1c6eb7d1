"""Base and head to what is different: findings, components, settings and policies."""
