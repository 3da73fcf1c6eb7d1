"""`shipcheck pack test`: what `shipcheck policy test` does, by the name that whoever makes packs looks for."""

from shipcheck.cli.policy_test import command

__all__ = ["command"]
