"""An occurrence as event data has it: one row with its actors, its place, its counts. Each part is taken from the report that
tells most of it, the earliest of those that tell as much, and none is made up from two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recoupe.export.bundle import Bundle
from recoupe.ledger.values import Occurrence, Point, Report, Series
from recoupe.model import Actor, Event, Number, Place, Reading

COUNTED = ("dead", "injured", "arrested")
NEVER_HAPPENED = {"denied"}


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an occurrence, with the event it rests on."""

    report: Report
    event: Event
    reading: Reading


@dataclass(frozen=True, slots=True)
class Coded:
    """main: the telling that the rest is said of; actors and recipients as its dispatch has them; counts: each value that is
    told and not superseded, by kind, the smallest first."""

    occurrence: Occurrence
    main: Telling
    tellings: tuple[Telling, ...]
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Place | None
    counts: Mapping[str, tuple[Number, ...]]

    @property
    def event(self) -> Event:
        return self.main.event


def coded(bundle: Bundle) -> Iterator[Coded]:
    """Every occurrence of the bundle that rests on an event, in the order of the ledger."""
    counted: dict[str, list[Series]] = {}
    for series in bundle.view.series:
        if series.occurrence and series.kind in COUNTED:
            counted.setdefault(series.occurrence, []).append(series)
    for occurrence in bundle.view.occurrences:
        tellings = tuple(_tellings(bundle, occurrence.reports))
        if tellings:
            yield _coded(occurrence, tellings, counted.get(occurrence.id, ()))


def _tellings(bundle: Bundle, reports: Iterable[Report]) -> Iterator[Telling]:
    for report in sorted(reports, key=lambda r: (bundle.listed[r.dispatch].published or "9999", r)):
        item = bundle.item(report)
        if isinstance(item, Event):
            yield Telling(report, item, bundle.readings[report.dispatch])


def _coded(occurrence: Occurrence, tellings: tuple[Telling, ...], counted: Iterable[Series]) -> Coded:
    happened = [t for t in tellings if t.event.modality not in NEVER_HAPPENED] or list(tellings)
    main = max(happened, key=lambda t: (len(t.event.actors) > 0) + (len(t.event.recipients) > 0) + (t.event.place is not None))
    actors = max((_people(t, t.event.actors) for t in tellings), key=len)
    recipients = max((_people(t, t.event.recipients) for t in tellings), key=len)
    places = [place for t in tellings if (place := _place(t)) is not None]
    return Coded(
        occurrence=occurrence,
        main=main,
        tellings=tellings,
        actors=actors,
        recipients=recipients,
        place=min(places, key=_coarseness) if places else None,
        counts=_counts(tellings, counted),
    )


def _counts(tellings: Iterable[Telling], counted: Iterable[Series]) -> dict[str, tuple[Number, ...]]:
    """The counts of the series, and of a kind that makes none (one source, told once) those that the reports themselves state."""
    found = {s.kind: tuple(sorted(v for p in s.points if (v := _amount(p)) is not None)) for s in counted}
    stated: dict[str, set[Number]] = {}
    for telling in tellings:
        for figure in telling.reading.figures:
            if telling.event.id in figure.events and figure.kind in COUNTED and figure.change == "total":
                known = (figure.value, figure.low, figure.high)
                stated.setdefault(figure.kind, set()).update([v for v in known if v is not None][:1])
    return {kind: tuple(sorted(values)) for kind, values in stated.items() if values} | found


def _people(telling: Telling, ids: Iterable[str]) -> tuple[Actor, ...]:
    cast = {actor.id: actor for actor in telling.reading.actors}
    return tuple(cast[name] for name in ids)


def _place(telling: Telling) -> Place | None:
    return next((p for p in telling.reading.places if p.id == telling.event.place and p.lat is not None), None)


def _coarseness(place: Place) -> int:
    return ("exact", "vicinity", "region", "country", None).index(place.precision)


def _amount(point: Point) -> Number | None:
    if point.superseded_by is not None:
        return None
    return point.value if point.value is not None else point.low if point.low is not None else point.high
