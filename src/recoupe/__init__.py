"""Recoupe reads news dispatches and keeps a ledger in which every line is traced to its words."""

__version__ = "0.1.0"
