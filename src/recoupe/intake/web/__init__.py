"""Addresses of the web: nothing is fetched that nobody named, and never an address inside a private network unless allowed."""

from recoupe.intake.web.address import is_address
from recoupe.intake.web.fetching import Fetched, Fetching, fetch

__all__ = ["Fetched", "Fetching", "fetch", "is_address"]
