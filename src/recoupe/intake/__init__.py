"""Bytes in, dispatches out: one file a format."""

from recoupe.intake.take import take

__all__ = ["take"]
