"""Deadlines and dated events for a calendar (RFC 5545): whole days, the end exclusive as the standard has it.

A commitment stands on its due days with its status; an occurrence on its own, unless it is dated no closer than a month.
"""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from icalendar import Calendar
from icalendar import Event as Entry

from recoupe import __version__
from recoupe.export.bundle import Bundle
from recoupe.ledger.values import Report
from recoupe.views.safe import one_line

LONGEST = dt.timedelta(days=31)
STATUS = {"announced": "TENTATIVE", "denied": "CANCELLED"}


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes one calendar."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Recoupe//{__version__}//EN")
    calendar.add("version", "2.0")
    stamp = dt.datetime.fromisoformat((bundle.view.as_of or "2000-01-01")[:10]).replace(tzinfo=dt.UTC)
    for due in bundle.view.commitments:
        words = f"{due.status.replace('_', ' ')}: {', '.join(due.who)}: {due.what}" if due.who else f"{due.status}: {due.what}"
        state = "CANCELLED" if due.status == "superseded" else "CONFIRMED"
        _enter(calendar, bundle, stamp, due.id, words, due.due_start or due.due_end, due.due_end, state, due.reports, due.kind)
    for told in bundle.view.occurrences:
        state = STATUS.get(told.status, "CONFIRMED")
        _enter(calendar, bundle, stamp, told.id, told.summary, told.start, told.end, state, told.reports, told.type)
    out.write(calendar.to_ical())


def _enter(
    calendar: Calendar,
    bundle: Bundle,
    stamp: dt.datetime,
    name: str,
    words: str,
    start: str | None,
    end: str | None,
    state: str,
    reports: tuple[Report, ...],
    kind: str,
) -> None:
    if start is None:
        return
    first = dt.date.fromisoformat(start[:10])
    last = dt.date.fromisoformat((end or start)[:10])
    if last - first > LONGEST:
        return
    entry = Entry()
    entry.add("uid", f"{name}@recoupe")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", first)
    entry.add("dtend", last + dt.timedelta(days=1))
    entry.add("summary", one_line(words))
    entry.add("status", state)
    entry.add("categories", [kind])
    entry.add("transp", "TRANSPARENT")
    entry.add("description", "\n".join(f"«{one_line(bundle.words(r))}» ({bundle.outlet(r.dispatch)})" for r in reports))
    calendar.add_component(entry)
