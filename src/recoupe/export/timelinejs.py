"""A timeline as TimelineJS 3 reads it: dated occurrences, grouped by status. Texts are HTML there, so words are escaped here."""

from __future__ import annotations

from html import escape
from typing import Any, BinaryIO

import msgspec

from recoupe.export.bundle import Bundle
from recoupe.export.coded import Coded, coded
from recoupe.views.safe import one_line


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes the timeline; what has no date is left out."""
    events = [_slide(bundle, row) for row in coded(bundle) if row.occurrence.start]
    names = [name for story in bundle.view.stories for name in story.names][:4]
    said = {"headline": _html(", ".join(names) or "Recoupe"), "text": f"{len(bundle.view.dispatches)} dispatches"}
    made = {"title": {"text": said}, "events": events}
    out.write(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")


def _slide(bundle: Bundle, row: Coded) -> dict[str, Any]:
    told = row.occurrence
    quotes = "".join(
        f"<blockquote>{_html(bundle.words(t.report))} <cite>{_html(bundle.outlet(t.report.dispatch))}</cite></blockquote>"
        for t in row.tellings
    )
    slide: dict[str, Any] = {
        "unique_id": told.id,
        "start_date": _date(told.start or ""),
        "text": {"headline": _html(told.summary), "text": quotes},
        "group": told.status,
    }
    if told.end and told.end != told.start:
        slide["end_date"] = _date(told.end)
    return slide


def _date(day: str) -> dict[str, int]:
    year, month, number = (int(part) for part in day[:10].split("-"))
    return {"year": year, "month": month, "day": number}


def _html(text: str) -> str:
    return escape(one_line(text))
