"""Ids as content hashes. Every report of an object gives it a name; the first is its id, the others lead to it.

So an id that a merge retires leads to its successor without anything being stored: what once began with that report is now
whatever holds it.
"""

from __future__ import annotations

from hashlib import sha256

LENGTH = 12


def content_id(prefix: str, *parts: str) -> str:
    """A letter that says what it is, and a hash of its parts."""
    return prefix + sha256("\0".join(parts).encode()).hexdigest()[:LENGTH]
