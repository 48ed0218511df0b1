"""Archives: many dispatches read once each, in order, on many cores or machines, by a job that goes on where it was stopped."""

from recoupe.scale.coding import Progress, Work, code

__all__ = ["Progress", "Work", "code"]
