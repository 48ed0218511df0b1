"""What is exported: a ledger as of a day, with the readings that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from recoupe.ledger.ledger import Ledger
from recoupe.ledger.values import LedgerView, ListedDispatch, Report
from recoupe.model import Event, Figure, Reading, Statement


@dataclass(frozen=True)
class Bundle:
    """view: what the ledger says; readings: by id of dispatch. The same bundle gives the same bytes in every format."""

    view: LedgerView
    readings: Mapping[str, Reading] = field(repr=False)

    @classmethod
    def of(cls, ledger: Ledger, *, as_of: str | None = None, story: str | None = None) -> Bundle:
        """The bundle of a ledger, or of one story in it."""
        view = ledger.view(as_of=as_of, story=story)
        return cls(view, {r.dispatch.id: r for r in ledger.readings(d.id for d in view.dispatches)})

    @cached_property
    def listed(self) -> Mapping[str, ListedDispatch]:
        return {d.id: d for d in self.view.dispatches}

    def item(self, report: Report) -> Event | Figure | Statement | None:
        """What a report rests on; None where it is a sentence and no item of the reading."""
        return self._items[report.dispatch].get(report.item)

    def words(self, report: Report) -> str:
        """The words of a report, as they stand."""
        dispatch = self.readings[report.dispatch].dispatch
        return (dispatch.title if report.in_ == "title" else dispatch.text)[slice(*report.span)]

    def outlet(self, dispatch: str) -> str:
        """Who published a dispatch."""
        return self.listed[dispatch].publisher

    @cached_property
    def _items(self) -> Mapping[str, Mapping[str, Event | Figure | Statement]]:
        return {name: _by_id(reading) for name, reading in self.readings.items()}


def _by_id(reading: Reading) -> dict[str, Event | Figure | Statement]:
    items: list[Event | Figure | Statement] = [*reading.events, *reading.figures, *reading.statements]
    return {item.id: item for item in items}
