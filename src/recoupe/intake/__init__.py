"""Bytes in, dispatches out: one file a format yields drafts, and a draft becomes a dispatch in one place."""

from recoupe.intake.take import take

__all__ = ["take"]
