"""Measures a ledger of pages on one story against its truth: copies, the timeline's events, lone errors, roundings.

    python bench/pages.py --verbose

The truth has no words to look up, so an event of the timeline is taken to be in an occurrence that has a report from a page on
it, is of its type or a kindred one, and meets its days; what is printed with --verbose is to be read by eye.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import os
import sys
from pathlib import Path

from stories import KEPT, Kept

from recoupe.intake import take
from recoupe.ledger import Ledger, LedgerView
from recoupe.ledger.features import KINDRED
from recoupe.ledger.values import Occurrence

SLACK = dt.timedelta(days=3)
SURFACE = ("R1",)


def meets(occurrence: Occurrence, event: dict[str, str]) -> bool:
    if occurrence.type != event["type"] and not any({occurrence.type, event["type"]} <= family for family in KINDRED):
        return False
    if not occurrence.start or not occurrence.end:
        return False
    start, end = dt.date.fromisoformat(event["date"]) - SLACK, dt.date.fromisoformat(event["date_end"]) + SLACK
    return dt.date.fromisoformat(occurrence.start) <= end and start <= dt.date.fromisoformat(occurrence.end)


def report(view: LedgerView, truth: dict[str, list[dict]], verbose: bool) -> str:  # type: ignore[type-arg]
    ref = {d.id: d.ref for d in view.dispatches}
    got = {frozenset(p) for c in view.copies for p in itertools.combinations([ref[i] for i in c.dispatches], 2)}
    want = {frozenset(p) for c in truth["reprint_clusters"] if c["id"] in SURFACE for p in itertools.combinations(c["pages"], 2)}
    lines = [f"stories: {len(view.stories)}; surface copies: {len(got & want)} of {len(want)} found, {len(got - want)} others"]
    told = {o.id: sorted({ref[r.dispatch] or "" for r in o.reports}) for o in view.occurrences if o.status != "announced"}
    shared = [e for e in truth["timeline"] if len(e["pages"]) > 1]
    merged = 0
    for event in shared:
        fits = [o for o in view.occurrences if o.id in told and meets(o, event) and set(told[o.id]) & set(event["pages"])]
        best = max((len(set(told[o.id]) & set(event["pages"])) for o in fits), default=0)
        merged += best > 1
        if verbose:
            found = [told[o.id] for o in fits]
            lines.append(f"   {event['id']} {event['type']} {event['date']} of {event['pages']}: {found} {event['what'][:50]}")
    lines.append(f"events of two pages or more that some two pages share: {merged} of {len(shared)}")
    for d in view.disagreements:
        sides = [(s.value, s.independent_sources, sorted({ref[r.dispatch] for r in s.reports}, key=str)) for s in d.sides]
        lines.append(f"disagreement: {d.field} {sides} {d.scope} {d.note} | {d.about[:70]}")
    if verbose:
        for s in view.series:
            points = [
                (p.as_of, p.low if p.value is None else p.value, p.of, [ref[r.dispatch] for r in p.reports]) for p in s.points
            ]
            lines.append(f"series: {s.kind} {s.unit} [{s.scope}] {points} {[(c.text, c.ok) for c in s.checks]}")
        for c in view.commitments:
            pages = [ref[r.dispatch] for r in c.reports]
            lines.append(f"commitment: {c.kind} due {c.due_start}..{c.due_end} {c.status} {pages} | {c.what[:80]}")
        for o in view.occurrences:
            pages = told.get(o.id, [])
            told_by = f"{o.status} {o.independent_sources} {pages} | {o.summary[:60]}"
            lines += [f"occurrence: {o.type} {o.start}..{o.end} {o.place} {told_by}"] * (len(pages) > 1)
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    given = os.environ.get("RECOUPE_GOLD")
    if not given or not Path(given).is_dir():
        sys.exit("bench: set RECOUPE_GOLD to the folder of the annotated sets")
    folder = Path(given) / "niger-pages"
    rows = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
    with Ledger(":memory:", reader=Kept()) as ledger:
        ledger.add_all(take({key: row[key] for key in KEPT if row.get(key)}) for row in rows)
        sys.stdout.write(report(ledger.view(), json.loads((folder / "story.json").read_text(encoding="utf-8")), options.verbose))


if __name__ == "__main__":
    main()
